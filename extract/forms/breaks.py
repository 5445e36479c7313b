"""Does a printed line continue the one before it, or begin a paragraph of its own?

A line was wrapped when what follows would not have fitted behind it. Producers that know Thai break between words, others
only at spaces; which of the two a document does is not known beforehand, so the first word decides unless even the
whole piece up to the next space would have fitted. A list item begins a paragraph, also below a full line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from extract.forms.wording import arabic
from extract.repair.lexicon import load_lexicon
from schemas.document import Line

if TYPE_CHECKING:
    from extract.forms.flow import Row

_NUMBER = r"[0-9๐-๙]{1,2}"
# "1. " "1) " "(1) " "1.2 " "ก. " "- " "• " at the start of a line. A bare number needs a dot or bracket.
_BULLET = re.compile(r"\s*(?:[-–—•●○▪■□◦‣➢✓✔*☐☑]\s+(?![0-9๐-๙])|[•●○▪■◦‣➢✓✔]|\(?[ก-ฮ][.)]\s)")
_NUMBERED = re.compile(
    rf"\s*(?:\(?({_NUMBER})(?:\.\s+|\.(?=[^\s0-9๐-๙])|\)\s*)|({_NUMBER}(?:\.{_NUMBER})+)[.)]?\s+(?=[^\s0-9๐-๙%]))"
)
_THAI = re.compile("[\u0e01-\u0e4e]+")
MONTH = (
    r"(?:เดือน)?\s*(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค"
    r"|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)"
)
# "ม.ค." over "- มี.ค. 65", "วันที่ 2" over "- 29 ก.ย. 65": a period, no item
_PERIOD_BEGUN = re.compile(rf"(?:{MONTH}(?:\.|คม|ยน|พันธ์)?\s*(?:[0-9๐-๙]{{2,4}})?|วันที่\s*[0-9๐-๙]{{1,2}})\s*$")
_PERIOD_ENDED = re.compile(rf"\s*[-–—]\s*(?:[0-9๐-๙]{{1,2}}\s*)?{MONTH}")
UNKNOWN_LETTER = 12.0  # nats for a letter that belongs to no known word, as a word seen once in 160,000
WORD_MARGIN = 1.3  # producers' dictionaries part words less finely than ours


@dataclass(frozen=True, slots=True)
class Measure:
    """What a document's lines are measured by. right: right margin, None where no line is wrapped. leading: line to line.

    columns: characters of a full line on pages (some programs wrap by count). parted: distance of tops from which a
    paragraph begins, where paragraphs are set apart. blanks_part: blank lines do.
    """

    paged: bool
    right: float | None
    leading: float
    columns: float = 0.0
    parted: float | None = None
    blanks_part: bool = False


def item_number(text: str) -> tuple[int, ...] | None:
    """The number of a list item: "1.2 …" → (1, 2); None for a line that begins with none."""
    found = _NUMBERED.match(text)
    return tuple(int(part) for part in arabic(found[1] or found[2]).split(".")) if found else None


def opens_paragraph(before: Row, row: Row, measure: Measure, last_item: tuple[int, ...] | None) -> bool:
    """Whether `row` begins a paragraph rather than continue `before`. last_item: number of the list item last begun."""
    if before.table != row.table or before.cell is not row.cell or measure.right is None:
        return True
    if _PERIOD_ENDED.match(row.text) and _PERIOD_BEGUN.search(before.text):
        return False
    if row.cell is not None:
        return row.cell.box is None or _is_item(row.text, last_item) or _fits(before, row, row.cell.box.x1 - 2.0)
    if measure.paged and before.page == row.page:
        step = row.line.top - before.line.top
        if (measure.parted and step > measure.parted) or (measure.leading and step > 1.7 * measure.leading):
            return True
    if not measure.paged and measure.blanks_part and row.line.number != (before.line.number or 0) + 1:
        return True
    if not measure.paged and before.right > 1.15 * measure.right:
        return True  # a line that was never wrapped
    return _fits(before, row, measure.right, measure.columns) or _is_item(row.text, last_item)


def _is_item(text: str, last: tuple[int, ...] | None) -> bool:
    """Whether a line below a full one begins an item: a bullet, or a number that goes on from the last one."""
    number = item_number(text)
    if number is None:
        return _BULLET.match(text) is not None
    if number[-1] == 1 or last is None:
        return number[-1] == 1 or len(number) == 1
    return number[-1] == _at(last, len(number) - 1) + 1 and number[:-1] == last[: len(number) - 1]


def _at(number: tuple[int, ...], index: int) -> int:
    return number[index] if index < len(number) else 0


def _fits(before: Row, row: Row, margin: float, columns: float = 0.0) -> bool:
    """Whether the row's beginning would have fitted behind the row before it: in its width, and in characters where
    `columns` says how many a line takes."""
    room = margin - before.right
    if room <= 0:
        return False
    text = row.text
    piece = len(text.split(None, 1)[0]) if text.strip() else 0
    free = columns - _characters(before.text) if columns else float("inf")
    space = _space(row.line)
    if room >= space + _width(row.line, piece) and free > _characters(text[:piece]):
        return True
    word = first_word(text[:piece])
    fits = room >= space + WORD_MARGIN * _width(row.line, word) and free > WORD_MARGIN * _characters(text[:word])
    return word < piece and fits


def _characters(text: str) -> int:
    from extract.forms.flow import characters

    return characters(text)


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
    """Length of the first word of the likeliest way to part the text into words (unigram costs, shortest path)."""
    lexicon = load_lexicon()
    best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * len(text)  # cost of text[:end], length of its first word
    for start in range(len(text)):
        cost, first = best[start]
        if cost == inf:
            continue
        for end in range(start + 1, len(text) + 1):
            price = lexicon.look(text[start:end])
            if end == start + 1:
                price = min(UNKNOWN_LETTER, price if price is not None else inf)
            if price is None:
                break
            if cost + price < best[end][0]:
                best[end] = (cost + price, first or end)
    return best[len(text)][1] or len(text)
