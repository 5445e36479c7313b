"""A picture → the sheet that is read: evened grey, upright, straight, letters of one size; and its ink, cleaned and sorted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.boxes import Square, squares
from extract.ocr.colour import grey_of
from extract.ocr.condition import flattened, ink_mask, shrunk, without_borders
from extract.ocr.ink import Ink, body_height, letters, marks_below, skew, upright_lines, without
from extract.ocr.lines import leaders
from extract.ocr.picture import Grey
from extract.ocr.rules import Ruling, find_rules, without_rules
from extract.ocr.specks import specks

BODY = 18.0  # pixels of ก that a sheet is scaled to; the recogniser sees 13.3, segmentation is as good at 18 as at 30
FIRST_LOOK = 1800  # pixels of the shorter side are enough to measure body and skew
LARGEST, SMALLEST = 1.6, 0.15  # scale of the sheet against the picture: small print stays smaller (time)
PAPER = 250
MOST_PIXELS = 9_000_000  # of a sheet
MOST_INKED = 0.3  # share of dark pixels: dense bold text has 0.2, noise and photographs 0.4 to 0.6
MOST_PARTS, MOST_LETTERS = 60_000, 15_000  # components of a page: above it is noise (a dense page has 8,000, a bad fax 20,000)


@dataclass(frozen=True)
class Measured:
    """Evened grey of a picture as it lies; body in its pixels (None: no letters, or noise), skew in degrees, whether lines run
    down; reversed: more marks hang under letters than stand over them; inked: share of the page that is dark."""

    grey: Grey
    body: float | None
    skew: float
    sideways: bool
    reversed: bool
    inked: float


@dataclass(frozen=True)
class Turned:
    """How a picture was scaled and turned to become a sheet; see Sheet."""

    scale: float
    turn: int
    skew: float


@dataclass(frozen=True)
class Sheet:
    """grey: to be read, without dirt, boxes and leaders; body: height of ก on it. scale: sheet pixels to a picture pixel.

    turn: quarter turns (anticlockwise) that the picture was given, skew: degrees that were taken out (about the middle).
    ink: without rules, boxes and dirt.
    """

    grey: Grey
    body: float
    scale: float
    turn: int
    skew: float
    ink: Ink
    ruling: Ruling
    boxes: tuple[Square, ...]
    dots: list[list[int]]  # components of dotted leaders


def measured(picture: NDArray[np.uint8]) -> Measured:
    """picture: (h, w) grey or (h, w, 3) RGB."""
    grey = flattened(without_borders(grey_of(picture)))
    small, step = _first_look(grey)
    mask = ink_mask(small)
    inked = float(mask.mean())
    ink = Ink.of(mask)
    body = body_height(ink) if len(ink.x0) <= MOST_PARTS and inked <= MOST_INKED else None
    if body is None or len(letters(ink, body)) > MOST_LETTERS:
        return Measured(grey, None, 0.0, False, False, inked)
    sideways = upright_lines(ink, body) < 0
    if sideways:
        ink = Ink.of(np.ascontiguousarray(np.rot90(mask)))
        body = body_height(ink) or body
    return Measured(grey, body / step, skew(ink, body), sideways, marks_below(ink, body) > 0.5, inked)


def _first_look(grey: Grey) -> tuple[Grey, float]:
    step = min(1.0, FIRST_LOOK / max(1, min(grey.shape)))
    return (shrunk(grey, step), step) if step < 0.9 else (grey, 1.0)


def make_sheet(m: Measured, turn: int) -> Sheet:
    """The sheet of a measured picture after `turn` anticlockwise quarter turns."""
    body = m.body or BODY
    largest = min(LARGEST, (MOST_PIXELS / m.grey.size) ** 0.5)
    scale = float(np.clip(BODY / body, SMALLEST, largest))
    upright = np.ascontiguousarray(np.rot90(m.grey, turn))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    grey = np.asarray(cv2.resize(upright, None, fx=scale, fy=scale, interpolation=how), np.uint8)
    if abs(m.skew) >= 0.03:
        grey = turned(grey, m.skew)
    return sorted_ink(grey, body * scale, Turned(scale, turn, m.skew))


def turned(grey: Grey, degrees: float) -> Grey:
    """Turned anticlockwise about the middle."""
    h, w = grey.shape
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(grey, matrix, (w, h), flags=cv2.INTER_CUBIC, borderValue=(PAPER,)), np.uint8)


def sorted_ink(grey: Grey, body: float, turned: Turned) -> Sheet:
    """The sheet with its ink sorted: rules and boxes out of the ink, dirt out of ink and grey, leaders off the grey."""
    mask = ink_mask(grey)
    ruling = find_rules(mask, body)
    mask = without_rules(mask, ruling)
    ink = Ink.of(mask)
    boxes = tuple(squares(ink, mask, body))
    gone = specks(ink, body)
    for s in boxes:
        gone |= (ink.x0 >= s.x0) & (ink.x1 <= s.x1) & (ink.top >= s.top) & (ink.bottom <= s.bottom)
        gone[s.part] = True
    dirt = gone[ink.labels]
    ink = without(ink, gone)
    dots = leaders(ink, body)
    unread = np.zeros(len(ink.x0), bool)
    unread[[i for run in dots for i in run]] = True
    grey = painted(grey, dirt | unread[ink.labels], boxes)
    return Sheet(grey, body, turned.scale, turned.turn, turned.skew, ink, ruling, boxes, dots)


def painted(grey: Grey, gone: NDArray[np.bool_], boxes: tuple[Square, ...]) -> Grey:
    """The places of `gone` (and a pixel around) and of the boxes set to paper."""
    out = grey.copy()
    out[cv2.dilate(np.asarray(gone, np.uint8), np.ones((3, 3), np.uint8)) > 0] = PAPER
    for s in boxes:
        out[max(0, s.top - 1) : s.bottom + 1, max(0, s.x0 - 1) : s.x1 + 1] = PAPER
    return out
