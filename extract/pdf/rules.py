"""Ruling lines and drawn check boxes from a page's path objects.

A rule is what was drawn straight along an axis: a thin filled box as that box, a stroked segment as a line without thickness,
a rectangle as its four sides. What a rule is for (border, underline, strike-through) is the table finder's question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.bulk import PATH, STROKED, Array, Objects
from extract.pdf.frame import Frame
from extract.pdf.ink import clip_of
from schemas.document import Box, Checkbox, Rule

# Points.
THICK = 3.0  # a filled box thinner than this is a line (borders of reports have 0.25–2.25)
STRAIGHT = 0.5  # a segment that drifts less than this runs along the axis
SHORT = 1.0
WHOLE_PAGE = 0.95  # share of width and height: a background, no frame
WHITE = 250  # colour channels from here leave no ink
MOST_RULES = 20_000

BOX_SIDES = (5.0, 22.0)  # sides of a check box; report forms print 7–16
SQUARE = 0.25  # difference of its sides, as a share
MOST_BOXES = 400  # on a page; more are a chart's squares
TICKED = 0.25  # share of the box's sides that a tick or cross spans at least


@dataclass(frozen=True)
class Subpaths:
    """Pieces of paths from one moveto to the next, as shown. first, last: range of their points in `points`."""

    points: Array  # (n, 2)
    kind: Array
    close: Array
    first: Array
    last: Array
    path: Array  # index into the object table
    box: Array  # (m, 4) left, top, right, bottom
    straight: Array  # no curve in it
    rectangle: Array


def subpaths(objects: Objects, frame: Frame) -> Subpaths | None:
    """All drawn subpaths of a page; None when nothing is drawn."""
    table = objects.table
    paths = np.flatnonzero(objects.kind == PATH)
    paths = paths[table["count"][paths] > 0]
    if not len(paths):
        return None
    raw_points = objects.points
    points = frame.places(np.stack((raw_points["x"], raw_points["y"]), axis=1))
    kind = raw_points["kind"]
    starts = kind == raw.FPDF_SEGMENT_MOVETO
    starts[table["first"][paths]] = True
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(points))
    path = paths[np.searchsorted(table["first"][paths], first, side="right") - 1]
    low, high = np.minimum.reduceat(points, first), np.maximum.reduceat(points, first)
    straight = np.maximum.reduceat(kind == raw.FPDF_SEGMENT_BEZIERTO, first) == 0
    box = np.concatenate((low, high), axis=1)
    near = [(np.abs(points - np.repeat(side, last - first, axis=0)) < STRAIGHT) for side in (low, high)]
    on_corner = (near[0] | near[1]).all(axis=1)
    corners = np.minimum.reduceat(on_corner, first)
    rectangle = straight & corners & (last - first >= 4)
    return Subpaths(points, kind, raw_points["close"], first, last, path, box, straight, rectangle)


def rule_boxes(objects: Objects, frame: Frame, pieces: Subpaths | None) -> Array:
    """(n, 4) rules of a page as left, top, right, bottom, in drawing order, at most MOST_RULES."""
    if pieces is None:
        return np.zeros((0, 4))
    table = objects.table
    stroked = (table["mode"][pieces.path] & STROKED) != 0
    width, height = pieces.box[:, 2] - pieces.box[:, 0], pieces.box[:, 3] - pieces.box[:, 1]
    thin = np.minimum(width, height) < THICK
    long = np.maximum(width, height) >= SHORT
    page = (width > WHOLE_PAGE * frame.width) & (height > WHOLE_PAGE * frame.height)
    blank = ~stroked & _white(table["fill"][pieces.path])
    bars = pieces.straight & thin & long & ((pieces.last - pieces.first >= 4) | ~stroked) & ~page
    frames = pieces.rectangle & ~thin & ~page & ~blank
    strokes = pieces.straight & stroked & ~bars & ~frames & ~page | (~pieces.straight & stroked & ~page)
    boxes = [pieces.box[bars], _sides(pieces.box[frames]), *_segments(pieces, strokes)]
    owner = [pieces.path[bars], np.repeat(pieces.path[frames], 4), pieces.path[strokes][_segment_owner(pieces, strokes)]]
    rules, paths = np.concatenate(boxes), np.concatenate(owner)
    rules = rules[np.argsort(paths, kind="stable")]
    paths = np.sort(paths, kind="stable")
    return _within_clips(rules[:MOST_RULES], paths[:MOST_RULES], objects, frame)


def page_rules(boxes: Array) -> tuple[Rule, ...]:
    return tuple(Rule(*row) for row in boxes.tolist())


def _white(colour: Array) -> Array:
    channels = [(colour >> shift) & 255 for shift in (24, 16, 8)]
    white: Array = np.minimum.reduce(channels) >= WHITE
    return white


def _sides(boxes: Array) -> Array:
    """Four lines a box, box by box."""
    order = [[0, 1, 2, 1], [0, 3, 2, 3], [0, 1, 0, 3], [2, 1, 2, 3]]
    return np.stack([boxes[:, o] for o in order], axis=1).reshape(-1, 4)


def _ends(pieces: Subpaths, chosen: Array) -> tuple[Array, Array, Array]:
    """Start and end points of the chosen subpaths' straight segments along an axis, and their subpath's rank."""
    rank = np.repeat(np.arange(len(pieces.first)), pieces.last - pieces.first)
    number = np.cumsum(chosen) - 1
    index = np.flatnonzero(chosen[rank])
    first = pieces.first[rank[index]]
    line = (pieces.kind[index] == raw.FPDF_SEGMENT_LINETO) & (index > first)
    closing = (pieces.close[index] != 0) & (index > first)
    start = np.concatenate((pieces.points[index[line] - 1], pieces.points[index[closing]]))
    end = np.concatenate((pieces.points[index[line]], pieces.points[first[closing]]))
    owner = np.concatenate((number[rank[index[line]]], number[rank[index[closing]]]))
    run = np.abs(end - start)
    axial = (run.min(axis=1) < STRAIGHT) & (run.max(axis=1) >= SHORT) if len(run) else np.zeros(0, bool)
    return start[axial], end[axial], owner[axial]


def _segments(pieces: Subpaths, chosen: Array) -> list[Array]:
    start, end, _ = _ends(pieces, chosen)
    return [np.concatenate((np.minimum(start, end), np.maximum(start, end)), axis=1)]


def _segment_owner(pieces: Subpaths, chosen: Array) -> Array:
    return _ends(pieces, chosen)[2]


def _within_clips(rules: Array, paths: Array, objects: Objects, frame: Frame) -> Array:
    """Rules cut to their path's clip; those outside it go. pdfium keeps a clip only where it cuts something."""
    cut = np.flatnonzero(objects.table["clipped"][paths] != 0) if len(paths) else np.zeros(0, np.int64)
    if not len(cut):
        return rules
    rules = rules.copy()
    kept = np.ones(len(rules), bool)
    clips = {at: clip_of(objects, at, frame) for at in np.unique(paths[cut]).tolist()[:2000]}
    for index in cut.tolist():
        clip = clips.get(int(paths[index]))
        if clip is None:
            continue
        low, high = np.maximum(rules[index, :2], clip[:2]), np.minimum(rules[index, 2:], clip[2:])
        kept[index] = bool(np.all(low <= high + STRAIGHT))
        rules[index] = [*np.minimum(low, high), *np.maximum(low, high)]
    return rules[kept]


