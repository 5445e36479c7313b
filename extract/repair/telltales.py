"""Letter sequences that give a damage class away: common in text of that class, all but impossible in sound Thai.

A telltale only calls the decoder, which then weighs the whole line; so a rare false alarm costs a millisecond, never a letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "telltales.tsv"
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
