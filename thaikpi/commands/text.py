"""`thaikpi text FILE`: the repaired text of any input, a page's line a line, pages separated by a form feed.

A page that could not be read prints nothing and is named on standard error; exit code 3. A blank page counts as read.
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

PAGE_BREAK = "\f"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a report: PDF, picture, DOCX, HTML, Markdown or text")
    parser.add_argument("--positions", action="store_true", help="JSON, a page a line, with the box of every line and character")
    parser.add_argument("--raw", action="store_true", help="as the file says, before repair")
    parser.add_argument(
        "--picture", type=Path, metavar="PNG", help="draw lines, clusters, tables and repairs on the pages (page 2: PNG-2.png …)"
    )


def run(options: argparse.Namespace) -> int:
    from extract.errors import DocumentError

    try:
        return _print(opened_file(options.file), options)
    except DocumentError as error:
        from thaikpi.messages import message

        thai, english = message(error.status, error.reason, error.detail, media_type=error.detail)
        print(f"{options.file}: {thai if options.lang == 'th' else english}", file=sys.stderr)
        return int(Exit.UNREAD)


def _print(opened: Opened, options: argparse.Namespace) -> int:
    """Pages as they come, so that memory stays flat and a long document begins at once."""
    unread: list[Page] = []
    first = True
    for page in _pages(opened):
        if page.reading is None:
            unread.append(page)
        text = _json(page, options.raw) if options.positions else _text(page, options.raw)
        sys.stdout.write(text if first or options.positions else PAGE_BREAK + text)
        first = False
        if options.picture is not None:
            _draw(page, opened, options)
    sys.stdout.flush()
    for page in unread:
        print(_complaint(page, options), file=sys.stderr)
    return int(Exit.UNREAD if unread else Exit.OK)


def _pages(opened: Opened) -> Iterator[Page]:
    from extract.pages import read_pages

    return read_pages(opened.data, opened.media_type)


def _text(page: Page, raw: bool) -> str:
    return "".join(f"{line.printed if raw else line.text}\n" for line in page.lines)


def _json(page: Page, raw: bool) -> str:
    """A page as one line of JSON: `schemas.document.Page`, before repair with the text as printed."""
    import msgspec

    if raw:
        lines = tuple(msgspec.structs.replace(line, text=line.printed, source=None, repairs=()) for line in page.lines)
        page = msgspec.structs.replace(page, lines=lines)
    return msgspec.json.encode(page).decode() + "\n"


def _draw(page: Page, opened: Opened, options: argparse.Namespace) -> None:
    if page.number is None or opened.media_type != "application/pdf":
        raise UserError(Exit.USAGE, "--picture ใช้ได้กับ PDF เท่านั้น", "--picture draws on the pages of a PDF only.")
    from extract.picture import picture_of
    from extract.tables import find_tables

    target: Path = options.picture
    if page.number > 1:
        target = target.with_name(f"{target.stem}-{page.number}{target.suffix or '.png'}")
    try:
        picture_of(opened.data, find_tables(page)).save(target)
    except (OSError, ValueError) as error:
        raise UserError(Exit.OUTPUT, f"เขียนไฟล์ {target} ไม่ได้: {error}", f"Cannot write {target}: {error}") from error


def _complaint(page: Page, options: argparse.Namespace) -> str:
    why = {
        "text-layer-hopeless": ("ชั้นข้อความเสียหายจนใช้ไม่ได้", "its text layer is damaged beyond repair"),
        "no-readable-text": ("เป็นภาพที่ไม่มีข้อความอ่านได้", "its picture shows no text that can be read"),
        "text-layer-absent": ("ไม่มีชั้นข้อความ (เป็นภาพ)", "it has no text layer (a picture)"),
    }.get(page.problem or "", (page.problem or "อ่านไม่ได้", page.problem or "it could not be read"))
    if options.lang == "th":
        return f"{options.file}: หน้า {page.number or 1} อ่านไม่ได้: {why[0]}"
    return f"{options.file}: page {page.number or 1} was not read: {why[1]}"
