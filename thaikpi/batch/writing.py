"""Writing that lasts, and what a disk that is full or closed to us means for a run."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from thaikpi.errors import Exit, UserError


@contextmanager
def output_errors(folder: Path) -> Iterator[None]:
    """Turns what a full or read-only disk raises into a UserError (exit 4)."""
    try:
        yield
    except Exception as error:
        if not _is_about_writing(error):
            raise
        full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "full" in str(error)
        thai = "ดิสก์เต็ม โปรดเพิ่มพื้นที่" if full else "โปรดตรวจสิทธิ์การเขียน"
        english = "The disk is full: make room" if full else "Check that you may write there"
        reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
        raise UserError(
            Exit.OUTPUT,
            f"เขียนผลลัพธ์ลง {folder} ไม่ได้: {reason} {thai} แล้วสั่งคำสั่งเดิมอีกครั้ง งานที่ทำแล้วไม่หาย",
            f"Cannot write to {folder}: {reason}. {english}, then run the same command again; nothing done so far is lost.",
        ) from error


def _is_about_writing(error: Exception) -> bool:
    """The system's errors and the journal's (where one is in use)."""
    database = sys.modules.get("sqlalchemy.exc")
    journal = database is not None and isinstance(error, database.DatabaseError)
    return (isinstance(error, OSError) and not isinstance(error, BrokenPipeError)) or journal


def sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
