"""A document as one flow of printed lines, tables cell by cell, page furniture set apart.

Lengths are points on pages and characters (marks above and below not counted) in inputs without pages: `left` and
`right` of a row, the margins, and every comparison between them are in the same unit within a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import msgspec
import regex

from extract.forms.breaks import Measure, item_number, opens_paragraph
from extract.forms.furniture import running_lines
from extract.forms.wording import Wording, skeleton, wording
from extract.tables import find_tables
from schemas.document import Cell, Document, Line, Page, Table
from schemas.form import Form

_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b]")
_SECTION_NUMBER = re.compile(r"\s*\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]+\s*")
_BLANK = re.compile(r"[\s._…·⋯\-–—=*]*")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A printed line of the flow, or a line of a cell. page: index into the document's pages.

    opens: it begins a paragraph (False: it continues the row before it). table, cell: the table it stands in.
    """

    index: int
    page: int
    line: Line
    left: float
    right: float
    opens: bool = True
    table: int | None = None
    cell: Cell | None = None
    furniture: bool = False

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def blank(self) -> bool:
        """Dots, rules and stars alone: nothing to read."""
        return _BLANK.fullmatch(self.line.text) is not None and not re.fullmatch(r"\s*[-–—]\s*", self.line.text)


@dataclass(frozen=True, slots=True)
class Placed:
    """A table and its rows of the flow: rows[first:last]."""

    table: Table
    page: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Flow:
    document: Document
    rows: tuple[Row, ...]
    tables: tuple[Placed, ...]

    def page_number(self, row: Row) -> int | None:
        return self.document.pages[row.page].number


def lay_out(document: Document) -> Flow:
    """The document's rows in reading order. Tables of ruled pages are looked for where nobody has yet."""
    pages = [find_tables(page) if page.rules and not page.tables else page for page in document.pages]
    document = msgspec.structs.replace(document, pages=tuple(pages))
    idle = running_lines(pages)
    rows: list[Row] = []
    tables: list[Placed] = []
    for number, page in enumerate(pages):
        for piece in _pieces(page) if page.reading is not None else ():
            first = len(rows)
            if isinstance(piece, Table):
                rows += _cell_rows(piece, number, len(tables), first)
                tables.append(Placed(piece, number, first, len(rows)))
            else:
                left, right = extent(page.lines[piece])
                rows.append(Row(first, number, page.lines[piece], left, right, furniture=(number, piece) in idle))
    return Flow(document, tuple(with_paragraphs(document, rows)), tuple(tables))


def with_furniture(flow: Flow, form: Form) -> Flow:
    """The flow with a form's own page furniture set apart, and its titles and labels never taken for furniture."""
    patterns = [regex.compile(pattern) for pattern in form.furniture.patterns]
    lines = [wording(text) for text in form.furniture.lines]
    own = [wording(e.text) for e in form.recognition.evidence if e.text and e.where == "title"]
    own += [wording(label.replace("{quarter}", str(n))) for s in form.sections for label in s.labels for n in range(1, 5)]

    def is_furniture(row: Row) -> bool:
        core = skeleton(row.text)
        if any(line.equals(core) for line in lines) or any(p.fullmatch(row.text.strip(), timeout=1.0) for p in patterns):
            return True
        return row.furniture and not _begins_any(own, skeleton(_SECTION_NUMBER.sub("", row.text)))

    rows = [replace(row, furniture=is_furniture(row)) for row in flow.rows]
    if all(a.furniture == b.furniture for a, b in zip(rows, flow.rows, strict=True)):
        return flow
    return replace(flow, rows=tuple(with_paragraphs(flow.document, rows)))


def _begins_any(words: Sequence[Wording], core: str) -> bool:
    """Whether the line begins with one of the wordings, or is the first line of a wrapped one."""
    return any(word.begins(core) or (len(core) > 5 and word.core.startswith(core)) for word in words)


def extent(line: Line) -> tuple[float, float]:
    """Left and right of a line in points; 0 and its length in characters without a place."""
    box = line.box()
    if box is not None:
        return box.x0, box.x1
    return 0.0, float(characters(line.text))


def width(line: Line, start: int, end: int) -> float:
    """Length of line.text[start:end] in the flow's unit."""
    box = line.box(start, end)
    return box.x1 - box.x0 if box is not None else float(characters(line.text[start:end]))


def is_wide(line: Line, end: int, start: int) -> bool:
    """Whether the gap between text[:end] and text[start:] is wider than between words: 0.8 of the type size; two spaces or
    a tab where there are no places."""
    if end < 1 or start >= len(line.text):
        return False
    before, after = line.box(end - 1, end), line.box(start, start + 1)
    if before is None or after is None:
        return "\t" in (gap := line.printed_text(end, start)) or len(gap) > 1
    return after.x0 - before.x1 > 0.8 * (line.size or 12.0)


def characters(text: str) -> int:
    """Characters that take a place of their own: without marks above and below."""
    return len(_MARKS.sub("", text))