def checkboxes(objects: Objects, frame: Frame, found: Subpaths | None, letters: Array) -> tuple[Checkbox, ...]:
    """Drawn squares of a check box's size, in one path or of four lines, ticked when a path or a letter lies inside.

    letters: (n, 4) boxes of the page's visible letters; a square that shares a side with another is a grid's cell.
    """
    if found is None:
        return ()
    width, height = found.box[:, 2] - found.box[:, 0], found.box[:, 3] - found.box[:, 1]
    low, high = BOX_SIDES
    square = (np.minimum(width, height) >= low) & (np.maximum(width, height) <= high)
    square &= np.abs(width - height) <= SQUARE * np.maximum(width, height)
    ink = ((objects.table["mode"][found.path] & STROKED) != 0) | ~_white(objects.table["fill"][found.path])
    candidates = np.flatnonzero(square & found.rectangle & ink)
    if len(candidates) > MOST_BOXES:
        return ()
    boxes = _distinct(np.concatenate((found.box[candidates], _squares_of_lines(found))))
    if not len(boxes):
        return ()
    boxes = boxes[~_in_grid(boxes, found)]
    return tuple(Checkbox(Box(*box), _is_ticked(np.array(box), found, letters)) for box in boxes.tolist())


def _squares_of_lines(found: Subpaths) -> Array:
    """Squares whose four sides were drawn as lines of their own."""
    size = found.box[:, 2:] - found.box[:, :2]
    length = size.max(axis=1)
    side = found.straight & (size.min(axis=1) < STRAIGHT) & (length >= BOX_SIDES[0]) & (length <= BOX_SIDES[1])
    flat, upright = found.box[side & (size[:, 0] > size[:, 1])], found.box[side & (size[:, 1] > size[:, 0])]
    squares: list[Array] = []
    if len(flat) > 2 * MOST_BOXES or len(upright) > 2 * MOST_BOXES:
        return np.zeros((0, 4))
    for top in flat:
        width = top[2] - top[0]
        box = np.array([top[0], top[1], top[2], top[1] + width])
        bottom = np.abs(flat - box[[0, 3, 2, 3]]).max(axis=1, initial=0.0) < SQUARE * width
        sides = (box[[0, 1, 0, 3]], box[[2, 1, 2, 3]])
        left, right = (np.abs(upright - line).max(axis=1, initial=0.0) < SQUARE * width for line in sides)
        if bottom.any() and left.any() and right.any():
            squares.append(box)
    return np.array(squares).reshape(-1, 4)


