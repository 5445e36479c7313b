"""HTML to lines and tables as a browser would show them: hidden parts, scripts and style out; list numbers, form fields
and boxes in. Nothing is fetched and no entity of the document's own is expanded (libxml2's HTML parser knows none).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.encoding import decode
from extract.errors import DocumentError
from extract.limits import LIMITS, Limits
from extract.pageless import CHECKED, UNCHECKED, CellDraft, Sheet, line_of
from schemas.document import Line, Page
from schemas.outcome import Status

_UNSEEN = frozenset(
    "head script style template noscript object iframe svg math audio video canvas datalist title meta link map".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary ul "
    "table caption colgroup thead tbody tfoot tr td th".split()
)
_BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,30})""", re.I
)
_HIDES = re.compile(r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
_CSS_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_CSS_PRINT = re.compile(r"@media[^{}]{0,200}\bprint\b[^{}]{0,200}\{(?:[^{}]{0,500}\{[^{}]{0,2000}\}){0,500}[^{}]{0,500}\}")
_CSS_SELECTOR = re.compile(r"([A-Za-z][\w-]*)?([.#])?([\w-]+)?")
_NO_BULLET = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*\bnone\b", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_html(data: bytes, *, limits: Limits = LIMITS) -> tuple[Page, ...]:
    """One page without number; lines are numbered as they are shown.

    Raises DocumentError: empty, too_large (bytes, lines, depth, table cells), unsupported/binary, damaged/encoding.
    """
    if len(data) > limits.text_bytes:
        raise DocumentError(Status.TOO_LARGE, "text-bytes", str(limits.text_bytes))
    declared = _DECLARED.search(data[:4096])
    text = decode(data, (declared[1] or declared[2]).decode("ascii") if declared else None)
    walk = _Walk(Sheet(limits, numbered=True), _hiding_rules(text))
    walk.block(_tree(text, limits))
    walk.end_line()
    return (walk.sheet.page(),)


def _tree(text: str, limits: Limits) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise DocumentError(Status.DAMAGED, "html", str(error)) from error
    if root is None:
        raise DocumentError(Status.EMPTY, "no-text")
    deepest = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        deepest += 1 if event == "start" else -1
        if deepest > limits.html_depth:
            raise DocumentError(Status.TOO_LARGE, "depth", f"line {element.sourceline}")
    if any("depth" in entry.message.lower() for entry in parser.error_log):  # libxml2 stops there and drops the rest
        raise DocumentError(Status.TOO_LARGE, "depth")
    return root


def _hiding_rules(text: str) -> frozenset[str]:
    """Simple selectors (tag, .class, #id, tag.class) that a <style> of the page hides."""
    hidden: set[str] = set()
    for style in re.findall(r"<style[^>]{0,200}>(.*?)</style", text, re.S | re.I):
        for selectors, body in _CSS_RULE.findall(_CSS_PRINT.sub(" ", _CSS_COMMENT.sub(" ", style))):
            if _HIDES.search(body):
                hidden |= {selector.strip() for selector in selectors.split(",") if _CSS_SELECTOR.fullmatch(selector.strip())}
    return frozenset(hidden)


@dataclass(slots=True)
class _Walk:
    """Walks the tree and writes lines. `line` is the line being written."""

    sheet: Sheet
    hiding: frozenset[str]
    line: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    marker: str = ""  # the list number that begins the line
    written: list[Line] | None = None  # where lines go inside a table's cell
    depth_bold: int = 0
    depth_pre: int = 0
    counters: list[Callable[[etree._Element], str]] = field(default_factory=list)

    def block(self, element: etree._Element) -> None:
        """An element and what it holds (not its tail)."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or self._is_hidden(element):
            return
        if tag == "br":
            self.end_line()
        elif tag in ("input", "select", "textarea", "progress", "meter"):
            self._field(element)
        elif tag == "table" and (rows := _rows(element)) is not None:
            self._table(element, rows)
        else:
            self._inside(element, tag)

    def _inside(self, element: etree._Element, tag: str) -> None:
        breaks, bold, pre = tag in _BLOCKS, tag in _BOLD, tag == "pre"
        if breaks and (not self.marker or "".join(self.line).strip() != self.marker.strip()):  # a list number stays with its text
            self.end_line()
        self.depth_bold += bold
        self.depth_pre += pre
        if tag in ("ol", "ul", "menu"):
            self.counters.append(_ordered(element) if tag == "ol" else _bullets(element))
        if tag == "li" and self.counters:
            self.marker = self.counters[-1](element)
            self.write(self.marker)
        self.children(element)
        if tag in ("ol", "ul", "menu"):
            self.counters.pop()
        self.depth_bold -= bold
        self.depth_pre -= pre
        if breaks:
            self.end_line()

    def children(self, element: etree._Element) -> None:
        self.write(element.text or "")
        for child in element:
            self.block(child)
            self.write(child.tail or "")

    def write(self, text: str) -> None:
        if self.depth_pre and "\n" in text:
            for number, part in enumerate(text.split("\n")):
                if number:
                    self.end_line()
                self.line.append(part.rstrip("\r"))
        elif text:
            self.line.append(text if self.depth_pre else _SPACE.sub(" ", text))
        if text.strip():
            self.bold.append(self.depth_bold > 0)

    def end_line(self) -> None:
        text = "".join(self.line)
        if not self.depth_pre:
            text = re.sub(" {2,}", " ", text)
        line = line_of(text.replace("\xad", "").strip(" \r"), bold=bool(self.bold) and all(self.bold))
        self.line, self.bold, self.marker = [], [], ""
        if self.written is not None:
            self.written.append(line)
        else:
            self.sheet.add(line)

    def _field(self, element: etree._Element) -> None:
        """What a form field shows: boxes as ☑ and ☐, otherwise its value."""
        kind = (element.get("type") or "text").lower()
        if element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            self.write(", ".join(_text(option) for option in chosen))
        elif element.tag != "input":
            self.write(_text(element))
        elif kind in ("checkbox", "radio"):
            self.write(f"{CHECKED if element.get('checked') is not None else UNCHECKED} ")
        elif kind in ("text", "number", "date", "month", "tel", "email", "url", "search", "datetime-local"):
            self.write(element.get("value") or "")

    def _is_hidden(self, element: etree._Element) -> bool:
        if element.get("hidden") is not None or _HIDES.search(element.get("style") or ""):
            return True
        if element.tag == "input" and (element.get("type") or "").lower() == "hidden":
            return True
        if not self.hiding:
            return False
        names = ["", *(f".{name}" for name in (element.get("class") or "").split()), f"#{element.get('id')}"]
        return any(name in self.hiding or f"{element.tag}{name}" in self.hiding for name in names)

    def _table(self, table: etree._Element, rows: list[etree._Element]) -> None:
        self.end_line()
        for caption in table.iterchildren("caption"):
            self.block(caption)
        drafts = [[self._cell(cell) for cell in row if self._is_cell(cell)] for row in rows if not self._is_hidden(row)]
        if self.written is None:
            self.sheet.add_table([row for row in drafts if row])
        else:  # inside a cell of an outer table that is kept: its lines only
            self.written += (line for row in drafts for cell in row for line in cell.lines)

    def _is_cell(self, element: etree._Element) -> bool:
        return element.tag in ("td", "th") and not self._is_hidden(element)

    def _cell(self, cell: etree._Element) -> CellDraft:
        outer, self.written = self.written, []
        self.block(cell)
        self.end_line()
        lines, self.written = tuple(line for line in self.written if line.text), outer
        return CellDraft(lines, _span(cell, "rowspan"), _span(cell, "colspan"))


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _rows(table: etree._Element) -> list[etree._Element] | None:
    """Rows of a table of figures; None for one that only lays out the page (nested tables, or a single cell a row)."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    rows = [row for row in table.iterdescendants("tr") if len(row)]
    return rows if any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in rows) else None


