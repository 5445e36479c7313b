"""`python benchmarks/ocr.py [--pages …] [--dpi …] [--conditions …] [--every N]`: scans read by thaikpi and by Tesseract.

One run, same pages, same scoring: character error rate, exact numbers (Arabic, Thai digits), CPU seconds a page with models
loaded (Tesseract: of its process, which loads its models in 0.1 s). Needs ../shared/eval/scans.py (pages with known text) and the
`tesseract` program with Thai; both are named when they are missing. Results are kept in benchmarks/ocr.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from rapidfuzz.distance import Levenshtein

SCRIPT = Path(__file__).resolve().parents[2] / "shared" / "eval" / "scans.py"
CONDITIONS = "clean,skew,jpeg,fax,stamp,copy,worst,r90,r180"
Sums = dict[str, dict[str, float]]


def main() -> int:
    options = _options()
    if not SCRIPT.is_file():
        print(f"needs {SCRIPT}, which is not part of the repository", file=sys.stderr)
        return 2
    scans = _load(SCRIPT)
    with tempfile.TemporaryDirectory() as folder:
        made = argparse.Namespace(out=Path(folder), **{k: getattr(options, k) for k in ("conditions", "dpi", "pages", "seed")})
        scans.make(made)
        images = sorted(made.out.glob("*.png"))[:: options.every]
        readers: dict[str, Callable[[Path], tuple[str, float]]] = {"thaikpi": _thaikpi}
        if options.alone:
            pass
        elif shutil.which("tesseract"):
            readers["tesseract"] = _tesseract
        else:
            print("tesseract is not installed: only thaikpi is measured", file=sys.stderr)
        tables = {name: _score(scans, images, read) for name, read in readers.items()}
    for line in _report(tables):
        print(line)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Scans read by thaikpi and by plain Tesseract.")
    parser.add_argument("--pages", default="p1,p2,p3")
    parser.add_argument("--dpi", default="200,300")
    parser.add_argument("--conditions", default=CONDITIONS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--every", type=int, default=1, help="only every Nth image")
    parser.add_argument("--alone", action="store_true", help="without Tesseract")
    return parser.parse_args()


def _load(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scans", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _thaikpi(image: Path) -> tuple[str, float]:
    from extract.ocr.reader import read_image

    start = time.process_time()
    text = "\n".join(page.text for page in read_image(image.read_bytes()))
    return text, time.process_time() - start


def _tesseract(image: Path) -> tuple[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["tesseract", str(image), "-", "-l", "tha+eng", "--psm", "3"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return run.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _score(scans: ModuleType, images: list[Path], read: Callable[[Path], tuple[str, float]]) -> Sums:
    read(images[0])  # models are loaded before the clock runs
    sums: Sums = defaultdict(lambda: defaultdict(float))
    for image in images:
        base, condition, _ = image.stem.split("__")
        text, seconds = read(image)
        counts = {"pages": 1.0, "seconds": seconds, **_counted(scans, scans.normal(scans.page_text(base)), scans.normal(text))}
        for group in (condition, "all"):
            for key, value in counts.items():
                sums[group][key] += value
    return sums


def _counted(scans: ModuleType, spaced: str, got: str) -> dict[str, float]:
    """Error rate and exact numbers of a page, as scans.py counts them: white space does not count."""
    gold, got = re.sub(r"\s", "", spaced), re.sub(r"\s", "", got)
    kept = dict(_equal(gold, got))
    used = set(kept.values())
    out: dict[str, float] = defaultdict(float, cer=Levenshtein.distance(gold, got) / max(1, len(gold)))
    for token in scans.NUMBER.finditer(spaced):
        start = len(re.sub(r"\s", "", spaced[: token.start()]))
        places = [kept.get(k) for k in range(start, start + len(token.group()))]
        whole = None not in places and places[-1] - places[0] == len(places) - 1  # type: ignore[operator]
        beside = () if not whole else (places[0] - 1, places[-1] + 1)  # type: ignore[operator]
        whole = whole and not any(0 <= k < len(got) and got[k].isdigit() and k not in used for k in beside)
        kind = "thai" if scans.THAI_DIGIT.search(token.group()) else "arabic"
        out[kind] += 1
        out[f"{kind} exact"] += bool(whole)
    return out


def _equal(gold: str, got: str) -> Iterator[tuple[int, int]]:
    for op in Levenshtein.opcodes(gold, got):
        if op.tag == "equal":
            yield from zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)


def _report(tables: dict[str, Sums]) -> Iterator[str]:
    yield "| condition | pages | " + " | ".join(f"{n}: CER % | Arabic % | Thai % | s" for n in tables) + " |"
    yield "|---|---|" + "---|---|---|---|" * len(tables)
    for group in next(iter(tables.values())):
        if group != "all":
            yield _row(group, tables)
    yield _row("all", tables)


def _row(group: str, tables: dict[str, Any]) -> str:
    cells = []
    for sums in tables.values():
        s = sums[group]
        exact = [100 * s[f"{k} exact"] / s[k] if s[k] else float("nan") for k in ("arabic", "thai")]
        cells.append(f"{100 * s['cer'] / s['pages']:.2f} | {exact[0]:.1f} | {exact[1]:.1f} | {s['seconds'] / s['pages']:.2f}")
    return f"| {group} | {next(iter(tables.values()))[group]['pages']:.0f} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
