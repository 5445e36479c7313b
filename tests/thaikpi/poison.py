"""Work for a guarded process that goes wrong in every way. Imported by name inside the worker."""

from __future__ import annotations

import ctypes
import os
import time

import msgspec

from extract.errors import DocumentError
from schemas.outcome import Status
from thaikpi.batch import worker
from thaikpi.batch.task import Answer, Task
from thaikpi.decision import refused


def work(task: Task) -> bytes:
    """Does what the task's file says."""
    worker._Clock(worker._place[0], task.slot).grant(0)
    if task.file == "exit":
        os._exit(7)
    elif task.file == "segfault":
        ctypes.string_at(0)
    elif task.file == "abort":
        os.abort()
    elif task.file == "processor":
        while True:
            pass
    elif task.file == "sleep":
        time.sleep(3600)
    elif task.file == "memory":
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
    elif task.file == "greedy":  # as a C library does: takes what it can, then dies
        hoard = []
        try:
            while True:
                hoard.append(bytearray(20_000_000))
        except MemoryError:
            time.sleep(1)
            os.abort()
    elif task.file == "nonsense":
        return b'{"outcome": {"status": "fine"}}'
    return msgspec.json.encode(Answer(refused(task.file, DocumentError(Status.EMPTY, "no-text"))))
