"""Bytes to pages: the one place that knows which reader reads which media type."""

from __future__ import annotations

from collections.abc import Iterator

from extract.errors import DocumentError
from schemas.document import Page
from schemas.outcome import Status


def read_pages(data: bytes, media_type: str) -> Iterator[Page]:
    """Pages in order, one at a time (memory stays flat). Raises DocumentError; a page that cannot be read is yielded
    with reading None and a problem."""
    if media_type == "application/pdf":
        from extract.pdf.reader import read_pdf

        yield from read_pdf(data)
    else:
        raise DocumentError(Status.UNSUPPORTED, "media-type", media_type)
