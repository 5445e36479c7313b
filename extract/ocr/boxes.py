"""Checkboxes: hollow squares among the components, and whether something is written into them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.ocr.ink import Ink
from extract.ocr.picture import Mask

LEAST = 0.8  # bodies a side: smaller frames are found in letters (ต, ๐, O) of small print
TICKED = 0.10  # share of the inside that is ink: empty boxes have under 0.03, ticks and crosses over 0.13


@dataclass(frozen=True)
class Square:
    """A box's place in pixels, its component, and whether it is ticked (None: filled so that it cannot be told)."""

    x0: int
    top: int
    x1: int
    bottom: int
    part: int
    checked: bool | None


def squares(ink: Ink, mask: Mask, body: float) -> list[Square]:
    """Components 0.8 to 2.2 bodies wide and high with four straight sides and four corners."""
    w, h = ink.width, ink.height
    fits = (w > LEAST * body) & (w < 2.2 * body) & (h > LEAST * body) & (h < 2.4 * body) & (w < 1.35 * h) & (h < 1.6 * w)
    fits[0] = False
    found = (_square(ink, mask, int(i)) for i in np.flatnonzero(fits))
    return [s for s in found if s is not None and min(s.x1 - s.x0, s.bottom - s.top) > LEAST * body]


def _square(ink: Ink, mask: Mask, i: int) -> Square | None:
    """The component as a box; a tick may stick out above, at the right or left: the frame is looked for inside."""
    x0, top, x1, bottom = int(ink.x0[i]), int(ink.top[i]), int(ink.x1[i]), int(ink.bottom[i])
    part = ink.labels[top:bottom, x0:x1] == i
    frame = _frame(part)
    if frame is None:
        return None
    left, up, right, low = frame
    wide, high = right - left, low - up
    if not 0.78 < wide / high < 1.28:
        return None
    inset = max(2, round(0.2 * min(wide, high)))
    inside = mask[top + up + inset : top + low - inset, x0 + left + inset : x0 + right - inset]
    if inside.size < 9:
        return None
    filled = float(inside.mean())
    checked = None if filled > 0.8 else filled > TICKED
    return Square(x0 + left, top + up, x0 + right, top + low, i, checked)


def _frame(part: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """left, top, right, bottom of four straight sides, a tick may stick out of them; None when there are no such sides.

    A side is as long as the distance between the two that it joins: the straight piece of a round letter is shorter.
    """
    h, w = part.shape
    across, down = _longest_runs(part), _longest_runs(part.T)
    rows, columns = np.flatnonzero(across >= 0.85 * across.max()), np.flatnonzero(down >= 0.85 * down.max())
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    if bottom - top < 0.6 * h or right - left < 0.6 * w:
        return None
    if across.max() < 0.88 * (right - left) or down.max() < 0.88 * (bottom - top):
        return None
    body = part[top:bottom, left:right]
    if body.sum() < 0.7 * part.sum():  # a tick sticks out by less than a third
        return None
    k = max(2, round(0.16 * min(body.shape)))
    if len(rows) > 4 * k or len(columns) > 4 * k:  # solid, or a letter with many strokes
        return None
    sides = (body[:k].any(0), body[-k:].any(0), body[:, :k].any(1), body[:, -k:].any(1))
    c = max(2, round(0.1 * min(body.shape)))  # a round letter's corners are empty: 0.15 of its height from the ink
    corners = (body[:c, :c], body[:c, -c:], body[-c:, :c], body[-c:, -c:])
    return (left, top, right, bottom) if min(s.mean() for s in sides) > 0.9 and all(x.any() for x in corners) else None


def _longest_runs(part: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Longest unbroken run of ink of every row, each row thickened by the one before (sides may lean by a pixel)."""
    thick = part.copy()
    thick[1:] |= part[:-1]
    run = np.zeros(len(part), np.int64)
    longest = run.copy()
    for column in thick.T:
        run = np.where(column, run + 1, 0)
        longest = np.maximum(longest, run)
    return longest
