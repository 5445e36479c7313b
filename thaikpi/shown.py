"""Places of values on pages that were turned or straightened for reading → places on the pages as they are shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from schemas.document import Box, Page
from schemas.record import Place, Provenance, Record, UnreadText
from thaikpi.records import Reading

Spot = TypeVar("Spot", Place, UnreadText)


def as_shown(reading: Reading, pages: Sequence[Page]) -> Reading:
    """Readers and forms work on the page as it reads; a record says where its values stand on the page as given."""
    moved = {page.number: page for page in pages if page.number is not None and (page.turn or page.skew)}
    if not moved:
        return reading
    return dataclasses.replace(reading, records=tuple(_record(record, moved) for record in reading.records))


def _record(record: Record, moved: Mapping[int, Page]) -> Record:
    return replace(
        record,
        provenance={pointer: _provenance(proof, moved) for pointer, proof in record.provenance.items()},
        unread=[_placed(text, moved) for text in record.unread],
    )


def _provenance(proof: Provenance, moved: Mapping[int, Page]) -> Provenance:
    return replace(proof, places=[_placed(place, moved) for place in proof.places])


def _placed(place: Spot, moved: Mapping[int, Page]) -> Spot:
    page = moved.get(place.page) if place.page is not None else None
    if page is None or place.bbox is None:
        return place
    box = page.shown(Box(*place.bbox))
    return replace(place, bbox=(box.x0, box.top, box.x1, box.bottom))
