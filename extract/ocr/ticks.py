"""Printed boxes, [x] and (/): a mark between brackets that were read as empty. The ink says that something stands there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from extract.ocr.characters import Written
from extract.ocr.ink import Ink

_EMPTY = re.compile(r"(?<=\[)(?=\])|(?<=\()(?=\))")
NEAR = 0.4  # bodies from the middle between the brackets to the middle of the mark
LEAST, MOST = 0.35, 1.3  # bodies a side: brackets are narrower, a speck is smaller
SURE = 0.9


def with_ticks(read: Written, ink: Ink) -> Written:
    """The reading with an x in every pair of brackets that holds a mark."""
    for match in reversed(list(_EMPTY.finditer(read.text))):
        if _has_mark(read, ink, read.left[match.start()]):
            read = _put_in(read, match.start())
    return read


def _has_mark(read: Written, ink: Ink, middle: float) -> bool:
    body = read.piece.body
    low, high = LEAST * body, MOST * body
    return any(
        low <= ink.width[k] <= high and low <= ink.height[k] <= high and abs((ink.x0[k] + ink.x1[k]) / 2 - middle) < NEAR * body
        for k in read.piece.parts
    )


def _put_in(read: Written, at: int) -> Written:
    def wider(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
        return (*values[:at], value, *values[at:]) if values else ()

    middle = read.left[at]
    return replace(
        read, text=f"{read.text[:at]}x{read.text[at:]}", left=wider(read.left, middle), right=wider(read.right, middle),
        certainty=wider(read.certainty, SURE), support=wider(read.support, SURE), otherwise=wider(read.otherwise, "x"),
        choices=tuple(replace(c, start=c.start + 1, end=c.end + 1) if c.start >= at else c for c in read.choices),
    )  # fmt: skip
