"""`python -m training.evaluate MODEL …`: the figures of the model card, for checkpoints (.pt) and exports (.onnx).

scans   true-box lines of the scans.py pages (fonts held out but for notosans), per condition, and every digit per font
random  random report text in the held-out families, clean and degraded, and degraded in the training families
digits  every digit in every held-out family, degraded numbers only
crops   how wrong a crop may be: padding, cuts, rotation, small print, thick and thin strokes
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from extract.ocr.decode import Decoder, text_of
from extract.ocr.ngram import CharacterModel
from training.fonts import families
from training.language import THAI_DIGITS, Language
from training.lines import LineMaker
from training.measure import Score
from training.picture import Grey
from training.reader import Reader, open_reader
from training.scancrops import Crop, by_group, scan_crops

DEFAULT_SCRIPT = Path("../shared/eval/scans.py")
CONDITIONS = "clean,skew,jpeg,fax,stamp,copy,worst"
Table = dict[str, dict[str, float]]


def random_crops(count: int, fonts: str, strength: float, group: str, seed: int) -> list[Crop]:
    maker = LineMaker(seed, fonts, strength)
    lines = [maker.line(3, 62) for _ in range(count)]
    return [Crop(x.crop, x.text, group, x.face, x.body) for x in lines]


def digit_crops(count: int, seed: int = 4242) -> list[Crop]:
    """Degraded lines of two to four numbers in each held-out family (upright regular and bold), both digit sets."""
    out = []
    maker, language = LineMaker(seed, "held"), Language(seed)
    for family, faces in families("held").items():
        upright = [
            f
            for f in faces
            if not {"italic", "oblique"} & set(f.path.stem.lower().replace("bold", "").replace("_", "-").split("-"))
        ]
        made = 0
        while made < count:
            text = " ".join(language.arabic() for _ in range(3))
            text = text.translate(THAI_DIGITS) if made % 2 else text
            line = maker.attempt(text, maker.weather.r.choice(upright or faces))
            if line:
                out.append(Crop(line.crop, line.text, family, family, line.body))
                made += 1
    return out


def spoiled(crops: list[Crop]) -> list[Crop]:
    """The same crops, cut or treated wrongly in one way each."""

    def padded(share: float) -> Callable[[Crop], Grey]:
        return lambda c: _framed(c.image, round(share * c.image.shape[0]))

    def cut(top: float, bottom: float) -> Callable[[Crop], Grey]:
        return lambda c: c.image[round(top * len(c.image)) : len(c.image) - round(bottom * len(c.image))]

    def turned(degrees: float) -> Callable[[Crop], Grey]:
        return lambda c: _turned(c.image, degrees)

    def small(body: float) -> Callable[[Crop], Grey]:
        return lambda c: _resized(c.image, min(1.0, body / c.body))

    two = np.ones((2, 2), np.uint8)
    ways: dict[str, Callable[[Crop], Grey]] = {
        "as is": lambda c: c.image,
        "padded 10 %": padded(0.1),
        "padded 20 %": padded(0.2),
        "padded 35 %": padded(0.35),
        "top cut 5 %": cut(0.05, 0),
        "top cut 10 %": cut(0.1, 0),
        "bottom cut 5 %": cut(0, 0.05),
        "rotated 0.3°": turned(0.3),
        "rotated 0.6°": turned(0.6),
        "rotated 1°": turned(1),
        "body 11 px": small(11),
        "body 9 px": small(9),
        "body 7.5 px": small(7.5),
        "thick": lambda c: np.asarray(cv2.erode(c.image, two), np.uint8),
        "thin": lambda c: np.asarray(cv2.dilate(c.image, two), np.uint8),
    }
    return [Crop(way(c), c.text, name, c.font, c.body) for name, way in ways.items() for c in crops]


def _framed(g: Grey, k: int) -> Grey:
    return np.asarray(cv2.copyMakeBorder(g, k, k, 0, 0, cv2.BORDER_REPLICATE), np.uint8)


def _turned(g: Grey, degrees: float) -> Grey:
    h, w = g.shape
    m = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(g, m, (w, h), flags=cv2.INTER_CUBIC, borderValue=(255,)), np.uint8)


def _resized(g: Grey, s: float) -> Grey:
    return np.asarray(cv2.resize(g, None, fx=s, fy=s, interpolation=cv2.INTER_AREA), np.uint8)


def score(read: Reader, decoder: Decoder, crops: list[Crop]) -> Score:
    total = Score()
    for c in crops:
        total.add(c.text, text_of(decoder.read(read(c.image))))
    return total


def row(s: Score) -> dict[str, float]:
    return {
        "lines": s.lines,
        "cer": round(s.cer, 3),
        "arabic": round(s.share("arabic"), 2),
        "thai": round(s.share("thai"), 2),
    }


def digits_of(s: Score) -> dict[str, float]:
    """Share of every digit read right, percent; digits seen less often than 20 times tell nothing and are left out."""
    return {c: round(s.digit(c), 2) for c in "0123456789๐๑๒๓๔๕๖๗๘๙" if s.digits[c] >= 20}


def evaluate(model: Path, sets: dict[str, list[Crop]], characters: Path | None) -> dict[str, Table]:
    """Set -> group -> figures; prints as it goes. characters: file of the character model, None = plain reading."""
    read, classes = open_reader(model)
    decoder = Decoder(classes, CharacterModel.load(characters) if characters else None)
    out: dict[str, Table] = {}
    for name, crops in sets.items():
        began, table, total = time.perf_counter(), {}, Score()
        fonts: defaultdict[str, Score] = defaultdict(Score)
        for group, members in by_group(crops):
            of_fonts = {font: score(read, decoder, [c for c in members if c.font == font]) for font in {c.font for c in members}}
            s = Score()
            for font, part in sorted(of_fonts.items()):
                s += part
                fonts[font] += part
            total += s
            table[group] = row(s)
            print(f"{model.stem} {name} {group}: {table[group]}", flush=True)
        if name in ("scans", "digits"):
            for font, s in sorted(fonts.items()):
                table[f"font {font}"] = row(s) | digits_of(s)
                print(f"{model.stem} {name} font {font}: {table[f'font {font}']}", flush=True)
        table["all"] = row(total) | {"ms_a_line": round(1000 * (time.perf_counter() - began) / max(1, total.lines), 2)}
        print(f"{model.stem} {name} all: {table['all']}", flush=True)
        out[name] = table
    return out


def build_sets(wanted: list[str], script: Path, share: float, dpis: str) -> dict[str, list[Crop]]:
    """The evaluation sets by name; share 1 = all scan lines, 2,700 random lines a group, 600 digit lines a family."""
    sets: dict[str, list[Crop]] = {}
    if {"scans", "crops"} & set(wanted):
        scans = scan_crops(script, CONDITIONS, dpis, share)
        if "scans" in wanted:
            sets["scans"] = scans
        if "crops" in wanted:
            sets["crops"] = spoiled([c for c in scans if c.group in ("clean", "jpeg", "fax")][:400])
    if "random" in wanted:
        n = round(2700 * share)
        sets["random"] = [
            *random_crops(n, "held", 0, "held clean", 88001),
            *random_crops(n, "held", 1, "held degraded", 88002),
            *random_crops(n, "train", 1, "seen degraded", 88003),
        ]
    if "digits" in wanted:
        sets["digits"] = digit_crops(round(600 * share))
    return sets


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m training.evaluate", description="Measure models on the evaluation sets.")
    p.add_argument("models", type=Path, nargs="+")
    p.add_argument("--sets", default="scans,random,digits,crops")
    p.add_argument("--scans", type=Path, default=DEFAULT_SCRIPT, help="path of scans.py")
    p.add_argument("--dpi", default="150,200,300")
    p.add_argument("--share", type=float, default=0.3, help="share of the lines, 0..1")
    p.add_argument("--characters", type=Path, help="character model for the decoder (default: plain reading)")
    p.add_argument("--json", type=Path, help="write the figures here")
    a = p.parse_args()
    sets = build_sets(a.sets.split(","), a.scans, a.share, a.dpi)
    figures = {m.name: evaluate(m, sets, a.characters) for m in a.models}
    if a.json:
        a.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
