"""Bytes to pages: the one place that knows which reader reads which media type."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from extract.errors import DocumentError
from schemas.document import Page
from schemas.outcome import Status

if TYPE_CHECKING:
    from extract.ocr.tesseract import Tesseract

PICTURES = frozenset(("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp"))
_PAGELESS = {  # media type: module, function; imported when needed
    "text/plain": ("extract.plain", "read_plain"),
    "text/markdown": ("extract.plain", "read_markdown"),
    "text/html": ("extract.html", "read_html"),
    "application/xhtml+xml": ("extract.html", "read_html"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("extract.docx", "read_docx"),
}


def read_pages(data: bytes, media_type: str, second_reader: Tesseract | None = None) -> Iterator[Page]:
    """Pages in order, one at a time (memory stays flat). second_reader: of pictures. Raises DocumentError; a page that cannot be
    read is yielded with reading None and a problem."""
    if media_type == "application/pdf":
        from extract.ocr.routing import routed
        from extract.pdf.reader import read_pdf

        yield from routed(data, read_pdf(data), second_reader)
    elif media_type in PICTURES:
        from extract.ocr.reader import read_image

        yield from read_image(data, second_reader)
    elif media_type in _PAGELESS:
        module, reader = _PAGELESS[media_type]
        yield from getattr(import_module(module), reader)(data)
    else:
        raise DocumentError(Status.UNSUPPORTED, "media-type", media_type)
