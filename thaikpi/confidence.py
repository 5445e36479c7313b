"""How sure a value is: from what its characters say of themselves to a calibrated probability.

Raw evidence is cheap and taken from the printed slices. For a number by OCR a logistic model of a few signs (`Signs`: every one
raises it), for a text the mean over its characters, for a repaired text layer the least sure repair. `calibration.yaml` holds
the model's weights and turns raw evidence into the share of values that were right among those with the same; it is made and
its reliability measured by `python -m benchmarks.calibration` on generated reports.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import yaml

from schemas.document import Line

Kind = Literal["number", "text"]
Knots = tuple[tuple[float, float], ...]
TABLE = Path(__file__).with_name("calibration.yaml")
LEAST_DOUBT = 1e-4  # probabilities nearer to 1 are alike: the recogniser's are given with four decimals
LOWEST, HIGHEST = -1.0, 2.5  # of log odds: beyond them one sign outweighed all others (caught at 5 %: 0.73 instead of 0.78)
MOST_DIGITS = 8
BEFORE, BEHIND = 3, 8  # characters beside a number that tell of it: a sign, its unit
_NUMBER = re.compile(r"[-–]?[0-9๐-๙](?:[0-9๐-๙.,]*[0-9๐-๙])?")


class Part(Protocol):
    """A slice of a line (places.Slice)."""

    @property
    def line(self) -> Line: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Signs(NamedTuple):
    """Of a number read by OCR, as log odds: its least certain digit or separator; the least that other looks agree with it; the
    least certain character right beside it (unit, sign); and the mean over its line, as `doubt`. digits: how many, at most
    MOST_DIGITS (short numbers are more often pieces of others, list numbers, dirt)."""

    own: float
    support: float
    near: float
    line: float
    digits: float


class Evidence(NamedTuple):
    """source: what was read from. raw: 0-1, not calibrated. signs: what raw was made from, for a number read by OCR."""

    source: Literal["text", "repaired", "ocr"]
    kind: Kind
    raw: float
    signs: Signs | None = None


def evidence(parts: Sequence[Part], kind: Kind) -> Evidence:
    """Of a value printed in these slices."""
    if any(part.line.reading == "ocr" for part in parts):
        return _read_by_ocr(parts, kind)
    sure = [r.confidence for part in parts for r in part.line.repairs if r.start < part.end and r.end > part.start]
    if sure:
        return Evidence("repaired", kind, min(sure))
    return Evidence("text", kind, min((p.line.confidence for p in parts), default=1.0))


def _read_by_ocr(parts: Sequence[Part], kind: Kind) -> Evidence:
    if kind == "number":
        seen = signs(parts)
        if seen is not None:
            return Evidence("ocr", kind, logistic(seen, weights()), seen)
    certain = [p for part in parts for char, p in _read(part, part.start, part.end) if not char.isspace()]
    return Evidence("ocr", kind, sum(certain) / len(certain) if certain else min((p.line.confidence for p in parts), default=1.0))


def signs(parts: Sequence[Part]) -> Signs | None:
    """What tells whether a number was read right; None where no digit of it was read by OCR."""
    own: list[float] = []
    support: list[float] = []
    near: list[float] = []
    lines: list[float] = []
    digits = 0
    for part in parts:
        line = part.line
        for match in _NUMBER.finditer(line.text, part.start, part.end):
            start, end = match.span()
            digits += sum(map(str.isdigit, match[0]))
            own += [p for _, p in _read(part, start, end)]
            support += (line.support or line.certainty or ())[start:end]
            around = (*_read(part, max(0, start - BEFORE), start), *_read(part, end, min(len(line.text), end + BEHIND)))
            near += [p for char, p in around if not char.isspace()]
            lines.append(line.confidence)
    if not own:
        return None
    least = [log_odds(min(values, default=1.0)) for values in (own, support, near)]
    return Signs(own=least[0], support=least[1], near=least[2], line=doubt(min(lines)), digits=min(float(digits), MOST_DIGITS))


def _read(part: Part, start: int, end: int) -> Sequence[tuple[str, float]]:
    """Characters of the part's line with their certainty."""
    line = part.line
    return () if line.certainty is None else tuple(zip(line.text[start:end], line.certainty[start:end], strict=True))


def logistic(seen: Signs, model: Sequence[float]) -> float:
    """Probability that a number with these signs is right. model: a weight for each sign, and the constant."""
    z = model[-1] + sum(w * x for w, x in zip(model, seen, strict=False))
    return 1 / (1 + math.exp(-z))


def log_odds(probability: float) -> float:
    """To base 10, from LOWEST to HIGHEST."""
    p = min(max(probability, LEAST_DOUBT), 1 - LEAST_DOUBT)
    return min(max(math.log10(p / (1 - p)), LOWEST), HIGHEST)


def confidence(found: Evidence) -> float:
    """Calibrated, two decimals."""
    return round(_between(knots()[found.source, found.kind], doubt(found.raw)), 2)


def doubt(raw: float) -> float:
    """A scale on which evidence is spread evenly: 0 for 0, 1 for 0.9, 2 for 0.99 … 4 for certain."""
    return -math.log10(max(LEAST_DOUBT, 1.0 - min(1.0, max(0.0, raw))))


def _between(table: Knots, x: float) -> float:
    at = bisect_right(table, (x, math.inf))
    if at == 0:
        return table[0][1]
    if at == len(table):
        return table[-1][1]
    (x0, y0), (x1, y1) = table[at - 1], table[at]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def weights() -> tuple[float, ...]:
    """Of the signs of a number read by OCR, and the constant: log odds (natural) that it is right."""
    table = _table()["weights"]
    return (*(float(table[name]) for name in Signs._fields), float(table["constant"]))


@lru_cache(maxsize=1)
def knots() -> dict[tuple[str, str], Knots]:
    """(source, kind) -> points (doubt of the raw evidence, share right), ascending."""
    return {
        (source, kind): tuple((float(x), float(y)) for x, y in points)
        for source, kinds in _table()["knots"].items()
        for kind, points in kinds.items()
    }
