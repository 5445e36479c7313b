"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from thaikpi import form_folders
from thaikpi.errors import Exit, UserError
from thaikpi.settings import Settings, Trust

if TYPE_CHECKING:
    from extract.ocr.tesseract import Tesseract

forms_of = form_folders.checked


def jobs(text: str) -> int:
    """A number of processes, 1 to 256."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"--jobs needs a number from 1 to 256, not {text!r}")
    return int(text)


def reading_arguments(parser: argparse.ArgumentParser) -> None:
    """How documents are read; settings_of takes them."""
    parser.add_argument("--jobs", type=jobs, default=1, metavar="N", help="documents read at the same time (default: 1)")
    parser.add_argument(
        "--forms", action="append", type=Path, default=[], metavar="DIR", help="folder with an office's own forms"
    )
    parser.add_argument(
        "--second-reader",
        metavar="TESSERACT",
        help="compare the Arabic numbers of scans with what this program (tesseract, or its path) reads; doubles their time",
    )
    parser.add_argument(
        "--doubt-below", type=_share, default=Trust().below, metavar="P",
        help=f"call numbers of scans uncertain below this confidence (default: {Trust().below}; prices in docs/confidence.md)",
    )  # fmt: skip


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"--doubt-below needs a number from 0 to 1, not {text!r}")
    return share


def settings_of(options: argparse.Namespace) -> Settings:
    """Raises UserError where a folder of forms or the second reader cannot be used."""
    return Settings(
        forms=forms_of(options.forms),
        jobs=options.jobs,
        second_reader=second_reader(options.second_reader),
        trust=Trust(below=options.doubt_below),
    )


def second_reader(asked: str | None) -> Tesseract | None:
    """The program that was asked for. Raises UserError where it cannot be used."""
    if asked is None:
        return None
    from extract.ocr.tesseract import SecondReaderError, find_tesseract

    try:
        return find_tesseract(asked)
    except SecondReaderError as error:
        thai, english = {
            "missing": ("ไม่พบโปรแกรม", "no such program"),
            "languages": (f"ไม่มีข้อมูลภาษา {error.detail}", f"it has no language data for {error.detail}"),
        }.get(error.reason, ("โปรแกรมทำงานไม่ได้", f"it does not run ({error.detail})"))
        raise UserError(
            Exit.USAGE, f"ใช้ --second-reader {asked} ไม่ได้: {thai}", f"--second-reader {asked} cannot be used: {english}."
        ) from error
