"""Every deterministic damage class: made, mended, and never seen in clean text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

from extract.repair import looks_sound, repair_text
from extract.repair.glyphs import LATIN_TONES, THAI_PRIVATE

_AM = re.compile("([่้๊๋]?)ำ")
_PRIVATE_OF = {thai: chr(code) for code, thai in THAI_PRIVATE.items()}
_LATIN_OF = {thai: latin for latin, thai in LATIN_TONES.items()}
THAI_ONLY = [s for s in SENTENCES if not re.search("[¡-ÿ]|ํ|[เ][ก-ฮ]้? า", s)]


def _tis_as_latin(text: str) -> str:
    return text.encode("cp874", "replace").decode("latin-1")


def _utf8_as_windows(text: str) -> str:
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


DAMAGES: dict[str, Callable[[str], str]] = {
    "decomposed": lambda t: _AM.sub(r"ํ\1า", t),
    "decomposed, tone first": lambda t: _AM.sub(r"\1ํา", t),
    "ring after": lambda t: _AM.sub(r"\1าํ", t),
    "tone after ำ": lambda t: re.sub("([่้๊๋])ำ", r"ำ\1", t),
    "tone on both sides of ำ": lambda t: re.sub("([่้๊๋])([าำ])", r"\1\2\1", t),
    "doubled": lambda t: _AM.sub(r"ำ\1า", t),
    "doubled, foot first": lambda t: _AM.sub(r"\1าำ", t),
    "doubled, foot before tone": lambda t: _AM.sub(r"า\1ำ", t),
    "space-aa": lambda t: _AM.sub(r"\1 า", t),
    "space-aa, tone behind": lambda t: _AM.sub(r" \1า", t),
    "am-all": lambda t: re.sub("า|[่้๊๋]?ำ", lambda m: "ำ" if m.group() == "า" else " " + m.group(), t),
    "am-all, zero width": lambda t: re.sub("า|ำ", lambda m: "ำ" if m.group() == "า" else "\u200bำ", t),
    "ring as letter": lambda t: _AM.sub(r"Ě\1า", t),
    "ring as modifier": lambda t: _AM.sub("\u02d8\\1า", t),
    "ring unmapped": lambda t: _AM.sub("\ufffd\\1า", t),
    "private use": lambda t: "".join(_PRIVATE_OF.get(c, c) for c in t),
    "latin tones": lambda t: "".join(_LATIN_OF.get(c, c) for c in t),
    "vowel after tone": lambda t: re.sub("([ัิีึืุู])([่้๊๋])", r"\2\1", t),
    "marks twice": lambda t: re.sub("([ัิีึืุู่้๊๋์็])", r"\1\1", t),
    "marks spaced": lambda t: re.sub("(?<=[ก-ฮ])([ิีึืุู่้๊๋์็])", r" \1", t),
    "tis-620 as latin-1": _tis_as_latin,
    "utf-8 as windows-1252": _utf8_as_windows,
}
NEEDS_AM = {name for name in DAMAGES if "am-all" in name}


@pytest.mark.parametrize("text", SENTENCES)
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair_text(text) == (text, None, ())


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_mended_and_traced(damage: str) -> None:
    for text in THAI_ONLY:
        damaged = DAMAGES[damage](text)
        if damage in NEEDS_AM and " ำ" not in damaged and "\u200bำ" not in damaged:
            continue
        mended, source, repairs = repair_text(damaged)
        assert mended == text, damaged
        if damaged != text:
            assert repairs
            assert source is not None
            assert len(source) == len(mended)
            assert list(source) == sorted(source)


@given(st.text(alphabet="กขนมหรลอสิีึุู่้์็ัาำเแ ๆ12.\u200bํÉ\uf70a\ufffdà¸Ä", max_size=30))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_repair(text: str) -> None:
    mended, source, repairs = repair_text(text)
    assert source is None or (len(source) == len(mended) and list(source) == sorted(source))
    assert all(0 <= r.start <= r.end <= len(mended) and 0 <= r.printed_start <= r.printed_end <= len(text) for r in repairs)
    if looks_sound(text):
        assert mended == text
