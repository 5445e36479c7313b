"""From page space (points, origin bottom left) to the page as shown: points from the top left, CropBox, after /Rotate."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.bulk import Affine, Array

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """width, height: of the page as shown. to_shown: matrix from page space."""

    width: float
    height: float
    to_shown: Affine

    def places(self, points: Array) -> Array:
        """(n, 2) points of page space as shown."""
        a, b, c, d, e, f = self.to_shown
        x, y = points[:, 0], points[:, 1]
        out = np.empty((len(points), 2))
        out[:, 0] = a * x + e if c == 0 else c * y + e  # /Rotate turns by right angles only
        out[:, 1] = d * y + f if b == 0 else b * x + f
        return out

    def boxes(self, boxes: Array, order: tuple[int, int, int, int] = (0, 1, 2, 3)) -> Array:
        """(n, 4) boxes of page space to left, top, right, bottom as shown. order: columns of left, bottom, right, top."""
        a, b, c, d, e, f = self.to_shown
        left, bottom, right, top = (boxes[:, column] for column in order)
        sides = (left, right, bottom, top) if c == 0 else (bottom, top, left, right)
        grows, falls = (a or c) > 0, (d or b) > 0
        out = np.empty((len(boxes), 4))
        out[:, 0], out[:, 2] = ((a or c) * side + e for side in (sides[:2] if grows else sides[1::-1]))
        out[:, 1], out[:, 3] = ((d or b) * side + f for side in (sides[2:] if falls else sides[:1:-1]))
        return out

    def directions(self, matrices: Array) -> Array:
        """Reading direction in degrees, clockwise from left-to-right, of (n, 6) text matrices in page space."""
        a, b, c, d, _, _ = self.to_shown
        x, y = matrices[:, 0].astype(float), matrices[:, 1].astype(float)
        if a > 0 and not y.any() and (x > 0).all():
            return np.zeros(len(x))  # upright: an arc tangent saved
        degrees: Array = np.degrees(np.arctan2(b * x + d * y, a * x + c * y))
        return degrees


def frame_of(page: Any) -> Frame:
    """The frame of a pdfium page."""
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        box.right, box.top = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    across, up = right - left, top - bottom
    match raw.FPDFPage_GetRotation(page) % 4:
        case 1:
            return Frame(up, across, (0, 1, 1, 0, -bottom, -left))
        case 2:
            return Frame(across, up, (-1, 0, 0, 1, right, -bottom))
        case 3:
            return Frame(up, across, (0, -1, -1, 0, top, right))
        case _:
            return Frame(across, up, (1, 0, 0, -1, -left, top))
