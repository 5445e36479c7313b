"""`thaikpi extract FILE …`: records on standard output, messages on standard error."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from schemas.outcome import Outcome, Status
from schemas.record import Record
from thaikpi.batch import gather
from thaikpi.batch.gather import Named
from thaikpi.batch.guard import Guard
from thaikpi.batch.progress import Reporter, one_line
from thaikpi.batch.writing import output_errors
from thaikpi.commands.options import reading_arguments, settings_of
from thaikpi.export import tables
from thaikpi.export.cells import Table
from thaikpi.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="reports: PDF, DOCX, HTML, text, zip archives, or folders"
    )
    parser.add_argument("--format", choices=("json", "jsonl", "csv"), default="json", help="of the records (default: json)")
    parser.add_argument("--explain", action="store_true", help="show how each value was found, instead of the records")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="cut the places of uncertain numbers out of their pages")
    reading_arguments(parser)


def run(options: argparse.Namespace) -> int:
    settings = settings_of(options)
    outcomes = list(_outcomes(options.paths, settings, Reporter(options.lang, quiet=not sys.stderr.isatty())))
    for outcome in outcomes:
        if outcome.status is not Status.READ:
            print(one_line(outcome, options.lang), file=sys.stderr)
    if options.picture:
        _draw(outcomes, options)
    if options.explain:
        from thaikpi.export.explain import explain

        explain(outcomes, options.lang)
    else:
        _write([record for outcome in outcomes for record in outcome.records], options.format)
    return max((outcome.status.exit_code for outcome in outcomes), default=0)


def _outcomes(paths: Iterable[Path], settings: Settings, reporter: Reporter) -> Iterable[Outcome]:
    """What became of every file given, by name; identical bytes once."""
    with output_errors(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="thaikpi-") as folder:
        scratch, places = Path(folder), dict[str, Path]()

        def keep(path: Path, sha256: str) -> None:
            places.setdefault(sha256, path)

        def place(sha256: str) -> Path:
            return places.get(sha256) or scratch / sha256

        with Guard(settings, scratch) as guard:
            inputs = gather.hashed(gather.files_given(paths), settings.limits, keep)
            everything = gather.named(gather.with_members(inputs, guard, place))
            documents = [one.task(place) for one in everything if one.is_document]
            answers: dict[str, Outcome] = {}
            with reporter.reading(len(documents)) as progress:
                for task, answer in guard.read(documents, progress.page):
                    assert answer.outcome is not None  # a worker that reads always has one
                    answers[task.file] = answer.outcome
                    progress.done(task, answer.outcome)
            yield from (_outcome(one, answers) for one in everything if one.duplicate_of is None)


def _draw(outcomes: list[Outcome], options: argparse.Namespace) -> None:
    """The sheet of snippets, or a word that there is nothing to show."""
    from thaikpi.export.snippets import sheet_of

    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in options.paths if path.is_file()}
    sheet = sheet_of(outcomes, files)
    if sheet is None:
        th, en = "ไม่มีตัวเลขที่น่าสงสัยบนหน้าเอกสาร ไม่ได้สร้างภาพ", "no uncertain number has a place on a page: no picture made"
        print(th if options.lang == "th" else en, file=sys.stderr)
        return
    with output_errors(options.picture):
        sheet.save(options.picture, "PNG")


def _outcome(one: Named, answers: dict[str, Outcome]) -> Outcome:
    return answers[one.file] if one.is_document else one.outcome_unread()


def _write(records: list[Record], style: str) -> None:
    if style == "csv":
        table = Table(sys.stdout, tables.COLUMNS["indicators"])
        for record in records:
            table.add(tables.indicator_row(record))
    elif style == "jsonl":
        for record in records:
            print(msgspec.json.encode(record).decode())
    else:
        print(msgspec.json.format(msgspec.json.encode(records), indent=2).decode())
