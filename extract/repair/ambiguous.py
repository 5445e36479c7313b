"""Damage that only words can tell from sound text: ำ lost or exchanged, marks lost or displaced. The decoder decides, or says
that it cannot: what stays ambiguous is flagged ("lost-am?") and left as printed.

A page mixes fonts, but a run of letters without a space is nearly always of one. So AM-ALL (every า printed as ำ, a true ำ
announced by a space) is judged run by run: where a telltale stands in the run all of it is clear, the rest is decoded with the
prices that the runs beside it suggest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from math import inf

from extract.repair.channels import CHANNELS, Lattice, am_or_aa
from extract.repair.context import Context
from extract.repair.decoder import Change, Decoder
from extract.repair.draft import Draft
from extract.repair.glyphs import CONSONANTS, MARKS, TONES, UNMAPPED
from extract.repair.lexicon import load_lexicon
from extract.repair.lost_marks import lost, unmapped, unmapped_ring
from extract.repair.telltales import has_telltale

# Nats (odds 9 : 1) below which a place is flagged and left as printed.
DOUBTFUL = 2.2
_SHOWN_BESIDE = (("clean", 4.0), ("am-all", 0.0))  # prices where runs beside show the damage
_ANNOUNCED = rf"(?<=[{CONSONANTS}{MARKS}])[ \u00a0\u200bํ]{{1,3}}(?:[{TONES}][ \u00a0\u200bํ]?)?ำ"
_TONES_AND_VOWELS = "่้์็ิีึืั"  # those that fonts have a second, shifted form of
_SOME_LOST = 3.0  # nats a mark
_PIECE = re.compile(r".{1,800}(?:\s|$)|.{1,800}", re.DOTALL)  # memory of a search: 4 kB a character
_SPACER = re.compile("[ \u00a0\u200bํ]")
_LETTERS = re.compile("[\u0e01-\u0e4e]{1,400}")
_RUN = re.compile(f"(?:[\u0e01-\u0e4e]|{_ANNOUNCED}){{1,400}}")  # five times as long as for letters alone
_SPACED_AM = re.compile(f"[ \u00a0\u200b][ \u00a0\u200bํ]{{0,2}}(?:[{TONES}][ \u00a0\u200bํ]?)?ำ")  # a run is more than letters
_AM = re.compile(f"{_ANNOUNCED}|ำ")

Prices = tuple[tuple[str, float], ...]
_Placed = tuple[int, tuple[Change, ...]]  # place in the draft's text, changes counted from there


def mend_exchanged(draft: Draft, context: Context) -> None:
    """AM-ALL; before ำ is composed, because a ring announces one too."""
    prices = dict(context.prices)
    if "am-all" in prices and "ำ" in draft.text:
        page = (("clean", prices["clean"]), ("am-all", prices["am-all"]))
        _apply(draft, (placed for start, line in draft.lines() if "ำ" in line for placed in _exchanged(start, line, page)))


def mend_words(draft: Draft, context: Context) -> bool:
    """Lost ำ, lost and displaced marks: each line decoded through the channels that it, or the page throughout, shows.

    True when something changed."""
    asked = [k for k, _ in context.prices if k not in ("clean", "am-all")]
    kinds = [k for k in asked if k in context.throughout or _shows(k, draft.text, context)]
    return bool(kinds) and _apply(draft, _decoded(draft, context, kinds))


def _decoded(draft: Draft, context: Context, kinds: list[str]) -> Iterator[_Placed]:
    """Changes of every line that shows some of the kinds."""
    for start, line in draft.lines():
        shown = [k for k in kinds if _shows(k, line, context)]
        if shown:
            prices = tuple((k, p) for k, p in context.prices if k == "clean" or k in shown)
            changes = [change for piece in _pieces(line) for change in _at(piece.start(), decode(piece.group(), prices))]
            yield start, tuple(_moves_together(changes))


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """A line as a whole; a very long one in pieces that end at a space where there is one."""
    return _PIECE.finditer(text)


def _at(start: int, changes: Iterable[Change]) -> list[Change]:
    return [Change(kind, at + start, end + start, text, margin) for kind, at, end, text, margin in changes]


def _exchanged(start: int, line: str, page: Prices) -> list[_Placed]:
    """AM-ALL in the line that starts at a place, run by run."""
    pattern = _RUN if _SPACED_AM.search(line) else _LETTERS
    alone = page[0][1] == 0
    runs = [(start + m.start(), run, _cleared(run, alone)) for m in pattern.finditer(line) if "ำ" in (run := m.group())]
    prices = page if all(clear is None for _, _, clear in runs) else _SHOWN_BESIDE
    return [(at, decode(run, prices) if clear is None else clear) for at, run, clear in runs]


@lru_cache(maxsize=4096)
def _cleared(run: str, alone: bool) -> tuple[Change, ...] | None:
    """Every bare ำ of a clear run is า, every announced one ำ; None for a run that is not clear.

    alone: its sign would be the only one on the page, which has to be one that no rare word can give.
    """
    if "า" in run or not has_telltale(run, "am-all") or (alone and run.count("ำ") < 3):
        return None
    if not _SPACER.search(run):
        return tuple(Change("am-all", at, at + 1, "า", inf) for at, char in enumerate(run) if char == "ำ")
    changes = []
    for match in _AM.finditer(run):
        text = "า" if len(match.group()) == 1 else am_or_aa(run, match)[0].text
        changes.append(Change("am-all", match.start(), match.end(), text, inf))
    return tuple(changes)


def _shows(kind: str, text: str, context: Context) -> bool:
    """A line that shows the damage itself, or one on a page of that class (without any ำ, where that was lost)."""
    if kind == "unmapped":
        return UNMAPPED in text
    if kind.startswith("lost-marks"):
        return not text.isascii()
    return has_telltale(text, kind) or (kind in context.throughout and "ำ" not in text)


def _apply(draft: Draft, placed: Iterable[_Placed]) -> bool:
    """What is sure is done, what is not is flagged. True when something was done."""
    sure = []
    for place, changes in placed:
        for change in changes:
            kind, start, end, text, margin = change
            if margin >= DOUBTFUL:
                sure.append((kind, place + start, place + end, text, change.confidence))
            else:
                draft.flag(f"{kind}?", place + start, place + end, change.confidence)
    return draft.edit(sure)


def _moves_together(changes: Iterable[Change]) -> Iterator[Change]:
    """A mark that is taken from one letter is given to the one before: both or neither, so adjoining ones count as one."""
    held: Change | None = None
    for change in changes:
        if held is not None and held.kind == change.kind == "displaced" and held.end == change.start:
            held = Change("displaced", held.start, change.end, held.text + change.text, min(held.margin, change.margin))
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held


@lru_cache(maxsize=4096)
def decode(text: str, prices: Prices) -> tuple[Change, ...]:
    """Decisions of the best reading through the priced channels, named as traces are."""
    return tuple(change._replace(kind=_named(change.kind)) for change in _decoder().decode(text, dict(prices)))


def _named(kind: str) -> str:
    return "space-aa" if kind == "clean" else kind.partition(":")[0]


@lru_cache(maxsize=1)
def _decoder() -> Decoder:
    return Decoder(load_lexicon(), channel_of)


def channel_of(kind: str) -> Callable[[str], Lattice]:
    """A damage class's lattice maker; "lost-marks:่้" names the marks that were lost, "?" that some of each were."""
    if kind.startswith("lost-marks:"):
        marks = kind.partition(":")[2]
        return lost(_TONES_AND_VOWELS, _SOME_LOST) if marks == "?" else lost(marks)
    return {"unmapped": unmapped, "unmapped-ring": unmapped_ring, **CHANNELS}[kind]
