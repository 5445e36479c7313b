"""Wordings of a form as they are really printed: tone marks lost, sara am torn, spaces moved, a few letters wrong.

Wordings are compared by their `skeleton`, which leaves out what printing and reading lose most: vowel and tone marks,
spaces and punctuation. A bounded number of its letters may be wrong; a map back to the text gives the exact span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from normalize.digits import TO_ARABIC

# marks above and below: lost first when a layer is damaged, misprinted most (คำนียาม), never all that tells two labels apart
_WEAK = "ัิีึืฺุู็่้๊๋์ํ๎\u200b\u200c"
_NOISE = re.compile(f"[{_WEAK}\\W_]+")
_NOT_DIGITS = re.compile(r"\D+")
_PIECES = re.compile(r"[^\s:=：]+")
_AM = str.maketrans({"ำ": "า"})


def skeleton(text: str) -> str:
    """Letters and digits alone, without marks; ำ as า; Thai digits as Arabic ones."""
    return _NOISE.sub("", text.translate(TO_ARABIC).translate(_AM)).casefold()


def arabic(text: str) -> str:
    """Thai digits as Arabic ones, nothing else changed."""
    return text.translate(TO_ARABIC)


def errors_allowed(core: str) -> int:
    """Letters that may be wrong in a wording of this skeleton: none below 5, one in 5–9, two in 10–17, then three.

    Measured over the forms' labels against every line start of the made reports' narratives: nearest wrong wording
    of 10 letters is 5 away, of 5–9 letters 2.
    """
    length = len(core)
    return 0 if length < 5 else 1 if length < 10 else 2 if length < 18 else 3


@dataclass(frozen=True, slots=True)
class Wording:
    """A label or title, ready to be found. core: its skeleton. budget: wrong letters allowed."""

    text: str
    core: str
    budget: int

    def begins(self, core: str, ends: frozenset[int] = frozenset()) -> tuple[int, int] | None:
        """(errors, letters) with which a text of this skeleton begins with the wording, None when too many are wrong.

        ends: numbers of letters after which a word or the line ends: of two equally wrong readings, the one that ends there.
        """
        length = len(self.core)
        if not length:
            return None
        if core.startswith(self.core):
            return 0, length
        budget = self.budget
        if not budget or Levenshtein.distance(self.core, core[:length], score_cutoff=2 * budget) > 2 * budget:
            return None
        found = (
            (Levenshtein.distance(self.core, core[:n], score_cutoff=budget), n not in ends, abs(n - length), n)
            for n in range(max(1, length - budget), min(length + budget, len(core)) + 1)
        )
        errors, _, _, letters = min(found, default=(budget + 1, False, 0, 0))
        return (errors, letters) if errors <= budget and not self._other_digits(core[:letters]) else None

    def equals(self, core: str) -> bool:
        """Whether a text of this skeleton is the wording and nothing else."""
        return Levenshtein.distance(self.core, core, score_cutoff=self.budget) <= self.budget and not self._other_digits(core)

    def _other_digits(self, core: str) -> bool:
        """Whether the text prints another number than the wording: ไตรมาส 2 is no misprint of ไตรมาส 1."""
        return bool(printed := _NOT_DIGITS.sub("", core)) and printed != _NOT_DIGITS.sub("", self.core)

    def ends(self, text: str) -> int | None:
        """Where the wording begins that the text ends with, None when it ends with something else."""
        core = skeleton(text)
        if not self.core:
            return None
        sizes = range(max(1, len(self.core) - self.budget), min(len(self.core) + self.budget, len(core)) + 1)
        found = min(((Levenshtein.distance(self.core, core[len(core) - n :]), -n) for n in sizes), default=(99, 0))
        if found[0] > self.budget:
            return None
        start = end_of(text, 0, len(core) + found[1])
        while start > 0 and not text[start - 1].isspace() and not skeleton(text[start - 1]) and text[start - 1] not in _WEAK:
            start -= 1  # an opening bracket belongs to the wording
        return start

    def near(self, core: str) -> float:
        """How like the wording a text of this skeleton is, 0–1."""
        return float(Levenshtein.normalized_similarity(self.core, core))


def end_of(text: str, start: int, letters: int) -> int:
    """Where, in the text from `start`, the first so many letters of its skeleton end, the marks on the last one included."""
    at = start
    while at < len(text) and letters > 0:
        letters -= len(skeleton(text[at]))
        at += 1
    while at < len(text) and text[at] in _WEAK:
        at += 1
    return at


def word_ends(text: str) -> frozenset[int]:
    """Numbers of letters of the text's skeleton after which white space, a colon or the end stands."""
    found, letters = {0}, 0
    for piece in _PIECES.findall(text):
        letters += len(skeleton(piece))
        found.add(letters)
    return frozenset(found)


def places(text: str, core: str) -> list[tuple[int, int]]:
    """Every exact place of a skeleton in the text (marks, spaces and punctuation aside)."""
    where, flat = _letters(text)
    if len(flat) != len(where):  # a character with two letters (ﬁ)
        return []
    found, at = [], flat.find(core)
    while core and at >= 0:
        found.append((where[at], end_of(text, where[at], len(core))))
        at = flat.find(core, at + 1)
    return found


@lru_cache(maxsize=512)
def _letters(text: str) -> tuple[list[int], str]:
    """Where the letters of the text's skeleton stand in it, and the skeleton."""
    return [at for at, char in enumerate(text) if skeleton(char)], skeleton(text)


@lru_cache(maxsize=4096)
def wording(text: str) -> Wording:
    core = skeleton(text)
    return Wording(text, core, errors_allowed(core))
