"""A picture of a page → even grey paper: dark borders away, light evened. Each step was measured
(benchmarks/ocr.md) to help one condition and harm none."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Grey, Mask, odd

PAPER_MM = 210.0  # width of A4: the scale for what is not measured in bodies (borders)


def without_borders(grey: Grey) -> Grey:
    """Dark bands at the edges (lid open, copier's shadow) painted with the paper's grey.

    Dark = under 55 % of the median; a band is dark after an opening of 1.3 mm, so strokes of letters never count.
    """
    step = max(1, min(grey.shape) // 700)
    small = shrunk(grey, 1 / step) if step > 1 else grey
    mm = min(small.shape) / PAPER_MM
    paper = int(np.median(small))
    dark = (small < 0.55 * paper).astype(np.uint8)
    if not _frame(dark, max(1, int(mm))).any():
        return grey
    k = odd(3 * mm)
    solid = cv2.morphologyEx(np.pad(dark, k, "edge"), cv2.MORPH_OPEN, np.ones((odd(1.3 * mm), odd(1.3 * mm)), np.uint8))
    band = _touching(np.asarray(solid[k:-k, k:-k], np.uint8), mm)
    if not band.any():
        return grey
    grown = cv2.dilate(band, np.ones((odd(2 * mm), odd(2 * mm)), np.uint8))
    out = grey.copy()
    out[cv2.resize(grown, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = paper
    return out


def _frame(mask: Mask, width: int) -> NDArray[np.bool_]:
    return np.concatenate([mask[:width].ravel(), mask[-width:].ravel(), mask[:, :width].ravel(), mask[:, -width:].ravel()]) > 0


def _touching(solid: Mask, mm: float) -> Mask:
    """Solid parts that lie along an edge: they reach within 3 mm of it and are longer than 25 mm or lie wholly within 10 mm."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    h, w = solid.shape
    x, y, wide, high = (stats[:, k] for k in range(4))
    near = (x < 3 * mm) | (y < 3 * mm) | (x + wide > w - 3 * mm) | (y + high > h - 3 * mm)
    inside = (x + wide < 10 * mm) | (y + high < 10 * mm) | (x > w - 10 * mm) | (y > h - 10 * mm)
    keep = near & ((np.maximum(wide, high) > 25 * mm) | inside)
    keep[0] = False
    return np.asarray(keep[labels], np.uint8)


def flattened(grey: Grey) -> Grey:
    """Divided by the paper's brightness (local maximum, median-smoothed at an eighth of the size): paper comes out near 250."""
    small = shrunk(grey, 1 / 8)
    if min(small.shape) < 16:
        return grey
    size = odd(min(small.shape) / 24)
    lightest = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(lightest, min(size, 31)), (0, 0), size / 4)
    if paper.min() >= 250:
        return grey
    floor = max(40.0, 0.35 * float(np.median(paper)))  # dark areas are pictures, not paper
    gain = 250.0 / np.maximum(paper.astype(np.float32), floor)
    full = cv2.resize(gain, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(grey, full, dtype=cv2.CV_8U), np.uint8)


def shrunk(grey: Grey, scale: float) -> Grey:
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def ink_mask(grey: Grey) -> Mask:
    """Ink of evened paper: darker than half-way between ink (Otsu's dark class) and paper, by Otsu of the strokes."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    dark = grey[grey <= level]
    if not dark.size or dark.size == grey.size:
        return np.zeros_like(grey)
    ink, paper = float(np.median(dark)), float(np.median(grey))
    if paper - ink < 30:
        return np.zeros_like(grey)
    return np.asarray(grey < ink + 0.58 * (paper - ink), np.uint8)
