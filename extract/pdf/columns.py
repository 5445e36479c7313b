"""Columns of running text: where a page's rows must be read down one column and then the next, not across.

A table has gaps at the same places too. What tells them apart: running text fills its column nearly to the gutter in row after
row, no rule runs through it, and its producer wrote one column after the other - or, where it did not, row follows row
on both sides without a break.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from extract.pdf.bulk import Array
from extract.pdf.clusters import Clusters
from extract.pdf.glyphs import SPACE

GUTTER = 0.8  # em: least width of the space between columns (two-column pages have 1.0–4)
FEWEST_ROWS = 4  # of running text on either side
FULL = 0.6  # median share of its column that a row of running text fills (cells of tables: 0.1–0.5)
FEWEST_LETTERS = 12  # median letters of such a row
PROSE = 0.7  # share of letters among its characters (columns of figures 0.0–0.3, dotted lines to write on 0.1–0.4)
OFF = 1.3  # of the columns' leading: a row further away than this belongs to what stands over or under them
SWITCHES = 3  # from one side to the other in the content, a gutter, above which it looks like a table (columns: 1)
UNBROKEN_ROWS = 8  # of such a page that is none: rows on both sides,
UNBROKEN = 0.85  # this share of all its rows,
UNBROKEN_LETTERS = 20  # of so many letters,
EVEN = 0.15  # at distances that differ by less than this share
STEPS = 400  # places across the page at which gutters are sought


@dataclass(frozen=True)
class Band:
    """Rows first..last (inclusive) that are set in columns divided at the gutters' middles."""

    first: int
    last: int
    gutters: tuple[float, ...]


def ordered(clusters: Clusters, row: Array, rules: Array) -> Array:
    """Numbers of rows in reading order, from 0, those of columns one after the other; as they are when there are none.

    rules: (n, 4) ruling lines in the clusters' frame.
    """
    return in_columns(clusters, row, rules) if _may_have_columns(clusters, row) else row


def in_columns(clusters: Clusters, row: Array, rules: Array) -> Array:
    """As ordered, where columns may be."""
    bands = find_bands(clusters, row, rules)
    if not bands:
        return row
    key = np.stack((row, np.zeros(len(row), np.int64), row), axis=1)  # band's first row, column, row
    middle = (clusters.x0 + clusters.x1) / 2
    for band in bands:
        inside = (row >= band.first) & (row <= band.last)
        key[inside, 0] = band.first
        key[inside, 1] = np.searchsorted(np.array(band.gutters), middle[inside])
    _, numbers = np.unique(key, axis=0, return_inverse=True)
    return numbers.reshape(-1)


def _may_have_columns(clusters: Clusters, row: Array) -> bool:
    """Enough rows have text begin after a gap as wide as a gutter, or begin themselves further right than others end: cheap."""
    visible = np.flatnonzero(clusters.head != SPACE)
    if len(visible) < 2 * FEWEST_ROWS * FEWEST_LETTERS:
        return False
    x0, rows = clusters.x0.take(visible), row.take(visible)
    order = np.argsort(rows * (float(x0.max() - x0.min()) + 1.0) + x0, kind="stable")
    visible, rows, x0 = visible.take(order), rows.take(order), x0.take(order)
    same = rows[1:] == rows[:-1]
    gap = x0[1:] - clusters.x1.take(visible[:-1])
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    ends = np.append(starts[1:], len(visible))
    letters = np.concatenate(([0], np.cumsum(_letters(clusters.head.take(visible)))))  # up to each cluster
    at = np.flatnonzero(same & (gap > GUTTER * clusters.size.take(visible[1:])))
    number = np.searchsorted(starts, at, side="right") - 1
    before, after = letters[at + 1] - letters[starts[number]], letters[ends[number]] - letters[at + 1]
    if np.count_nonzero(np.minimum(before, after) >= FEWEST_LETTERS) >= FEWEST_ROWS:
        return True
    long = letters[ends] - letters[starts] >= FEWEST_LETTERS
    left, right = clusters.x0[visible[starts[long]]], clusters.x1[visible[ends[long] - 1]]
    if len(left) < FEWEST_ROWS or np.max(left) < np.min(right):  # none begins where another has ended
        return False
    return any(
        np.count_nonzero(left >= place) >= FEWEST_ROWS and np.count_nonzero(right <= place) >= FEWEST_ROWS
        for place in (float(np.median(left)), (float(np.min(left)) + float(np.max(right))) / 2)
    )


def _letters(head: Array) -> Array:
    """Neither digits nor signs nor dots."""
    digits = (head >= 0x0E50) & (head <= 0x0E59)
    letters: Array = ((head >= 0x41) & (head <= 0x7A)) | ((head >= 0xC0) & (head < 0x2000) & ~digits)
    return letters