def _span(cell: etree._Element, name: str) -> int:
    """1 to 1000, as browsers read it; 0 ("to the end") counts as 1."""
    text = (cell.get(name) or "").strip()
    return min(1000, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _bullets(element: etree._Element) -> Callable[[etree._Element], str]:
    shown = not _NO_BULLET.search(element.get("style") or "") and element.get("data-role") != "listview"
    return lambda _: "• " if shown else ""


def _ordered(element: etree._Element) -> Callable[[etree._Element], str]:
    """Numbers of an <ol>: start, value and type as given; Thai numerals where its style says so."""
    style, kind = element.get("style") or "", element.get("type") or "1"
    if _NO_BULLET.search(style):
        return lambda _: ""
    numbers = _numbers(element)

    def shown(item: etree._Element) -> str:
        value = next(numbers) if not (item.get("value") or "").lstrip("-").isdecimal() else int(item.get("value", "0")[:9])
        text = str(value)
        if kind in "aA" and 1 <= value <= 26:
            text = chr(ord(kind) + value - 1)
        if re.search(r"list-style(?:-type)?\s*:\s*[^;]*\bthai\b", style):
            text = text.translate({ord("0") + n: chr(0xE50 + n) for n in range(10)})
        return f"{text}. "

    return shown


def _numbers(element: etree._Element) -> Iterator[int]:
    start = element.get("start") or ""
    value = int(start[:9]) if start.lstrip("-").isdecimal() else 1
    while True:
        yield value
        value += 1
