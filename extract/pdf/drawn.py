"""One glyph as pdfium draws it, to tell apart glyphs of one font that the file's mapping and their boxes leave alike."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from PIL import Image

from extract.pdf.bulk import Array, Objects
from extract.pdf.shapes import GRID

PIXELS = 160  # an em
LARGEST = 6000  # pixels along a side of a drawn text object
INK = 128  # of 255


def drawn_glyph(page: Any, objects: Objects, at: int, box: tuple[float, float, float, float], size: float) -> Array | None:
    """(GRID, GRID) ink of what lies in `box` (left, bottom, right, top; page space) of the text object objects.table[at], its
    longer side over the whole grid, in the middle and bottom up, as shapes.picture. None where pdfium cannot draw it."""
    handle = ctypes.cast(int(objects.table["handle"][at]), raw.FPDF_PAGEOBJECT)
    sides = [ctypes.c_float() for _ in range(4)]
    if objects.table["depth"][at] or not raw.FPDFPageObj_GetBounds(handle, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    scale = PIXELS / max(size, 0.1)
    if max(right - left, top - bottom) * scale > LARGEST:
        return None
    bitmap = raw.FPDFTextObj_GetRenderedBitmap(page.pdf.raw, page.raw, handle, scale)
    if not bitmap:
        return None
    try:
        ink = _alpha(bitmap)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    rows = slice(max(0, round((top - box[3]) * scale)), round((top - box[1]) * scale) + 1)
    columns = slice(max(0, round((box[0] - left) * scale)), round((box[2] - left) * scale) + 1)
    return _in_grid(ink[rows, columns])


def _alpha(bitmap: Any) -> Array:
    """Opacity of a BGRA bitmap."""
    width, height, stride = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap), raw.FPDFBitmap_GetStride(bitmap)
    buffer = raw.FPDFBitmap_GetBuffer(bitmap)
    data = np.ctypeslib.as_array(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_uint8)), (height, stride))
    return np.array(data[:, 3 : 4 * width : 4])


def _in_grid(ink: Array) -> Array | None:
    dark = ink > INK
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = cut.shape
    scale = (GRID - 2) / max(height, width)
    sized = Image.fromarray(cut).resize((max(1, round(width * scale)), max(1, round(height * scale))))
    grid = Image.new("L", (GRID, GRID))
    grid.paste(sized, ((GRID - sized.width) // 2, (GRID - sized.height) // 2))
    return np.array(grid)[::-1] > INK
