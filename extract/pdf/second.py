"""A second opinion on glyphs that the file's mapping leaves open: the embedded font's own cmap and glyph names (what pdfminer
reads and pdfium does not), then the outlines of its marks; and pdfminer itself where pdfium finds far fewer characters than a
page has text. Asked only on pages that have such glyphs or lack characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from msgspec import structs

from extract.pdf.bulk import Array, Objects
from extract.pdf.doubtful import (
    LATIN,
    PRIVATE,
    SMALL,
    THAI,
    exchanged,
    is_private,
    leading_marks,
    meanings,
    misplaced,
    miswritten,
    overfull,
    within,
    without_place,
)  # fmt: skip
from extract.pdf.embedded import HANGS, OpenFont, Reading, font_file
from extract.pdf.fonts import font_of
from extract.pdf.frame import Frame
from extract.pdf.glyphs import SARA_AA, SHAPED_LETTER, SHAPED_MARK, UNMAPPED, Glyphs, is_mark
from extract.pdf.mapping import Mapping, fonts_of_page, mapping_of
from extract.pdf.other_engine import Other, characters, is_bounded, shows_text
from extract.pdf.truetype import parsed
from schemas.document import Line, Repair

SHAPED = 0.95  # confidence of a mark read by its outline
_LENT = re.compile(f"[{chr(SHAPED_MARK)}-{chr(0xFFFFD)}]")
Draw = Callable[[Glyphs, int], Array | None]


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
        full, apart = overfull(glyphs), misplaced(glyphs)
        if apart.any():
            glyphs, apart = exchanged(glyphs, apart)
        doubtful = np.flatnonzero((glyphs.code == UNMAPPED) | apart | is_private(glyphs.code) | without_place(glyphs))
        if not len(doubtful) and not len(full):
            return glyphs
        handles = np.append(objects.table["font"][objects.texts], np.uint64(0))[glyphs.owner]
        code = glyphs.code.copy()
        for at in doubtful.tolist():
            font = self._font(int(handles[at]), page) if handles[at] else None
            if font is not None:
                code[at] = self._heard(font, glyphs, at, lambda: self._fonts_of(handles, page), draw)
        glyphs = replace(glyphs, code=code)
        return self._told_once(self._emptied(glyphs, full, handles, page)) if len(full) else glyphs

    def characters(self, page: int, objects: Objects, frame: Frame) -> Glyphs | None:
        """The page's characters by pdfminer's path; None where it has none to tell or could not bear the page."""
        try:
            there = self.other.document.pages[page]
            if not len(objects.table) and not shows_text(there):
                return None
            mappings = [font.get("/ToUnicode") for font in fonts_of_page(there)]
            if not all(is_bounded(mapping.read_bytes()) for mapping in mappings if hasattr(mapping, "read_bytes")):
                return None
            return characters(there, frame)
        except MemoryError:
            raise
        except Exception:  # a damaged file: then pdfium's word stands
            return None

    def _with_ligatures(self, glyphs: Glyphs) -> Glyphs:
        """What Ghostscript writes for a glyph of two characters or three, set right."""
        first, second = miswritten(glyphs)
        if not len(first) and not len(second):
            return glyphs
        code = glyphs.code.copy()
        for at in first.tolist():  # two bytes the wrong way round, then those of the sum (ffi) or of the second
            letter, other = int(code[at]) >> 8, int(code[at + 1]) >> 8
            ffi = other - letter >= SMALL[0]
            code[at], code[at + 1] = (self._code(Reading(2 * chr(letter), True)), other - letter) if ffi else (letter, other)
        code[second] = THAI | (code[second] & 0xFF)
        return replace(glyphs, code=code)

    def _heard(self, font: OpenFont, glyphs: Glyphs, at: int, others: Callable[[], list[OpenFont]], draw: Draw | None) -> int:
        """Code point for one doubtful glyph: its own when the font does not tell."""
        mapped, charcode = int(glyphs.code[at]), int(glyphs.charcode[at])
        codes = {charcode} if charcode >= 0 else self._codes_at(font, glyphs, at)
        if LATIN[0] <= mapped <= LATIN[1]:
            readings = {font.drawn(code, others) for code in codes}
        else:
            readings = {font.reading(code, others) for code in codes}
        if len(readings) > 1 and draw is not None:
            codes = font.drawn_as(draw(glyphs, at), codes)
            readings = {font.reading(code, others) for code in codes}
        reading = readings.pop() if len(readings) == 1 else None
        if reading is None:
            return UNMAPPED if PRIVATE[0] <= chr(mapped) <= PRIVATE[1] and font.is_thai else mapped
        return mapped if reading.text in meanings(mapped) else self._code(reading)

    def _codes_at(self, font: OpenFont, glyphs: Glyphs, at: int) -> set[int]:
        """Character codes that a mapped glyph may have."""
        code = int(glyphs.code[at])
        if LATIN[0] <= code <= LATIN[1]:
            return font.hanging(chr(code))
        alone = font.codes_of(chr(code))
        return alone if len(alone) == 1 else font.codes_at(_ink(glyphs, at), chr(code))

    def _emptied(self, glyphs: Glyphs, full: Array, handles: Array, page: int) -> Glyphs:
        """An า that is mapped to ้ำ, as where WeasyPrint met it first, is an า; the marks are drawn by glyphs of their own."""
        code, gone = glyphs.code.copy(), np.zeros(len(glyphs), bool)
        joined, mark = within(glyphs).tolist(), is_mark(glyphs.code).tolist()
        left = glyphs.origin[:, 0] - HANGS * glyphs.size
        rings = (glyphs.ink[:, 0] < left) & (glyphs.direction == 0)  # pdfium sees ink there too: no font need be opened
        for at in full[~rings[full - 1]].tolist():
            first = at - 1
            while first > 0 and joined[first] and mark[first - 1]:
                first -= 1
            seen = first > 0 and not joined[first] and glyphs.code[first - 1] != UNMAPPED
            font = self._font(int(handles[at]), page) if seen and handles[at] else None
            codes = set() if font is None else font.codes_of("".join(map(chr, glyphs.code[first : at + 1].tolist())))
            if font is not None and codes and all(map(font.stands_alone, codes)):
                code[at], gone[first:at] = SARA_AA, True
        return replace(glyphs, code=code).pick(~gone)

    def _told_once(self, glyphs: Glyphs) -> Glyphs:
        """The glyphs without the marks that a glyph is mapped to beside its own letter (้ำ for an า) where the one before it,
        read by its outline, is these marks (WeasyPrint: an unmapped ligature leaves its text to the next glyph)."""
        lent = {code: text for text, code in self.lent.items()}
        joined = within(glyphs)
        gone = np.zeros(len(glyphs), bool)
        for at in np.flatnonzero(is_mark(glyphs.code) & (glyphs.charcode >= 0)).tolist():
            text = lent.get(int(glyphs.code[at]))
            marks = leading_marks(glyphs, joined, at + 1) if text else ""
            if text and marks and set(marks) <= set(text):
                gone[at + 1 : at + 1 + len(marks)] = True
        return glyphs.pick(~gone) if gone.any() else glyphs

    def _fonts_of(self, handles: Array, page: int) -> list[OpenFont]:
        """The fonts of text objects' handles, 0 for none, that could be opened."""
        used = (handle for handle in np.unique(handles).tolist() if handle)
        return [font for handle in used if (font := self._font(handle, page)) is not None]

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
        name, data = font_of(handle).name, font_file(handle)
        key = (name, len(data))
        if key not in self._fonts:
            font = parsed(data)
            mapping = self._mapping(name, len(data), page) if font is not None else None
            self._fonts[key] = OpenFont(font, mapping) if font is not None and mapping is not None else None
        return self._fonts[key]

    def _mapping(self, name: str, size: int, page: int) -> Mapping | None:
        """The mapping of the page's font of this name and file size; None when the second engine does not find it."""
        try:
            return mapping_of(self.other.document.pages[page], name, size)
        except Exception:  # a damaged file: then there is no second opinion
            return None


def _ink(glyphs: Glyphs, at: int) -> tuple[float, float, float, float]:
    """left, low, right, high of a glyph's ink from its origin, in em; of upright text."""
    left, top, right, bottom = glyphs.ink[at].tolist()
    x, y = glyphs.origin[at].tolist()
    size = float(glyphs.size[at])
    return (left - x) / size, (y - bottom) / size, (right - x) / size, (y - top) / size


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
