"""What became of a given file: the closed list of tables.md, and what a run says of it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from schemas.finding import Finding
from schemas.record import Record


class Status(StrEnum):
    """Status of a document. `exit_code` of a run is the highest that applies."""

    READ = "read"
    PARTLY_READ = "partly_read"
    NOT_A_REPORT = "not_a_report"
    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"
    TIMEOUT = "timeout"
    MEMORY_LIMIT = "memory_limit"
    CRASHED = "crashed"

    @property
    def exit_code(self) -> int:
        return 0 if self in (Status.READ, Status.NOT_A_REPORT) else 3


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One given file (an archive's member too): status, why, what to do, and what came out of it.

    reason: machine-readable, from a closed list a status (docs/outcomes.md). messages: what happened and what to do.
    pages: null for inputs without pages; pages_unread: page numbers that could not be read (blank pages are read).
    """

    file: str
    sha256: str
    bytes: int
    media_type: str
    status: Status
    reason: str | None = None
    message_th: str = ""
    message_en: str = ""
    form: str | None = None
    pages: int | None = None
    pages_text: int | None = None
    pages_ocr: int | None = None
    pages_unread: int | None = None
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
