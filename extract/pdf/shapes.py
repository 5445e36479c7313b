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
# Share of common ink, in the mean of the outlines as they are and stretched over the grid, from which two glyphs are one mark,
# and by how much it is better than the next mark's. Measured on 130 Thai fonts whose glyph names tell (3,172 variants of marks).
ALIKE = ((0.85, 0.03), (0.75, 0.05))
SAME_LETTER = 0.97  # of a letter's variant, which is drawn from the very same outline; ฎ and ฏ have 0.9 in common
ALIKE_ELSEWHERE = ((0.6, 0.15),)  # the same of another weight or font
# Marks that differ by a stroke or a bend only: one whose rival the font does not show must be nearly the same drawing, and of two
# that it shows one must lead by more. On 130 fonts (3,008 variants of marks, their own letter's plain form left out): 20 read
# wrong instead of 200; with it none instead of 2.
RIVALS = {"ี": "ืิ", "ื": "ี", "ิ": "ี", "ั": "้", "้": "ั"}
NEARLY_THE_SAME, RIVAL_LEAD = 0.95, 0.05
# Correlation of the coordinates, point by point, of two outlines with as many points: variants are mostly made by moving and
# squeezing the plain form's points. On the same fonts 2,079 of 3,172 variants of marks, and 29 of 47,580 other pairs, all of
# fewer points than FEWEST_POINTS; of letters 116 of 715 and none of 32,175.
SAME_POINTS, SAME_POINTS_LETTER, FEWEST_POINTS = 0.97, 0.995, 8
DRAWN, DECIDED = 0.7, 0.6  # the same of a drawn glyph and its outline; of the cells where two outlines differ
FOOTED = "ญฐ"  # lose what is below the line over a vowel there (144 fonts: 179 of 218 such variants read, none wrong)
_ROUND = 0.2  # a ring's width and height differ by less, as a share
_CENTRED = 0.12  # and its two edges' middles, as a share of its width
_CROSS = (0.7, 1.45)  # width to height of a cross
_FILLING = (0.68, 0.86)  # share of its box that a round edge fills (a circle: 0.785)
_ANGULAR = 0.98  # the same of an edge of few points, its control points taken for corners (9 of 44 families; a square: 1)
NIKHAHIT, MAI_CHATTAWA = "\u0e4d", "\u0e4b"
_BELOW = "\u0e38\u0e39\u0e3a"


Pictures = tuple[Array, Array]  # as it is, and stretched over the grid: variants over tall letters are narrow


class Shapes:
    """Marks of one font whose code points are known, to compare others with."""

    def __init__(self, known: Mapping[str, list[Outline]]) -> None:
        self.known = known

        self._drawn: dict[tuple[int, bool], list[tuple[str, Pictures]]] = {}

    def _pictures(self, contours: int, below: bool) -> list[tuple[str, Pictures]]:
        """Of the known marks of so many contours that stand above or below the line: only these are compared, and drawn."""
        key = contours, below
        if key not in self._drawn:
            marks = [(mark, outlines) for mark, outlines in self.known.items() if (mark in _BELOW) == below]
            self._drawn[key] = [(mark, pictures(o)) for mark, outlines in marks for o in outlines if len(o.contours) == contours]
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
        same = self._same_points(outline)
        if same is not None:
            return same
        drawn, contours = pictures(outline), len(outline.contours)
        below = outline.box[3] < 0
        found = _clear(self._scores(drawn, contours, below), ALIKE)
        if found is None and contours == 1 and is_cross(drawn[0], outline):
            return MAI_CHATTAWA
        if found is None and outline.box[1] < 0 < outline.box[3]:  # a trace of ink below the line
            letter = _clear(self._scores(pictures(over_the_line(outline)), contours, below), ALIKE)
            found = letter if letter is not None and letter in FOOTED else None
        for other in others if found is None else ():
            found = found or _clear(other._scores(drawn, contours, below), ALIKE_ELSEWHERE)
        return found

    def _same_points(self, outline: Outline) -> str | None:
        """The one mark or letter that is drawn by the same points, moved or squeezed."""
        places = _places(outline)
        if len(places) < FEWEST_POINTS:
            return None
        below, counts = outline.box[3] < 0, [len(contour) for contour in outline.contours]
        found = set()
        for mark, known in self.known.items():
            least = SAME_POINTS_LETTER if _is_letter(mark) else SAME_POINTS
            alike = (o for o in known if [len(contour) for contour in o.contours] == counts and (mark in _BELOW) == below)
            if any(_correlation(places, _places(other)) >= least for other in alike):
                found.add(mark)
        return found.pop() if len(found) == 1 else None

    def _scores(self, drawn: Pictures, contours: int, below: bool) -> dict[str, float]:
        """Share of common ink with each known mark: nothing unless it has as many contours and stands on the same side of the
        line."""
        scores = dict.fromkeys(self.known, 0.0)
        for mark, known in self._pictures(contours, below):
            scores[mark] = max((_common(drawn[0], known[0]) + _common(drawn[1], known[1])) / 2, scores[mark])
        return scores


