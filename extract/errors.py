"""Why a document could not be read: an exception that the pipeline turns into an Outcome. Never leaves `thaikpi`."""

from __future__ import annotations

from schemas.outcome import Status

_NO_MEMORY = ("bad_alloc", "bad allocation", "Failed to allocate", "Insufficient memory")


class DocumentError(Exception):
    """This document failed; the batch goes on. reason: short machine word, e.g. "password", "cut", "zip-bomb"."""

    def __init__(self, status: Status, reason: str, detail: str = "") -> None:
        super().__init__(f"{status}: {reason}{': ' + detail if detail else ''}")
        self.status, self.reason, self.detail = status, reason, detail


def lacks_memory(error: BaseException | None) -> bool:
    """Whether a lack of memory lies at the root of an error: libraries wrap it, onnxruntime and OpenCV name it in their texts."""
    for _ in range(8):
        if error is None:
            return False
        if isinstance(error, MemoryError) or any(words in str(error) for words in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False
