"""The decoder's words: which strings are words, at what cost, and which are beginnings of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from math import inf
from pathlib import Path

_WORDS = Path(__file__).parent / "data" / "words.tsv"
_REMEMBERED = 400_000  # prefixes; about 40 MB. Forgetting them costs time, never a result


class Lexicon:
    """Sorted words with costs (−ln probability, nats). Prefixes are looked up by bisection and remembered: loading takes 20 ms,
    where building a trie of 60,000 words in Python took 500 ms.

    look(prefix): cost when prefix is a word, infinity when it only begins one, None when neither.
    """

    def __init__(self, words: list[str], costs: list[float]) -> None:
        """words: ascending by code point, each once; costs: beside them."""
        self.words, self.costs = words, costs
        self.look: Callable[[str], float | None] = _Remembered(words, costs).__getitem__


class _Remembered(dict[str, float | None]):
    """What was looked up so far: the decoder asks some thousand times a line, mostly the same."""

    def __init__(self, words: list[str], costs: list[float]) -> None:
        self._words, self._costs = words, costs

    def __missing__(self, prefix: str) -> float | None:
        at = bisect_left(self._words, prefix)
        found: float | None = None
        if at < len(self._words) and self._words[at].startswith(prefix):
            found = self._costs[at] if self._words[at] == prefix else inf
        if len(self) > _REMEMBERED:
            self.clear()
        self[prefix] = found
        return found


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The packaged words (made by `vocabulary`)."""
    parts = _WORDS.read_text(encoding="utf-8").split()
    return Lexicon(parts[::2], [int(cost) / 10 for cost in parts[1::2]])
