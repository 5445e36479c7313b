"""Opening a PDF, and what to call it when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.errors import DocumentError
from schemas.outcome import Status

_BLANKS = b"\x00 \t\r\n"


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The pdfium document, closed afterwards. Raises DocumentError: empty (no bytes, no page), encrypted, damaged."""
    if not data[:4096].strip(_BLANKS) and not data.strip(_BLANKS):
        raise DocumentError(Status.EMPTY, "no-bytes")
    document = _open(data)
    try:
        if len(document) == 0:
            _check_second_count(data)
        yield document
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        return document
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise DocumentError(Status.ENCRYPTED, "password") from error
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_SECURITY:
            raise DocumentError(Status.ENCRYPTED, "security-handler") from error
        raise DocumentError(Status.DAMAGED, "not-a-pdf" if b"%PDF" not in data[:2048] else "cut", str(error)) from error


def _check_second_count(data: bytes) -> None:
    """pdfium sees no page: a second engine says whether the document is empty or pdfium lost its pages."""
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            count = len(document.pages)
    except Exception as error:
        raise DocumentError(Status.DAMAGED, "no-pages", str(error)) from error
    if count:
        raise DocumentError(Status.DAMAGED, "pages-lost", f"another engine counts {count} pages")
    raise DocumentError(Status.EMPTY, "no-pages")


