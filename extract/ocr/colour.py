"""Colour of a scan → grey: what is printed in colour stays dark, what was stamped or signed over the print fades.

Black is dark in every channel, so the brightest channel shows print without red and blue stamps. Lines of coloured print would
fade too: they are found by their shape (flat, full, alone) and taken from the darkest channel.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Grey, Mask, odd

PIXELS_PER_MM = 2.0  # of the small picture on which shapes are judged
SATURATED = 55  # spread of the channels of coloured ink; paper, black and their JPEG fringes lie below
PALE = 140  # brightest channel above which coloured ink is a stamp's over paper, not over print
WHITE = np.uint8(255)
LINE_MM = (1.6, 7.5)  # height of a line of print after joining
FLAT = 2.2  # its least width : height
FULL = 0.55  # least share of its box that joined ink fills: arcs of seals fill 0.1 to 0.4
JOIN_MM = 1.2


def grey_of(picture: NDArray[np.uint8]) -> Grey:
    """(h, w) or (h, w, 3) RGB → grey."""
    if picture.ndim == 2:
        return picture
    red, green, blue = (picture[:, :, k] for k in range(3))
    brightest = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    darkest = np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)
    print_mask = coloured_print(brightest, darkest)
    tint = (cv2.subtract(brightest, darkest) > SATURATED) & (brightest > PALE)
    brightest = np.where(tint, WHITE, brightest)
    if print_mask is None:
        return brightest
    full = cv2.resize(print_mask, brightest.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.where(full > 0, darkest, brightest)


def coloured_print(brightest: Grey, darkest: Grey) -> Mask | None:
    """Small mask of the boxes of coloured lines of print; None when there is none."""
    scale = 210 * PIXELS_PER_MM / max(1, min(brightest.shape))
    size = (max(1, round(brightest.shape[1] * scale)), max(1, round(brightest.shape[0] * scale)))
    high, low = (cv2.resize(g, size, interpolation=cv2.INTER_AREA) for g in (brightest, darkest))
    coloured = ((high.astype(np.int16) - low > SATURATED) & (high > 90)).astype(np.uint8)
    if coloured.sum() < 20 or coloured.mean() > 0.3:  # none, or tinted paper and pictures
        return None
    kernel = np.ones((odd(JOIN_MM * PIXELS_PER_MM), odd(2 * JOIN_MM * PIXELS_PER_MM)), np.uint8)
    boxes = _lines(np.asarray(cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, kernel), np.uint8))
    if not boxes:
        return None
    out = np.zeros_like(coloured)
    for x, y, w, h in boxes:
        out[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2] = 1
    return out


def _lines(joined: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes (x, y, w, h) of what has a line's shape and does not lie inside something larger (a seal's ring)."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    low, high = (mm * PIXELS_PER_MM for mm in LINE_MM)
    large = [s for s in stats[1:] if s[3] > high]
    out = []
    for x, y, w, h, area in stats[1:].tolist():
        flat = low <= h <= high and w >= FLAT * h and area >= FULL * w * h
        if flat and not any(b[0] <= x and b[1] <= y and x + w <= b[0] + b[2] and y + h <= b[1] + b[3] for b in large):
            out.append((x, y, w, h))
    return out
