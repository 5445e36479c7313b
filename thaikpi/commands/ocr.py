"""`thaikpi ocr FILE --pdf OUT.pdf`: a scan as a searchable PDF, its own pages with the reading as invisible text.

Pages with a usable text layer stay as they are. Progress goes to standard error, a line a page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thaikpi.commands.opening import opened_file
from thaikpi.errors import Exit, UserError

if TYPE_CHECKING:
    from extract.source import Opened
    from schemas.document import Page

PDF = "application/pdf"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a scan: PDF, PNG, JPEG, WebP or TIFF")
    parser.add_argument("--pdf", type=Path, metavar="OUT.pdf", required=True, help="searchable PDF to write")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(options: argparse.Namespace) -> int:
    from extract.errors import DocumentError

    try:
        return _convert(_opened(options.file), options)
    except DocumentError as error:
        from thaikpi.messages import message

        thai, english = message(error.status, error.reason, error.detail)
        print(f"{options.file}: {thai if options.lang == 'th' else english}", file=sys.stderr)
        return int(Exit.UNREAD)


def _opened(path: Path) -> Opened:
    """Raises UserError when there is no such file or it is no scan, DocumentError when it cannot be opened."""
    from extract.pages import PICTURES

    opened = opened_file(path)
    if opened.media_type != PDF and opened.media_type not in PICTURES:
        raise UserError(
            Exit.USAGE, f"{path} ไม่ใช่ PDF หรือไฟล์ภาพ ใช้ thaikpi text แทน", f"{path} is no PDF or picture: use thaikpi text."
        )
    return opened


def _convert(opened: Opened, options: argparse.Namespace) -> int:
    from extract.ocr.searchable import searchable_pdf, searchable_picture
    from extract.pages import read_pages

    if options.pdf.exists() and options.pdf.resolve() == options.file.resolve():
        raise UserError(Exit.USAGE, "ไฟล์ผลต้องไม่ใช่ไฟล์เดิม", "The searchable PDF must not replace the scan: choose another name.")
    pages = list(_told(read_pages(opened.data, opened.media_type), options))
    write = searchable_pdf if opened.media_type == PDF else searchable_picture
    try:
        write(opened.data, pages, options.pdf)
    except OSError as error:
        raise UserError(Exit.OUTPUT, f"เขียนไฟล์ {options.pdf} ไม่ได้: {error}", f"Cannot write {options.pdf}: {error}") from error
    unread = [page for page in pages if page.reading is None]
    return int(Exit.UNREAD if unread else Exit.OK)


def _told(pages: Iterator[Page], options: argparse.Namespace) -> Iterator[Page]:
    """Pages as they come; each is named on standard error, one that cannot be read always."""
    for page in pages:
        if page.reading is None or not options.quiet:
            print(_progress(page, options), file=sys.stderr, flush=True)
        yield page


def _progress(page: Page, options: argparse.Namespace) -> str:
    how = {
        "ocr": (f"อ่านจากภาพ {len(page.lines)} บรรทัด", f"{len(page.lines)} lines read from its picture"),
        "text": ("มีชั้นข้อความอยู่แล้ว", "has a text layer"),
        None: (f"อ่านไม่ได้ ({page.problem})", f"was not read ({page.problem})"),
    }[page.reading]
    if options.lang == "th":
        return f"{options.file}: หน้า {page.number or 1}: {how[0]}"
    return f"{options.file}: page {page.number or 1}: {how[1]}"
