"""Dirt told from dots: which small components can be no mark or punctuation because of where they stand."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.ink import Ink

SMALL = 0.33  # bodies: full stops are up to 0.3, tone marks down to 0.35
NEAR = 0.4  # bodies from a letter within which a small component may belong to it
AFTER = 0.65  # and at its right: a full stop after 1 or 7 of even digit width
HIGH = 0.85  # and above it: tone marks that stand high over a letter without vowel
MOST_SMALL = 5000  # above it the page is so dirty that no lone dot can be believed
Flags = NDArray[np.bool_]


def specks(ink: Ink, body: float) -> Flags:
    """True for components that are dirt: dust under a twelfth of a body, and lone small ones away from every letter.

    Not lone: one of two dots over each other (a colon), one of three on a row (a leader).
    """
    size = np.maximum(ink.width, ink.height)
    dust = size < 0.09 * body
    small = (size < SMALL * body) & ~dust
    small[0] = dust[0] = False
    letter = (size >= 0.38 * body) & (size < 12 * body)
    letter[0] = False
    near = np.zeros(ink.labels.shape, np.uint8)
    side, above = NEAR * body, HIGH * body
    for i in np.flatnonzero(letter):
        corner = (int(ink.x0[i] - side), int(ink.top[i] - above)), (int(ink.x1[i] + AFTER * body), int(ink.bottom[i] + side))
        cv2.rectangle(near, *corner, color=1, thickness=-1)
    beside = np.zeros(len(size), bool)
    beside[np.unique(ink.labels[near > 0])] = True
    lone = small & ~beside
    partner = (size < 1.5 * SMALL * body) & ~dust
    partner[0] = False
    return dust | (lone & ~_in_company(ink, np.flatnonzero(partner), body))


def _in_company(ink: Ink, small: NDArray[np.intp], body: float) -> Flags:
    """Small components that make a colon or a row of dots with others of their size."""
    out = np.zeros(len(ink.x0), bool)
    if len(small) > MOST_SMALL:
        return out
    order = small[np.argsort(ink.x0[small], kind="stable")]
    x, foot, size = ((ink.x0 + ink.x1) / 2)[order], ink.bottom[order], np.maximum(ink.width, ink.height)[order]
    follower: dict[int, int] = {}
    for a in range(len(order)):
        for b in range(a + 1, len(order)):
            if x[b] - x[a] > 0.9 * body:
                break
            alike = abs(int(size[a]) - int(size[b])) <= 0.12 * body + 1
            rise = abs(int(foot[a]) - int(foot[b]))
            if alike and x[b] - x[a] < 0.15 * body and 0.3 * body < rise < 1.0 * body:
                out[order[[a, b]]] = True
            elif alike and rise < 0.1 * body + 1 and x[b] - x[a] > 0.15 * body:
                follower.setdefault(a, b)
    for a, b in follower.items():
        if b in follower:
            out[order[[a, b, follower[b]]]] = True
    return out
