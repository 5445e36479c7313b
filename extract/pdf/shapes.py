"""Which Thai mark an unmapped glyph is, told by its outline: producers leave the shifted and lowered variants of tone marks
and vowels unmapped, and these are drawn like the mapped ones of the same font.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from extract.pdf.bulk import Array
from extract.pdf.truetype import Outline, Point

GRID = 48  # cells along the longer side of a compared outline
# Share of common ink from which two glyphs are one mark, and by how much it is better than the next mark's. Measured on 74
# Thai fonts whose glyph names tell (3,745 variants of marks): 3,578 read, 167 left open, none wrong.
ALIKE = ((0.85, 0.03), (0.75, 0.05))
SAME_LETTER = 0.97  # of a letter's variant, which is drawn from the very same outline; ฎ and ฏ have 0.9 in common
ALIKE_ELSEWHERE = ((0.6, 0.15),)  # the same of another weight or font
DRAWN, DECIDED = 0.7, 0.6  # the same of a drawn glyph and its outline; of the cells where two outlines differ
_ROUND = 0.2  # a ring's width and height differ by less, as a share
_CENTRED = 0.12  # and its two edges' middles, as a share of its width
_CROSS = (0.7, 1.45)  # width to height of a cross
_FILLING = (0.70, 0.86)  # share of its box that a round edge fills (a circle: 0.785)
NIKHAHIT, MAI_CHATTAWA = "\u0e4d", "\u0e4b"
_BELOW = "\u0e38\u0e39\u0e3a"


class Shapes:
    """Marks of one font whose code points are known, to compare others with."""

    def __init__(self, known: Mapping[str, list[Outline]]) -> None:
        self.known = known

        self._drawn: dict[tuple[int, bool], list[tuple[str, Array]]] = {}

    def _pictures(self, contours: int, below: bool) -> list[tuple[str, Array]]:
        """Of the known marks of so many contours that stand above or below the line: only these are compared, and drawn."""
        key = contours, below
        if key not in self._drawn:
            marks = [(mark, outlines) for mark, outlines in self.known.items() if (mark in _BELOW) == below]
            self._drawn[key] = [(mark, picture(o)) for mark, outlines in marks for o in outlines if len(o.contours) == contours]
        return self._drawn[key]

    def read(self, outline: Outline, others: Sequence[Shapes] = ()) -> str | None:
        """The mark or stack of marks (from below upwards), None when no known mark is clearly alike.

        others: of further fonts, compared less strictly where this font has nothing alike.
        """
        whole = self._single(outline, others)
        if whole is not None:
            return whole
        marks = [self._single(part, others) for part in stacked(outline)]
        return "".join(mark for mark in marks if mark) if marks and all(marks) else None

    def _single(self, outline: Outline, others: Sequence[Shapes]) -> str | None:
        if is_ring(outline):
            return NIKHAHIT
        drawn, contours = picture(outline), len(outline.contours)
        below = outline.box[3] < 0
        found = _clearest(self._scores(drawn, contours, below), ALIKE)
        if found is None and contours == 1 and is_cross(drawn, outline):
            return MAI_CHATTAWA
        for other in others if found is None else ():
            found = found or _clearest(other._scores(drawn, contours, below), ALIKE_ELSEWHERE)
        return found

    def _scores(self, drawn: Array, contours: int, below: bool) -> dict[str, float]:
        """Share of common ink with each known mark of as many contours; below the line only with those that stand there."""
        scores: dict[str, float] = {}
        for mark, known in self._pictures(contours, below):
            scores[mark] = max(_common(drawn, known), scores.get(mark, 0.0))
        return scores


def _clearest(scores: Mapping[str, float], alike: Sequence[tuple[float, float]]) -> str | None:
    ranked = sorted(((score, mark) for mark, score in scores.items()), reverse=True)
    if not ranked:
        return None
    best, mark = ranked[0]
    lead = best - ranked[1][0] if len(ranked) > 1 else 1.0
    clear = any(best >= common and lead >= more for common, more in alike)
    return mark if clear and (best >= SAME_LETTER or not "ก" <= mark <= "ฮ") else None


def clearest_outline(drawn: Array, outlines: Mapping[int, Outline]) -> int | None:
    """The key of the outline that the drawn ink is more like than the next one, judged where these two differ."""
    pictures = {key: picture(outline) for key, outline in outlines.items()}
    ranked = sorted(pictures, key=lambda key: (-_common(drawn, pictures[key]), key))
    if len(ranked) < 2 or _common(drawn, pictures[ranked[0]]) < DRAWN:
        return None
    first, second = pictures[ranked[0]], pictures[ranked[1]]
    differing = first != second
    return ranked[0] if differing.any() and float(np.mean(drawn[differing] == first[differing])) >= DECIDED else None


def _common(first: Array, second: Array) -> float:
    """Share of common ink."""
    return float(np.count_nonzero(first & second)) / max(1.0, float(np.count_nonzero(first | second)))


def picture(outline: Outline) -> Array:
    """The outline's ink, its longer side over the whole grid, in the middle."""
    left, low, right, high = outline.box
    scale = (GRID - 2) / max(right - left, high - low, 1)
    middle = ((left + right) / 2, (low + high) / 2)
    ink = Image.new("1", (GRID, GRID))
    for contour in outline.contours:
        if len(contour) > 2:
            part = Image.new("1", (GRID, GRID))
            places = [((x - middle[0]) * scale + GRID / 2, (y - middle[1]) * scale + GRID / 2) for x, y in contour]
            ImageDraw.Draw(part).polygon(places, fill=1)
            ink = ImageChops.logical_xor(ink, part)
    return np.array(ink)