def _distinct(boxes: Array) -> Array:
    """Boxes drawn more than once (fill and border, both edges of a thick border) once: the outer one."""
    kept: list[Array] = []
    for box in sorted(boxes, key=lambda b: -(b[2] - b[0])):
        middle = (box[:2] + box[2:]) / 2
        if not any(np.all(middle >= other[:2]) and np.all(middle <= other[2:]) for other in kept):
            kept.append(box)
    kept.sort(key=lambda b: (round(float(b[1])), float(b[0])))
    return np.array(kept).reshape(-1, 4)


def _in_grid(boxes: Array, found: Subpaths) -> Array:
    """Squares whose side goes on: another square touches them, or a longer rectangle has the same side."""
    touching = np.zeros(len(boxes), bool)
    for index, box in enumerate(boxes):
        grown = box + np.array([-1.0, -1.0, 1.0, 1.0])
        meets = (boxes[:, 0] <= grown[2]) & (boxes[:, 2] >= grown[0]) & (boxes[:, 1] <= grown[3]) & (boxes[:, 3] >= grown[1])
        touching[index] = np.count_nonzero(meets) > 1
    return touching


def _is_ticked(box: Array, found: Subpaths, letters: Array) -> bool:
    side = max(box[2] - box[0], box[3] - box[1])
    middle = (found.box[:, :2] + found.box[:, 2:]) / 2
    rim = 0.08 * side  # the middles of its own four lines lie on the box
    inside = np.all((middle > box[:2] + rim) & (middle < box[2:] - rim), axis=1)
    spans = np.max(found.box[:, 2:] - found.box[:, :2], axis=1)
    inside &= (spans >= TICKED * side) & (spans <= 1.6 * side)
    same = np.all(np.abs(middle - (box[:2] + box[2:]) / 2) < 0.15 * side, axis=1) & found.rectangle & (spans > 0.75 * side)
    if np.any(inside & ~same):
        return True
    if not len(letters):
        return False
    centre = (letters[:, :2] + letters[:, 2:]) / 2
    return bool(np.any(np.all((centre > box[:2]) & (centre < box[2:]), axis=1)))
