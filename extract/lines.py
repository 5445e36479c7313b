"""Cutting printed lines: a slice keeps its positions, what was printed, where it came from and its repairs."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from schemas.document import Line, Repair

TOUCHING = 0.16  # em; a wider gap is a space (extract/pdf/rows.py: GAP)
BULLETS = "-–—•▪*"


def slice_line(line: Line, start: int, end: int) -> Line:
    """The part of a line that says line.text[start:end], without white space at its ends, as a line of its own.

    Positions, printed text, source, repairs and certainty are cut along; a repair that the cut goes through is kept
    for the part inside. An empty slice is an empty line. Pageless lines (no positions) keep their number.
    """
    text = line.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start <= 0 and end >= len(text):
        return line
    first, last = line.printed_span(start, end)
    source = line.source
    return msgspec.structs.replace(
        line,
        text=text[start:end],
        printed=line.printed[first:last],
        x0=line.x0[first:last],
        x1=line.x1[first:last],
        source=None if source is None else tuple(at - first for at in source[start:end]),
        repairs=tuple(_cut_repairs(line.repairs, (start, end), (first, last))) if line.repairs else (),
        certainty=None if line.certainty is None else line.certainty[start:end],
        support=None if line.support is None else line.support[start:end],
        otherwise=None if line.otherwise is None else line.otherwise[start:end],
    )


def _cut_repairs(repairs: Iterable[Repair], kept: tuple[int, int], printed: tuple[int, int]) -> Iterable[Repair]:
    """Repairs that touch the kept text, shifted to it."""
    (start, end), (first, last) = kept, printed
    for repair in repairs:
        if repair.start < end and (repair.end > start or repair.start == repair.end >= start):
            yield msgspec.structs.replace(
                repair,
                start=max(repair.start, start) - start,
                end=min(repair.end, end) - start,
                printed_start=min(max(repair.printed_start, first), last) - first,
                printed_end=max(min(repair.printed_end, last), first) - first,
            )


def join_lines(lines: Iterable[Line]) -> str:
    """Printed lines as one running text: no space where Thai letters meet over a line's end, one elsewhere; an item with a
    bullet stays a line of its own. Pieces of one printed line that touch are one word."""
    joined = ""
    before: Line | None = None
    for line in lines:
        text = line.text.strip()
        if joined and text:
            joined += _between(joined, before, line, text)
        joined += text
        before = line if text else before
    return joined


def _between(joined: str, before: Line | None, line: Line, text: str) -> str:
    if before is not None and len(before.x0) and len(line.x0) and before.top == line.top:
        gap = float(min(line.x0)) - float(max(before.x1))
        return "" if gap < TOUCHING * (line.size or line.bottom - line.top) else " "
    if text[0] in BULLETS and len(text) > 1 and text[1].isspace():
        return "\n"
    return "" if _thai(joined[-1]) and _thai(text[0]) else " "


def _thai(char: str) -> bool:
    """A Thai letter, vowel or mark; not a digit, not ฿ nor a sign (ฯ ๆ ๏ ๚ ๛)."""
    return "ก" <= char <= "ฮ" or "ะ" <= char <= "ฺ" or char in "เแโใไๅ็่้๊๋์ํ๎"
