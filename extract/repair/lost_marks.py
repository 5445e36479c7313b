"""Channels for marks that the text layer lost: printed as U+FFFD or another stray character, or not at all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from extract.repair.channels import Arc, Lattice, identity
from extract.repair.decoder import Change
from extract.repair.glyphs import CONSONANTS, LATIN_TONES, MARKS, UNMAPPED, is_consonant

_VOWELS, _TONES = "ัิีึืุู", "่้๊๋์็"
# Marks a consonant in sound reports (books' gold, made corpus); a mark that comes at less than a fifth of that may be lost.
_USUAL = {"่": 0.053, "้": 0.055, "ิ": 0.044, "ี": 0.037, "ั": 0.054, "ื": 0.016, "ึ": 0.009, "ุ": 0.026, "ู": 0.014, "์": 0.019, "็": 0.008}
_LOST_BELOW = 0.2
_ENOUGH = 6  # marks expected, before their absence says something
_NOTHING = 6.0  # an unmapped glyph that stands for nothing
_DESCENDING = "ฐญ"  # drawn without their lower part over ุ ู: the only consonants with such a variant glyph
_BEFORE_AA = re.compile(f"(?<=[{CONSONANTS}่้๊๋]){UNMAPPED}([่้๊๋]?)[าำ]")
_AFTER_THAI = re.compile("(?<=[\u0e01-\u0e4e])[^\u0e00-\u0e7f\\s]")
_STRAY = re.compile("([^\u0e00-\u0e7f\\s\ufffd])(?<=[\u0e01-\u0e4e].)(?=[\u0e01-\u0e4e])")
_STRAY_LETTER = re.compile("([^\x00-\x7f\u0e00-\u0e7f\\s\ufffd])(?<=[\u0e01-\u0e4e].)(?=[\u0e01-\u0e4e])")  # no ASCII
_WITNESSES = 40  # pieces of lines that are asked
_WITNESS = re.compile(".{1,300}", re.DOTALL)
_AGREED = 0.9  # share of the votes that one mark has to have
_VOTES = 2
_LOUDEST, _LOUD = 10.0, 3.0  # nats: most that one place can say, and what places have to say in the mean
_NEVER_STRAY = "".join(LATIN_TONES) + "×÷±°²³·•…\u200b\u200c\u200d-–—/.,()[]\"'“”:;"


def unmapped(text: str) -> Lattice:
    """U+FFFD for a mark, or for ฐ ญ over ุ ู."""
    lattice = identity(text)
    for i, char in enumerate(text):
        if char == UNMAPPED:
            lattice[2 * i] += _instead(text, i)
    return lattice


def unmapped_ring(text: str) -> Lattice:
    """U+FFFD for a mark, or for the ring of ำ."""
    lattice = unmapped(text)
    for match in _BEFORE_AA.finditer(text):
        lattice[2 * match.start()].append(Arc(2 * match.end(), f"{match.group(1)}ำ"))
    return lattice


def _instead(text: str, i: int) -> list[Arc]:
    """What the unmapped glyph at i may be, by what it stands on."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if before == UNMAPPED:  # the tone over a vowel that was lost too
        before = "ิ" if i > 1 and is_consonant(text[i - 2]) else ""
    if before and (is_consonant(before) or before in _VOWELS):
        marks = _TONES if before in _VOWELS else _VOWELS + _TONES
        return [*(Arc(2 * i + 2, mark) for mark in marks), Arc(2 * i + 2, "", _NOTHING)]
    return [Arc(2 * i + 2, letter) for letter in _DESCENDING] if after in "ุู" and after else []


def lost(marks: str, price: float = 0.0) -> Callable[[str], Lattice]:
    """Channel in which these marks were not printed; price of each that is put back."""
    vowels, tones = [m for m in marks if m in _VOWELS], [m for m in marks if m in _TONES]
    pairs = [*vowels, *tones, *(v + t for v in vowels for t in tones)]

    def channel(text: str) -> Lattice:
        lattice = identity(text)
        for i, char in enumerate(text):
            after = text[i + 1 : i + 2]
            if is_consonant(char) and (not after or after not in MARKS):
                lattice[2 * i] += [Arc(2 * i + 2, char + pair, price) for pair in pairs]
            elif char in _VOWELS and (not after or after not in MARKS):
                lattice[2 * i] += [Arc(2 * i + 2, char + tone, price) for tone in tones]
        return lattice

    return channel


def missing_marks(text: str) -> str:
    """Marks that are rarer than in any report."""
    consonants = sum(map(is_consonant, text)) or 1
    count = Counter(text)
    expected = {mark: rate * consonants for mark, rate in _USUAL.items()}
    return "".join(mark for mark, n in expected.items() if n >= _ENOUGH and count[mark] < _LOST_BELOW * n)


def stray_characters(text: str, last_resort: bool) -> frozenset[str]:
    """Characters that stand inside Thai words often enough to stand for something. Digits and other ASCII can be themselves:
    they count where there is no OCR to ask."""
    found = Counter((_STRAY if last_resort else _STRAY_LETTER).findall(text))
    return frozenset(c for c, n in found.items() if n >= _VOTES and c not in _NEVER_STRAY)


def marks_of(strays: frozenset[str], lines: Iterable[str], decode: Callable[[str], tuple[Change, ...]]) -> dict[str, str]:
    """The mark that each stray character stands for, where the words agree on one. decode: through the channel `unmapped`."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    places: Counter[str] = Counter()
    pieces = (piece for line in lines for piece in _WITNESS.findall(line) if not strays.isdisjoint(piece))
    for line in islice(pieces, _WITNESSES):
        hidden = _AFTER_THAI.sub(partial(_hidden, strays), line)
        places.update(a for a, b in zip(line, hidden, strict=True) if b == UNMAPPED and a in strays)
        for change in decode(hidden) if UNMAPPED in hidden else ():
            if change.text != UNMAPPED and hidden[change.start] == UNMAPPED:
                votes[line[change.start]]["ํ" if change.text[-1:] == "ำ" else change.text] += min(change.margin, _LOUDEST)
    return {stray: mark for stray, marks in sorted(votes.items()) if (mark := _agreed(marks, places[stray])) is not None}


def _hidden(strays: frozenset[str], match: re.Match[str]) -> str:
    """U+FFFD for a stray character; ASCII only between Thai letters."""
    stray = match.group() in strays and (not match.group().isascii() or _STRAY.match(match.string, match.start()) is not None)
    return UNMAPPED if stray else match.group()


def _agreed(marks: dict[str, float], places: int) -> str | None:
    """The mark that nearly all votes name, and nearly all places of the character have voted for."""
    mark = max(sorted(marks), key=marks.__getitem__)
    weight = marks[mark]
    enough = weight >= _AGREED * sum(marks.values()) and weight >= _LOUD * places
    return mark if mark and enough else None


def stray_pattern(stray: str) -> re.Pattern[str]:
    """Where the character stands for its mark (the ring of ำ behind a tone too)."""
    return re.compile(f"(?<=[{CONSONANTS}{_VOWELS}่้๊๋]){re.escape(stray)}(?![0-9๐-๙])")
