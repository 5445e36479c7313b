"""Calibration of confidences, and how far it can be trusted.

    python -m benchmarks.calibration collect OUT.jsonl --count 90 --seed 1 [--fonts Loma,Norasi] [--scans] [--conditions a,b]
    python -m benchmarks.calibration fit OUT.jsonl          writes thaikpi/calibration.yaml
    python -m benchmarks.calibration report OTHER.jsonl     reliability on pages that were not used, prices of thresholds

A row is a value of a generated report: what it was read from (text, repaired, ocr), kind (number, text), evidence, right or not.
Right is what record.md asks: numbers with comparator and unit exactly, texts within 2 % (scans 5 %) wrong characters.
Fit on some fonts and seeds, report on others.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import yaml
from rapidfuzz.distance import Levenshtein

from extract.forms.load import load_forms
from extract.source import Source
from samples.generator.__main__ import document
from samples.generator.contents import FORMS
from samples.generator.face import families
from samples.generator.pdf import MENDABLE
from samples.generator.scan import CONDITIONS
from thaikpi import confidence
from thaikpi.export.explain import at
from thaikpi.pipeline import read_source
from thaikpi.settings import Settings

THRESHOLDS = (0.9, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98)
LEAST = 12  # values of a bin
PRIOR = 2.0  # right and wrong values added to every bin, in the ratio of the whole: small bins say little
Row = dict[str, Any]


def kinds(scans: bool, conditions: Sequence[str]) -> list[str]:
    if not scans:
        return ["pdf:none", *(f"pdf:{d}" for d in MENDABLE)]
    return [f"scan:{c}:{dpi}" for dpi in (200, 300, 150) for c in conditions]


def collect(count: int, seed: str, fonts: Sequence[str], wanted: Sequence[str]) -> Iterator[Row]:
    """Reads `count` generated documents, kinds and forms in turn."""
    confidence.confidence = lambda found: round(found.raw, 4)
    forms, names = load_forms(), list(FORMS)
    for k in range(count):
        kind, form = wanted[k % len(wanted)], names[(k + k // len(wanted)) % len(names)]
        data, ending, golds, _ = document(f"calibration/{seed}/{k}", form, kind, fonts)
        outcome = read_source(Source(f"{k}.{ending}", data), forms, Settings())
        for gold, record in zip(golds, outcome.records, strict=False):
            for row in judged(gold, msgspec.to_builtins(record), 0.05 if kind.startswith("scan") else 0.02):
                yield row | {"form": form, "condition": kind}
        print(f"{k + 1}/{count} {kind} {form}: {outcome.status}", file=sys.stderr, flush=True)


def judged(gold: Row, record: Row, limit: float) -> Iterator[Row]:
    """One row for each pointer of provenance that gold can judge."""
    left: dict[str, Counter[Any]] = {}
    for pointer, proof in record["provenance"].items():
        verdict = _right(pointer, gold, record, limit, left)
        if verdict is None:
            continue
        source = "ocr" if proof["reading"] != "text" else "repaired" if proof["repairs"] else "text"
        kind, right = verdict
        yield {"source": source, "kind": kind, "raw": proof["confidence"], "right": right, "pointer": pointer}


def _right(pointer: str, gold: Row, record: Row, limit: float, left: dict[str, Counter[Any]]) -> tuple[str, bool] | None:
    parts = pointer.strip("/").split("/")
    want, have = at(gold, pointer), at(record, pointer)
    if parts[-2:-1] in (["quantities"], ["dates"]):
        bag = pointer.rsplit("/", 1)[0]
        if bag not in left:
            left[bag] = Counter(map(_value, at(gold, bag) or []))
        right = left[bag][_value(have)] > 0
        left[bag][_value(have)] -= right
        return "number", right
    if pointer in ("/target", "/result"):
        return "number", want is not None and _value(want) == _value(have)
    if parts[0] == "scoring":
        return "number", any((s["level"], s["score"]) == (have["level"], have["score"]) for s in gold["scoring"])
    if isinstance(have, float | int) or parts[-1] in ("number", "code"):
        return "number", want == have
    if isinstance(have, str) and isinstance(want, str):
        return "text", Levenshtein.distance(_squash(want), _squash(have)) / max(1, len(_squash(want))) <= limit
    return None


def _value(v: Row) -> Any:
    return v["edtf"] if "edtf" in v else (v["comparator"], v["value"], v["upper"], v["unit"])


def _squash(text: str) -> str:
    return " ".join(text.split())


def fit(rows: Iterable[Row]) -> dict[str, dict[str, list[list[float]]]]:
    """Rising steps (pool adjacent violators) over bins of equal size, as points in the middle of each."""
    groups: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for row in rows:
        groups[row["source"], row["kind"]].append((confidence.doubt(row["raw"]), row["right"]))
    out: dict[str, dict[str, list[list[float]]]] = {}
    for (source, kind), values in sorted(groups.items()):
        out.setdefault(source, {})[kind] = _steps(sorted(values))
    return out


def _steps(values: list[tuple[float, bool]]) -> list[list[float]]:
    share = sum(right for _, right in values) / len(values)
    low = len(values) // 12  # the doubtful end is what matters: small bins there
    cuts = [*range(0, low, LEAST), *range(low, len(values), max(LEAST, len(values) // 24)), len(values)]
    pools = [
        [sum(x for x, _ in part) / len(part), PRIOR * share + sum(r for _, r in part), PRIOR + len(part)]
        for part in (values[a:b] for a, b in pairwise(cuts))
    ]
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(pool)
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            b, a = merged.pop(), merged.pop()
            n = a[2] + b[2]
            merged.append([(a[0] * a[2] + b[0] * b[2]) / n, a[1] + b[1], n])
    return [[round(x, 3), round(min(0.99, right / n), 3)] for x, right, n in merged]


def report(rows: list[Row]) -> None:
    """Reliability by source and kind, by form; and what each threshold costs for numbers read by OCR."""
    scored = [(r, confidence.confidence(confidence.Evidence(r["source"], r["kind"], r["raw"]))) for r in rows]
    print(f"{'group':24} {'values':>7} {'right':>7} {'conf ≥ .95':>10} {'of these right':>14} {'ECE':>6}")
    views: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("all", lambda r: ""), ("reading", lambda r: f"{r['source']} {r['kind']}"), ("form", lambda r: r["form"]),
    )  # fmt: skip
    for name, key in views:
        groups: dict[str, list[tuple[bool, float]]] = defaultdict(list)
        for row, sure in scored:
            groups[key(row)].append((row["right"], sure))
        for group, values in sorted(groups.items()):
            print(f"{name + ' ' + group:24} {_reliability(values)}")
    numbers = [(row["right"], sure) for row, sure in scored if row["kind"] == "number" and row["source"] == "ocr"]
    if numbers:
        print(f"\nnumbers by OCR: {len(numbers)}")
        print(f"{'flagged below':>13} {'wrong caught':>13} {'right flagged':>14} {'wrong let through':>18}")
        for below in THRESHOLDS:
            print(_price(numbers, below))


def _reliability(values: list[tuple[bool, float]]) -> str:
    high = [right for right, sure in values if sure >= 0.95]
    bins: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for right, sure in values:
        bins[math.floor(sure * 10)].append((right, sure))
    ece = sum(abs(sum(r for r, _ in b) - sum(s for _, s in b)) for b in bins.values()) / len(values)
    share = sum(r for r, _ in values) / len(values)
    return f"{len(values):7} {share:7.4f} {len(high):10} {sum(high) / max(1, len(high)):14.4f} {ece:6.4f}"


def _price(numbers: list[tuple[bool, float]], below: float) -> str:
    wrong = [sure for right, sure in numbers if not right]
    right = [sure for right, sure in numbers if right]
    caught, lost = sum(s < below for s in wrong), sum(s < below for s in right)
    return f"{below:13} {caught / max(1, len(wrong)):13.3f} {lost / max(1, len(right)):14.4f} {len(wrong) - caught:18}"


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    p.add_argument("what", choices=("collect", "fit", "report"))
    p.add_argument("rows", type=Path, nargs="+")
    p.add_argument("--count", type=int, default=90)
    p.add_argument("--seed", default="1")
    p.add_argument("--fonts")
    p.add_argument("--scans", action="store_true")
    p.add_argument("--conditions", default=",".join(CONDITIONS))
    a = p.parse_args()
    if a.what == "collect":
        fonts = a.fonts.split(",") if a.fonts else families()
        with a.rows[0].open("w", encoding="utf-8") as out:
            for row in collect(a.count, a.seed, fonts, kinds(a.scans, a.conditions.split(","))):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    rows = [row for path in a.rows for row in read(path)]
    if a.what == "report":
        report(rows)
        return
    head = confidence.TABLE.read_text(encoding="utf-8").splitlines()[0]
    table = yaml.safe_load(confidence.TABLE.read_text(encoding="utf-8"))["knots"]
    for source, by_kind in fit(rows).items():
        table[source] |= by_kind
    body = yaml.safe_dump({"knots": table}, default_flow_style=None, sort_keys=True, width=130)
    confidence.TABLE.write_text(f"{head}\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
