"""A second opinion on glyphs that the file's mapping leaves open: the embedded font's own cmap and glyph names (what pdfminer
reads and pdfium does not), then the outlines of its marks; and pdfminer itself where pdfium finds far fewer characters than a
page has text. Asked only on pages that have such glyphs or lack characters.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from msgspec import structs

from extract.pdf.bulk import Array, Objects
from extract.pdf.fonts import BYTES, font_of
from extract.pdf.frame import Frame
from extract.pdf.glyphs import SHAPED_LETTER, SHAPED_MARK, UNMAPPED, Glyphs, is_mark
from extract.pdf.other_engine import Other, characters, is_bounded, shows_text
from extract.pdf.truetype import Outline, TrueType, parsed
from extract.repair.glyphs import LATIN_TONES
from schemas.document import Line, Repair

MOST_FONT_BYTES = 30_000_000
MOST_CODES = 65_536
HANGS = 0.1  # em: ink that begins further left of its origin and ends no further right of it belongs to the letter before
SARA_AA, SARA_AM = 0x0E32, 0x0E33
THAI, _SMALL = 0x0E00, (0x61, 0x7A)
SMALLEST_MISWRITTEN = 0x0101  # the low byte of a Thai character before another
_LATIN = 0x21, 0x24F
_LATIN_1 = 0xA1, 0xFB  # where Latin-1 has what TIS-620 has as Thai
_PRIVATE = "\ue000", "\uf6ff"  # above: Windows' Thai variants and symbol fonts, which the repair knows
SAME_BOX, SAME_TOP = 0.006, 0.03  # em: pdfium rounds a glyph's box to thousandths, and its top up by 1.5 %
_MARKS = frozenset(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
_LETTERS = frozenset(map(chr, (*range(0x0E01, 0x0E2F), 0x0E32)))  # their variants: ฐ and ญ without a foot, tall letters cut
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<\s*([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_HEX = re.compile(rb"<\s*([0-9A-Fa-f\s]*)>")


Draw = Callable[[Glyphs, int], Array | None]


@dataclass(frozen=True)
class Reading:
    """What a glyph stands for. shaped: told by its outline alone."""

    text: str
    shaped: bool


@dataclass(frozen=True)
class Mapping:
    """A font as its dictionary says. to_unicode: code → text; to_glyph: two bytes a code, None = the glyph is the code; simple:
    one-byte codes."""

    to_unicode: dict[int, str]
    to_glyph: bytes | None
    simple: bool


class OpenFont:
    """One embedded font with its mapping."""

    def __init__(self, font: TrueType, mapping: Mapping) -> None:
        self.font, self.mapping = font, mapping
        self._read: dict[int, Reading | None] = {}
        self._ink: dict[str, list[tuple[int, tuple[float, ...]]]] = {}

    def reading(self, code: int, others: Callable[[], list[OpenFont]]) -> Reading | None:
        """What the glyph of a character code stands for; None when neither the font nor others on the page tell."""
        if code not in self._read:
            self._read[code] = self._ask(code, others)
        return self._read[code]

    def glyph(self, code: int) -> int:
        if self.mapping.simple:
            glyph = self.font.glyphs_of_codes.get(code)
            return self._by_alphabet.get(code, -1) if glyph is None else glyph
        table = self.mapping.to_glyph
        return code if table is None else int.from_bytes(table[2 * code : 2 * code + 2], "big") or -1

    def codes_at(self, box: tuple[float, float, float, float], text: str) -> set[int]:
        """Character codes of the glyphs that the file maps to `text` whose ink fits: left, low, right, high from the origin
        in em."""
        left, low, right, high = box
        found = [(code, b) for code, b in self._boxes(text) if abs(b[0] - left) < SAME_BOX and abs(b[2] - right) < SAME_BOX]
        return {code for code, b in found if abs(b[1] - low) < SAME_BOX and abs(b[3] - high) < SAME_TOP}

    def codes_of(self, text: str) -> set[int]:
        """Character codes that the file maps to `text`; U+FFFD is also what it maps to U+0000 (Ghostscript)."""
        texts = (text, "\0") if text == chr(UNMAPPED) else (text,)
        return {code for one in texts for code in self._codes.get(one, ())}

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        codes: dict[str, list[int]] = {}
        for code, text in self.mapping.to_unicode.items():
            codes.setdefault(text, []).append(code)
        return codes

    def hanging(self, text: str) -> set[int]:
        """Those, and the code that a simple font without mapping has by the alphabet, whose ink hangs left of the origin."""
        codes = self.codes_of(text)
        if self.mapping.simple and ord(text) not in self.mapping.to_unicode:
            codes.add(ord(text))
        return {code for code in codes if (box := self._box(code)) is not None and box[0] < -HANGS and box[2] < HANGS}

    def stands_alone(self, code: int) -> bool:
        """No ink over the letter before it, where an ำ has its ring."""
        box = self._box(code)
        return box is not None and box[0] > -HANGS / 2

    def drawn_as(self, drawn: Array | None, codes: set[int]) -> set[int]:
        """The one of the codes whose outline is the drawn ink; all of them where it cannot be told."""
        from extract.pdf.shapes import clearest_outline

        outlines = {code: outline for code in codes if (outline := self.font.outline(self.glyph(code))) is not None}
        found = None if drawn is None else clearest_outline(drawn, outlines)
        return codes if found is None else {found}

    def _boxes(self, text: str) -> list[tuple[int, tuple[float, ...]]]:
        if text not in self._ink:
            boxes = [(code, self._box(code)) for code in sorted(self.codes_of(text))]
            self._ink[text] = [(code, box) for code, box in boxes if box is not None]
        return self._ink[text]

    def _box(self, code: int) -> tuple[float, ...] | None:
        """left, low, right, high of the ink in em."""
        outline = self.font.outline(self.glyph(code))
        return None if outline is None else tuple(v / self.font.units for v in outline.box)

    def _ask(self, code: int, others: Callable[[], list[OpenFont]]) -> Reading | None:
        glyph = self.glyph(code)
        point = self.font.points_of_glyphs.get(glyph) or self.font.named_points.get(glyph)
        if point and not 0xE000 <= point <= 0xF6FF and point >= 32:
            return Reading(chr(point), False)
        return self.drawn(code, others)

    def drawn(self, code: int, others: Callable[[], list[OpenFont]]) -> Reading | None:
        """What the outline alone tells."""
        outline = self.font.outline(self.glyph(code))
        text = self.shapes.read(outline) if outline is not None else None
        if outline is not None and text is None:
            text = self.shapes.read(outline, [font.shapes for font in others() if font is not self])
        return Reading(text, True) if text else None

    @cached_property
    def is_thai(self) -> bool:
        return any("\u0e01" <= text <= "\u0e7f" for text in self.mapping.to_unicode.values())

    @cached_property
    def _by_alphabet(self) -> dict[int, int]:
        """Code → glyph of a font whose codes are Windows' alphabet."""
        glyphs = {point: glyph for glyph, point in self.font.points_of_glyphs.items()}
        return {byte: glyphs[point] for point, byte in BYTES.items() if point in glyphs}

    @cached_property
    def shapes(self) -> Any:
        from extract.pdf.shapes import FOOTED, Shapes, contradicts, footless, over_the_line

        known: dict[str, list[Outline]] = {}
        glyphs = {**self.font.named_points, **self.font.points_of_glyphs}
        texts = [(glyph, chr(point)) for glyph, point in glyphs.items()]
        texts += [(self.glyph(code), text) for code, text in self.mapping.to_unicode.items()]
        for glyph, text in texts:
            outline = self.font.outline(glyph) if text in _MARKS or text in _LETTERS else None
            if outline is None or (text in _MARKS and contradicts(text, outline)):
                continue
            forms = (outline,) if text in _MARKS else (outline, footless(outline))
            for form in (*forms, over_the_line(footless(outline))) if text in FOOTED else forms:
                if form not in known.get(text, ()):
                    known.setdefault(text, []).append(form)
        return Shapes(known)


