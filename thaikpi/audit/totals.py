"""Rules about the total rows of a budget table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.finding import Finding
from schemas.record import Record, SeriesEntry
from thaikpi.audit.closing import as_printed, digits_of, one_digit_mends, value_of
from thaikpi.doubt import Doubt, uncertain

_ONE_DIGIT = ("ยอดรวมไม่ลงตัวเพียงหลักเดียว", "one digit keeps the total from closing")
SUM, PARTS = "รวมทั้งสิ้น", ("เงินงบประมาณ", "เงินนอกงบประมาณ")


class Broken(NamedTuple):
    """A column whose total is not the sum of its parts. pointers: of the total and its parts; expected: the parts' sum."""

    pointers: list[str]
    entries: list[SeriesEntry]
    expected: float


def total_wrong(record: Record) -> Iterator[Finding]:
    """รวมทั้งสิ้น ≠ เงินงบประมาณ + เงินนอกงบประมาณ in a column where all three are printed (a dash counts as nothing, a
    blank as not printed). To be asked of the first record of each table: the totals stand on every one."""
    return (_finding(record, broken) for broken in broken_totals(record))


def broken_totals(record: Record) -> Iterator[Broken]:
    totals = {total.name: (index, total) for index, total in enumerate(record.work.totals)} if record.work else {}
    if not all(name in totals for name in (SUM, *PARTS)):
        return
    columns = [{_column(entry): (i, entry) for i, entry in enumerate(totals[name][1].series)} for name in (SUM, *PARTS)]
    for column, (place, stated) in columns[0].items():
        parts = [own.get(column) for own in columns[1:]]
        amounts = [_amount(part[1]) for part in parts if part is not None]
        total = _amount(stated)
        known = [amount for amount in amounts if amount is not None]
        if total is None or len(known) < len(PARTS) or _total_closes([total, *known], ()):
            continue
        where = [(totals[SUM][0], place), *((totals[n][0], part[0]) for n, part in zip(PARTS, parts, strict=True) if part)]
        pointers = [f"/work/totals/{index}/series/{entry}" for index, entry in where]
        yield Broken(pointers, [stated, *(part[1] for part in parts if part)], sum(known))


def total_uncertain(record: Record) -> Iterator[Finding]:
    """`number-uncertain` at the only amount, read by OCR, that one other digit makes close. To be asked like `total_wrong`."""
    for broken in broken_totals(record):
        texts = [digits_of(entry.text) or "0" for entry in broken.entries]
        mends = list(one_digit_mends(texts, [value_of(text) for text in texts], _total_closes))
        if len(mends) != 1:
            continue
        at, number = mends[0]
        pointer, printed = broken.pointers[at], broken.entries[at].text
        proof = record.provenance.get(pointer)
        if proof is None or proof.reading == "text":
            continue
        yield uncertain(record, pointer, printed, Doubt(*_ONE_DIGIT, as_printed(number, printed)))


def _total_closes(values: Sequence[float], texts: Sequence[str]) -> bool:
    return abs(values[0] - sum(values[1:])) < 0.005


def _column(entry: SeriesEntry) -> tuple[int | None, str]:
    return entry.fiscal_year, entry.column


def _amount(entry: SeriesEntry) -> float | None:
    """The column's amount; a printed dash is nothing spent."""
    return 0.0 if entry.value is None and not entry.text.strip("-–— ") else entry.value


def _finding(record: Record, broken: Broken) -> Finding:
    stated, wanted = broken.entries[0], f"{broken.expected:,.2f}".removesuffix(".00")
    return Finding(
        rule="total-wrong",
        severity="error",
        record_id=record.record_id,
        where=broken.pointers,
        message_th=f"{stated.column}: รวมทั้งสิ้น {stated.text} ไม่เท่ากับเงินงบประมาณรวมกับเงินนอกงบประมาณ ({wanted})",
        message_en=f"{stated.column}: the total {stated.text} is not the sum of its parts ({wanted})",
        expected=wanted,
        found=stated.text,
    )
