"""The rows of a table of records: which strips of the grid are one row, and what stands in its columns.

A row is what lies beside one cell of the key (name) column: rules in the value columns only do not cut it, unless both
sides of the rule hold a figure in the same column (then a rule in the key column is missing).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import regex

from extract.forms.row_columns import Layout, Taken
from extract.lines import join_lines, slice_line
from extract.tables.bands import cells_by_place, key_bands, lines_between, row_band
from schemas.document import Box, Cell, Line, Table

BULLET = regex.compile(r"\s*(?:[-–—•▪*]|\(?\d+[.)])")
INDENT = 3.0  # points; sub-rows of a group are indented by a letter or more
MIDDLE = 3.0  # points that a text may stand off the middle of its merged cell
APART = 0.6  # em; more than any space between words
FIGURES = ("figure", "quantity", "number")  # kinds of columns
FIGURE = regex.compile(r"[-–—.,\d%/()\s]+")


class Row(msgspec.Struct, frozen=True):
    """A row: page, strip of the page, what stands in each place of the layout (empty places left out), and the rest."""

    page: int | None
    box: Box | None
    layout: Layout
    cells: dict[int, Taken]
    unread: tuple[Line, ...] = ()

    def text_of(self, field: str) -> str:
        place = self.layout.place_of(field)
        return self.cells[place].text if place in self.cells else ""


def read_bands(table: Table, page: int | None, layout: Layout, first: int, after: int) -> Iterator[Row]:
    """Rows of table rows first … after - 1, top to bottom; rows without any text are left out."""
    key = layout.place_of("/indicator/name")
    column = next((i for i, owner in enumerate(layout.owner) if owner == key and key is not None), 0)
    by_place = cells_by_place(table)
    before: Row | None = None
    for start, end in key_bands(by_place, column, first, after):
        for band in _parted(by_place, layout, start, end):
            row = _row(table, page, layout, band)
            if not row.cells and not row.unread:
                continue
            if before is not None and _goes_on(before, row, key):
                row = _merged(before, row)
            elif before is not None:
                yield before
            before = row
    if before is not None:
        yield before


def _goes_on(before: Row, row: Row, key: int | None) -> bool:
    """Is the row the second half of the one above, cut through by a rule (a name on two of Excel's rows)?

    The upper half has a name and nothing else; the lower one has figures or a unit, begins at the same left edge without a
    bullet, and its first words would not have fitted on the upper line: else the upper one is a group's heading.
    """
    if key is None or set(before.cells) != {key} or len(row.cells) < 2 or key not in row.cells or before.unread:
        return False
    (_, upper), (_, lower) = before.cells[key].lines[-1], row.cells[key].lines[0]
    above, below = upper.box(), lower.box()
    if above is None or below is None or BULLET.match(lower.text) or upper.text.endswith(":"):
        return False
    width = below.x1 - below.x0
    words = len(lower.text.split(" ")[0]) / max(len(lower.text), 1) * width
    place = before.layout.places[key]
    return abs(above.x0 - below.x0) < INDENT and above.x1 + words > place.x1 and upper.bold == lower.bold


def _merged(upper: Row, lower: Row) -> Row:
    cells = dict(lower.cells)
    for place, taken in upper.cells.items():
        lines = (*taken.lines, *cells[place].lines) if place in cells else taken.lines
        cells[place] = Taken(join_lines(line for _, line in lines), lines)
    box = upper.box.union(lower.box) if upper.box and lower.box else None
    return Row(lower.page, box, lower.layout, dict(sorted(cells.items())), (*upper.unread, *lower.unread))


def _parted(by_place: Mapping[tuple[int, int], Cell], layout: Layout, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One band, or its rows one by one when a figure's column has figures in more than one of them."""
    if end - start < 2:
        yield start, end
        return
    for column, owner in enumerate(layout.owner):
        if owner is None or layout.places[owner].column.kind not in FIGURES:
            continue
        filled = {(c.row, c.column) for row in range(start, end) if (c := by_place.get((row, column))) and c.lines}
        if len(filled) > 1:
            yield from ((row, row + 1) for row in range(start, end))
            return
    yield start, end


def _row(table: Table, page: int | None, layout: Layout, band: tuple[int, int]) -> Row:
    box, key = row_band(table, *band), layout.place_of("/indicator/name")
    found: dict[int, list[Line]] = {}
    unread: list[Line] = []
    for cell in table.cells:
        if not cell.lines or cell.row >= band[1] or cell.row + cell.row_span <= band[0]:
            continue
        owners = sorted({o for o in layout.owner[cell.column : cell.column + cell.column_span] if o is not None})
        lines = _lines_in_band(cell, band, box, merged=key not in owners)
        if not owners:
            unread.extend(lines)
        for place, own in _shared_out(lines, owners, layout).items():
            found.setdefault(place, []).extend(own)
    taken = {
        place: Taken(join_lines(lines), tuple((page, line) for line in lines))
        for place, lines in sorted(found.items())
        if layout.places[place].column.kind != "ignore" and any(line.text for line in lines)
    }
    return Row(page, box, layout, taken, tuple(unread))


def _lines_in_band(cell: Cell, band: tuple[int, int], box: Box | None, merged: bool) -> Sequence[Line]:
    """Lines of a cell that belong to this band. A cell over several rows gives each row the lines at its height, but a
    single text in the middle of such a cell was merged on purpose (not a name): it holds for all of them."""
    if (band[0] <= cell.row and cell.row + cell.row_span <= band[1]) or box is None or cell.box is None:
        return cell.lines
    middle = (min(line.top for line in cell.lines) + max(line.bottom for line in cell.lines)) / 2
    if cell.row_span > 1 and abs(middle - (cell.box.top + cell.box.bottom) / 2) < MIDDLE and merged:
        return cell.lines
    return lines_between(cell.lines, box.top, box.bottom)


def _shared_out(lines: Sequence[Line], owners: Sequence[int], layout: Layout) -> dict[int, list[Line]]:
    """Lines of a cell over several places.

    Words far apart go to the places over which they stand (a border is missing). A text over columns of years alone was
    merged on purpose: it holds for all of them; one that begins under the name or unit only runs over its neighbours.
    """
    if len(owners) < 2:
        return {owner: list(lines) for owner in owners}
    parts: dict[int, list[Line]] = {}
    for line in lines:
        for place, start, end in _apart(line, owners, layout):
            parts.setdefault(place, []).append(slice_line(line, start, end))
    figures = all(FIGURE.fullmatch(join_lines(own)) and len(own) == 1 for own in parts.values())
    years = all(layout.places[owner].column.kind in FIGURES for owner in owners)
    return {owner: list(lines) for owner in owners} if years and not (figures and len(parts) > 1) else parts


def _apart(line: Line, owners: Sequence[int], layout: Layout) -> list[tuple[int, int, int]]:
    """(place, start, end) of the pieces of a line: a piece ends before a wide gap behind which other words stand over another
    place."""
    pieces: list[tuple[int, int, int]] = []
    reached = 0.0
    for match in regex.finditer(r"\S+", line.text):
        box = line.box(match.start(), match.end())
        if box is None:
            return [(owners[0], 0, len(line.text))]
        middle = (box.x0 + box.x1) / 2
        place = min(owners, key=lambda o: max(layout.places[o].x0 - middle, middle - layout.places[o].x1))
        if pieces and (place == pieces[-1][0] or box.x0 - reached < APART * (line.size or line.bottom - line.top)):
            pieces[-1] = (pieces[-1][0], pieces[-1][1], match.end())
        else:
            pieces.append((place, match.start(), match.end()))
        reached = box.x1
    return pieces
