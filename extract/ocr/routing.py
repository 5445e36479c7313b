"""Which reading of a PDF page counts: its text layer, its picture, or the better of both.

good or repaired layer, no scan under it → the layer; hopeless or absent layer → the picture; a layer over a scan (another
program's reading, which for Thai cannot even write ๔ ๖ ๗ ๘ ๙) → both, compared: a number that they read differently goes on
without support, so that it can be called uncertain. Text that somebody typed over a picture stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from msgspec.structs import replace

from extract.ocr.compared import Kind, any_number, compared_page
from extract.ocr.numbers import is_arabic, numbers_in
from extract.ocr.tesseract import Tesseract
from schemas.document import Layer, Page

AGREES = 0.97  # likeness from which a layer over a scan is believed, if every number is the same too
GOOD_READING = 0.9  # mean confidence of lines from which our own reading of a scan counts against the layer
CREDIBLE = 0.7  # likeness under which a layer is too bad to say anything of our numbers (Tesseract's: 0.75 and more)
TYPED = 0.8  # share of the picture's text that typed text must have to be all of the page
UNCONFIRMED = 0.8
_MISSING = re.compile("[๔๖๗๘๙]")


def routed(data: bytes, pages: Iterator[Page], second_reader: Tesseract | None = None) -> Iterator[Page]:
    """Pages of a PDF with each page's better reading. The picture is looked at only where the layer leaves a doubt."""
    pictured = b"/Image" in data  # a picture's dictionary stands outside compressed objects
    with ExitStack() as stack:
        document: Any = None
        for page in pages:
            unread = page.reading is None and page.layer in (Layer.HOPELESS, Layer.ABSENT) and not _unloadable(page)
            if not (unread or (pictured and page.reading == "text" and page.layer is not Layer.BLANK)):
                yield page
                continue
            if document is None:
                from extract.pdf.opening import opened

                document = stack.enter_context(opened(data))
            yield _routed(document, page, unread, second_reader)


def _unloadable(page: Page) -> bool:
    return (page.problem or "").startswith("page-load")


def _routed(document: Any, page: Page, unread: bool, second_reader: Tesseract | None) -> Page:
    from extract.ocr.pdfpages import is_scan, read_rendered, shows_text

    loaded = document[(page.number or 1) - 1]
    try:
        if unread:
            return _instead(page, read_rendered(loaded, page.number or 1, second_reader))
        if not is_scan(loaded):
            return page
        return better(page, read_rendered(loaded, page.number or 1, second_reader), typed=shows_text(loaded))
    finally:
        loaded.close()


def _instead(page: Page, read: Page) -> Page:
    """The picture's reading with the verdict on the text layer."""
    return read if read.layer is Layer.BLANK else replace(read, layer=page.layer)


def better(page: Page, read: Page, *, typed: bool = False) -> Page:
    """page: by its text layer, over a scan; read: by its picture. The layer counts where both agree (it is exact where it was
    typed), or where the picture reads badly. typed: its text is what one sees of the page, unless the picture shows much more."""
    if read.reading is None or not read.lines or (typed and len(_compact(page.text)) >= TYPED * len(_compact(read.text))):
        return page
    likeness = agreement(page.text, read.text)
    if likeness >= AGREES and numbers(page) == numbers(read):
        return page
    sure = sum(line.confidence for line in read.lines) / len(read.lines)
    if sure >= GOOD_READING:
        return compared_page(replace(read, layer=page.layer), page.text, _readable(page.text)) if likeness >= CREDIBLE else read
    return compared_page(_as_reading(page), read.text)


def _readable(layer: str) -> Kind:
    """Numbers that the layer's program could have read: without any of ๔ ๖ ๗ ๘ ๙ it knew no Thai digits."""
    return any_number if _MISSING.search(layer) else is_arabic


def _as_reading(page: Page) -> Page:
    """A layer that nothing confirms is a reading like any other: its characters are no surer than UNCONFIRMED."""
    lines = tuple(replace(line, reading="ocr", certainty=(UNCONFIRMED,) * len(line.text)) for line in page.lines)
    return replace(page, lines=lines, reading="ocr")


def _compact(text: str) -> str:
    return "".join(text.split())


def agreement(one: str, other: str) -> float:
    """0..1: likeness of two texts without their white space."""
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_similarity(_compact(one), _compact(other)))


def numbers(page: Page) -> list[str]:
    return sorted(numbers_in(page.text))
