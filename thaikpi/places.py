"""Provenance: from slices of printed lines to the places, reading, confidence and repairs of a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.forms.flow import Flow
from extract.forms.passage import Passage, Span
from schemas.document import Line
from schemas.record import Place, Provenance, Reading, UnreadText
from thaikpi import confidence

_NO_DIGIT = re.compile(r"[^0-9๐-๙]")


class Slice(NamedTuple):
    """line.text[start:end] on a page (number from 1, None without pages)."""

    page: int | None
    line: Line
    start: int
    end: int


def slices_of(flow: Flow, passage: Passage) -> list[Slice]:
    return [slice_of(flow, span) for span in passage.spans()]


def slice_of(flow: Flow, span: Span) -> Slice:
    row = flow.rows[span[0]]
    return Slice(flow.page_number(row), row.line, span[1], span[2])


def provenance(slices: Sequence[Slice], kind: confidence.Kind = "text") -> Provenance:
    """Of a value printed in these slices, in reading order. kind: what makes it wrong, a digit or many letters."""
    kinds = {
        repair.kind for part in slices for repair in part.line.repairs if repair.start < part.end and repair.end > part.start
    }
    return Provenance(
        places=[place(part) for part in slices],
        reading=reading_of(part.line.reading for part in slices),
        confidence=confidence.confidence(confidence.evidence(slices, kind)),
        repairs=sorted(kinds),
    )


def inferred_from_name(name: str, sure: float) -> Provenance:
    """Of a value inferred from a file's or folder's name."""
    return Provenance(
        places=[Place(page=None, bbox=None, line=None, text=name)], reading="text", confidence=sure, repairs=[]
    )


def other_reading(slices: Sequence[Slice]) -> str | None:
    """What another look at the same ink read, where it has other digits."""
    parts = [(part.line, part.start, part.end) for part in slices]
    if all(line.otherwise is None for line, _, _ in parts):
        return None
    own = "".join(line.text[start:end] for line, start, end in parts)
    other = "".join("".join((line.otherwise or line.text)[start:end]) for line, start, end in parts)
    return None if _NO_DIGIT.sub("", own) == _NO_DIGIT.sub("", other) else other


def place(part: Slice) -> Place:
    return Place(page=part.page, bbox=_bbox(part), line=_line(part), text=part.line.printed_text(part.start, part.end))


def unread(part: Slice) -> UnreadText:
    return UnreadText(page=part.page, bbox=_bbox(part), line=_line(part), text=part.line.text[part.start : part.end].strip())


def reading_of(readings: Iterable[str | None]) -> Reading:
    kinds = {reading for reading in readings if reading}
    return "mixed" if len(kinds) > 1 else "ocr" if kinds == {"ocr"} else "text"


def _line(part: Slice) -> int | None:
    return part.line.number if part.page is None else None


def _bbox(part: Slice) -> tuple[float, float, float, float] | None:
    box = part.line.box(part.start, part.end) if part.page is not None else None
    return (round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2)) if box else None
