"""The killable processes: every way to die is told apart and touches nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schemas.outcome import Status
from tests.thaikpi import poison
from thaikpi.batch.board import Board, Sign
from thaikpi.batch.guard import Guard
from thaikpi.batch.task import Task
from thaikpi.settings import Isolation, Settings

FATES = {
    "exit": (Status.CRASHED, "process-died"),
    "segfault": (Status.CRASHED, "process-died"),
    "abort": (Status.CRASHED, "process-died"),
    "processor": (Status.TIMEOUT, "processor-time"),
    "sleep": (Status.TIMEOUT, "waiting"),
    "memory": (Status.MEMORY_LIMIT, "memory"),
    "greedy": (Status.MEMORY_LIMIT, "memory"),
    "nonsense": (Status.CRASHED, "invalid-output"),
}


def test_every_task_comes_back_and_the_innocent_are_not_touched(tmp_path: Path) -> None:
    # on a busy machine two CPU seconds took twenty
    limits = Isolation(memory_bytes=400 << 20, opening_seconds=1, page_seconds=1, waiting_seconds=45)
    names = [name for fate in FATES for name in (f"fine before {fate}", fate)] + ["fine at last"]
    with Guard(Settings(isolation=limits, jobs=2), tmp_path) as guard:
        answers = {task.file: answer for task, answer in guard.run(poison.work, [Task(name, tmp_path, "", 0) for name in names])}
    assert len(answers) == len(names)
    for name in names:
        outcome = answers[name].outcome
        assert outcome is not None
        expected = FATES.get(name, (Status.EMPTY, "no-text"))
        assert (outcome.status, outcome.reason) == expected, name
        assert outcome.message_th
        assert outcome.message_en


def test_a_worker_has_its_next_task_while_an_answer_is_kept(tmp_path: Path) -> None:
    taken: list[str] = []

    def tasks() -> Iterator[Task]:
        for name in ("one", "two", "three"):
            taken.append(name)
            yield Task(name, tmp_path, "", 0)

    with Guard(Settings(jobs=1), tmp_path) as guard:
        begun = {task.file: list(taken) for task, _ in guard.run(poison.work, tasks())}
    assert begun == {"one": ["one", "two"], "two": ["one", "two", "three"], "three": ["one", "two", "three"]}


def test_board(tmp_path: Path) -> None:
    board = Board(tmp_path / "board", 2)
    other = Board(tmp_path / "board", 2)
    other.write(1, Sign(4711, 3, 12.5, 1 << 30))
    assert board.read(1) == Sign(4711, 3, 12.5, 1 << 30)
    assert board.read(0).pid == 0
    board.clear(1)
    assert other.read(1) == Sign(0, 0, 0.0, 0)