class SecondOpinion:
    """Of one document. other: the file as the second engine sees it."""

    def __init__(self, other: Other) -> None:
        self.other = other
        self._fonts: dict[tuple[str, int], OpenFont | None] = {}
        self._page, self._keys = -1, dict[int, OpenFont | None]()
        self.lent: dict[str, int] = {}

    def heard(self, glyphs: Glyphs, objects: Objects, page: int, draw: Draw | None = None) -> Glyphs:
        """The glyphs with code points for those unmapped ones that their font tells. page: index from 0.

        draw: the ink of a glyph by its index, asked where several glyphs of a font have one box.
        """
        glyphs = self._with_ligatures(glyphs)
        handles = np.append(objects.table["font"][objects.texts], np.uint64(0))
        overfull = _overfull(glyphs)
        misplaced = _misplaced(glyphs)
        if misplaced.any():
            glyphs, misplaced = _exchanged(glyphs, misplaced)
        doubtful = np.flatnonzero((glyphs.code == UNMAPPED) | misplaced | _private(glyphs.code) | _without_place(glyphs))
        if not len(doubtful) and not len(overfull):
            return glyphs
        handles = handles[glyphs.owner]
        used = [handle for handle in np.unique(handles).tolist() if handle]
        code = glyphs.code.copy()
        for at in doubtful.tolist():
            font = self._font(int(handles[at]), page) if handles[at] else None
            if font is not None:
                code[at] = self._heard(font, glyphs, at, lambda: self._fonts_of(used, page), draw)
        glyphs = replace(glyphs, code=code)
        return self._told_once(self._emptied(glyphs, overfull, handles, page)) if len(overfull) else glyphs

    def characters(self, page: int, objects: Objects, frame: Frame) -> Glyphs | None:
        """The page's characters by pdfminer's path; None where it has none to tell or could not bear the page."""
        try:
            there = self.other.document.pages[page]
            if not len(objects.table) and not shows_text(there):
                return None
            mappings = [font.get("/ToUnicode") for font in self._page_fonts(page)]
            if not all(is_bounded(mapping.read_bytes()) for mapping in mappings if hasattr(mapping, "read_bytes")):
                return None
            return characters(there, frame)
        except MemoryError:
            raise
        except Exception:  # a damaged file: then pdfium's word stands
            return None

    def _with_ligatures(self, glyphs: Glyphs) -> Glyphs:
        """What Ghostscript writes for a glyph of two characters or three, set right."""
        first, second = _miswritten(glyphs)
        if not len(first) and not len(second):
            return glyphs
        code = glyphs.code.copy()
        for at in first.tolist():  # two bytes the wrong way round, then those of the sum (ffi) or of the second
            letter, other = int(code[at]) >> 8, int(code[at + 1]) >> 8
            ffi = other - letter >= _SMALL[0]
            code[at], code[at + 1] = (self._code(Reading(2 * chr(letter), True)), other - letter) if ffi else (letter, other)
        code[second] = THAI | (code[second] & 0xFF)
        return replace(glyphs, code=code)

    def _heard(self, font: OpenFont, glyphs: Glyphs, at: int, others: Callable[[], list[OpenFont]], draw: Draw | None) -> int:
        """Code point for one doubtful glyph: its own when the font does not tell."""
        mapped, charcode = int(glyphs.code[at]), int(glyphs.charcode[at])
        codes = {charcode} if charcode >= 0 else self._codes_at(font, glyphs, at)
        if _LATIN[0] <= mapped <= _LATIN[1]:
            readings = {font.drawn(code, others) for code in codes}
        else:
            readings = {font.reading(code, others) for code in codes}
        if len(readings) > 1 and draw is not None:
            codes = font.drawn_as(draw(glyphs, at), codes)
            readings = {font.reading(code, others) for code in codes}
        reading = readings.pop() if len(readings) == 1 else None
        if reading is None:
            return UNMAPPED if _PRIVATE[0] <= chr(mapped) <= _PRIVATE[1] and font.is_thai else mapped
        return mapped if reading.text in _meanings(mapped) else self._code(reading)

    def _codes_at(self, font: OpenFont, glyphs: Glyphs, at: int) -> set[int]:
        """Character codes that a mapped glyph may have."""
        code = int(glyphs.code[at])
        if _LATIN[0] <= code <= _LATIN[1]:
            return font.hanging(chr(code))
        alone = font.codes_of(chr(code))
        return alone if len(alone) == 1 else font.codes_at(_ink(glyphs, at), chr(code))

    def _emptied(self, glyphs: Glyphs, overfull: Array, handles: Array, page: int) -> Glyphs:
        """An า that is mapped to ้ำ, as where WeasyPrint met it first, is an า; the marks are drawn by glyphs of their own."""
        code, gone = glyphs.code.copy(), np.zeros(len(glyphs), bool)
        within, mark = _within(glyphs).tolist(), is_mark(glyphs.code).tolist()
        left = glyphs.origin[:, 0] - HANGS * glyphs.size
        rings = (glyphs.ink[:, 0] < left) & (glyphs.direction == 0)  # pdfium sees ink there too: no font need be opened
        for at in overfull[~rings[overfull - 1]].tolist():
            first = at - 1
            while first > 0 and within[first] and mark[first - 1]:
                first -= 1
            seen = first > 0 and not within[first] and glyphs.code[first - 1] != UNMAPPED
            font = self._font(int(handles[at]), page) if seen and handles[at] else None
            codes = set() if font is None else font.codes_of("".join(map(chr, glyphs.code[first : at + 1].tolist())))
            if font is not None and codes and all(map(font.stands_alone, codes)):
                code[at], gone[first:at] = SARA_AA, True
        return replace(glyphs, code=code).pick(~gone)

    def _told_once(self, glyphs: Glyphs) -> Glyphs:
        """The glyphs without the marks that a glyph is mapped to beside its own letter (้ำ for an า) where the one before it,
        read by its outline, is these marks (WeasyPrint: an unmapped ligature leaves its text to the next glyph)."""
        lent = {code: text for text, code in self.lent.items()}
        gone = np.zeros(len(glyphs), bool)
        for at in np.flatnonzero(is_mark(glyphs.code) & (glyphs.charcode >= 0)).tolist():
            text = lent.get(int(glyphs.code[at]))
            marks = _leading_marks(glyphs, at + 1) if text else ""
            if text and marks and set(marks) <= set(text):
                gone[at + 1 : at + 1 + len(marks)] = True
        return glyphs.pick(~gone) if gone.any() else glyphs

    def _fonts_of(self, handles: list[int], page: int) -> list[OpenFont]:
        return [font for handle in handles if (font := self._font(handle, page)) is not None]

    def _code(self, reading: Reading) -> int:
        if not reading.shaped:
            return ord(reading.text)
        if reading.text not in self.lent:
            first = SHAPED_MARK if is_mark(np.array([ord(reading.text[0])]))[0] else SHAPED_LETTER
            self.lent[reading.text] = first + len(self.lent)
        return self.lent[reading.text]

    def _font(self, handle: int, page: int) -> OpenFont | None:
        if page != self._page:
            self._page, self._keys = page, {}
        if handle not in self._keys:
            self._keys[handle] = self._opened(handle, page)
        return self._keys[handle]

    def _opened(self, handle: int, page: int) -> OpenFont | None:
        name, data = font_of(handle).name, _font_file(handle)
        key = (name, len(data))
        if key not in self._fonts:
            font = parsed(data)
            mapping = self._mapping(name, len(data), page) if font is not None else None
            self._fonts[key] = OpenFont(font, mapping) if font is not None and mapping is not None else None
        return self._fonts[key]

    def _mapping(self, name: str, size: int, page: int) -> Mapping | None:
        """The mapping of the page's font of this name and file size; None when the second engine does not find it."""
        try:
            named = [f for f in self._page_fonts(page) if _plain(str(f.get("/BaseFont", ""))) == _plain(name)]
            fitting = [f for f in named if _file_size(f) == size] if len(named) > 1 else named
            return _mapping_of(fitting[0]) if fitting else None
        except Exception:  # a damaged file: then there is no second opinion
            return None

    def _page_fonts(self, page: int) -> Iterator[Any]:
        resources = [self.other.document.pages[page].obj.get("/Resources")]
        for _ in range(200):  # forms' resources, breadth first; bounded, since forms can name each other
            if not resources:
                return
            here = resources.pop(0)
            if here is None:
                continue
            yield from (font for _, font in here.get("/Font", {}).items())
            forms = (form for _, form in here.get("/XObject", {}).items() if form.get("/Subtype") == "/Form")
            resources.extend(form.get("/Resources") for form in forms)


