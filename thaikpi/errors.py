"""Trouble that the user can mend: an exception with an exit code and the next thing to do, in Thai and English."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command (tables.md)."""

    OK = 0
    BUG = 1
    USAGE = 2
    UNREAD = 3
    OUTPUT = 4
    IN_USE = 5


class UserError(Exception):
    """Stops the run. message_*: what happened, with which file, and what to do."""

    def __init__(self, code: Exit, message_th: str, message_en: str) -> None:
        super().__init__(message_en)
        self.code, self.message_th, self.message_en = code, message_th, message_en
