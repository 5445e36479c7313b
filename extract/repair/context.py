"""What a page as a whole shows about its damage, so that a short line of it can be judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from extract.repair.glyphs import CONSONANTS, LATIN_TONES, TONES
from extract.repair.suspects import looks_sound
from extract.repair.telltales import count_telltales

# A character that may stand for the ring of ำ: neither Thai nor space, digit, or punctuation that a text has of its own.
_STRAY = rf"[^\u0e00-\u0e7f\s0-9{''.join(LATIN_TONES)}\"'(){{}}<>/\\.,:;|*+=%&“”‘’…–—\[\]\-\u200b-\u200f\uf000-\uf8ff]"
_RING = re.compile(f"(?<=[{CONSONANTS}{TONES}])({_STRAY})\\1*(?=[{TONES}]?[าำ])")
_BETWEEN_THAI = re.compile(rf"(?<=[\u0e01-\u0e4e])({_STRAY})\1*(?=[\u0e01-\u0e4e])")
_SPACED_MARK = re.compile(f"(?<=[{CONSONANTS}]) (?:[ัิีึืุู็์]|[{TONES}](?!า))")
_SPACED_AA = re.compile(f"(?<=[{CONSONANTS}{TONES}]) า")
_ANNOUNCED_AM = re.compile(f"(?<=[{CONSONANTS}{TONES}])[ \u00a0\u200b]+ำ")
_CONSONANT = re.compile(f"[{CONSONANTS}]")
_HIGH = re.compile("[\u00a1-\u00fb]")
_THAI = re.compile("[ก-๛]+")

# A page of which so much is Latin-1 letters was TIS-620. Clean Thai and English pages have below 0.01 (seed, books, corpus).
MOJIBAKE_SHARE = 0.30
# Consonants that a text without any ำ needs before all of it counts as damaged. Clean lines: one ำ in 60 consonants (books).
_ENOUGH = 40


class Context(msgspec.Struct, frozen=True):
    """sound: the whole page shows nothing to mend. rings: characters that stand for the ring of ำ. mojibake: single Latin-1
    characters are Thai bytes too. spaced_marks: spaces stand before marks of all kinds, so that one before tone + า belongs to
    the tone. prices: channels that the decoder has to weigh, with the price of entering each (−ln of how likely it is here);
    empty: nothing to decode. throughout: classes that mark the whole page, so that lines without a telltale are decoded too."""

    sound: bool = False
    rings: frozenset[str] = frozenset()
    mojibake: bool = False
    spaced_marks: bool = False
    prices: tuple[tuple[str, float], ...] = ()
    throughout: frozenset[str] = frozenset()

    @property
    def wide(self) -> bool:
        """Lines that look sound by themselves have to be mended too."""
        return bool(self.mojibake or self.prices or self.rings)


def survey(texts: Iterable[str]) -> Context:
    """The context of one page (or of one book's pages of the same origin) from its lines as printed."""
    text = "\n".join(texts)
    if looks_sound(text):
        return Context(sound=True)
    rings = _rings(text)
    prices, throughout = _channels(text, rings)
    return Context(
        rings=rings,
        mojibake=_is_mojibake(text),
        prices=prices,
        throughout=throughout,
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


def _channels(text: str, rings: frozenset[str]) -> tuple[tuple[tuple[str, float], ...], frozenset[str]]:
    """Prices of the channels, and the classes that mark the whole text.

    A page with hardly any ำ that has telltales is damaged throughout (no window of 200 consonants of clean text was without
    one); where ำ and its damaged forms stand side by side, both fonts are likely.
    """
    announced = len(_ANNOUNCED_AM.findall(text))
    bare, aa = text.count("ำ") - announced, text.count("า")
    prices = {"clean": 0.0}
    throughout = set()
    if announced or count_telltales("am-all", text) or (bare >= 4 and bare > aa):
        prices |= {"am-all": 0.0, "clean": 4.0} if bare > max(aa, 2) else {"am-all": 4.0}
    elif lost := count_telltales("lost-am", text):
        true_am = bare + text.count("ํ") + len(_SPACED_AA.findall(text)) + sum(text.count(r) for r in rings)
        if lost > true_am and len(_CONSONANT.findall(text)) >= _ENOUGH:
            prices |= {"lost-am": 0.0, "clean": 4.0}
            throughout.add("lost-am")
        else:
            prices |= {"lost-am": 4.0}
    if displaced := count_telltales("displaced", text):
        prices |= {"displaced": 4.0 if displaced < 3 else 1.0}
    return (tuple(prices.items()) if len(prices) > 1 else ()), frozenset(throughout)
