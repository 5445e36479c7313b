"""Pieces without any letter: ":: -", "-", "." rows. Colons and dashes make them; a lone dot is dirt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extract.ocr.ink import Ink

DASH_HEIGHT = 0.42  # bodies from the baseline to the middle of a dash


@dataclass(frozen=True)
class Sign:
    """A colon or dash: its components, place, and where its baseline would be."""

    parts: tuple[int, ...]
    x0: int
    x1: int
    baseline: float


def sign_groups(ink: Ink, left_over: Sequence[int], body: float) -> list[list[Sign]]:
    """Signs among the components that no piece took, in groups that stand on one baseline within 1.6 bodies."""
    signs = sorted([*_dashes(ink, left_over, body), *_colons(ink, left_over, body)], key=lambda s: s.x0)
    groups: list[list[Sign]] = []
    for sign in signs:
        near = (g for g in groups if sign.x0 - g[-1].x1 < 1.6 * body and abs(sign.baseline - g[-1].baseline) < 0.3 * body)
        group = next(near, None)
        if group is None:
            groups.append([sign])
        else:
            group.append(sign)
    return [g for g in groups if len(g) > 1 or len(g[0].parts) == 1]  # two specks over each other make one colon too often


def _dashes(ink: Ink, left_over: Sequence[int], body: float) -> Iterator[Sign]:
    for i in left_over:
        w, h = int(ink.width[i]), int(ink.height[i])
        if 0.28 * body < w < 2.2 * body and h < 0.3 * body and w > 1.8 * h and ink.area[i] > 0.6 * w * h:
            middle = (int(ink.top[i]) + int(ink.bottom[i])) / 2
            yield Sign((i,), int(ink.x0[i]), int(ink.x1[i]), middle + DASH_HEIGHT * body)


def _colons(ink: Ink, left_over: Sequence[int], body: float) -> Iterator[Sign]:
    size = np.maximum(ink.width, ink.height)
    dots = sorted((i for i in left_over if 0.09 * body < size[i] < 0.34 * body), key=lambda i: int(ink.x0[i]))
    used: set[int] = set()
    for n, a in enumerate(dots):
        for b in dots[n + 1 :]:
            if ink.x0[b] - ink.x0[a] > 0.2 * body:
                break
            rise = abs(int(ink.bottom[a]) - int(ink.bottom[b]))
            alike = abs(int(size[a]) - int(size[b])) <= 0.12 * body + 1
            if alike and 0.3 * body < rise < body and not {a, b} & used:
                used |= {a, b}
                foot = float(max(ink.bottom[a], ink.bottom[b]))
                yield Sign((a, b), int(min(ink.x0[a], ink.x0[b])), int(max(ink.x1[a], ink.x1[b])), foot)
