"""Which characters of a page are in doubt, told from all its glyphs at once: marks out of their place, code points that no
producer of Thai uses, texts of one glyph that are another's.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.pdf.bulk import Array
from extract.pdf.embedded import HANGS
from extract.pdf.glyphs import SARA_AM, Glyphs, is_mark, joined_to_last
from extract.repair.glyphs import LATIN_TONES

ONE_LETTER = 0.3  # em: origins of two marks of one letter lie nearer
THAI, SMALL = 0x0E00, (0x61, 0x7A)
SMALLEST_MISWRITTEN = 0x0101  # the low byte of a Thai character before another
LATIN = 0x21, 0x24F
_LATIN_1 = 0xA1, 0xFB  # where Latin-1 has what TIS-620 has as Thai
PRIVATE = "\ue000", "\uf6ff"  # above: Windows' Thai variants and symbol fonts, which the repair knows


def meanings(code: int) -> set[str]:
    """What a code point stands for as it is, as Thai read as Latin-1, and as a tone in its place; the repair restores these."""
    char = chr(code)
    thai = {chr(code - _LATIN_1[0] + 0x0E01)} if _LATIN_1[0] <= code <= _LATIN_1[1] else set()
    return {char, LATIN_TONES.get(char, char)} | thai


def misplaced(glyphs: Glyphs) -> Array:
    """Marks that belong below the line with their ink well above it, and the other way round; only upright text is judged."""
    side = _SIDES.take(glyphs.code, mode="clip")
    marks = np.flatnonzero(side)
    side = side.take(marks)
    size, base, ink = glyphs.size.take(marks), glyphs.origin[:, 1].take(marks), glyphs.ink.take(marks, axis=0)
    top, bottom = ink[:, 1], ink[:, 3]
    inked = (bottom > top) & (np.abs(glyphs.direction.take(marks)) < 1) & (glyphs.charcode.take(marks) < 0)
    wrong = np.zeros(len(glyphs), bool)
    wrong[marks] = inked & np.where(side == _BELOW, base - bottom > 0.3 * size, top > base)
    return wrong


def is_private(code: Array) -> Array:
    """Private-use code points that no producer of Thai is known by: ReportLab gives them to glyphs that it cannot map."""
    private: Array = (code >= ord(PRIVATE[0])) & (code <= ord(PRIVATE[1]))
    return private


def without_place(glyphs: Glyphs) -> Array:
    """Letters and signs of the Latin kind that end at their origin: what Ghostscript and poppler take an unmapped mark for.

    Not those of Thai read as Latin-1 (ÊÓ¹Ñ¡ for สำนัก), whose letters are Latin too: the repair knows them.
    """
    found = np.zeros(len(glyphs), bool)
    latin = np.flatnonzero((glyphs.code >= LATIN[0]) & (glyphs.code <= LATIN[1]))
    if len(latin):
        box, size = glyphs.box.take(latin, axis=0), glyphs.size.take(latin)
        x = glyphs.origin[:, 0].take(latin)
        hanging = (box[:, 0] < x - HANGS * size) & (box[:, 2] < x + HANGS * size)
        code = glyphs.code.take(latin)
        eight_bit = (code >= _LATIN_1[0]) & (code <= _LATIN_1[1])
        if np.count_nonzero(eight_bit & ~hanging) > np.count_nonzero(eight_bit & hanging):
            hanging &= ~eight_bit
        found[latin] = hanging & (np.abs(glyphs.direction.take(latin)) < 1) & (glyphs.parts.take(latin) == 1)
    return found


def overfull(glyphs: Glyphs) -> Array:
    """Where an ำ stands in one glyph with a mark before it."""
    found = np.flatnonzero(glyphs.code[1:] == SARA_AM) + 1
    marked = found[is_mark(glyphs.code.take(found - 1))]
    return marked[within(glyphs)[marked]] if len(marked) else marked


def leading_marks(glyphs: Glyphs, joined: Array, at: int) -> str:
    """Marks at the beginning of a glyph's text that ends with a letter. joined: see within."""
    marks = ""
    for index in range(at, min(at + 4, len(glyphs))):
        if index > at and not joined[index]:
            return ""
        if not is_mark(glyphs.code[index : index + 1])[0]:
            return marks
        marks += chr(int(glyphs.code[index]))
    return ""


def within(glyphs: Glyphs) -> Array:
    """Which characters are of one glyph or ActualText with the one before them."""
    joined = joined_to_last(glyphs)  # so is a mark without advance to the next glyph, whose box is another
    joined[1:] &= (glyphs.box[1:] == glyphs.box[:-1]).all(axis=1)
    return joined


_BELOW, _ABOVE = 1, 2
_SIDES = np.zeros(0x10000, np.uint8)  # by code point: on which side of the line marks stand, private-use ones too
for _first, _last, _side in (
    (0x0E38, 0x0E3A, _BELOW), (0xF718, 0xF71A, _BELOW), (0x0E31, 0x0E31, _ABOVE), (0x0E34, 0x0E37, _ABOVE),
    (0x0E47, 0x0E4D, _ABOVE), (0xF701, 0xF70E, _ABOVE), (0xF710, 0xF717, _ABOVE), (0x00C9, 0x00CD, _ABOVE),
):  # fmt: skip
    _SIDES[_first : _last + 1] = _side


def _stands_below(code: Array) -> Array:
    """Marks below the line, private-use ones too."""
    below: Array = _SIDES.take(code, mode="clip") == _BELOW
    return below


def miswritten(glyphs: Glyphs) -> tuple[Array, Array]:
    """Pairs of one glyph, U+xx00 U+yy00, that are a Latin letter and another one or the sum of two: where they begin. And second
    characters of a glyph, U+yyzz for U+0Ezz, with the low byte of the first, U+0Eyy, before their own."""
    code = glyphs.code
    none = np.zeros(0, np.int64)
    rare = code[code >= SMALLEST_MISWRITTEN]  # few: most is Thai and Latin
    if not ((rare < 0xE000) & ((rare < 0x1E00) | (rare >= 0x2100))).any():
        return none, none
    high, low = code.astype(np.int64) >> 8, code.astype(np.int64) & 0xFF
    one = joined_to_last(glyphs)[1:]
    letter, other = high[:-1], high[1:]
    both = one & (low[:-1] == 0) & (low[1:] == 0) & (letter >= SMALL[0]) & (letter <= SMALL[1])
    second = ((other >= SMALL[0]) & (other <= SMALL[1])) | ((other - letter >= SMALL[0]) & (other - letter <= SMALL[1]))
    thai = one & (high[:-1] == THAI >> 8) & (high[1:] == low[:-1]) & (low[1:] >= 1) & (low[1:] <= 0x5B)
    return np.flatnonzero(both & second), np.flatnonzero(thai) + 1


def exchanged(glyphs: Glyphs, misplaced: Array) -> tuple[Glyphs, Array]:
    """Two marks of one letter whose code points were given the wrong way round (ุ + tone, mapped by their order in the text
    instead of the order drawn) get each other's. Returns which are misplaced still."""
    below = _stands_below(glyphs.code)
    step = np.abs(np.diff(glyphs.origin, axis=0)).max(axis=1)
    pairs = misplaced[:-1] & misplaced[1:] & (below[:-1] != below[1:]) & (step < ONE_LETTER * glyphs.size[1:])
    first = np.flatnonzero(pairs)
    code, left = glyphs.code.copy(), misplaced.copy()
    code[first], code[first + 1] = glyphs.code[first + 1], glyphs.code[first]
    left[first] = left[first + 1] = False
    return replace(glyphs, code=code), left
