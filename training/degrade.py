"""What printing, copying and scanning do to ink. Every step takes its chances from `strength` (0 = a clean render)."""

import random

import cv2
import numpy as np
from numpy.typing import NDArray

from training.draw import Drawn, Ink
from training.picture import Grey

Field = NDArray[np.float32]


class Weather:
    """The two random streams of a generator: `r` for choices, `n` for noise fields."""

    def __init__(self, seed: int) -> None:
        self.r, self.n = random.Random(seed), np.random.default_rng(seed)


def strokes(d: Drawn, w: Weather, strength: float) -> None:
    """Thicker or thinner pen (works best on a supersampled drawing, where a pixel is a fraction of a stroke)."""
    r = w.r
    if r.random() > 0.35 * strength:
        return
    size = 3 if d.body > 44 else 2
    kernel = np.ones(r.choice(((size, size), (1, size), (size, 1))), np.uint8)
    before = d.ink
    thin = r.random() < 0.5 and d.body > 16
    d.ink = np.asarray(cv2.erode(before, kernel) if thin else cv2.dilate(before, kernel), np.float32)
    if thin and d.ink.sum() < 0.5 * before.sum():  # hairlines would vanish
        d.ink = before


def shrink(d: Drawn, times: int) -> None:
    if times > 1:
        size = (max(8, d.ink.shape[1] // times), max(8, d.ink.shape[0] // times))
        d.ink = np.asarray(cv2.resize(d.ink, size, interpolation=cv2.INTER_AREA), np.float32)
        d.baseline, d.body, d.x, d.width = d.baseline / times, d.body / times, d.x / times, d.width / times


def bend(d: Drawn, w: Weather, strength: float) -> None:
    """Horizontal scale, rotation up to about 1.3 bodies over the line, slant, now and then a gentle wave."""
    r = w.r
    h, wide = d.ink.shape
    sx = r.uniform(0.74, 1.38) if r.random() < 0.6 else 1.0
    limit = min(1.5, 57 * 0.32 * d.body / (wide / 2))
    angle = float(np.clip(w.n.normal(0, 0.45), -limit, limit)) if r.random() < 0.8 * strength else 0.0
    slant = w.n.normal(0, 0.12) if r.random() < 0.25 else 0.0
    m = np.array([[sx, slant, -slant * d.baseline], [0, 1, 0]], np.float64)
    if angle:
        m = cv2.getRotationMatrix2D((wide * sx / 2, d.baseline - d.body / 2), angle, 1) @ np.vstack([m, [0, 0, 1]])
    if angle or slant or sx != 1:
        d.ink = np.asarray(cv2.warpAffine(d.ink, m, (max(8, int(wide * sx)), h), flags=cv2.INTER_LINEAR), np.float32)
    if r.random() < 0.18 * strength:
        d.ink = wave(d.ink, w, d.body)


def wave(ink: Ink, w: Weather, body: float) -> Ink:
    """Smooth displacement of up to a twentieth of the body: other designs of the same letters, curled paper."""
    h, wide = ink.shape
    grid = (max(2, int(h / body) + 1), max(2, int(wide / body / 1.5) + 2))
    shift = [
        cv2.resize(w.n.normal(0, 0.05 * body, grid).astype(np.float32), (wide, h), interpolation=cv2.INTER_CUBIC)
        for _ in "xy"
    ]
    yy, xx = np.mgrid[0:h, 0:wide].astype(np.float32)
    return np.asarray(cv2.remap(ink, xx + shift[0], yy + shift[1], cv2.INTER_LINEAR), np.float32)


def other_ink(d: Drawn, w: Weather, strength: float) -> None:
    """Stamp rings, signatures, stamp letters over the text, paler than the print."""
    r = w.r
    if r.random() > 0.11 * strength:
        return
    h, wide = d.ink.shape
    mark = np.zeros((h, wide), np.uint8)
    for _ in range(r.randint(1, 3)):
        thick, k = max(1, int(r.uniform(0.06, 0.3) * d.body)), r.random()
        if k < 0.5:
            radius = int(r.uniform(3, 12) * d.body)
            centre = (r.randint(0, wide), int(d.baseline + r.uniform(-1, 1) * radius))
            cv2.circle(mark, centre, radius, 255, thick, cv2.LINE_AA)
        elif k < 0.8:
            cv2.polylines(mark, [scribble(r, wide, d)], False, 255, thick, cv2.LINE_AA)
        else:
            letters = "".join(r.choice("ABCDERTPIVO") for _ in range(6))
            at = (r.randint(-40, wide), int(d.baseline + r.uniform(-1, 3) * d.body))
            cv2.putText(
                mark, letters, at, cv2.FONT_HERSHEY_DUPLEX, r.uniform(0.04, 0.09) * d.body, 255, thick, cv2.LINE_AA
            )
    d.ink = 1 - (1 - d.ink) * (1 - mark.astype(np.float32) * (r.uniform(0.25, 0.75) / 255))


def scribble(r: random.Random, wide: int, d: Drawn) -> NDArray[np.int32]:
    t = np.linspace(0, r.uniform(3, 20), 60)
    x = r.uniform(0, wide) + t * r.uniform(0.2, 1) * d.body + np.cos(t * 2) * d.body
    y = d.baseline - d.body / 2 + np.sin(t * r.uniform(0.5, 3)) * r.uniform(0.5, 2.5) * d.body
    return np.stack([x, y], 1).astype(np.int32)


def on_paper(ink: Ink, body: float, w: Weather, strength: float) -> Grey:
    """Ink mask -> grey picture as a scanner delivers it."""
    r = w.r
    paper, dark = r.uniform(150, 255), r.uniform(40, 110) if r.random() < 0.2 * strength else r.uniform(0, 60)
    paper = max(paper, dark + 90)
    blur = r.choice((0, 0, r.uniform(0, 0.05), r.uniform(0.02, 0.08))) * body * strength
    if blur > 0.3:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), blur), np.float32)
    g: Field = paper - ink * (paper - dark)
    if r.random() < 0.3 * strength:
        g = uneven(g, r)
    if r.random() < 0.28 * strength:
        specks(g, body, r)
    if r.random() < 0.65 * strength:
        grain: Field = w.n.standard_normal(g.shape, dtype=np.float32)
        g = g + grain * np.float32(r.uniform(1, 16) * (paper - dark) / 200)
    if r.random() < 0.20 * strength:
        g = bilevel(g, dark + (paper - dark) * r.uniform(0.38, 0.75), w)
    out = np.clip(g, 0, 255).astype(np.uint8)
    if r.random() < 0.35 * strength:
        out = through_jpeg(out, r.randint(22, 80))
    if r.random() < 0.06 * strength and body > 14:
        out = softened(out, r.uniform(0.5, 0.7))
    return out


