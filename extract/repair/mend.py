"""The way of a text through the repair: code points, vowels, marks, words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

import msgspec

from extract.repair.ambiguous import mend_exchanged, mend_words
from extract.repair.context import Context
from extract.repair.draft import Draft, Mended
from extract.repair.glyphs import CONSONANTS, MARKS, is_consonant
from extract.repair.mojibake import redecode
from extract.repair.rules import mend_code_points, mend_order, mend_sara_am, mend_spaced_aa, mend_spaced_marks
from extract.repair.survey import survey
from extract.repair.suspects import breaks_rules
from schemas.document import Line, Page, Repair, Table

_SPACE_IN_WORD = re.compile(f" (?=[\u0e01-\u0e4e])(?<=[{CONSONANTS}{MARKS}] )")
_OVER = 0.25  # of the letter's width, counted from the left; a space of its own begins at 1.0
_TOUCHING = 0.03  # em; the narrowest real space measured 0.10
_COMPOSED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
T = TypeVar("T")
_PLACE = attrgetter("start", "end")


def repair_text(text: str, context: Context | None = None) -> tuple[str, tuple[int, ...] | None, tuple[Repair, ...]]:
    """Mended text, index of the printed character for each of its characters (None: unchanged), and traces.

    context: survey of the page that holds the text; without one the text itself is surveyed.
    """
    draft = Draft(text)
    mend(draft, context if context is not None else survey([text]))
    mended = draft.mended()[0]
    return draft.text, None if draft.source is None else tuple(draft.source), mended.repairs if mended is not None else ()


def mend(draft: Draft, context: Context) -> None:
    """All steps that the page and the text show a need for."""
    if context.sound:
        return
    if context.wide or breaks_rules(draft.text):
        _mend_throughout(draft, context)
    elif context.prices:
        _mend_words_alone(draft, context)


def _mend_throughout(draft: Draft, context: Context) -> None:
    redecode(draft, context)
    mend_code_points(draft, context)
    mend_order(draft)
    mend_exchanged(draft, context)
    mend_sara_am(draft)
    mend_words(draft, context)
    _mend_spaces(draft, context)


def _mend_words_alone(draft: Draft, context: Context) -> None:
    """For a text that breaks no rule; ำ exchanged for า makes it break none, other words may."""
    mend_exchanged(draft, context)
    if mend_words(draft, context):
        _mend_spaces(draft, context)


def _mend_spaces(draft: Draft, context: Context) -> None:
    mend_spaced_aa(draft, context)
    mend_spaced_marks(draft)
    if not unicodedata.is_normalized("NFC", draft.text):
        draft.substitute("composed", _COMPOSED, lambda m: unicodedata.normalize("NFC", m.group()))


def repair_page(page: Page) -> Page:
    """A page whose lines were mended one by one, mended again with what the whole of it shows; cells of tables too."""
    cells = [line for table in page.tables for cell in table.cells for line in cell.lines]
    context = survey((line.text for line in (*page.lines, *cells)), last_resort=True)
    if context.sound:
        return page
    return msgspec.structs.replace(
        page, lines=repair_lines(page.lines, context), tables=tuple(_repair_table(table, context) for table in page.tables)
    )


def _repair_table(table: Table, context: Context) -> Table:
    cells = (msgspec.structs.replace(c, lines=repair_lines(c.lines, context)) for c in table.cells)
    return msgspec.structs.replace(table, cells=tuple(cells))


def repair_lines(lines: Sequence[Line], context: Context) -> tuple[Line, ...]:
    """The lines of a page, each with its text mended; context: the page's survey."""
    if context.sound:
        return tuple(lines)
    draft = Draft(*(line.text for line in lines))
    if spaces := _stray_spaces(lines, draft):
        draft.edit([("displaced", at, at + 1, "", 1.0) for at in spaces])
        _mend_throughout(draft, context)
    else:
        mend(draft, context)
    return tuple(map(carried, lines, draft.mended()))


def repair_line(line: Line, context: Context | None = None) -> Line:
    """The line with its text mended; printed and places stay, source and traces are carried on."""
    return repair_lines([line], context if context is not None else survey([line.text]))[0]


def carried(line: Line, mended: Mended | None) -> Line:
    """The line with what was done to its text; None: nothing."""
    if mended is None:
        return line
    text, mapped, traces = mended
    through = mapped
    if line.source is not None:
        through = tuple(line.source[i] for i in mapped)
        traces = tuple(_on_printed(line, r) for r in traces)
    return msgspec.structs.replace(
        line, text=text, source=through, repairs=_merged(line, through, traces), certainty=_picked(line.certainty, mapped),
        support=_picked(line.support, mapped), otherwise=_picked(line.otherwise, mapped),
    )  # fmt: skip


def _picked(values: tuple[T, ...] | None, mapped: tuple[int, ...]) -> tuple[T, ...] | None:
    """What belongs to each character of the new text."""
    return None if values is None else tuple([values[i] for i in mapped])


def _stray_spaces(lines: Sequence[Line], draft: Draft) -> list[int]:
    """Places in the page's text of spaces that take no room: over the left edge of the letter before them (they came with a mark
    that was printed late), or between letters that touch where a mark was drawn further left over tall ป ฝ ฟ ฬ."""
    found = [match.start() for match in _SPACE_IN_WORD.finditer(draft.text)]
    starts = [start for start, _ in draft.lines()] if found else []
    places = ((at, bisect_right(starts, at) - 1) for at in found)
    return [at for at, number in places if len(lines[number].x0) and _takes_no_room(lines[number], at - starts[number])]


def _takes_no_room(line: Line, space: int) -> bool:
    text, letter, after = line.text, space - 1, space + 1
    while letter and text[letter] in MARKS:
        letter -= 1
    if not is_consonant(text[letter]):
        return False
    marked, tall = space - letter > 1, text[letter] in "ปฝฟฬ" and text[after] not in "าำ"
    if line.source is not None:
        letter, space, after = line.source[letter], line.source[space], line.source[after]
    left, right = line.x0[letter], line.x1[letter]
    over = line.x1[space] <= left + _OVER * (right - left)
    return over or (tall and marked and line.x0[after] - right < _TOUCHING * line.size)


def _on_printed(line: Line, repair: Repair) -> Repair:
    """A trace whose printed span counts in line.text, counted in line.printed."""
    first, last = line.printed_span(repair.printed_start, repair.printed_end)
    return msgspec.structs.replace(repair, printed_start=first, printed_end=last)


def _merged(line: Line, source: tuple[int, ...], traces: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """Earlier traces moved to their new places, and the new ones."""
    moved = []
    for old in line.repairs:
        start = next((i for i, s in enumerate(source) if s >= old.printed_start), len(source))
        end = next((i for i, s in enumerate(source) if s >= old.printed_end), len(source))
        moved.append(msgspec.structs.replace(old, start=start, end=max(start, end)))
    return tuple(sorted((*moved, *traces), key=_PLACE))
