"""Rows of years and of quarters: ปี 2561 - 2565, ปีงบประมาณ พ.ศ. 2563 และ 2564, ไตรมาส 1-4/2564, ครึ่งปีแรก."""

from __future__ import annotations

import re

from normalize.datelinks import LIST, LONGEST_CHAIN, RANGE, Link, Row, read_link
from normalize.datewords import Kind, Scan, Token
from normalize.dateyears import CALENDAR, HALF, QUARTER, TERM, YEAR, Context, Part, Read, read_year_part, token_at
from normalize.fiscal import BE_OFFSET, year_ce, year_kinds

YEAR_STARTS = frozenset({Kind.YEAR_WORD, Kind.YEAR_KIND, Kind.ERA})
QUARTER_STARTS = frozenset({Kind.QUARTER, Kind.HALF, Kind.TERM})


def read_bracketed_years(scan: Scan, index: int) -> Row | None:
    """(2561 - 2565): the brackets stand for ปี."""
    row = scan.tokens[index : index + 3]
    if [token.kind for token in row] != [Kind.NUMBER, Kind.DASH, Kind.NUMBER]:
        return None
    start, end = row[0].start, row[2].end
    if scan.plain[start - 1 : start] != "(" or scan.plain[end : end + 1] != ")" or row[0].value[1] != 4:
        return None
    first, last = (year_ce(int(token.value[0]), int(token.value[1])) for token in (row[0], row[2]))
    if not isinstance(first, int) or not isinstance(last, int) or not 0 < last - first <= 100:
        return None
    years = Row(Read(Part(YEAR, start, row[0].end, year=first), index + 1))
    years.add(RANGE, Read(Part(YEAR, row[2].start, end, year=last), index + 3))
    return years


def read_year_row(context: Context, index: int) -> Row | None:
    scan = context.scan
    read = read_year_part(context, index)
    if read is None:
        return None
    bracket = _BRACKET.match(scan.plain, read.part.end)
    quarter = token_at(scan, read.next, bracket.end() if bracket else read.part.end)
    if quarter and quarter.kind in QUARTER_STARTS:
        row = read_quarter_row(context, read.next)
        if row is not None and all(part.year is None and _fits(part, read.part.kind) for part in row.parts):
            return _with_year_before(row, read, bracketed=bracket is not None)
    row = Row(read)
    while len(row.parts) < LONGEST_CHAIN:
        link = read_link(scan, row.next, row.parts[-1].end)
        token = token_at(scan, link.next, link.at) if link else None
        if link is None or token is None or link.token is None:
            break
        following = _next_year(context, row.parts[-1], token, link)
        if following is None:
            break
        row.links_and |= link.token is Kind.AND
        row.add(link.kind, following)
    return row


def _next_year(context: Context, before: Part, token: Token, link: Link) -> Read | None:
    """The next year of a row: with its own words, or a bare number printed as the one before it (ปี 2561 - 2565, ปี 61-65)."""
    if token.kind in YEAR_STARTS:
        return read_year_part(context, link.next)
    if token.kind is not Kind.NUMBER or before.year is None:
        return None
    number, digits = (int(v) for v in token.value)
    year = year_ce(number, digits)
    if digits != before.digits or not isinstance(year, int):
        return None
    value = year if before.kind == CALENDAR else year + BE_OFFSET
    if not 0 < value - before.year <= 100:
        return None
    return Read(Part(YEAR, token.start, token.end, year=value, kind=before.kind, digits=digits), link.next + 1)


_BRACKET = re.compile(r" ?\( ?")


def _fits(part: Part, kind: str) -> bool:
    """Terms belong to a school year, quarters and halves to the others."""
    return (part.grain == TERM) == bool(year_kinds()[kind].terms)


def _with_year_before(row: Row, year: Read, *, bracketed: bool) -> Row:
    """ปีงบประมาณ พ.ศ. 2564 ไตรมาสที่ 2 is one date, ปีงบประมาณ 2564 (ไตรมาส 1-2) are two."""
    for part in row.parts:
        _give_year(part, year.part)
    if bracketed:
        row.parts.insert(0, year.part)
        row.links.insert(0, LIST)
    else:
        row.parts[0].start = year.part.start
    return row


