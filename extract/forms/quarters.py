"""Quarters without labels: which paragraph is which quarter's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.forms.labels import Slot
from extract.forms.passage import Passage, joined
from extract.forms.wording import arabic

_NAMED = re.compile(r"\W*ไตรมาส(?:ที่)?\s*([1-4๑-๔])(?![0-9๐-๙])")


def by_quarter(paragraphs: Sequence[Passage], slots: Sequence[Slot]) -> Iterator[tuple[Slot, Passage]]:
    """Each quarter's paragraphs. Exactly as many as quarters are taken in order; others by the quarter that they begin with.

    A paragraph that cannot be placed is not given to any quarter, unless it stands behind one that was.
    """
    named = [_named(paragraph.text) for paragraph in paragraphs]
    if len(paragraphs) == len(slots) and all(name in (None, at + 1) for at, name in enumerate(named)):
        yield from zip(slots, paragraphs, strict=True)
        return
    order = [name for name in named if name is not None]
    if not order or order != sorted(set(order)):
        return
    for slot in slots:
        if slot.quarter in named:
            first = named.index(slot.quarter)
            last = next((at for at in range(first + 1, len(named)) if named[at] is not None), len(named))
            yield slot, joined(paragraphs[first:last], "\n")


def _named(text: str) -> int | None:
    found = _NAMED.match(text)
    return int(arabic(found[1])) if found else None
