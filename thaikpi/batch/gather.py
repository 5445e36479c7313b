"""Everything that was given, named and hashed, archives unpacked: the inputs of a run before any is read."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import DocumentError
from extract.limits import Limits
from extract.media_types import ZIP, extension_type
from extract.source import Given, check_file, given_files, names_of, sha256_of
from schemas.outcome import Outcome, Status
from thaikpi.batch.guard import Guard
from thaikpi.batch.task import Answer, Input, Task, UnpackedMember
from thaikpi.decision import refused
from thaikpi.errors import Exit, UserError
from thaikpi.messages import message

Keep = Callable[[Path, str], None]  # (file, sha256): makes its bytes last


def files_given(paths: Iterable[Path]) -> list[Given]:
    """Every file below the paths. Raises UserError for a path that does not exist."""
    try:
        return given_files(paths)
    except FileNotFoundError as error:
        path = error.args[0]
        raise UserError(
            Exit.USAGE, f"ไม่พบ {path} โปรดตรวจชื่อไฟล์หรือโฟลเดอร์", f"{path} does not exist. Check the name of the file or folder."
        ) from None


def hashed(given: Iterable[Given], limits: Limits, keep: Keep) -> list[Input]:
    """One input a file; `keep` is told of every file that can be read."""
    return [_hashed(one, limits, keep) for one in given]


def _hashed(one: Given, limits: Limits, keep: Keep) -> Input:
    digest, size = "", 0
    try:
        size = check_file(one.path, limits)
        digest = sha256_of(one.path)
        keep(one.path, digest)
        return Input(one.key, "", one.shown, one.depth, False, digest, size)
    except DocumentError as problem:
        size = one.path.stat().st_size if problem.status is Status.TOO_LARGE else size
        return Input(one.key, "", one.shown, one.depth, False, digest, size, problem)


def with_members(inputs: Sequence[Input], guard: Guard, place: Callable[[str], Path]) -> list[Input]:
    """The inputs, each archive followed by its members. place: where the bytes of a hash lie."""
    archives = {one.sha256: one for one in reversed(inputs) if one.problem is None and _looks_packed(place(one.sha256))}
    tasks = [Task(one.shown[-1], place(sha256), sha256, one.bytes) for sha256, one in sorted(archives.items())]
    answers = {task.sha256: answer for task, answer in guard.unpack(tasks)}
    if full := next((answer for answer in answers.values() if answer.disk_full), None):
        raise OSError(errno.ENOSPC, full.trace)
    return [found for one in inputs for found in _unpacked(one, answers.get(one.sha256, Answer()))]


def _looks_packed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:  # gone since it was hashed: its reader will say so
        return False


def _unpacked(one: Input, answer: Answer) -> list[Input]:
    if answer.outcome is not None:  # the archive itself failed
        problem = DocumentError(answer.outcome.status, answer.outcome.reason or "zip")
        return [Input(one.key, "", one.shown, one.depth, True, one.sha256, one.bytes, problem)]
    if answer.members is None:
        return [one]
    archive = Input(one.key, "", one.shown, one.depth, True, one.sha256, one.bytes)
    return [archive, *(_member(one, member) for member in answer.members)]


def _member(one: Input, member: UnpackedMember) -> Input:
    problem = DocumentError(member.status, member.reason or "", member.detail) if member.status else None
    return Input(one.key, member.name, one.shown, one.depth, False, member.sha256, member.bytes, problem)


@dataclass(frozen=True, slots=True)
class Named:
    """An input under its name in the output. duplicate_of: the name under which its bytes are read."""

    file: str
    input: Input
    duplicate_of: str | None = None

    @property
    def is_document(self) -> bool:
        """Whether its bytes are to be read under this name."""
        return self.duplicate_of is None and self.input.problem is None and not self.input.archive

    def task(self, place: Callable[[str], Path]) -> Task:
        return Task(self.file, place(self.input.sha256), self.input.sha256, self.input.bytes)

    def outcome_unread(self) -> Outcome:
        """The outcome of an input that is not read: an archive, or one with a problem."""
        kind = ZIP if self.input.archive else extension_type(self.file)
        if self.input.problem is not None:
            return refused(self.file, self.input.problem, self.input.sha256, self.input.bytes, kind)
        thai, english = message(Status.READ, None)
        return Outcome(
            file=self.file,
            sha256=self.input.sha256,
            bytes=self.input.bytes,
            media_type=ZIP,
            status=Status.READ,
            message_th=thai,
            message_en=english,
        )


def named(inputs: Iterable[Input]) -> list[Named]:
    """Inputs by name, sorted; identical bytes are one document under the first name."""
    inputs = list(inputs)
    names = names_of(inputs)
    files = sorted(
        ((f"{names[one.key]}/{one.member}" if one.member else names[one.key], one) for one in inputs), key=lambda item: item[0]
    )
    first: dict[str, str] = {}
    found = []
    for file, one in files:
        original = first.setdefault(one.sha256, file) if one.sha256 else file
        found.append(Named(file, one, None if original == file else original))
    return found
