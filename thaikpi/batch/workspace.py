"""A workspace folder: its lock, its untouched originals, and outputs that appear whole or not at all.

Outputs are written and synced in a folder of their own, which a rename declares complete; then they move into place. A
run that dies between is finished by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from thaikpi.batch.journal import Journal, open_journal
from thaikpi.batch.writing import output_errors, sync, sync_folder
from thaikpi.errors import Exit, UserError

_JOURNAL, _LOCK, _ORIGINALS, _FORMS = "thaikpi.sqlite", ".lock", "originals", "forms"
_WRITING, _COMPLETE, _SCRATCH = ".outputs-being-written", ".outputs-complete", ".scratch"
_CHUNK = 1 << 20


class Workspace:
    """An open, locked workspace. Use `opened`."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self.folder, self.journal = folder, journal
        self.originals, self.scratch = folder / _ORIGINALS, folder / _SCRATCH
        self._lasting: dict[str, Future[None]] = {}
        self._disk = ThreadPoolExecutor(1)

    @property
    def forms(self) -> list[Path]:
        """The folder of the office's own forms, where the workspace has one."""
        return [self.folder / _FORMS] if (self.folder / _FORMS).is_dir() else []

    def original(self, sha256: str) -> Path:
        return self.originals / sha256

    def place(self, sha256: str) -> Path:
        """Where the bytes can be read: the original, or the copy that is about to last as one."""
        return self.scratch / sha256 if sha256 in self._lasting else self.original(sha256)

    def keep(self, source: IO[bytes], sha256: str) -> None:
        """Copies an open file to the originals. Raises OSError; ValueError when its bytes changed since they were hashed."""
        if self._is_kept(sha256):
            return
        digest, part = hashlib.sha256(), self.scratch / f"{sha256}.part"
        with part.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
        if digest.hexdigest() != sha256:
            part.unlink()
            raise ValueError(sha256)
        part.rename(self.scratch / sha256)
        self._lasting[sha256] = self._disk.submit(self._make_last, sha256)

    def keep_spooled(self, sha256: str) -> None:
        """Makes a member that a worker unpacked an original."""
        if not self._is_kept(sha256) and (self.scratch / sha256).exists():
            self._lasting[sha256] = self._disk.submit(self._make_last, sha256)

    def _is_kept(self, sha256: str) -> bool:
        return sha256 in self._lasting or self.original(sha256).exists()  # only complete copies ever get this name

    def _make_last(self, sha256: str) -> None:
        """In a thread: the disk takes 0.1-0.2 s for a scan, and the workers can read meanwhile."""
        copy = self.scratch / sha256
        with copy.open("rb+") as file:
            sync(file)
        try:
            self.original(sha256).hardlink_to(copy)
        except OSError:  # a file system without hard links
            second = self.scratch / f"{sha256}.second"
            shutil.copyfile(copy, second)
            with second.open("rb+") as file:
                sync(file)
            second.rename(self.original(sha256))
        sync_folder(self.originals)

    def wait_for(self, sha256: str) -> None:
        """Until the original is on the disk. Raises OSError."""
        if sha256 in self._lasting:
            self._lasting[sha256].result()

    def originals_kept(self) -> None:
        """Until all are."""
        for sha256 in self._lasting:
            self.wait_for(sha256)

    def close(self) -> None:
        self._disk.shutdown(cancel_futures=True)
        self.journal.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    @contextmanager
    def outputs(self) -> Iterator[Path]:
        """A folder to write outputs into; they take their places when the block ends well."""
        writing = self.folder / _WRITING
        shutil.rmtree(writing, ignore_errors=True)
        writing.mkdir()
        yield writing
        for path in writing.iterdir():
            with path.open("rb+") as file:
                sync(file)
        sync_folder(writing)
        writing.rename(self.folder / _COMPLETE)
        sync_folder(self.folder)
        self._publish()

    def recover(self) -> None:
        """Ends what an interrupted run left: complete outputs take their places, others go."""
        self._publish()
        shutil.rmtree(self.folder / _WRITING, ignore_errors=True)

    def _publish(self) -> None:
        complete = self.folder / _COMPLETE
        if complete.is_dir():
            for path in sorted(complete.iterdir()):
                path.replace(self.folder / path.name)
            sync_folder(self.folder)
            complete.rmdir()


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    """The workspace, made where there is none. Raises UserError: usage (not a workspace), output (cannot be written), in use."""
    with output_errors(folder):
        _check(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("w") as lock:
            _take(lock, folder)
            shutil.rmtree(folder / _SCRATCH, ignore_errors=True)  # of a run that was killed: its files may be cut
            for name in (_ORIGINALS, _SCRATCH):
                (folder / name).mkdir(exist_ok=True)
            journal = Journal(open_journal(f"sqlite:///{folder / _JOURNAL}"))
            workspace = Workspace(folder, journal)
            workspace.recover()
            try:
                yield workspace
            finally:
                workspace.close()


def _check(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UserError(Exit.USAGE, f"{folder} เป็นไฟล์ โปรดระบุโฟลเดอร์ให้ --to", f"{folder} is a file. Give --to a folder.")
    if folder.is_dir() and not (folder / _JOURNAL).exists():
        others = [path.name for path in folder.iterdir() if path.name not in (_LOCK, _ORIGINALS, _SCRATCH, _FORMS)]
        if others:
            raise UserError(
                Exit.USAGE,
                f"{folder} มีไฟล์อื่นอยู่ (เช่น {others[0]}) โปรดระบุโฟลเดอร์ว่างหรือโฟลเดอร์ใหม่ให้ --to",
                f"{folder} holds other files ({others[0]}, say). Give --to an empty or new folder.",
            )


def _take(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(
            Exit.IN_USE,
            f"โปรแกรมกำลังเขียน {folder} อยู่แล้ว โปรดรอให้เสร็จก่อน แล้วสั่งใหม่",
            f"Another run is writing to {folder}. Wait until it is done, then try again.",
        ) from None
