"""Doubts that a narrative raises about its own numbers: arithmetic that does not close, digits against words, two readings,
what stands right beside them."""

from __future__ import annotations

from collections.abc import Iterator

from normalize import read_meanings
from schemas.record import Record
from schemas.values import Found, Quantity, Reason
from thaikpi.audit.closing import Closing, broken_share, broken_sum
from thaikpi.audit.shapes import neighbour_doubts
from thaikpi.doubt import Doubt
from thaikpi.figures import running_text

PROBLEMS = {
    Reason.CONTRADICTION: ("ตัวเลขกับตัวหนังสือไม่ตรงกัน", "digits and words disagree"),
    Reason.AMBIGUOUS: ("อ่านได้มากกว่าหนึ่งแบบ", "it can be read in two ways"),
}


def narratives(record: Record) -> Iterator[tuple[str, str | None, list[Quantity]]]:
    """Pointer of the section, narrative, quantities, in the record's order."""
    for at, quarter in enumerate(record.quarters):
        yield f"/quarters/{at}", quarter.narrative, quarter.quantities
    yield "/summary", record.summary.narrative, record.summary.quantities


def sentence_doubts(record: Record) -> Iterator[tuple[str, Doubt]]:
    """Pointer and doubt. A narrative whose numbers were not taken as they stand is left alone."""
    for where, text, quantities in narratives(record):
        if not text or not quantities or _is_clean(record, where):
            continue
        running = running_text(text)
        year = record.fiscal_year.be
        dates, found = read_meanings(running, year)
        if len(found) != len(quantities):
            continue
        for at, each in enumerate(found):
            if each.problem in PROBLEMS:
                yield f"{where}/quantities/{at}", Doubt(*PROBLEMS[each.problem])
            yield from ((f"{where}/quantities/{at}", doubt) for doubt in neighbour_doubts(running, each, dates, year))
        for closing in (*broken_share(running, found), *broken_sum(running, found)):
            yield from _blame(record, where, found, closing)


def _is_clean(record: Record, where: str) -> bool:
    proof = record.provenance.get(f"{where}/narrative")
    return proof is None or (proof.reading == "text" and not proof.repairs)


def _blame(record: Record, where: str, found: list[Found[Quantity]], closing: Closing) -> Iterator[tuple[str, Doubt]]:
    """The only number that one digit mends; else the least sure of them, with its mend if it has just one and no equal."""
    proofs = {m: record.provenance.get(f"{where}/quantities/{m}") for m in closing.members}
    sure = {m: proof.confidence for m, proof in proofs.items() if proof is not None and proof.reading != "text"}
    if len(sure) < len(proofs):
        return
    mends = list(closing.mends)
    blamed = mends[0][0] if len(mends) == 1 else min(closing.members, key=lambda m: (sure[m], m))
    own = [number for member, number in mends if member == blamed]
    decided = len(mends) == 1 or sorted(sure.values())[1] > sure[blamed]
    why = ("ไม่ลงตัวกับตัวเลขอื่นในข้อความ", "does not agree with the other numbers of its sentence")
    yield f"{where}/quantities/{blamed}", Doubt(*why, own[0] if decided and len(own) == 1 else None)
