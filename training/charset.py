"""Characters <-> CTC classes.

Class 0 is the blank. A vowel sign and the tone mark above it are one class ("ี่"), because they stand in the same
column of the picture and CTC can emit only one label per frame. Order is part of the file format: append only.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

VOWELS = "ัิีึืุู"
TONES = "่้๊๋์"
_THAI = [chr(c) for c in range(0x0E01, 0x0E3B)] + [chr(c) for c in range(0x0E3F, 0x0E5A)]
_ASCII = [chr(c) for c in range(0x21, 0x7F)]
_FIRST = list(" “”‘’–—…•°±×÷≥≤≠→½²☐☑§")
_LATER = list("☒✓๚๛₂³●○■▪➢Σ")

BLANK = 0
CLASSES: list[str] = ["", *_THAI, *_ASCII, *_FIRST, *(v + t for v in VOWELS for t in TONES), *_LATER]
INDEX: dict[str, int] = {c: i for i, c in enumerate(CLASSES) if c}
SYMBOLS = frozenset(_FIRST + _LATER) - frozenset(" “”‘’–—…")
ALLOWED = frozenset(c for c in CLASSES if len(c) == 1)

_TONE_THEN_VOWEL = re.compile(f"([{TONES}])([{VOWELS}])")
_DOUBLED_MARK = re.compile(r"([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1+")
_SPLIT_AM = re.compile("\u0e4d([่้๊๋]?)\u0e32")
_FLOATING = "ะัาำิีึืฺุู็่้๊๋์ํๅ"


def clean(text: str) -> str:
    """Canonical spelling (NFC, composed ำ, vowel before tone), unknown characters dropped, single spaces, stripped."""
    s = _SPLIT_AM.sub(r"\1ำ", unicodedata.normalize("NFC", text))
    s = _DOUBLED_MARK.sub(r"\1", _TONE_THEN_VOWEL.sub(r"\2\1", s)).replace("เเ", "แ").replace("∑", "Σ")
    s = "".join(c for c in s if c in ALLOWED)
    return re.sub(r" +", " ", s).strip().lstrip(_FLOATING)


def encode(text: str) -> list[int]:
    """Class numbers of a cleaned text; KeyError on a character outside the set."""
    out, i = [], 0
    while i < len(text):
        pair = text[i : i + 2]
        if len(pair) == 2 and pair in INDEX:
            out.append(INDEX[pair])
            i += 2
        else:
            out.append(INDEX[text[i]])
            i += 1
    return out


def frames_needed(labels: Sequence[int]) -> int:
    """Least number of CTC frames that can spell the labels (a blank must stand between equal neighbours)."""
    return len(labels) + sum(a == b for a, b in pairwise(labels)) + 1


def collapse(ids: Sequence[int]) -> str:
    """Best-path decoding: merge repeats, drop blanks."""
    out, last = [], BLANK
    for k in ids:
        if k != last and k != BLANK:
            out.append(CLASSES[k])
        last = k
    return "".join(out)
