"""Lines into cells: each printed line is cut where a column border stands at its height, never inside a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from extract.lines import slice_line
from extract.tables.edges import SNAP
from extract.tables.grid import Grid
from schemas.document import Line

OVER_BORDER = 0.25  # of a line's height
OVER_LINE = 0.6
Ints = npt.NDArray[np.int64]

# marks, and the vowels that never begin a word: they stand in the cell of the letter before them
_HANGING = re.compile("[ัิ-ฺ็-๎ะาำๅ]+")


def fill_cells(grid: Grid, lines: Sequence[Line]) -> tuple[dict[int, list[Line]], list[int]]:
    """(lines of each cell by its number, top to bottom; indices of the page's lines that lie in the grid)."""
    filled: dict[int, list[Line]] = {}
    inside: list[int] = []
    top, bottom = float(grid.ys[0]), float(grid.ys[-1])
    for index, line in enumerate(lines):
        middle = (line.top + line.bottom) / 2
        if not top <= middle <= bottom or not len(line.x0) or not line.text:
            continue
        row = min(int(np.searchsorted(grid.ys, middle, side="right")) - 1, grid.rows - 1)
        parts = list(_parts(grid, row, middle, line))
        for number, start, end in parts:
            filled.setdefault(number, []).append(slice_line(line, start, end))
        if parts:
            inside.append(index)
    for own in filled.values():
        own.sort(key=lambda line: line.top)
    for number in sorted(filled):
        _lift_cut_off_line(grid, number, filled)
    return {number: own for number, own in filled.items() if own}, inside


def _lift_cut_off_line(grid: Grid, number: int, filled: dict[int, list[Line]]) -> None:
    """A row too low for its text (Excel) cuts its last line off at the border: what is left of it stands in the cell below, half
    over the border or over that cell's own first line. Such a line goes back to the cell above.

    In 20,000 lines of twelve budget books no line of a cell stands over its upper border, and lines of one text are 0.9
    of their height apart.
    """
    own = filled[number]
    row, _, column, _ = grid.spans[number]
    if not own or row == 0:
        return
    first = own[0]
    height = max(first.bottom - first.top, 0.1)
    over = (float(grid.ys[row]) - first.top) / height
    below = (own[1].top + own[1].bottom - first.top - first.bottom) / 2 / height if len(own) > 1 else 1.0
    if over > OVER_BORDER or (over > 0 and below < OVER_LINE):
        filled.setdefault(int(grid.cells[row - 1, column]), []).append(own.pop(0))


def _parts(grid: Grid, row: int, middle: float, line: Line) -> Iterator[tuple[int, int, int]]:
    """(cell, start, end) of the pieces of line.text, left to right; white space at the ends is dropped."""
    column = _columns(grid, line)
    numbers = np.where(column < 0, -1, grid.cells[row, np.clip(column, 0, grid.columns - 1)])
    numbers = _across_gaps(grid, middle, line, numbers)
    starts = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]])).tolist()
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        number = int(numbers[start])
        if number >= 0 and line.text[start:end].strip():
            yield number, start, end


def _columns(grid: Grid, line: Line) -> Ints:
    """Column of every character of line.text by its middle, -1 outside; a mark stands with its letter."""
    middle = (np.asarray(line.x0, dtype=np.float64) + np.asarray(line.x1, dtype=np.float64)) / 2
    if line.source is not None:
        middle = middle[np.asarray(line.source, dtype=np.int64)]
    column: Ints = np.searchsorted(grid.xs, middle, side="right") - 1
    column[column >= grid.columns] = -1
    for match in _HANGING.finditer(line.text):
        column[match.start() : match.end()] = column[match.start() - 1] if match.start() else column[match.end() - 1]
    return column


def _across_gaps(grid: Grid, middle: float, line: Line, numbers: Ints) -> Ints:
    """Where two cells meet in the running text without an edge drawn at this height, the text is one piece: it belongs
    to the cell in which it begins (Excel lets a long text run over empty neighbours and leaves the border away)."""
    cuts = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    for cut in cuts.tolist():
        if numbers[cut - 1] < 0 or numbers[cut] < 0 or line.text[cut - 1].isspace() or line.text[cut].isspace():
            continue
        if not _border_at(grid, middle, int(numbers[cut - 1])):
            end = cut
            while end < len(numbers) and numbers[end] == numbers[cut] and not line.text[end].isspace():
                end += 1
            numbers[cut:end] = numbers[cut - 1]
    return numbers


def _border_at(grid: Grid, y: float, left: int) -> bool:
    """Is an edge drawn at height y on the right of a cell?"""
    x = grid.xs[grid.spans[left].right]
    edges = grid.vertical
    return bool(((np.abs(edges.at - x) <= SNAP) & (edges.start <= y) & (edges.end >= y)).any())
