"""DOCX to lines and tables: what Word would print, in reading order. A line's number is that of its paragraph.

Numbers of lists are made as Word makes them (word_numbering), boxes of all three kinds (symbol, content control, legacy
form field) are read, text boxes follow the paragraph that holds them, foot- and endnotes stand at the end. Left out: deleted
and hidden text, field codes, placeholders, comments, footers. Headers come first: offices print their name and year there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from extract.errors import DocumentError
from extract.limits import LIMITS, Limits
from extract.ooxml import Package, child, is_on, name_of, value_of
from extract.pageless import CHECKED, UNCHECKED, CellDraft, Sheet, line_of
from extract.word_numbering import Numbering
from schemas.document import Line, Page
from schemas.outcome import Status

_SKIPPED = frozenset(
    "del moveFrom instrText delText delInstrText pPr rPr sdtPr tblPr tblGrid trPr tcPr sectPr proofErr bookmarkStart bookmarkEnd "
    "commentRangeStart commentRangeEnd commentReference annotationRef footnoteReference endnoteReference rt".split()
)
_SYMBOL_FACES = ("Wingdings", "Webdings", "Symbol")
# Wingdings' boxes are mended by their code in U+F0xx as in PDFs; these two faces have codes of their own
_IN_FACE: dict[str, dict[int, str]] = {
    "Wingdings 2": dict.fromkeys((0x51, 0x52, 0x53, 0x54), CHECKED)
    | dict.fromkeys((0x2A, 0x30, 0xA3), UNCHECKED)
    | {0x50: "✓", 0x4F: "✗"},
    "Symbol": {code: chr(code) for code in range(0x21, 0x41) if chr(code) not in "\"$'*-@"}
    | {0x2A: "*", 0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"},
}


def read_docx(data: bytes, *, limits: Limits = LIMITS) -> tuple[Page, ...]:
    """One page without number.

    Raises DocumentError: damaged (zip, xml, no-document, doctype), encrypted, empty,
    too_large (xml-bytes, zip-bomb, lines, table-cells, depth).
    """
    package = Package(data, limits)
    body = package.main()
    numbering = Numbering(package.related("numbering"), package.related("styles"))
    reader = _Reader(Sheet(limits), numbering)
    for header in package.headers(body):
        reader.furniture(header)
    reader.blocks(body)
    for notes in ("footnotes", "endnotes"):
        if (part := package.related(notes)) is not None:
            reader.notes(part)
    return (reader.sheet.page(),)


@dataclass(slots=True)
class _Run:
    """A paragraph being read: its pieces and whether all of them are bold; fields that are open (their code is not shown)."""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes, read after the paragraph

    def lines(self, number: int) -> Iterator[Line]:
        bold = bool(self.bold) and all(self.bold)
        for text in "".join(self.pieces).split("\n"):
            yield line_of(text, number, bold=bold)


class _Reader:
    def __init__(self, sheet: Sheet, numbering: Numbering) -> None:
        self.sheet, self.numbering = sheet, numbering
        self.paragraphs = 0
        self.field_codes: list[bool] = []  # open fields: True while in their code

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables of a body, header or text box."""
        for block in _unwrapped(parent):
            if name_of(block) == "p":
                for line in self._paragraph(block):
                    self.sheet.add(line)
            else:
                self._table(block)

    def furniture(self, header: etree._Element) -> None:
        """A header's lines; numbers of pages alone are no text."""
        for block in _unwrapped(header):
            for line in self._block_lines(block):
                if any(char.isalpha() for char in line.text):
                    self.sheet.add(line)

    def notes(self, part: etree._Element) -> None:
        for note in part:
            if value_of(note, "type") in (None, "normal"):
                self.blocks(note)

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in _unwrapped(table, ("tr",)) if not is_on(child(row, "trPr", "del"))]
        cells = [list(_unwrapped(row, ("tc",))) for row in rows]
        all_cells = [cell for row in cells for cell in row]
        if all(len(row) <= 1 for row in cells) or any(name_of(item) == "tbl" for cell in all_cells for item in _unwrapped(cell)):
            for cell in all_cells:  # it lays out the page
                self.blocks(cell)
            return
        self.sheet.add_table(_merged([list(self._row(row, group)) for row, group in zip(rows, cells, strict=True)]))

    def _row(self, row: etree._Element, cells: list[etree._Element]) -> Iterator[tuple[CellDraft, bool]]:
        """The row's cells, and whether each continues the one above."""
        column = _count(child(row, "trPr", "gridBefore"), 0)
        for cell in cells:
            span = _count(child(cell, "tcPr", "gridSpan"), 1)
            merge = child(cell, "tcPr", "vMerge")
            continues = merge is not None and value_of(merge) in (None, "continue")
            lines = tuple(line for block in _unwrapped(cell) for line in self._block_lines(block) if line.text)
            yield CellDraft(lines, 1, span, column), continues
            column += span

    def _block_lines(self, block: etree._Element) -> Iterator[Line]:
        if name_of(block) == "p":
            yield from self._paragraph(block)
            return
        for row in _unwrapped(block, ("tr",)):
            for cell in _unwrapped(row, ("tc",)):
                for inner in _unwrapped(cell):
                    yield from self._block_lines(inner)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        self.paragraphs += 1
        if self.paragraphs > self.sheet.limits.lines:
            raise DocumentError(Status.TOO_LARGE, "lines", str(self.sheet.limits.lines))
        number = self.paragraphs
        run = _Run()
        self._inline(paragraph, run)
        properties = child(paragraph, "pPr")
        if child(properties, "rPr", "del") is None:  # a deleted paragraph is not counted
            run.pieces.insert(0, self.numbering.label(properties) if "".join(run.pieces).strip() else "")
        yield from run.lines(number)
        for box in run.boxes:
            for block in _unwrapped(box):
                yield from self._block_lines(block)

    def _inline(self, parent: etree._Element, run: _Run) -> None:
        for item in parent:
            name = name_of(item)
            if name in _SKIPPED:
                continue
            if name == "r":
                self._run(item, run)
            elif name == "sdt":
                self._control(item, run)
            elif name == "f":  # a fraction of a formula
                self._fraction(item, run)
            elif name == "t":
                run.pieces.append(item.text or "")  # of a formula
            elif name == "AlternateContent":
                self._inline(_alternative(item), run)
            else:
                self._inline(item, run)

    def _run(self, element: etree._Element, run: _Run) -> None:
        properties = child(element, "rPr")
        if is_on(child(properties, "vanish")):
            return
        face = value_of(child(properties, "rFonts"), "ascii") or ""
        before = len(run.pieces)
        for item in element:
            self._piece(item, run, face)
        if "".join(run.pieces[before:]).strip():
            run.bold.append(is_on(child(properties, "b")) or is_on(child(properties, "bCs")))

    def _piece(self, item: etree._Element, run: _Run, face: str) -> None:
        name = name_of(item)
        if name == "fldChar":
            self._field_mark(item, run)
        elif name == "AlternateContent":
            for inner in _alternative(item):
                self._piece(inner, run, face)
        elif name in ("drawing", "pict", "object"):
            run.boxes += _text_boxes(item)
        elif self.field_codes and any(self.field_codes):
            return
        elif name == "t":
            run.pieces.append(_in_face((item.text or "").replace("\n", " "), face))
        elif name in ("tab", "ptab"):
            run.pieces.append("\t")
        elif name in ("br", "cr"):
            run.pieces.append("\n")
        elif name == "noBreakHyphen":
            run.pieces.append("-")
        elif name == "sym":
            run.pieces.append(_symbol(value_of(item, "font") or face, value_of(item, "char") or ""))
        elif name == "ruby":
            self._inline(item, run)

    def _field_mark(self, item: etree._Element, run: _Run) -> None:
        kind = value_of(item, "fldCharType")
        if kind == "begin":
            self.field_codes.append(True)
            run.pieces.append(_form_field(child(item, "ffData")))
        elif kind == "separate" and self.field_codes:
            self.field_codes[-1] = False
        elif kind == "end" and self.field_codes:
            self.field_codes.pop()

    def _control(self, control: etree._Element, run: _Run) -> None:
        """A content control: a box by its state, a placeholder is nothing, anything else its content."""
        properties, content = child(control, "sdtPr"), child(control, "sdtContent")
        box = child(properties, "checkbox")
        if box is not None:
            run.pieces.append(CHECKED if is_on(child(box, "checked")) else UNCHECKED)
        elif content is not None and not is_on(child(properties, "showingPlcHdr")):
            self._inline(content, run)

    def _fraction(self, fraction: etree._Element, run: _Run) -> None:
        for name, after in (("num", " / "), ("den", "")):
            if (part := child(fraction, name)) is not None:
                self._inline(part, run)
                run.pieces.append(after)


