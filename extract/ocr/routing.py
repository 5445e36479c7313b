"""Which reading of a PDF page counts: its text layer, its picture, or the better of both.

good or repaired layer, no scan under it → the layer; hopeless or absent layer → the picture; a layer over a scan (another
program's reading, which for Thai cannot even write ๔ ๖ ๗ ๘ ๙) → both, compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from msgspec.structs import replace

from extract.ocr.tesseract import Tesseract
from schemas.document import Layer, Page

AGREES = 0.97  # likeness from which a layer over a scan is believed, if every number is the same too
GOOD_READING = 0.9  # mean confidence of lines from which our own reading of a scan counts against the layer
_NUMBER = re.compile(r"[0-9๐-๙](?:[0-9๐-๙.,/:\-]*[0-9๐-๙])?")


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
    from extract.ocr.pdfpages import is_scan, read_rendered

    loaded = document[(page.number or 1) - 1]
    try:
        if unread:
            return _instead(page, read_rendered(loaded, page.number or 1, second_reader))
        return better(page, read_rendered(loaded, page.number or 1, second_reader)) if is_scan(loaded) else page
    finally:
        loaded.close()


def _instead(page: Page, read: Page) -> Page:
    """The picture's reading with the verdict on the text layer."""
    return read if read.layer is Layer.BLANK else replace(read, layer=page.layer)


def better(page: Page, read: Page) -> Page:
    """page: by its text layer, over a scan; read: by its picture. The layer counts where both agree (it is exact where it was
    typed), or where the picture reads badly."""
    same = agreement(page.text, read.text) >= AGREES and numbers(page) == numbers(read)
    if read.reading is None or not read.lines or same:
        return page
    sure = sum(line.confidence for line in read.lines) / len(read.lines)
    return replace(read, layer=page.layer) if sure >= GOOD_READING else page


def agreement(one: str, other: str) -> float:
    """0..1: likeness of two texts without their white space."""
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_similarity(re.sub(r"\s", "", one), re.sub(r"\s", "", other)))


def numbers(page: Page) -> list[str]:
    return sorted(_NUMBER.findall(page.text))
