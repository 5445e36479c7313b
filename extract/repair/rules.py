"""Deterministic damage classes: what a wrong character sequence must have been (measured in facts.md section 2).

Every rule fires only on sequences that correct Thai never has, so a clean text passes unchanged. Order matters: code points
first, then the parts of ำ, then marks into their order; spaces last, because they are only wrong where the letters are right.
"""

from __future__ import annotations

import re

from extract.repair.context import Context
from extract.repair.draft import Draft
from extract.repair.glyphs import CONSONANTS, LATIN_TONES, MARKS, NO_AM_AFTER, PRIVATE, TONES
from extract.repair.lost_marks import stray_pattern

STRAY_CONFIDENCE = 0.97  # the words of a page agree on what the character stands for
_ZERO_WIDTH = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff\u00ad]+")
_LESS_OR_EQUAL = re.compile("\uf0a3(?= ?[0-9๐-๙])")  # Symbol's ≤ shares its code with Wingdings 2's box
_ANY_PRIVATE = re.compile("[\uf000-\uf8ff]")
_MEANT = {chr(code): char for code, char in PRIVATE.items()}
_PRIVATE = re.compile(f"[{''.join(_MEANT)}]")
# A variant selector of Apple's Thai fonts after the mark that it selects a form of (Apple's THAI.TXT).
_APPLE_VARIANT = re.compile(f"[\uf873-\uf875](?<=[{MARKS}].)")
_LATIN_TONE = re.compile(f"[{''.join(LATIN_TONES)}](?![A-Za-z])(?<=[{CONSONANTS}ัิีึืุูํ็].)")

_RING_AA = (
    re.compile(f"ํ ?([{TONES}]?) ?[าำ]"),  # NIKHAHIT and AA, the tone between; LibreOffice leaves ํ before its own ำ
    re.compile(f"([{TONES}])ํ ?[าำ]"),
)
_AA_RING = re.compile(f"([{TONES}]?)[าำ]ํ")  # the ring drawn after AA
_DOUBLED_AM = re.compile(f"ำ([{TONES}]?)[าำ]|า([{TONES}]?)ำ")  # or the foot drawn before the ring's ำ
_AA_TONE = re.compile(f"([าำ])([{TONES}])(?<=[{CONSONANTS}]..)")
_TONE_TWICE = re.compile(f"([{TONES}])([าำ])\\1")  # once from an ActualText, once from a glyph outside of it
_DISORDERED = re.compile(f"[{MARKS}](?:(?<=[่้๊๋์].)|(?<=[ัิีึืฺุู็ํ๎]{{2}})|(?<=[าำ].))")  # all that `mend_order` mends
_SPACED_MARK = re.compile(f" (?=[ัิีึืฺุู็่้๊๋์ํ])(?<=[{CONSONANTS}] )")
_MARK_RUN = re.compile(f"[{MARKS}][{MARKS}]+")
# After เ no ำ can come; over tall ป ฝ ฟ ฬ the tone is drawn further left, which leaves a gap before a true า.
_GAP_AA = re.compile(f"(?P<before>{NO_AM_AFTER})[ \u00a0]{{1,2}}า")
_SPACE_AA = re.compile(f"(?<=[{CONSONANTS}])([{TONES}]?)[ \u00a0]{{1,2}}([{TONES}]?)า")
_ANY_SPACE_AA = re.compile(f"[ \u00a0](?:[{TONES}]?า)")

_RANK = {mark: 2 if mark in "่้๊๋์" else 1 for mark in MARKS}


def mend_code_points(draft: Draft, context: Context) -> None:
    """Private-use, Latin and stray characters to the Thai ones that they stand for; a stray ring becomes NIKHAHIT."""
    if _ANY_PRIVATE.search(draft.text):
        draft.substitute("pua", _LESS_OR_EQUAL, "≤")
        draft.substitute("pua", _PRIVATE, lambda m: _MEANT[m.group()])
        draft.substitute("pua", _APPLE_VARIANT, "")
    draft.substitute("latin1-tone", _LATIN_TONE, lambda m: LATIN_TONES[m.group()])
    for ring in sorted(context.rings):
        draft.substitute("sara-am", _ring_pattern(ring), "ํ")
    for stray, mark in context.strays:
        draft.edit([("stray-mark", *m.span(), mark, STRAY_CONFIDENCE) for m in stray_pattern(stray).finditer(draft.text)])


def mend_sara_am(draft: Draft) -> None:
    """ำ that was taken apart or doubled, tone on either side."""
    draft.substitute("zero-width", _ZERO_WIDTH, "")
    if "ํ" in draft.text:
        for pattern in _RING_AA:
            draft.substitute("sara-am", pattern, lambda m: f"{m[1]}ำ")
    if "าํ" in draft.text or "ำํ" in draft.text:
        draft.substitute("sara-am", _AA_RING, lambda m: f"{m[1]}ำ")
    draft.substitute("doubled-am", _DOUBLED_AM, lambda m: f"{m[1] or m[2] or ''}ำ")
    mend_order(draft)  # ต่ำ่า: the tone stood on either side


def mend_order(draft: Draft) -> None:
    """Marks into the order of the standard (vowel, then tone), each once, and before the vowel that follows the consonant."""
    if draft.text is draft.in_order:
        return
    if _DISORDERED.search(draft.text):
        draft.substitute("mark-order", _AA_TONE, lambda m: m[2] + m[1])
        draft.substitute("mark-order", _TONE_TWICE, lambda m: m[1] + m[2])
        draft.substitute("mark-order", _MARK_RUN, lambda m: ordered_marks(m.group()))
    draft.in_order = draft.text


def mend_spaced_marks(draft: Draft) -> None:
    """No space between a consonant and its mark."""
    draft.substitute("mark-spaced", _SPACED_MARK, "")
    mend_order(draft)


def mend_spaced_aa(draft: Draft, context: Context) -> None:
    """ำ printed as space + า; where no ำ can stand, the space alone is wrong."""
    if context.spaced_marks:
        draft.substitute("mark-spaced", _SPACED_MARK, "")
    if "displaced" in context.throughout or not _ANY_SPACE_AA.search(draft.text):
        return  # displaced: the spaces came with the marks
    draft.substitute("mark-spaced", _GAP_AA, lambda m: f"{m['before']}า")
    draft.substitute("space-aa", _SPACE_AA, lambda m: f"{m[1]}{m[2]}ำ")


def ordered_marks(marks: str) -> str:
    """Vowels before tones, repeated marks once."""
    return "".join(dict.fromkeys(sorted(marks, key=_RANK.__getitem__)))


def _ring_pattern(ring: str) -> re.Pattern[str]:
    return re.compile(f"(?<=[{CONSONANTS}{TONES}]){re.escape(ring)}+(?=[{TONES}]?[าำ])")
