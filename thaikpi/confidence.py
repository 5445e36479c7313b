"""How sure a value is: from what its characters say of themselves to a calibrated probability.

Raw evidence is cheap and taken from the printed slices: for OCR the least certain character of a number with its unit (a wrong
one is lost in a mean, docs/confidence.md) and the mean over a text; for a repaired text layer the least sure repair.
`calibration.yaml` turns it into the share of values that were right among those with the same evidence; it is made and its
reliability measured by `python -m benchmarks.calibration` on generated reports.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import yaml

from schemas.document import Line

Kind = Literal["number", "text"]
Knots = tuple[tuple[float, float], ...]
TABLE = Path(__file__).with_name("calibration.yaml")
LEAST_DOUBT = 1e-4  # probabilities nearer to 1 are alike: the recogniser's are given with four decimals


class Part(Protocol):
    """A slice of a line (places.Slice)."""

    @property
    def line(self) -> Line: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Evidence(NamedTuple):
    """source: what was read from. raw: 0-1, not calibrated."""

    source: Literal["text", "repaired", "ocr"]
    kind: Kind
    raw: float


def evidence(parts: Sequence[Part], kind: Kind) -> Evidence:
    """Of a value printed in these slices."""
    if any(part.line.reading == "ocr" for part in parts):
        return Evidence("ocr", kind, _read_by_ocr(parts, kind))
    sure = [r.confidence for part in parts for r in part.line.repairs if r.start < part.end and r.end > part.start]
    if sure:
        return Evidence("repaired", kind, min(sure))
    return Evidence("text", kind, min((p.line.confidence for p in parts), default=1.0))


def _read_by_ocr(parts: Sequence[Part], kind: Kind) -> float:
    pairs = [
        (char, sure)
        for part in parts
        if part.line.certainty is not None
        for char, sure in zip(
            part.line.text[part.start : part.end], part.line.certainty[part.start : part.end], strict=True
        )
        if not char.isspace()
    ]
    if not pairs:
        return min((part.line.confidence for part in parts), default=1.0)
    # a wrong letter of the unit (ต้น, ตัน) makes a quantity as wrong as a wrong digit, and the same cut finds twice as many
    if kind == "number":
        return min(sure for _, sure in pairs)
    return sum(sure for _, sure in pairs) / len(pairs)


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
def knots() -> dict[tuple[str, str], Knots]:
    """(source, kind) -> points (doubt of the raw evidence, share right), ascending."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {
        (source, kind): tuple((float(x), float(y)) for x, y in points)
        for source, kinds in table["knots"].items()
        for kind, points in kinds.items()
    }
