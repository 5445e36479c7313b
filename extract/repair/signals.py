"""How good a text is, measured on the text alone, and from when on it is not worth reading."""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf
from pathlib import Path

import msgspec

from extract.repair.glyphs import TONES, count_consonants
from extract.repair.lexicon import Lexicon, load_lexicon
from extract.repair.telltales import loses_marks

_THAI = re.compile("[\u0e01-\u0e5b]+")
_HIGH = re.compile("[\u00a1-\u00ff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FOREIGN = re.compile("[\u0100-\u0dff\u0e80-\u1fff\u2c00-\u2fdf\u3040-\uabff\uf900-\ufaff]")
_LATIN_WORD = re.compile("[A-Za-z]+")
_DIGIT_IN_WORD = re.compile("(?<=[ก-ฮิีึืัุู])[0-9](?=[ก-๎])")
_THAI_WORDS = re.compile("[\u0e01-\u0e4e]+")
_ENGLISH = Path(__file__).parent / "data" / "english.txt"
_SAMPLE = 600  # Thai letters measured for coverage: 3 ms; the share is then known within 0.03 (two standard errors)


# Thresholds of `hopeless`, from pages read and repaired: 24 of the made corpus, 113 of 20 producers, 12 budget books against the
# same text with marks lost, letters exchanged, fonts without mapping, foreign OCR layers (November 2026).
_UNMAPPED = 0.03  # sound pages ≤ 0.013; tone variants unmapped 0.04, no mapping at all 1.0
_FOREIGN_SHARE = 0.03  # sound 0.000; glyph numbers as letters 0.04–0.9
_PRIVATE_SHARE = 0.03  # sound 0.000 after repair
_LATIN1_SHARE = 0.05  # sound ≤ 0.003
_COVERED = 0.87  # sound reports ≥ 0.979, lists of names 0.88–0.92; a tenth of the letters exchanged 0.86, shuffled 0.5
_COVERED_SHORT = 0.60  # for 20–100 consonants, where a few names weigh much
_BARE = 0.05  # vowel marks, or digits between Thai letters, a consonant: sound pages 0.18–0.28 and 0.000–0.004
_COVERED_TONELESS = 0.93  # of a short text without tones
_TONELESS = 0.015  # sound reports ≥ 0.083, names 0.028–0.05; tones lost 0.0
_ENGLISH_SHARE = 0.08  # English prose 0.42–0.55; OCR in the wrong language 0.00


class Signals(msgspec.Struct, frozen=True):
    """Shares of the characters that are no white space (thai, private, latin1, foreign = other letters, unmapped = U+FFFD);
    tones and sara_am per Thai consonant; 0.0 where there is nothing to count.

    coverage: share of Thai letters inside dictionary words of the longest match, None below 20 letters.
    english: share of Latin words that are among the commonest English ones, None below 20 words.
    """

    characters: int
    consonants: int
    thai: float
    private: float
    latin1: float
    foreign: float
    unmapped: float
    tones: float
    sara_am: float
    coverage: float | None = None
    english: float | None = None


def signals(text: str) -> Signals:
    """Measure a page's text (before or after repair)."""
    return msgspec.structs.replace(_measured(text), coverage=_coverage(text, load_lexicon()), english=_english(text))


def _measured(text: str) -> Signals:
    """All that needs no words."""
    packed = "".join(text.split())
    size = len(packed) or 1
    consonants = count_consonants(packed)
    return Signals(
        characters=len(packed),
        consonants=consonants,
        thai=sum(map(len, _THAI.findall(packed))) / size,
        private=len(_PRIVATE.findall(packed)) / size,
        latin1=len(_HIGH.findall(packed)) / size,
        foreign=len(_FOREIGN.findall(packed)) / size,
        unmapped=packed.count("\ufffd") / size,
        tones=sum(map(packed.count, TONES)) / (consonants or 1),
        sara_am=packed.count("ำ") / (consonants or 1),
    )


def hopeless(text: str) -> bool:
    """A page's repaired text is not worth reading: OCR has to. Cheap signals first (0.1 ms); words are looked up where they
    leave a doubt, and where there is nothing to count the answer is no."""
    found = _measured(text)
    if max(found.unmapped / _UNMAPPED, found.foreign / _FOREIGN_SHARE, found.private / _PRIVATE_SHARE) > 1:
        return True
    if found.latin1 > _LATIN1_SHARE and found.thai < 0.3:
        return True
    if found.thai < 0.05:
        english = _english(text)
        return english is not None and english < _ENGLISH_SHARE
    if found.consonants >= 200 and found.tones < _TONELESS:
        return True
    if loses_marks(text) or _bare(text, found):
        return True
    if _ordinary(found):
        return False
    coverage = _coverage(text, load_lexicon())
    return coverage is not None and coverage < _least_coverage(found)


def _bare(text: str, found: Signals) -> bool:
    """No marks at all, or digits for tones inside the words."""
    if found.consonants < 40 or found.tones >= _TONELESS:
        return False
    vowels = sum(map(text.count, "ัิีึืุู"))
    return vowels < _BARE * found.consonants or len(_DIGIT_IN_WORD.findall(text)) > _BARE * found.consonants


def _least_coverage(found: Signals) -> float:
    if found.consonants < 40:
        return _COVERED_SHORT
    if found.tones < _TONELESS:
        return _COVERED_TONELESS
    return _COVERED if found.consonants >= 100 else _COVERED_SHORT


def _ordinary(found: Signals) -> bool:
    """Nothing at all that speaks of damage: such pages had coverage ≥ 0.979 without exception."""
    return found.unmapped + found.foreign + found.private == 0 and found.tones < 0.17 and 0.004 < found.sara_am < 0.06


def _coverage(text: str, lexicon: Lexicon) -> float | None:
    """Greedy longest match over evenly taken runs of letters."""
    runs = _THAI_WORDS.findall(text)
    letters = sum(map(len, runs))
    if letters < 20:
        return None
    step = max(1, letters // _SAMPLE)
    seen = covered = 0
    for run in runs[::step]:
        at = 0
        while at < len(run):
            length = _longest(run, at, lexicon)
            covered += length
            at += max(length, 1)
        seen += len(run)
    return covered / seen


def _longest(run: str, start: int, lexicon: Lexicon) -> int:
    """Length of the longest word at run[start:], 0 when there is none."""
    best = 0
    for end in range(start + 1, len(run) + 1):
        found = lexicon.look(run[start:end])
        if found is None:
            break
        if found < inf:
            best = end - start
    return best


def _english(text: str) -> float | None:
    words = [w.lower() for w in _LATIN_WORD.findall(text) if len(w) > 1]
    if len(words) < 20:
        return None
    common = _common_english()
    return sum(w in common for w in words) / len(words)


@lru_cache(maxsize=1)
def _common_english() -> frozenset[str]:
    return frozenset(_ENGLISH.read_text(encoding="utf-8").split())
