"""Questions to a table: which cell holds a place, which rows belong together, where a row lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from schemas.document import Box, Cell, Line, Table


def cells_by_place(table: Table) -> dict[tuple[int, int], Cell]:
    """(row, column) → the cell that holds this place; a merged cell is found at all its places."""
    return {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def column_bounds(table: Table) -> list[tuple[float, float]]:
    """Left and right border of every column in points, from the cells' boxes; its number and the next one without boxes."""
    if table.box is None and not any(cell.box for cell in table.cells):
        return [(float(column), float(column + 1)) for column in range(table.columns)]
    left, right = [0.0] * table.columns, [0.0] * table.columns
    for cell in table.cells:
        if cell.box is not None:
            left[cell.column] = cell.box.x0
            right[cell.column + cell.column_span - 1] = cell.box.x1
    for column in range(table.columns - 1):
        right[column] = right[column] or left[column + 1]
        left[column + 1] = left[column + 1] or right[column]
    return list(zip(left, right, strict=True))


def row_band(table: Table, first: int, after: int | None = None) -> Box | None:
    """The strip of the page that rows first … after - 1 take, over the table's whole width; None without boxes."""
    after = first + 1 if after is None else after
    tops = [cell.box.top for cell in table.cells if cell.box and cell.row == first]
    bottoms = [cell.box.bottom for cell in table.cells if cell.box and cell.row + cell.row_span == after]
    if table.box is None or not tops or not bottoms:
        return None
    return Box(table.box.x0, min(tops), table.box.x1, max(bottoms))


def key_bands(
    by_place: Mapping[tuple[int, int], Cell], column: int, first: int, after: int
) -> Iterator[tuple[int, int]]:
    """Of rows first … after - 1 those that belong together because one cell of the key column spans them, as (first, after).
    by_place: see `cells_by_place`."""
    row = first
    while row < after:
        cell = by_place.get((row, column))  # tables of HTML may be ragged
        end = min(max(cell.row + cell.row_span, row + 1), after) if cell else row + 1
        yield row, end
        row = end


def lines_between(lines: Sequence[Line], top: float, bottom: float) -> list[Line]:
    """Lines whose middle lies in the strip."""
    return [line for line in lines if top <= (line.top + line.bottom) / 2 < bottom]
