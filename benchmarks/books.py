"""How long a whole budget book takes (text, tables, records), as a ratio to pdfplumber's text and tables in the same run.

    python benchmarks/books.py [FILE.pdf …]      default: one book of ../shared, where that is

Times are processor seconds of this process, so that other work on the machine hardly counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2] / "shared" / "data" / "district-books" / "pdf" / "65026.pdf"
GOAL = 6.0  # times faster


def own(path: Path) -> int:
    """Pages read, tables found, records made with their provenance."""
    from extract.forms.load import load_forms
    from extract.pdf.reader import read_pdf
    from schemas.document import Document
    from thaikpi.records import read_records

    document = Document(file=path.name, sha256="0" * 64, media_type="application/pdf", pages=tuple(read_pdf(path.read_bytes())))
    return len(read_records(document, load_forms()).records)


def pdfplumber(path: Path) -> int:
    """pdfplumber's text and tables of every page, nothing made of them."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return sum(len(page.extract_text()) + len(page.extract_tables()) for page in document.pages)


def seconds(run: Callable[[Path], int], path: Path) -> tuple[float, int]:
    started = time.process_time()
    made = run(path)
    return time.process_time() - started, made


def main(arguments: list[str]) -> int:
    paths = [Path(argument) for argument in arguments] or [BOOK]
    if missing := [path for path in paths if not path.exists()]:
        print(f"no such file: {missing[0]} (give a budget book as argument)", file=sys.stderr)
        return 2
    own(paths[0])  # imports, vocabularies and the form files are read once, not a book
    worst = 1e9
    for path in paths:
        mine, records = seconds(own, path)
        theirs, _ = seconds(pdfplumber, path)
        worst = min(worst, theirs / mine)
        times = f"{records} records in {mine:.2f} s, pdfplumber's text and tables {theirs:.2f} s"
        print(f"{path.name}: {times}: {theirs / mine:.1f} x")
    print(f"least {worst:.1f} x (goal {GOAL:.0f} x)")
    return 0 if worst >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
