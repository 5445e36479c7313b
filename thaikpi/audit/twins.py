"""Doubts between a record's figures: the result, the quarters' figures and what their narratives say of the same thing.

That two figures differ is the report's own matter. That they differ in one digit only is what a misread digit looks like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.record import Record
from schemas.values import Quantity
from thaikpi.audit.closing import as_printed, digits_of, one_digit_mends, sum_closes, value_of
from thaikpi.doubt import Doubt

LEAST_ALIKE = 3  # quarters with as many decimals
LEAST_DIGITS = 3  # of figures compared: shorter ones differ in one digit by chance
_TWIN = ("ต่างจากตัวเลขเดียวกันในข้อความเพียงหลักเดียว", "one digit differs from the same figure elsewhere in the report")
_PLACES = ("จำนวนทศนิยมไม่เท่ากับตัวเลขของไตรมาสอื่น", "it has not as many decimals as the other quarters")
_TOTAL = ("ไม่ลงตัวกับตัวเลขของไตรมาสเพียงหลักเดียว", "one digit differs from what the quarters give")


class Figure(NamedTuple):
    """pointer: of the value object; digits: as printed, in Arabic ones; sure: None where a text layer says it."""

    pointer: str
    unit: str | None
    digits: str
    printed: str
    sure: float | None


def figure_doubts(record: Record) -> Iterator[tuple[str, Doubt]]:
    """Pointer and doubt, at figures that were read by OCR."""
    result = _stated(record, "/result", record.result)
    unit = next((q.unit for q in (record.result, record.target) if q is not None), None)
    quarters = [_of_quarter(record, at, unit) for at in range(len(record.quarters))]
    for figure, sections in [(result, ("/quarters/3", "/summary")), *((q, (f"/quarters/{k}",)) for k, q in enumerate(quarters))]:
        if figure is not None:
            yield from _twin(figure, [m for where in sections for m in _mentions(record, where) if m.unit == figure.unit])
    yield from _decimals([q for q in quarters if q is not None])
    if result is not None and all(quarters):
        yield from _total([q for q in quarters if q is not None], result)


def _twin(figure: Figure, mentions: Sequence[Figure]) -> Iterator[tuple[str, Doubt]]:
    """The less sure of two that differ in one digit, where the figure is said nowhere else as it is."""
    if any(value_of(m.digits) == value_of(figure.digits) for m in mentions):
        return
    near = [m for m in mentions if _one_digit_apart(m.digits, figure.digits)]
    if len(near) != 1:
        return
    one, other = sorted((figure, near[0]), key=lambda f: 1.0 if f.sure is None else f.sure)
    if one.sure is None:
        return
    decided = other.sure is None or one.sure < other.sure
    yield one.pointer, Doubt(*_TWIN, as_printed(_plain(other.digits), one.printed) if decided else None)
    if not decided:
        yield other.pointer, Doubt(*_TWIN)


def _total(quarters: Sequence[Figure], result: Figure) -> Iterator[tuple[str, Doubt]]:
    """The quarters neither add up to the result nor end with it, and one other digit in one of them would do it."""
    everything = [*quarters, result]
    texts = [_plain(figure.digits) for figure in everything]
    values = [value_of(text) for text in texts]
    if sum_closes(values, texts) or values[-2] == values[-1]:
        return
    mends = list(one_digit_mends(texts, values, sum_closes))
    if len(mends) == 1:
        blamed = everything[mends[0][0]]
        if blamed.sure is not None and sum(map(str.isdigit, texts[mends[0][0]])) >= LEAST_DIGITS:
            yield blamed.pointer, Doubt(*_TOTAL, as_printed(mends[0][1], blamed.printed))


def _decimals(quarters: Sequence[Figure]) -> Iterator[tuple[str, Doubt]]:
    """A column of figures has as many decimals everywhere; one that has fewer or more has lost a digit or got one."""
    places = [len(figure.digits.partition(".")[2]) for figure in quarters]
    usual, count = Counter(places).most_common(1)[0] if places else (0, 0)
    if count >= LEAST_ALIKE and count == len(places) - 1:
        odd = next(figure for figure, own in zip(quarters, places, strict=True) if own != usual)
        if odd.sure is not None:
            yield odd.pointer, Doubt(*_PLACES)


def _stated(record: Record, pointer: str, quantity: Quantity | None) -> Figure | None:
    if quantity is None or quantity.value is None or quantity.comparator != "=":
        return None
    return _figure(record, pointer, quantity.unit, quantity.text or "")


def _of_quarter(record: Record, at: int, unit: str | None) -> Figure | None:
    pointer = f"/quarters/{at}/value"
    proof = record.provenance.get(pointer)
    if record.quarters[at].value is None or proof is None:
        return None
    return _figure(record, pointer, unit, "".join(place.text for place in proof.places))


def _mentions(record: Record, where: str) -> Iterator[Figure]:
    quantities = record.summary.quantities if where == "/summary" else record.quarters[int(where[-1])].quantities
    for at, quantity in enumerate(quantities):
        figure = _stated(record, f"{where}/quantities/{at}", quantity)
        if figure is not None:
            yield figure


def _figure(record: Record, pointer: str, unit: str | None, text: str) -> Figure | None:
    digits, proof = digits_of(text), record.provenance.get(pointer)
    if digits is None or proof is None:
        return None
    return Figure(pointer, unit, digits, text, None if proof.reading == "text" else proof.confidence)


def _one_digit_apart(one: str, other: str) -> bool:
    a, b = _plain(one), _plain(other)
    if len(a) != len(b) or sum(map(str.isdigit, a)) < LEAST_DIGITS:
        return False
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(apart) == 1 and apart[0][0].isdigit() and apart[0][1].isdigit()


def _plain(digits: str) -> str:
    """Without separators of thousands and without zeros at the end of a fraction: 6,213.3000 -> 6213.3."""
    whole, dot, fraction = digits.replace(",", "").partition(".")
    return (whole + dot + fraction.rstrip("0")).rstrip(".") if "." not in fraction else digits
