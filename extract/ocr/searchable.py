"""Searchable PDF: the page as it is, and over it what was read as invisible text at the place of every word.

The text font has no outlines and one width for all (half an em), its codes are the characters themselves, and its ToUnicode
says so: what is selected, searched and copied is the reading, in its order.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Stream

from extract.ocr.images import Picture, pictures
from schemas.document import Layer, Line, Page

FONT = "/ThaikpiText"
ADVANCE = 0.5  # em of every character
Place = Callable[[float, float], tuple[float, float]]  # the page as it reads, points from the top left → user space


def searchable_pdf(data: bytes, pages: Iterable[Page], target: Path) -> None:
    """A PDF's own pages, those read by OCR with the text, and shown upright. data: the PDF."""
    with pikepdf.open(io.BytesIO(data)) as document:
        drawn = [(document.pages[(p.number or 1) - 1], p) for p in pages]
        _write(document, drawn, target)


def searchable_picture(data: bytes, pages: Iterable[Page], target: Path) -> None:
    """Each frame of a picture file as an upright page of its size, with the text over it."""
    with pikepdf.new() as document:
        drawn = []
        for (picture, dpi), page in zip(pictures(data), pages, strict=True):
            document.pages.append(_picture_page(document, np.rot90(picture, page.turn), dpi))
            drawn.append((document.pages[-1], replace(page, turn=0)))
        _write(document, drawn, target)


def _write(document: pikepdf.Pdf, pages: list[tuple[pikepdf.Page, Page]], target: Path) -> None:
    read = [(on, page) for on, page in pages if page.reading == "ocr" and page.lines]
    characters = sorted({c for _, page in read for line in page.lines for c in line.text if ord(c) < 0x10000})
    font = document.make_indirect(_font(document, characters))
    for on, page in read:
        if page.layer is not Layer.ABSENT:
            _without_invisible_text(document, on)
        on.contents_add(document.make_stream(b"q"), prepend=True)  # the page's own matrix must not move the text
        on.contents_add(document.make_stream(b"Q\n" + _text(page, _place(on, page))))
        on.add_resource(font, Name.Font, Name(FONT))
        if page.turn:
            on.Rotate = (int(on.get("/Rotate", 0)) - 90 * page.turn) % 360
    document.save(target, linearize=False, deterministic_id=True)


def _without_invisible_text(document: pikepdf.Pdf, on: pikepdf.Page) -> None:
    """Another program's reading under the picture is what ours replaces; text that can be seen stays."""
    kept, mode, stack = [], 0, list[int]()
    for instruction in pikepdf.parse_content_stream(on):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(mode)
        elif operator == "Q" and stack:
            mode = stack.pop()
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        if not (mode == 3 and operator in ("Tj", "TJ", "'", '"')):
            kept.append(instruction)
    on.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))


# --- text ------------------------------------------------------------------------------------------------------------
def _text(page: Page, place: Place) -> bytes:
    parts = [f"BT 3 Tr {FONT} 1 Tf"]
    parts += [run for line in page.lines for run in _runs(line, place)]
    return "\n".join([*parts, "ET"]).encode("ascii")


def _runs(line: Line, place: Place) -> Iterator[str]:
    """A run per word; the space after it belongs to it, so that words stay apart where letters are set close."""
    baseline = line.bottom - (line.bottom - line.top) * 0.23
    size = max(1.0, line.size)
    for start, end in _words(line.text):
        left, right = float(line.x0[start]), float(max(line.x1[start:end]))
        origin, along, up = place(left, baseline), place(max(right, left + 0.5), baseline), place(left, baseline - size)
        wide = (end - start) * ADVANCE
        a, b = (along[0] - origin[0]) / wide, (along[1] - origin[1]) / wide
        c, d = up[0] - origin[0], up[1] - origin[1]
        matrix = " ".join(f"{v:.4f}" for v in (a, b, c, d, *origin))
        yield f"{matrix} Tm <{_codes(line.text[start:end])}> Tj"


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for k, c in enumerate(text):
        if c == " " and k > start:
            yield start, k + 1
            start = k + 1
    if start < len(text):
        yield start, len(text)


