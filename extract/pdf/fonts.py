"""What a page's fonts tell: bold, symbol fonts, and a second opinion on glyphs that pdfium cannot map."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

_BOLD = re.compile(r"bold|black|heavy|[-,]bd\b", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings|webdings|symbol(?!a)|dingbats", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # PDF font descriptor flag


@dataclass(frozen=True)
class Font:
    """name: as in the file, with its subset prefix. symbols: its codes are signs, whatever letters they are said to be."""

    name: str
    bold: bool
    symbols: bool


def font_of(handle: int) -> Font:
    """The font of a text object; valid while its page is open."""
    font = ctypes.cast(handle, raw.FPDF_FONT)
    name = _name(font)
    bold = bool(_BOLD.search(name)) or bool(max(0, raw.FPDFFont_GetFlags(font)) & _FORCE_BOLD)
    return Font(name, bold, bool(_SYMBOLS.search(name)))


def _name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.value.decode("utf-8", "replace") if 0 < length <= 256 else ""
