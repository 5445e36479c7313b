"""The status of a document (docs/outcomes.md): read, partly read, no report, no text, empty, or refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.errors import DocumentError
from schemas.document import Layer, Page
from schemas.finding import Finding
from schemas.outcome import Outcome, Status
from schemas.record import Record
from thaikpi.messages import message

_NAMED_PAGES = 12  # page numbers that a message lists before it says "…"


class Reading(Protocol):
    """What thaikpi.records found in a document. missing: labels that the document prints without a value that could be
    read. nearest: of a refused document, the nearest form and what it lacks."""

    @property
    def records(self) -> Sequence[Record]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def form(self) -> str | None: ...
    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def nearest(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """detail: what the message names; in both languages."""

    status: Status
    reason: str | None = None
    detail_th: str = ""
    detail_en: str = ""


@dataclass(frozen=True, slots=True)
class PageCounts:
    """pages = text + ocr + unread; all None for inputs without pages. A blank page counts as read by its text."""

    pages: int | None
    text: int | None
    ocr: int | None
    unread: int | None


def count_pages(pages: Sequence[Page]) -> PageCounts:
    if all(page.number is None for page in pages):
        return PageCounts(None, None, None, None)
    unread, ocr = len(unread_pages(pages)), sum(page.reading == "ocr" for page in pages if not is_unread(page))
    return PageCounts(len(pages), len(pages) - unread - ocr, ocr, unread)


def is_unread(page: Page) -> bool:
    """A page with ink whose text is absent or hopeless and that OCR did not read."""
    if page.layer is Layer.BLANK or page.reading == "ocr":
        return False
    return page.reading is None or page.layer in (Layer.ABSENT, Layer.HOPELESS)


def unread_pages(pages: Sequence[Page]) -> list[Page]:
    return [page for page in pages if is_unread(page)]


def decide(pages: Sequence[Page], reading: Reading) -> Decision:
    unread = unread_pages(pages)
    if not reading.records:
        return _without_records(pages, unread, reading)
    if not unread and not reading.missing:
        return Decision(Status.READ)
    numbers, missing = _numbers(unread), ", ".join(dict.fromkeys(reading.missing))
    if not reading.missing:
        return Decision(Status.PARTLY_READ, "pages-unread", numbers, numbers)
    if not unread:
        return Decision(Status.PARTLY_READ, "fields-missing", missing, missing)
    return Decision(Status.PARTLY_READ, "pages-and-fields", f"หน้า {numbers}; {missing}", f"pages {numbers}; {missing}")


def _without_records(pages: Sequence[Page], unread: Sequence[Page], reading: Reading) -> Decision:
    if not pages:
        return Decision(Status.EMPTY, "no-pages")
    if all(page.layer is Layer.BLANK for page in pages):
        return Decision(Status.EMPTY, "blank-pages")
    if unread:  # whether they hold a report is not known
        numbers = _numbers(unread)
        reason = "all-pages" if len(unread) == len(pages) else "some-pages"
        return Decision(Status.NO_TEXT, reason, numbers, numbers)
    if reading.nearest is None:
        return Decision(Status.NOT_A_REPORT, "no-form")
    return Decision(Status.NOT_A_REPORT, "form-incomplete", reading.nearest, reading.nearest)


def _numbers(pages: Sequence[Page]) -> str:
    shown = ", ".join(str(page.number) for page in pages[:_NAMED_PAGES])
    return shown + (", …" if len(pages) > _NAMED_PAGES else "")


def refused(file: str, error: DocumentError, sha256: str = "", size: int = 0, media_type: str | None = None) -> Outcome:
    """The outcome of a document that failed."""
    thai, english = message(error.status, error.reason, error.detail, media_type or "")
    return Outcome(
        file=file,
        sha256=sha256,
        bytes=size,
        media_type=media_type or "application/octet-stream",
        status=error.status,
        reason=error.reason,
        message_th=thai,
        message_en=english,
    )