def _clear(scores: Mapping[str, float], alike: Sequence[tuple[float, float]]) -> str | None:
    """The best mark, when it is good enough, better than the next one, and no rival can be meant."""
    ranked = sorted(((score, mark) for mark, score in scores.items()), reverse=True)
    if not ranked:
        return None
    best, mark = ranked[0]
    lead, second = (best - ranked[1][0], ranked[1][1]) if len(ranked) > 1 else (1.0, "")
    rivals = RIVALS.get(mark, "")
    if best < NEARLY_THE_SAME and any(rival not in scores for rival in rivals):
        return None
    if second in rivals and lead < RIVAL_LEAD:
        return None
    clear = any(best >= common and lead >= more for common, more in alike)
    return mark if clear and (best >= SAME_LETTER or not _is_letter(mark)) else None


def _is_letter(mark: str) -> bool:
    return "ก" <= mark <= "ฮ" or mark == "า"


def clearest_outline(drawn: Array, outlines: Mapping[int, Outline]) -> int | None:
    """The key of the outline that the drawn ink is more like than the next one, judged where these two differ."""
    pictures = {key: picture(outline) for key, outline in outlines.items()}
    ranked = sorted(pictures, key=lambda key: (-_common(drawn, pictures[key]), key))
    if len(ranked) < 2 or _common(drawn, pictures[ranked[0]]) < DRAWN:
        return None
    first, second = pictures[ranked[0]], pictures[ranked[1]]
    differing = first != second
    return ranked[0] if differing.any() and float(np.mean(drawn[differing] == first[differing])) >= DECIDED else None


def _places(outline: Outline) -> Array:
    """(n, 2) of all points in the order drawn."""
    return np.array([point for contour in outline.contours for point in contour], float)


def _correlation(first: Array, second: Array) -> float:
    """The lesser of the correlations of x and y of as many points; 0 where one does not vary."""
    a, b = first - first.mean(axis=0), second - second.mean(axis=0)
    spread = np.sqrt((a * a).sum(axis=0) * (b * b).sum(axis=0))
    return float(((a * b).sum(axis=0) / spread).min()) if (spread > 0).all() else 0.0


def _common(first: Array, second: Array) -> float:
    """Share of common ink."""
    return float(np.count_nonzero(first & second)) / max(1.0, float(np.count_nonzero(first | second)))


def pictures(outline: Outline) -> Pictures:
    return picture(outline), picture(outline, stretched=True)


def picture(outline: Outline, stretched: bool = False) -> Array:
    """The outline's ink in the middle of the grid, its longer side, or both, over all of it."""
    left, low, right, high = outline.box
    wide, tall = max(right - left, 1), max(high - low, 1)
    scale_x, scale_y = ((GRID - 2) / (side if stretched else max(wide, tall)) for side in (wide, tall))
    middle = ((left + right) / 2, (low + high) / 2)
    ink = Image.new("1", (GRID, GRID))
    for contour in outline.contours:
        if len(contour) > 2:
            part = Image.new("1", (GRID, GRID))
            places = [((x - middle[0]) * scale_x + GRID / 2, (y - middle[1]) * scale_y + GRID / 2) for x, y in contour]
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
    if outline.box[3] <= 0:  # below the line it is the head of an ุ
        return False
    edges = sorted((Outline((contour,)) for contour in outline.contours), key=lambda o: o.box[2] - o.box[0])
    inner, outer = (edge.box for edge in edges)
    width, height = outer[2] - outer[0], outer[3] - outer[1]
    if not (inner[0] > outer[0] and inner[2] < outer[2] and inner[1] > outer[1] and inner[3] < outer[3]):
        return False
    off = max(abs(inner[0] + inner[2] - outer[0] - outer[2]), abs(inner[1] + inner[3] - outer[1] - outer[3])) / 2
    most = _ANGULAR if outer[1] > 1.5 * width else _FILLING[1]  # a mark, and no letter o
    rounds = all(_FILLING[0] <= _filled(edge) <= most for edge in edges)
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


def over_the_line(outline: Outline) -> Outline:
    """The outline's part over the line, cut off at it: the same where a foot hangs together with the letter."""
    cut = []
    for contour in outline.contours:
        kept: list[Point] = []
        for (x0, y0), (x1, y1) in zip(contour, (*contour[1:], contour[0]), strict=True):
            if y0 >= 0:
                kept.append((x0, y0))
            if (y0 >= 0) != (y1 >= 0):
                kept.append((round(x0 - (x1 - x0) * y0 / (y1 - y0)), 0))
        if len(kept) > 2:
            cut.append(tuple(kept))
    return Outline(tuple(cut)) if cut else outline


def contradicts(mark: str, outline: Outline) -> bool:
    """A mark that stands below the line by its code point and above it by its outline, or the other way round."""
    _, low, _, high = outline.box
    return low > 0 if mark in _BELOW else high < 0
