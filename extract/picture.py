"""A page of a PDF with what was read drawn on it, to see what a reader saw.

Lines grey with their reading order at the left, clusters as pale boxes, repairs red (decoded ones orange), tables and cells
blue, rules green, check boxes violet (ticked ones filled).
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from schemas.document import Box, Line, Page

DPI = 150
_LINE, _CLUSTER, _TABLE, _RULE, _BOX = "#777777", "#d9d9d9", "#1f6fd6", "#2f9e44", "#9c36b5"
_REPAIR, _DECODED = "#e03131", "#f08c00"


def picture_of(data: bytes, page: Page) -> Image.Image:
    """The page (its number from 1) at DPI dots an inch. data: the PDF's bytes."""
    if page.number is None:
        raise ValueError("a page without a number has no picture")
    document = pdfium.PdfDocument(data)
    try:
        picture: Image.Image = document[page.number - 1].render(scale=DPI / 72).to_pil().convert("RGB")
    finally:
        document.close()
    draw = ImageDraw.Draw(picture)
    for rule in page.rules:
        _rectangle(draw, Box(rule.x0, rule.top, rule.x1, rule.bottom), _RULE, 2)
    for number, line in enumerate(page.lines, 1):
        _line(draw, line, number)
    for table in page.tables:
        for box in (table.box, *(cell.box for cell in table.cells)):
            _rectangle(draw, box, _TABLE, 3 if box is table.box else 1)
    for mark in page.checkboxes:
        _rectangle(draw, mark.box, _BOX, 4 if mark.checked else 2)
    return picture


def _line(draw: ImageDraw.ImageDraw, line: Line, number: int) -> None:
    for cluster in _clusters(line):
        _rectangle(draw, cluster, _CLUSTER, 1)
    box = line.box()
    _rectangle(draw, box, _LINE, 1)
    for repair in line.repairs:
        start, end = repair.printed_start, max(repair.printed_end, repair.printed_start + 1)
        if len(line.x0) >= end:
            place = Box(min(line.x0[start:end]), line.top, max(line.x1[start:end]), line.bottom)
            _rectangle(draw, place, _REPAIR if repair.confidence == 1 else _DECODED, 2)
    if box is not None:
        draw.text((max(0.0, box.x0 * DPI / 72 - 22), box.top * DPI / 72), str(number), fill=_LINE)


def _clusters(line: Line) -> Iterator[Box]:
    """Boxes of the line's clusters: characters that share a place."""
    places = dict.fromkeys(zip(line.x0, line.x1, strict=True))
    for left, right in places:
        yield Box(left, line.top, right, line.bottom)


def _rectangle(draw: ImageDraw.ImageDraw, box: Box | None, colour: str, width: int) -> None:
    if box is not None:
        scale = DPI / 72
        corners = (box.x0 * scale, box.top * scale, max(box.x0, box.x1) * scale, max(box.top, box.bottom) * scale)
        draw.rectangle(corners, outline=colour, width=width)
