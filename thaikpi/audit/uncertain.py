"""Rule number-uncertain: a number that OCR or a repair may have got wrong announces itself.

Never in a clean text layer: there a contradiction is the report's own. Each finding points at one value object. Triggers:
  low      the calibrated confidence is below the threshold
  odd      an odd separator (2.400, 287.960.25): OCR's dot for a comma, wrong 68 times of 68 (measured on scans)
  sum      a stated total that its stated parts do not give
  share    "a จาก b คิดเป็นร้อยละ p" where 100 a / b rounds to something else
  date     a day that no calendar has, or a year more than one away from the report's fiscal year
Where one other digit in the only number that could, or in the least sure one, closes a sum or a share, `expected` offers it;
what was read stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalize import find_dates, find_quantities
from schemas.finding import Finding
from schemas.record import Record
from schemas.values import Found, Quantity, Reason
from thaikpi.audit.closing import Closing, broken_share, broken_sum
from thaikpi.audit.dates import dates_of, problems

BE_MINUS_CE = 543
BELOW = 0.94  # price of other thresholds: docs/confidence.md
# 2.400 · 287.960.25 · 12,34 · 1,2345: groups of three go with commas, decimals with one dot
_ODD = re.compile(r"(?<![\d.,])(?:\d{1,3}\.\d{3}(?!\d)|\d+(?:[.,]\d+)*\.\d+\.\d+|\d+,(?:\d{1,2}|\d{4,})(?![\d,]))")


@dataclass(frozen=True)
class Doubt:
    """Why a value is doubted. expected: the reading that would close a sum or share."""

    why_th: str
    why_en: str
    expected: str | None = None


def number_uncertain(record: Record, below: float = BELOW) -> Iterator[Finding]:
    """Findings in the order of the record's pointers."""
    doubts: dict[str, Doubt] = {}
    contexts = dict(_context(record))
    for pointer, text in _numbers(record):
        proof = record.provenance.get(pointer)
        if proof is None or (proof.reading == "text" and not proof.repairs):
            continue
        if proof.confidence < below:
            share = f"{proof.confidence:.2f}"
            doubts[pointer] = Doubt(f"ความมั่นใจ {share}", f"confidence {share}")
        elif proof.reading != "text" and _ODD.search(text):
            doubts[pointer] = Doubt("เครื่องหมายคั่นหลักผิดแบบ", "odd separator")
        if proof.reading != "text" and pointer in contexts and (pointer not in doubts or contexts[pointer].expected):
            doubts[pointer] = contexts[pointer]
    for pointer, doubt in doubts.items():
        yield _finding(record, pointer, doubt)


def _finding(record: Record, pointer: str, doubt: Doubt) -> Finding:
    printed = " ".join(place.text for place in record.provenance[pointer].places)
    return Finding(
        rule="number-uncertain", severity="warning", record_id=record.record_id, where=[pointer],
        message_th=f"ตัวเลขนี้อาจอ่านผิด ({doubt.why_th}) โปรดดูที่หน้าเอกสาร: {printed}",
        message_en=f"This number may be read wrongly ({doubt.why_en}); look at the page: {printed}",
        expected=doubt.expected, found=printed,
    )  # fmt: skip


def _numbers(record: Record) -> Iterator[tuple[str, str]]:
    """Pointers of value objects that hold a number, with their texts."""
    for pointer in ("/target", "/result"):
        quantity: Quantity | None = getattr(record, pointer[1:])
        if quantity is not None and quantity.value is not None:
            yield pointer, quantity.text or ""
    for name in ("scoring", "components"):
        for at, _ in enumerate(getattr(record, name)):
            yield f"/{name}/{at}", ""
    for at, entry in enumerate(record.series):
        if entry.value is not None or entry.parts:
            yield f"/series/{at}", entry.text
    for at, quarter in enumerate(record.quarters):
        if quarter.value is not None:
            yield f"/quarters/{at}/value", ""
    for where, quantities in _narratives(record):
        for at, quantity in enumerate(quantities):
            yield f"{where}/quantities/{at}", quantity.text or ""
    for pointer, date in dates_of(record):
        if any(char.isdigit() for char in date.text):
            yield pointer, ""


def _narratives(record: Record) -> Iterator[tuple[str, list[Quantity]]]:
    for at, quarter in enumerate(record.quarters):
        yield f"/quarters/{at}", quarter.quantities
    yield "/summary", record.summary.quantities


def _strange_dates(record: Record) -> Iterator[tuple[str, Doubt]]:
    """Days that cannot be, and years far from the fiscal year. A date without a year is none of them."""
    be = record.fiscal_year.be
    for pointer, date in dates_of(record):
        if problems(date, be) & {Reason.IMPOSSIBLE, Reason.CONTRADICTION}:
            yield pointer, Doubt("ไม่มีวันที่นี้ในปฏิทิน", "no such date")
        elif be is not None and date.start is not None and not be - 2 <= int(date.start[:4]) + BE_MINUS_CE <= be + 1:
            yield pointer, Doubt("ปีอยู่ไกลจากปีงบประมาณของรายงาน", "its year is far from the report's fiscal year")


def _context(record: Record) -> Iterator[tuple[str, Doubt]]:
    """Doubts that the calendar and the narrative's own arithmetic raise: the least sure of the numbers involved is doubted."""
    yield from _strange_dates(record)
    texts = {f"/quarters/{at}": q.narrative for at, q in enumerate(record.quarters)} | {"/summary": record.summary.narrative}
    counts = {where: len(quantities) for where, quantities in _narratives(record)}
    for where, text in texts.items():
        if not text or not _read_by_ocr(record, where):
            continue
        found = find_quantities(text, find_dates(text, record.fiscal_year.be))
        if len(found) != counts[where]:  # a narrative whose numbers were not taken as they stand
            continue
        for closing in (*broken_share(text, found), *broken_sum(text, found)):
            yield from _blame(record, where, found, closing)


def _read_by_ocr(record: Record, where: str) -> bool:
    proof = record.provenance.get(f"{where}/narrative")
    return proof is not None and proof.reading != "text"


def _blame(record: Record, where: str, found: list[Found[Quantity]], closing: Closing) -> Iterator[tuple[str, Doubt]]:
    """The only number that one digit mends; else the least sure of them, with its mend if it has just one and no equal."""
    sure = {m: record.provenance[f"{where}/quantities/{m}"].confidence for m in closing.members}
    mends = list(closing.mends)
    blamed = mends[0][0] if len(mends) == 1 else min(closing.members, key=lambda m: (sure[m], m))
    own = [number for member, number in mends if member == blamed]
    decided = len(mends) == 1 or sorted(sure.values())[1] > sure[blamed]
    why = ("ไม่ลงตัวกับตัวเลขอื่นในข้อความ", "does not agree with the other numbers of its sentence")
    yield f"{where}/quantities/{blamed}", Doubt(*why, own[0] if decided and len(own) == 1 else None)
