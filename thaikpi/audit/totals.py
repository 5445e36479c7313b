"""Rules about the total rows of a budget table."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.finding import Finding
from schemas.record import Record, SeriesEntry

SUM, PARTS = "รวมทั้งสิ้น", ("เงินงบประมาณ", "เงินนอกงบประมาณ")


def total_wrong(record: Record) -> Iterator[Finding]:
    """รวมทั้งสิ้น ≠ เงินงบประมาณ + เงินนอกงบประมาณ in a column where all three are printed (a dash counts as nothing, a
    blank as not printed). To be asked of the first record of each table: the totals stand on every one."""
    totals = {total.name: (index, total) for index, total in enumerate(record.work.totals)} if record.work else {}
    if not all(name in totals for name in (SUM, *PARTS)):
        return
    columns = [{_column(entry): (i, entry) for i, entry in enumerate(totals[name][1].series)} for name in (SUM, *PARTS)]
    for column, (place, stated) in columns[0].items():
        parts = [own.get(column) for own in columns[1:]]
        amounts = [_amount(part[1]) for part in parts if part is not None]
        total = _amount(stated)
        known = [amount for amount in amounts if amount is not None]
        if total is None or len(known) < len(PARTS) or abs(sum(known) - total) < 0.005:
            continue
        where = [(totals[SUM][0], place), *((totals[n][0], part[0]) for n, part in zip(PARTS, parts, strict=True) if part)]
        yield _finding(record, stated, sum(known), [f"/work/totals/{index}/series/{entry}" for index, entry in where])


def _column(entry: SeriesEntry) -> tuple[int | None, str]:
    return entry.fiscal_year, entry.column


def _amount(entry: SeriesEntry) -> float | None:
    """The column's amount; a printed dash is nothing spent."""
    return 0.0 if entry.value is None and not entry.text.strip("-–— ") else entry.value


def _finding(record: Record, stated: SeriesEntry, expected: float, where: list[str]) -> Finding:
    wanted = f"{expected:,.2f}".removesuffix(".00")
    return Finding(
        rule="total-wrong",
        severity="error",
        record_id=record.record_id,
        where=where,
        message_th=f"{stated.column}: รวมทั้งสิ้น {stated.text} ไม่เท่ากับเงินงบประมาณรวมกับเงินนอกงบประมาณ ({wanted})",
        message_en=f"{stated.column}: the total {stated.text} is not the sum of its parts ({wanted})",
        expected=wanted,
        found=stated.text,
    )
