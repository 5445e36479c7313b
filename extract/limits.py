"""How much of one document is read at most. Above it the document is refused as `too_large`, never cut silently."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, counts in pieces. The largest real report met is a budget book of 69 pages and 5 MB."""

    file_bytes: int = 256 << 20  # scanned books reach 100 MB
    text_bytes: int = 16 << 20  # text, Markdown and HTML; a 400-page book as text is 2 MB
    lines: int = 200_000
    pages: int = 2_000
    html_depth: int = 200  # libxml2 itself stops at 256
    table_cells: int = 100_000  # cells of one table, spans counted
    xml_bytes: int = 48 << 20  # one part of a DOCX; lxml's tree takes about eight times that
    archive_members: int = 2_000
    archive_bytes: int = 512 << 20  # unpacked, all members together
    archive_ratio: int = 200  # unpacked : packed of one member above 1 MB; text reaches 40, a bomb 1,000


LIMITS = Limits()
