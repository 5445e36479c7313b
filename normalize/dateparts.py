"""One calendar date at a time: from tokens to a day or month, complete or with its month or year still to be found.

What a part lacks it takes from its neighbours in a range or list (1 - 15 มีนาคม 2564), see datechains.
"""

from __future__ import annotations

import re
from itertools import pairwise

from normalize.datewords import Kind, Scan, Token
from normalize.dateyears import DAY, MONTH, Context, Part, Read, set_year, token_at, with_year_after
from normalize.fiscal import year_ce
from normalize.months import misspelt_month
from schemas.values import Reason

# What makes the number after it no day (ครั้งที่ 2 ตุลาคม 2563, ร้อยละ 15 ต.ค. 63).
_NOT_A_DAY = re.compile(
    r"(?:(?<!วัน)ที่|ระดับ|ร้อยละ|ข้อ|แบบ|แบบฟอร์ม|ชั้น|ฉบับ|หมู่|ไตรมาส|ตอน|เล่ม|รุ่น|ลำดับ|ตัวชี้วัด|มาตรา|หมวด|เป็นเงิน|อายุ|ซอย|"
    r"ห้อง|โทร\.?|No\.|เลข|[=+≥≤<>]) ?$"
)
_LOOK_BACK = 12  # letters of the longest of those words


def read_calendar_part(context: Context, index: int, *, after_day: bool = False) -> Read | None:
    """A day, a month or a numeric date whose first token is at `index`. after_day: it is linked to one with วันที่, so that
    เดือน may stand in it (วันที่ 1 เดือนมกราคม ถึง 5 เดือนมีนาคม)."""
    word = context.scan.tokens[index]
    if word.kind is Kind.DAY_WORD:
        return _after_day_word(context, index)
    if word.kind is Kind.MONTH_WORD:
        return _after_month_word(context, index)
    return _unmarked(context, index, after_day)


def _after_day_word(context: Context, index: int) -> Read | None:
    """วันที่ 5 …, วันที่ 5/3/64, วันที่ 27/10."""
    word = context.scan.tokens[index]
    token = token_at(context.scan, index + 1, word.end)
    if token is None:
        return None
    if token.kind is Kind.NUMBER:
        return _read_day(context, index + 1, word.start, marked=True, named_month=True)
    if token.kind is Kind.NUMERIC_DATE:
        return _read_numeric(context.scan, index + 1, word.start, marked=True)
    if token.kind is Kind.FRACTION:
        day, month, _ = (int(v) for v in token.value)
        part = Part(DAY, word.start, token.end, day, month, marked=True)
        return Read(part, index + 2) if 1 <= month <= 12 else None
    return None


def _after_month_word(context: Context, index: int) -> Read | None:
    """เดือนต.ค. 63, เดือน 10/2563, เดือนกรกฏคม 2564 (misspelt)."""
    scan = context.scan
    word = scan.tokens[index]
    token = token_at(scan, index + 1, word.end)
    if token and token.kind is Kind.MONTH:
        return _read_month(context, index + 1, word.start, marked=True)
    if token and token.kind is Kind.FRACTION:
        return _read_month_number(scan, index + 1, word.start)
    misspelt = misspelt_month(scan.plain, _skip_spaces(scan, word.end))
    if misspelt is None:
        return None
    part = Part(MONTH, word.start, misspelt.end, month=misspelt.number, marked=True)
    return with_year_after(context, part, _index_from(scan, index + 1, misspelt.end))


def _unmarked(context: Context, index: int, after_day: bool) -> Read | None:
    token = context.scan.tokens[index]
    if token.kind is Kind.NUMBER:
        return _read_day(context, index, token.start, marked=False, named_month=after_day)
    if token.kind is Kind.NUMERIC_DATE:
        return _read_numeric(context.scan, index, token.start, marked=False)
    return _read_month(context, index, token.start, marked=False) if token.kind is Kind.MONTH else None


def _read_numeric(scan: Scan, index: int, start: int, marked: bool) -> Read | None:
    """27/10/2563. A code or a fraction is none: 12/34/56, เลขที่ 9/5/64."""
    day, month, number, digits = (int(v) for v in scan.tokens[index].value)
    year = year_ce(number, digits)
    if not marked and (year is None or _is_no_day(scan, start)):
        return None
    possible = 1 <= day <= 31 and 1 <= month <= 12
    if not possible and not marked and (digits != 4 or not isinstance(year, int)):
        return None
    part = Part(DAY, start, scan.tokens[index].end, day, month, marked=marked, digits=digits)
    if isinstance(year, int):
        part.year = year
    else:
        part.problem = year or Reason.IMPOSSIBLE
    return Read(part, index + 1)


def _is_no_day(scan: Scan, start: int) -> bool:
    return bool(_NOT_A_DAY.search(scan.plain, max(0, start - _LOOK_BACK), start))


