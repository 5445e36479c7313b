"""A run of `thaikpi ingest`: gather what was given, read what the journal does not hold yet, write every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import DocumentError
from extract.source import Given
from schemas.outcome import Outcome, Status
from thaikpi import form_folders
from thaikpi.batch import gather
from thaikpi.batch.gather import Named
from thaikpi.batch.guard import Guard
from thaikpi.batch.progress import Reporter
from thaikpi.batch.version import reading_version
from thaikpi.batch.workspace import Workspace, opened
from thaikpi.batch.writing import output_errors
from thaikpi.export.outputs import Outputs
from thaikpi.settings import Settings


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. statuses: of every file given in this run. kept: documents that need not be read again."""

    statuses: Counter[Status]
    records: int
    findings: int
    read: int
    kept: int

    @property
    def exit_code(self) -> int:
        return max((status.exit_code for status in self.statuses), default=0)


def ingest(paths: Sequence[Path], folder: Path, settings: Settings, reporter: Reporter, *, again: bool = False) -> Summary:
    """Reads the paths into the workspace. again: read also what was read before. Raises UserError."""
    with output_errors(folder), opened(folder) as workspace:
        settings = replace(settings, forms=(*settings.forms, *form_folders.checked(workspace.forms)))
        given = _outside(gather.files_given(paths), workspace.folder)
        with Guard(settings, workspace.scratch) as guard:
            everything = _noted(given, paths, workspace, guard, settings)
            version = reading_version(settings.forms, settings.second_reader, settings.trust)
            known = {} if again else workspace.journal.versions()
            documents = [one for one in everything if one.is_document]
            pending = [one for one in documents if known.get((one.input.sha256, one.file)) != version]
            _read(pending, workspace, guard, version, reporter)
            workspace.originals_kept()
        workspace.journal.forget_except({(one.input.sha256, one.file) for one in documents})
        keys = {one.key for one in given}
        counts = _write(everything, workspace, reporter.language, keys)
        return replace(counts, read=len(pending), kept=len(documents) - len(pending))


def _outside(given: list[Given], folder: Path) -> list[Given]:
    """Without the workspace's own files, when it lies inside a folder that was given."""
    return [one for one in given if folder.resolve() not in one.path.resolve().parents]


def _noted(given: list[Given], paths: Sequence[Path], workspace: Workspace, guard: Guard, settings: Settings) -> list[Named]:
    """Hashes, keeps and unpacks what was given, notes it in the journal; everything that the workspace holds, by name."""

    def keep(path: Path, sha256: str) -> None:
        try:
            source = path.open("rb")
        except OSError as error:
            raise DocumentError(Status.DAMAGED, "cannot-open", str(error.strerror)) from error
        try:
            with source:
                workspace.keep(source, sha256)
        except ValueError as error:
            raise DocumentError(Status.DAMAGED, "changed-while-read") from error

    inputs = gather.with_members(gather.hashed(given, settings.limits, keep), guard, workspace.place)
    for one in inputs:
        if one.member and one.sha256:
            workspace.keep_spooled(one.sha256)
    before = workspace.journal.inputs()
    roots = [Given(path.absolute(), (), 0).key for path in paths]
    gone = {one.key for one in before if any(one.key == root or one.key.startswith(root.rstrip("/") + "/") for root in roots)}
    depths = {one.key: one.depth for one in before}  # a file given alone keeps the name that its folder gave it
    inputs = [replace(one, depth=max(one.depth, depths.get(one.key, 0))) for one in inputs]
    workspace.journal.replace_inputs(inputs, gone)
    return gather.named(workspace.journal.inputs())


def _read(pending: list[Named], workspace: Workspace, guard: Guard, version: str, reporter: Reporter) -> None:
    with reporter.reading(len(pending)) as progress:
        # a long one begun last would leave the other workers idle
        largest_first = sorted(pending, key=lambda one: -one.input.bytes)
        tasks = (one.task(workspace.place) for one in largest_first)
        for task, answer in guard.read(tasks, progress.page):
            assert answer.outcome is not None  # a worker that reads always has one
            workspace.wait_for(task.sha256)
            workspace.journal.save(answer.outcome, version, answer.trace)
            progress.done(task, answer.outcome)


def _write(everything: list[Named], workspace: Workspace, language: str, keys: set[str]) -> Summary:
    """All outputs at once; counts the files of this run."""
    members = Counter[str]()
    statuses, totals = Counter[Status](), Counter[str]()
    outcomes = {one.file: one for one in everything}
    for one in everything:
        if one.input.member and one.is_document:
            members[one.input.key] += len(_outcome(one, workspace, outcomes).records)
    with workspace.outputs() as folder, Outputs(folder, language) as outputs:
        for one in everything:
            outcome = _outcome(one, workspace, outcomes)
            records = members[one.input.key] if one.input.archive and not one.duplicate_of else len(outcome.records)
            outputs.add_document(one.file, outcome, 0 if one.duplicate_of else records, one.duplicate_of)
            if one.is_document:
                outputs.add_contents(outcome)
                totals["records"] += len(outcome.records)
                totals["findings"] += len(outcome.findings)
            statuses[outcome.status] += one.input.key in keys
    return Summary(+statuses, totals["records"], totals["findings"], 0, 0)


def _outcome(one: Named, workspace: Workspace, by_name: dict[str, Named]) -> Outcome:
    first = by_name[one.duplicate_of] if one.duplicate_of else one
    if not first.is_document:
        return first.outcome_unread()
    outcome = workspace.journal.outcome(first.input.sha256, first.file)
    assert outcome is not None  # every document was read before anything is written
    return outcome
