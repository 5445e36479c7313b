"""The table finder: a page's rules and lines to its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extract.tables.edges import find_edges
from extract.tables.fill import fill_cells
from extract.tables.grid import Grid, find_grids
from schemas.document import Box, Cell, Line, Page, Table


def find_tables(page: Page) -> Page:
    """The page with its ruled tables, top to bottom: merged cells resolved, every cell with box and its cut lines.

    Works on rules and lines of any reader (text layer, OCR); a page without rules or places comes back as it is.
    """
    if not page.rules:
        return page
    horizontal, vertical = find_edges(page.rules, page.lines)
    tables = tuple(_table(grid, page.lines) for grid in find_grids(horizontal, vertical))
    return msgspec.structs.replace(page, tables=tables) if tables else page


def _table(grid: Grid, lines: Sequence[Line]) -> Table:
    filled, inside = fill_cells(grid, lines)
    return Table(
        box=grid.box,
        cells=tuple(_cells(grid, filled)),
        rows=grid.rows,
        columns=grid.columns,
        first_line=inside[0] if inside else _lines_above(grid, lines),
        last_line=inside[-1] + 1 if inside else _lines_above(grid, lines),
    )


def _cells(grid: Grid, filled: dict[int, list[Line]]) -> Iterator[Cell]:
    """Cells in reading order: by row, then column of their first place."""
    xs, ys = grid.xs.tolist(), grid.ys.tolist()
    for number, (row, after, column, right) in enumerate(grid.spans):
        yield Cell(
            row=row,
            column=column,
            row_span=after - row,
            column_span=right - column,
            box=Box(xs[column], ys[row], xs[right], ys[after]),
            lines=tuple(filled.get(number, ())),
        )


def _lines_above(grid: Grid, lines: Sequence[Line]) -> int:
    return sum(line.bottom <= grid.ys[0] for line in lines)
