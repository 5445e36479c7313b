"""What a worker is doing, seen from outside without a lock: a small shared file, one slot a job.

A queue would block everyone when a worker is killed while it holds the lock; single eight-byte writes cannot.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

_SLOT = struct.Struct("<qqdq")  # the fields of Sign


@dataclass(frozen=True, slots=True)
class Sign:
    """pid 0: nothing begun. beat: seconds of time.monotonic(). memory: bytes of address space that the process may take."""

    pid: int
    pages: int
    beat: float
    memory: int


class Board:
    """Slots 0 … n-1 of a file that parent and workers map."""

    def __init__(self, path: Path, slots: int) -> None:
        if not path.exists() or path.stat().st_size != slots * _SLOT.size:
            path.write_bytes(bytes(slots * _SLOT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), slots * _SLOT.size)

    def write(self, slot: int, sign: Sign) -> None:
        _SLOT.pack_into(self._map, slot * _SLOT.size, sign.pid, sign.pages, sign.beat, sign.memory)

    def read(self, slot: int) -> Sign:
        return Sign(*_SLOT.unpack_from(self._map, slot * _SLOT.size))

    def clear(self, slot: int) -> None:
        self.write(slot, Sign(0, 0, 0.0, 0))

    def close(self) -> None:
        self._map.close()
