"""One document through read_source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extract.errors import DocumentError, lacks_memory
from extract.forms.load import load_forms
from extract.limits import Limits
from extract.source import Source
from schemas.document import Page
from schemas.form import Form
from schemas.outcome import Status
from tests.thaikpi.reports import annual
from thaikpi import pipeline
from thaikpi.settings import Settings


@pytest.fixture(scope="module")
def forms() -> tuple[Form, ...]:
    return load_forms()


def test_a_report(forms: tuple[Form, ...]) -> None:
    pages: list[int] = []
    outcome = pipeline.read_source(Source("x/รายงาน.txt", annual(3).encode()), forms, Settings(), pages.append)
    assert (outcome.status, outcome.form, len(outcome.records), pages) == (Status.READ, "bma-kpi-annual", 1, [1])
    (record,) = outcome.records
    assert record.source.file == outcome.file == "x/รายงาน.txt"
    assert record.source.sha256 == outcome.sha256
    assert record.source.pages is None
    assert record.provenance["/target"].places[0].line == 9
    assert (outcome.pages, outcome.pages_unread) == (None, None)
    assert [finding.where for finding in outcome.findings if finding.rule == "date-impossible"] == [["/quarters/1/dates/0"]]


def test_nothing_is_invented(forms: tuple[Form, ...]) -> None:
    for text in ("บันทึกข้อความ\nเรื่อง ขออนุมัติจัดซื้อวัสดุ จำนวน 5 รายการ\n", "# Notes\n\nTarget: 80%\nResult: 85%\n", "เป้าหมาย : 80"):
        outcome = pipeline.read_source(Source("x.txt", text.encode()), forms, Settings())
        assert outcome.status is Status.NOT_A_REPORT
        assert not outcome.records
        assert outcome.message_th


def test_a_failed_document_says_why(forms: tuple[Form, ...]) -> None:
    outcome = pipeline.read_source(Source("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), forms, Settings())
    assert (outcome.status, outcome.media_type, outcome.bytes) == (Status.UNSUPPORTED, "application/msword", 8)
    assert "DOCX" in outcome.message_en
    assert len(outcome.sha256) == 64


def test_pages_are_counted_while_they_come(forms: tuple[Form, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(data: bytes, media_type: str, second_reader: object) -> Iterator[Page]:
        while True:
            yield Page(number=1)

    monkeypatch.setattr(pipeline, "read_pages", endless)
    outcome = pipeline.read_source(Source("x.pdf", b"%PDF-"), forms, Settings(limits=Limits(pages=7)))
    assert (outcome.status, outcome.reason) == (Status.TOO_LARGE, "pages")


def test_a_lack_of_memory_is_not_taken_for_damage(forms: tuple[Form, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(data: bytes, media_type: str, second_reader: object) -> Iterator[Page]:
        try:
            raise MemoryError
        except MemoryError as error:
            raise DocumentError(Status.DAMAGED, "cut") from error

    monkeypatch.setattr(pipeline, "read_pages", greedy)
    with pytest.raises(MemoryError):
        pipeline.read_source(Source("x.pdf", b"%PDF-"), forms, Settings())
    assert lacks_memory(RuntimeError("[ONNXRuntimeError] : bad allocation"))
    assert not lacks_memory(ValueError("cut"))
