"""An embedded font opened: what its cmap, glyph names and the outlines of its marks tell of a code."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2.raw as raw

from extract.pdf.bulk import Array
from extract.pdf.fonts import BYTES
from extract.pdf.glyphs import UNMAPPED
from extract.pdf.mapping import Mapping
from extract.pdf.truetype import Outline, TrueType

MOST_FONT_BYTES = 30_000_000
HANGS = 0.1  # em: ink that begins further left of its origin and ends no further right of it belongs to the letter before
SAME_BOX, SAME_TOP = 0.006, 0.03  # em: pdfium rounds a glyph's box to thousandths, and its top up by 1.5 %
_MARKS = frozenset(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
_LETTERS = frozenset(map(chr, (*range(0x0E01, 0x0E2F), 0x0E32)))  # their variants: ฐ and ญ without a foot, tall letters cut


@dataclass(frozen=True)
class Reading:
    """What a glyph stands for. shaped: told by its outline alone."""

    text: str
    shaped: bool


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


def font_file(handle: int) -> bytes:
    """The file of a pdfium font; nothing where it has none or one too large."""
    font = ctypes.cast(handle, raw.FPDF_FONT)
    length = ctypes.c_size_t()
    if not raw.FPDFFont_GetIsEmbedded(font) or not raw.FPDFFont_GetFontData(font, None, 0, length):
        return b""
    if not 0 < length.value <= MOST_FONT_BYTES:
        return b""
    buffer = (ctypes.c_uint8 * length.value)()
    return bytes(buffer) if raw.FPDFFont_GetFontData(font, buffer, length.value, length) else b""
