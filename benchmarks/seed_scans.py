"""`python benchmarks/seed_scans.py [--dpi 200] [--how rgb|jpeg] [--every N] [NAME …]`: facts of the real report.

Every `strict__*.pdf` of ../shared (the report set by forty programs, in ten fonts) is drawn, read as a picture and matched.
Counted are the facts of tests/thaikpi/test_records_seed.py and the indicator's level, which only the boxes' marks tell; every
miss is named.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared" / "data" / "textlayer" / "pdf"
LEVEL = ("/indicator/level", "output")
JPEG_QUALITY = 60


def main() -> int:
    options = _options()
    files = sorted(FOLDER.glob("strict__*.pdf"))
    if not files:
        print(f"needs {FOLDER}, which is not part of the repository", file=sys.stderr)
        return 2
    facts = {**{pointer: expected for pointer, (expected, _) in _facts().items()}, LEVEL[0]: LEVEL[1]}
    files = [file for file in files if not options.names or any(name in file.name for name in options.names)][:: options.every]
    missed = 0
    for file in files:
        wrong = list(_wrong(file, facts, options))
        missed += len(wrong)
        print(f"{file.stem}: {len(facts) - len(wrong)} of {len(facts)}", *(f"    {line}" for line in wrong), sep="\n", flush=True)
    total = len(files) * len(facts)
    share = (total - missed) / total
    print(f"{total - missed} of {total} facts ({share:.4f}) out of {len(files)} files at {options.dpi} dpi, {options.how}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The real report's facts out of pictures of its PDFs.")
    parser.add_argument("names", nargs="*", help="parts of file names")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--how", choices=("rgb", "jpeg"), default="rgb", help="jpeg: grey, of quality 60")
    parser.add_argument("--every", type=int, default=1, help="only every Nth file")
    return parser.parse_args()


def _facts() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("seed", ROOT / "tests" / "thaikpi" / "test_records_seed.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["seed"] = module
    spec.loader.exec_module(module)
    return dict(module.FACTS)


def _wrong(file: Path, facts: dict[str, Any], options: argparse.Namespace) -> Iterator[str]:
    from extract.forms.load import load_forms
    from schemas.document import Document
    from thaikpi.export.explain import at
    from thaikpi.records import read_records

    pages = tuple(_pages(file, options))
    document = Document(file=file.name, sha256="0" * 64, media_type="application/pdf", pages=pages)
    records = read_records(document, load_forms()).records
    if len(records) != 1:
        yield from (f"{pointer}: {len(records)} records" for pointer in facts)
        return
    tree = msgspec.to_builtins(records[0])
    for pointer, expected in facts.items():
        found = at(tree, pointer)
        if isinstance(expected, dict) and isinstance(found, dict):
            found = {key: found.get(key) for key in expected}
        if found != expected:
            yield f"{pointer}: {found!r}"


def _pages(file: Path, options: argparse.Namespace) -> Iterator[Any]:
    from msgspec.structs import replace

    from extract.ocr.pdfpages import render
    from extract.ocr.reader import read_picture
    from extract.pdf.opening import opened

    with opened(file.read_bytes()) as document:
        for number in range(len(document)):
            picture = _degraded(render(document[number], options.dpi), options.how)
            yield replace(read_picture(picture, options.dpi), number=number + 1)


def _degraded(picture: NDArray[np.uint8], how: str) -> NDArray[np.uint8]:
    if how == "rgb":
        return picture
    from PIL import Image

    packed = io.BytesIO()
    Image.fromarray(picture).convert("L").save(packed, "JPEG", quality=JPEG_QUALITY)
    return np.asarray(Image.open(packed), np.uint8)


if __name__ == "__main__":
    sys.exit(main())
