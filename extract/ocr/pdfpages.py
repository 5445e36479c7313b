"""A PDF page → a picture at a fitting resolution → a Page; and what part of it pictures cover."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.ocr.layout import SIZE
from extract.ocr.reader import read_picture
from extract.ocr.tesseract import Tesseract
from schemas.document import Page

DPI = 200  # of pages that are no scan; twice as many pixels read no better from 9 pt on
FINE_DPI = 300  # where letters are smaller than SMALL pixels at 200 dpi
SMALL = 11.0
SCAN_DPI = (100.0, 400.0)  # of a page that is one picture: its own, within these
MOST_PIXELS = 40_000_000
COVERS = 0.8  # share of the page that a picture covers when the page is a scan
_UNSEEN = (3, 7)  # text rendering modes: neither filled nor stroked


def is_scan(page: Any) -> bool:
    """One picture covers the page (the text, if any, may be another program's reading of it)."""
    return _scan_dpi(page) is not None


def shows_text(page: Any) -> bool:
    """Most of the page's text objects are drawn over the covering picture, and not in invisible ink: somebody typed them. What
    lies under the picture or is invisible is another program's reading of it."""
    import pypdfium2.raw as raw

    shown = hidden = 0
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            unseen = raw.FPDFTextObj_GetTextRenderMode(thing.raw) in _UNSEEN
            shown, hidden = shown + (not unseen), hidden + unseen
        elif _covers(thing, page):
            shown, hidden = 0, hidden + shown
    return bool(shown > hidden)


def _covers(image: Any, page: Any) -> bool:
    width, height = page.get_size()
    left, bottom, right, top = image.get_bounds()
    return bool((right - left) * (top - bottom) >= COVERS * width * height)


def _scan_dpi(page: Any) -> float | None:
    """Resolution of the picture that covers the page; None when there is none."""
    import pypdfium2.raw as raw

    best = None
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if not _covers(image, page):
            continue
        left, bottom, right, top = image.get_bounds()
        pixels = max(image.get_px_size())
        best = max(best or 0.0, pixels / max(1.0, right - left, top - bottom) * 72)
    return best


def render(page: Any, dpi: float) -> NDArray[np.uint8]:
    """RGB (h, w, 3) of the page as shown; fewer dots where the page is huge."""
    width, height = page.get_size()
    scale = min(dpi / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    return np.asarray(page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3], np.uint8)


def read_rendered(page: Any, number: int, second_reader: Tesseract | None = None) -> Page:
    """One loaded pdfium page, read as a picture. Coordinates: points of the page as it reads (Page.turn, Page.skew)."""
    from msgspec.structs import replace

    own = _scan_dpi(page)
    dpi = min(max(own, SCAN_DPI[0]), SCAN_DPI[1]) if own else float(DPI)
    read = _read(page, dpi, second_reader)
    sizes = sorted(line.size for line in read.lines)
    if not own and sizes and sizes[len(sizes) // 2] * dpi / 72 / SIZE < SMALL:
        read = _read(page, FINE_DPI, second_reader)
    return replace(read, number=number)


def _read(page: Any, dpi: float, second_reader: Tesseract | None) -> Page:
    picture = render(page, dpi)
    return read_picture(picture, picture.shape[1] / max(1.0, page.get_size()[0]) * 72, second_reader)
