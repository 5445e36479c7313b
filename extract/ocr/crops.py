"""A piece of a line → the crop that the recogniser was trained on, and back from its frames to places on the sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.ocr.lines import Piece
from extract.ocr.picture import HEIGHT, STRIDE, Grey, normalise

UP, DOWN, SIDE = 2.35, 0.65, 0.6  # bodies above and below the baseline, and at either side (0.4 loses dashes there)


@dataclass(frozen=True)
class Crop:
    """picture: normalised. left: x of its first column on the sheet; scale: sheet pixels to a column of the crop."""

    picture: Grey
    left: float
    scale: float

    def place(self, frame: float) -> float:
        """x on the sheet of a frame's left edge."""
        return self.left + frame * STRIDE * self.scale


def cut(sheet: Grey, piece: Piece, up: float = UP, down: float = DOWN) -> Crop:
    """Crop of a piece; beyond the sheet's edges paper is added, so that scale and baseline stay what they should be."""
    h, w = sheet.shape
    top, bottom = round(piece.baseline - up * piece.body), round(piece.baseline + down * piece.body)
    left, right = round(piece.left - SIDE * piece.body), round(piece.right + SIDE * piece.body)
    inside = sheet[max(0, top) : max(0, min(h, bottom)), max(0, left) : max(0, min(w, right))]
    paper = int(np.percentile(inside, 88)) if inside.size else 255
    crop = np.full((bottom - top, right - left), paper, np.uint8)
    y, x = max(0, -top), max(0, -left)
    crop[y : y + inside.shape[0], x : x + inside.shape[1]] = inside
    return Crop(normalise(crop), float(left), crop.shape[0] / HEIGHT)
