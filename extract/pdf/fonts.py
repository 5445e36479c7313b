"""What a page's fonts tell: bold, slanted and symbol fonts."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.bulk import Array, Objects
from extract.pdf.glyphs import Glyphs, is_mark

_BOLD = re.compile(r"bold|black|heavy|[-,]bd\b", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique", re.IGNORECASE)
SLANT = 0.21  # of slanted fonts: tan 12°, which Thai ones are drawn with whatever angle the file gives (0, -12 and -30 seen)
SKEWED = (0.05, 0.6)  # slants of a text matrix that makes an upright font lean
PRIVATE = 0xF000  # where symbol fonts keep the glyph of a one-byte code
BYTES = {ord(bytes([code]).decode("cp1252", "replace")): code for code in range(0x21, 0x100)}  # Windows-1252
_FORCE_BOLD = 1 << 18  # PDF font descriptor flag


@dataclass(frozen=True)
class Font:
    """name: as in the file, often with its subset prefix. symbols: its codes are signs, whatever letters they are said to be.
    slanted: italic or oblique."""

    name: str
    bold: bool
    symbols: bool
    slanted: bool


NO_FONT = Font("", False, False, False)


def font_of(handle: int) -> Font:
    """The font of a text object; valid while its page is open."""
    font = ctypes.cast(handle, raw.FPDF_FONT)
    angle = ctypes.c_int()
    leans = bool(raw.FPDFFont_GetItalicAngle(font, angle)) and angle.value < 0
    return _told(_name(font), bool(max(0, raw.FPDFFont_GetFlags(font)) & _FORCE_BOLD), leans)


@lru_cache(maxsize=1024)
def _told(name: str, forced: bool, leans: bool) -> Font:
    return Font(name, bool(_BOLD.search(name)) or forced, bool(_SYMBOLS.search(name)), bool(_SLANTED.search(name)) or leans)


def leaning(slanted: Array, objects: Objects) -> Array:
    """How far text leans to the right for its height, for every text object and one more for none. slanted: by its font."""
    matrix = objects.table["matrix"].take(objects.texts, axis=0)
    upright = (np.abs(matrix[:, 1]) < 1e-3 * np.abs(matrix[:, 0])) & (np.abs(matrix[:, 3]) > 1e-6)
    skew = np.divide(matrix[:, 2], matrix[:, 3], out=np.zeros(len(matrix)), where=upright)
    skew[(skew < SKEWED[0]) | (skew > SKEWED[1])] = 0
    return np.append(SLANT * slanted + skew, 0.0)


def straightened(glyphs: Glyphs, lean: Array) -> Glyphs:
    """The glyphs with the ink of marks where it would stand if their text did not lean: high up it leans over the next letter.
    lean: of every text object; only level text is straightened."""
    if not lean.any():
        return glyphs
    slope = lean.take(glyphs.owner)
    marks = np.flatnonzero((slope != 0) & is_mark(glyphs.code) & (np.abs(glyphs.direction) < 1))
    ink, box = glyphs.ink.copy(), glyphs.box.copy()
    left = slope[marks] * (glyphs.origin[marks, 1] - (ink[marks, 1] + ink[marks, 3]) / 2)
    ink[marks, 0] -= left
    ink[marks, 2] -= left
    box[marks, 2] = np.maximum(box[marks, 2] - left, np.minimum(glyphs.origin[marks, 0], box[marks, 2]))
    return replace(glyphs, ink=ink, box=box)


def as_symbols(code: Array, chosen: Array) -> Array:
    """Code points with the chosen ones' Latin letters (a Wingdings font under WinAnsi encoding: þ for a ticked box) moved to the
    private place of their byte, where the repair knows them."""
    moved = code.copy()
    for at in np.flatnonzero(chosen & (code < 0x2123)).tolist():
        byte = BYTES.get(int(code[at]))
        if byte is not None:
            moved[at] = PRIVATE + byte
    return moved


def _name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.value.decode("utf-8", "replace") if 0 < length <= 256 else ""
