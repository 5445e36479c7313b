"""When a number is a year: after a month (ต.ค. 63), after its own words (ปี 2564, ปีงบประมาณ พ.ศ. 2564), and when a count.

Also what the readers of dates share: `Part`, one printed date that may still lack its month or year, and `Context`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from normalize.datewords import Kind, Scan, Token
from normalize.fiscal import BE_OFFSET, month_year_ce, year_ce
from normalize.months import LETTER
from schemas.values import Reason

DAY, MONTH, YEAR, QUARTER, HALF, TERM = "day", "month", "year", "quarter", "half", "term"
CALENDAR = "calendar"


class Part(msgspec.Struct):
    """One printed date. year: CE for a day, a month and a calendar year; BE for the years of another kind and their parts.

    until: the second year of ปี 2562/2563. number: of the quarter, half or term. problem: why it can have no value.
    """

    grain: str
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    until: int | None = None
    number: int | None = None
    kind: str = CALENDAR
    problem: Reason | None = None
    marked: bool = False  # วันที่, เดือน, ปี stands before it
    sure: bool = True  # False: a bare abbreviation that may be an office's (ก.พ.)
    placed: bool = False  # its year is the report's: none is printed
    digits: int = 4  # of the printed year


class Context(NamedTuple):
    """What is known besides the text."""

    scan: Scan
    fiscal_year_be: int | None


class Read(NamedTuple):
    """A part and the index of the first token after it."""

    part: Part
    next: int


# Words that are counted: the number before them is a count (มกราคม 35 คน). Those of the second row also begin clauses
# (ลงวันที่ 5 ต.ค. 66 เรื่อง …): they make no count of a number that can be the year of the report.
_COUNTED = (
    r"คน|ราย(?!งาน|ได้|ชื่อ|จ่าย|การ|ละเอียด|เดือน|ไตรมาส|ปี)|ครั้ง(?!ที่|แรก)|แห่ง|บาท|ล้าน|พัน|แสน|ต้น|ตัน|กิโลกรัม|กก\.|ชิ้น|อัน|หลัง|คัน"
    r"|วัน(?!ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|นี้)|ชั่วโมง|นาที|ชม\.|ครัวเรือน|ตัวอย่าง|จุด|ฉบับ|ชุด(?!ที่|ปฏิบัติ)|เล่ม|แผ่น|ป้าย"
    r"|ข้อ(?!มูล)|รูป|กม\.|เมตร|ตร\.ม|ไร่|หมู่บ้าน|หลังคาเรือน|เครื่อง|กลุ่ม|คู่|ตัว|ลิตร|ถุง|กล่อง|%|เปอร์เซ็นต์|น\.|นาฬิกา"
)
_MAYBE_COUNTED = (
    r"เรื่อง|ชุมชน|โรงเรียน|โครงการ|กิจกรรม|รายการ|หน่วย|ฝ่าย|แขวง|ประเด็น|คดี|สาย|ซอย|ถนน|คลอง|ทีม|รุ่น(?!ที่)|ร้าน"
)
_COUNT = re.compile(rf" ?(?:{_COUNTED}|(?:{_MAYBE_COUNTED})(?![{LETTER}]))")
_COUNT_ALONE = re.compile(
    r" ?(?:คน|ราย|ครั้ง|แห่ง|บาท|ล้าน|แสน|ต้น|ตัน|กิโลกรัม|กก\.|ชิ้น|คัน|ชั่วโมง|นาที|ครัวเรือน|ตัวอย่าง|ฉบับ|เล่ม|ร้าน|ลิตร|ไร่|%|เปอร์เซ็นต์)"
    rf"(?![{LETTER}])"
)  # … of these even that one does, where the word ends there
_AGE = re.compile("(?:[0-9] ?|ชั้น|อายุ)$")
_SHORT_YEARS_BACK, _SHORT_YEARS_ON = 30, 10  # how far from the report's year a two-digit year is believed
_SHORT_YEARS = range(40, 90)  # two-digit years believed where the report's year is unknown …
_LIKELY_YEARS = range(2555, 2580)  # … and those that need no further evidence: the years of digital reports


def joined(scan: Scan, start: int, end: int) -> bool:
    """Whether nothing but up to four spaces lies between two offsets."""
    return start == end or (0 < end - start <= 4 and not scan.plain[start:end].strip(" "))


def token_at(scan: Scan, index: int, after: int) -> Token | None:
    """The token at `index` when it follows offset `after` directly."""
    if index < len(scan.tokens) and joined(scan, after, scan.tokens[index].start):
        return scan.tokens[index]
    return None


def set_year(part: Part, token: Token, era: str | None = None) -> None:
    """The number of `token` as the year (CE) of a part, or the reason why it is none."""
    year = year_ce(int(token.value[0]), int(token.value[1]), era)
    part.end, part.digits = token.end, int(token.value[1])
    if isinstance(year, int):
        part.year = year
    else:
        part.problem = year or Reason.IMPOSSIBLE


def is_year(context: Context, part: Part, token: Token) -> bool:
    """Whether the number after a month is its year, not a count: มกราคม 64, not มกราคม 35 คน."""
    number, digits = (int(v) for v in token.value)
    plain = context.scan.plain
    year = year_ce(number, digits)
    if isinstance(year, int) and _is_likely(context, year):
        return digits == 4 or part.day is not None or not _COUNT_ALONE.match(plain, token.end)
    if _COUNT.match(plain, token.end):
        return False
    if digits == 3:
        return part.day is not None and number // 10 == 25  # 256: a digit of the year is lost
    if digits == 2:
        return _is_believed(context, number) or (part.day is not None and context.fiscal_year_be is None)
    return digits == 4 and (isinstance(year, int) or part.day is not None)


def _is_likely(context: Context, year: int) -> bool:
    if context.fiscal_year_be is None:
        return year + BE_OFFSET in _LIKELY_YEARS
    return abs(year + BE_OFFSET - context.fiscal_year_be) <= 1


def _is_believed(context: Context, number: int) -> bool:
    if context.fiscal_year_be is None:
        return number in _SHORT_YEARS
    return -_SHORT_YEARS_BACK <= 2500 + number - context.fiscal_year_be <= _SHORT_YEARS_ON


def read_year_part(context: Context, index: int) -> Read | None:
    """ปี 2564, พ.ศ. 2564, ปีงบประมาณ พ.ศ. 2564: the words before the number are needed."""
    scan = context.scan
    first = token = scan.tokens[index]
    kind, era, after = CALENDAR, None, index
    while token.kind in (Kind.YEAR_WORD, Kind.YEAR_KIND, Kind.ERA) and era is None and after - index < 3:
        if token.kind is Kind.YEAR_KIND:
            kind = str(token.value[0])
        elif token.kind is Kind.ERA:
            era = str(token.value[0])
        after += 1
        following = token_at(scan, after, token.end)
        if following is None:
            return None
        token = following
    part = Part(YEAR, first.start, token.end, kind=kind, marked=True)
    if token.kind is Kind.FRACTION and era is None:
        return _crossing_year(part, token, after)
    if token.kind is not Kind.NUMBER or not _names_year(context, part, token, era):
        return None
    set_year(part, token, era)
    if part.year is not None and kind != CALENDAR:
        part.year += BE_OFFSET
    return Read(part, after + 1)


def _crossing_year(part: Part, token: Token, index: int) -> Read | None:
    """ปี 2562/2563 or 2562/63: two years that follow each other."""
    first, second, digits = (int(v) for v in token.value)
    year = year_ce(first, len(str(first)))
    if not isinstance(year, int) or digits not in (2, 4) or (first + 1 - second) % (100 if digits == 2 else 10000):
        return None
    offset = 0 if part.kind == CALENDAR else BE_OFFSET
    part.year, part.until, part.end = year + offset, year + 1 + offset, token.end
    return Read(part, index + 1)


def _names_year(context: Context, part: Part, token: Token, era: str | None) -> bool:
    """Whether the number after ปี is a year: not of ชั้นปี 3, 15 ปี 20 คน, ปี 2000 คน."""
    number, digits = (int(v) for v in token.value)
    plain = context.scan.plain
    if digits not in (2, 4):
        return False
    if era is not None:
        return True
    if digits == 4:
        return isinstance(year_ce(number, 4), int) and not _COUNT.match(plain, token.end)
    if _COUNT.match(plain, token.end):
        return False
    if part.kind == CALENDAR and _AGE.search(plain, max(0, part.start - 6), part.start):
        return False
    return _is_believed(context, number)


def with_year_after(context: Context, part: Part, index: int) -> Read:
    """A day or month with the year that follows it from token `index` on, if one does."""
    scan = context.scan
    token = token_at(scan, index, _year_begins(scan, part.end))
    if token and token.kind is Kind.COMMA and part.day is not None:  # 5 มีนาคม, 2564
        following = token_at(scan, index + 1, token.end)
        if following and following.kind is Kind.NUMBER and following.value[1] == 4:
            index, token = index + 1, following
    if token and token.kind is Kind.DASH and (tight := _tight_year(context, part, index)):
        return tight
    if token and token.kind in (Kind.ERA, Kind.YEAR_WORD, Kind.YEAR_KIND):
        return _with_named_year(context, part, index)
    if token and token.kind is Kind.NUMBER and is_year(context, part, token):
        set_year(part, token)
        return Read(part, index + 1)
    return Read(part, index)


def _tight_year(context: Context, part: Part, index: int) -> Read | None:
    """ต.ค.-63, a spreadsheet's month: the dash touches both, and no month follows (ต.ค.-15 พ.ย. is a range)."""
    scan = context.scan
    dash, year = scan.tokens[index], token_at(scan, index + 1, scan.tokens[index].end)
    if part.day is not None or year is None or year.kind is not Kind.NUMBER or dash.start != part.end or year.start != dash.end:
        return None
    following = token_at(scan, index + 2, year.end)
    if (following and following.kind is Kind.MONTH) or year.value[1] == 3 or not is_year(context, part, year):
        return None
    set_year(part, year)
    return Read(part, index + 2)


def _with_named_year(context: Context, part: Part, index: int) -> Read:
    """The year after พ.ศ., ปี or ปีงบประมาณ; a month of a fiscal year lies in the calendar year that this one puts it in."""
    named = read_year_part(context, index)
    if named is None or named.part.until is not None:
        return Read(part, index)
    year = named.part
    part.end, part.problem = year.end, year.problem
    if year.year is not None and part.month is not None:
        part.year = year.year if year.kind == CALENDAR else month_year_ce(part.month, year.year, year.kind)
    return Read(part, named.next)


_BEFORE_YEAR = re.compile(r"[./'](?=[0-9]{2})")


def _year_begins(scan: Scan, at: int) -> int:
    """Where the year after a month may begin: past one tight mark (ต.ค./63, ต.ค.'63)."""
    match = _BEFORE_YEAR.match(scan.plain, at)
    return match.end() if match else at