def find_bands(clusters: Clusters, row: Array, rules: Array) -> list[Band]:
    """Stretches of rows set in columns of running text."""
    visible = clusters.head != SPACE
    rows = int(row.max()) + 1 if len(row) else 0
    if rows < FEWEST_ROWS or np.count_nonzero(visible) < 2 * FEWEST_ROWS * FEWEST_LETTERS:
        return []
    x0, x1, numbers = clusters.x0[visible], clusters.x1[visible], row[visible]
    left, right = float(x0.min()), float(x1.max())
    size = float(np.median(clusters.size[visible]))
    if right - left < 20 * size:
        return []
    free = _free(x0, x1, numbers, rows, left, right)
    return _bands(_Text(clusters, row, visible, free, left, (right - left) / STEPS, size, rules))


@dataclass(frozen=True)
class _Text:
    """A page's clusters and, by row and place across, whether nothing stands there. step: width of a place in points."""

    clusters: Clusters
    row: Array
    visible: Array
    free: Array
    left: float
    step: float
    size: float
    rules: Array


def _free(x0: Array, x1: Array, row: Array, rows: int, left: float, right: float) -> Array:
    """(rows, STEPS): True where no cluster of the row stands."""
    scale = STEPS / (right - left)
    first = np.clip(((x0 - left) * scale).astype(int), 0, STEPS - 1)
    last = np.clip(np.ceil((x1 - left) * scale).astype(int), 1, STEPS)
    width = STEPS + 1  # counted flat: ten times as fast as adding in place
    begun = np.bincount(row * width + first, minlength=rows * width)
    edges = (begun - np.bincount(row * width + np.maximum(last, first + 1), minlength=rows * width)).reshape(rows, width)
    free: Array = np.cumsum(edges, axis=1)[:, :STEPS] <= 0
    return free


