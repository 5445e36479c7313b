"""Inputs without pages: how their readers make lines and tables, so that text, Markdown, HTML and DOCX look alike behind them.

`printed` is what the file says, `text` what a reader sees, repaired. A table row whose cells have one line each stands in
`Page.lines` as one line, its cells apart by two spaces, as a PDF prints it; any other row stands there cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from extract.errors import DocumentError
from extract.limits import LIMITS, Limits
from extract.repair import repair_page
from schemas.document import Cell, Line, Page, Repair, Table
from schemas.outcome import Status

CHECKED, UNCHECKED = "☑", "☐"
_GAP = "  "  # between the cells of a joined row
_BLANKS = str.maketrans({"\t": " ", "\xa0": " "})


def line_of(
    printed: str, number: int | None = None, text: str | None = None, source: Sequence[int] | None = None, *, bold: bool = False
) -> Line:
    """A line, not repaired yet: that is done for all lines of a Sheet together. text, source: where the reader shows less or
    other characters than `printed` (Markdown's marks): source[i] is the place in `printed` of text[i]."""
    shown, places = _stripped(printed if text is None else text, source)
    return Line(text=shown.translate(_BLANKS), printed=printed, number=number, source=places, bold=bold)


def _stripped(text: str, source: Sequence[int] | None) -> tuple[str, tuple[int, ...] | None]:
    """Without white space at the ends; None for places that are the identity."""
    start = len(text) - len(text.lstrip())
    shown = text.strip()
    places = tuple(range(start, start + len(shown))) if source is None else tuple(source[start : start + len(shown)])
    return shown, None if source is None and not start else places


def joined(lines: Sequence[Line], gap: str = _GAP) -> Line:
    """One line out of several that stand beside each other."""
    if len(lines) == 1:
        return lines[0]
    source: list[int] = []
    repairs: list[Repair] = []
    text_at = printed_at = 0
    for line in lines:
        if text_at:
            source += range(printed_at - len(gap), printed_at)
        places = line.source if line.source is not None else range(len(line.text))
        source += (printed_at + at for at in places)
        repairs += (_shifted(repair, text_at, printed_at) for repair in line.repairs)
        text_at += len(line.text) + len(gap)
        printed_at += len(line.printed) + len(gap)
    return Line(
        text=gap.join(line.text for line in lines),
        printed=gap.join(line.printed for line in lines),
        number=lines[0].number,
        source=tuple(source),
        repairs=tuple(repairs),
        bold=all(line.bold for line in lines),
    )


def _shifted(repair: Repair, text_at: int, printed_at: int) -> Repair:
    return msgspec.structs.replace(
        repair,
        start=repair.start + text_at,
        end=repair.end + text_at,
        printed_start=repair.printed_start + printed_at,
        printed_end=repair.printed_end + printed_at,
    )


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell before its place in the grid is known. column: where the file names it, else the next free one."""

    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1
    column: int | None = None


@dataclass(slots=True)
class Sheet:
    """Collects the lines and tables of an input without pages. numbered: give every line the next number itself (HTML)."""

    limits: Limits = LIMITS
    numbered: bool = False
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Appends a line; blank ones are left out (their numbers stay free)."""
        if not line.text:
            return
        if len(self.lines) >= self.limits.lines:
            raise DocumentError(Status.TOO_LARGE, "lines", str(self.limits.lines))
        self.lines.append(self._given_number(line, len(self.lines) + 1))

    def _given_number(self, line: Line, number: int) -> Line:
        return msgspec.structs.replace(line, number=number) if self.numbered else line

    def add_table(self, rows: Sequence[Sequence[CellDraft]]) -> None:
        first, cells = len(self.lines), _Grid(self.limits)
        for row in rows:
            cells.add_row([self._added(cell, row) for cell in row] if not _one_line_each(row) else self._added_joined(row))
        if cells.placed:
            self.tables.append(
                Table(
                    box=None,
                    cells=tuple(cells.placed),
                    rows=cells.rows,
                    columns=cells.columns,
                    first_line=first,
                    last_line=len(self.lines),
                )
            )

    def _added(self, cell: CellDraft, row: Sequence[CellDraft]) -> CellDraft:
        lines = []
        for line in cell.lines:
            if line.text:
                self.add(line)
                lines.append(self.lines[-1])
        return CellDraft(tuple(lines), cell.row_span, cell.column_span, cell.column)

    def _added_joined(self, row: Sequence[CellDraft]) -> list[CellDraft]:
        lines = [line for cell in row for line in cell.lines if line.text]
        if lines:
            self.add(joined(lines))
        number = self.lines[-1].number if lines else None
        return [
            CellDraft(
                tuple(self._given_number(line, number or 0) for line in cell.lines if line.text),
                cell.row_span,
                cell.column_span,
                cell.column,
            )
            for cell in row
        ]

    def page(self) -> Page:
        if not self.lines:
            raise DocumentError(Status.EMPTY, "no-text")
        return repair_page(Page(number=None, lines=tuple(self.lines), tables=tuple(self.tables)))


def _one_line_each(row: Sequence[CellDraft]) -> bool:
    return all(sum(1 for line in cell.lines if line.text) <= 1 for cell in row)


class _Grid:
    """Places cells row by row around the spans from above."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.placed, self.rows, self.columns = limits, list[Cell](), 0, 0
        self._taken: dict[int, int] = {}  # column -> rows still covered from above
        self._area = 0

    def add_row(self, cells: Iterable[CellDraft]) -> None:
        column, below = 0, {at: left - 1 for at, left in self._taken.items() if left > 1}
        for cell in cells:
            column = cell.column if cell.column is not None else column
            while self._taken.get(column, 0) > 0:
                column += 1
            self._place(cell, column)
            if cell.row_span > 1:
                below |= dict.fromkeys(range(column, column + cell.column_span), cell.row_span - 1)
            column += cell.column_span
        self._taken = below
        self.rows += 1

    def _place(self, cell: CellDraft, column: int) -> None:
        self._area += cell.column_span
        if self._area > self.limits.table_cells or column > self.limits.table_cells:
            raise DocumentError(Status.TOO_LARGE, "table-cells", str(self.limits.table_cells))
        self.columns = max(self.columns, column + cell.column_span)
        self.placed.append(
            Cell(row=self.rows, column=column, row_span=cell.row_span, column_span=cell.column_span, lines=cell.lines)
        )
