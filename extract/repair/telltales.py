"""Letter sequences that give a damage class away: common in text of that class, all but impossible in sound Thai.

`python -m extract.repair.telltales` makes data/telltales.tsv from the words and their costs. A telltale only calls the decoder,
which then weighs the whole line; so a rare false alarm costs a millisecond, never a letter.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "telltales.tsv"
_SHORTEST, _LONGEST = 3, 7
_SURE = 9.2  # nats: 10,000 times more frequent in damaged text
_MOST = 200  # sequences of a class, the most frequent ones: the pattern is searched for in every page
_COMMON = 4e-6  # a word of damaged text in 250,000
DAMAGE = {"lost-am": ("ำ", "า"), "am-all": ("า", "ำ")}  # letter of the sound text, what is printed for it


@lru_cache(maxsize=1)
def telltale_patterns() -> dict[str, re.Pattern[str]]:
    """A pattern for each class. It hangs on the wrong letter, so that only a text's าs (or ำs) are looked at: 10 times faster."""
    sequences = defaultdict(list)
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        kind, sequence = line.split("\t")
        sequences[kind].append(sequence)
    return {kind: re.compile(_hung_on(printed, sequences[kind])) for kind, (_, printed) in DAMAGE.items()}


def _hung_on(letter: str, sequences: list[str]) -> str:
    """Alternatives for what follows the sequence's first wrong letter, by their first letter; what is before looks back."""
    by_next: dict[str, list[str]] = defaultdict(list)
    for sequence in sorted(sequences):
        rest = sequence[sequence.index(letter) + 1 :]
        by_next[rest[:1]].append(f"{rest[1:]}(?<={sequence})")
    follows = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_next.items())
    return f"{letter}(?:{follows})"


def find_telltales(share: dict[str, float]) -> Iterator[tuple[str, str]]:
    """Class and sequence, from the words' probabilities."""
    sound = _Sound(share)
    for kind, (true, printed) in DAMAGE.items():
        yield from ((kind, s) for s in _choose(_damaged(share, true, printed), sound))


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


def main() -> None:
    lines = (Path(__file__).parent / "data" / "words.tsv").read_text(encoding="utf-8").splitlines()
    share = {word: math.exp(-int(cost) / 10) for word, cost in (line.split("\t") for line in lines)}
    _TABLE.write_text("".join(f"{kind}\t{s}\n" for kind, s in find_telltales(share)), encoding="utf-8")


if __name__ == "__main__":
    main()
