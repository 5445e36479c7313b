"""True-box lines cut from the degraded pages of a scans.py set (its README names conditions and resolutions).

The pages are made by that script itself; what it rotates by is noted on the way and undone here up to 0.12° (1 sigma),
as a page reader would. Crops vary within the input convention. Lines with a checkbox are left out: their mark is drawn,
not text.
"""

import argparse
import importlib.util
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import cv2
import numpy as np

from training.picture import Grey

PX_PER_INCH = 96  # of the boxes in gt/


@dataclass(frozen=True)
class Crop:
    image: Grey
    text: str
    group: str  # condition, or set
    font: str
    body: float  # height of ก in pixels


def scan_crops(script: Path, conditions: str, dpis: str, share: float, seed: int = 11) -> list[Crop]:
    """A share (0..1) of all lines of all pages, from scans.py at `script`."""
    scans = _load(script)
    cutter = _Cutter(scans.HERE / "gt", share, random.Random(seed))
    rotation = cv2.getRotationMatrix2D

    def note_rotation(centre: tuple[float, float], degrees: float, scale: float) -> Any:
        cutter.angles.append(degrees)
        return rotation(centre, degrees, scale)

    cutter.rotation = rotation
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(cv2, "getRotationMatrix2D", note_rotation),
        mock.patch.object(cv2, "imwrite", cutter.page),
    ):
        scans.make(argparse.Namespace(out=Path(folder), pages="p1,p2,p3", dpi=dpis, conditions=conditions, seed=1))
    return cutter.crops


def _load(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scans", script)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Cutter:
    """Receives the pages in place of cv2.imwrite."""

    def __init__(self, boxes: Path, share: float, r: random.Random) -> None:
        self.boxes, self.share, self.r = boxes, share, r
        self.angles: list[float] = []
        self.crops: list[Crop] = []
        self.shape: dict[str, tuple[float, float]] = {}
        self.rotation: Any = None

    def page(self, path: str, image: Grey) -> bool:
        base, condition, dpi = Path(path).stem.split("__")
        scale = int(dpi) / PX_PER_INCH
        if image.ndim == 3:
            image = np.asarray(image.max(2), np.uint8)  # coloured stamps fade in the brightest channel
        boxes = json.loads((self.boxes / f"{base}.json").read_text(encoding="utf-8"))
        if base not in self.shape:
            self.shape[base] = _body_and_baseline(image, boxes, scale)
        image = self.straight(image)
        for box in boxes:
            if self.r.random() <= self.share and not set("☐☑") & set(box["t"]):
                self.cut(image, box, scale, base, condition)
        return True

    def straight(self, image: Grey) -> Grey:
        error, turned = self.r.gauss(0, 0.12), sum(self.angles)
        if self.angles:
            h, w = image.shape
            m = self.rotation((w / 2, h / 2), -turned + error, 1)
            image = np.asarray(cv2.warpAffine(image, m, (w, h), flags=cv2.INTER_CUBIC, borderValue=(255,)), np.uint8)
        self.angles.clear()
        return image

    def cut(self, image: Grey, box: dict[str, Any], scale: float, base: str, condition: str) -> None:
        top, bottom = self.shape[base]
        body = (bottom - top) * box["h"] * scale
        baseline = (box["y"] + bottom * box["h"]) * scale
        up = self.r.uniform(2.45, 2.7) if "sarabunnew" in base else self.r.uniform(2.0, 2.4)
        y0, y1 = baseline - up * body, baseline + self.r.uniform(0.5, 0.75) * body
        x0 = box["x"] * scale - self.r.uniform(0.2, 0.5) * body
        x1 = (box["x"] + box["w"]) * scale + self.r.uniform(0.2, 0.5) * body
        crop = image[max(0, round(y0)) : round(y1), max(0, round(x0)) : round(x1)]
        if crop.size:
            self.crops.append(Crop(crop.copy(), box["t"].strip(), condition, base.split("_")[1], body))


def _body_and_baseline(image: Grey, boxes: list[dict[str, Any]], scale: float) -> tuple[float, float]:
    """Top of the body and baseline as shares of the box height, from the ink profile of the clean page's long lines."""
    total = np.zeros(400)
    for b in boxes:
        if b["w"] >= 150:
            y0, y1, x0, x1 = (int(v * scale) for v in (b["y"], b["y"] + b["h"], b["x"], b["x"] + b["w"]))
            ink = (255.0 - image[y0:y1, x0:x1]).mean(1)
            total += np.interp(np.linspace(0, len(ink) - 1, 400), np.arange(len(ink)), ink)
    slope = np.gradient(np.convolve(total, np.ones(9) / 9, "same"))
    bottom = int(np.argmin(slope[160:380])) + 160
    return (int(np.argmax(slope[60 : bottom - 40])) + 60) / 400, bottom / 400


def by_group(crops: list[Crop]) -> Iterator[tuple[str, list[Crop]]]:
    """Crops per group, groups in order of first appearance."""
    for name in dict.fromkeys(c.group for c in crops):
        yield name, [c for c in crops if c.group == name]
