"""Where a form's labels may stand: candidates, each with a score. Which of them are labels is decided over the whole
document (`extract.forms.match`), so a candidate may be wrong here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extract.forms.flow import Flow, Row, is_wide
from extract.forms.wording import Wording, arabic, end_of, places, skeleton, word_ends, wording
from schemas.form import Form, Section

_DECORATION = r"[\s*(#_>|:=\-–—•·▪●○❖➢✓.\"“”]*"
_NUMBER = (
    r"(?:ข้อ(?:ที่)?\s*)?\(?\s*(?P<number>[0-9๐-๙]{1,2}(?:\s?\.\s?[0-9๐-๙]{1,2}){0,3})\s*[.)]{0,2}(?=[\s*_\u0e01-\u0e4eA-Za-z])"
)
_LETTER = r"\(?(?:[ก-ฮ]|[A-Za-z]|[IVXivx]{2,5})[.)]{1,2}(?=\s*[\u0e01-\u0e4eA-Za-z])"
_PREFIX = re.compile(rf"(?P<decoration>{_DECORATION})(?:{_NUMBER}|{_LETTER})?[\s*_]*")
_COLON = re.compile(r"[\s*_)\"”]*(?P<colon>::?|：|=|:=)+\s*")
_UNIT_BETWEEN = re.compile(r"\s*\(?(?P<unit>[^\s:=0-9๐-๙][^:=0-9๐-๙]{0,40}?)\)?\s*(?::|：|=)\s*")
_BRACKET = re.compile(r"\s*\([^()]{1,60}\)\s*(?=:|：|=|$)")
_BULLET = re.compile(r"\s*[-–—•·▪●○❖➢✓]\s+")

_LETTERS = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:พ\s*\.?\s*ศ\s*\.?)?\s*[0-9๐-๙]{2,4}")
HALF_RIGHT = 0.5  # likeness of a badly read label; other sections' labels reach 0.4
TIMEOUT = 0.05  # seconds for a form's own pattern on one line

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


@dataclass(frozen=True, slots=True)
class Slot:
    """A section, once for every quarter where it is repeated. order: its place in the form."""

    section: Section
    order: int
    fills: str | None
    quarter: int | None
    wordings: tuple[Wording, ...]
    pattern: regex.Pattern[str] | None
    number: str | None
    title: bool = False

    @property
    def name(self) -> str:
        """The usual wording of its label."""
        return self.wordings[0].text if self.wordings else self.section.id


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a slot's label may stand.

    row, start: where the label begins, its number included; end_row, end: where its value begins (for a label wrapped over
    two rows the second one). label_end: end of the label alone, in `end_row`. unit: printed between label and colon.
    """

    slot: Slot
    row: int
    start: int
    end_row: int
    end: int
    label_end: int
    score: float
    number: str | None
    errors: int
    numbered: bool
    colon: bool


def slots(form: Form) -> tuple[Slot, ...]:
    """The form's titles (order below 0) and sections in order."""
    found: list[Slot] = []
    titles = tuple(wording(e.text) for e in form.recognition.evidence if e.text and e.where == "title")
    if titles:
        found.append(Slot(Section(id="title", kind="caption", colon="any"), -1, None, None, titles, None, None, title=True))
    order = 0
    for section in form.sections:
        for quarter in range(1, 5) if section.repeat == "quarter" else [None]:
            found.append(_slot(section, order, quarter))
            order += 1
    return tuple(found)


def _slot(section: Section, order: int, quarter: int | None) -> Slot:
    printed = "" if quarter is None else str(quarter)
    thai = "" if quarter is None else chr(0x0E50 + quarter)
    texts = [label.replace("{quarter}", printed) for label in section.labels]
    if section.kind == "fiscal_year":
        texts += [f"ประจำ{text}" for text in texts if text.startswith("ปี")]
    labels = tuple(wording(text) for text in texts)
    pattern = (section.label_pattern or "").replace("{quarter}", f"[{printed}{thai}]")
    fills = section.fills.replace("{quarter}", str((quarter or 1) - 1)) if section.fills else None
    number = section.number.replace("{quarter}", printed) if section.number else None
    return Slot(section, order, fills, quarter, labels, regex.compile(pattern) if pattern else None, number)


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
            if slot.number and prefix["number"] and _same(prefix["number"], slot.number):
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
    candidate = _judged(row, slot, prefix["number"] if at == prefix.end() else None, at, end, errors)
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
    candidate = _judged(row, slot, prefix["number"], 0, colon, errors)
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
    candidate = _judged(following, slot, prefix["number"] if at == prefix.end() else None, 0, end, 0)
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
        candidate = _judged(row, slot, number["number"] if number and expected else None, start, span[1], 0)
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
            candidate = _judged(row, slot, number, found.start(), found.end(), 0)
            if candidate is not None:
                yield candidate


def _judged(row: Row, slot: Slot, number: str | None, start: int, label_end: int, errors: int) -> Candidate | None:
    """The candidate with its score, by number and by what follows the label; None where the label is part of a word."""
    text, section = row.text, slot.section
    rest = _BRACKET.match(text, label_end) if section.kind != "choice" else None
    after = rest.end() if rest else label_end
    colon = _COLON.match(text, after)
    unit = section.kind == "quantity" and (rest is None or not re.search("[A-Za-z]", rest[0]))
    between = _UNIT_BETWEEN.match(text, label_end) if unit and (colon is None or rest) else None
    at_end = not text[after:].strip(" *_.")
    filled_in = at_end and len(text[after:].strip()) > 2  # dots to write on: a value, and an empty one
    apart = bool(text[after:].strip()) and is_wide(row.line, label_end, len(text) - len(text[label_end:].lstrip()))
    if colon is None and between is None and not at_end:
        if section.colon != "never" and slot.pattern is None and _goes_on(text, label_end) and not slot.title:
            return None
        after = label_end
    score = FOUND + errors * ERROR + min(label_end - start, 20) / 20 + _number_score(slot, number)
    if colon or between:
        score += COLON
    elif apart and not at_end:
        score += APART
    elif at_end:
        score += LINE_END if row.cell is None else CELL_END
    elif section.colon == "expected" and not slot.title:
        score += NO_COLON
    if row.cell is not None and row.cell.column > 0:
        score += LATER_CELL
    score += _shape(section, text[label_end:])
    end = label_end if between else colon.end() if colon else len(text) if at_end and not filled_in else after
    right = number is not None and slot.number is not None and _same(number, slot.number)
    return Candidate(slot, row.index, start, row.index, end, label_end, score, number, errors, right, bool(colon or between))


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
    return NUMBER_RIGHT if _same(number, slot.number) else NUMBER_OTHER


def _same(number: str, expected: str) -> bool:
    return re.sub(r"\s", "", arabic(number)) == expected


def numbers_used(candidates: Iterable[Candidate]) -> float:
    """Share of chosen labels that print a number among those whose form prints one."""
    of_form = [c for c in candidates if c.slot.number is not None]
    return sum(c.number is not None for c in of_form) / len(of_form) if of_form else 0.0
