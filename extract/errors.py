"""Why a document could not be read: an exception that the pipeline turns into an Outcome. Never leaves `thaikpi`."""

from __future__ import annotations

from schemas.outcome import Status


class DocumentError(Exception):
    """This document failed; the batch goes on. reason: short machine word, e.g. "password", "cut", "zip-bomb"."""

    def __init__(self, status: Status, reason: str, detail: str = "") -> None:
        super().__init__(f"{status}: {reason}{': ' + detail if detail else ''}")
        self.status, self.reason, self.detail = status, reason, detail
