"""The stream of training examples: (normalised picture, labels), from a seed."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training import degrade
from training.charset import clean, encode, frames_needed
from training.degrade import Weather
from training.draw import Drawn, draw_line, runs
from training.fonts import WEIGHT, Face, commonness, families, symbol_faces
from training.language import Language
from training.model import HEIGHT, STRIDE
from training.picture import Grey, normalise

cv2.setNumThreads(1)
BODY = (8.0, 32.0)  # pixels of ก: 14 pt at 100 dpi … 18 pt at 300 dpi
WIDTH_STEP, WIDTH_MAX = 48, 1300
LEGIBLE = 0.72  # likeness below which people cannot read the line either: it is degraded anew, mildly


@dataclass(frozen=True)
class Line:
    crop: Grey
    text: str
    labels: list[int]
    face: str
    body: float


class LineMaker:
    """strength 0 gives clean renders in exact crops, 1 the full weather of scans and the line finder's errors.

    A line takes between `gentlest` and 1 of the strength: at full strength some lines are hardly legible, and their loss
    drowns what the shapes of clear lines teach.
    """

    def __init__(self, seed: int, fonts: str = "train", strength: float = 1.0, gentlest: float = 1.0) -> None:
        self.weather, self.full, self.gentlest, self.strength = Weather(seed), strength, gentlest, strength
        self.language = Language(seed + 1)
        self.faces = families(fonts)
        self.names = list(self.faces)
        self.weights = [1.0 if fonts == "held" else WEIGHT.get(f, 1.0) for f in self.names]
        self.spare = symbol_faces()

    def face(self) -> Face:
        r = self.weather.r
        faces = self.faces[r.choices(self.names, self.weights)[0]]
        return r.choices(faces, [commonness(f) for f in faces])[0]

    def line(self, low: int, high: int) -> Line:
        """A line whose labels fit into its frames."""
        while True:
            made = self.attempt(self.language.line(low, high), self.face())
            if made:
                return made

    def attempt(self, text: str, face: Face) -> Line | None:
        r = self.weather.r
        if self.gentlest < 1:
            self.strength = self.full * r.uniform(self.gentlest, 1)
        parts = runs(text, face, self.spare, r)
        text = clean("".join(t for t, _ in parts))
        if not text:
            return None
        spread = [(t.replace(" ", "  "), f) for t, f in parts] if r.random() < 0.12 else parts
        crop, body = self.picture(spread, face)
        labels = encode(text)
        width = crop.shape[1] * HEIGHT / crop.shape[0]
        if width // STRIDE < frames_needed(labels):
            return None
        return Line(crop, text, labels, face.path.stem, body)

    def picture(self, parts: list[tuple[str, Face]], face: Face) -> tuple[Grey, float]:
        w, r, strength = self.weather, self.weather.r, self.strength
        body = math.exp(r.uniform(math.log(BODY[0]), math.log(BODY[1])))
        finer = r.choice((1, 2)) if body < 16 else 2 if body < 22 and r.random() < 0.25 else 1
        px = max(8, round(body * finer / face.body))
        d = draw_line(parts, face, px, self.neighbours(face), r)
        degrade.strokes(d, w, strength)
        degrade.shrink(d, finer)
        degrade.bend(d, w, strength)
        drawn = d.ink
        degrade.other_ink(d, w, strength)
        page = degrade.on_paper(d.ink, d.body, w, strength)
        if degrade.likeness(page, drawn, d.body) < LEGIBLE:
            page = degrade.on_paper(drawn, d.body, w, 0.3 * strength)
        return self.crop(d, page), d.body

    def neighbours(self, face: Face) -> list[list[tuple[str, Face]]]:
        r = self.weather.r
        if r.random() > 0.45:
            return []
        return [runs(self.language.line(8, 60), face, [], r) if r.random() < 0.75 else [] for _ in range(2)]

    def crop(self, d: Drawn, page: Grey) -> Grey:
        """Cut as a line finder would, one time in four with a wrong idea of the body height (± 35 %) or place."""
        r = self.weather.r
        up, down = r.uniform(2.3 if d.high else 2.0, 2.75), r.uniform(0.45, 0.8)
        k = r.random()
        if k < 0.25 * self.strength:
            scale = math.exp(r.uniform(-0.12, 0.38))
            up, down = up * scale, down * scale * math.exp(r.uniform(-0.2, 0.3))
        elif k < 0.40 * self.strength:
            up, down = up * r.uniform(0.9, 1.2), down * r.uniform(0.8, 1.6)
        top, bottom = max(0, round(d.baseline - up * d.body)), min(page.shape[0], round(d.baseline + down * d.body))
        return page[top:bottom]

    def nothing(self) -> Line:
        """A crop without text: paper, rules, noise, a photo's texture. The right reading is empty."""
        w, r = self.weather, self.weather.r
        h, wide = r.randint(20, 90), r.randint(30, 900)
        ink: NDArray[np.float32] = np.zeros((h, wide), np.float32)
        kind = r.random()
        if kind < 0.35:
            grain = (r.randint(2, 12), r.randint(2, 40))
            how = r.choice((cv2.INTER_LINEAR, cv2.INTER_NEAREST, cv2.INTER_CUBIC))
            texture = cv2.resize(w.n.random(grain, dtype=np.float32), (wide, h), interpolation=how)
            ink = np.asarray(texture, np.float32)
        elif kind < 0.6:
            for _ in range(r.randint(1, 3)):
                y, thick = r.randint(0, h), r.randint(1, 5)
                cv2.line(ink, (0, y), (wide, y + r.randint(-3, 3)), 1, thick)
                x = r.randint(0, wide)
                cv2.line(ink, (x, 0), (x, h), 1, thick)
        return Line(degrade.on_paper(np.clip(ink, 0, 1), h / 3, w, max(0.5, self.strength)), "", [], "none", 0)


@dataclass(frozen=True)
class Batch:
    """Pictures (B, 1, 40, W) uint8; labels one after the other with their lengths; frames that may carry labels."""

    x: NDArray[np.uint8]
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    frames: NDArray[np.int64]


def batches(maker: LineMaker, span: tuple[int, int], pixels: int = 10000) -> Iterator[Batch]:
    """Batches of equal rounded width with about `pixels` columns in all; maker.full may change between them."""
    waiting: dict[int, list[tuple[Grey, list[int]]]] = {}
    while True:
        line = maker.nothing() if maker.weather.r.random() < 0.015 else maker.line(*span)
        x = normalise(line.crop, HEIGHT)
        width = -(-x.shape[1] // WIDTH_STEP) * WIDTH_STEP
        if width > WIDTH_MAX:
            continue
        group = waiting.setdefault(width, [])
        group.append((x, line.labels))
        if len(group) >= max(1, min(64, pixels // width)):
            yield stack(waiting.pop(width), width)


def stack(group: list[tuple[Grey, list[int]]], width: int) -> Batch:
    x = np.zeros((len(group), 1, HEIGHT, width), np.uint8)
    for k, (picture, _) in enumerate(group):
        x[k, 0, :, : picture.shape[1]] = picture
    labels = np.concatenate([np.asarray(y, np.int64) for _, y in group])
    frames = [min(width // STRIDE, p.shape[1] // STRIDE + 1) for p, _ in group]
    return Batch(x, labels, np.array([len(y) for _, y in group]), np.array(frames))
