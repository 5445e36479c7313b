"""What a page's fonts tell: bold, symbol fonts, and a second opinion on glyphs that pdfium cannot map."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.bulk import Array

_BOLD = re.compile(r"bold|black|heavy|[-,]bd\b", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings", re.IGNORECASE)
PRIVATE = 0xF000  # where symbol fonts keep the glyph of a one-byte code
_BYTES = {ord(bytes([code]).decode("cp1252", "replace")): code for code in range(0x21, 0x100)}  # Windows-1252
_FORCE_BOLD = 1 << 18  # PDF font descriptor flag


@dataclass(frozen=True)
class Font:
    """name: as in the file, often with its subset prefix. symbols: its codes are signs, whatever letters they are said to be."""

    name: str
    bold: bool
    symbols: bool


NO_FONT = Font("", False, False)


def font_of(handle: int) -> Font:
    """The font of a text object; valid while its page is open."""
    font = ctypes.cast(handle, raw.FPDF_FONT)
    return _told(_name(font), bool(max(0, raw.FPDFFont_GetFlags(font)) & _FORCE_BOLD))


@lru_cache(maxsize=1024)
def _told(name: str, forced: bool) -> Font:
    return Font(name, bool(_BOLD.search(name)) or forced, bool(_SYMBOLS.search(name)))


def as_symbols(code: Array, chosen: Array) -> Array:
    """Code points with the chosen ones' Latin letters (a Wingdings font under WinAnsi encoding: þ for a ticked box) moved to the
    private place of their byte, where the repair knows them."""
    moved = code.copy()
    for at in np.flatnonzero(chosen & (code < 0x2123)).tolist():
        byte = _BYTES.get(int(code[at]))
        if byte is not None:
            moved[at] = PRIVATE + byte
    return moved


def _name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.value.decode("utf-8", "replace") if 0 < length <= 256 else ""