def _read_month_number(scan: Scan, index: int, start: int) -> Read | None:
    """10/2563 after เดือน."""
    month, number, digits = (int(v) for v in scan.tokens[index].value)
    year = year_ce(number, digits)
    if not 1 <= month <= 12 or not isinstance(year, int):
        return None
    return Read(Part(MONTH, start, scan.tokens[index].end, month=month, year=year, marked=True, digits=digits), index + 1)


def _read_day(context: Context, index: int, start: int, *, marked: bool, named_month: bool) -> Read | None:
    """A day, with its month and year where they follow. Alone it is a part too: วันที่ 1, 5 และ 9 มีนาคม 2564.

    named_month: เดือน may stand between (วันที่ 5 เดือนมีนาคม; but "2 เดือนมีนาคม" is a month after a count).
    """
    scan = context.scan
    token = scan.tokens[index]
    day, digits = (int(v) for v in token.value)
    if digits > 2 or (not marked and (not 1 <= day <= 31 or _is_no_day(scan, start))):
        return None
    part = Part(DAY, start, token.end, day, marked=marked)
    if tight := _read_tight(scan, index, part):
        return tight
    at = _month_begins(scan, token.end)
    following = token_at(scan, index + 1, at)
    if named_month and following and following.kind is Kind.MONTH_WORD:
        index, at = index + 1, following.end
        following = token_at(scan, index + 1, at)
    if following and following.kind is Kind.MONTH:
        part.month, part.end = int(following.value[0]), following.end
        return with_year_after(context, part, index + 2)
    if misspelt := misspelt_month(scan.plain, _skip_spaces(scan, at)):
        part.month, part.end = misspelt.number, misspelt.end
        return with_year_after(context, part, _index_from(scan, index + 1, misspelt.end))
    return Read(part, index + 1)


_TIGHT = [Kind.NUMBER, Kind.DASH, Kind.MONTH, Kind.DASH, Kind.NUMBER]


def _read_tight(scan: Scan, index: int, part: Part) -> Read | None:
    """5-ต.ค.-63: a spreadsheet's way, without spaces."""
    row = scan.tokens[index : index + len(_TIGHT)]
    if [token.kind for token in row] != _TIGHT or any(a.end != b.start for a, b in pairwise(row)):
        return None
    if int(row[4].value[1]) not in (2, 4):
        return None
    part.month = int(row[2].value[0])
    set_year(part, row[4])
    return Read(part, index + len(_TIGHT))


def _read_month(context: Context, index: int, start: int, marked: bool) -> Read | None:
    """A month with its year where one follows. An informal or English name needs a year, or เดือน."""
    token = context.scan.tokens[index]
    month, strength = int(token.value[0]), token.value[1]
    part = Part(MONTH, start, token.end, month=month, marked=marked, sure=marked or strength == "full")
    if strength == "weak" and (english := _read_english(context.scan, index, part)):
        return english
    read = with_year_after(context, part, index + 1)
    if part.year is not None or part.problem is not None:
        part.sure = True
    return read if part.sure or strength != "weak" else None


def _read_english(scan: Scan, index: int, part: Part) -> Read | None:
    """March 5, 2021."""
    day = token_at(scan, index + 1, part.end)
    comma = token_at(scan, index + 2, day.end) if day else None
    year = token_at(scan, index + 3, comma.end) if comma else None
    if not (day and comma and year) or (day.kind, comma.kind, year.kind) != (Kind.NUMBER, Kind.COMMA, Kind.NUMBER):
        return None
    if not scan.plain[part.start].isascii() or not _is_day_and_year(day, year):
        return None
    part.grain, part.day = DAY, int(day.value[0])
    set_year(part, year)
    return Read(part, index + 4)


def _is_day_and_year(day: Token, year: Token) -> bool:
    return int(day.value[1]) <= 2 and year.value[1] == 4


def _skip_spaces(scan: Scan, at: int) -> int:
    """Past up to four spaces."""
    return at + len(scan.plain[at : at + 4]) - len(scan.plain[at : at + 4].lstrip(" "))


_TIGHT_MARK = re.compile("[./](?=[ก-ฮเ-ไ])")
_LIST_NUMBER = re.compile("(?:^|\n) *[0-9]+$")


def _month_begins(scan: Scan, at: int) -> int:
    """Where the month after a day may begin: past one tight mark (5/ต.ค./63, 5.ต.ค.63), unless it is an item's ("1.ต.ค. 63")."""
    match = _TIGHT_MARK.match(scan.plain, at)
    if match is None or (match.group() == "." and _LIST_NUMBER.search(scan.plain, max(0, at - 6), at)):
        return at
    return match.end()


def _index_from(scan: Scan, index: int, offset: int) -> int:
    """The first token at or after an offset, searching from `index`."""
    while index < len(scan.tokens) and scan.tokens[index].start < offset:
        index += 1
    return index
