"""Blocks to pages: wrapped lines, tables and boxes in PDF points from the top left of an A4 page."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pythainlp.tokenize import word_tokenize

from samples.generator.contents import Block, Choice, Gold, Grid, Paragraph, Report
from samples.generator.face import Face

WIDTH, HEIGHT = 595.0, 842.0
LEADING = 1.55  # of the type size: room for tone marks above and vowels below


@dataclass(frozen=True)
class Run:
    """Text on one baseline."""

    x: float
    baseline: float
    text: str
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Stroke:
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Sheet:
    """One page: runs and strokes."""

    runs: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """How a report is set."""

    face: Face
    size: float = 14.0
    margin: float = 62.0


def is_letter(char: str) -> bool:
    """A Thai letter or mark: no digit, no baht sign."""
    return "ก" <= char <= "๎" and char != "฿"


def join_lines(lines: list[tuple[str, bool]]) -> str:
    """The text of printed lines by record.md: (text, starts a new line in the report)."""
    out = ""
    for text, new in lines:
        if not out:
            out = text
        elif new:
            out += "\n" + text
        else:
            out += ("" if text and is_letter(out[-1]) and is_letter(text[0]) else " ") + text
    return out


class Setter:
    """Sets blocks one under the other, over as many sheets as it takes."""

    def __init__(self, look: Look, gold: Gold, furniture: str = "") -> None:
        self.look, self.gold, self.furniture = look, gold, furniture
        self.sheets: list[Sheet] = []
        self.feed()

    def feed(self) -> None:
        self.sheets.append(Sheet())
        self.y = self.look.margin
        if self.furniture:
            small = self.look.size * 0.75
            number = f"- {len(self.sheets)} -"
            self.sheet.runs.append(Run(self.look.margin, 36, self.furniture, small))
            self.sheet.runs.append(Run(WIDTH / 2 - 10, HEIGHT - 30, number, small))

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def room(self) -> float:
        return WIDTH - 2 * self.look.margin

    def next_line(self) -> float:
        """Baseline of a new line; feeds a page when the foot is reached."""
        step = self.look.size * LEADING
        if self.y + step > HEIGHT - self.look.margin:
            self.feed()
        self.y += step
        return self.y - step * 0.3

    def put(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self.paragraph(block)
        elif isinstance(block, Choice):
            self.choice(block)
        else:
            self.grid(block)

    def paragraph(self, p: Paragraph) -> None:
        lines = list(wrap(self.look, p.label + p.text, self.room))
        for k, (text, _) in enumerate(lines):
            baseline, x = self.next_line(), self.look.margin
            if p.centred:
                x += (self.room - self.look.face.width(text, self.look.size)) / 2
            head = min(len(p.label), len(text)) if k == 0 else 0
            if head:
                self.sheet.runs.append(Run(x, baseline, text[:head], self.look.size, bold=True))
                x += self.look.face.width(text[:head], self.look.size)
            if text[head:]:
                self.sheet.runs.append(Run(x, baseline, text[head:], self.look.size))
        if p.field:
            whole = join_lines(lines)
            put_gold(self.gold, p.field, whole[len(p.label.rstrip()) :].strip() if p.label else whole)

    def choice(self, c: Choice) -> None:
        size, baseline, x = self.look.size, self.next_line(), self.look.margin
        if not c.drawn:
            text = c.label + "   ".join(f"{'☑' if on else '☐'} {t}" for t, on in c.options)
            self.sheet.runs.append(Run(x, baseline, text, size))
            return
        self.sheet.runs.append(Run(x, baseline, c.label, size))
        x += self.look.face.width(c.label, size) + 2
        for text, on in c.options:
            self.box(x, baseline, size * 0.62, on)
            self.sheet.runs.append(Run(x + size * 0.85, baseline, text, size))
            x += size * 1.6 + self.look.face.width(text, size)

    def box(self, x: float, baseline: float, side: float, ticked: bool) -> None:
        top, right = baseline - side, x + side
        edges = [(x, top, right, top), (right, top, right, baseline), (x, baseline, right, baseline), (x, top, x, baseline)]
        tick = [(x + side * 0.2, top + side * 0.5, x + side * 0.42, baseline - side * 0.15)]
        tick += [(x + side * 0.42, baseline - side * 0.15, right - side * 0.15, top + side * 0.15)]
        self.sheet.strokes += [Stroke(*e) for e in edges + (tick if ticked else [])]

    def grid(self, g: Grid) -> None:
        total, size = sum(g.shares), self.look.size * 0.9
        edges = [self.look.margin]
        for share in g.shares:
            edges.append(edges[-1] + self.room * share / total)
        step = size * LEADING
        for row in g.rows:
            cells = [list(wrap(self.look, t, b - a - 8, size)) for t, a, b in zip(row, edges, edges[1:], strict=False)]
            height = step * max(1, *(len(c) for c in cells)) + 4
            if self.y + height > HEIGHT - self.look.margin:
                self.feed()
            top = self.y
            for cell, x in zip(cells, edges, strict=False):
                for k, (text, _) in enumerate(cell):
                    self.sheet.runs.append(Run(x + 4, top + 2 + step * (k + 0.7), text, size))
            self.y += height
            self.sheet.strokes += [Stroke(edges[0], y, edges[-1], y) for y in (top, self.y)]
            self.sheet.strokes += [Stroke(x, top, x, self.y) for x in edges]
        self.y += size * 0.5


def wrap(look: Look, text: str, room: float, size: float | None = None) -> Iterator[tuple[str, bool]]:
    """Printed lines of a text: (line, whether it starts a new line in the report). Breaks between Thai words and at spaces."""
    size = size or look.size
    for paragraph in text.split("\n"):
        line, new = "", True
        for word in word_tokenize(paragraph, engine="newmm", keep_whitespace=True):
            if line and look.face.width((line + word).rstrip(), size) > room:
                yield line.rstrip(), new
                line, new = word.lstrip(), False
            else:
                line += word
        if line.rstrip() or new:
            yield line.rstrip(), new


def put_gold(gold: Gold, pointer: str, value: Any) -> None:
    *path, last = pointer.strip("/").split("/")
    node: Any = gold
    for key in path:
        node = node[int(key)] if isinstance(node, list) else node[key]
    node[int(last) if isinstance(node, list) else last] = value


def set_report(reports: list[Report], look: Look) -> tuple[list[Sheet], list[Gold]]:
    """Sheets of one document that holds the reports one after the other, and each report's gold as printed."""
    sheets: list[Sheet] = []
    golds = []
    for ordinal, report in enumerate(reports, 1):
        gold = copy.deepcopy(report.gold)
        setter = Setter(look, gold, report.furniture)
        for block in report.blocks:
            setter.put(block)
        first = len(sheets) + 1
        sheets += setter.sheets
        gold["source"] = {"ordinal": ordinal, "pages": list(range(first, len(sheets) + 1)), "reading": "text"}
        golds.append(gold)
    return sheets, golds
