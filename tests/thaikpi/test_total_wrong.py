"""Rule total-wrong: fires where the printed parts do not make the printed total, and is silent where something is not printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.document import Document
from schemas.record import Record
from tests.drawn_books import FORM, HEADING, heading, page, table
from thaikpi.audit import audit_document
from thaikpi.row_records import row_records

ROW = ("รับหนังสือ", "เรื่อง", "", "", "27,000", "-", "7/7,560", "")


def records(*amounts: str, rows: int = 2) -> tuple[Record, ...]:
    names = ("รวมทั้งสิ้น", "เงินงบประมาณ", "เงินนอกงบประมาณ")
    totals = [(name, "บาท", "", "", amount, "", "", "") for name, amount in zip(names, amounts, strict=True)]
    pages = (page(heading(2, 80), table([*HEADING, *[ROW] * rows, *totals])),)
    return row_records(Document(file="a.pdf", sha256="0" * 64, media_type="application/pdf", pages=pages), FORM).records


def test_wrong_total_is_found_once_with_its_places() -> None:
    found = list(audit_document(records("300", "200", "90")))
    assert [(f.rule, f.severity, f.expected, f.found) for f in found] == [("total-wrong", "error", "290", "300")]
    assert found[0].where == ["/work/totals/0/series/0", "/work/totals/1/series/0", "/work/totals/2/series/0"]
    first = records("300", "200", "90")[0]
    assert found[0].record_id == first.record_id
    assert all(where in first.provenance for where in found[0].where)


@pytest.mark.parametrize(
    "amounts",
    [
        ("300", "200", "100"),
        ("300", "300", "-"),  # a dash: nothing of it
        ("1,300.50", "1,300.25", "0.25"),
        ("300", "200", ""),  # not printed: silent
        ("", "200", "90"),
        ("-", "-", "-"),
    ],
)
def test_silent(amounts: tuple[str, str, str]) -> None:
    assert list(audit_document(records(*amounts))) == []


def test_record_of_a_row() -> None:
    record = records("300", "200", "100")[0]
    assert record.indicator.name == "รับหนังสือ"
    target = record.target
    assert target is not None
    assert (target.value, target.unit, target.unit_text, target.text) == (27000.0, "เรื่อง", "เรื่อง", "27,000")
    assert record.result is None
    assert [(e.fiscal_year, e.value, e.parts, e.text) for e in record.series] == [
        (2565, 27000.0, None, "27,000"),
        (2566, None, None, "-"),
        (2567, None, [7.0, 7560.0], "7/7,560"),
    ]
    assert record.work is not None
    assert [total.name for total in record.work.totals] == ["รวมทั้งสิ้น", "เงินงบประมาณ", "เงินนอกงบประมาณ"]
    assert (record.fiscal_year.be, record.fiscal_year.start) == (2565, "2021-10-01")
    assert [place.text for place in record.provenance["/target"].places] == ["เรื่อง", "27,000"]
    for pointer in ("/indicator/name", "/work/name", "/work/code", "/fiscal_year", "/series/2", "/work/totals/1/name"):
        assert record.provenance[pointer].places[0].page == 1


def test_blank_target_is_an_object_with_its_unit() -> None:
    pages = (page(heading(1, 80), table([*HEADING, ("ก", "ราย", *[""] * 6)])),)
    found = row_records(Document(file="a.pdf", sha256="0" * 64, media_type="application/pdf", pages=pages), FORM).records
    assert found[0].target is not None
    assert (found[0].target.value, found[0].target.unit, found[0].target.text, found[0].series) == (None, "ราย", None, [])


def test_tables_that_were_not_read_are_missing_parts() -> None:
    document = Document(file="a.pdf", sha256="0" * 64, media_type="application/pdf", pages=(page(heading(1, 80)),))
    assert row_records(document, FORM).missing == ("งานปกครอง – รหัส 1300001 (1)",)


@pytest.mark.parametrize("book", ["65034", "65029"])
def test_real_book_has_all_its_works_and_totals(shared: Path, book: str) -> None:
    """Two of the twelve books (all of them: the referee ../shared/eval/books.py)."""
    from extract.pdf.reader import read_pdf

    data = (shared / "data" / "district-books" / "pdf" / f"{book}.pdf").read_bytes()
    document = Document(file=f"{book}.pdf", sha256="0" * 64, media_type="application/pdf", pages=tuple(read_pdf(data)))
    found = row_records(document, FORM)
    assert found.missing == ()
    assert len(found.records) == 147
    works = list(dict.fromkeys(record.work.code for record in found.records if record.work))
    assert works == [str(code) for code in range(1300001, 1300023)]
    assert all(record.work and len(record.work.totals) == 3 for record in found.records)
    assert not list(audit_document(found.records))
