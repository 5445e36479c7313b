"""The way a report takes, in one function: read_source. Read this first; every step is a module of its own.

open_source -> read_pages -> read_records (recognise the form, split, match and normalize its fields) -> audit_record -> Outcome
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from extract.errors import DocumentError, lacks_memory
from extract.pages import read_pages
from extract.source import Opened, Source, open_source
from schemas.document import Document, Page
from schemas.finding import Finding
from schemas.form import Form
from schemas.outcome import Outcome, Status
from thaikpi.audit import audit_document
from thaikpi.decision import count_pages, decide, refused
from thaikpi.messages import message
from thaikpi.records import Reading, read_records
from thaikpi.settings import Settings
from thaikpi.shown import as_shown

Progress = Callable[[int], None]  # told the number of pages read so far


def read_source(source: Source, forms: Sequence[Form], settings: Settings, progress: Progress = lambda _: None) -> Outcome:
    """Everything that one document holds. A document that cannot be read is an Outcome that says why; only
    MemoryError and bugs are raised (the batch guards against both)."""
    opened = None
    try:
        opened = open_source(source, settings.limits)
        document = Document(
            file=opened.file, sha256=opened.sha256, media_type=opened.media_type, pages=tuple(_pages(opened, settings, progress))
        )
        reading = as_shown(read_records(document, forms), document.pages)
        findings = chain(reading.findings, audit_document(reading.records, reading.doubts, settings.trust))
        return _outcome(opened, document, reading, tuple(findings))
    except DocumentError as error:
        if lacks_memory(error):
            raise MemoryError from error
        return refused(
            source.file,
            error,
            opened.sha256 if opened else sha256(source.data),
            len(source.data),
            opened.media_type if opened else None,
        )


def _pages(opened: Opened, settings: Settings, progress: Progress) -> Iterator[Page]:
    for number, page in enumerate(read_pages(opened.data, opened.media_type, settings.second_reader), 1):
        if number > settings.limits.pages:
            raise DocumentError(Status.TOO_LARGE, "pages", str(settings.limits.pages))
        yield page
        progress(number)


def _outcome(opened: Opened, document: Document, reading: Reading, findings: tuple[Finding, ...]) -> Outcome:
    decision, counts = decide(document.pages, reading), count_pages(document.pages)
    return Outcome(
        file=opened.file,
        sha256=opened.sha256,
        bytes=len(opened.data),
        media_type=opened.media_type,
        status=decision.status,
        reason=decision.reason,
        message_th=message(decision.status, decision.reason, decision.detail_th)[0],
        message_en=message(decision.status, decision.reason, decision.detail_en)[1],
        form=reading.form if reading.records else None,
        pages=counts.pages,
        pages_text=counts.text,
        pages_ocr=counts.ocr,
        pages_unread=counts.unread,
        records=tuple(reading.records),
        findings=findings,
    )


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
