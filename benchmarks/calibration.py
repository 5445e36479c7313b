"""Calibration of confidences, and how far it can be trusted.

    python -m benchmarks.calibration fit CACHE… [--without Garuda,fax]    writes thaikpi/calibration.yaml
    python -m benchmarks.calibration report CACHE…    reliability on pages that were not used, prices of thresholds

CACHE: what `python -m benchmarks.trust collect` made. Fit on some fonts, conditions and seeds, report on others. A row is a value
of a generated report: what it was read from (text, repaired, ocr), kind (number, text), evidence, right or not. Right: a number
whose value is (comparator and unit are counted apart); a date; a text with at most 2 % (scans 5 %) wrong characters.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import yaml
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.trust import Gold, Kept, judged, kept
from extract.forms.load import load_forms
from thaikpi import confidence
from thaikpi.confidence import Evidence, Signs
from thaikpi.export.explain import at
from thaikpi.records import read_records

THRESHOLDS = (0.9, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
LEAST = 12  # values of a bin
LEAST_WRONG = 2  # of a kind: fewer say nothing of what is doubtful, and the knots stay as they are
TEXT_DPI = 150  # texts of coarser pages teach too much doubt of the same mean (expected error 0.045 on pages from 150 dpi on)
PRIOR = 2.0  # right and wrong values added to every bin, in the ratio of the whole: small bins say little
MOST = 0.99  # that is ever said
RIDGE = 1.0  # on standardised weights
Table = dict[str, dict[str, list[list[float]]]]


class Row(NamedTuple):
    """whole: comparator and unit are right too. figure: one of the numbers that benchmarks.trust counts (no date, no code)."""

    evidence: Evidence
    right: bool
    whole: bool
    figure: bool
    form: str
    kind: str


def rows(folders: Sequence[Path], without: Collection[str] = ()) -> Iterator[Row]:
    """Every value of a cache that gold can judge, with its evidence. without: typefaces and conditions left out."""
    seen: list[Evidence] = []
    calibrated = confidence.confidence

    def kept_apart(found: Evidence) -> float:
        seen.append(found)
        return float(len(seen) - 1)

    forms = load_forms()
    for one in kept(folders):
        if one.font in without or one.kind.split(":")[1] in without:
            continue
        seen.clear()
        confidence.confidence = kept_apart
        try:
            records = read_records(one.document, forms).records
        finally:
            confidence.confidence = calibrated
        for gold, record in zip(one.golds, records, strict=False):
            yield from _rows(one, gold, msgspec.to_builtins(record), seen)


def _rows(one: Kept, gold: Gold, record: Gold, seen: Sequence[Evidence]) -> Iterator[Row]:
    for pointer, value, whole in _judged(gold, record, 0.05 if one.kind.startswith("scan") else 0.02):
        sure = record["provenance"][pointer]["confidence"]
        if sure == int(sure) and sure < len(seen):
            right = bool(whole) if value is None else value
            yield Row(seen[int(sure)], right, right if whole is None else whole, value is not None, one.form, one.kind)


def verdicts(gold: Gold, record: Gold, limit: float) -> Iterator[tuple[str, bool]]:
    """Pointer, right or not: of every value with a place that can be judged, comparators, units and texts included."""
    for pointer, value, whole in _judged(gold, record, limit):
        yield pointer, bool(value if whole is None else whole)


def _judged(gold: Gold, record: Gold, limit: float) -> Iterator[tuple[str, bool | None, bool | None]]:
    """Pointer of a value with a place; whether the number is right; whether all of the value is. None: does not apply."""
    by_value = {pointer: right for pointer, right, _, _ in judged(gold, record)}
    left: dict[str, Counter[Any]] = {}
    for pointer in record["provenance"]:
        value, whole = by_value.get(pointer), _right(pointer, gold, record, limit, left)
        if value is not None or whole is not None:
            yield pointer, value, whole


def _right(pointer: str, gold: Gold, record: Gold, limit: float, left: dict[str, Counter[Any]]) -> bool | None:
    parts = pointer.strip("/").split("/")
    want, have = at(gold, pointer), at(record, pointer)
    if parts[-2:-1] in (["quantities"], ["dates"]):
        bag = pointer.rsplit("/", 1)[0]
        if bag not in left:
            left[bag] = Counter(map(_value, at(gold, bag) or []))
        right = left[bag][_value(have)] > 0
        left[bag][_value(have)] -= right
        return right
    if pointer in ("/target", "/result"):
        return want is not None and _value(want) == _value(have)
    if isinstance(have, float | int) or parts[-1] in ("number", "code"):
        return bool(want == have)
    if isinstance(have, str) and isinstance(want, str):
        return Levenshtein.distance(_squash(want), _squash(have)) / max(1, len(_squash(want))) <= limit
    return None


def _value(v: Gold) -> Any:
    return v["edtf"] if "edtf" in v else (v["comparator"], v["value"], v["upper"], v["unit"])


def _squash(text: str) -> str:
    return " ".join(text.split())


# ---- fitting


def fit(found: Sequence[Row]) -> dict[str, Any]:
    """Weights of the signs of numbers read by OCR, then rising steps of all evidence."""
    numbers = [row for row in found if row.evidence.signs is not None and row.figure]
    table: dict[str, Any] = yaml.safe_load(confidence.TABLE.read_text(encoding="utf-8"))
    if numbers:
        signs = np.array([row.evidence.signs for row in numbers])
        table["weights"] = _logistic(signs, np.array([row.right for row in numbers], float))
        model = tuple(table["weights"][name] for name in (*Signs._fields, "constant"))
        found = [row._replace(evidence=_weighed(row.evidence, model)) for row in found]
    usual = [row for row in found if row.evidence.signs is not None or _dpi(row.kind) >= TEXT_DPI]
    for source, kinds in steps(usual).items():
        table["knots"].setdefault(source, {}).update(kinds)
    return table


def _dpi(kind: str) -> int:
    name, *options = kind.split(":")
    return int(options[1]) if name == "scan" else TEXT_DPI


def _weighed(evidence: Evidence, model: Sequence[float]) -> Evidence:
    if evidence.signs is None:
        return evidence
    return evidence._replace(raw=confidence.logistic(evidence.signs, model))


def _logistic(signs: NDArray[np.float64], right: NDArray[np.float64]) -> dict[str, float]:
    """Newton's method with a ridge. A sign that would count against the number gets weight 0: confidence rises with each."""
    used = list(range(signs.shape[1]))
    while True:
        mean, spread = signs[:, used].mean(0), signs[:, used].std(0) + 1e-9
        x = np.column_stack([(signs[:, used] - mean) / spread, np.ones(len(signs))])
        ridge = np.diag([RIDGE] * len(used) + [1e-6])
        b = np.zeros(x.shape[1])
        for _ in range(60):
            p = 1 / (1 + np.exp(-x @ b))
            step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (p - right) + ridge @ b)
            b -= step
            if np.abs(step).max() < 1e-9:
                break
        if len(used) == 1 or b[:-1].min() >= 0:
            break
        used.pop(int(b[:-1].argmin()))
    weights = dict.fromkeys(Signs._fields, 0.0)
    weights |= {Signs._fields[k]: round(float(w), 4) for k, w in zip(used, b[:-1] / spread, strict=True)}
    return weights | {"constant": round(float(b[-1] - (b[:-1] * mean / spread).sum()), 4)}


