"""Rules about the dates in narratives."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.dates import find_dates
from schemas.finding import Finding
from schemas.record import Record
from schemas.values import DateValue, Reason


def date_impossible(record: Record) -> Iterator[Finding]:
    """31 ก.พ. 64; a year that is neither BE nor CE. A date that merely cannot be placed (no year) is none of this rule's."""
    for pointer, dates in _dates(record):
        for index, date in enumerate(dates):
            if date.edtf is None and _is_impossible(date, record.fiscal_year.be):
                yield Finding(
                    rule="date-impossible",
                    severity="error",
                    record_id=record.record_id,
                    where=[f"{pointer}/{index}"],
                    message_th=f"ไม่มีวันที่นี้ในปฏิทิน: {date.text}",
                    message_en=f"No such date: {date.text}",
                    found=date.text,
                )


def _dates(record: Record) -> Iterator[tuple[str, list[DateValue]]]:
    for index, quarter in enumerate(record.quarters):
        yield f"/quarters/{index}/dates", quarter.dates
    yield "/summary/dates", record.summary.dates


def _is_impossible(date: DateValue, fiscal_year_be: int | None) -> bool:
    return any(found.problem is Reason.IMPOSSIBLE for found in find_dates(date.text, fiscal_year_be))
