"""Dates that stand together: ranges and lists in which the month or the year is said once.

A chain is a row of parts with a link between each two (a dash, ถึง, a comma, และ). What a part lacks it takes from the part
after it, else from the one before it, else its year from the report's fiscal year:

    28 ธ.ค. – 5 ม.ค. 64          the first year is one less: the range crosses New Year
    วันที่ 1, 5 และ 9 มีนาคม 2564  three dates, each with its own place in the text
    เดือนต.ค. 62 - ธ.ค.           the year carries on
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from normalize.datelinks import LIST, LONGEST_CHAIN, RANGE, Link, Row, past_about, read_link
from normalize.dateparts import read_calendar_part
from normalize.datewords import Kind, Scan, Token
from normalize.dateyears import DAY, MONTH, Context, Part, joined, token_at
from normalize.fiscal import month_year_ce
from normalize.yearchains import QUARTER_STARTS, YEAR_STARTS, read_bracketed_years, read_quarter_row, read_year_row

_CALENDAR_STARTS = frozenset({Kind.DAY_WORD, Kind.MONTH_WORD, Kind.NUMBER, Kind.MONTH, Kind.NUMERIC_DATE})


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
        prefix, following = token, token_at(scan, index + 1, past_about(scan, token.end))
        if following is None or following.kind in (Kind.SINCE, Kind.BETWEEN):
            return Chain([], index + 1)
        index, token = index + 1, following
    row = _read_row(context, index)
    if row is None:
        return Chain([], index + 1)
    if not row.parts:  # numbers without a month: none of them begins a date, so the time stays linear
        return Chain([], row.next)
    _fill(context, row)
    return Chain(_groups(context, row, prefix), row.next)


def _read_row(context: Context, index: int) -> Row | None:
    kind = context.scan.tokens[index].kind
    if kind is Kind.NUMBER and (years := read_bracketed_years(context.scan, index)):
        return years
    if kind in _CALENDAR_STARTS:
        return _read_calendar_row(context, index)
    if kind in YEAR_STARTS:
        return read_year_row(context, index)
    if kind in QUARTER_STARTS:
        return read_quarter_row(context, index)
    return None


def _read_calendar_row(context: Context, index: int) -> Row | None:
    scan = context.scan
    read = read_calendar_part(context, index)
    if read is None:
        return None
    row = Row(read)
    while len(row.parts) < LONGEST_CHAIN:
        link = read_link(scan, row.next, row.parts[-1].end)
        if link is None or token_at(scan, link.next, link.at) is None:
            break
        if scan.tokens[link.next].kind not in _CALENDAR_STARTS or (link.token is None and not _both_months(row, scan, link)):
            break
        following = read_calendar_part(context, link.next, after_day=row.parts[-1].grain == DAY and row.parts[0].marked)
        if following is None or not joined(scan, link.at, following.part.start):
            break
        row.links_and |= link.token is Kind.AND
        row.add(link.kind if _can_range(row.parts[-1], following.part, link) else LIST, following)
    return _trim(context, row)


def _both_months(row: Row, scan: Scan, link: Link) -> bool:
    return row.parts[-1].grain == MONTH and scan.tokens[link.next].kind in (Kind.MONTH, Kind.MONTH_WORD)


def _can_range(first: Part, last: Part, link: Link) -> bool:
    """A dash from a month to a day is an item's dash (เดือนต.ค. 66 - 20 ต.ค. 66 ประชุม), not a range."""
    return not (link.token is Kind.DASH and first.grain == MONTH and last.grain == DAY)


def _trim(context: Context, row: Row) -> Row:
    """Without the numbers that no month belongs to: those at the end, and those before a day that they do not lead up to."""
    while row.parts and row.parts[-1].month is None:
        row.parts.pop()
    kept = [place for place in range(len(row.parts)) if _is_dated(row, place)]
    row.links = [row.links[later - 1] if later - 1 == place else LIST for place, later in pairwise(kept)]
    row.parts = [row.parts[place] for place in kept]
    if row.parts:
        row.next = _index_after(context.scan, row.parts[-1].end, row.next)
    return row


def _is_dated(row: Row, place: int) -> bool:
    """Whether a part is a date: it has a month, or it is a day after วันที่, or one that leads up to the next day (1 - 15 มีนาคม)."""
    part = row.parts[place]
    if part.month is not None or part.marked:
        return True
    since = place
    while since > 0 and row.parts[since - 1].month is None and not row.parts[since].marked:
        since -= 1
    return row.parts[since].marked or (part.day or 0) < (row.parts[place + 1].day or 0)


def _index_after(scan: Scan, offset: int, upper: int) -> int:
    """The first token at or after an offset, at most `upper`."""
    index = min(upper, len(scan.tokens))
    while index > 0 and scan.tokens[index - 1].start >= offset:
        index -= 1
    return index


def _fill(context: Context, row: Row) -> None:
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
                part.year, part.placed = month_year_ce(part.month, context.fiscal_year_be), True


def _order(part: Part) -> tuple[int, int]:
    return part.month or 0, (part.day or 0) if part.grain == DAY else 0


_ONWARD = re.compile(" {0,4}(?:เป็นต้น(?:ไป|มา))")
_UNTIL_NOW = re.compile(" ?(?:-|(?:จน)?ถึง) ?ปัจจุบัน")


def _groups(context: Context, row: Row, prefix: Token | None) -> list[Group]:
    """The parts of a row as values: both ends of a range together, everything else by itself."""
    parts, links = row.parts, row.links
    if prefix and prefix.kind is Kind.BETWEEN and len(parts) == 2 and row.links_and:
        links = [RANGE]  # ระหว่าง … และ …
    groups: list[Group] = []
    place = 0
    while place < len(parts):
        ranged = links[place : place + 1] == [RANGE] and [RANGE] not in (links[place - 1 : place], links[place + 1 : place + 2])
        last = parts[place + 1] if ranged else None
        first = parts[place]
        groups.append(Group(first, last, first.start, (last or first).end, False))
        place += 2 if ranged else 1
    groups[0] = _opened(context, groups[0], prefix, alone=len(groups) == 1)
    groups[-1] = _carried_on(context, groups[-1])
    return groups


_MORE_TO_COME = re.compile(" ?(?:-|(?:จน)?ถึง)")


def _opened(context: Context, group: Group, prefix: Token | None, alone: bool) -> Group:
    """With ตั้งแต่ or ระหว่าง before a range in its text. ตั้งแต่ a date, without an end, is open."""
    if prefix is None:
        return group
    if group.last is not None:
        return group._replace(start=prefix.start)
    plain = context.scan.plain
    until = _MORE_TO_COME.match(plain, group.end) and not _UNTIL_NOW.match(plain, group.end)  # an end that is no date
    if prefix.kind is Kind.BETWEEN or not alone or until:
        return group
    return group._replace(start=prefix.start, on=True)


def _carried_on(context: Context, group: Group) -> Group:
    """With เป็นต้นไป, or ถึงปัจจุบัน, after a date."""
    plain = context.scan.plain
    match = _ONWARD.match(plain, group.end) or _UNTIL_NOW.match(plain, group.end)
    if match is None or group.last is not None:
        return group
    return group._replace(end=match.end(), on=True)
