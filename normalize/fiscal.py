"""Fiscal years and their quarters; other kinds of year as data (years.yaml).

Years are Buddhist Era (`be`), bounds are ISO days, CE. BMA's fiscal year 2564 runs from 2020-10-01 to 2021-09-30; its
quarter 1 is October to December 2020. Functions that take a year raise ValueError for one that no calendar has (BE below
545 or above 10541): such a number never comes from the readers here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from normalize.digits import TO_ARABIC
from normalize.periods import Period, day_period, month_period, span_period
from schemas.values import Reason, Unread

BE_OFFSET = 543
FIRST_BE, LAST_BE = 2400, 2699  # a four-digit year in this range is Buddhist Era (record.md: from 2400); beyond it is a misprint
FIRST_CE, LAST_CE = 1900, 2199  # … and in this one Common Era (record.md)
QUARTERS = (1, 2, 3, 4)


class Edge(msgspec.Struct, frozen=True):
    """A day of a year, `years` after the year that gives it its number."""

    month: int
    day: int
    years: int


class Term(msgspec.Struct, frozen=True):
    """A named part of a year: ภาคเรียนที่ 1."""

    starts: Edge
    ends: Edge


class YearKind(msgspec.Struct, frozen=True):
    """A way to count years; see years.yaml."""

    id: str
    name: str
    words: tuple[str, ...]
    starts: Edge
    ends: Edge
    terms: tuple[Term, ...] = ()


@cache
def year_kinds() -> dict[str, YearKind]:
    """The kinds of years.yaml by id."""
    import yaml

    rows = yaml.safe_load((Path(__file__).parent / "years.yaml").read_text(encoding="utf-8"))
    return {kind.id: kind for kind in msgspec.convert(rows, list[YearKind])}


def _edges(starts: Edge, ends: Edge, be: int) -> Period:
    """The period between two edges of year `be`, in months where it begins on a first and ends on a last of a month."""
    ce = be - BE_OFFSET
    first = day_period(ce + starts.years, starts.month, starts.day)
    last = day_period(ce + ends.years, ends.month, ends.day)
    opening, closing = month_period(ce + starts.years, starts.month), month_period(ce + ends.years, ends.month)
    if first is None or last is None or opening is None or closing is None:
        raise ValueError(f"no such year: {be}")
    if first.start == opening.start and last.end == closing.end:
        first, last = opening, closing
    period = span_period(first, last)
    assert period is not None  # years.yaml's edges are in order: tests check each row
    return period


def year_kind_period(be: int, kind: str = "fiscal") -> Period:
    """Year `be` of a kind as a period: fiscal 2564 is 2020-10/2021-09."""
    row = year_kinds()[kind]
    return _edges(row.starts, row.ends, be)


def fiscal_year_bounds(be: int, kind: str = "fiscal") -> tuple[str, str]:
    """First and last day of year `be`: 2564 → ("2020-10-01", "2021-09-30")."""
    period = year_kind_period(be, kind)
    return period.start, period.end or ""


def months_of_year(be: int, first: int, last: int, kind: str = "fiscal") -> Period:
    """The first-th to last-th month (from 1) of year `be` of a kind that starts on the first of a month."""
    starts = year_kinds()[kind].starts
    edges = []
    for place in (first, last):
        years, month = divmod(starts.month - 1 + place - 1, 12)
        edges.append(month_period(be - BE_OFFSET + starts.years + years, month + 1))
    period = span_period(edges[0], edges[1])
    if period is None:
        raise ValueError(f"no such months: {first}–{last} of {be}")
    return period


def quarter_period(be: int, quarter: int, kind: str = "fiscal") -> Period:
    """Quarter 1–4 of year `be`: (2564, 2) → 2021-01/2021-03."""
    if quarter not in QUARTERS:
        raise ValueError(f"no such quarter: {quarter}")
    return months_of_year(be, 3 * quarter - 2, 3 * quarter, kind)


def quarter_bounds(be: int, quarter: int, kind: str = "fiscal") -> tuple[str, str]:
    """First and last day of a quarter: (2564, 1) → ("2020-10-01", "2020-12-31")."""
    period = quarter_period(be, quarter, kind)
    return period.start, period.end or ""


def half_period(be: int, half: int, kind: str = "fiscal") -> Period:
    """The first or second six months of year `be`."""
    if half not in (1, 2):
        raise ValueError(f"no such half: {half}")
    return months_of_year(be, 6 * half - 5, 6 * half, kind)


def term_period(be: int, term: int, kind: str = "school") -> Period | None:
    """A term of year `be`: ภาคเรียนที่ 1/2564 → 2021-05-16/2021-10-10. None when the kind has no such term."""
    terms = year_kinds()[kind].terms
    return _edges(terms[term - 1].starts, terms[term - 1].ends, be) if 1 <= term <= len(terms) else None


def month_quarter(month: int, kind: str = "fiscal") -> int:
    """The quarter that a calendar month (1–12) belongs to: October is 1 in a fiscal year."""
    return (month - year_kinds()[kind].starts.month) % 12 // 3 + 1


def month_year_ce(month: int, be: int, kind: str = "fiscal") -> int:
    """The CE year that puts a calendar month inside year `be`: October of fiscal 2564 → 2020. Where a year begins within the
    month, the year's own beginning is meant."""
    starts = year_kinds()[kind].starts
    return be - BE_OFFSET + starts.years + (month < starts.month)


