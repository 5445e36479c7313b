"""Calendar periods as EDTF (ISO 8601-2) with their first and last day. Years are CE throughout.

A period whose days do not exist (31 February, a year outside 1–9999, an end before its start) is None: nothing raises.
The calendar is the Gregorian one for every year: the Thai year began in April before 1941 (BE 2484), which no report needs.
"""

from __future__ import annotations

from calendar import isleap
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1, 9999  # what ISO 8601 writes with four digits


class Period(NamedTuple):
    """edtf as printed in a record; start, end: ISO days, both included; end None for an open period."""

    edtf: str
    start: str
    end: str | None


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _days_of_month(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _DAYS[month - 1]


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def day_period(year: int, month: int, day: int) -> Period | None:
    """One day. None when the calendar has no such day."""
    if not (_is_year(year) and 1 <= month <= 12 and 1 <= day <= _days_of_month(year, month)):
        return None
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    return Period(iso, iso, iso)


def month_period(year: int, month: int) -> Period | None:
    """One whole month."""
    if not (_is_year(year) and 1 <= month <= 12):
        return None
    iso = f"{year:04d}-{month:02d}"
    return Period(iso, f"{iso}-01", f"{iso}-{_days_of_month(year, month):02d}")


def year_period(year: int) -> Period | None:
    """One calendar year."""
    if not _is_year(year):
        return None
    iso = f"{year:04d}"
    return Period(iso, f"{iso}-01-01", f"{iso}-12-31")


def span_period(first: Period | None, last: Period | None) -> Period | None:
    """From the first day of `first` to the last day of `last`. None when either is missing or the end precedes the start."""
    if first is None or last is None or first.end is None:
        return None
    if first.start > (last.end or last.start) or first.start > last.start:
        return None
    return Period(f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}", first.start, last.end)


def open_period(first: Period | None) -> Period | None:
    """From the first day of `first` on, without an end: 2021-04/.. ."""
    if first is None:
        return None
    return Period(f"{first.edtf.partition('/')[0]}/..", first.start, None)
