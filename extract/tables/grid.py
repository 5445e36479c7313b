"""Edges to tables: edges that meet make a grid, grid places without an edge between them make one (merged) cell.

Second and third step of table finding. A grid is taken whole: also where the outer border is missing on a side or cut
off at the page's foot, its rows and columns reach as far as its edges do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from extract.tables.edges import SNAP, Edges, Floats, snap
from schemas.document import Box

Bools = npt.NDArray[np.bool_]

OPEN_SIDE = 6.0  # points that edges must stick out of the last crossing edge to make an open side (an overshoot is < 3)
COVERED = 0.5  # share of a cell's side that must be drawn
NARROWEST = 2.0  # rows and columns thinner than this are double borders


class Span(NamedTuple):
    """A cell's rows row … after - 1 and columns column … right - 1."""

    row: int
    after: int
    column: int
    right: int


class Grid(msgspec.Struct, frozen=True):
    """A found grid. xs, ys: places of its column and row borders.

    cells[row, column] = number of the cell that holds this place; spans[number] = its rows and columns.
    vertical: the edges that cut columns (for lines of text that run on where no edge stands).
    """

    xs: Floats
    ys: Floats
    cells: npt.NDArray[np.int64]
    spans: list[Span]
    vertical: Edges

    @property
    def box(self) -> Box:
        return Box(float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1]))

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1


def find_grids(horizontal: Edges, vertical: Edges) -> Iterator[Grid]:
    """Grids of at least two cells, top to bottom."""
    if not len(horizontal) or not len(vertical):
        return
    grids = []
    for across, down in _connected(horizontal, vertical):
        grid = _grid(horizontal.only(across), vertical.only(down))
        if grid is not None and len(grid.spans) > 1:
            grids.append(grid)
    yield from sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _connected(horizontal: Edges, vertical: Edges) -> Iterator[tuple[Bools, Bools]]:
    """Groups of edges that hang together by crossings, as masks over both directions."""
    meets = (
        (horizontal.start[:, None] <= vertical.at + SNAP)
        & (horizontal.end[:, None] >= vertical.at - SNAP)
        & (vertical.start <= horizontal.at[:, None] + SNAP)
        & (vertical.end >= horizontal.at[:, None] - SNAP)
    )
    left: Bools = np.asarray(meets.any(axis=1))
    while left.any():
        across: Bools = np.arange(len(left)) == np.argmax(left)
        size = 0
        while size < across.sum():
            size = int(across.sum())
            down: Bools = np.asarray(meets[across].any(axis=0))
            across = np.asarray(meets[:, down].any(axis=1))
        left = left & ~across
        yield across, down


def _grid(horizontal: Edges, vertical: Edges) -> Grid | None:
    xs = _places(vertical, horizontal)
    horizontal = _spanning(horizontal, xs)
    ys = _places(horizontal, vertical)
    if len(xs) < 2 or len(ys) < 2:
        return None
    beside = _drawn(vertical, xs[1:-1], ys)  # (columns - 1, rows): an edge right of the place
    below = _drawn(horizontal, ys[1:-1], xs)  # (rows - 1, columns): an edge under the place
    return Grid(xs, ys, *_cells(beside.T, below), vertical)


def _places(edges: Edges, crossing: Edges) -> Floats:
    """Where rows or columns end: the edges' own places, and the end of the crossing edges on a side left open."""
    number = snap(edges.at)
    places = np.bincount(number, weights=edges.at) / np.bincount(number) if len(edges) else np.empty(0)
    places = places[np.concatenate([[True], np.diff(places) >= NARROWEST])] if len(places) else places
    if not len(places) or not len(crossing):
        return places
    first, last = float(crossing.start.min()), float(crossing.end.max())
    before = [first] if first < places[0] - OPEN_SIDE else []
    after = [last] if last > places[-1] + OPEN_SIDE else []
    return np.concatenate([before, places, after])


def _spanning(horizontal: Edges, xs: Floats) -> Edges:
    """Horizontal edges that reach over at least one whole column: what is shorter hangs inside a cell."""
    first = np.searchsorted(xs, horizontal.start - SNAP)
    last = np.searchsorted(xs, horizontal.end + SNAP, side="right") - 1
    return horizontal.only(last > first)


def _drawn(edges: Edges, at: Floats, along: Floats) -> Bools:
    """(len(at), len(along) - 1): is the side from along[i] to along[i + 1] at each place drawn for COVERED of it?"""
    if not len(at):
        return np.zeros((0, len(along) - 1), dtype=bool)
    near = np.abs(edges.at[:, None] - at) <= SNAP  # (edges, places)
    reach = np.minimum(edges.end[:, None], along[1:]) - np.maximum(edges.start[:, None], along[:-1])
    covered = near.T.astype(np.float64) @ np.clip(reach, 0.0, None)
    drawn: Bools = covered >= COVERED * np.diff(along)
    return drawn


def _cells(beside: Bools, below: Bools) -> tuple[npt.NDArray[np.int64], list[Span]]:
    """The cells, numbered row by row: from each free place the widest, then the deepest rectangle without an edge inside.

    beside: (rows, columns - 1), below: (rows - 1, columns). A rectangle, not a connected area: where a border is
    missing in one row only, the rows under it stay cells of their own.
    """
    rows, columns = beside.shape[0], below.shape[1]
    cells = np.full((rows, columns), -1, dtype=np.int64)
    spans: list[Span] = []
    for row in range(rows):
        for column in range(columns):
            if cells[row, column] >= 0:
                continue
            right = column + 1
            while right < columns and not beside[row, right - 1] and cells[row, right] < 0:
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_down(beside, below, bottom, column, right):
                bottom += 1
            cells[row:bottom, column:right] = len(spans)
            spans.append(Span(row, bottom, column, right))
    return cells, spans


def _goes_down(beside: Bools, below: Bools, row: int, column: int, right: int) -> bool:
    """Does the rectangle column … right go on into this row: no edge above, none inside, the same sides?"""
    if below[row - 1, column:right].any() or beside[row, column : right - 1].any():
        return False
    left_open = column > 0 and not beside[row, column - 1]
    right_open = right < beside.shape[1] + 1 and not beside[row, right - 1]
    return not left_open and not right_open