def fiscal_year_of(iso: str, kind: str = "fiscal") -> int:
    """The year (BE) that an ISO day lies in: "2020-10-01" → 2564."""
    starts = year_kinds()[kind].starts
    be = int(iso[:4]) + BE_OFFSET - starts.years
    return be if (int(iso[5:7]), int(iso[8:10])) >= (starts.month, starts.day) else be - 1


def year_ce(number: int, digits: int, era: str | None = None) -> int | Reason | None:
    """A printed year in CE. era: "be", "ce" or None for a bare number; digits: how many were printed.

    Two digits are BE 25xx (20xx after ค.ศ.). IMPOSSIBLE: four digits that are neither BE nor CE. CONTRADICTION: the printed
    era denies the number (ค.ศ. 2564). None: a number of one, three or more than four digits is no year.
    """
    if digits == 2:
        return 2000 + number if era == "ce" else 2500 + number - BE_OFFSET
    if digits != 4:
        return None
    if FIRST_BE <= number <= LAST_BE:
        return Reason.CONTRADICTION if era == "ce" else number - BE_OFFSET
    if FIRST_CE <= number <= LAST_CE:
        return Reason.CONTRADICTION if era == "be" else number
    return Reason.IMPOSSIBLE


_FIELD_YEAR = re.compile(
    r"(?:ประจำ)?(?:งบประมาณ)?(?:ปี)?(?:งบประมาณ|งบฯ?|การศึกษา)?(?:ปี)?[:.]?"
    r"(?P<era>พ\.?ศ\.?|ค\.?ศ\.?)?(?P<year>[0-9]{2}(?:[0-9]{2})?)"
)  # for a text without its white space
_ANY_YEAR = re.compile(r"(?<![0-9])(?:25[0-9]{2}|20[0-9]{2})(?![0-9])")
_SHORT_YEAR = re.compile(r"ปี(?:งบประมาณ|งบฯ?)?[\s_.-]*(?:พ\.?ศ\.?)?[\s_.-]*([0-9]{2})(?![0-9])")


def read_fiscal_year(text: str) -> int | Unread:
    """The fiscal year (BE) that a labelled field states: "ปีงบประมาณ พ.ศ. ๒๕๖๔", "2564", "64", "2021" → 2564.

    Two different years → Unread(AMBIGUOUS) with both as candidates.
    """
    plain = text.translate(TO_ARABIC).strip()
    if not plain:
        return Unread(text, Reason.BLANK)
    if plain in {"-", "–", "—"}:
        return Unread(text, Reason.DASH)
    match = _FIELD_YEAR.fullmatch("".join(plain.split()))
    if not match:
        return _single_year(text, plain[:1000])
    era = match["era"]
    year = year_ce(int(match["year"]), len(match["year"]), None if era is None else "ce" if era.startswith("ค") else "be")
    return year + BE_OFFSET if isinstance(year, int) else Unread(text, year or Reason.UNKNOWN)


def _single_year(text: str, plain: str) -> int | Unread:
    """The only four-digit year in a longer text, else the only two-digit one after ปี."""
    found = (year_ce(int(m.group()), 4) for m in _ANY_YEAR.finditer(plain))
    years = sorted({year for year in found if isinstance(year, int)})
    if not years:
        years = sorted({2500 + int(m[1]) - BE_OFFSET for m in _SHORT_YEAR.finditer(plain)})
    if len(years) == 1:
        return years[0] + BE_OFFSET
    return Unread(text, Reason.AMBIGUOUS if years else Reason.UNKNOWN, tuple(str(year + BE_OFFSET) for year in years))
