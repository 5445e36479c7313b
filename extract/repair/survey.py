"""Survey of a page: which damage its lines show together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set

from msgspec import structs

from extract.repair.ambiguous import decode
from extract.repair.context import Context
from extract.repair.glyphs import CONSONANTS, LATIN_TONES, PRIVATE, TONES, UNMAPPED, count_consonants
from extract.repair.lost_marks import marks_of, missing_marks, stray_characters
from extract.repair.mojibake import is_utf8
from extract.repair.suspects import looks_sound
from extract.repair.telltales import count_telltales, lacks_marks, loses_marks

# A character that may stand for the ring of ำ: neither Thai nor space, digit, or punctuation that a text has of its own.
_STRAY = rf"[^\u0e00-\u0e7f\s0-9{''.join(LATIN_TONES)}\"'(){{}}<>/\\.,:;|*+=%&“”‘’…–—\[\]\-\u200b-\u200f\uf000-\uf8ff]"
# The classes come first and what is before them looks back, so that the engine skips to them.
_RING = re.compile(f"({_STRAY})(?<=[{CONSONANTS}{TONES}].)\\1*(?=[{TONES}]?[าำ])")
_BETWEEN_THAI = re.compile(rf"({_STRAY})(?<=[\u0e01-\u0e4e].)\1*(?=[\u0e01-\u0e4e])")
_SPACED_MARK = re.compile(f" (?:[ัิีึืุู็์](?<=[{CONSONANTS}]..)|[{TONES}](?<=[{CONSONANTS}]..)(?!า))")
_SPACED_AA = re.compile(f" า(?<=[{CONSONANTS}{TONES}]..)")
_ANNOUNCED_AM = re.compile(f"[ \u00a0\u200b](?:(?<=[{CONSONANTS}].)|(?<=[{CONSONANTS}][{TONES}].))[ \u00a0\u200b]*ำ")
_KNOWN_PRIVATE = re.compile(f"[{''.join(map(chr, PRIVATE))}]")
_HIGH = re.compile("[\u00a1-\u00fb]")
_THAI = re.compile("[ก-๛]+")

# A page of which so much is Latin-1 letters was TIS-620. Clean Thai and English pages have below 0.01 (seed, books, corpus).
MOJIBAKE_SHARE = 0.30
# Consonants that a text without any ำ needs before all of it counts as damaged. Clean lines: one ำ in 60 consonants (books).
_ENOUGH = 40
_OFTEN = 6  # of so many tones one stands elsewhere (a quarter stands before า: 0.25⁶ = 0.0002); fewer are left to the words
_THROUGHOUT = 3  # telltales of displaced marks
_FEW_UNMAPPED = 0.03  # share of the printed characters; with more the page goes to OCR (signals)
_LONGEST = 20_000  # characters of a page whose lost marks are looked for: 2–5 ms each when all marks are gone


def survey(texts: Iterable[str], last_resort: bool = False) -> Context:
    """The context of one page (or of one book's pages of the same origin) from its lines as printed.

    last_resort: there is no OCR that could read the page instead, so that marks which left no trace are looked for as well.
    """
    lines = list(texts)
    text = "\n".join(lines)
    marks_lost = last_resort and loses_marks(text)
    odd = marks_lost or (last_resort and lacks_marks(text) and bool(stray_characters(text, last_resort)))
    if looks_sound(text) and not odd:
        return Context(sound=True)
    private = _KNOWN_PRIVATE.search(text) is not None
    if private:  # the table says what these stand for, the words are left with the rest
        lines = [line.translate(PRIVATE) for line in lines]
    rings = _rings(text)
    prices, throughout = _channels(text, rings)
    if UNMAPPED in text and (last_resort or text.count(UNMAPPED) <= _FEW_UNMAPPED * len("".join(text.split()))):
        prices |= {"unmapped": 0.0}
    # A font with codes of its own for most forms leaves only some of one mark unmapped.
    strays = _strays(lines, rings, last_resort, frozenset(UNMAPPED if private and UNMAPPED in text else ""))
    utf8 = is_utf8(text)
    if marks_lost and not strays and not private and len(text) <= _LONGEST:
        prices |= {_lost_channel(text): 0.0, "clean": 4.0}
        throughout.add("lost-marks")
    return Context(
        rings=frozenset(c for c, n in rings.items() if n >= _OFTEN or c == UNMAPPED),
        strays=strays,
        mojibake=not utf8 and _is_mojibake(text),
        utf8=utf8,
        prices=tuple(prices.items()) if len(prices) > 1 else (),
        throughout=frozenset(throughout),
        spaced_marks=len(_SPACED_MARK.findall(text)) > len(_SPACED_AA.findall(text)),
    )


def following(context: Context, shown: Set[str], texts: Iterable[str]) -> Context:
    """A page's context with the class that earlier pages of its document show throughout, where the page is too short to show it.

    shown: their Context.throughout. A page that has any ำ, whole or in parts, has its marks from elsewhere.
    """
    if "lost-am" not in shown or "lost-am" in context.throughout:
        return context
    text = "\n".join(texts)
    if "ำ" in text or "ํ" in text or context.rings or _SPACED_AA.search(text):
        return context
    prices = dict(context.prices) | {"lost-am": 0.0, "clean": 4.0}
    return structs.replace(context, sound=False, prices=tuple(prices.items()), throughout=context.throughout | {"lost-am"})


def _strays(lines: list[str], rings: dict[str, int], last_resort: bool, also: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Strays that the words tell apart; rings: those that only stand where a ring would, but too seldom to be sure; also:
    characters to ask for though `stray_characters` would not."""
    seldom = frozenset(c for c, n in rings.items() if n < _OFTEN and c != UNMAPPED)
    known = marks_of(seldom, lines, lambda line: decode(line, (("unmapped-ring", 0.0),))) if seldom else {}
    strays = (stray_characters("\n".join(lines), last_resort) | also) - frozenset(rings)
    while strays and (found := marks_of(strays - set(known), lines, lambda line: decode(line, (("unmapped", 0.0),)))):
        known |= found  # with some marks known, the words tell more
        lines = [line.translate({ord(stray): mark for stray, mark in found.items()}) for line in lines]
    return tuple(known.items())


def _lost_channel(text: str) -> str:
    """The channel's name tells the marks that it may put back; a price a mark where only some of each kind were lost."""
    marks = missing_marks(text)
    return f"lost-marks:{marks}" if marks else "lost-marks:?"


def _rings(text: str) -> dict[str, int]:
    """Characters that, wherever they stand inside Thai, stand where the ring of ำ would, and how often."""
    rings = Counter(m.group(1) for m in _RING.finditer(text))
    if not rings:
        return {}
    between = Counter(m.group(1) for m in _BETWEEN_THAI.finditer(text))
    return {c: n for c, n in sorted(rings.items()) if n >= 0.9 * between[c]}


def _is_mojibake(text: str) -> bool:
    high = len(_HIGH.findall(text))
    if high < 3:
        return False
    thai = sum(map(len, _THAI.findall(text)))
    return high > thai and high >= MOJIBAKE_SHARE * len("".join(text.split()))


def _channels(text: str, rings: dict[str, int]) -> tuple[dict[str, float], set[str]]:
    """Prices of the channels, and the classes that mark the whole text.

    A page with hardly any ำ that has telltales is damaged throughout (no window of 200 consonants of clean text was without
    one); where ำ and its damaged forms stand side by side, both fonts are likely.
    """
    announced = len(_ANNOUNCED_AM.findall(text))
    bare, aa = text.count("ำ") - announced, text.count("า")
    prices = {"clean": 0.0}
    throughout: set[str] = set()
    if announced or count_telltales("am-all", text) or (bare >= 4 and bare > aa):
        prices |= {"am-all": 0.0, "clean": 4.0} if bare > max(aa, 2) else {"am-all": 4.0}
    elif lost := count_telltales("lost-am", text):
        true_am = bare + text.count("ํ") + len(_SPACED_AA.findall(text)) + sum(text.count(r) for r in rings)
        if lost > true_am and count_consonants(text) >= _ENOUGH:
            prices |= {"lost-am": 0.0, "clean": 4.0}
            throughout.add("lost-am")
        else:
            prices |= {"lost-am": 4.0}
    displaced = count_telltales("displaced", text)
    if displaced >= _THROUGHOUT:
        prices |= {"displaced": 1.0}
        throughout.add("displaced")
        if bare <= aa:
            prices.pop("am-all", None)  # spaces come with the marks, they announce nothing
    elif displaced:
        prices |= {"displaced": 4.0}
    return prices, throughout
