"""Type of another size than the page's: titles twice as large and more, small print. They are looked for in what is left over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.ocr.ink import Ink, body_height, without
from extract.ocr.lines import Piece, find_pieces, leaders
from extract.ocr.rules import Ruling

LARGE, SMALL = 1.7, 0.7  # of the page's body: between them the page's own measure serves
LETTERS = {True: 2.5, False: 6.0}  # least letters' width (own bodies) of a piece, large and small: less is dirt and ornament


def other_sizes(ink: Ink, pieces: Sequence[Piece], body: float, ruling: Ruling) -> list[Piece]:
    """Pieces of larger and smaller type among the components that no piece took."""
    taken = np.zeros(len(ink.x0), bool)
    taken[[i for p in pieces for i in p.parts]] = True
    found: list[Piece] = []
    for large in (True, False):
        wrong_size = ink.height < 1.3 * body if large else ink.height > body
        left = without(ink, taken | wrong_size)
        own = body_height(left)
        if own is None or not (own > LARGE * body if large else own < SMALL * body):
            continue
        left = without(ink, taken)
        new = [p for p in find_pieces(left, own, ruling, leaders(left, own)) if p.strength >= LETTERS[large] * own]
        taken[[i for p in new for i in p.parts]] = True
        found += [p for p in new if not any(_inside(p, q) for q in pieces)]
    return found


def _inside(p: Piece, q: Piece) -> bool:
    """The piece lies over one of the page's own size: strokes beside or across a line, not a line."""
    shared = min(p.right, q.right) - max(p.left, q.left)
    return shared > 0.3 * (p.right - p.left) and q.baseline - q.body - 0.3 * p.body < p.baseline < q.baseline + 0.8 * q.body
