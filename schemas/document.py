"""A document as read: pages, lines, tables. Coordinates are PDF points from the top left of the page as shown
(CropBox, after /Rotate); inputs without pages have one Page with number None, and their lines a `number` instead of a place.

A `Line` keeps what was printed beside what it was repaired to, and the place of every printed character, so that any
slice of the repaired text can be shown on the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum
from math import cos, radians, sin
from typing import Literal

import msgspec


class Box(msgspec.Struct, frozen=True, array_like=True):
    """Rectangle in points: x0 <= x1, top <= bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Repair(msgspec.Struct, frozen=True):
    """One trace of a repair: text[start:end] of the repaired line stands for printed[printed_start:printed_end]."""

    kind: str  # damage class: "sara-am", "space-aa", "pua", "latin1-tone", "mojibake", "displaced", "lost-am", ...
    start: int
    end: int
    printed_start: int
    printed_end: int
    confidence: float = 1.0  # 1.0: deterministic; below: chosen by the decoder


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One printed line.

    text: repaired, NFC. printed: as the file says (U+FFFD for unmapped glyphs).
    x0, x1: left and right of every *printed* character in points (empty for pageless inputs).
    source: for every character of text the index of the printed character it comes from, non-decreasing; None = identity.
    certainty: probability of every *text* character (OCR), None where the reader gives none.
    support: probability that other looks at the same ink give to every text character, 0 where they read something else;
    otherwise: what another look read in place of each. Both None where there was no other look, or no difference.
    """

    text: str
    printed: str
    top: float = 0.0
    bottom: float = 0.0
    x0: Sequence[float] = ()
    x1: Sequence[float] = ()
    source: tuple[int, ...] | None = None
    number: int | None = None
    size: float = 0.0  # type size in points, 0 = unknown
    bold: bool = False
    repairs: tuple[Repair, ...] = ()
    certainty: tuple[float, ...] | None = None
    support: tuple[float, ...] | None = None
    otherwise: tuple[str, ...] | None = None
    reading: Literal["text", "ocr"] = "text"
    confidence: float = 1.0

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """Range of printed characters from which text[start:end] was made."""
        if self.source is None:
            return start, end
        if start >= end:
            at = self.source[start] if start < len(self.source) else len(self.printed)
            return at, at
        first = self.source[start]
        after = bisect_left(self.source, self.source[end - 1] + 1) if end > 0 else 0
        last = self.source[after] if after < len(self.source) else len(self.printed)
        # characters after the last source up to the next one vanished in the repair: they belong to the slice
        return first, last

    def printed_text(self, start: int, end: int) -> str:
        first, last = self.printed_span(start, end)
        return self.printed[first:last]

    def box(self, start: int = 0, end: int | None = None) -> Box | None:
        """Place of text[start:end]; None for pageless inputs and empty slices."""
        first, last = self.printed_span(start, len(self.text) if end is None else end)
        if not len(self.x0) or first >= last:
            return None
        return Box(float(min(self.x0[first:last])), self.top, float(max(self.x1[first:last])), self.bottom)


class Rule(msgspec.Struct, frozen=True):
    """A drawn straight line or thin box edge, horizontal or vertical, in points."""

    x0: float
    top: float
    x1: float
    bottom: float


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of a table: grid place from 0, spans, box (None without pages), its lines top to bottom."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of one page. `first_line`: index into Page.lines before which it stands in reading order."""

    box: Box | None
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    first_line: int = 0
    last_line: int = 0  # Page.lines[first_line:last_line] are the lines that lie in the table


class Checkbox(msgspec.Struct, frozen=True):
    """A drawn or printed box beside a choice."""

    box: Box
    checked: bool | None  # None: there is a box, its state cannot be told
    confidence: float = 1.0


class Layer(StrEnum):
    """Verdict on a page's text layer."""

    GOOD = "good"
    REPAIRED = "repaired"
    HOPELESS = "hopeless"  # goes to OCR
    ABSENT = "absent"  # no text, but ink: goes to OCR
    BLANK = "blank"  # no ink: counts as read


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page, lines in reading order. Lines of tables stand in `lines` too (Table says which).

    reading: what `lines` came from; None when the page could not be read (then `problem` says why).
    A page read from a picture has the coordinates of the page as it reads: turned by `turn` quarter turns anticlockwise, then
    by `skew` degrees anticlockwise about its middle; `shown` leads back to the page as it is shown. width, height: as it reads.
    """

    number: int | None
    width: float = 0.0
    height: float = 0.0
    lines: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    tables: tuple[Table, ...] = ()
    checkboxes: tuple[Checkbox, ...] = ()
    layer: Layer = Layer.GOOD
    reading: Literal["text", "ocr"] | None = "text"
    problem: str | None = None
    turn: int = 0
    skew: float = 0.0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def shown(self, box: Box) -> Box:
        """The upright box around a box of the page as it reads, on the page as it is shown."""
        if not self.turn and not self.skew:
            return box
        corners = [self.shown_point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))

    def shown_point(self, x: float, y: float) -> tuple[float, float]:
        a, cx, cy = radians(self.skew), self.width / 2, self.height / 2
        x, y = cx + (x - cx) * cos(a) - (y - cy) * sin(a), cy + (x - cx) * sin(a) + (y - cy) * cos(a)
        for step in range(self.turn % 4):  # undo a quarter turn anticlockwise: turn clockwise
            x, y = (self.height if step % 2 == 0 else self.width) - y, x
        return x, y


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole input. file: path as record.md's source.file; sha256 of the bytes."""

    file: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
