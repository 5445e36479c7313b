"""A picture of a page → a Page: the way that a scan takes.

    measured → sheet (upright, straight, one size) → pieces → crops → recogniser → characters → rows → lines
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from extract.ocr import second
from extract.ocr.boxes import Square
from extract.ocr.characters import Written, unread, written
from extract.ocr.crops import DOWN, UP, cut
from extract.ocr.decode import Decoder
from extract.ocr.images import LEAST_PIXELS, pictures
from extract.ocr.layout import blocks, choices_of, line_of, rows
from extract.ocr.lines import Piece, find_pieces
from extract.ocr.ngram import CharacterModel
from extract.ocr.recogniser import MODELS, Recogniser, shipped
from extract.ocr.sheet import Measured, Sheet, make_sheet, measured
from extract.ocr.sizes import LARGE, SMALL, other_sizes
from extract.ocr.tesseract import SecondReaderError, Tesseract
from extract.ocr.ticks import with_ticks
from extract.repair.ocr_channel import settle
from schemas.document import Box, Checkbox, Layer, Page, Rule

SAMPLE = 6  # strongest pieces that decide which way up a page is
TURNED = 0.6  # below it after both ways along the lines, they may run the other way
HOPELESS = 0.35  # below it no way up will read: dirt, a photograph
UPRIGHT = 0.85  # mean probability of a sample read the right way up: over 0.93 on all conditions; upside down: under 0.75
BLANK = 0.004  # share of dark pixels under which a page without text is blank paper with dirt
EVEN = 16.0  # and the deviation of its evened grey: noisy paper has 9, a pale photograph 30
UNREADABLE = "no-readable-text"  # ink, but no line of it can be read
EVIDENCE, PLAIN = 4, 0.8  # letters of a piece, and their mean probability, that show that there is text on the page
DOUBTFUL, DOUBTFUL_SHORT = 0.5, 0.6  # least mean probability of a piece; of one or two characters but numbers


@dataclass(frozen=True)
class Reader:
    """Recogniser and decoders, loaded once. plain: without the character model, where speed counts more than spelling."""

    recogniser: Recogniser
    decoder: Decoder
    plain: Decoder

    def read(self, sheet: Sheet, pieces: Sequence[Piece]) -> list[Written]:
        """Texts of the pieces, those that say themselves (leaders, boxes) first; with other looks (second.py)."""
        known = [unread(p, p.text) for p in pieces if p.text is not None]
        read = self.once(sheet, [p for p in pieces if p.text is None], (UP, DOWN), self.decoder)
        looks = [[w] for w in read]
        for reach, chosen in ((second.TALL, second.wanted), (second.CLOSE, second.has_number)):
            again = [k for k, w in enumerate(read) if chosen(w)]
            for k, other in zip(again, self.once(sheet, [read[k].piece for k in again], reach, self.plain), strict=True):
                looks[k].append(other)
        settled = (second.settled(each) if len(each) > 1 else each[0] for each in looks)
        return known + [with_ticks(each, sheet.ink) for each in settled]

    def once(self, sheet: Sheet, pieces: Sequence[Piece], reach: tuple[float, float], decoder: Decoder) -> list[Written]:
        """One reading of each. reach: bodies above and below the baseline."""
        crops = [cut(sheet.grey, p, *reach) for p in pieces]
        log_p = self.recogniser.read([c.picture for c in crops])
        return [written(p, decoder.read(y), c) for p, y, c in zip(pieces, log_p, crops, strict=True)]


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The readers' models in the package."""
    cv2.setNumThreads(1)
    recogniser = shipped()
    plain = Decoder(recogniser.classes)
    return Reader(recogniser, Decoder(recogniser.classes, CharacterModel.load(MODELS / "characters.bin")), plain)


def read_picture(picture: NDArray[np.uint8], dpi: float, second_reader: Tesseract | None = None) -> Page:
    """picture: (h, w) grey or (h, w, 3) RGB, dark on light or not yet even; dpi: its pixels to an inch of the page.

    Coordinates are points of the page as it reads (Page.turn, Page.skew lead back to the picture as given). A second reader
    that fails is named as the page's problem; the reading stands without it.
    """
    if min(picture.shape[:2]) < LEAST_PIXELS:
        size = [round(pixels * 72 / dpi, 2) for pixels in picture.shape[:2]]
        return Page(number=None, width=size[1], height=size[0], layer=Layer.ABSENT, reading=None, problem=UNREADABLE)
    m = measured(picture)
    if m.body is None:
        return without_text(picture, dpi, m)
    sheet, pieces = upright(m)
    items = trusted(reader().read(sheet, pieces), sheet.body)
    if not items:
        return without_text(picture, dpi, m)
    page = page_of(sheet, items, dpi)
    if second_reader is None:
        return page
    try:
        return second_reader.doubting(page, sheet.grey, 72 / dpi / sheet.scale)
    except SecondReaderError as error:
        return replace(page, problem=f"second-reader-{error.reason}")


