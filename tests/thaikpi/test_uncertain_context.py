"""number-uncertain where the document around a number doubts it: a lost label, a budget table's total."""

from __future__ import annotations

from msgspec.structs import replace

from extract.forms.load import load_forms
from schemas.document import Document
from schemas.record import Record
from tests.own_reports import ANNUAL, changed, text_document
from tests.thaikpi.test_total_wrong import records
from thaikpi.audit import audit_document
from thaikpi.audit.totals import total_uncertain
from thaikpi.records import read_records


def scanned(text: str) -> Document:
    """The report as OCR would have read it, every character as good as certain."""
    document = text_document(text)
    pages = tuple(
        replace(page, lines=tuple(replace(line, reading="ocr", certainty=(0.9999,) * len(line.text)) for line in page.lines))
        for page in document.pages
    )
    return replace(document, pages=pages)


def doubted(document: Document) -> list[tuple[str, str]]:
    reading = read_records(document, load_forms())
    return [
        (where, finding.message_en)
        for finding in audit_document(reading.records, reading.doubts)
        for where in finding.where
        if finding.rule == "number-uncertain"
    ]


def test_a_lost_label_doubts_the_numbers_before_it() -> None:
    lost = doubted(scanned(changed(("(6.2) ไตรมาสที่ 2 :", "(๖.ๅ] ไร :"))))
    assert lost
    assert all(where.startswith("/quarters/0/quantities/") for where, _ in lost)
    assert all("label was not found" in why for _, why in lost)


def test_labels_that_are_all_there_doubt_nothing() -> None:
    assert doubted(scanned(ANNUAL)) == []


def by_ocr(record: Record) -> Record:
    return replace(record, provenance={where: replace(proof, reading="ocr") for where, proof in record.provenance.items()})


def test_a_total_that_one_digit_keeps_from_closing() -> None:
    (found,) = total_uncertain(by_ocr(records("300", "200", "90")[0]))
    assert (found.where, found.expected, found.found) == (["/work/totals/1/series/0"], "210", "200")


def test_totals_that_several_digits_could_close_or_that_close() -> None:
    assert list(total_uncertain(by_ocr(records("305", "200", "104")[0]))) == []
    assert list(total_uncertain(by_ocr(records("300", "200", "100")[0]))) == []


def test_a_wrong_total_of_a_text_layer_is_the_reports_own() -> None:
    assert list(total_uncertain(records("300", "200", "90")[0])) == []