def _ink(glyphs: Glyphs, at: int) -> tuple[float, float, float, float]:
    """left, low, right, high of a glyph's ink from its origin, in em; of upright text."""
    left, top, right, bottom = glyphs.ink[at].tolist()
    x, y = glyphs.origin[at].tolist()
    size = float(glyphs.size[at])
    return (left - x) / size, (y - bottom) / size, (right - x) / size, (y - top) / size


def _meanings(code: int) -> set[str]:
    """What a code point stands for as it is, as Thai read as Latin-1, and as a tone in its place; the repair restores these."""
    char = chr(code)
    thai = {chr(code - _LATIN_1[0] + 0x0E01)} if _LATIN_1[0] <= code <= _LATIN_1[1] else set()
    return {char, LATIN_TONES.get(char, char)} | thai


def _misplaced(glyphs: Glyphs) -> Array:
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


def _private(code: Array) -> Array:
    """Private-use code points that no producer of Thai is known by: ReportLab gives them to glyphs that it cannot map."""
    private: Array = (code >= ord(_PRIVATE[0])) & (code <= ord(_PRIVATE[1]))
    return private


def _without_place(glyphs: Glyphs) -> Array:
    """Letters and signs of the Latin kind that end at their origin: what Ghostscript and poppler take an unmapped mark for.

    Not those of Thai read as Latin-1 (ÊÓ¹Ñ¡ for สำนัก), whose letters are Latin too: the repair knows them.
    """
    found = np.zeros(len(glyphs), bool)
    latin = np.flatnonzero((glyphs.code >= _LATIN[0]) & (glyphs.code <= _LATIN[1]))
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


