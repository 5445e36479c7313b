"""Rules about the dates in narratives."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.dates import find_dates
from schemas.finding import Finding
from schemas.record import Record
from schemas.values import DateValue, Reason


def date_impossible(record: Record) -> Iterator[Finding]:
    """31 ก.พ. 64; a year that is neither BE nor CE. A date that merely cannot be placed (no year) is none of this rule's."""
    for pointer, date in dates_of(record):
        if Reason.IMPOSSIBLE in problems(date, record.fiscal_year.be):
            yield Finding(
                rule="date-impossible",
                severity="error",
                record_id=record.record_id,
                where=[pointer],
                message_th=f"ไม่มีวันที่นี้ในปฏิทิน: {date.text}",
                message_en=f"No such date: {date.text}",
                found=date.text,
            )


def dates_of(record: Record) -> Iterator[tuple[str, DateValue]]:
    """The dates of all narratives with their pointers, in the record's order."""
    sections = {f"/quarters/{at}": quarter.dates for at, quarter in enumerate(record.quarters)}
    for where, dates in (sections | {"/summary": record.summary.dates}).items():
        for at, date in enumerate(dates):
            yield f"{where}/dates/{at}", date


def problems(date: DateValue, fiscal_year_be: int | None) -> set[Reason | None]:
    """Why a date is kept with nulls; empty for one that was read."""
    return {found.problem for found in find_dates(date.text, fiscal_year_be)} if date.edtf is None else set()
