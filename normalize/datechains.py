"""Dates that stand together: ranges and lists in which the month or the year is said once.

A chain is a row of parts with a link between each two (a dash, ถึง, a comma, และ). What a part lacks it takes from the part
after it, else from the one before it, else its year from the report's fiscal year:

    28 ธ.ค. – 5 ม.ค. 64          the first year is one less: the range crosses New Year
    วันที่ 1, 5 และ 9 มีนาคม 2564  three dates, each with its own place in the text
    เดือนต.ค. 62 - ธ.ค.           the year carries on
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.dateparts import read_calendar_part
from normalize.datewords import Kind, Scan, Token
from normalize.dateyears import (
    CALENDAR,
    DAY,
    HALF,
    MONTH,
    QUARTER,
    TERM,
    YEAR,
    Context,
    Part,
    Read,
    joined,
    read_year_part,
    token_at,
)
from normalize.fiscal import BE_OFFSET, month_year_ce, year_ce

LONGEST_CHAIN = 40  # parts; bounds the work on a hostile text, the longest list seen in reports has 12
RANGE, LIST = "range", "list"
_CALENDAR_STARTS = frozenset({Kind.DAY_WORD, Kind.MONTH_WORD, Kind.NUMBER, Kind.MONTH, Kind.NUMERIC_DATE})
_YEAR_STARTS = frozenset({Kind.YEAR_WORD, Kind.YEAR_KIND, Kind.ERA})
_QUARTER_STARTS = frozenset({Kind.QUARTER, Kind.HALF, Kind.TERM})


class Group(NamedTuple):
    """One value to be: a part, or the two ends of a range. on: เป็นต้นไป, ถึงปัจจุบัน or ตั้งแต่ without an end."""

    first: Part
    last: Part | None
    start: int
    end: int
    on: bool


class Chain(NamedTuple):
    groups: list[Group]
    next: int


def read_chain(context: Context, index: int) -> Chain:
    """The chain that begins at token `index`; without groups and with the next index to try when there is none."""
    scan = context.scan
    token = scan.tokens[index]
    prefix: Token | None = None
    if token.kind in (Kind.SINCE, Kind.BETWEEN):
        prefix, following = token, token_at(scan, index + 1, token.end)
        if following is None or following.kind in (Kind.SINCE, Kind.BETWEEN):
            return Chain([], index + 1)
        index, token = index + 1, following
    row = _read_row(context, index)
    if row is None:
        return Chain([], index + 1)
    _fill(context, row)
    return Chain(_groups(context, row, prefix), row.next)


class _Row:
    """Parts of one family with the links between them."""

    def __init__(self, read: Read) -> None:
        self.parts: list[Part] = [read.part]
        self.links: list[str] = []
        self.next = read.next
        self.links_and = False  # some link is และ

    def add(self, link: str, read: Read) -> None:
        self.links.append(link)
        self.parts.append(read.part)
        self.next = read.next


def _read_row(context: Context, index: int) -> _Row | None:
    kind = context.scan.tokens[index].kind
    if kind is Kind.NUMBER and (years := _read_bracketed_years(context.scan, index)):
        return years
    if kind in _CALENDAR_STARTS:
        return _read_calendar_row(context, index)
    if kind in _YEAR_STARTS:
        return _read_year_row(context, index)
    if kind in _QUARTER_STARTS:
        return _read_quarter_row(context, index)
    return None


def _read_bracketed_years(scan: Scan, index: int) -> _Row | None:
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
    years = _Row(Read(Part(YEAR, start, row[0].end, year=first), index + 1))
    years.add(RANGE, Read(Part(YEAR, row[2].start, end, year=last), index + 3))
    return years


class _Link(NamedTuple):
    kind: str
    token: Kind | None
    next: int
    at: int


_CLOCK = re.compile(r" ?(?:เวลา)? ?[0-9]{1,2}[.:][0-9]{2} ?(?:น\.?|นาฬิกา)? ?(?=(?:จน)?ถึง)")


def _read_link(scan: Scan, index: int, after: int) -> _Link | None:
    """What links the part before offset `after` to the one that follows."""
    if match := _CLOCK.match(scan.plain, after):  # วันที่ 1 ต.ค. 63 เวลา 08.00 น. ถึงวันที่ 2 ต.ค. 63
        after = match.end()
        while index < len(scan.tokens) and scan.tokens[index].start < after:
            index += 1
    token = token_at(scan, index, after)
    if token is None:
        return None
    if token.kind in (Kind.DASH, Kind.TO):
        return _Link(RANGE, token.kind, index + 1, token.end)
    if token.kind is Kind.COMMA:
        following = token_at(scan, index + 1, token.end)
        if following and following.kind is Kind.AND:
            return _Link(LIST, Kind.AND, index + 2, following.end)
        return _Link(LIST, token.kind, index + 1, token.end)
    if token.kind is Kind.AND:
        return _Link(LIST, token.kind, index + 1, token.end)
    return _Link(LIST, None, index, after) if token.kind in (Kind.MONTH, Kind.MONTH_WORD) else None


def _read_calendar_row(context: Context, index: int) -> _Row | None:
    scan = context.scan
    read = read_calendar_part(context, index)
    if read is None:
        return None
    row = _Row(read)
    while len(row.parts) < LONGEST_CHAIN:
        link = _read_link(scan, row.next, row.parts[-1].end)
        if link is None or token_at(scan, link.next, link.at) is None:
            break
        if scan.tokens[link.next].kind not in _CALENDAR_STARTS or (link.token is None and not _both_months(row, scan, link)):
            break
        following = read_calendar_part(context, link.next)
        if following is None or not joined(scan, link.at, following.part.start):
            break
        row.links_and |= link.token is Kind.AND
        row.add(link.kind if _can_range(row.parts[-1], following.part, link) else LIST, following)
    return _trim(context, row)


def _both_months(row: _Row, scan: Scan, link: _Link) -> bool:
    return row.parts[-1].grain == MONTH and scan.tokens[link.next].kind in (Kind.MONTH, Kind.MONTH_WORD)


def _can_range(first: Part, last: Part, link: _Link) -> bool:
    """A dash from a month to a day is an item's dash (เดือนต.ค. 66 - 20 ต.ค. 66 ประชุม), not a range."""
    return not (link.token is Kind.DASH and first.grain == MONTH and last.grain == DAY)


