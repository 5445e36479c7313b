"""Forms whose records are rows of ruled tables (budget books): a document's pages to tables of rows.

A table goes on over pages, with or without its heading repeated, until another heading line (งาน … รหัส …) or its
totals; a heading cell row in the middle is not a new table. What a table's heading line says holds for all its rows.
Nothing is lost silently: what could not be read as rows is told as a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import regex

from extract.forms.row_bands import Row, read_bands
from extract.forms.row_columns import ColumnWordings, HeadingCell, Layout, Taken, find_layout, is_heading_row, move_layout, search
from extract.forms.wording import skeleton, wording
from extract.lines import join_lines, slice_line
from extract.tables import find_tables
from extract.tables.bands import column_bounds
from schemas.document import Box, Cell, Line, Page, Table
from schemas.form import Form, RowsRule

FEWEST = 3  # columns of a table of records: a name, a unit, a year
AROUND = 40  # letters that may stand around a total's wording: a cell's line


class RowTable(msgspec.Struct):
    """One table of records, over all its pages. heading: what its heading line says, by field."""

    heading: dict[str, Taken]
    rows: list[Row] = []
    totals: list[Row] = []


class RowProblem(msgspec.Struct, frozen=True):
    """A place that may hold rows which were not read. reason: "no-table", "no-heading", "no-columns", "no-totals"."""

    page: int | None
    reason: str
    text: str


class RowsReading(msgspec.Struct, frozen=True):
    """All tables of a document; printed: what lines without label say for the whole document, by field."""

    tables: tuple[RowTable, ...]
    printed: dict[str, Taken]
    problems: tuple[RowProblem, ...]


def read_rows(pages: Iterable[Page], form: Form) -> RowsReading:
    """Tables of records of a document, in order. The form must have record.rows."""
    rule = form.record.rows
    assert rule is not None
    walk = _Walk(form, rule)
    for page in pages:
        walk.read_page(page if page.tables else find_tables(page))
    return walk.reading()


def total_of(row: Row, rule: RowsRule, begun: bool = False) -> str | None:
    """The wording of the total that this row prints (the nearest one), None for a row that is a record.

    The first total's wording may stand in other text (a cut-off line of the row above, an amount's unit), the others only
    once the totals have begun: an indicator may well speak of เงินงบประมาณ.
    """
    core = skeleton(row.text_of("/indicator/name"))
    if not core:
        return None
    totals = [wording(total) for total in rule.totals]
    same = [total for total in totals if total.core == core] or [total for total in totals if total.equals(core)]
    if same:
        return same[0].text
    allowed = totals if begun else totals[:1]
    inside = [total for total in allowed if total.core in core and len(core) - len(total.core) <= AROUND]
    return max(inside, key=lambda total: len(total.core)).text if inside else None


class _Walk:
    """Reads pages in order and remembers the open table, its columns and its heading in the making."""

    def __init__(self, form: Form, rule: RowsRule) -> None:
        self.rule, self.wordings = rule, ColumnWordings(rule)
        self.printed_lines = [(regex.compile(printed.pattern), printed.fills) for printed in form.printed]
        self.headings = [(regex.compile(heading.pattern), heading.fills) for heading in rule.headings]
        self.stops = regex.compile(rule.stops_pattern) if rule.stops_pattern else None
        self.tables: list[RowTable] = []
        self.printed: dict[str, Taken] = {}
        self.problems: list[RowProblem] = []
        self.table: RowTable | None = None  # the open one
        self.heading_place: tuple[int | None, str] = (None, "")
        self.layout: Layout | None = None
        self.heading: list[HeadingCell] = []  # of the heading rows directly before

    def read_page(self, page: Page) -> None:
        for item in _in_order(page):
            if isinstance(item, Table):
                self._read_table(item, page)
            else:
                self._read_line(item, page)

    def reading(self) -> RowsReading:
        self._close()
        return RowsReading(tuple(self.tables), self.printed, (*self.problems, *self._unfinished()))

    def _unfinished(self) -> Iterator[RowProblem]:
        """Tables without totals where most tables have them: their last rows may stand where no table was found."""
        open_ended = [table for table in self.tables if not table.totals]
        if 2 * len(open_ended) < len(self.tables):
            for table in open_ended:
                last = table.rows[-1]
                yield RowProblem(last.page, "no-totals", last.text_of("/indicator/name"))

    def _read_line(self, line: Line, page: Page) -> None:
        for pattern, fills in self.printed_lines:
            found = search(pattern, line.text)
            if not found:
                continue
            for group, field in fills.items():
                if found[group] and field not in self.printed:
                    self.printed[field] = _taken(line, page, *found.span(group))
        if self.stops and search(self.stops, line.text):
            self._close()
        for pattern, fills in self.headings:
            found = search(pattern, line.text)
            if found:
                self._close()
                self.heading_place = (page.number, line.text)
                fields = {field: _taken(line, page, *found.span(group)) for group, field in fills.items() if found[group]}
                self.table = RowTable(fields, [], [])

    def _begins_or_ends(self, line: Line) -> bool:
        if self.stops and search(self.stops, line.text):
            return True
        return any(search(pattern, line.text) for pattern, _ in self.headings)

    def _close(self) -> None:
        """Ends the open table: a heading without any row under it is a problem."""
        if self.table is not None:
            if self.table.rows or self.table.totals:
                self.tables.append(self.table)
            else:
                self.problems.append(RowProblem(self.heading_place[0], "no-table", self.heading_place[1]))
        self.table = None
        self.heading = []

    def _read_table(self, table: Table, page: Page) -> None:
        bounds = column_bounds(table)
        if not self._is_ours(table, bounds):
            unfinished = self.table is not None and self.table.rows and not self.table.totals
            if unfinished and table.columns >= FEWEST and table.rows > 1:
                self.problems.append(RowProblem(page.number, "no-columns", self.heading_place[1]))
            for line in sorted((line for cell in table.cells for line in cell.lines), key=lambda line: line.top):
                self._read_line(line, page)
            return
        start = heading_end = 0
        for row in range(table.rows):
            cells = [cell for cell in table.cells if cell.row == row]
            is_heading = row < heading_end or is_heading_row(cells, self.wordings, self.heading)
            marks = [line for cell in cells for line in cell.lines if self._begins_or_ends(line)]
            if is_heading or marks:
                self._read_segment(table, page, bounds, start, row)
                start = row + 1
            if is_heading:
                self.heading += [_heading_cell(cell, page) for cell in cells if cell.lines]
                heading_end = max([heading_end, *(cell.row + cell.row_span for cell in cells if cell.lines)])
            for line in marks:
                self._read_line(line, page)
        self._read_segment(table, page, bounds, start, table.rows)

    def _is_ours(self, table: Table, bounds: Sequence[tuple[float, float]]) -> bool:
        """A table with a heading of ours, or one that can be the open table's next part."""
        if self.table is not None and (self.heading or (self.layout is not None and _same_columns(self.layout, bounds))):
            return True
        rows = ([cell for cell in table.cells if cell.row == row] for row in range(table.rows))
        return any(is_heading_row(cells, self.wordings, self.heading) for cells in rows)

    def _read_segment(self, table: Table, page: Page, bounds: Sequence[tuple[float, float]], first: int, after: int) -> None:
        """Rows between two headings (or the table's ends)."""
        if first >= after:
            return
        layout = self._layout_for(bounds, page)
        if layout is None:
            return
        self.layout = layout
        for row in read_bands(table, page.number, layout, first, after):
            self._take(row, page)

    def _layout_for(self, bounds: Sequence[tuple[float, float]], page: Page) -> Layout | None:
        """The heading just read, else that of the open table when this one has the same columns."""
        heading, self.heading = self.heading, []
        if heading:
            layout = find_layout(bounds, heading, self.wordings, self._year())
            if layout.place_of("/indicator/name") is not None and len(layout.places) >= FEWEST:
                return layout
        if self.layout is not None and _same_columns(self.layout, bounds) and (heading or self.table is not None):
            return move_layout(self.layout, bounds)
        if heading and self.table is not None:
            self.problems.append(RowProblem(page.number, "no-columns", heading[-1].taken.text))
        return None

    def _take(self, row: Row, page: Page) -> None:
        total = total_of(row, self.rule, bool(self.table and self.table.totals))
        if self.table is None or (self.table.totals and total is None):
            if self.table is not None:
                self._close()
            if self.rule.headings:
                self.problems.append(RowProblem(page.number, "no-heading", row.text_of("/indicator/name")))
            self.table = RowTable({}, [], [])
        (self.table.totals if total else self.table.rows).append(row)

    def _year(self) -> int | None:
        taken = self.printed.get("/fiscal_year")
        found = regex.search(r"\d{4}", taken.text) if taken else None
        return int(found[0]) if found else None