def _in_one(glyphs: Glyphs, at: int, other: int) -> bool:
    """Two characters are of one glyph or ActualText."""
    same_box = np.array_equal(glyphs.box[at], glyphs.box[other])  # a mark without advance has the next glyph's origin
    return bool(glyphs.owner[at] == glyphs.owner[other] and np.array_equal(glyphs.origin[at], glyphs.origin[other]) and same_box)


def _overfull(glyphs: Glyphs) -> Array:
    """Where an ำ stands in one glyph with a mark before it."""
    found = np.flatnonzero(glyphs.code[1:] == SARA_AM) + 1
    marked = found[is_mark(glyphs.code.take(found - 1))]
    return marked[_within(glyphs)[marked]] if len(marked) else marked


def _leading_marks(glyphs: Glyphs, at: int) -> str:
    """Marks at the beginning of a glyph's text that ends with a letter."""
    marks = ""
    for index in range(at, min(at + 4, len(glyphs))):
        if not _in_one(glyphs, index, at):
            return ""
        if not is_mark(glyphs.code[index : index + 1])[0]:
            return marks
        marks += chr(int(glyphs.code[index]))
    return ""


def _within(glyphs: Glyphs) -> Array:
    """Which characters are of one glyph or ActualText with the one before them."""
    within = np.zeros(len(glyphs), bool)
    within[1:] = (glyphs.owner[1:] == glyphs.owner[:-1]) & (glyphs.origin[1:] == glyphs.origin[:-1]).all(axis=1)
    within[1:] &= (glyphs.box[1:] == glyphs.box[:-1]).all(axis=1)  # as _in_one
    return within


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


