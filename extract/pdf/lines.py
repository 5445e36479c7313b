"""Rows of every reading direction to lines in their places on the page as shown."""

from __future__ import annotations

import numpy as np

from extract.pdf.bulk import Array
from extract.pdf.clusters import clustered
from extract.pdf.columns import ordered
from extract.pdf.glyphs import Glyphs
from extract.pdf.rows import Rows, baselines, typeset
from extract.pdf.setting import SetRows, Setter
from schemas.document import Line

ASCENT, DESCENT = 0.8, 0.2  # em: a line's box over and under its baseline, the same for every font
DECIMALS = 2  # of a point: 0.004 mm
SKEWED = 15.0  # degrees off a right angle up to which text is a skewed scan's, not set at an angle


def page_lines(glyphs: Glyphs, bold: Array, rules: Array, setter: Setter | None = None) -> list[Line]:
    """Lines in reading order: those of the most frequent direction first.

    bold: by text object, one more for unknown. rules: (n, 4) ruling lines of the page. setter: sets what reads from left to
    right in C, with the same result.
    """
    lines: list[Line] = []
    for degrees, members in _directions(glyphs):
        part = glyphs.pick(members) if len(members) < len(glyphs) else glyphs
        rows = setter.rows(part, bold, rules) if setter is not None and degrees == 0 else None
        lines.extend(_lines(rows if rows is not None else _arranged(part, degrees, bold, rules)))
    return lines


def _arranged(glyphs: Glyphs, degrees: float, bold: Array, rules: Array) -> SetRows:
    """Rows of glyphs that read along `degrees`."""
    clusters = clustered(glyphs, degrees)
    row = ordered(clusters, baselines(clusters.y, clusters.size), _turned(rules, degrees))
    return _placed(typeset(clusters, row), degrees, bold)


def _lines(rows: SetRows) -> list[Line]:
    text, lefts, rights, starts = rows.text, tuple(rows.x0), tuple(rows.x1), rows.starts
    places = zip(starts, starts[1:], rows.top, rows.bottom, rows.size, rows.heavy, strict=False)
    return [
        Line(
            text=text[a:b], printed=text[a:b], top=top, bottom=bottom, x0=lefts[a:b], x1=rights[a:b], size=size,
            bold=2 * heavy > b - a,
        )
        for a, b, top, bottom, size, heavy in places
    ]  # fmt: skip


def _turned(rules: Array, degrees: float) -> Array:
    """Rules in the frame that reads along `degrees`."""
    if abs(degrees) < SKEWED or not len(rules):
        return rules
    cos, sin = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    xs = [x * cos + y * sin for x, y in ((rules[:, 0], rules[:, 1]), (rules[:, 2], rules[:, 3]))]
    ys = [y * cos - x * sin for x, y in ((rules[:, 0], rules[:, 1]), (rules[:, 2], rules[:, 3]))]
    return np.stack((np.minimum(*xs), np.minimum(*ys), np.maximum(*xs), np.maximum(*ys)), axis=1)


def _directions(glyphs: Glyphs) -> list[tuple[float, Array]]:
    """Groups of glyphs by reading direction (degrees), largest first."""
    if not len(glyphs):
        return []
    direction = glyphs.direction
    if not direction.any():
        return [(0.0, np.arange(len(glyphs)))]
    right = np.round(direction / 90) * 90
    off = direction - right
    group = np.where(np.abs(off) <= SKEWED, right, np.round(direction)) % 360
    found = []
    for value in np.unique(group).tolist():
        members = np.flatnonzero(group == value)
        skew = float(np.median((direction[members] - value + 180) % 360 - 180))
        found.append((value + (skew if abs(skew) > 0.05 else 0.0), members))
    return sorted(found, key=lambda g: (-len(g[1]), g[0]))


def _placed(rows: Rows, degrees: float, bold: Array) -> SetRows:
    """The rows in their places on the page."""
    first = rows.starts[:-1]
    if not first:
        return SetRows("", [0], [], [], [], [], [], [])
    upright = abs(degrees) < SKEWED or abs(degrees - 360) < SKEWED
    x0, x1, top, bottom = _places(rows, degrees, upright)
    heavy = np.add.reduceat(bold[rows.owner], first)
    lefts, rights, tops, bottoms, sizes = (np.round(a, DECIMALS).tolist() for a in (x0, x1, top, bottom, rows.size))
    return SetRows(rows.text, rows.starts, lefts, rights, tops, bottoms, sizes, heavy.tolist())


def _places(rows: Rows, degrees: float, upright: bool) -> tuple[Array, Array, Array, Array]:
    """x0, x1 of characters and top, bottom of rows, from the reading frame back to the page."""
    above, below = rows.y - ASCENT * rows.size, rows.y + DESCENT * rows.size
    if degrees == 0:
        return rows.x0, rows.x1, above, below
    cos, sin = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    counts = np.diff(rows.starts)
    row = np.repeat(np.arange(len(counts)), counts)
    first = np.array(rows.starts[:-1])
    corners_x, corners_y = [], []
    for u in (rows.x0, rows.x1):
        for v in (above, below):
            corners_x.append(u * cos - v[row] * sin)
            corners_y.append(u * sin + v[row] * cos)
    left, right = np.minimum.reduce(corners_x), np.maximum.reduce(corners_x)
    top = np.minimum.reduceat(np.minimum.reduce(corners_y), first)
    bottom = np.maximum.reduceat(np.maximum.reduce(corners_y), first)
    if upright:  # skewed: the letters' own width
        middle = rows.y[row] * sin
        left, right = rows.x0 * cos - middle, rows.x1 * cos - middle
    return left, right, top, bottom