def without_text(picture: NDArray[np.uint8], dpi: float, m: Measured) -> Page:
    """A page whose picture shows no text: blank paper (read), or noise or a photograph (named)."""
    width, height = round(picture.shape[1] * 72 / dpi, 2), round(picture.shape[0] * 72 / dpi, 2)
    if m.inked < BLANK and m.grey[::4, ::4].std() < EVEN:
        return Page(number=None, width=width, height=height, layer=Layer.BLANK, reading="ocr")
    return Page(number=None, width=width, height=height, layer=Layer.ABSENT, reading=None, problem=UNREADABLE)


def trusted(items: Sequence[Written], body: float) -> list[Written]:
    """Readings that are text. A page must have one piece of running text (EVIDENCE letters); then what is read badly is dropped.

    Dirt, strokes of signatures and stamps read as one or two letters of middling probability. body: the page's.
    """
    read = [w for w in items if w.text and w.quality >= _least(w, body)]
    if not any(len(w.text) >= EVIDENCE and w.quality > PLAIN and w.piece.text is None for w in read):
        return []
    return read


def _least(w: Written, body: float) -> float:
    if not SMALL * body <= w.piece.body <= LARGE * body:
        return PLAIN
    return DOUBTFUL if len(w.text) > 2 or (len(w.text) == 2 and w.text.isdecimal()) else DOUBTFUL_SHORT


def read_image(data: bytes, second_reader: Tesseract | None = None) -> Iterator[Page]:
    """Pages of a picture file (PNG, JPEG, WebP, TIFF with all its frames …), numbered from 1. Raises DocumentError."""
    for number, (picture, dpi) in enumerate(pictures(data), 1):
        yield replace(read_picture(picture, dpi, second_reader), number=number)


def upright(m: Measured) -> tuple[Sheet, list[Piece]]:
    """The sheet the right way up: lines run across it, and a sample of them reads well. No pieces where no way up reads."""
    tried: list[tuple[float, int, Sheet, list[Piece]]] = []
    turns = (1, 3, 0, 2) if m.sideways else (0, 2, 1, 3)
    for turn in (turns[1], turns[0], *turns[2:]) if m.reversed else turns:
        sheet = make_sheet(m, turn)
        pieces = pieces_of(sheet)
        quality = sample_quality(sheet, pieces)
        if quality >= UPRIGHT:
            return sheet, pieces
        tried.append((quality, -turn, sheet, pieces))
        if len(tried) == 2 and not HOPELESS < max(t[0] for t in tried) < TURNED:
            break
    quality, _, sheet, pieces = max(tried, key=lambda t: t[:2])
    return sheet, pieces if quality > HOPELESS else []


def pieces_of(sheet: Sheet) -> list[Piece]:
    barriers = [(s.x0, s.top, s.x1, s.bottom) for s in sheet.boxes]
    ruling = sheet.ruling.with_barriers(barriers)
    pieces = find_pieces(sheet.ink, sheet.body, ruling, sheet.dots)
    return pieces + other_sizes(sheet.ink, pieces, sheet.body, ruling)


def sample_quality(sheet: Sheet, pieces: Sequence[Piece]) -> float:
    """Mean probability over the strongest pieces' characters."""
    sample = sorted((p for p in pieces if p.text is None), key=lambda p: -p.strength)[:SAMPLE]
    read = reader().once(sheet, sample, (UP, DOWN), reader().plain)
    certain = [c for w in read for c in w.certainty]
    return sum(certain) / len(certain) if certain else 0.0


def page_of(sheet: Sheet, items: list[Written], dpi: float) -> Page:
    points = 72 / dpi / sheet.scale
    height, width = sheet.grey.shape
    boxed = [(_boxed(s, sheet.body), s) for s in sheet.boxes]
    ordered = [row for block in blocks(items + [w for w, _ in boxed], sheet.ruling) for row in rows(block)]
    edges = np.concatenate([sheet.ruling.across, sheet.ruling.down]) * points
    return Page(
        number=None, width=round(width * points, 2), height=round(height * points, 2),
        lines=tuple(settle(line_of(row, points), list(choices_of(row))) for row in ordered),
        rules=tuple(Rule(*(round(float(v), 2) for v in edge)) for edge in edges),
        checkboxes=tuple(_checkbox(s, points) for row in ordered for item in row for w, s in boxed if w is item),
        layer=Layer.ABSENT, reading="ocr", turn=sheet.turn, skew=round(sheet.skew, 2),
    )  # fmt: skip


def _checkbox(s: Square, points: float) -> Checkbox:
    return Checkbox(Box(*(round(v * points, 2) for v in (s.x0, s.top, s.x1, s.bottom))), s.checked, 0.95)


def _boxed(s: Square, body: float) -> Written:
    piece = Piece(s.x0, s.x1, s.bottom - 0.1 * body, body, [], 0.0, "☑" if s.checked else "☐")
    return unread(piece, piece.text or "")
