"""Letter sequences that give a damage class away: common in text of that class, all but impossible in sound Thai.

A telltale only calls the decoder, which then weighs the whole line; so a rare false alarm costs a millisecond, never a letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from extract.repair.glyphs import CONSONANTS, MARKS, TONES, count_consonants

_TABLE = Path(__file__).parent / "data" / "telltales.tsv"
# Marks a consonant from which on none of a kind are missing throughout: tones (reports 0.083–0.15, half lost 0.06), vowels
# above (0.12–0.18) and below (0.02–0.05).
_FULL = ((TONES, 0.10), ("ัิีึื", 0.09), ("ุู", 0.015))
_LOST_MARKS = 0.0015  # telltales a consonant: 0 in 83,000 of sound reports; half of the tones lost 0.010, those over ปฝฟ 0.007
DAMAGE = {"lost-am": ("ำ", "า"), "am-all": ("า", "ำ")}  # letter of the sound text, what is printed for it


# Behind a displaced mark stands a space (or the line's end); few sound words end in two consonants and a mark.
_SHIFTED = re.compile(f"[ \n](?:(?<=[{CONSONANTS}]{{2}}[{MARKS}].)|(?<=[{CONSONANTS}]{{2}}[{MARKS}]{{2}}.))", re.DOTALL)


def count_telltales(kind: str, text: str) -> int:
    """How many telltales of a class the text holds."""
    patterns, shifted = _tables()
    if kind != "displaced":
        return len(patterns[kind].findall(text))
    return sum(_marked_end(text, m.start()) in shifted for m in _SHIFTED.finditer(text + "\n"))


def has_telltale(text: str, *kinds: str) -> bool:
    """Any telltale of the classes."""
    patterns, shifted = _tables()
    if any(pattern.search(text) for kind, pattern in patterns.items() if kind in kinds):
        return True
    return "displaced" in kinds and any(_marked_end(text, m.start()) in shifted for m in _SHIFTED.finditer(text + "\n"))


def loses_marks(text: str) -> bool:
    """Marks are missing though nothing stands in their place."""
    if not lacks_marks(text):
        return False
    lost = count_telltales("lost-marks", text)
    return lost >= 2 and lost > _LOST_MARKS * count_consonants(text)


def lacks_marks(text: str) -> bool:
    """So few marks of a kind that some may be missing; a few sound pages are like that too."""
    consonants = count_consonants(text)
    return any(sum(map(text.count, marks)) < share * consonants for marks, share in _FULL)


def _marked_end(text: str, at: int) -> str:
    """The two consonants and marks before a place."""
    return text[at - 3 : at] if text[at - 2] not in MARKS else text[at - 4 : at]


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, re.Pattern[str]], frozenset[str]]:
    """A pattern for each class of ำ, and the displaced ones. A pattern hangs on the wrong letter, so that only a text's าs
    (or ำs) are looked at: 10 times faster than from the left."""
    sequences = defaultdict(list)
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        kind, sequence = line.split("\t")
        sequences[kind].append(sequence)
    patterns = {kind: re.compile(_hung_on(printed, sequences[kind])) for kind, (_, printed) in DAMAGE.items()}
    patterns["lost-marks"] = re.compile(_by_first_letter([(s, "") for s in sequences["lost-marks"]]))
    return patterns, frozenset(sequences["displaced"])


def _hung_on(letter: str, sequences: list[str]) -> str:
    """Alternatives for what follows the sequence's first wrong letter; what is before looks back."""
    return f"{letter}(?:{_by_first_letter([(s[s.index(letter) + 1 :], f'(?<={s})') for s in sequences])})"


def _by_first_letter(sequences: list[tuple[str, str]]) -> str:
    """Sequences, each with a condition behind it, grouped by first letter: most are passed at one comparison."""
    groups: dict[str, list[str]] = defaultdict(list)
    for sequence, condition in sorted(sequences):
        groups[sequence[:1]].append(sequence[1:] + condition)
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())
