"""What a page as a whole shows about its damage, so that a short line of it can be judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from extract.repair.glyphs import CONSONANTS, LATIN_TONES, TONES

# A character that may stand for the ring of ำ: neither Thai nor space, digit, or punctuation that a text has of its own.
_STRAY = rf"[^\u0e00-\u0e7f\s0-9{''.join(LATIN_TONES)}\"'(){{}}<>/\\.,:;|*+=%&“”‘’…–—\[\]\-\u200b-\u200f\uf000-\uf8ff]"
_RING = re.compile(f"(?<=[{CONSONANTS}{TONES}])({_STRAY})\\1*(?=[{TONES}]?[าำ])")
_BETWEEN_THAI = re.compile(rf"(?<=[\u0e01-\u0e4e])({_STRAY})\1*(?=[\u0e01-\u0e4e])")
_SPACED_MARK = re.compile(f"(?<=[{CONSONANTS}]) (?:[ัิีึืุู็์]|[{TONES}](?!า))")
_SPACED_AA = re.compile(f"(?<=[{CONSONANTS}{TONES}]) า")
_ANNOUNCED_AM = re.compile(f"(?<=[{CONSONANTS}{TONES}])[ \u00a0\u200b]+ำ")
_HIGH = re.compile("[\u00a1-\u00fb]")
_THAI = re.compile("[ก-๛]+")

# A page of which so much is Latin-1 letters was TIS-620. Clean Thai and English pages have below 0.01 (seed, books, corpus).
MOJIBAKE_SHARE = 0.30


class Context(msgspec.Struct, frozen=True):
    """rings: characters that stand for the ring of ำ. mojibake: single Latin-1 characters are Thai bytes too.
    am_all: the page has runs in a font that writes ำ for every า. spaced_marks: spaces stand before marks of all kinds, so
    that one before tone + า belongs to the tone."""

    rings: frozenset[str] = frozenset()
    mojibake: bool = False
    am_all: bool = False
    spaced_marks: bool = False


def survey(texts: Iterable[str]) -> Context:
    """The context of one page (or of one book's pages of the same origin) from its lines as printed."""
    text = "\n".join(texts)
    return Context(
        rings=_rings(text),
        mojibake=_is_mojibake(text),
        am_all=_shows_am_all(text),
        spaced_marks=len(_SPACED_MARK.findall(text)) > len(_SPACED_AA.findall(text)),
    )


def _rings(text: str) -> frozenset[str]:
    """Characters that, wherever they stand inside Thai, stand where the ring of ำ would."""
    rings = Counter(m.group(1) for m in _RING.finditer(text))
    if not rings:
        return frozenset()
    between = Counter(m.group(1) for m in _BETWEEN_THAI.finditer(text))
    return frozenset(c for c, n in rings.items() if n >= 0.9 * between[c])


def _is_mojibake(text: str) -> bool:
    high = len(_HIGH.findall(text))
    if high < 3:
        return False
    thai = sum(map(len, _THAI.findall(text)))
    return high > thai and high >= MOJIBAKE_SHARE * len("".join(text.split()))


def _shows_am_all(text: str) -> bool:
    """ำ announced by a space, or more ำ than Thai ever has: 2–9 % of ำ and า together in clean reports, 100 % in such a font."""
    announced = len(_ANNOUNCED_AM.findall(text))
    bare = text.count("ำ") - announced
    return bool(announced) or (bare >= 4 and bare > text.count("า"))
