"""Ink → pieces of printed lines: which components stand on one baseline, near each other and not across a rule.

A piece is what is read in one go: a whole line of running text, or the line of one table cell. Letters (components of about a
body's height) make pieces; marks above and below and punctuation join the piece whose zone they stand in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.ocr.ink import Ink, letters
from extract.ocr.rules import Ruling
from extract.ocr.signs import Sign, sign_groups

GAP = 2.0  # bodies of white between letters that still are one piece
ABOVE, BELOW = 1.9, 0.75  # zone of a line in bodies from its baseline: marks of two storeys, lower vowels and tails
MOST_PIECES = 1500  # a page of figures has 600 cells; more is a picture
MOST_SMALL = 4000  # small components (dots, marks): a dense page has 3000 marks; above it they are grain
PITCH = 1.3  # bodies: baselines closer than this, one above the other, are one line (marks that looked like letters)


@dataclass
class Piece:
    """left, right: ink of the piece; baseline: y of the feet at x = left, plus slope times x. Pixels. parts: components."""

    left: float
    right: float
    baseline: float
    body: float
    parts: list[int]
    strength: float  # summed width of its letters
    text: str | None = None  # what it says where that is no matter of reading: leaders, boxes

    def zone_distance(self, top: float, bottom: float) -> float:
        """How far (bodies) a component's middle lies outside the body band; 0 within."""
        middle = (top + bottom) / 2
        if middle < self.baseline - self.body:
            return (self.baseline - self.body - middle) / self.body
        return max(0.0, (middle - self.baseline) / self.body)


def find_pieces(ink: Ink, body: float, ruling: Ruling, dots: list[list[int]]) -> list[Piece]:
    """Pieces from top to bottom, left to right; none where there are too many to be text.

    body: the page's body height in pixels; dots: from `leaders`.
    """
    ruling = ruling.with_barriers([_extent(ink, run, body) for run in dots])
    which = letters(ink, body)
    chains = _chains(ink, which[np.argsort(ink.x0[which], kind="stable")], body, ruling)
    if len(chains) > MOST_PIECES:
        return []
    pieces = _without_shadows([_piece(ink, chain, body) for chain in chains], body)
    leaders = [_row_of_dots(ink, run, body) for run in dots]
    left_over = _attach(ink, pieces, body, ruling, {i for run in dots for i in run})
    signs = [_signs(group, pieces, body) for group in sign_groups(ink, left_over, body)]
    return sorted(pieces + leaders + signs, key=lambda p: (round(p.baseline / body), p.left))


def _chains(ink: Ink, order: NDArray[np.intp], body: float, ruling: Ruling) -> list[list[int]]:
    """Letters joined to the chain whose last letter stands next to them on the same baseline."""
    chains: list[list[int]] = []
    open_chains: list[tuple[float, float, float, int]] = []  # right edge, top, foot, chain
    for i in order.tolist():
        x0, x1, top, foot = int(ink.x0[i]), int(ink.x1[i]), int(ink.top[i]), int(ink.bottom[i])
        open_chains = [c for c in open_chains if c[0] > x0 - GAP * body]
        best, cost = -1, 1e9
        for k, (right, above, below, _) in enumerate(open_chains):
            shared = min(foot, below) - max(top, above)
            if shared < 0.55 * min(foot - top, below - above):
                continue
            away = abs(foot - below) + 0.3 * max(0.0, x0 - right)
            if away < cost and not (x0 > right + 0.2 * body and ruling.between(right, x0, (top + foot) / 2)):
                best, cost = k, away
        if best < 0:
            chains.append([i])
            open_chains.append((x1, top, foot, len(chains) - 1))
        else:
            right, above, below, chain = open_chains[best]
            chains[chain].append(i)
            mixed = 0.35 if foot - top < 1.4 * body else 0.1  # tall parts (marks grown on) move the band less
            open_chains[best] = (max(right, x1), above + mixed * (top - above), below + mixed * (foot - below), chain)
    return chains


def _piece(ink: Ink, chain: list[int], body: float) -> Piece:
    parts = np.array(chain)
    height, feet = ink.height[parts], ink.bottom[parts]
    width = np.minimum(ink.width[parts], 3 * body)
    return Piece(
        left=float(ink.x0[parts].min()), right=float(ink.x1[parts].max()), baseline=_commonest(feet, width, 0.12 * body),
        body=_own_body(height, width, body), parts=chain, strength=float(width.sum()),
    )  # fmt: skip


def _commonest(values: NDArray[np.int32], weight: NDArray[np.floating], spread: float) -> float:
    """Weighted mean of the values about their densest place."""
    near = np.abs(values[:, None] - values) <= spread
    centre = values[int((near * weight).sum(1).argmax())]
    close = np.abs(values - centre) <= spread
    return float((values * weight)[close].sum() / weight[close].sum())


def _own_body(height: NDArray[np.int32], width: NDArray[np.floating], body: float) -> float:
    """The piece's own body where eight letters or more agree on one (headings, small print), else the page's."""
    if len(height) < 8:
        return body
    own = _commonest(height, width, 0.1 * body)
    return own if 0.6 * body < own < 1.6 * body else body


