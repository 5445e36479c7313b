"""Makes data/telltales.tsv from the words and their costs: which letter sequences give a damage class away."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extract.repair.glyphs import CONSONANTS, MARKS, TONES
from extract.repair.telltales import DAMAGE

_SHORTEST, _LONGEST = 3, 7
_SURE = 9.2  # nats: 10,000 times more frequent in damaged text
_MOST = 200  # sequences of a class, the most frequent ones: the pattern is searched for in every page
_COMMON = 4e-6  # a word of damaged text in 250,000

_MARKED = re.compile(f"([{CONSONANTS}])([{MARKS}]+)(?=([{CONSONANTS}]))")


def find_telltales(share: dict[str, float]) -> Iterator[tuple[str, str]]:
    """Class and sequence, from the words' probabilities."""
    sound = _Sound(share)
    for kind, (true, printed) in DAMAGE.items():
        yield from ((kind, s) for s in _choose(_damaged(share, true, printed), sound))
    displaced = {s: p for s, p in _displaced(share).items() if math.log(p / (sound.ends.get(s, 0.0) + 1e-10)) >= _SURE}
    yield from (("displaced", s) for s in sorted(sorted(displaced, key=lambda s: (-displaced[s], s))[:_MOST]))

    for dropped in (TONES, MARKS):
        yield from (("lost-marks", s) for s in _choose(_shortened(share, dropped), sound))


def _damaged(share: dict[str, float], true: str, printed: str) -> dict[str, float]:
    """Frequencies in damaged text of the sequences that hold a wrong letter inside one word."""
    frequency: dict[str, float] = defaultdict(float)
    for word, p in share.items():
        wrong = {i for i, c in enumerate(word) if c == true}
        text = word.replace(true, printed)
        if wrong and p > 1e-7:
            for start, end in _spans(len(text)):
                if any(start <= i < end for i in wrong):
                    frequency[text[start:end]] += p
    return {s: p for s, p in frequency.items() if p >= _COMMON}


def _shortened(share: dict[str, float], dropped: str) -> dict[str, float]:
    """Frequencies of the sequences that hold the place of a lost mark."""
    frequency: dict[str, float] = defaultdict(float)
    for word, p in share.items():
        text, gaps = "", set()
        for char in word:
            if char in dropped:
                gaps.add(len(text))
            else:
                text += char
        if gaps and p > 1e-7:
            for start, end in _spans(len(text)):
                if any(start < gap < end for gap in gaps):
                    frequency[text[start:end]] += p
    return {s: p for s, p in frequency.items() if p >= _COMMON}


def _displaced(share: dict[str, float]) -> dict[str, float]:
    """Frequencies of consonant, next consonant and the marks of the first one; behind them the damage leaves a space."""
    frequency: dict[str, float] = defaultdict(float)
    for word, p in share.items():
        for match in _MARKED.finditer(word):
            host, marks, following = match.groups()
            frequency[host + following + marks] += p
    return {s: p for s, p in frequency.items() if p >= _COMMON}


def _choose(frequency: dict[str, float], sound: _Sound) -> list[str]:
    """The shortest sequences that are sure, none holding another."""
    kept: set[str] = set()
    for sequence in sorted(frequency, key=lambda s: (len(s), s)):
        if any(sequence[a:b] in kept for a, b in _spans(len(sequence))):
            continue
        if math.log(frequency[sequence] / sound.frequency(sequence)) >= _SURE:
            kept.add(sequence)
    return sorted(sorted(kept, key=lambda s: (-frequency[s], s))[:_MOST])


def _spans(length: int) -> Iterable[tuple[int, int]]:
    return ((a, b) for a in range(length) for b in range(a + _SHORTEST, min(length, a + _LONGEST) + 1))


class _Sound:
    """How often a sequence comes in sound text: inside words, and where two words meet by chance."""

    def __init__(self, share: dict[str, float]) -> None:
        self.inside: dict[str, float] = defaultdict(float)
        self.begins: dict[str, float] = defaultdict(float)
        self.ends: dict[str, float] = defaultdict(float)
        for word, p in share.items():
            for start, end in _spans(len(word)):
                self.inside[word[start:end]] += p
            for length in range(1, min(len(word), _LONGEST) + 1):
                self.begins[word[:length]] += p
                self.ends[word[-length:]] += p

    def frequency(self, sequence: str) -> float:
        met = sum(self._tail(sequence[:at]) * self.begins.get(sequence[at:], 0.0) for at in range(1, len(sequence)))
        return self.inside.get(sequence, 0.0) + met + 1e-10

    def _tail(self, sequence: str) -> float:
        """Probability that words end so; a short word may itself follow another."""
        best = self.ends.get(sequence, 0.0)
        for at in range(1, len(sequence)):
            best += self.ends.get(sequence[:at], 0.0) * self.begins.get(sequence[at:], 0.0)
        return best