def likeness(page: Grey, ink: Ink, body: float) -> float:
    """Correlation of a picture with the ink it shows, both seen through a blur of a fourteenth of the body. 0..1"""
    sigma = max(0.5, 0.07 * body)
    a = cv2.GaussianBlur(255 - page, (0, 0), sigma).astype(np.float32).ravel()
    b = cv2.GaussianBlur(ink, (0, 0), sigma).ravel()
    a, b = a - a.mean(), b - b.mean()
    return float(a @ b / max(1e-6, float(np.sqrt((a @ a) * (b @ b)))))


def uneven(g: Field, r: random.Random) -> Field:
    h, wide = g.shape
    x, y = np.linspace(-1, 1, wide, dtype=np.float32)[None], np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    slope = r.uniform(0, 30) * (x * r.uniform(-1, 1) + y * r.uniform(-1, 1))
    return np.asarray(g - slope - r.uniform(0, 12) * np.sin(x * r.uniform(1, 9) + r.uniform(0, 6)), np.float32)


def specks(g: Field, body: float, r: random.Random) -> None:
    h, wide = g.shape
    density = r.uniform(0.002, 0.03) / max(1.0, (0.05 * body) ** 2)
    for _ in range(min(150, int(h * wide * density / 4))):
        cv2.circle(
            g, (r.randint(0, wide), r.randint(0, h)), max(0, int(r.uniform(0, 0.10) * body)), r.uniform(30, 130), -1
        )


def bilevel(g: Field, threshold: float, w: Weather) -> Field:
    out = np.where(g < threshold, 0, 255).astype(np.float32)
    if w.r.random() < 0.5:
        q = w.r.uniform(0.0002, 0.002)
        z = w.n.random(g.shape, dtype=np.float32)
        out[z < q], out[z > 1 - q] = 0, 255
    return out


def through_jpeg(g: Grey, quality: int) -> Grey:
    data = cv2.imencode(".jpg", g, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def softened(g: Grey, scale: float) -> Grey:
    """Down and up again: a scan resampled by some program on the way."""
    small = cv2.resize(g, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (g.shape[1], g.shape[0]), interpolation=cv2.INTER_LINEAR), np.uint8)