def _codes(text: str) -> str:
    return "".join(f"{ord(c) if ord(c) < 0x10000 else 0xFFFD:04X}" for c in text)


def _place(on: pikepdf.Page, page: Page) -> Place:
    """From the page as it reads by way of the page as shown (Page.turn) to user space (/Rotate, CropBox).

    Lines stay level where the scan is askew: readers break a line that sinks by half its height. Their middle is right.
    """
    level = replace(page, skew=0.0)
    left, low, right, high = (float(v) for v in on.cropbox)
    wide, tall = right - left, high - low
    rotate = int(on.get("/Rotate", 0)) % 360

    def place(x: float, y: float) -> tuple[float, float]:
        x, y = level.shown_point(x, y)
        if rotate == 90:
            x, y = y, x
        elif rotate == 180:
            x, y = wide - x, y
        elif rotate == 270:
            x, y = wide - y, tall - x
        else:
            y = tall - y
        return left + x, low + y

    return place


# --- objects ---------------------------------------------------------------------------------------------------------
def _font(document: pikepdf.Pdf, characters: list[str]) -> Any:
    mapping = b"\x00\x01" * 0x10000
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(FONT), Flags=5, FontBBox=[0, -200, 500, 800], ItalicAngle=0, Ascent=800,
        Descent=-200, CapHeight=700, StemV=80, FontFile2=Stream(document, _outlines()),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(FONT), DW=int(1000 * ADVANCE),
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=document.make_indirect(descriptor), CIDToGIDMap=Stream(document, mapping),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(FONT), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(descendant)]), ToUnicode=Stream(document, _to_unicode(characters)),
    )  # fmt: skip


def _to_unicode(characters: list[str]) -> bytes:
    blocks = [characters[k : k + 100] for k in range(0, len(characters), 100)]
    lines = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap", "/CMapName /ThaikpiText def /CMapType 2 def"]
    lines += ["1 begincodespacerange <0000> <FFFF> endcodespacerange"]
    for block in blocks:
        pairs = " ".join(f"<{ord(c):04X}> <{ord(c):04X}>" for c in block)
        lines.append(f"{len(block)} beginbfchar {pairs} endbfchar")
    return "\n".join([*lines, "endcmap CMapName currentdict /CMap defineresource pop end end"]).encode("ascii")


def _outlines() -> bytes:
    """A TrueType font of two glyphs without area, but with an extent: pdfium drops sideways text that has none."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((int(1000 * ADVANCE), 700))
    pen.closePath()
    stroke = pen.glyph()
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "blank"])
    build.setupCharacterMap({})
    build.setupGlyf(dict.fromkeys((".notdef", "blank"), stroke))
    build.setupHorizontalMetrics({name: (int(1000 * ADVANCE), 0) for name in (".notdef", "blank")})
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    build.setupNameTable({"familyName": "ThaikpiText", "styleName": "Regular"})
    build.setupPost()
    build.font["head"].created = build.font["head"].modified = 0  # the same bytes every time
    build.font.recalcTimestamp = False
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


def _picture_page(document: pikepdf.Pdf, picture: Picture, dpi: float) -> pikepdf.Page:
    """A page of the picture's size. Black-and-white pictures keep one bit a pixel, all are kept without loss."""
    height, width = picture.shape[:2]
    bits, space, raw = 8, Name.DeviceRGB if picture.ndim == 3 else Name.DeviceGray, picture
    if picture.ndim == 2 and not ((picture > 0) & (picture < 255)).any():
        bits, raw = 1, np.packbits(picture > 0, axis=1)
    image = Stream(
        document, zlib.compress(raw.tobytes(), 6), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
        BitsPerComponent=bits, ColorSpace=space, Filter=Name.FlateDecode,
    )  # fmt: skip
    wide, tall = width * 72 / dpi, height * 72 / dpi
    page = document.add_blank_page(page_size=(wide, tall))
    page.Resources = Dictionary(XObject=Dictionary(Im=document.make_indirect(image)))
    page.Contents = Stream(document, f"q {wide:.4f} 0 0 {tall:.4f} 0 0 cm /Im Do Q".encode())
    del document.pages[-1]
    return page