def steps(found: Iterable[Row]) -> Table:
    """Rising steps (pool adjacent violators) over bins of equal size, as points in the middle of each."""
    groups: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for row in found:
        groups[row.evidence.source, row.evidence.kind].append((confidence.doubt(row.evidence.raw), row.right))
    out: Table = {}
    for (source, kind), values in sorted(groups.items()):
        if sum(not right for _, right in values) >= LEAST_WRONG:
            out.setdefault(source, {})[kind] = _steps(sorted(values))
    return out


def _steps(values: list[tuple[float, bool]]) -> list[list[float]]:
    share = sum(right for _, right in values) / len(values)
    low = len(values) // 12  # the doubtful end is what matters: small bins there
    cuts = [*range(0, low, LEAST), *range(low, len(values), max(LEAST, len(values) // 24)), len(values)]
    pools = [
        [sum(x for x, _ in part) / len(part), PRIOR * share + sum(r for _, r in part), PRIOR + len(part)]
        for part in (values[a:b] for a, b in pairwise(cuts) if b > a)
    ]
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(pool)
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            b, a = merged.pop(), merged.pop()
            n = a[2] + b[2]
            merged.append([(a[0] * a[2] + b[0] * b[2]) / n, a[1] + b[1], n])
    return [[round(x, 3), round(min(MOST, right / n), 3)] for x, right, n in merged]


# ---- reporting


def report(found: Sequence[Row]) -> None:
    """Reliability by source and kind, form, condition; and what each threshold costs for numbers read by OCR."""
    scored = [(row, confidence.confidence(row.evidence)) for row in found]
    print(f"{'group':28} {'values':>7} {'right':>7} {'conf ≥ .95':>10} {'of these right':>14} {'unit too':>9} {'ECE':>6}")
    views: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("all", lambda r: ""), ("reading", lambda r: f"{r.evidence.source} {r.evidence.kind}"), ("form", lambda r: r.form),
        ("condition", lambda r: r.kind.split(":")[1]),
    )  # fmt: skip
    for name, key in views:
        groups: dict[str, list[tuple[Row, float]]] = defaultdict(list)
        for row, sure in scored:
            groups[key(row)].append((row, sure))
        for group, values in sorted(groups.items()):
            print(f"{name + ' ' + group:28} {_reliability(values)}")
    numbers = [(row.right, sure) for row, sure in scored if row.evidence.signs is not None and row.figure]
    if numbers:
        print(f"\nnumbers by OCR: {len(numbers)}")
        print(f"{'flagged below':>13} {'wrong caught':>13} {'right flagged':>14} {'wrong let through':>18}")
        for below in THRESHOLDS:
            print(_price(numbers, below))


def _reliability(values: list[tuple[Row, float]]) -> str:
    high = [row for row, sure in values if sure >= 0.95]
    bins: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for row, sure in values:
        bins[math.floor(sure * 10)].append((row.right, sure))
    ece = sum(abs(sum(r for r, _ in b) - sum(s for _, s in b)) for b in bins.values()) / len(values)
    share, n = sum(row.right for row, _ in values) / len(values), max(1, len(high))
    right, whole = sum(row.right for row in high) / n, sum(row.right and row.whole for row in high) / n
    return f"{len(values):7} {share:7.4f} {len(high):10} {right:14.4f} {whole:9.4f} {ece:6.4f}"


def _price(numbers: list[tuple[bool, float]], below: float) -> str:
    wrong = [sure for right, sure in numbers if not right]
    right = [sure for right, sure in numbers if right]
    caught, lost = sum(s < below for s in wrong), sum(s < below for s in right)
    return f"{below:13} {caught / max(1, len(wrong)):13.3f} {lost / max(1, len(right)):14.4f} {len(wrong) - caught:18}"


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    p.add_argument("what", choices=("fit", "report"))
    p.add_argument("caches", type=Path, nargs="+")
    p.add_argument("--without", default="", help="typefaces and conditions to leave out")
    a = p.parse_args()
    found = list(rows(a.caches, a.without.split(",")))
    if a.what == "report":
        report(found)
        return
    head = confidence.TABLE.read_text(encoding="utf-8").splitlines()[0]
    body = yaml.safe_dump(fit(found), default_flow_style=None, sort_keys=True, width=130)
    confidence.TABLE.write_text(f"{head}\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