def _same_columns(layout: Layout, bounds: Sequence[tuple[float, float]]) -> bool:
    """As many columns of about the same widths (a table moved sideways on the next page is the same), or the same
    borders with some more among them (an extra line in a column, a stub outside the table)."""
    if len(layout.bounds) == len(bounds):
        return all(abs((a[1] - a[0]) - (b[1] - b[0])) < 6.0 for a, b in zip(layout.bounds, bounds, strict=True))
    borders = [x for bound in bounds for x in bound]
    return all(min(abs(x - border) for border in borders) < 3.0 for bound in layout.bounds for x in bound)


def _in_order(page: Page) -> Iterator[Line | Table]:
    """The page's tables and the lines outside them, top to bottom; without pages, in the order of the lines."""
    if page.number is None:
        inside = {index for table in page.tables for index in range(table.first_line, table.last_line)}
        placed: list[tuple[float, int, Line | Table]] = [(i, 1, line) for i, line in enumerate(page.lines) if i not in inside]
        placed += [(table.first_line, 0, table) for table in page.tables]
    else:
        boxes = [table.box for table in page.tables if table.box]
        placed = [(line.top, 1, line) for line in page.lines if not any(_lies_in(line, box) for box in boxes)]
        placed += [(table.box.top if table.box else 0.0, 0, table) for table in page.tables]
    yield from (item for _, _, item in sorted(placed, key=lambda item: item[:2]))


def _lies_in(line: Line, box: Box) -> bool:
    """The line's middle is in the box."""
    if not box.top <= (line.top + line.bottom) / 2 <= box.bottom:
        return False
    own = line.box()
    return own is not None and box.x0 <= (own.x0 + own.x1) / 2 <= box.x1


def _heading_cell(cell: Cell, page: Page) -> HeadingCell:
    x0, x1 = (cell.box.x0, cell.box.x1) if cell.box else (float(cell.column), float(cell.column + cell.column_span))
    return HeadingCell(x0, x1, Taken(join_lines(cell.lines), tuple((page.number, line) for line in cell.lines)))


def _taken(line: Line, page: Page, start: int, end: int) -> Taken:
    part = slice_line(line, start, end)
    return Taken(part.text, ((page.number, part),))
