"""What a run shows on standard error: a bar on a terminal, a line a document elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from schemas.outcome import Outcome, Status
from thaikpi.batch.task import Task


class Reading(Protocol):
    """Told what happens while documents are read."""

    def page(self, task: Task, pages: int) -> None: ...
    def done(self, task: Task, outcome: Outcome) -> None: ...


class Reporter:
    """language: "th" or "en"."""

    def __init__(self, language: str, *, quiet: bool = False) -> None:
        self.language, self._quiet = language, quiet
        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)

    @contextmanager
    def reading(self, documents: int) -> Iterator[Reading]:
        if self._quiet or not documents:
            yield _Silent()
        elif self._console.is_terminal:
            with _bar(self._console) as progress:
                yield _Bar(progress, progress.add_task("", total=documents, name=""), self.language)
        else:
            yield _Lines(documents, self.language)


def shown(text: str) -> str:
    """A file's name for a terminal: without control characters that could move its cursor or turn its text around."""
    return "".join(char if char.isprintable() else "?" for char in text)


def one_line(outcome: Outcome, language: str) -> str:
    """A document's outcome in a line."""
    if outcome.status is Status.READ:
        count = len(outcome.records)
        return (
            f"{shown(outcome.file)}: {f'{count} รายการ' if language == 'th' else f'{count} record' + ('s' if count != 1 else '')}"
        )
    text = outcome.message_th if language == "th" else outcome.message_en
    return f"{shown(outcome.file)}: {outcome.status} – {shown(text)}"


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.fields[name]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


class _Silent:
    def page(self, task: Task, pages: int) -> None: ...
    def done(self, task: Task, outcome: Outcome) -> None: ...


class _Bar:
    def __init__(self, progress: Progress, task: TaskID, language: str) -> None:
        self._progress, self._task, self._language = progress, task, language

    def page(self, task: Task, pages: int) -> None:
        word = "หน้า" if self._language == "th" else "page"
        self._progress.update(self._task, name=f"{shown(task.file)[-48:]} ({word} {pages})")

    def done(self, task: Task, outcome: Outcome) -> None:
        if outcome.status is not Status.READ:
            self._progress.console.print(one_line(outcome, self._language))
        self._progress.update(self._task, advance=1, name=shown(task.file)[-48:])


class _Lines:
    """A line a document; for a long one also a line every 20 pages."""

    def __init__(self, documents: int, language: str) -> None:
        self._documents, self._count, self._language = documents, 0, language
        self._said: dict[str, int] = {}

    def page(self, task: Task, pages: int) -> None:
        if pages - self._said.get(task.file, 0) >= 20:
            self._said[task.file] = pages
            word = "หน้า" if self._language == "th" else "page"
            print(f"  {shown(task.file)}: {word} {pages}", file=sys.stderr, flush=True)

    def done(self, task: Task, outcome: Outcome) -> None:
        self._count += 1
        print(f"[{self._count}/{self._documents}] {one_line(outcome, self._language)}", file=sys.stderr, flush=True)
