"""Which option of a choice is marked: by a character before it, by a drawn box, or by being the only one printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.forms.flow import Flow
from extract.forms.passage import Passage
from extract.forms.wording import places, skeleton
from schemas.document import Box, Checkbox
from schemas.form import Option

# Characters; Wingdings code points where a font's private use came through; brackets as typed.
_CHECKED = "☑☒🗹🗷✓✔✗✘■◼⬛●◉⦿\uf0fe\uf0fd\uf0fc\uf052\uf054\uf0a4"
_UNCHECKED = "☐□◻⬜○◯❑❒▢\uf0a8\uf06f\uf0a3\uf071\uf02a"
_UNKNOWN = "\ufffd"  # a glyph that the file does not map: a box, its state unknown
_TYPED = r"[\[({]\s*(?P<inside>[xX✓✔/√*●■]?)\s*[\])}]"
_MARK = re.compile(rf"(?:(?P<checked>[{_CHECKED}])|(?P<unchecked>[{_UNCHECKED}])|(?P<unknown>{_UNKNOWN})|{_TYPED})\s*$")
_MARK_AFTER = re.compile(rf"\s*(?:(?P<checked>[{_CHECKED}])|(?P<unchecked>[{_UNCHECKED}])|(?P<unknown>{_UNKNOWN})|{_TYPED})")
REACH = 2.5  # a drawn box belongs to the option whose text begins at most this many type sizes to its right


def marked(flow: Flow, text: Passage, options: Sequence[Option], boxes: bool) -> tuple[str | None, Passage]:
    """The marked option's value and where it stands; None when no or several marks are found."""
    spots = _spots(text, options)
    if not boxes or len(spots) == 1:
        return (spots[0][0], spots[0][1]) if len(spots) == 1 and not _denied(text, spots[0][2]) else (None, text)
    states: list[bool | None] = [*_by_glyph(text, spots)] if spots else []
    if not any(states):
        drawn = [_drawn(flow, passage) for _, passage, _ in spots]
        if any(state is not None for state in drawn):
            states = drawn
    chosen = [spot for spot, state in zip(spots, states, strict=True) if state]
    return (chosen[0][0], chosen[0][1]) if len(chosen) == 1 else (None, text)


Spot = tuple[str, Passage, tuple[int, int]]


def _spots(text: Passage, options: Sequence[Option]) -> list[Spot]:
    """Each option's first place in the text, by its longest wording that stands there; in reading order."""
    found: list[Spot] = []
    for option in options:
        for label in sorted(option.labels, key=len, reverse=True):
            spans = places(text.text, skeleton(label))
            if spans:
                found.append((option.value, text.part(*spans[0]), spans[0]))
                break
    return sorted(found, key=lambda spot: spot[2])


def _by_glyph(text: Passage, spots: Sequence[Spot]) -> list[bool]:
    """Whether each option is marked. A form prints its boxes before all options or behind all of them: one that stands between
    the first and the last option alone says nothing."""
    before = [_MARK.search(text.text[: span[0]]) for _, _, span in spots]
    if before[0] is not None:
        return [_is_checked(found) for found in before]
    after = [_MARK_AFTER.match(text.text, span[1]) for _, _, span in spots]
    if after[-1] is not None:
        return [_is_checked(found) for found in after]
    return [False for _ in spots]


def _is_checked(found: re.Match[str] | None) -> bool:
    return found is not None and bool(found["checked"] or found["inside"])


def _denied(text: Passage, span: tuple[int, int]) -> bool:
    """Whether the only option printed stands behind an empty box."""
    found = _MARK.search(text.text[: span[0]])
    return found is not None and not _is_checked(found)


def _drawn(flow: Flow, passage: Passage) -> bool | None:
    """State of the drawn box left of the passage; None without one."""
    spans = passage.spans()
    if not spans:
        return None
    row = flow.rows[spans[0][0]]
    box = row.line.box(spans[0][1], spans[0][2])
    if box is None:
        return None
    size = row.line.size or box.bottom - box.top
    near = [mark for mark in flow.document.pages[row.page].checkboxes if _belongs(mark, box, size)]
    return max(near, key=lambda mark: mark.box.x1).checked if near else None


def _belongs(mark: Checkbox, box: Box, size: float) -> bool:
    middle = (mark.box.top + mark.box.bottom) / 2
    return box.top - 0.3 * size <= middle <= box.bottom + 0.3 * size and -0.5 * size <= box.x0 - mark.box.x1 <= REACH * size