def _bands(text: _Text) -> list[Band]:
    """Every place across that is free in many rows one after the other begins a search for the columns around it."""
    width = max(1, int(GUTTER * text.size / text.step))
    inner = slice(STEPS // 10, STEPS - STEPS // 10)
    wide = _eroded(text.free, width)
    best: dict[int, Band] = {}
    places = _promising(wide, inner)
    for place in places:
        for first, last in _runs(wide[:, place]):
            band = _band(text, wide, first, last, [place, *(other for other in places if other != place)])
            if band is not None and all(b.last < band.first or b.first > band.last for b in best.values()):
                best[band.first] = band
    return [best[first] for first in sorted(best)]


def _eroded(free: Array, width: int) -> Array:
    """True where the place and the next width - 1 are free."""
    summed = np.concatenate((np.zeros((len(free), 1), np.int32), np.cumsum(free, axis=1, dtype=np.int32)), axis=1)
    out = np.zeros_like(free)
    out[:, : STEPS - width + 1] = summed[:, width:] - summed[:, :-width] == width
    return out


def _promising(wide: Array, inner: slice) -> list[int]:
    """Places in the order of how many rows are free there with text on both sides; near ones once."""
    count = wide.sum(axis=0)
    count[: inner.start] = count[inner.stop :] = 0
    places = []
    for _ in range(6):
        place = int(np.argmax(count))
        if count[place] < FEWEST_ROWS:
            break
        near = np.flatnonzero(count == count[place])
        near = near[np.abs(near - place) < STEPS // 20]
        places.append(int(near[len(near) // 2]))
        count[max(0, place - STEPS // 40) : place + STEPS // 40] = 0
    return places


def _runs(free: Array) -> list[tuple[int, int]]:
    """Stretches of rows (first, last) that are free, of at least FEWEST_ROWS."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(int)))
    return [(a, b - 1) for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True) if b - a >= FEWEST_ROWS]


def _band(text: _Text, wide: Array, first: int, last: int, places: list[int]) -> Band | None:
    """The columns around gutters in a stretch of rows, when what they hold is running text. places: the gutter to begin with,
    then others that may divide its sides further."""
    inside = text.visible & (text.row >= first) & (text.row <= last)
    free: Array = np.logical_and.reduce(text.free[first : last + 1])
    through = [place for place in places if wide[first : last + 1, place].all()]
    for chosen in (sorted(through), through[:1]) if len(through) > 1 else (through,):
        apart = [q for p, q in zip([-1, *chosen], chosen, strict=False) if p < 0 or not free[p:q].all()]
        gutters = [text.left + (place + 0.5 * GUTTER * text.size / text.step) * text.step for place in apart]
        if any(_is_ruled(text, first, last, gutter) for gutter in gutters):
            continue
        if _are_columns(text, _sides(text, inside, gutters)):
            begin, end = _reach(text, _sides(text, inside, gutters))
            return Band(begin, end, tuple(gutters)) if end - begin >= FEWEST_ROWS else None
    return None


def _sides(text: _Text, inside: Array, gutters: list[float]) -> list[Array]:
    """Which clusters stand in each of the columns between the gutters."""
    column = np.searchsorted(np.array(gutters), (text.clusters.x0 + text.clusters.x1) / 2)
    return [inside & (column == number) for number in range(len(gutters) + 1)]


def _are_columns(text: _Text, sides: list[Array]) -> bool:
    if not all(_is_prose(text, side) for side in sides):
        return False
    return not _written_across(sides) or _is_unbroken(text, sides)


def _reach(text: _Text, sides: list[Array]) -> tuple[int, int]:
    """First and last row of the columns; a row at either end that stands off from the next one is a heading or footing."""
    used = reduce(np.logical_or, sides)
    rows = np.unique(text.row[used])
    y = np.array([float(np.median(text.clusters.y[used & (text.row == row)])) for row in rows.tolist()])
    ends = np.array([float(text.clusters.x1[used & (text.row == row)].max()) for row in rows.tolist()])
    off = OFF * _leading(text, sides)
    first, last = 0, len(rows) - 1
    while last - first > FEWEST_ROWS and y[first + 1] - y[first] > off:
        first += 1
    while last - first > FEWEST_ROWS and y[last] - y[last - 1] > off and ends[last] < ends.max():
        last -= 1
    return int(rows[first]), int(rows[last])


def _leading(text: _Text, sides: list[Array]) -> float:
    """Median distance of rows within a column."""
    steps = []
    for side in sides:
        rows = np.unique(text.row[side]).tolist()
        y = [float(np.median(text.clusters.y[side & (text.row == row)])) for row in rows]
        steps.extend(np.diff(y).tolist())
    return float(np.median(steps)) if steps else 0.0


def _is_prose(text: _Text, side: Array) -> bool:
    """The rows on one side fill their column and hold letters."""
    row, clusters = text.row[side], text.clusters
    if not len(row):
        return False
    numbers, place = np.unique(row, return_inverse=True)
    if len(numbers) < FEWEST_ROWS:
        return False
    low, high = np.full(len(numbers), np.inf), np.full(len(numbers), -np.inf)
    np.minimum.at(low, place, clusters.x0[side])
    np.maximum.at(high, place, clusters.x1[side])
    count = np.bincount(place)
    width = float(high.max() - low.min())
    letters = _letters(clusters.head[side])
    full = float(np.median(high - low)) >= FULL * width
    return full and float(np.median(count)) >= FEWEST_LETTERS and float(np.mean(letters)) >= PROSE


def _is_ruled(text: _Text, first: int, last: int, gutter: float) -> bool:
    """A rule runs down between the sides, or across both between two of the rows: a table's."""
    rows = text.visible & (text.row >= first) & (text.row <= last)
    if not len(text.rules) or not rows.any():
        return False
    top, bottom = float(text.clusters.y[rows].min()), float(text.clusters.y[rows].max())
    left, upper, right, lower = text.rules.T
    meets = (lower > top) & (upper < bottom)
    upright = (right - left < text.size) & (np.abs((left + right) / 2 - gutter) < 3 * text.size) & (lower - upper > 2 * text.size)
    across = (lower - upper < 0.5 * text.size) & (left < gutter - 2 * text.size) & (right > gutter + 2 * text.size)
    return bool(np.any(meets & (upright | across)))


def _is_unbroken(text: _Text, sides: list[Array]) -> bool:
    """Row follows row at one distance on both sides, all of them long: not the cells of a table."""
    numbers = [np.unique(text.row[side], return_counts=True) for side in sides]
    both = reduce(np.intersect1d, (rows for rows, _ in numbers))
    every = reduce(np.union1d, (rows for rows, _ in numbers))
    if len(both) < UNBROKEN_ROWS or len(both) < UNBROKEN * len(every):
        return False
    if min(float(np.median(count)) for _, count in numbers) < UNBROKEN_LETTERS:
        return False
    y = np.array([float(np.median(text.clusters.y[text.row == number])) for number in every.tolist()])
    steps = np.diff(y)
    middle = float(np.median(steps))
    return bool(np.mean(np.abs(steps - middle) < EVEN * middle) >= UNBROKEN)


def _written_across(sides: list[Array]) -> bool:
    """The producer went to and fro between the sides, as for the rows of a table. Clusters are in content order."""
    number = np.zeros(len(sides[0]), np.int64)
    for index, side in enumerate(sides, 1):
        number[side] = index
    content = number[number > 0]
    return int(np.count_nonzero(content[1:] != content[:-1])) > SWITCHES * (len(sides) - 1)
