"""`thaikpi forms`: lists the known forms; `check` validates form files; `try` shows what each rule finds in a report."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thaikpi.errors import Exit, UserError

if TYPE_CHECKING:
    from schemas.document import Document
    from schemas.form import Form


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    folders: dict[str, Any] = {"action": "append", "type": Path, "metavar": "DIR", "help": "folder with an office's own forms"}
    parser.add_argument("--forms", default=[], **folders)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="the known forms (the default)")
    listing.add_argument("--forms", default=argparse.SUPPRESS, **folders)
    check = actions.add_parser("check", help="validate form files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE.yaml")
    trial = actions.add_parser("try", help="show what each rule of a form finds in a report")
    trial.add_argument("form", type=Path, metavar="FILE.yaml")
    trial.add_argument("report", type=Path, metavar="REPORT")
    trial.add_argument("--picture", type=Path, metavar="OUT.png", help="draw what was found on the report's pages (PDF)")
    for action in (listing, check, trial):  # the language may be named before or behind the action
        action.add_argument("--lang", choices=("th", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Raises UserError for a form or report that cannot be used."""
    if options.action == "check":
        return _check(options.files, options.lang)
    if options.action == "try":
        return _try(options)
    return _list(options.forms, options.lang)


def _list(folders: Sequence[Path], language: str) -> int:
    from extract.forms.load import load_forms
    from thaikpi.commands.options import forms_of

    for form in load_forms(*forms_of(folders)):
        print(f"{form.id:24} {form.title.th if language == 'th' else form.title.en}")
    return int(Exit.OK)


def _check(files: Sequence[Path], language: str) -> int:
    for path in files:
        form = _form(path)
        parts = len(form.sections) if form.record.rows is None else len(form.record.rows.columns)
        if language == "th":
            print(f"{path}: ใช้ได้ ({form.id}, {parts} ส่วน)")
        else:
            print(f"{path}: valid ({form.id}, {parts} {'sections' if form.record.rows is None else 'columns'})")
    return int(Exit.OK)


def _try(options: argparse.Namespace) -> int:
    form, document = _form(options.form), _document(options.report)
    if form.record.rows is not None:
        from thaikpi.records import read_records

        reading = read_records(document, [form])
        print(f"{form.id}: {len(reading.records)} records" if reading.records else f"{form.id}: {reading.nearest}")
        return int(Exit.OK)
    from thaikpi.formtrial import draw_trial, report_trial, try_form

    trial = try_form(document, form)
    print(report_trial(trial, options.lang))
    if options.picture:
        if document.media_type != "application/pdf":
            raise UserError(
                Exit.USAGE,
                f"--picture วาดได้เฉพาะบน PDF ไม่ใช่ {document.media_type}",
                f"--picture draws on PDF pages only, not on {document.media_type}.",
            )
        draw_trial(trial, options.report.read_bytes(), options.picture)
    return int(Exit.OK)


def _form(path: Path) -> Form:
    from extract.forms.load import FormError, load_form

    try:
        return load_form(path)
    except FormError as error:
        where = f"{error.path}:{error.line}"
        raise UserError(
            Exit.USAGE, f"แบบรายงานใช้ไม่ได้ {where}: {error.reason_th}", f"Broken form {where}: {error.reason_en}"
        ) from None


def _document(path: Path) -> Document:
    from extract.errors import DocumentError
    from extract.pages import read_pages
    from extract.source import Source, open_source
    from schemas.document import Document
    from thaikpi.messages import message

    try:
        opened = open_source(Source(path.name, path.read_bytes()))
        pages = tuple(read_pages(opened.data, opened.media_type))
    except OSError as error:
        raise UserError(Exit.USAGE, f"เปิด {path} ไม่ได้: {error.strerror}", f"{path} cannot be opened: {error.strerror}") from error
    except DocumentError as error:
        thai, english = message(error.status, error.reason, error.detail)
        raise UserError(Exit.UNREAD, f"{path}: {thai}", f"{path}: {english}") from error
    return Document(file=opened.file, sha256=opened.sha256, media_type=opened.media_type, pages=pages)
