"""Quarters without labels: which paragraph is which quarter's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.forms.breaks import item_number
from extract.forms.passage import Passage, joined
from extract.forms.slots import Slot
from extract.forms.wording import arabic
from normalize import find_dates, month_quarter

_NAMED = re.compile(r"\W*ไตรมาส(?:ที่)?\s*([1-4๑-๔])(?![0-9๐-๙])")
_DATED = re.compile(r"\d{4}-(\d{2})")


def by_quarter(paragraphs: Sequence[Passage], slots: Sequence[Slot]) -> Iterator[tuple[Slot, Passage]]:
    """Each quarter's paragraphs: by "ไตรมาส N" at their beginning; four paragraphs in order; else by the months they speak of.

    Where that does not tell every quarter without contradiction, no paragraph is given to any.
    """
    named = [_named(paragraph.text) for paragraph in paragraphs]
    if len(paragraphs) == len(slots) and all(name in (None, at + 1) for at, name in enumerate(named)):
        yield from zip(slots, paragraphs, strict=True)
        return
    quarters = _filled_by_name(named) or _filled_by_months(paragraphs, named)
    for slot in slots if quarters else ():
        own = [paragraph for paragraph, quarter in zip(paragraphs, quarters, strict=True) if quarter == slot.quarter]
        if own:
            yield slot, joined(own, "\n")


def _named(text: str) -> int | None:
    found = _NAMED.match(text)
    return int(arabic(found[1])) if found else None


def _filled_by_name(named: Sequence[int | None]) -> list[int | None]:
    """Every paragraph behind a named one is that quarter's; nothing when the names do not rise from the first paragraph on."""
    order = [name for name in named if name is not None]
    if not order or named[0] is None or order != sorted(set(order)):
        return []
    filled: list[int | None] = []
    for name in named:
        filled.append(name if name is not None else filled[-1])
    return filled


def _filled_by_months(paragraphs: Sequence[Passage], named: Sequence[int | None]) -> list[int | None]:
    """A paragraph without a month belongs to the quarter above it, but a list that begins anew to the one below it."""
    told = [name or _quarter_of(paragraph.text) for name, paragraph in zip(named, paragraphs, strict=True)]
    order = [quarter for quarter in told if quarter is not None]
    if order != sorted(order) or set(order) != {1, 2, 3, 4}:
        return []
    filled: list[int | None] = []
    for at, quarter in enumerate(told):
        if quarter is None:
            following = next((q for q in told[at:] if q is not None), 4)
            begins = item_number(paragraphs[at].text) == (1,) and bool(filled)
            quarter = following if begins or not filled else filled[-1]
        filled.append(quarter)
    return filled


def _quarter_of(text: str) -> int | None:
    """The quarter of most dates of the text, by their months; None without dates and between two quarters."""
    dates = [found.value.edtf or "" for found in find_dates(text, None)]
    votes = Counter(month_quarter(int(month[1])) for date in dates if (month := _DATED.match(date)))
    ranked = votes.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None
