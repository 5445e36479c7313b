"""What each damage class does to a text, as lattices that the decoder searches.

A lattice gives for each node the arcs that leave it. Node 2i stands before printed character i; node 2i + 1 stands there too,
with the marks behind that character already taken (displaced marks). The last node is 2n.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extract.repair.glyphs import CONSONANTS, MARKS, NO_AM_AFTER, TONES, UNMAPPED, is_consonant


class Arc(NamedTuple):
    """Printed characters up to node `to` were written as `text` in the sound text; cost in nats."""

    to: int
    text: str
    cost: float = 0.0


Lattice = list[list[Arc]]
_ARTEFACT = 20.0  # a space put inside a word by a reader, against one that stands for a lost glyph
_TORN = 20.0  # a vowel that follows no letter
_NO_SPACE = 3.0  # a displaced mark without the space that comes with it
_CLOSED = 4.0  # such a space, its mark already in place
_LEFT = 8.0  # an unmapped glyph that stays unknown
_COSTLY = re.compile(f"{UNMAPPED}|(?<![ก-๎])[ะาำ]")
_GAP = re.compile(f"(?:{NO_AM_AFTER})$")
_ANNOUNCED = re.compile(f"(?<![ \u00a0\u200bํ])[ \u00a0\u200bํ]+(?:[{TONES}][ \u00a0\u200bํ]*)?ำ")
_SPACED_AA = re.compile(f"[ \u00a0]{{1,2}}[{TONES}]?า")
_AA = re.compile(f"(?<=[{CONSONANTS}{TONES}])า")
_MARKED = re.compile(f"[{CONSONANTS}]([{MARKS}]+)( ?)")


def clean(text: str) -> Lattice:
    """As printed; ำ may be a space and า."""
    lattice = identity(text)
    for match in _SPACED_AA.finditer(text):
        if _after_letter(text, match.start()):
            lattice[2 * match.start()] += am_or_aa(text, match)
    return lattice


def lost_am(text: str) -> Lattice:
    """Every ำ came out as า."""
    lattice = identity(text)
    for match in _AA.finditer(text):
        lattice[2 * match.start()].append(Arc(2 * match.end(), "ำ"))
    for i, char in enumerate(text):
        if char == "ำ":
            lattice[2 * i] = []
    return lattice


def am_all(text: str) -> Lattice:
    """Every า came out as ำ, a true ำ announced by a space of some kind."""
    lattice = identity(text)
    for i, char in enumerate(text):
        if char in "ำา":
            lattice[2 * i] = [lattice[2 * i][0]._replace(text="า")] if char == "ำ" else []
    for match in _ANNOUNCED.finditer(text):
        if _after_letter(text, match.start()):
            lattice[2 * match.start()] += am_or_aa(text, match)
    return lattice


def displaced(text: str) -> Lattice:
    """Marks printed behind the next consonant, and a space behind them."""
    lattice = identity(text)
    marked = {m.start(): m for m in _MARKED.finditer(text)}
    for i, char in enumerate(text):
        if not is_consonant(char):
            continue
        own = marked.get(i)
        if own is None:
            lattice[2 * i] += _given(marked.get(i + 1), char)
            continue
        for behind in {own.end(1), own.end()}:  # its marks are given to the letter before; so may the space be part of that
            lattice[2 * i + 1].append(Arc(2 * behind, char, 0.0 if behind > own.end(1) else _NO_SPACE))
            lattice[2 * i + 1] += _given(marked.get(behind), char)
    for i, char in enumerate(text):
        if char == " " and 0 < i < len(text) - 1 and all("ก" <= c <= "๎" for c in text[i - 1] + text[i + 1]):
            lattice[2 * i].append(Arc(2 * i + 2, "", _CLOSED))
    return lattice


def _given(marked: re.Match[str] | None, char: str) -> list[Arc]:
    """A consonant takes the marks that stand behind the next one."""
    return [] if marked is None else [Arc(2 * marked.start() + 1, char + marked.group(1))]


CHANNELS: dict[str, Callable[[str], Lattice]] = {"clean": clean, "lost-am": lost_am, "am-all": am_all, "displaced": displaced}


def identity(text: str) -> Lattice:
    """Every character stands for itself."""
    lattice: Lattice = [[] for _ in range(2 * len(text) + 1)]
    for i, char in enumerate(text):
        lattice[2 * i] = [Arc(2 * i + 2, char)]
    for match in _COSTLY.finditer(text):
        lattice[2 * match.start()] = [Arc(2 * match.end(), match.group(), _LEFT if match.group() == UNMAPPED else _TORN)]
    return lattice


def am_or_aa(text: str, match: re.Match[str]) -> list[Arc]:
    """ำ for the matched spaces, tone and vowel; where no ำ can stand, or as a reader's accident, the space is nothing."""
    tone = "".join(c for c in match.group() if c in TONES)
    if _GAP.search(text, max(0, match.start() - 4), match.start()):
        return [Arc(2 * match.end(), f"{tone}า")]
    aa = [] if "\u200b" in match.group() else [Arc(2 * match.end(), f"{tone}า", _ARTEFACT)]
    return [Arc(2 * match.end(), f"{tone}ำ"), *aa]


def _after_letter(text: str, at: int) -> bool:
    """A consonant or its tone: what ำ can follow."""
    last = text[at - 2 : at] if at > 1 and text[at - 1] in TONES else text[at - 1 : at]
    return is_consonant(last[:1])