def _trim(context: Context, row: _Row) -> _Row | None:
    """Without the numbers at either end that no month belongs to."""
    full_next = row.next
    while row.parts and row.parts[-1].month is None:
        row.parts.pop()
        if row.links:
            row.links.pop()
    first = 0
    for place, part in enumerate(row.parts):
        if part.month is None and not any(p.marked for p in row.parts[first : place + 1]) and not _opens_range(row, place):
            first = place + 1
    row.parts, row.links = row.parts[first:], row.links[first:]
    if not row.parts:
        return None
    row.next = _index_after(context.scan, row.parts[-1].end, full_next)
    return row


def _opens_range(row: _Row, place: int) -> bool:
    """1 - 15 มีนาคม: the number opens a range of days that goes forward."""
    following = row.parts[place + 1]
    return row.links[place] == RANGE and (row.parts[place].day or 0) < (following.day or 0)


def _index_after(scan: Scan, offset: int, upper: int) -> int:
    """The first token at or after an offset, at most `upper`."""
    index = min(upper, len(scan.tokens))
    while index > 0 and scan.tokens[index - 1].start >= offset:
        index -= 1
    return index


def _read_year_row(context: Context, index: int) -> _Row | None:
    scan = context.scan
    read = read_year_part(context, index)
    if read is None:
        return None
    quarter = token_at(scan, read.next, read.part.end)
    if quarter and quarter.kind in (Kind.QUARTER, Kind.HALF, Kind.TERM):
        row = _read_quarter_row(context, read.next)
        if row is not None and all(part.year is None for part in row.parts):
            return _with_year_before(row, read.part)
    row = _Row(read)
    while len(row.parts) < LONGEST_CHAIN:
        link = _read_link(scan, row.next, row.parts[-1].end)
        token = token_at(scan, link.next, link.at) if link else None
        if link is None or token is None or link.token is None:
            break
        following = _next_year(context, row.parts[-1], token, link)
        if following is None:
            break
        row.links_and |= link.token is Kind.AND
        row.add(link.kind, following)
    return row


def _next_year(context: Context, before: Part, token: Token, link: _Link) -> Read | None:
    """The next year of a row: with its own words, or a bare number printed as the one before it (ปี 2561 - 2565, ปี 61-65)."""
    if token.kind in _YEAR_STARTS:
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


def _with_year_before(row: _Row, year: Part) -> _Row:
    """ปีงบประมาณ พ.ศ. 2564 ไตรมาสที่ 2."""
    for part in row.parts:
        _give_year(part, year)
    row.parts[0].start = year.start
    return row


