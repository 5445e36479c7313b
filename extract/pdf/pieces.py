"""Clusters drawn in pieces that each carry the text of the whole: Typst begins a new marked content wherever a font moves a mark
up or down, matplotlib maps each glyph so. The text is taken once.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.pdf.bulk import Array
from extract.pdf.glyphs import SARA_AA, SARA_AM, Glyphs, is_mark, joined_to_last

# In em. Pieces of one cluster touch or overlap; the same cluster written again begins with a piece of the very same extent.
NEAR = 0.3
SAME_LINE = 0.6
SAME_EXTENT = 0.02


def whole(glyphs: Glyphs) -> Glyphs:
    """The glyphs without the texts of later pieces; the first piece reaches over them all."""
    if len(glyphs) < 2:
        return glyphs
    start, end = _words(glyphs)
    again = _again(glyphs.code, start, end)
    if not len(again):
        return glyphs
    gone = np.zeros(len(glyphs), bool)
    box, ink = glyphs.box.copy(), glyphs.ink.copy()
    head = -1
    for at in again.tolist():  # each with the text of the one before it
        if head < 0 or (end[head] < start[at] and not gone[start[at] - 1]):
            head = at - 1
        if not _continues(glyphs, box[start[head]], start[head], start[at]):
            head = at
            continue
        gone[start[at] : end[at]] = True
        reach = max(box[start[head], 2], box[start[at], 2])
        box[start[head] : end[head], 2] = ink[start[head] : end[head], 2] = reach
    return replace(glyphs, box=box, ink=ink).pick(~gone)


def _words(glyphs: Glyphs) -> tuple[Array, Array]:
    """Where the characters of each glyph or ActualText begin and end."""
    edges = np.flatnonzero(np.append(~joined_to_last(glyphs), True))
    return edges[:-1], edges[1:]


def _again(code: Array, start: Array, end: Array) -> Array:
    """Words of one cluster, of two characters and more, that follow a word of the same text."""
    first, long = code.take(start), end - start >= 2
    found = np.flatnonzero(long[1:] & long[:-1] & (first[1:] == first[:-1])) + 1
    texts = ((int(at), code[start[at] : end[at]], code[start[at - 1] : end[at - 1]]) for at in found)
    return np.array([at for at, one, other in texts if np.array_equal(one, other) and _is_cluster(one)], np.int64)


def _is_cluster(code: Array) -> bool:
    """A consonant with marks and no other letter than the AA or AM it goes with."""
    rest = code[1:]
    return bool(0x0E01 <= code[0] <= 0x0E2E and np.all(is_mark(rest) | (rest == SARA_AM) | (rest == SARA_AA)))


def _continues(glyphs: Glyphs, box: Array, head: int, at: int) -> bool:
    """The piece at `at` goes on with the cluster that began at `head` and reaches over `box` by now."""
    size = float(glyphs.size[head])
    first, other = glyphs.box[head], glyphs.box[at]
    level = abs(glyphs.origin[at, 1] - glyphs.origin[head, 1]) < SAME_LINE * size
    near = box[0] - NEAR * size < other[0] < box[2] + NEAR * size
    extents = np.array((other[2] - other[0] - first[2] + first[0], other[1] - first[1], other[3] - first[3]))
    return bool(level and near and np.abs(extents).max() > SAME_EXTENT * size)
