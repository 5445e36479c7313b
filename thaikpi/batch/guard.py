"""The outside of the killable processes: a recycled pool that tells a timeout, a lack of memory and a crash apart.

Every task comes back with an answer, whatever became of its process; the other tasks do not notice.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, TimeoutError, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
from pebble import ProcessExpired, ProcessPool

from extract.errors import DocumentError
from schemas.outcome import Status
from thaikpi.batch import forkserver
from thaikpi.batch import task as work_of
from thaikpi.batch.board import Board
from thaikpi.batch.task import Answer, Task
from thaikpi.decision import refused
from thaikpi.settings import Settings

_POLL_SECONDS = 0.2
_NEAR_LIMIT = 0.8  # a process that died with this share of its memory taken died of it: pdfium and OpenCV abort rather than raise

Watch = Callable[[Task, int], None]  # told the pages read of a task that is running


def _unwatched(task: Task, pages: int) -> None:
    pass


@dataclass(slots=True)
class _Running:
    task: Task
    future: Any
    begun: float
    size: int = 0  # largest address space seen, bytes
    limit: int = 0
    pages: int = 0
    stopped: bool = False


class Guard:
    """`jobs` worker processes. Use as a context manager."""

    def __init__(self, settings: Settings, scratch: Path) -> None:
        self._settings, self._jobs = settings, max(1, settings.jobs)
        self._board = Board(scratch / "board", self._jobs)
        self._pool = ProcessPool(
            max_workers=self._jobs,
            max_tasks=settings.isolation.documents_a_worker,
            initializer=work_of.start,
            initargs=(scratch / "board", self._jobs, settings, scratch),
            context=forkserver.begin(),
        )

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._board.close()

    def read(self, tasks: Iterable[Task], watch: Watch = _unwatched) -> Iterator[tuple[Task, Answer]]:
        """Every task with its answer, as they finish."""
        return self.run(work_of.read, tasks, watch)

    def unpack(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        return self.run(work_of.unpack, tasks, _unwatched)

    def run(
        self, work: Callable[[Task], bytes], tasks: Iterable[Task], watch: Watch = _unwatched
    ) -> Iterator[tuple[Task, Answer]]:
        """Answers as they come; a worker has its next task before the last one's answer is handed on."""
        waiting, running, free = iter(tasks), list[_Running](), list(range(self._jobs))
        ended = list[_Running]()
        while True:
            while free and (task := next(waiting, None)) is not None:
                running.append(self._begun(work, replace(task, slot=free.pop())))
            yield from ((one.task, self._answer(one)) for one in ended)
            if not running:
                return
            wait([one.future for one in running], timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
            ended = [one for one in running if one.future.done()]
            running = [one for one in running if one not in ended]
            free += [one.task.slot for one in ended]
            for one in running:
                self._look_at(one, watch)

    def _begun(self, work: Callable[[Task], bytes], task: Task) -> _Running:
        self._board.clear(task.slot)
        return _Running(task, self._pool.schedule(work, args=[task]), time.monotonic())

    def _look_at(self, one: _Running, watch: Watch) -> None:
        sign = self._board.read(one.task.slot)
        one.size, one.limit = max(one.size, _address_space(sign.pid)), sign.memory
        if sign.pages > one.pages:
            one.pages = sign.pages
            watch(one.task, one.pages)
        if time.monotonic() - max(sign.beat, one.begun) > self._settings.isolation.waiting_seconds and not one.stopped:
            one.stopped = True
            one.future.cancel()

    def _answer(self, one: _Running) -> Answer:
        try:
            return msgspec.json.decode(one.future.result(), type=Answer)
        except (CancelledError, TimeoutError):
            return _ended(one.task, Status.TIMEOUT, "waiting")
        except ProcessExpired as error:
            return self._expired(one, error.exitcode)
        except MemoryError:
            return _ended(one.task, Status.MEMORY_LIMIT, "memory")
        except msgspec.ValidationError as error:  # not what the contract says: a bug, kept to this document
            return _ended(one.task, Status.CRASHED, "invalid-output", str(error))
        except Exception as error:  # raised by the work itself, or its answer could not be sent
            return _ended(one.task, Status.CRASHED, "exception", type(error).__name__)

    def _expired(self, one: _Running, exit_code: int | None) -> Answer:
        code = exit_code or 0
        if -code == signal.SIGXCPU:
            return _ended(one.task, Status.TIMEOUT, "processor-time")
        if one.size > _NEAR_LIMIT * max(1, one.limit) or -code == signal.SIGKILL:
            return _ended(one.task, Status.MEMORY_LIMIT, "memory")  # SIGKILL that is not ours: the kernel ran out of memory
        name = signal.Signals(-code).name if code < 0 and -code in list(signal.Signals) else f"exit {code}"
        return _ended(one.task, Status.CRASHED, "process-died", name)


def _address_space(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if pid else 0
    except (OSError, ValueError, IndexError):
        return 0


def _ended(task: Task, status: Status, reason: str, detail: str = "") -> Answer:
    return Answer(refused(task.file, DocumentError(status, reason, detail), task.sha256, task.bytes))