def _miswritten(glyphs: Glyphs) -> tuple[Array, Array]:
    """Pairs of one glyph, U+xx00 U+yy00, that are a Latin letter and another one or the sum of two: where they begin. And second
    characters of a glyph, U+yyzz for U+0Ezz, with the low byte of the first, U+0Eyy, before their own."""
    code = glyphs.code
    none = np.zeros(0, np.int64)
    rare = code[code >= SMALLEST_MISWRITTEN]  # few: most is Thai and Latin
    if not ((rare < 0xE000) & ((rare < 0x1E00) | (rare >= 0x2100))).any():
        return none, none
    high, low = code.astype(np.int64) >> 8, code.astype(np.int64) & 0xFF
    one = (glyphs.owner[:-1] == glyphs.owner[1:]) & np.all(glyphs.origin[:-1] == glyphs.origin[1:], axis=1)
    letter, other = high[:-1], high[1:]
    both = one & (low[:-1] == 0) & (low[1:] == 0) & (letter >= _SMALL[0]) & (letter <= _SMALL[1])
    second = ((other >= _SMALL[0]) & (other <= _SMALL[1])) | ((other - letter >= _SMALL[0]) & (other - letter <= _SMALL[1]))
    thai = one & (high[:-1] == THAI >> 8) & (high[1:] == low[:-1]) & (low[1:] >= 1) & (low[1:] <= 0x5B)
    return np.flatnonzero(both & second), np.flatnonzero(thai) + 1


