"""The status of a document that could be opened, from its pages and what the forms found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from schemas.document import Layer, Page
from schemas.outcome import Status
from thaikpi.decision import count_pages, decide


@dataclass
class Found:
    """As thaikpi.records.Reading; decide asks only whether there are records."""

    records: tuple[Any, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: str | None = None
    findings: tuple[Any, ...] = ()
    form: str | None = None


RECORD = ("a record",)
TEXT = Page(number=1)
OCR = Page(number=2, layer=Layer.ABSENT, reading="ocr")
BLANK = Page(number=3, layer=Layer.BLANK, reading=None)
SCAN = Page(number=4, layer=Layer.ABSENT)
FAILED = Page(number=5, layer=Layer.HOPELESS, reading=None, problem="ocr")


@pytest.mark.parametrize(
    ("pages", "found", "status", "reason"),
    [
        ([TEXT, OCR, BLANK], Found(RECORD), Status.READ, None),
        ([TEXT, SCAN], Found(RECORD), Status.PARTLY_READ, "pages-unread"),
        ([TEXT], Found(RECORD, ("เป้าหมาย",)), Status.PARTLY_READ, "fields-missing"),
        ([TEXT, FAILED], Found(RECORD, ("เป้าหมาย",)), Status.PARTLY_READ, "pages-and-fields"),
        ([TEXT, BLANK], Found(), Status.NOT_A_REPORT, "no-form"),
        ([TEXT], Found(nearest="bma-pledge (ค่าเป้าหมาย)"), Status.NOT_A_REPORT, "form-incomplete"),
        ([SCAN, FAILED], Found(), Status.NO_TEXT, "all-pages"),
        ([TEXT, SCAN], Found(nearest="x"), Status.NO_TEXT, "some-pages"),
        ([BLANK, BLANK], Found(), Status.EMPTY, "blank-pages"),
        ([], Found(), Status.EMPTY, "no-pages"),
    ],
)
def test_status(pages: list[Page], found: Found, status: Status, reason: str | None) -> None:
    decision = decide(pages, found)
    assert (decision.status, decision.reason) == (status, reason)


def test_messages_name_what_is_missing() -> None:
    decision = decide([TEXT, SCAN, FAILED], Found(RECORD, ("เป้าหมาย", "ผลงาน", "เป้าหมาย")))
    assert decision.detail_en == "pages 4, 5; เป้าหมาย, ผลงาน"
    many = decide([Page(number=n, reading=None, layer=Layer.ABSENT) for n in range(1, 40)], Found(RECORD))
    assert many.detail_en == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …"


def test_pages_add_up() -> None:
    counts = count_pages([TEXT, OCR, BLANK, SCAN, FAILED])
    assert (counts.pages, counts.text, counts.ocr, counts.unread) == (5, 2, 1, 2)
    assert count_pages([Page(number=None)]).pages is None
