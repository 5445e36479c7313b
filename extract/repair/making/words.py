"""Makes data/words.tsv, the decoder's words with their costs.

From pythainlp's corpora that are in the public domain (CC0): its word list, the word counts of the Thai National Corpus (TNC) and
the Thai Textbook Corpus (TTC), of Common Crawl for words that both lack (Phupha), provinces; and from the office words and
names written for this project; neighbours (collocations.txt) are words of their own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
_THAI_WORD = re.compile("[ก-ฺเ-๎]{2,}|[ณฯ]")
_OFFICE_SHARE = 0.25  # of the mixture; the rest is general language
_PHUPHA_WEIGHT = 0.1  # its short words are pieces of longer ones
_SEEN = 20  # counts from which a word outside the word list is believed
_NAME_COST = 11.0  # one name in 60,000 words
_BOUND = 3.0  # nats by which a listed compound is likelier than its parts side by side
_RAREST = 19.0
_TOGETHER = 3.0  # nats by which a collocation is likelier than its two words by chance


def frequencies() -> dict[str, float]:
    """Relative frequency of every believed word."""
    from pythainlp.corpus import phupha, thai_words, tnc, ttc

    listed = {w for w in thai_words() if _THAI_WORD.fullmatch(w)}
    national, textbook = _relative(tnc.word_freqs()), _relative(ttc.word_freqs())
    crawl = _relative(phupha.word_freqs())
    seen = {w for w, n in tnc.word_freqs() if n >= _SEEN and len(w) >= 4 and _THAI_WORD.fullmatch(w)}
    office = _office()
    general = {}
    for word in listed | seen | set(office):
        share = 0.7 * national.get(word, 0.0) + 0.3 * textbook.get(word, 0.0)
        general[word] = share or _PHUPHA_WEIGHT * crawl.get(word, 0.0)
    mixed = {w: (1 - _OFFICE_SHARE) * p + _OFFICE_SHARE * office.get(w, 0.0) for w, p in general.items()}
    return {w: p for w, p in mixed.items() if not _is_damaged(w, mixed, listed)}


def _is_damaged(word: str, share: dict[str, float], listed: set[str]) -> bool:
    """A counted word outside the list that is another one without its ำ: the corpus held damaged text."""
    return word not in listed and "า" in word and any(share.get(w, 0.0) > 3 * share[word] for w in _with_am(word))


def _with_am(word: str) -> Iterable[str]:
    return (word[:i] + "ำ" + word[i + 1 :] for i, c in enumerate(word) if c == "า")


def _relative(counts: Iterable[tuple[str, int]]) -> dict[str, float]:
    tally: Counter[str] = Counter()
    for word, count in counts:
        tally[word] += count
    total = sum(tally.values())
    return {word: count / total for word, count in tally.items()}


def _office() -> dict[str, float]:
    rows = [line.split("\t") for line in (DATA / "office.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    total = sum(float(count) for _, count in rows)
    return {word: float(count) / total for word, count in rows}


def _names() -> list[str]:
    from pythainlp.corpus import provinces

    own = [line for line in (DATA / "names.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return sorted({*own, *(str(name) for name in provinces())})


def costs() -> dict[str, float]:
    """Word → −ln of its probability. Shorter words first, so that a compound can be weighed against its parts."""
    share = frequencies()
    cost: dict[str, float] = {}
    for word in sorted(share, key=lambda w: (len(w), w)):
        counted = -math.log(share[word]) if share[word] else _RAREST
        cost[word] = min(counted, max(_parts(word, cost) - _BOUND, 9.0), _RAREST)
    for name in _names():
        cost[name] = min(cost.get(name, _NAME_COST), _NAME_COST)
    for first, second in _collocations():
        together = cost.get(first, math.inf) + cost.get(second, math.inf) - _TOGETHER
        if together < cost.get(first + second, math.inf):
            cost[first + second] = together
    return cost


def _collocations() -> Iterable[tuple[str, str]]:
    for line in (DATA / "collocations.txt").read_text(encoding="utf-8").splitlines():
        if line[:1] != "#":
            before, word, after = (part.split() for part in line.split("·"))
            yield from ((b, word[0]) for b in before)
            yield from ((word[0], a) for a in after)


def _parts(word: str, cost: dict[str, float]) -> float:
    """Cost of the cheapest way to spell the word by shorter ones, infinite when there is none."""
    best = [0.0] + [math.inf] * len(word)
    for end in range(2, len(word) + 1):
        best[end] = min(best[at] + cost.get(word[at:end], math.inf) for at in range(max(0, end - 16), end - 1))
    return best[-1]
