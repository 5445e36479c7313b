"""Speed of reading text layers, as ratios in one run: ours against pdfium's bare text and against pdfplumber.

    python benchmarks/textlayer.py PDF_OR_FOLDER … [--rounds 3] [--memory]

Each round reads the same pages four ways, one after the other, in this one process: pdfium's own text (get_text_range: the
speed limit; no Thai cluster of it can be trusted), ours with the C loop, ours through ctypes, pdfplumber's extract_text on
every tenth page. Counted is processor time; the best round stands. Ours is complete: positions, rules, check boxes, repair
and verdict. --memory: peak memory of reading 600 and 3,000 pages made of the given ones, each in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium

PLUMBER_STEP = 10  # every so many pages for pdfplumber, which takes 90 ms a page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--read", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    files = [f for path in options.paths for f in (sorted(path.glob("**/*.pdf")) if path.is_dir() else [path])]
    documents = [file.read_bytes() for file in files]
    if options.read:
        _read_many(documents, options.read)
    elif documents:
        _speed(documents, options.rounds)
        if options.memory:
            _memory(options.paths)


def _speed(documents: list[bytes], rounds: int) -> None:
    from extract.pdf import bulk

    pages = sum(_bare(data) for data in documents)
    built = bulk.load().library is not None
    ways: dict[str, Callable[[bytes], int]] = {"pdfium, bare": _bare, "ours": _ours, "ours, ctypes": _through_ctypes}
    best = dict.fromkeys((*ways, "pdfplumber"), float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            best[name] = min(best[name], _timed(way, documents))
        best["pdfplumber"] = min(best["pdfplumber"], _plumber_seconds(documents) * pages)
    bare = best["pdfium, bare"]
    print(f"{len(documents)} documents, {pages} pages, best of {rounds} rounds; C loop {'used' if built else 'not built'}")
    for name, seconds in best.items():
        print(f"{name:13} {1000 * seconds / pages:7.2f} ms a page {pages / seconds:7.1f} pages/s  {bare / seconds:5.3f} of bare")
    print(f"ours / pdfplumber: {best['pdfplumber'] / best['ours']:.1f} times as fast")


def _timed(way: Callable[[bytes], int], documents: list[bytes]) -> float:
    start = time.process_time()
    for data in documents:
        way(data)
    return time.process_time() - start


def _bare(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def _ours(data: bytes) -> int:
    from extract.pdf.reader import read_pdf

    return sum(1 for _ in read_pdf(data))


def _through_ctypes(data: bytes) -> int:
    before = os.environ.get("THAIKPI_BULK")
    os.environ["THAIKPI_BULK"] = "ctypes"
    try:
        return _ours(data)
    finally:
        os.environ.pop("THAIKPI_BULK")
        if before is not None:
            os.environ["THAIKPI_BULK"] = before


def _plumber_seconds(documents: list[bytes]) -> float:
    """Seconds a page, opening included."""
    import pdfplumber

    start, count = time.process_time(), 0
    at = 0
    for data in documents:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                if at % PLUMBER_STEP == 0:
                    page.extract_text()
                    count += 1
                page.close()
                at += 1
    return (time.process_time() - start) / count


def _memory(paths: list[Path]) -> None:
    peaks = {}
    for pages in (600, 3000):
        command = [sys.executable, __file__, *map(str, paths), "--read", str(pages)]
        peaks[pages] = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    times = peaks[3000] / peaks[600]
    print(f"peak memory: {peaks[600]:.0f} MB for 600 pages, {peaks[3000]:.0f} MB for 3,000 ({times:.2f} times)")


def _read_many(documents: list[bytes], pages: int) -> None:
    """Read one document of so many pages made of the given ones, and print the peak memory in MB."""
    import resource

    import pikepdf

    made, given = pikepdf.new(), [pikepdf.open(io.BytesIO(data)) for data in documents[:4]]
    sources = [page for document in given for page in document.pages]
    for index in range(pages):
        made.pages.append(sources[index % len(sources)])
    target = io.BytesIO()
    made.save(target)
    data = target.getvalue()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    del made, given, sources, target, documents
    _ours(data)
    print(max(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024)


if __name__ == "__main__":
    main()
