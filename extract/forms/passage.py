"""A text put together from slices of printed lines, every character with its line and place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from extract.forms.flow import Flow, Row

# letters and vowel signs; ฯ, ๆ and digits are none: a word ends with them
_LETTER = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]")

Found = re.Match[str] | regex.Match[str]
Span = tuple[int, int, int]  # row of the flow, start, end in its text


@dataclass(frozen=True, slots=True)
class Passage:
    """origin[i]: row and index in its text of text[i]; None for a character put between two lines."""

    text: str
    origin: tuple[tuple[int, int] | None, ...]

    def __bool__(self) -> bool:
        return bool(self.text)

    def part(self, start: int, end: int | None = None) -> Passage:
        """The slice without white space at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Passage(self.text[start:end], self.origin[start:end])

    def group(self, found: Found, name: str | int = 0) -> Passage:
        """What a match's group matched; empty where it took no part."""
        start, end = found.span(name)
        return self.part(start, end) if start >= 0 else EMPTY

    def paragraphs(self) -> list[Passage]:
        found, at = [], 0
        for piece in self.text.split("\n"):
            found.append(self.part(at, at + len(piece)))
            at += len(piece) + 1
        return [passage for passage in found if passage]

    def spans(self) -> list[Span]:
        """One slice a printed line, in reading order."""
        found: list[Span] = []
        for place in self.origin:
            if place is None:
                continue
            row, at = place
            if found and found[-1][0] == row:
                found[-1] = (row, min(found[-1][1], at), max(found[-1][2], at + 1))
            else:
                found.append((row, at, at + 1))
        return found


EMPTY = Passage("", ())


def compose(flow: Flow, spans: Iterable[Span]) -> Passage:
    """The slices joined as record.md says: a wrapped line without a space between Thai letters and with one elsewhere, a
    new paragraph on a new line, cells of one table row apart by two spaces. Furniture and lines of dots are left out."""
    text: list[str] = []
    origin: list[tuple[int, int] | None] = []
    before: Row | None = None
    for index, start, end in spans:
        row = flow.rows[index]
        if row.furniture or (row.blank and start == 0):
            continue
        start, end = _trimmed(row.text, start, end)
        if start >= end:
            continue
        if before is not None and text:
            between = _between(before, row, text[-1], row.text[start])
            text += between
            origin += [None] * len(between)
        text += row.text[start:end]
        origin += [(index, at) for at in range(start, end)]
        before = row
    return Passage("".join(text), tuple(origin))


def joined(passages: Iterable[Passage], gap: str) -> Passage:
    """Passages one behind the other."""
    text, origin = "", list[tuple[int, int] | None]()
    for passage in passages:
        if text and passage:
            text += gap
            origin += [None] * len(gap)
        text += passage.text
        origin += passage.origin
    return Passage(text, tuple(origin))


def _between(before: Row, row: Row, last: str, first: str) -> str:
    if before.index == row.index:
        return " "
    if row.cell is not None and before.table == row.table and before.cell is not row.cell:
        return "  " if before.cell is not None and before.cell.row == row.cell.row else "\n"
    if row.opens:
        return "\n"
    return "" if _LETTER.match(last) and _LETTER.match(first) else " "


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def region(flow: Flow, start: tuple[int, int], end: tuple[int, int]) -> Iterator[Span]:
    """Slices from one place (row, index) to another one, the end excluded."""
    for index in range(start[0], min(end[0] + 1, len(flow.rows))):
        first = start[1] if index == start[0] else 0
        last = end[1] if index == end[0] else len(flow.rows[index].text)
        if first < last:
            yield index, first, last
