"""Rule number-uncertain: a number that OCR or a repair may have got wrong announces itself.

Never in a clean text layer: there a contradiction is the report's own. Each finding points at one value object. Triggers:
  low      the calibrated confidence is below the threshold. Another look at the same ink, another program or a text layer that
           reads another number takes its support away (thaikpi.confidence); what it reads is told
  label    a lost label may have let another section's numbers in (raised while the record was read: thaikpi.drafts)
  shape    odd separators, digits of two scripts, a minus sign, a list number, digits or a single letter right beside it, levels
           out of order (audit.shapes)
  words    digits and words disagree, or the number can be read in two ways
  sum      a stated total that its stated parts do not give
  share    "a จาก b คิดเป็นร้อยละ p" where 100 a / b rounds to something else
  twin     the same figure elsewhere in the record, one digit apart (audit.twins)
  date     a day that no calendar has, or a year far from the report's fiscal year
Where exactly one other digit closes a sum or a share, `expected` offers it; what was read stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normalize import read_quantity
from normalize.fiscal import BE_OFFSET
from schemas.finding import Finding
from schemas.record import Provenance, Record
from schemas.values import Quantity, Reason, Unread
from thaikpi.audit.dates import dates_of, problems
from thaikpi.audit.sentences import PROBLEMS, narratives, sentence_doubts
from thaikpi.audit.shapes import level_doubts, shape_doubts
from thaikpi.audit.twins import figure_doubts
from thaikpi.doubt import Doubt, Doubts, together, uncertain
from thaikpi.settings import Trust


def number_uncertain(record: Record, raised: Doubts | None = None, trust: Trust | None = None) -> Iterator[Finding]:
    """Findings in the order of the record's pointers. raised: doubts from the reading of this record."""
    raised, trust = raised or {}, trust or Trust()
    sources = (
        sentence_doubts(record), figure_doubts(record), level_doubts(record.scoring), _unread_figures(record),
        _strange_dates(record, trust),
    )  # fmt: skip
    context = _gathered(doubt for source in sources for doubt in source)
    for pointer, text in _numbers(record):
        proof = record.provenance.get(pointer)
        if proof is None or (proof.reading == "text" and not proof.repairs):
            continue
        doubts = [*_low(proof, trust)]
        if proof.reading != "text":
            doubts += [*raised.get(pointer, ()), *shape_doubts(text), *context.get(pointer, ())]
        if any(doubt.decides for doubt in doubts):
            yield uncertain(record, pointer, " ".join(place.text for place in proof.places), together(doubts))


def _low(proof: Provenance, trust: Trust) -> Iterator[Doubt]:
    if proof.confidence < trust.below:
        share = f"{proof.confidence:.2f}"
        yield Doubt(f"ความมั่นใจ {share}", f"confidence {share}")


def _gathered(doubts: Iterable[tuple[str, Doubt]]) -> dict[str, list[Doubt]]:
    found: dict[str, list[Doubt]] = defaultdict(list)
    for pointer, doubt in doubts:
        found[pointer].append(doubt)
    return found


def _numbers(record: Record) -> Iterator[tuple[str, str]]:
    """Pointers of value objects that hold a number, with their texts."""
    for pointer in ("/target", "/result"):
        quantity: Quantity | None = getattr(record, pointer[1:])
        if quantity is not None and (quantity.value is not None or any(map(str.isdigit, quantity.text or ""))):
            yield pointer, quantity.text or ""
    for name in ("scoring", "components"):
        for at, _ in enumerate(getattr(record, name)):
            yield f"/{name}/{at}", ""
    for at, entry in enumerate(record.series):
        if entry.value is not None or entry.parts:
            yield f"/series/{at}", entry.text
    for at, quarter in enumerate(record.quarters):
        proof = record.provenance.get(f"/quarters/{at}/value")
        if quarter.value is not None and proof is not None:
            yield f"/quarters/{at}/value", " ".join(place.text for place in proof.places)
    for where, _, quantities in narratives(record):
        for at, quantity in enumerate(quantities):
            yield f"{where}/quantities/{at}", quantity.text or ""
    for pointer, date in dates_of(record):
        if any(char.isdigit() for char in date.text):
            yield pointer, ""


def _unread_figures(record: Record) -> Iterator[tuple[str, Doubt]]:
    """A target or result without a value because its print can be read in two ways, or its digits and words disagree."""
    for pointer, quantity in (("/target", record.target), ("/result", record.result)):
        if quantity is not None and quantity.value is None:
            read = read_quantity(quantity.text or "")
            if isinstance(read, Unread) and read.reason in PROBLEMS:
                yield pointer, Doubt(*PROBLEMS[read.reason])


def _strange_dates(record: Record, trust: Trust) -> Iterator[tuple[str, Doubt]]:
    """Days that cannot be, and years far from the fiscal year. A date without a year is none of them."""
    be = record.fiscal_year.be
    for pointer, date in dates_of(record):
        if problems(date, be) & {Reason.IMPOSSIBLE, Reason.CONTRADICTION}:
            yield pointer, Doubt("ไม่มีวันที่นี้ในปฏิทิน", "no such date")
        elif be is not None and date.start is not None and not _near(int(date.start[:4]) + BE_OFFSET, be, trust):
            yield pointer, Doubt("ปีอยู่ไกลจากปีงบประมาณของรายงาน", "its year is far from the report's fiscal year")


def _near(year: int, fiscal: int, trust: Trust) -> bool:
    """A fiscal year begins in the year before."""
    return fiscal - 1 - trust.years_away <= year <= fiscal + trust.years_away
