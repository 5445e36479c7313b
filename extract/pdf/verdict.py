"""Whether a page's text layer can be used: measured on the text first, on the page's ink only where that leaves a doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from extract.pdf.bulk import IMAGE, Array, Objects
from extract.pdf.frame import Frame
from extract.pdf.glyphs import SHAPED_LETTER, SPACE, UNMAPPED, Glyphs
from extract.repair import hopeless
from extract.repair.glyphs import TONES as THAI_TONES
from extract.repair.glyphs import count_consonants
from schemas.document import Layer, Line

PICTURE = 0.5  # share of the page under pictures from which it may be a scan; letterheads and logos cover below 0.2
DPI = 36  # of the rendering that ink is measured on: 3 ms a page
DARK = 128  # grey value below which there is ink: seals, watermarks and tinted paper are lighter
PAPER = 0.6  # share of the page lighter than LIGHT of a scanned text (0.75–0.97); photographs have below 0.5
LIGHT = 190
ACCOUNTED = 0.35  # share of the ink inside the lines: text and OCR layers 0.6–1.0, a page number on a scan 0.00–0.05
MARGIN = 3.0  # points around a line that its ink may reach
WHITE = 250
ENOUGH = 100  # consonants that tell
# Per consonant; pages of reports and books have 0.083–0.15 and 0.008–0.05, and with these words in the dictionary throughout.
TONES, SARA_AM = (0.07, 0.17), (0.004, 0.06)
_UNUSUAL = re.compile("[^\x00-\x7e\u0e01-\u0e5b\u2010-\u2030\u2500-\u27bf]")


def verdict(lines: Sequence[Line], objects: Objects, frame: Frame, page: Any) -> Layer:
    """The layer's verdict. lines: repaired. page: the pdfium page, rendered only in doubt."""
    if not lines:
        return Layer.ABSENT if len(objects.table) and has_ink(page) else Layer.BLANK
    text = "\n".join(line.text for line in lines)
    if not _is_ordinary(text) and hopeless(text):
        return Layer.HOPELESS
    if covered_by_pictures(objects, frame) >= PICTURE and _unaccounted(lines, page):
        return Layer.HOPELESS
    return Layer.REPAIRED if any(line.repairs for line in lines) else Layer.GOOD


def drops_letters(glyphs: Glyphs) -> bool:
    """An unmapped glyph of code 32 with ink is a letter or digit: pdfium's text page takes it for a space and drops it behind
    another one and behind a gap, so that letters and digits are missing without a trace."""
    inked = np.flatnonzero(glyphs.charcode == SPACE)
    if not len(inked):
        return False
    inked = inked[glyphs.ink[inked, 2] > glyphs.ink[inked, 0]]
    return any(code == UNMAPPED or code >= SHAPED_LETTER or chr(code).isalnum() for code in glyphs.code[inked].tolist())


def _is_ordinary(text: str) -> bool:
    """Thai in its usual proportions and nothing but Thai, ASCII and common signs: `hopeless` (0.5 ms) need not be asked."""
    if _UNUSUAL.search(text) or (consonants := count_consonants(text)) < ENOUGH:
        return False
    tones = sum(map(text.count, THAI_TONES)) / consonants
    return TONES[0] < tones < TONES[1] and SARA_AM[0] < text.count("ำ") / consonants < SARA_AM[1]


def covered_by_pictures(objects: Objects, frame: Frame) -> float:
    """Share of the page under pictures; overlaps count once in the sum of strips."""
    table = objects.table.take(np.flatnonzero(objects.kind == IMAGE))
    if not len(table):
        return 0.0
    boxes = np.clip(frame.boxes(table["box"]), 0, [frame.width, frame.height] * 2)
    grid = np.zeros((40, 40), bool)
    scale = np.array([40 / max(frame.width, 1.0), 40 / max(frame.height, 1.0)] * 2)
    for left, top, right, bottom in np.round(boxes * scale).astype(int).tolist()[:2000]:
        grid[top:bottom, left:right] = True
    return float(grid.mean())


def _unaccounted(lines: Sequence[Line], page: Any) -> bool:
    """The page looks like scanned text, and the lines stand on little of its ink."""
    grey = rendered(page)
    dark = grey < DARK
    if not dark.any() or np.mean(grey > LIGHT) < PAPER:
        return False
    known = np.zeros(grey.shape, bool)
    scale = DPI / 72
    for line in lines:
        box = line.box()
        if box is not None:
            top, bottom = max(0.0, box.top - MARGIN) * scale, (box.bottom + MARGIN) * scale
            left, right = max(0.0, box.x0 - MARGIN) * scale, (box.x1 + MARGIN) * scale
            known[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))] = True
    return float(np.mean(known[dark])) < ACCOUNTED


def has_ink(page: Any) -> bool:
    """Something on the page is not white."""
    return bool((rendered(page) < WHITE).any())


def rendered(page: Any) -> Array:
    """The page as shown in grey values, DPI dots an inch; annotations and form fields included."""
    bitmap = page.render(scale=DPI / 72, grayscale=True, may_draw_forms=False)
    try:
        grey = bitmap.to_numpy()
        return np.array(grey if grey.ndim == 2 else grey[..., 0])
    finally:
        bitmap.close()