def _without_shadows(pieces: list[Piece], body: float) -> list[Piece]:
    """Rows of marks that looked like letters fall to the stronger line that they stand over (or under)."""
    kept: list[Piece] = []
    near: dict[int, list[Piece]] = defaultdict(list)  # kept ones by bands of two bodies of their baselines
    for p in sorted(pieces, key=lambda p: -p.strength):
        band = int(p.baseline / (2 * body))
        over = next((q for b in (band - 1, band, band + 1) for q in near[b] if _is_shadow(p, q)), None)
        if over is None:
            kept.append(p)
            near[band].append(p)
        else:
            over.parts += p.parts
            over.left, over.right = min(over.left, p.left), max(over.right, p.right)
    return kept


def _is_shadow(p: Piece, q: Piece) -> bool:
    shared = min(p.right, q.right) - max(p.left, q.left)
    return shared > 0.5 * (p.right - p.left) and abs(p.baseline - q.baseline) < PITCH * q.body


def _attach(ink: Ink, pieces: list[Piece], body: float, ruling: Ruling, taken: set[int]) -> list[int]:
    """Marks and punctuation join the piece they stand in or beside. Returns what found none."""
    size = np.maximum(ink.width, ink.height)
    free = (size > 0.09 * body) & (size < 2.2 * body)
    free[[0, *taken, *(i for p in pieces for i in p.parts)]] = False
    order = np.argsort(ink.x0, kind="stable")
    small: list[int] = order[free[order]].tolist()
    if len(small) > 2 * MOST_SMALL:
        return []
    pieces = sorted(pieces, key=lambda p: p.baseline)
    baselines = [p.baseline for p in pieces]
    for _ in range(2):  # once from the left, once from the right
        left: list[int] = []
        for i in small:
            first = bisect_left(baselines, float(ink.bottom[i]) - 2 * BELOW * body)  # twice: a piece's body may differ
            last = bisect_right(baselines, float(ink.top[i]) + 2 * (ABOVE + 0.3) * body)
            p = _home(ink, i, pieces[first:last], ruling)
            if p is None:
                left.append(i)
                continue
            p.parts.append(i)
            p.left, p.right = min(p.left, float(ink.x0[i])), max(p.right, float(ink.x1[i]))
        small = left[::-1]
    return small


def _home(ink: Ink, i: int, pieces: list[Piece], ruling: Ruling) -> Piece | None:
    x0, x1, top, bottom = float(ink.x0[i]), float(ink.x1[i]), float(ink.top[i]), float(ink.bottom[i])
    best, cost = None, 1e9
    for p in pieces:
        if top < p.baseline - ABOVE * p.body - 0.3 * p.body or bottom > p.baseline + BELOW * p.body:
            continue
        gap = max(0.0, p.left - x1, x0 - p.right) / p.body
        away = p.zone_distance(top, bottom)
        if gap > (1.3 if away < 0.1 else 0.3) or away + gap >= cost:
            continue
        if gap > 0.1 and ruling.between(min(x1, p.right), max(x0, p.left), (top + bottom) / 2):
            continue
        best, cost = p, away + gap
    return best


def _signs(group: list[Sign], pieces: list[Piece], body: float) -> Piece:
    """A piece of signs only; its baseline is that of the row it stands in, if there is one."""
    own = float(np.median([s.baseline for s in group]))
    row = min((p.baseline for p in pieces if abs(p.baseline - own) < 0.4 * body), key=lambda b: abs(b - own), default=own)
    parts = [i for s in group for i in s.parts]
    return Piece(float(group[0].x0), float(max(s.x1 for s in group)), row, body, parts, 0.0)


def leaders(ink: Ink, body: float) -> list[list[int]]:
    """Dotted leaders: runs of four or more dots on one foot, evenly near."""
    w, h = ink.width, ink.height
    dot = (h > 0.09 * body) & (h < 0.35 * body) & (w > 0.09 * body) & (w < 0.4 * body) & (w < 1.8 * h) & (ink.area > 0.55 * w * h)
    dot[0] = False
    runs: list[list[int]] = []
    last: list[list[int]] = []  # runs that may still grow
    which = np.flatnonzero(dot)
    if len(which) > MOST_SMALL:
        return []
    for i in which[np.argsort(ink.x0[which], kind="stable")].tolist():
        last = [r for r in last if ink.x0[i] - ink.x1[r[-1]] < 0.9 * body]
        run = next((r for r in last if abs(int(ink.bottom[r[-1]] - ink.bottom[i])) < 0.1 * body + 1), None)
        if run is None:
            run = []
            last.append(run)
            runs.append(run)
        run.append(i)
    return [r for r in runs if len(r) >= 4 and _even(ink, r)]


def _even(ink: Ink, run: list[int]) -> bool:
    """Dots of a leader are of one size and stand at one pitch (a few may be missing); dirt does not."""
    pitch, size = np.diff(ink.x0[run]), np.maximum(ink.width[run], ink.height[run])
    usual = np.median(pitch)
    even = np.abs(pitch - usual) <= np.maximum(1.5, 0.25 * usual)
    return bool(even.mean() > 0.7 and np.ptp(size) <= max(2, 0.6 * float(np.median(size))))


def _extent(ink: Ink, run: list[int], body: float) -> tuple[int, int, int, int]:
    bottom = int(ink.bottom[run].max()) + 1
    return int(ink.x0[run].min()), bottom - int(1.3 * body), int(ink.x1[run].max()), bottom


def _row_of_dots(ink: Ink, run: list[int], body: float) -> Piece:
    foot = float(np.median(ink.bottom[run]))
    return Piece(float(ink.x0[run[0]]), float(ink.x1[run[-1]]), foot, body, run, 0.0, "." * len(run))
