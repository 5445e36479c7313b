"""How much speaks for a label at a place: its number, what follows it, how it is spelt, what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extract.forms.flow import Row, is_wide
from extract.forms.slots import Candidate, Slot
from extract.forms.wording import arabic
from schemas.form import Section

_COLON = re.compile(r"[\s*_)\"”]*(?P<colon>::?|：|=|:=)+\s*")
_DASH = re.compile(r"\s+[-–—]\s+(?=\S)")  # a colon that was printed or read as a dash
_UNIT_BETWEEN = re.compile(r"\s*\(?(?P<unit>[^\s:=0-9๐-๙][^:=0-9๐-๙]{0,40}?)\)?\s*(?::|：|=)\s*")
_BRACKET = re.compile(r"\s*\([^()]{1,60}\)\s*(?=:|：|=|$)")
_LETTERS = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:พ\s*\.?\s*ศ\s*\.?)?\s*[0-9๐-๙]{2,4}")

# Weights of what speaks for a label, in units of one misprinted letter. Found by hand on own-written reports.
FOUND = 3.0
ERROR = -0.8
NUMBER_RIGHT, NUMBER_OTHER, NUMBER_MISSING, NUMBER_ODD = 2.0, 0.6, -1.0, -0.4
COLON, LINE_END, APART, NO_COLON = 1.5, 1.0, 0.5, -2.0  # apart: a wide gap instead of a colon
CONTINUES = -2.5  # stands where a wrapped line goes on
INLINE = -1.0
BULLET = -1.5
BOLD = 0.5
CELL_END = 0.0  # a label alone in a cell may be a table's heading …
LATER_CELL = -0.7  # … the more so behind the first column
ODD_VALUE = -2.5


def judged(row: Row, slot: Slot, number: str | None, start: int, label_end: int, errors: int) -> Candidate | None:
    """The candidate with its score, by number and by what follows the label; None where the label is part of a word."""
    section, behind = slot.section, _behind(row, slot.section, label_end)
    bound = behind.colon or behind.at_end or section.colon == "never" or slot.pattern is not None or slot.title
    if not bound and _goes_on(row.text, label_end):
        return None
    score = FOUND + errors * ERROR + min(label_end - start, 20) / 20 + _number_score(slot, number)
    if behind.colon:
        score += COLON
    elif behind.at_end:
        score += LINE_END if row.cell is None else CELL_END
    elif behind.apart:
        score += APART
    elif section.colon == "expected" and not slot.title:
        score += NO_COLON
    if row.cell is not None and row.cell.column > 0:
        score += LATER_CELL
    score += _shape(section, row.text[label_end:])
    right = number is not None and slot.number is not None and same_number(number, slot.number)
    return Candidate(slot, row.index, start, row.index, behind.value, label_end, score, number, errors, right, behind.colon)


class _Behind(NamedTuple):
    """What follows a label. value: where its value begins; colon: parted by one; apart: by a dash or a wide gap."""

    value: int
    colon: bool
    apart: bool
    at_end: bool


def _behind(row: Row, section: Section, label_end: int) -> _Behind:
    text = row.text
    bracket = _BRACKET.match(text, label_end) if section.kind != "choice" else None
    after = bracket.end() if bracket else label_end
    colon = _COLON.match(text, after)
    unit = section.kind == "quantity" and (colon is None or bracket) and not (bracket and re.search("[A-Za-z]", bracket[0]))
    if unit and _UNIT_BETWEEN.match(text, label_end):  # it belongs to the value
        return _Behind(label_end, True, False, False)
    if colon:
        return _Behind(colon.end(), True, False, not text[colon.end() :].strip())
    rest = text[after:].strip(" *_")
    if not rest.strip("."):  # dots to write on are a value, and an empty one
        return _Behind(after if len(rest) > 2 else len(text), False, False, True)
    dash = _DASH.match(text, after)
    apart = dash is not None or is_wide(row.line, label_end, len(text) - len(text[label_end:].lstrip()))
    return _Behind(dash.end() if dash else label_end, False, apart, False)


def _shape(section: Section, rest: str) -> float:
    """Doubt at a label behind which no value of its kind stands: a sentence for a year, words for a figure."""
    if section.kind == "fiscal_year" and len(_LETTERS.findall(_YEAR.sub("", rest, count=1))) > 25:
        return ODD_VALUE
    if section.kind == "quantity" and len(_LETTERS.findall(rest)) > 12 and not any(map(str.isdigit, rest)):
        return ODD_VALUE
    return 0.0


def _goes_on(text: str, end: int) -> bool:
    """Whether a word goes on behind `end`."""
    return end < len(text) and (text[end].isalnum() or "\u0e00" <= text[end] <= "\u0e4e")


def _number_score(slot: Slot, number: str | None) -> float:
    if slot.title:
        return 0.0
    if slot.number is None:
        return NUMBER_ODD if number else 0.0
    if number is None:
        return NUMBER_MISSING
    return NUMBER_RIGHT if same_number(number, slot.number) else NUMBER_OTHER


def same_number(number: str, expected: str) -> bool:
    return re.sub(r"\s", "", arabic(number)) == expected


def numbers_used(candidates: Iterable[Candidate]) -> float:
    """Share of chosen labels that print a number among those whose form prints one."""
    of_form = [c for c in candidates if c.slot.number is not None]
    return sum(c.number is not None for c in of_form) / len(of_form) if of_form else 0.0
