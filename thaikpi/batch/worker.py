"""Inside the killable process: limits on memory, CPU and files; silence on its streams; one document at a time.

CPU time is granted in steps: so much to open the document, so much for every page. When it is used up the kernel ends
the process (SIGXCPU), whatever code is running.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from extract.archive import read_archive
from extract.errors import DocumentError, lacks_memory
from extract.forms.load import load_forms
from extract.media_types import ZIP
from extract.source import Source, open_source
from schemas.form import Form
from schemas.outcome import Status
from thaikpi.batch.board import Board, Sign
from thaikpi.batch.task import Answer, Task, UnpackedMember
from thaikpi.decision import refused
from thaikpi.pipeline import read_source, sha256
from thaikpi.settings import Isolation, Settings

_PR_SET_PDEATHSIG = 1
_MOST_FILES = 256  # open at once


@dataclass(slots=True)
class _Place:
    """This worker's own: set once when it starts."""

    board: Board
    settings: Settings
    spool: Path


_place: list[_Place] = []


def start(board: Path, slots: int, settings: Settings, spool: Path) -> None:
    """First thing in a worker."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _MOST_FILES)
    _limit(resource.RLIMIT_FSIZE, settings.limits.archive_bytes)
    _limit(resource.RLIMIT_AS, memory_in_use() + settings.isolation.memory_bytes)
    _place[:] = [_Place(Board(board, slots), settings, spool)]


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def memory_in_use() -> int:
    """Address space of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def read(task: Task) -> bytes:
    """An Answer with an outcome, as JSON."""
    place = _place[0]
    clock = _Clock(place, task.slot)
    try:
        data = _bytes(task)
        clock.grant(0)
        outcome = read_source(Source(task.file, data), _forms(place.settings.forms), place.settings, clock.grant)
        return msgspec.json.encode(Answer(outcome))
    except DocumentError as error:  # its bytes cannot be had
        return msgspec.json.encode(Answer(refused(task.file, error, task.sha256, task.bytes)))
    except MemoryError:
        return _failed(task, Status.MEMORY_LIMIT, "memory")
    except Exception as error:  # a bug, or a library's surprise on a broken file
        memory = lacks_memory(error)
        return _failed(task, Status.MEMORY_LIMIT if memory else Status.CRASHED, "memory" if memory else "exception", error)


def unpack(task: Task) -> bytes:
    """An Answer with an archive's members (their bytes in the spool), or with an empty one when it is no archive."""
    place = _place[0]
    _Clock(place, task.slot).grant(0)
    try:
        data = _bytes(task)
        opened = open_source(Source(task.file, data), place.settings.limits)
        if opened.media_type != ZIP:
            return msgspec.json.encode(Answer())
        members = [
            UnpackedMember(member.name, _spooled(place.spool, member.data), len(member.data))
            if member.problem is None
            else UnpackedMember(member.name, "", 0, member.problem.status, member.problem.reason, member.problem.detail)
            for member in read_archive(data, place.settings.limits)
        ]
        return msgspec.json.encode(Answer(members=tuple(members)))
    except DocumentError as error:
        return msgspec.json.encode(Answer(refused(task.file, error, task.sha256, task.bytes, ZIP)))
    except MemoryError:
        return _failed(task, Status.MEMORY_LIMIT, "memory")
    except OSError as error:  # of the spool: the archive itself lies in memory
        return msgspec.json.encode(Answer(trace=str(error), disk_full=True))
    except Exception as error:
        return _failed(task, Status.CRASHED, "exception", error)


def _bytes(task: Task) -> bytes:
    try:
        return task.path.read_bytes()
    except OSError as error:
        raise DocumentError(Status.DAMAGED, "cannot-open", error.strerror or "") from error


def _spooled(spool: Path, data: bytes) -> str:
    name = sha256(data)
    path = spool / name
    if not path.exists():
        part = spool / f"{name}.{os.getpid()}"  # a worker may die while it writes
        part.write_bytes(data)
        part.rename(path)
    return name


def _failed(task: Task, status: Status, reason: str, error: Exception | None = None) -> bytes:
    outcome = refused(task.file, DocumentError(status, reason, type(error).__name__ if error else ""), task.sha256, task.bytes)
    return msgspec.json.encode(Answer(outcome, trace="".join(traceback.format_exception(error)) if error else None))


@lru_cache(maxsize=4)
def _forms(folders: Sequence[Path]) -> tuple[Form, ...]:
    return load_forms(*folders)


class _Clock:
    """Grants CPU time as pages get read and leaves a sign of life."""

    def __init__(self, place: _Place, slot: int) -> None:
        self._place, self._slot, self._begin = place, slot, _cpu_seconds()

    def grant(self, pages: int) -> None:
        """After `pages` pages: time for the next one or, if it was the last, for finding the fields of all; within what the
        whole document may take."""
        limits: Isolation = self._place.settings.isolation
        whole = self._begin + limits.document_seconds + limits.seconds_a_page * pages
        step = _cpu_seconds() + (limits.page_seconds + limits.matching_seconds * pages if pages else limits.opening_seconds)
        _limit(resource.RLIMIT_CPU, int(min(whole, step)) + 1)
        self._place.board.write(self._slot, Sign(os.getpid(), pages, time.monotonic(), resource.getrlimit(resource.RLIMIT_AS)[0]))


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
