"""Where a form's labels may stand: candidates, each with a score. Which of them are labels is decided over the whole
document (`extract.forms.match`), so a candidate may be wrong here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.forms.flow import Flow, Row, is_wide
from extract.forms.label_scores import BOLD, BULLET, CONTINUES, INLINE, judged, same_number
from extract.forms.slots import Candidate, Slot
from extract.forms.wording import Wording, arabic, end_of, places, skeleton, word_ends

_DECORATION = r"[\s*(#_>|:=\-–—•·▪●○❖➢✓.\"“”]*"
_NUMBER = (
    r"(?:ข้อ(?:ที่)?\s*)?\(?\s*(?P<number>[0-9๐-๙]{1,2}(?:\s?\.\s?[0-9๐-๙]{1,2}){0,3})\s*[.)]{0,2}(?=[\s*_\u0e01-\u0e4eA-Za-z])"
)
_LETTER = r"\(?(?:[ก-ฮ]|[A-Za-z]|[IVXivx]{2,5})[.)]{1,2}(?=\s*[\u0e01-\u0e4eA-Za-z])"
_PREFIX = re.compile(rf"(?P<decoration>{_DECORATION})(?:{_NUMBER}|{_LETTER})?[\s*_]*")
_BULLET = re.compile(r"\s*[-–—•·▪●○❖➢✓]\s+")

HALF_RIGHT = 0.5  # likeness of a badly read label; other sections' labels reach 0.4
TIMEOUT = 0.05  # seconds for a form's own pattern on one line


def find_labels(flow: Flow, wanted: Sequence[Slot]) -> list[Candidate]:
    """All candidates in reading order; of one slot at one place the best."""
    rows = [row for row in flow.rows if not row.furniture]
    bold_tells = 0 < sum(row.line.bold for row in rows) < 0.5 * len(rows)
    best: dict[tuple[int, int, int], Candidate] = {}
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        for candidate in _of_row(row, following, wanted):
            if bold_tells and row.line.bold:
                candidate = replace(candidate, score=candidate.score + BOLD)
            key = (candidate.row, candidate.start, candidate.slot.order)
            if key not in best or candidate.score > best[key].score:
                best[key] = candidate
    return sorted(best.values(), key=lambda c: (c.row, c.start, c.slot.order))


def _of_row(row: Row, following: Row | None, wanted: Sequence[Slot]) -> Iterator[Candidate]:
    prefix, whole, starts = _prepared(row.text)
    for slot in wanted:
        for word in slot.wordings:
            for at, (here, ends) in starts.items():
                begun = word.begins(here, ends)
                if begun is not None:
                    yield from _at(row, slot, begun, at, prefix)
                if following is not None and (begun is None or begun[0]) and _breaks_off(word, here, row, following):
                    yield from _wrapped(row, following, slot, word, at, prefix)
            if word.core in whole and not slot.title:
                yield from _inline(row, slot, word, prefix.end())
            if slot.number and prefix["number"] and same_number(prefix["number"], slot.number):
                yield from _by_number(row, slot, word, prefix)
        if slot.pattern is not None:
            yield from _by_pattern(row, slot, prefix)


@lru_cache(maxsize=4096)
def _prepared(text: str) -> tuple[re.Match[str], str, dict[int, tuple[str, frozenset[int]]]]:
    """A line's prefix, its skeleton, and where a label may begin: there the skeleton from that place and its word ends.

    The same for every form that is tried.
    """
    prefix = _PREFIX.match(text)
    assert prefix is not None
    begins = {prefix.end(), prefix.end("decoration")}  # the number may belong to the label's own words ("1 ปี …")
    return prefix, skeleton(text), {at: (skeleton(text[at:]), word_ends(text[at : at + 200])) for at in begins}


def _at(row: Row, slot: Slot, begun: tuple[int, int], at: int, prefix: re.Match[str]) -> Iterator[Candidate]:
    errors, letters = begun
    end = _closing(row.text, end_of(row.text, at, letters))
    candidate = judged(row, slot, prefix["number"] if at == prefix.end() else None, at, end, errors)
    if candidate is not None:
        yield _led(candidate, row, at, prefix)


def _closing(text: str, end: int) -> int:
    """Past the bracket, dot or star that ends the label."""
    while end < len(text) and text[end] in ").]ฯ*”":
        end += 1
    return end


def _led(candidate: Candidate, row: Row, at: int, prefix: re.Match[str]) -> Candidate:
    """The candidate with what stands before it on its row: number, bullet, or the end of a wrapped line above."""
    score = candidate.score
    if not prefix["number"] or at != prefix.end():
        score += BULLET if _BULLET.fullmatch(prefix["decoration"]) else 0
        score += 0 if row.opens else CONTINUES
    return replace(candidate, row=row.index, start=0, score=score)


def _by_number(row: Row, slot: Slot, word: Wording, prefix: re.Match[str]) -> Iterator[Candidate]:
    """A label printed too badly to be found by its words ("1. ชื่อ ี้วัด :"): the right number before it, a colon behind it, and
    half of its letters right."""
    colon = row.text.find(":", prefix.end())
    core = skeleton(row.text[prefix.end() : colon]) if colon > 0 else ""
    if not core or word.begins(core) or word.near(core) < HALF_RIGHT:
        return
    errors = round((1 - word.near(core)) * max(len(core), len(word.core)))
    candidate = judged(row, slot, prefix["number"], 0, colon, errors)
    if candidate is not None:
        yield candidate


def _breaks_off(word: Wording, here: str, row: Row, following: Row) -> bool:
    """Whether the row ends inside the wording and the next one may hold its rest."""
    return 4 <= len(here) < len(word.core) and word.core.startswith(here) and row.table == following.table


def _wrapped(row: Row, following: Row, slot: Slot, word: Wording, at: int, prefix: re.Match[str]) -> Iterator[Candidate]:
    rest = word.core[len(skeleton(row.text[at:])) :]
    if not skeleton(following.text).startswith(rest):
        return
    end = end_of(following.text, 0, len(rest))
    candidate = judged(following, slot, prefix["number"] if at == prefix.end() else None, 0, end, 0)
    if candidate is not None:
        yield _led(candidate, row, at, prefix)


def _inline(row: Row, slot: Slot, word: Wording, after: int) -> Iterator[Candidate]:
    """Labels behind another value on the same line: parted by wide space, a number or a colon, and with a colon."""
    for span in places(row.text, word.core):
        if span[0] <= after:
            continue
        before = row.text[: span[0]]
        if not re.search(r"[\s:)\]]$", before):
            continue
        span = (span[0], _closing(row.text, span[1]))
        number = re.search(r"(?:^|[\s(])\(?(?P<number>[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*)\s*[.)]{0,2}\s*$", before)
        expected = number is not None and slot.number is not None and arabic(number["number"]) == slot.number
        last = len(before.rstrip())
        parted = before.rstrip().endswith((":", "|")) or (last > 0 and is_wide(row.line, last, span[0]))
        if not (slot.section.inline or expected or parted):
            continue
        start = number.start() if number and expected else len(before.rstrip(" \t:|*"))
        candidate = judged(row, slot, number["number"] if number and expected else None, start, span[1], 0)
        if candidate is not None and (candidate.colon or slot.section.inline):
            yield replace(candidate, score=candidate.score + INLINE)


def _by_pattern(row: Row, slot: Slot, prefix: re.Match[str]) -> Iterator[Candidate]:
    assert slot.pattern is not None
    for at in {prefix.end(), prefix.end("decoration")}:
        try:
            found = slot.pattern.match(row.text, at, timeout=TIMEOUT)
        except TimeoutError:
            continue
        if found:
            number = prefix["number"] if at == prefix.end() else None
            candidate = judged(row, slot, number, found.start(), found.end(), 0)
            if candidate is not None:
                yield candidate
