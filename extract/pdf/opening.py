"""Opening a PDF, and what to call it when that fails."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.errors import DocumentError
from extract.pdf.other_engine import Other, counted_pages, in_full
from schemas.outcome import Status

_BLANKS = b"\x00 \t\r\n"
MOST_REWRITTEN = 100_000_000  # bytes: larger broken files are not written anew


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The pdfium document, closed afterwards. Raises DocumentError: empty (no bytes, no page), encrypted, damaged.

    A file that pdfium cannot open, or in which it sees no page, gets a second chance written anew by another engine (that
    rescued 72 of 97 broken public files; never done to a file that opens, since it emptied a good one).
    """
    with counted(Other(data)) as (document, _):
        yield document


@contextmanager
def counted(other: Other) -> Iterator[tuple[Any, int]]:
    """As opened, with the number of pages that it should have: more than pdfium sees where another engine counts more and
    pdfium does not see them in a copy with a new page tree either."""
    data = other.data
    if not data[:4096].strip(_BLANKS) and not data.strip(_BLANKS):
        raise DocumentError(Status.EMPTY, "no-bytes")
    document = _open(data)
    pages = counted_pages(other, len(document))
    try:
        if pages > len(document):
            document = _in_full(document, other, pages)
        yield document, pages
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        if len(document):
            return document
        document.close()
        failure: Exception | None = None
    except pdfium.PdfiumError as error:
        locked = b"/Encrypt" in data  # pdfium's error may be one left over from the document before
        if locked and error.err_code == raw.FPDF_ERR_PASSWORD:
            raise DocumentError(Status.ENCRYPTED, "password") from error
        if locked and error.err_code == raw.FPDF_ERR_SECURITY:
            raise DocumentError(Status.ENCRYPTED, "security-handler") from error
        failure = error
    return _reopened(data, failure)


def _in_full(document: Any, other: Other, pages: int) -> Any:
    """The document in a copy with all its pages, if the copy has them and lost no character; else as it was."""
    copy = in_full(other)
    if copy is None:
        return document
    try:
        full = pdfium.PdfDocument(copy)
    except pdfium.PdfiumError:
        return document
    kept, lost = (full, document) if len(full) == pages and _characters(full) >= _characters(document) else (document, full)
    lost.close()
    return kept


def _characters(document: Any) -> int:
    count = 0
    for index in range(len(document)):
        with suppress(pdfium.PdfiumError):  # a page that cannot be loaded has none
            page = document[index]
            text = page.get_textpage()
            count += text.count_chars()
            text.close()
            page.close()
    return count


def _reopened(data: bytes, failure: Exception | None) -> Any:
    """The document written anew by the second engine. Raises DocumentError where that has no page for it either."""
    if b"%PDF" not in data[:2048] or len(data) > MOST_REWRITTEN:
        raise DocumentError(Status.DAMAGED, "not-a-pdf" if b"%PDF" not in data[:2048] else "cut", str(failure)) from failure
    anew, pages = _rewritten(data)
    if pages == 0:
        raise DocumentError(Status.EMPTY, "no-pages")
    if anew is not None:
        try:
            document = pdfium.PdfDocument(anew)
            if len(document) == pages:
                return document
            document.close()
        except pdfium.PdfiumError as error:
            failure = error
    raise DocumentError(Status.DAMAGED, "pages-lost" if pages else "cut", str(failure or "no page")) from failure


def _rewritten(data: bytes) -> tuple[bytes | None, int | None]:
    """The file as pikepdf writes it and the pages that it counts; None where it cannot."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            out = io.BytesIO()
            if pages:
                document.save(out, fix_metadata_version=False)
            return out.getvalue() or None, pages
    except Exception:  # whatever is wrong in it, the first engine's word stands
        return None, None