def stacked(outline: Outline) -> list[Outline]:
    """The outline's parts that lie one over the other with a gap between, from below."""
    parts: list[tuple[int, int, list[tuple[Point, ...]]]] = []
    for contour in sorted(outline.contours, key=lambda c: min(y for _, y in c)):
        low, high = min(y for _, y in contour), max(y for _, y in contour)
        if parts and low <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(parts[-1][1], high), [*parts[-1][2], contour])
        else:
            parts.append((low, high, [contour]))
    return [Outline(tuple(contours)) for _, _, contours in parts]


def is_ring(outline: Outline) -> bool:
    """Two round edges around one middle: NIKHAHIT in every font, whether or not it has another mapped one."""
    if len(outline.contours) != 2:
        return False
    edges = sorted((Outline((contour,)) for contour in outline.contours), key=lambda o: o.box[2] - o.box[0])
    inner, outer = (edge.box for edge in edges)
    width, height = outer[2] - outer[0], outer[3] - outer[1]
    if not (inner[0] > outer[0] and inner[2] < outer[2] and inner[1] > outer[1] and inner[3] < outer[3]):
        return False
    off = max(abs(inner[0] + inner[2] - outer[0] - outer[2]), abs(inner[1] + inner[3] - outer[1] - outer[3])) / 2
    rounds = all(_FILLING[0] <= _filled(edge) <= _FILLING[1] for edge in edges)
    return abs(width - height) <= _ROUND * max(width, height) and off <= _CENTRED * width and rounds


def is_cross(drawn: Array, outline: Outline) -> bool:
    """One bar across another with empty corners: MAI CHATTAWA, too rare for many a subset font to have another one mapped."""
    left, low, right, high = outline.box
    if not _CROSS[0] <= (right - left) / max(1, high - low) <= _CROSS[1]:
        return False
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    ink = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    down, across = ink.shape[0] // 4, ink.shape[1] // 4
    corners = [ink[:down, :across], ink[:down, -across:], ink[-down:, :across], ink[-down:, -across:]]
    middle_row, middle_column = ink[ink.shape[0] // 2], ink[:, ink.shape[1] // 2]
    return bool(middle_row.mean() > 0.95 and middle_column.mean() > 0.95 and max(c.mean() for c in corners) < 0.1)


def _filled(edge: Outline) -> float:
    """Share of its box inside a closed polygon."""
    points = edge.contours[0]
    left, low, right, high = edge.box
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, (*points[1:], points[0]), strict=True)) / 2
    return abs(area) / max(1, (right - left) * (high - low))


def footless(outline: Outline) -> Outline:
    """The outline without what lies below the line: fonts put ฐ and ญ so over a vowel below."""
    above = tuple(contour for contour in outline.contours if max(y for _, y in contour) > 0)
    return Outline(above) if above else outline


def contradicts(mark: str, outline: Outline) -> bool:
    """A mark that stands below the line by its code point and above it by its outline, or the other way round."""
    _, low, _, high = outline.box
    return low > 0 if mark in _BELOW else high < 0