def _give_year(part: Part, year: Part) -> None:
    if year.year is None:
        part.problem = year.problem
        return
    part.year = year.year + BE_OFFSET if year.kind == CALENDAR else year.year
    if year.kind != CALENDAR:
        part.kind = year.kind


_OF = re.compile(" ?(?:ของ|ใน|ประจำ)? ?")
_QUARTER_GRAINS = {Kind.QUARTER: QUARTER, Kind.HALF: HALF, Kind.TERM: TERM}


def _read_quarter_row(context: Context, index: int) -> _Row | None:
    scan = context.scan
    read = _read_quarter(context, index, None)
    if read is None:
        return None
    row = _Row(read)
    while len(row.parts) < 8:
        link = _read_link(scan, row.next, row.parts[-1].end)
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
    scan = context.scan
    gap = _OF.match(scan.plain, part.end)
    token = token_at(scan, index, gap.end() if gap else part.end)
    if token and token.kind in _YEAR_STARTS and (part.grain != HALF or token.kind is Kind.YEAR_KIND):
        year = read_year_part(context, index)
        if year is not None:
            _give_year(part, year.part)
            part.end = year.part.end
            return Read(part, year.next)
    if token and token.kind is Kind.NUMBER and token.value[1] == 4 and part.grain == QUARTER:
        ce = year_ce(int(token.value[0]), 4)
        if isinstance(ce, int):
            part.year, part.end = ce + BE_OFFSET, token.end
            return Read(part, index + 1)
    return Read(part, index)


def _fill(context: Context, row: _Row) -> None:
    """Months and years that are said once, and years from the report's."""
    parts = row.parts
    if parts[0].grain not in (DAY, MONTH):
        return
    for part, later in zip(reversed(parts[:-1]), reversed(parts[1:]), strict=True):
        if part.month is None:
            part.month, part.year, part.problem = later.month, later.year, part.problem or later.problem
        elif part.year is None and later.year is not None and part.problem is None:
            part.year = later.year - (_order(part) > _order(later))
    for part, earlier in zip(parts[1:], parts[:-1], strict=True):
        if part.year is None and earlier.year is not None and part.problem is None:
            part.year = earlier.year + (_order(part) < _order(earlier))
    if context.fiscal_year_be is not None:
        for part in parts:
            if part.year is None and part.problem is None and part.month:
                part.year = month_year_ce(part.month, context.fiscal_year_be)


def _order(part: Part) -> tuple[int, int]:
    return part.month or 0, (part.day or 0) if part.grain == DAY else 0


_ONWARD = re.compile(" {0,4}(?:เป็นต้น(?:ไป|มา))")
_UNTIL_NOW = re.compile(" ?(?:-|(?:จน)?ถึง) ?ปัจจุบัน")


def _groups(context: Context, row: _Row, prefix: Token | None) -> list[Group]:
    """The parts of a row as values: both ends of a range together, everything else by itself."""
    parts, links = row.parts, row.links
    if prefix and prefix.kind is Kind.BETWEEN and len(parts) == 2 and row.links_and:
        links = [RANGE]  # ระหว่าง … และ …
    groups: list[Group] = []
    place = 0
    while place < len(parts):
        ranged = place < len(links) and links[place] == RANGE and not (place + 1 < len(links) and links[place + 1] == RANGE)
        last = parts[place + 1] if ranged else None
        first = parts[place]
        groups.append(Group(first, last, first.start, (last or first).end, False))
        place += 2 if ranged else 1
    groups[0] = _opened(context, groups[0], prefix, alone=len(groups) == 1)
    groups[-1] = _carried_on(context, groups[-1])
    return groups


def _opened(context: Context, group: Group, prefix: Token | None, alone: bool) -> Group:
    """With ตั้งแต่ or ระหว่าง before a range in its text. ตั้งแต่ a date, without an end, is open."""
    if prefix is None or (prefix.kind is Kind.BETWEEN and group.last is None):
        return group
    return group._replace(start=prefix.start, on=prefix.kind is Kind.SINCE and group.last is None and alone)


def _carried_on(context: Context, group: Group) -> Group:
    """With เป็นต้นไป, or ถึงปัจจุบัน, after a date."""
    plain = context.scan.plain
    match = _ONWARD.match(plain, group.end) or _UNTIL_NOW.match(plain, group.end)
    if match is None or group.last is not None:
        return group
    return group._replace(end=match.end(), on=True)