def _exchanged(glyphs: Glyphs, misplaced: Array) -> tuple[Glyphs, Array]:
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


def _font_file(handle: int) -> bytes:
    font = ctypes.cast(handle, raw.FPDF_FONT)
    length = ctypes.c_size_t()
    if not raw.FPDFFont_GetIsEmbedded(font) or not raw.FPDFFont_GetFontData(font, None, 0, length):
        return b""
    if not 0 < length.value <= MOST_FONT_BYTES:
        return b""
    buffer = (ctypes.c_uint8 * length.value)()
    return bytes(buffer) if raw.FPDFFont_GetFontData(font, buffer, length.value, length) else b""


def _plain(name: str) -> str:
    """A font's name without the prefix of a subset; pdfium leaves it out for some."""
    return _SUBSET.sub("", name.lstrip("/"))


def _file_size(font: Any) -> int:
    descriptor = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
    return len(descriptor["/FontFile2"].read_bytes()) if "/FontFile2" in descriptor else 0


def _mapping_of(font: Any) -> Mapping:
    from pikepdf import Stream

    stream = font.get("/ToUnicode")
    to_unicode = to_unicode_of(stream.read_bytes()) if isinstance(stream, Stream) else {}
    if "/DescendantFonts" not in font:
        return Mapping(to_unicode, None, True)
    table = font.DescendantFonts[0].get("/CIDToGIDMap")
    if not isinstance(table, Stream):
        return Mapping(to_unicode, None, False)
    return Mapping(to_unicode, table.read_bytes()[: 2 * MOST_CODES], False)


def to_unicode_of(data: bytes) -> dict[int, str]:
    """Code → text of a ToUnicode stream, at most MOST_CODES."""
    found: dict[int, str] = {}
    for block in _blocks(data, b"beginbfchar", b"endbfchar"):
        found.update((int(code, 16), _utf16(text)) for code, text in _PAIR.findall(block))
    for block in _blocks(data, b"beginbfrange", b"endbfrange"):
        for first, last, text, array in _RANGE.findall(block):
            start, end = int(first, 16), min(int(last, 16), int(first, 16) + MOST_CODES)
            if array:
                found.update(zip(range(start, end + 1), map(_utf16, _HEX.findall(array)), strict=False))
            elif base := _utf16(text):
                head, tail = base[:-1], ord(base[-1])
                texts = map(chr, range(tail, min(tail + end - start + 1, 0x110000)))
                found.update(zip(range(start, end + 1), map(head.__add__, texts) if head else texts, strict=False))
            if len(found) > MOST_CODES:
                return found
    return found


def _blocks(data: bytes, begin: bytes, end: bytes) -> Iterator[bytes]:
    at = data.find(begin)
    while at >= 0:
        stop = data.find(end, at)
        yield data[at + len(begin) : stop if stop >= 0 else len(data)]
        at = data.find(begin, at + len(begin))


def _utf16(text: bytes) -> str:
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("utf-16-be", "replace")


_LENT = re.compile(f"[{chr(SHAPED_MARK)}-{chr(0xFFFFD)}]")
ONE_LETTER = 0.3  # em: origins of two marks of one letter lie nearer
SHAPED = 0.95  # confidence of a mark read by its outline


def written(line: Line, lent: dict[str, int]) -> Line:
    """The line with its lent code points taken back: U+FFFD in print, what the outline says in the text, with a trace."""
    if not lent or not _LENT.search(line.printed):
        return line
    texts = {chr(code): text for text, code in lent.items()}
    text: list[str] = []
    source: list[int] = []
    repairs = []
    for index, letter in enumerate(line.printed):
        new = texts.get(letter)
        if new is not None:
            repairs.append(Repair("unmapped-glyph", len(text), len(text) + len(new), index, index + 1, SHAPED))
        text.extend(new or letter)
        source.extend([index] * len(new or letter))
    printed = _LENT.sub("\ufffd", line.printed)
    return structs.replace(line, text="".join(text), printed=printed, source=tuple(source), repairs=(*line.repairs, *repairs))
