"""Does a printed line continue the one before it, or begin a paragraph of its own?

A line was wrapped when what follows would not have fitted behind it. Producers that know Thai break between words, others
only at spaces; which of the two a document does is not known beforehand, so the first word decides unless even the
whole piece up to the next space would have fitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.document import Line

if TYPE_CHECKING:
    from extract.forms.flow import Row

# "1. " "1) " "(1) " "1.2 " "ก. " "- " "• " at the start of a line: an item. A bare number needs a dot or bracket.
ITEM = re.compile(
    r"\s*(?:[-–—•●○▪■□◦‣➢✓✔*]\s+|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]\s*(?=\D)|\([0-9๐-๙]{1,2}\)|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+\s+(?=[^\s0-9๐-๙])|\(?[ก-ฮ][.)]\s)"
)
_THAI = re.compile("[\u0e01-\u0e4e]+")
WORD_MARGIN = 1.3  # producers' dictionaries part words less finely than ours


@dataclass(frozen=True, slots=True)
class Measure:
    """What a document's lines are measured by. right: right margin, None where no line is wrapped. leading: line to line."""

    paged: bool
    right: float | None
    leading: float
    blanks_part: bool = False


def opens_paragraph(before: Row, row: Row, measure: Measure) -> bool:
    """Whether `row` begins a paragraph rather than continue `before`."""
    if before.table != row.table or before.cell is not row.cell:
        return True
    if measure.right is None:
        return True
    if row.cell is not None:
        if row.cell.box is None:
            return True
        return bool(ITEM.match(row.text)) or _fits(before, row, row.cell.box.x1 - 2.0)
    if measure.paged:
        if before.page == row.page and measure.leading and row.line.top - before.line.top > 1.7 * measure.leading:
            return True
    elif measure.blanks_part and row.line.number != (before.line.number or 0) + 1:
        return True
    elif before.right > 1.15 * measure.right:
        return True  # a line that was never wrapped
    return bool(ITEM.match(row.text)) or _fits(before, row, measure.right)


def _fits(before: Row, row: Row, margin: float) -> bool:
    """Whether the row's beginning would have fitted behind the row before it."""
    room = margin - before.right
    if room <= 0:
        return False
    text = row.text
    piece = len(text.split(None, 1)[0]) if text.strip() else 0
    space = _space(row.line)
    if room >= space + _width(row.line, piece):
        return True
    word = first_word(text[:piece])
    if word == piece:
        return False
    return room >= space + WORD_MARGIN * _width(row.line, word)


def _width(line: Line, end: int) -> float:
    from extract.forms.flow import width

    return width(line, 0, end)


def _space(line: Line) -> float:
    return 0.25 * line.size if line.size else 1.0


def first_word(piece: str) -> int:
    """Length of the first Thai word of a piece without spaces; the piece's own where it is not Thai."""
    found = _THAI.match(piece)
    if not found or found.end() <= 3:
        return len(piece)
    return _word_length(found[0][:40])


@lru_cache(maxsize=20000)
def _word_length(text: str) -> int:
    from pythainlp.tokenize import word_tokenize  # 1 s to load its words: only where a line's end is doubtful

    return len(word_tokenize(text, engine="newmm")[0])