def _unwrapped(parent: etree._Element, names: tuple[str, ...] = ("p", "tbl")) -> Iterator[etree._Element]:
    """Children of those names, also inside content controls and marks of revision (deleted ones left out)."""
    for item in parent:
        name = name_of(item)
        if name in names:
            yield item
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _unwrapped(item, names)
        elif name == "AlternateContent":
            yield from _unwrapped(_alternative(item), names)


def _text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Contents of text boxes, each once although a drawing may stand there in two forms."""
    for item in drawing:
        name = name_of(item)
        if name == "txbxContent":
            yield item
        else:
            yield from _text_boxes(_alternative(item) if name == "AlternateContent" else item)


def _alternative(element: etree._Element) -> etree._Element:
    """The first choice of mc:AlternateContent: every choice shows the same."""
    found = child(element, "Choice")
    if found is None or not any(name_of(item) for item in found.iter() if name_of(item) in ("t", "sym", "p")):
        other = child(element, "Fallback")
        found = other if other is not None else found
    return found if found is not None else element


def _merged(rows: list[list[tuple[CellDraft, bool]]]) -> list[list[CellDraft]]:
    """Rows with vertical spans counted and continuing cells left out."""
    spans: dict[int, int] = {}
    merged: list[list[CellDraft]] = []
    for row in reversed(rows):
        kept, below = [], dict[int, int]()
        for cell, continues in row:
            rows_here = spans.get(cell.column or 0, 0) + 1
            if continues:
                below[cell.column or 0] = rows_here
            else:
                kept.append(replace(cell, row_span=rows_here))
        spans = below
        merged.append(kept)
    return merged[::-1]


def _in_face(text: str, face: str) -> str:
    """Letters of a symbol face to what they show. Thai in such a run is drawn in another face and stays."""
    if not face.startswith(_SYMBOL_FACES):
        return text
    return "".join(_symbol(face, f"{ord(char):X}") if " " < char < "Ā" or "\uf000" <= char <= "\uf0ff" else char for char in text)


def _symbol(face: str, code: str) -> str:
    """A symbol character: what it shows where a table here knows, else U+F0xx as PDF producers write it."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if face.startswith(_SYMBOL_FACES):
        return _IN_FACE.get(face, {}).get(value & 0xFF, chr(0xF000 | value & 0xFF))
    return chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value < 0x110000 else ""


def _form_field(data: etree._Element | None) -> str:
    """What a legacy form field shows by itself: a box, or the chosen entry of a list."""
    if data is None:
        return ""
    if (box := child(data, "checkBox")) is not None:
        state = child(box, "checked")
        return CHECKED if is_on(state if state is not None else child(box, "default")) else UNCHECKED
    if (choices := child(data, "ddList")) is not None:
        entries = [value_of(item) or "" for item in choices if name_of(item) == "listEntry"]
        chosen = _count(child(choices, "result"), 0)
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def _count(element: etree._Element | None, default: int) -> int:
    text = value_of(element) or ""
    return min(int(text), 1000) if text.isascii() and text.isdigit() and len(text) < 9 else default