def _pieces(page: Page) -> Iterator[Table | int]:
    """Tables with columns, and the indexes of the lines outside them."""
    tables = sorted((t for t in page.tables if t.columns > 1 and len(t.cells) > 1), key=lambda t: t.first_line)
    at = 0
    for table in tables:
        if table.first_line < at:
            continue
        yield from range(at, table.first_line)
        yield table
        at = max(at, table.last_line)
    yield from range(at, len(page.lines))


def _cell_rows(table: Table, page: int, number: int, first: int) -> Iterator[Row]:
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        for line in cell.lines:
            left, right = extent(line)
            yield Row(first, page, line, left, right, table=number, cell=cell)
            first += 1


# ---- paragraphs


def with_paragraphs(document: Document, rows: Sequence[Row]) -> Iterable[Row]:
    """Rows that know whether they begin a paragraph."""
    measure = _measure(document, rows)
    before: Row | None = None
    last_item: tuple[int, ...] | None = None
    for row in rows:
        if row.furniture:
            yield row
            continue
        opens = before is None or opens_paragraph(before, row, measure, last_item)
        if opens and (number := item_number(row.text)) is not None:
            last_item = number
        before = replace(row, opens=opens)
        yield before


def _measure(document: Document, rows: Sequence[Row]) -> Measure:
    body = [row for row in rows if row.cell is None and not row.furniture]
    paged = document.pages[0].number is not None if document.pages else False
    if paged:
        right = _right_margin(body, document)
        return Measure(paged=True, right=right, leading=_leading(body), columns=_columns(body), parted=_parting(body, right))
    if not document.media_type.startswith("text/") or document.media_type == "text/html":
        return Measure(paged=False, right=None, leading=0.0)
    return Measure(paged=False, right=_wrap_column(body), leading=0.0, blanks_part=_blank_lines_part(body))


def _right_margin(rows: Sequence[Row], document: Document) -> float | None:
    """The outermost right edge that two rows share within 3 % of the page's width; a table's where no two rows do."""
    slack = 0.03 * max(page.width for page in document.pages)
    rights = sorted((row.right for row in rows), reverse=True)
    boxes = [table.box.x1 for page in document.pages for table in page.tables if table.box is not None and table.columns > 1]
    shared = (a for a, b in pairwise(rights) if a - b <= slack)
    return next(shared, max([*rights[:1], *boxes], default=None))


def _columns(rows: Sequence[Row]) -> float:
    """Characters of the longest lines (the second longest: one may run over)."""
    lengths = sorted((characters(row.text) for row in rows), reverse=True)
    return float(lengths[min(1, len(lengths) - 1)]) if lengths else 0.0


def _steps(rows: Sequence[Row]) -> Iterator[tuple[Row, float]]:
    """Each row with the distance from its top to the next one's on its page."""
    for row, below in pairwise(rows):
        if row.page == below.page and below.line.top > row.line.top:
            yield row, below.line.top - row.line.top


def _leading(rows: Sequence[Row]) -> float:
    """Usual distance of one line's top to the next one's."""
    steps = [step for _, step in _steps(rows)]
    return median(steps) if steps else 0.0


def _parting(rows: Sequence[Row], right: float | None) -> float | None:
    """Distance from which a paragraph begins, where paragraphs are set apart: steps below short rows are at least 6 %
    wider than those below full ones (made web pages: 10 %). None where they are not."""
    if right is None:
        return None
    full = [step for row, step in _steps(rows) if row.right >= 0.93 * right]
    short = [step for row, step in _steps(rows) if row.right < 0.7 * right]
    if len(full) < 3 or len(short) < 3 or median(short) < 1.06 * median(full):
        return None
    return (median(short) + median(full)) / 2


def _wrap_column(rows: Sequence[Row]) -> float | None:
    """Column at which a text was wrapped; None where every line is a paragraph.

    Wrapped texts have a crowd of lines just short of one column and few beyond: at least four lines, and 40 % of those
    longer than 0.6 of it, lie in the last 9 % (made reports: 53 %; texts with a paragraph a line: under 25 %).
    """
    lengths = sorted(row.right for row in rows)
    best: tuple[int, float] | None = None
    for column in sorted({length for length in lengths if length >= 40}):
        band = sum(0.91 * column <= length <= column for length in lengths)
        near = sum(0.6 * column <= length <= 1.5 * column for length in lengths)
        if band >= 4 and band >= 0.4 * near and (best is None or band >= best[0]):
            best = (band, column)
    return best[1] if best else None


def _blank_lines_part(rows: Sequence[Row]) -> bool:
    """Whether blank lines part paragraphs: long lines follow one another both with and without one."""
    pairs = [(a, b) for a, b in pairwise(rows) if a.right >= 40]
    close = sum(b.line.number == (a.line.number or 0) + 1 for a, b in pairs)
    return 0 < close < len(pairs) and close >= 3
