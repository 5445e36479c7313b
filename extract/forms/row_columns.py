"""Columns of a table of records, known by what stands in their heading, never by their number.

A heading is one or more rows (also over a page break): a column's wording is its lowest heading cell, or the cells above
it joined to it ("งบประมาณ" over "ปี 2565"). The year of a column is printed in its heading, or counted from the budget
year's column ("ปีที่ผ่านมา" = two years before).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import regex

from extract.forms.wording import arabic, skeleton, wording
from extract.lines import join_lines
from schemas.document import Cell, Line
from schemas.form import RowColumn, RowsRule

LONGEST = 150  # letters of a heading; the longest of the books has 60
TIMEOUT = 0.05  # seconds a pattern may take on one line; ours take microseconds
_LETTER = regex.compile("[ก-ฮa-zA-Z]")


class Taken(msgspec.Struct, frozen=True):
    """A text of the report with the printed lines (page number, line) that it was made of, in reading order."""

    text: str
    lines: tuple[tuple[int | None, Line], ...]


class HeadingCell(msgspec.Struct, frozen=True):
    """A cell of a table's heading: its width in points, its text."""

    x0: float
    x1: float
    taken: Taken


class Place(msgspec.Struct, frozen=True):
    """A column found on the page: what it is, where it stands, its heading; fiscal_year (BE) for columns of a year."""

    column: RowColumn
    x0: float
    x1: float
    heading: Taken
    fiscal_year: int | None = None


class Layout(msgspec.Struct, frozen=True):
    """The columns of a table, left to right. bounds: borders of the table's columns; owner: each one's place or None.

    base: the budget year's place, None when it cannot be told.
    """

    places: tuple[Place, ...]
    bounds: tuple[tuple[float, float], ...]
    owner: tuple[int | None, ...]
    base: int | None = None

    def place_of(self, field: str) -> int | None:
        return next((i for i, place in enumerate(self.places) if place.column.fills == field), None)


def search(pattern: regex.Pattern[str], text: str) -> regex.Match[str] | None:
    """A form's pattern in a text; None also when it takes too long (forms may come from users)."""
    try:
        return pattern.search(text, timeout=TIMEOUT)
    except TimeoutError:
        return None


class ColumnWordings:
    """The wordings of a form's columns, ready to be compared; remembers what it was asked (headings repeat on every page)."""

    def __init__(self, rule: RowsRule) -> None:
        self.columns = rule.columns
        self._patterns = [(column, regex.compile(column.header_pattern)) for column in rule.columns if column.header_pattern]
        self._wordings = [(column, [wording(header) for header in column.headers]) for column in rule.columns]
        self._known: dict[str, RowColumn | None] = {}

    def column(self, text: str) -> RowColumn | None:
        """The column whose heading this text is: a pattern first (it tells the budget year's from the others), then the
        first wording."""
        if text not in self._known:
            self._known[text] = self._match(text) if len(text) < LONGEST and _LETTER.search(text) else None
        return self._known[text]

    def _match(self, text: str) -> RowColumn | None:
        flat = arabic(" ".join(text.split()))
        for column, pattern in self._patterns:
            if search(pattern, flat):
                return column
        core = skeleton(text)
        return next((column for column, words in self._wordings if any(word.equals(core) for word in words)), None)


def is_heading_row(cells: Sequence[Cell], wordings: ColumnWordings, above: Sequence[HeadingCell]) -> bool:
    """Do these cells, which begin in one row, make a heading? `above`: the heading so far, directly above.

    Most cells must be headings of columns; cells over several columns (a common heading) speak neither way.
    """
    known = unknown = 0
    for cell in cells:
        if not cell.lines:
            continue
        if wordings.column(join_lines(cell.lines)) or any(wordings.column(text) for text in _stacked(cell, above)):
            known += 1
        elif cell.column_span < 2:
            unknown += 1
    return known > unknown and (known > 1 or unknown == 0)


def _stacked(cell: Cell, above: Sequence[HeadingCell]) -> list[str]:
    """The cell's text behind those of the heading cells of its own width above it."""
    if cell.box is None:
        return []
    over = [h for h in above if abs(h.x0 - cell.box.x0) < 4 and abs(h.x1 - cell.box.x1) < 4]
    return [" ".join([h.taken.text for h in over[-depth:]] + [join_lines(cell.lines)]) for depth in range(1, len(over) + 1)]


