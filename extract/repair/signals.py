"""How good a text is, measured on the text alone."""

from __future__ import annotations

import re

import msgspec

from extract.repair.glyphs import TONES

_CONSONANT = re.compile("[ก-ฮ]")
_THAI = re.compile("[\u0e01-\u0e5b]+")
_TONE = re.compile(f"[{TONES}]")
_HIGH = re.compile("[\u00a1-\u00ff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Signals(msgspec.Struct, frozen=True):
    """Shares of the characters that are no white space; rates per Thai consonant; 0.0 where there is nothing to count.

    coverage: share of Thai letters inside dictionary words, None without Thai.
    """

    characters: int
    thai: float
    private: float
    latin1: float
    unmapped: float
    tones: float
    sara_am: float
    coverage: float | None = None


def signals(text: str) -> Signals:
    """Measure a page's text (before or after repair)."""
    packed = "".join(text.split())
    size = len(packed) or 1
    consonants = len(_CONSONANT.findall(packed)) or 1
    return Signals(
        characters=len(packed),
        thai=sum(map(len, _THAI.findall(packed))) / size,
        private=len(_PRIVATE.findall(packed)) / size,
        latin1=len(_HIGH.findall(packed)) / size,
        unmapped=packed.count("\ufffd") / size,
        tones=len(_TONE.findall(packed)) / consonants,
        sara_am=packed.count("ำ") / consonants,
    )
