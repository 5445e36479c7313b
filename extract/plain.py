"""Plain text: every line of the file that is not blank, with its number."""

from __future__ import annotations

from extract.encoding import decode, lines_of
from extract.errors import DocumentError
from extract.limits import LIMITS, Limits
from extract.markdown import is_markdown, markdown_page
from extract.pageless import Sheet, line_of
from schemas.document import Page
from schemas.outcome import Status


def read_plain(data: bytes, *, limits: Limits = LIMITS) -> tuple[Page, ...]:
    """One page without number. A text file that a converter wrote as Markdown is read as Markdown.

    Raises DocumentError: empty, too_large, unsupported/binary, damaged/encoding.
    """
    text = _text(data, limits)
    if is_markdown(text):
        return (markdown_page(text, limits),)
    sheet = Sheet(limits)
    for number, line in enumerate(lines_of(text), 1):
        sheet.add(line_of(line, number))
    return (sheet.page(),)


def read_markdown(data: bytes, *, limits: Limits = LIMITS) -> tuple[Page, ...]:
    """As read_plain, for a file that is Markdown by its name."""
    return (markdown_page(_text(data, limits), limits),)


def _text(data: bytes, limits: Limits) -> str:
    if len(data) > limits.text_bytes:
        raise DocumentError(Status.TOO_LARGE, "text-bytes", str(limits.text_bytes))
    text = decode(data)
    if not text.strip():
        raise DocumentError(Status.EMPTY, "no-text")
    return text
