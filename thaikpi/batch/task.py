"""What is given, what goes into a worker and what comes out.

Light: the parent imports this, not the readers. A worker's functions are named here and imported there, where the fork
server has them loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from extract.errors import DocumentError
from schemas.outcome import Outcome, Status
from thaikpi.settings import Settings


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was given, or an archive's member. problem: why it is not read at all."""

    key: str
    member: str
    shown: tuple[str, ...]
    depth: int
    archive: bool
    sha256: str
    bytes: int
    problem: DocumentError | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One document. path: where its bytes lie. slot: its place on the board."""

    file: str
    path: Path
    sha256: str
    bytes: int
    slot: int = 0


class UnpackedMember(msgspec.Struct, frozen=True):
    """A member of an archive, its bytes in the spool under their hash; or why there are none."""

    name: str
    sha256: str
    bytes: int
    status: Status | None = None
    reason: str | None = None
    detail: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What a worker hands back. trace: of a bug, for its report."""

    outcome: Outcome | None = None
    members: tuple[UnpackedMember, ...] | None = None  # of an archive
    trace: str | None = None
    disk_full: bool = False  # the spool could not be written


def start(board: Path, slots: int, settings: Settings, spool: Path) -> None:
    from thaikpi.batch import worker

    worker.start(board, slots, settings, spool)


def read(task: Task) -> bytes:
    from thaikpi.batch import worker

    return worker.read(task)


def unpack(task: Task) -> bytes:
    from thaikpi.batch import worker

    return worker.unpack(task)
