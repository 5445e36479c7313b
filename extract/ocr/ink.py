"""Ink as connected components, and what their sizes say: the body's height, the direction and the skew of lines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Mask

Ints = NDArray[np.int32]
Reals = NDArray[np.float64]
LEAST_BODY, MOST_BODY = 5, 160  # pixels


@dataclass(frozen=True)
class Ink:
    """Components of a mask: labels (0 = paper) and per component (index 0 = paper too) left, top, right, bottom, area."""

    labels: Ints
    x0: Ints
    top: Ints
    x1: Ints
    bottom: Ints
    area: Ints

    @classmethod
    def of(cls, mask: Mask) -> Ink:
        _, found, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        labels, s = np.asarray(found, np.int32), np.asarray(stats, np.int32)
        return cls(labels, s[:, 0], s[:, 1], s[:, 0] + s[:, 2], s[:, 1] + s[:, 3], s[:, 4])

    @property
    def width(self) -> Ints:
        return self.x1 - self.x0

    @property
    def height(self) -> Ints:
        return self.bottom - self.top


def without(ink: Ink, gone: NDArray[np.bool_]) -> Ink:
    """The same components, those of `gone` without pixels and sizes."""
    kept = np.where(gone, 0, 1).astype(np.int32)
    labels = np.arange(len(gone), dtype=np.int32) * kept
    return Ink(labels[ink.labels], ink.x0 * kept, ink.top * kept, ink.x1 * kept, ink.bottom * kept, ink.area * kept)


def body_height(ink: Ink) -> float | None:
    """Height of ก in pixels: the commonest height of letter-like components, each weighted by its width. None: too few.

    Letter-like: neither a speck nor a bar nor solid; Latin lower case without ascenders has nearly the same height.
    """
    w, h = ink.width, ink.height
    fill = ink.area / np.maximum(1, w * h)
    letter = (h >= LEAST_BODY) & (h <= MOST_BODY) & (w > 0.3 * h) & (w < 4 * h) & (fill > 0.12) & (fill < 0.75)
    letter[0] = False
    if letter.sum() < 3:
        return None
    counts = np.bincount(h[letter], weights=np.minimum(w, 3 * h)[letter].astype(float), minlength=MOST_BODY + 8)
    sizes = np.arange(len(counts))
    reach = [max(1, size // 12) for size in range(len(counts))]
    sums = np.array([counts[max(0, size - r) : size + r + 1].sum() for size, r in enumerate(reach)])
    smooth = sums * np.minimum(1, sizes / 12)  # small marks are many
    best = int(smooth.argmax())
    near = (sizes >= best - max(1, best // 12)) & (sizes <= best + max(1, best // 12))
    return float((sizes * counts)[near].sum() / max(1e-9, counts[near].sum()))


def letters(ink: Ink, body: float) -> NDArray[np.intp]:
    """Components of a letter's size: from a small letter to one grown together with two storeys of marks, or with its word."""
    ok = (ink.height > 0.65 * body) & (ink.height < 2.6 * body) & (ink.width > 0.25 * body) & (ink.width < 25 * body)
    ok[0] = False
    return np.flatnonzero(ok)


def skew(ink: Ink, body: float, widest: float = 6.0) -> float:
    """Degrees by which lines fall to the right (rise: negative), from the feet of letters; 0 when there are too few."""
    which = letters(ink, body)
    if len(which) < 12:
        return 0.0
    x = (ink.x0[which] + ink.x1[which]) / 2.0
    feet = ink.bottom[which].astype(float)
    weight = np.minimum(ink.width[which], 3 * body)
    best = 0.0
    for reach, step in ((widest, 0.25), (0.3, 0.05), (0.06, 0.01)):
        tried = best + np.arange(-reach, reach + step / 2, step)
        best = float(tried[int(np.argmax([_sharpness(feet - x * np.tan(np.radians(a)), weight, body) for a in tried]))])
    return best


def _sharpness(y: Reals, weight: NDArray[np.generic], body: float) -> float:
    """Sum of squares of the histogram of y in tenths of a body, smoothed a little."""
    bins = np.round((y - y.min()) / (0.1 * body)).astype(int)
    counts = np.convolve(np.bincount(bins, weights=weight), (0.5, 1, 0.5), "same")
    return float((counts**2).sum())


def upright_lines(ink: Ink, body: float) -> float:
    """> 0: lines run across the picture, < 0: down it. Letters' nearest neighbours lie along the line (log of the ratio)."""
    which = letters(ink, body)
    if len(which) < 8:
        return 0.0
    x, y = (ink.x0[which] + ink.x1[which]) / 2.0, (ink.top[which] + ink.bottom[which]) / 2.0
    some = slice(None, None, max(1, len(which) // 300))
    dx, dy = np.abs(x[some, None] - x), np.abs(y[some, None] - y)
    far = np.maximum(dx, dy) > 2.2 * body
    across = ((dy < 0.35 * body) & ~far).sum() - len(dx)  # each is its own neighbour
    down = ((dx < 0.35 * body) & ~far).sum() - len(dx)
    return float(np.log((across + 1) / (down + 1)))


def marks_below(ink: Ink, body: float) -> float:
    """Share of the marks beside letters that lie under one: Thai and Latin have most of them above (0.1 to 0.3)."""
    which = letters(ink, body)
    size = np.maximum(ink.width, ink.height)
    marks = np.flatnonzero((size > 0.22 * body) & (size < 0.8 * body) & (ink.height < 0.65 * body))
    if len(marks) < 8 or not len(which):
        return 0.0
    some = marks[:: max(1, len(marks) // 300)]
    middle = (ink.x0[some] + ink.x1[some]) / 2.0
    over = (middle[:, None] > ink.x0[which]) & (middle[:, None] < ink.x1[which])
    rise = (ink.top[which] - ink.bottom[some][:, None]) / body  # of the letter's top under the mark's foot
    fall = (ink.top[some][:, None] - ink.bottom[which]) / body
    above = (over & (rise > -0.15) & (rise < 0.5)).any(1).sum()
    below = (over & (fall > -0.15) & (fall < 0.5)).any(1).sum()
    return float(below / max(1, above + below))
