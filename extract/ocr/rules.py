"""Drawn lines of a page: found in the ink, told from letters and taken out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Mask

SURE = 16.0  # bodies: horizontal lines as long as that are rules whatever stands beside them
STROKES = 0.27  # share of ink beside a short one from which it is heads of letters
Boxes = NDArray[np.int32]  # rows of x0, top, x1, bottom


@dataclass(frozen=True)
class Ruling:
    """Horizontal and vertical rules as boxes (x0, top, x1, bottom) in pixels, and a mask of all their pixels."""

    across: Boxes
    down: Boxes
    mask: Mask

    def with_barriers(self, boxes: list[tuple[int, int, int, int]]) -> Ruling:
        """Other things that end a piece of text (checkboxes, leaders) stand beside the vertical rules."""
        return replace(self, down=np.concatenate([self.down, np.array(boxes, np.int32)])) if boxes else self

    def between(self, left: float, right: float, y: float) -> bool:
        """A vertical rule stands between the two places at height y."""
        d = self.down
        return bool(((d[:, 0] > left - 1) & (d[:, 2] < right + 1) & (d[:, 1] <= y) & (d[:, 3] >= y)).any()) if len(d) else False


def find_rules(mask: Mask, body: float) -> Ruling:
    """Rules are straight and thin, at least 5 bodies across (the tops of small print join to 3), or down as `_is_rule` says.

    Gaps of two pixels are closed first (fax, dotted copies). What is thicker than 0.4 bodies is no rule.
    """
    closed = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    across, across_mask = _thin(closed, int(5.0 * body), 0.4 * body, horizontal=True)
    letters = _tops_of_letters(closed, across, body)
    for box in across[letters]:
        across_mask[box[1] : box[3], box[0] : box[2]] = 0
    across = across[~letters]
    down, down_mask = _thin(closed, int(1.9 * body), 0.4 * body, horizontal=False)
    for box in down[~_is_rule(across, down, body)]:
        down_mask[box[1] : box[3], box[0] : box[2]] = 0
    return Ruling(across, down[_is_rule(across, down, body)], across_mask | down_mask)


def _tops_of_letters(mask: Mask, across: Boxes, body: float) -> NDArray[np.bool_]:
    """Horizontal pieces with strokes hanging from them or standing on them: heads of bold letters that grew together.

    Beside a rule there is ink over less than a fifth of its length, beside heads of letters over a third. Long ones are rules.
    """
    out = np.zeros(len(across), bool)
    reach = max(2, round(0.15 * body))
    for k, (x0, top, x1, bottom) in enumerate(across.tolist()):
        if x1 - x0 < SURE * body:
            beside = mask[bottom + 1 : bottom + 1 + reach, x0:x1], mask[max(0, top - 1 - reach) : max(0, top - 1), x0:x1]
            out[k] = max((float(rows.mean()) for rows in beside if rows.size), default=0.0) > STROKES
    return out


def _is_rule(across: Boxes, down: Boxes, body: float) -> NDArray[np.bool_]:
    """Vertical rules are longer than letters under two marks (ที่: 2.6 bodies), or end at horizontal rules above and below."""
    x, reach = (down[:, 0] + down[:, 2]) / 2, 0.5 * body
    spans = (across[:, 0] - reach <= x[:, None]) & (across[:, 2] + reach >= x[:, None])
    above = spans & (np.abs(across[:, 1] - down[:, 1][:, None]) < reach)
    below = spans & (np.abs(across[:, 3] - down[:, 3][:, None]) < reach)
    return np.asarray((down[:, 3] - down[:, 1] > 4 * body) | (above.any(1) & below.any(1)))


def _thin(mask: Mask, least: int, thickest: float, horizontal: bool) -> tuple[Boxes, Mask]:
    kernel = np.ones((1, least) if horizontal else (least, 1), np.uint8)
    runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
    if not runs.any():
        return np.zeros((0, 4), np.int32), np.zeros_like(mask)
    reach = np.ones((3, 1 + least // 2) if horizontal else (1 + least // 2, 3), np.uint8)
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, reach)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    long, thick = (stats[:, 2], stats[:, 3]) if horizontal else (stats[:, 3], stats[:, 2])
    filled = stats[:, 4] / np.maximum(1, long)
    slope = 0.02 * long  # what is left of the skew
    keep = (filled < thickest) & (thick < thickest + slope + 2)
    keep[0] = False
    boxes = np.stack([stats[:, 0], stats[:, 1], stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]], 1)[keep]
    return boxes.astype(np.int32), np.asarray(keep[labels] & (runs > 0), np.uint8)


def without_rules(mask: Mask, ruling: Ruling) -> Mask:
    """The ink without the rules (and a pixel around them); letters that cross a rule lose only the crossing."""
    grown = cv2.dilate(ruling.mask, np.ones((3, 3), np.uint8))
    return np.asarray(np.where(grown > 0, 0, mask), np.uint8)
