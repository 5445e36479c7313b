"""Text -> clean ink: one line of text with its neighbours, rules and box edges, as it stands on a page."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.charset import SYMBOLS
from training.fonts import Face

Ink = NDArray[np.float32]
_DIGIT = re.compile("([0-9๐-๙])")


@dataclass
class Drawn:
    """Ink 0..1; baseline, body (height of ก) and text from x to x + width in pixels; high: tone marks stand high."""

    ink: Ink
    baseline: float
    body: float
    x: float
    width: float
    high: bool = False


def runs(text: str, face: Face, spare: list[Face], r: random.Random) -> list[tuple[str, Face]]:
    """Split where the face lacks a symbol; a character nobody has is not returned."""
    out: list[tuple[str, Face]] = []
    other = r.choice(spare) if spare else face
    for c in text:
        f = (
            face
            if c == " " or c in face.chars
            else next((s for s in (other, *spare) if c in s.chars and c in SYMBOLS), None)
        )
        if f is None:
            continue
        if out and out[-1][1] is f:
            out[-1] = (out[-1][0] + c, f)
        else:
            out.append((c, f))
    return out


class Pen:
    """Draws runs of text at one size; apart: paper added after every digit, in pixels."""

    def __init__(self, draw: ImageDraw.ImageDraw, face: Face, px: int, basic: bool, apart: float = 0) -> None:
        self.draw, self.face, self.px, self.basic, self.apart = draw, face, px, basic, apart

    def font(self, face: Face) -> ImageFont.FreeTypeFont:
        if face is self.face:
            return face.at(self.px, self.basic)
        return face.at(max(6, round(self.px * self.face.body / 0.55)))  # symbols stand a little above the body

    def strokes(self, parts: list[tuple[str, Face]]) -> Iterator[tuple[str, ImageFont.FreeTypeFont, float]]:
        """What is set in one go, its font and its advance."""
        for text, face in parts:
            font = self.font(face)
            for piece in filter(None, _DIGIT.split(text)) if self.apart else (text,):
                yield piece, font, font.getlength(piece) + (self.apart if _DIGIT.fullmatch(piece) else 0)

    def length(self, parts: list[tuple[str, Face]]) -> float:
        return sum(advance for _, _, advance in self.strokes(parts))

    def write(self, x: float, baseline: float, parts: list[tuple[str, Face]]) -> None:
        for text, font, advance in self.strokes(parts):
            self.draw.text((x, baseline), text, font=font, fill=255, anchor="ls")
            x += advance


def draw_line(
    parts: list[tuple[str, Face]], face: Face, px: int, neighbours: list[list[tuple[str, Face]]], r: random.Random
) -> Drawn:
    """The line on a canvas 3.5 bodies above and 2.2 below its baseline, with neighbours at a random pitch."""
    body = face.body * px
    # unshaped: as TH Sarabun New and old programs print; other fonts' tones then stand in their vowels, rarely
    basic = not face.family.startswith("Tlwg") and r.random() < (0.5 if face.high else 0.04)
    left, right = (int(_margin(r) * body) + 2 for _ in range(2))
    top, bottom = int(3.5 * body), int(2.2 * body)
    # some designs set their digits wider apart than their letters
    apart = r.uniform(0.05, 0.4) * body if r.random() < 0.15 else 0
    probe = Pen(ImageDraw.Draw(Image.new("L", (8, 8))), face, px, basic, apart)
    width = int(probe.length(parts)) + 2
    im = Image.new("L", (width + left + right, top + bottom), 0)
    draw = ImageDraw.Draw(im)
    pen = Pen(draw, face, px, basic, apart)
    pen.write(left, top, parts)
    pitch = r.uniform(2.35, 4.0) * body
    for sign, other in zip((-1, 1), neighbours, strict=False):
        pen.write(left + r.uniform(-8, 4) * body, top + sign * pitch, other)
    rule_lines(draw, r, body, top, (left, width), im.size)
    return Drawn(np.divide(np.asarray(im), 255, dtype=np.float32), top, body, left, width, basic and face.high)


def _margin(r: random.Random) -> float:
    """Empty paper beside the text in bodies; now and then a cell's width."""
    return r.uniform(1, 6) if r.random() < 0.08 else r.uniform(0.08, 0.9)


def rule_lines(
    d: ImageDraw.ImageDraw, r: random.Random, body: float, base: float, span: tuple[int, int], size: tuple[int, int]
) -> None:
    """Underlines, and remnants of a table's rules at the edges of the crop."""
    x, width = span
    thick = max(1, int(r.uniform(0.04, 0.16) * body))
    k = r.random()
    if k < 0.06:
        y = base + r.uniform(0.12, 0.5) * body
        d.line((x, y, x + width, y), fill=255, width=thick)
    elif k < 0.24:
        for y in (base - r.uniform(1.7, 2.6) * body, base + r.uniform(0.5, 1.1) * body):
            if r.random() < 0.7:
                d.line((0, y, size[0], y), fill=255, width=thick)
        for edge in (r.uniform(0, max(1.0, x - 0.25 * body)), size[0] - r.uniform(1, 1 + 0.2 * body)):
            if r.random() < 0.4:
                d.line((edge, r.choice((0, base - body)), edge, size[1]), fill=255, width=thick)