def _give_year(part: Part, year: Part) -> None:
    if year.year is None:
        part.problem = year.problem
        return
    part.year = year.year + BE_OFFSET if year.kind == CALENDAR else year.year
    if year.kind != CALENDAR:
        part.kind = year.kind


_OF = re.compile(r" ?(?:ของ|ใน|ประจำ|(?P<bracket>\())? ?")
_QUARTER_GRAINS = {Kind.QUARTER: QUARTER, Kind.HALF: HALF, Kind.TERM: TERM}


def read_quarter_row(context: Context, index: int) -> Row | None:
    scan = context.scan
    read = _read_quarter(context, index, None)
    if read is None:
        return None
    row = Row(read)
    while len(row.parts) < 8:
        link = read_link(scan, row.next, row.parts[-1].end)
        token = token_at(scan, link.next, link.at) if link else None
        if link is None or token is None or link.token is None:
            break
        following = _read_quarter(context, link.next, row.parts[-1])
        if following is None:
            break
        row.links_and |= link.token is Kind.AND
        row.add(link.kind, following)
    later = row.parts[-1]
    for part in reversed(row.parts[:-1]):
        if part.year is None and later.year is not None:
            part.year, part.kind = later.year, later.kind
    return row


def _read_quarter(context: Context, index: int, before: Part | None) -> Read | None:
    """ไตรมาสที่ 2, ไตรมาส 2/2564, ไตรมาสที่ 2 ของปีงบประมาณ พ.ศ. 2564; or the bare number of a next quarter (ไตรมาส 1 - 2)."""
    scan = context.scan
    word = scan.tokens[index]
    if word.kind not in _QUARTER_GRAINS:
        return _bare_quarter(context, index, before)
    grain = _QUARTER_GRAINS[word.kind]
    part = Part(grain, word.start, word.end, kind="school" if grain == TERM else "fiscal", marked=True)
    if word.value and word.value[0]:
        part.number = int(word.value[0])
        return _with_quarter_year(context, part, index + 1)
    number = token_at(scan, index + 1, word.end)
    if number is None:
        return None
    return _numbered_quarter(context, part, index + 1)


def _bare_quarter(context: Context, index: int, before: Part | None) -> Read | None:
    token = context.scan.tokens[index]
    if before is None or before.number is None or token.kind not in (Kind.NUMBER, Kind.FRACTION):
        return None
    if not before.number < int(token.value[0]) <= 4:
        return None
    part = Part(before.grain, token.start, token.end, kind=before.kind)
    return _numbered_quarter(context, part, index)


def _numbered_quarter(context: Context, part: Part, index: int) -> Read | None:
    token = context.scan.tokens[index]
    if token.kind is Kind.FRACTION:
        number, year, digits = (int(v) for v in token.value)
        ce = year_ce(year, digits)
        if number > 9 or not isinstance(ce, int):
            return None
        part.number, part.year, part.end = number, ce + BE_OFFSET, token.end
        return Read(part, index + 1)
    if token.kind is not Kind.NUMBER or token.value[1] != 1:
        return None
    part.number, part.end = int(token.value[0]), token.end
    return _with_quarter_year(context, part, index + 1)


def _with_quarter_year(context: Context, part: Part, index: int) -> Read:
    """The quarter with the year after it: ไตรมาสที่ 2 ของปีงบประมาณ 2564, ไตรมาส 2 (ปีงบประมาณ 2564), ไตรมาส 2 2564."""
    scan = context.scan
    gap = _OF.match(scan.plain, part.end)
    assert gap is not None  # every part of it is optional
    token = token_at(scan, index, gap.end())
    if token and token.kind in YEAR_STARTS and (part.grain != HALF or token.kind is Kind.YEAR_KIND):
        year = read_year_part(context, index)
        end = year.part.end if year else 0
        closing = scan.plain[end : end + 1] == ")" if gap["bracket"] else True
        if year is not None and closing and _fits(part, year.part.kind):
            _give_year(part, year.part)
            part.end = end + (gap["bracket"] is not None)
            return Read(part, year.next)
    if token and token.kind is Kind.NUMBER and token.value[1] == 4 and part.grain == QUARTER and not gap["bracket"]:
        ce = year_ce(int(token.value[0]), 4)
        if isinstance(ce, int):
            part.year, part.end = ce + BE_OFFSET, token.end
            return Read(part, index + 1)
    return Read(part, index)