def find_layout(
    bounds: Sequence[tuple[float, float]], heading: Sequence[HeadingCell], wordings: ColumnWordings, year: int | None
) -> Layout:
    """Columns from the heading cells above them. year: the document's fiscal year (BE), for tables whose budget year's
    column does not say that it is one."""
    places: list[Place] = []
    owner: list[int | None] = []
    before: HeadingCell | None = None
    for x0, x1 in bounds:
        over = [cell for cell in heading if cell.x0 <= (x0 + x1) / 2 <= cell.x1]
        found = _column_under(over, wordings)
        if found is None:
            owner.append(None)
            before = None
            continue
        column, cells = found
        lines = tuple(line for cell in cells for line in cell.taken.lines)
        taken = Taken(join_lines(line for _, line in lines), lines)
        if before is cells[-1]:  # an extra border inside one column
            places[-1] = msgspec.structs.replace(places[-1], x1=x1)
        else:
            places.append(Place(column, x0, x1, taken, _printed_year(taken.text, column)))
        owner.append(len(places) - 1)
        before = cells[-1]
    _claim_first(bounds, owner, places, wordings)
    base = _base_place(places, year)
    return Layout(tuple(_with_years(places, base)), tuple(bounds), tuple(owner), base)


def move_layout(layout: Layout, bounds: Sequence[tuple[float, float]]) -> Layout:
    """The same places over the columns of the table's next part: by number, or by position when there are other columns."""
    if len(bounds) == len(layout.bounds):
        return msgspec.structs.replace(layout, bounds=tuple(bounds))
    middles = [(x0 + x1) / 2 for x0, x1 in bounds]
    under = [next((o for o, b in zip(layout.owner, layout.bounds, strict=True) if b[0] <= x <= b[1]), None) for x in middles]
    return msgspec.structs.replace(layout, bounds=tuple(bounds), owner=tuple(under))


def _column_under(over: Sequence[HeadingCell], wordings: ColumnWordings) -> tuple[RowColumn, list[HeadingCell]] | None:
    """The lowest heading cell's column; else that of the cells above joined to it."""
    for depth in range(1, len(over) + 1):
        cells = list(over[-depth:])
        column = wordings.column(" ".join(cell.taken.text for cell in cells))
        if column is not None and column.kind != "ignore":
            return column, cells
    return None


def _claim_first(
    bounds: Sequence[tuple[float, float]], owner: list[int | None], places: list[Place], wordings: ColumnWordings
) -> None:
    """The name's column without its heading (cut off at a page's foot) is the first column that nothing else claims."""
    name = next((column for column in wordings.columns if column.fills == "/indicator/name"), None)
    taken = {place.column.id for place in places}
    if name is None or name.id in taken or not places or not owner or owner[0] is not None:
        return
    places.append(Place(name, *bounds[0], Taken("", ())))
    owner[0] = len(places) - 1


def _printed_year(text: str, column: RowColumn) -> int | None:
    """The year (BE) that the heading prints; two digits are 25xx, a CE year is 543 less."""
    if not column.header_pattern:
        return None
    found = search(regex.compile(column.header_pattern), arabic(" ".join(text.split())))
    if not found or "year" not in found.groupdict() or not found["year"]:
        return None
    year = int(found["year"])
    return year + 2500 if year < 100 else year + 543 if year < 2400 else year


def _base_place(places: Sequence[Place], year: int | None) -> int | None:
    """The budget year's place: the one whose heading says so (of two, the document's year's), else the document's year's."""
    marked = [i for i, place in enumerate(places) if place.column.base_year]
    same_year = [i for i in marked or range(len(places)) if places[i].fiscal_year is not None and places[i].fiscal_year == year]
    return next(iter(same_year or marked), None)


def _with_years(places: Sequence[Place], base: int | None) -> list[Place]:
    """Years of the columns that count from the budget year. A heading printed twice (ปีที่ผ่านมา over this year's column too)
    is the next year the second time, as long as it stays before the budget year."""
    year = None if base is None else places[base].fiscal_year
    if year is None:
        return list(places)
    counted: list[Place] = []
    for place in places:
        offset = place.column.year_offset
        if offset is not None and place.fiscal_year is None:
            given = {other.fiscal_year for other in counted}
            while offset < -1 and year + offset in given:
                offset += 1
            place = msgspec.structs.replace(place, fiscal_year=year + offset)
        counted.append(place)
    return counted
