"""Rules to edges: what was drawn, as snapped and joined horizontal and vertical lines.

First step of table finding (edges → grid → cells → tables), after pdfplumber's named steps. A drawn border comes as one
line, as the two long sides of a thin filled box, or in pieces of a cell each; all become one edge here. A line through
a word (strike-through) is drawn the same way and is no edge: it is told by its ends, which are the word's; a stray
vertical line by the words that run over it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from schemas.document import Line, Rule

Floats = npt.NDArray[np.float64]

# Points. pdfplumber's defaults: sides of a thick border stand up to 3 pt apart, cells' pieces leave gaps as wide.
SNAP = 3.0
THICK = 3.0  # a box thinner than this is a line
RUN_OVER = 3  # lines of text
SHORTEST = 4.0  # shorter joined edges are the ends of thin boxes, dots and the like


class Edges(msgspec.Struct, frozen=True):
    """Edges of one direction, an edge a row: `at` = its place across, `start` … `end` along its own direction.

    Horizontal edges: at = y, start/end = x. Vertical edges: at = x, start/end = y. Points, sorted by (at, start).
    """

    at: Floats
    start: Floats
    end: Floats

    def __len__(self) -> int:
        return len(self.at)

    def only(self, which: npt.NDArray[np.bool_]) -> Edges:
        return Edges(self.at[which], self.start[which], self.end[which])


def find_edges(rules: Sequence[Rule], lines: Sequence[Line] = ()) -> tuple[Edges, Edges]:
    """(horizontal, vertical) edges of a page's rules; strike-through lines (told by the page's lines) are left out."""
    if not rules:
        empty = np.empty(0)
        return Edges(empty, empty, empty), Edges(empty, empty, empty)
    box = np.array([(rule.x0, rule.top, rule.x1, rule.bottom) for rule in rules], dtype=np.float64)
    wide, high = box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]
    flat, upright = (high <= THICK) & (wide > high), (wide <= THICK) & (high >= wide)
    whole = ~flat & ~upright  # a box: its four sides
    across = np.concatenate([_sides(box[flat], 1), box[whole][:, [0, 1, 2, 1]], box[whole][:, [0, 3, 2, 3]]])
    along = np.concatenate([_sides(box[upright], 0), box[whole][:, [0, 1, 0, 3]], box[whole][:, [2, 1, 2, 3]]])
    vertical = _joined(along[:, 0], along[:, 1], along[:, 3])
    vertical = vertical.only(~_run_over(vertical, lines))
    across = across[~_struck(across, lines)]
    return _joined(across[:, 1], across[:, 0], across[:, 2]), vertical


def _sides(box: Floats, axis: int) -> Floats:
    """Thin boxes as lines in their middle. box: (n, 4); axis 1: horizontal, 0: vertical."""
    middle = (box[:, axis] + box[:, axis + 2]) / 2
    flat = box.copy()
    flat[:, axis] = flat[:, axis + 2] = middle
    return flat


def snap(values: Floats, tolerance: float = SNAP) -> npt.NDArray[np.int64]:
    """Cluster number of each value: values within `tolerance` of a cluster's first one are one place."""
    order = np.argsort(values, kind="stable")
    number = np.zeros(len(values), dtype=np.int64)
    current, first = -1, -np.inf
    for i, value in zip(order.tolist(), values[order].tolist(), strict=True):
        if value - first > tolerance:
            current, first = current + 1, value
        number[i] = current
    return number


def _joined(at: Floats, start: Floats, end: Floats) -> Edges:
    """Lines at one place that touch or overlap become one edge; what stays shorter than SHORTEST goes."""
    if not len(at):
        return Edges(at, start, end)
    place = snap(at)
    middle = np.bincount(place, weights=at) / np.bincount(place)
    kept: list[tuple[float, float, float]] = []
    order = np.lexsort((start, place)).tolist()
    places, starts, ends = place.tolist(), start.tolist(), end.tolist()
    open_place, open_start, open_end = -1, 0.0, 0.0
    for i in order:
        if places[i] == open_place and starts[i] <= open_end + SNAP:
            open_end = max(open_end, ends[i])
            continue
        if open_place >= 0:
            kept.append((open_place, open_start, open_end))
        open_place, open_start, open_end = places[i], starts[i], ends[i]
    kept.append((open_place, open_start, open_end))
    joined = np.array([k for k in kept if k[2] - k[1] >= SHORTEST], dtype=np.float64).reshape(-1, 3)
    return Edges(middle[joined[:, 0].astype(np.int64)], joined[:, 1], joined[:, 2])


def _run_over(vertical: Edges, lines: Sequence[Line]) -> npt.NDArray[np.bool_]:
    """Which vertical edges words run over, in RUN_OVER lines or more at the edge's own height: a stray line, no border.

    In 2,149 column borders of twelve budget books no line of text does so once.
    """
    count = np.zeros(len(vertical), dtype=np.int64)
    for line in lines if len(vertical) else ():
        beside = (vertical.start <= line.top) & (vertical.end >= line.bottom)
        if beside.any() and len(line.x0):
            count[beside] += _inside_words(vertical.at[beside], line)
    return count >= RUN_OVER


def _inside_words(xs: Floats, line: Line) -> npt.NDArray[np.bool_]:
    """Which places lie inside a word of the line, a point from its ends at least."""
    inked = np.fromiter((not char.isspace() for char in line.printed[: len(line.x0)]), dtype=bool, count=len(line.x0))
    left, right = np.sort(np.asarray(line.x0)[inked]), np.sort(np.asarray(line.x1)[inked])
    before = np.searchsorted(right, xs + 1.0, side="right")  # letters that end before the place
    after = np.searchsorted(left, xs - 1.0)  # letters that begin before it
    between = (before > 0) & (after < len(left))
    gap = np.append(left, np.inf)[after] - np.append(right, -np.inf)[before - 1]
    inside: npt.NDArray[np.bool_] = (after > before) | (between & (gap < 0.1 * (line.bottom - line.top)))
    return inside


def _struck(across: Floats, lines: Sequence[Line]) -> npt.NDArray[np.bool_]:
    """Which horizontal lines (x0, y, x1, y) run through the middle of a word and end where words end.

    The middle is 0.3 … 0.75 of the line's height (strike-through stands near 0.5, an underline at 0.9, a border of
    the tightest row below 1.0); the ends agree within 1.5 pt, Excel's strike-through being as long as its text.
    """
    struck = np.zeros(len(across), dtype=bool)
    if not len(across) or not lines:
        return struck
    top = np.array([line.top for line in lines])
    height = np.array([line.bottom for line in lines]) - top
    share = (across[:, 1][:, None] - top[None, :]) / np.maximum(height, 0.1)[None, :]
    for i, j in zip(*np.nonzero((share > 0.3) & (share < 0.75)), strict=True):
        if not struck[i] and _ends_with_words(float(across[i, 0]), float(across[i, 2]), lines[j]):
            struck[i] = not _goes_on(across, int(i))
    return struck


def _goes_on(across: Floats, at: int) -> bool:
    """Does another line of the same height begin where this one ends, as a border's pieces do? (A second line from end to end is
    the other side of the same thin box.)"""
    x0, y, x1, _ = across[at]
    level = np.abs(across[:, 1] - y) < 1.0
    same = (np.abs(across[:, 0] - x0) < 1.5) & (np.abs(across[:, 2] - x1) < 1.5)
    touches = (across[:, 0] <= x1 + SNAP) & (across[:, 2] >= x0 - SNAP)
    return bool((level & ~same & touches).any())


def _ends_with_words(x0: float, x1: float, line: Line) -> bool:
    inked = [i for i, char in enumerate(line.printed[: len(line.x0)]) if not char.isspace()]
    left = np.asarray(line.x0, dtype=np.float64)[inked]
    right = np.asarray(line.x1, dtype=np.float64)[inked]
    middle = (left + right) / 2
    inside = (middle > x0) & (middle < x1)
    return bool(inside.any()) and abs(left[inside].min() - x0) <= 1.5 and abs(right[inside].max() - x1) <= 1.5
