"""Own-written reports to records: values, places, what is inferred, what is refused."""

from __future__ import annotations

import msgspec
import pytest

from extract.forms.load import load_forms
from samples.generator.strangers import strangers
from schemas.document import Document
from schemas.record import Record
from tests.own_reports import ANNUAL, changed, html_document, text_document
from thaikpi.records import Reading, read_records

FORMS = load_forms()


def read(text: str, file: str = "report.txt") -> Record:
    reading = read_records(text_document(text, file), FORMS)
    assert len(reading.records) == 1
    return reading.records[0]


RECORD = read(ANNUAL)


def test_values() -> None:
    record = RECORD
    assert record.record_id.startswith("1004-2566-")
    office = record.organization
    assert (office.name, office.agency_code, office.inferred) == ("สำนักงานเขตบางรัก", "5004", False)
    assert (record.fiscal_year.be, record.fiscal_year.start, record.fiscal_year.inferred) == (2566, "2022-10-01", False)
    assert (record.indicator.level, record.indicator.code) == ("output", None)
    issue, goal = record.strategy.issue, record.strategy.goal
    assert issue is not None
    assert goal is not None
    assert (issue.number, issue.name, goal.number) == ("1", "มหานครปลอดภัย : Safe City", "1.3.2")
    assert record.target is not None
    assert (record.target.comparator, record.target.value, record.target.unit) == (">=", 80.0, "percent")
    assert record.result is not None
    assert record.result.value == 85.0
    assert [(s.level, s.score) for s in record.scoring] == [(1, 60.0), (2, 70.0), (3, 80.0)]
    assert record.evidence == ["ภาพถ่ายก่อนและหลัง", "ทะเบียนคลอง"]
    assert record.obstacles == []
    assert (record.signature.name, record.signature.position) == (None, None)
    assert record.unread == []


def test_quarters_are_always_four() -> None:
    quarters = RECORD.quarters
    assert [q.quarter for q in quarters] == [1, 2, 3, 4]
    assert [(q.start, q.end) for q in quarters][::3] == [("2022-10-01", "2022-12-31"), ("2023-07-01", "2023-09-30")]
    assert [d.edtf for d in quarters[1].dates] == ["2023-01-09"]
    assert [(q.value, q.unit) for q in quarters[3].quantities] == [(17.0, "แห่ง"), (20.0, "แห่ง"), (85.0, "percent")]
    assert quarters[2].narrative == "-"


PROVEN = (
    *("/indicator/name", "/target", "/quarters/0/narrative", "/quarters/1/dates/0", "/evidence/1", "/strategy/goal/number"),
    *("/scoring/2", "/organization", "/fiscal_year", "/indicator/level", "/obstacles", "/quarters/3/quantities/2"),
)


def test_every_printed_value_has_its_place() -> None:
    proofs = RECORD.provenance
    lines = ANNUAL.split("\n")
    for pointer in PROVEN:
        places = proofs[pointer].places
        assert places, pointer
        for place in places:
            assert (place.page, place.bbox) == (None, None)
            assert place.line is not None
            assert place.text in lines[place.line - 1], pointer
    assert proofs["/quarters/3/quantities/2"].places[0].text == "ร้อยละ 85.00"
    assert not [p for p in proofs if p.startswith("/quarters/2/dates")]


def test_printed_text_is_kept_beside_the_repaired_one() -> None:
    record = read(ANNUAL.replace("สำรวจคลอง", "สํารวจคลอง"))
    narrative = record.quarters[0].narrative
    assert narrative is not None
    assert "สำรวจ" in narrative
    proof = record.provenance["/quarters/0/narrative"]
    assert "สํารวจ" in proof.places[0].text
    assert proof.repairs != []


def test_inferred_office_and_year() -> None:
    text = changed(("หน่วยงาน : สำนักงานเขตบางรัก   ปีงบประมาณ พ.ศ. 2566\n", ""), ("สำรวจคลอง", "สำนักงานเขตบางรักสำรวจคลอง"))
    record = read(text)
    assert (record.organization.code, record.organization.inferred) == ("1004", True)
    assert (record.fiscal_year.be, record.fiscal_year.inferred) == (2566, True)
    assert record.provenance["/organization"].places[0].text == "สำนักงานเขตบางรัก"
    assert {p.text for p in record.provenance["/fiscal_year"].places} == {"เดือนพ.ย. 65", "วันที่ 9 ม.ค. 66"}


def test_inferred_from_the_file_name() -> None:
    heading = ("หน่วยงาน : สำนักงานเขตบางรัก   ปีงบประมาณ พ.ศ. 2566\n", "")
    text = changed(heading, ("เดือนพ.ย. 65 - ", ""), (" เมื่อวันที่ 9 ม.ค. 66", ""))
    record = read(text, "เขต/รายงาน_บางรัก_2566.txt")
    assert (record.organization.code, record.fiscal_year.be) == ("1004", 2566)
    place = record.provenance["/fiscal_year"].places[0]
    assert (place.line, place.bbox, place.text) == (None, None, "รายงาน_บางรัก_2566.txt")
    nameless = read(text, "รายงาน.txt")
    assert (nameless.organization.name, nameless.fiscal_year.be, nameless.quarters[0].start) == (None, None, None)
    assert nameless.record_id.startswith("0000-0000-")


def test_nothing_is_guessed() -> None:
    unmarked = ("☑ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)", "ผลผลิต (Output)   ผลลัพธ์ (Outcome)")
    record = read(changed(unmarked, ("85.00 (ร้อยละ)\n6", "ยังไม่ครบปี\n6")))
    assert record.indicator.level is None
    assert record.result is not None
    assert (record.result.value, record.result.text) == (None, "ยังไม่ครบปี")


def test_blank_dash_and_none_are_different() -> None:
    dash = ("5. เป้าหมาย : ไม่น้อยกว่า 80 (ร้อยละ)", "5. เป้าหมาย : -")
    record = read(changed(dash, (":: ไม่มี", ""), ("= 85.00 (ร้อยละ)", "= .....")))
    assert record.target is not None
    assert (record.target.value, record.target.text) == (None, "-")
    assert record.result is None
    assert record.obstacles is None


def test_a_heading_holds_for_the_records_below() -> None:
    second = ANNUAL.split("\n", 2)[2].replace("ร้อยละของคลอง", "จำนวนของคลอง")
    reading = read_records(text_document(ANNUAL + second), FORMS)
    assert [r.organization.code for r in reading.records] == ["1004", "1004"]
    assert [r.source.ordinal for r in reading.records] == [1, 2]
    assert len({r.record_id for r in reading.records}) == 2


def test_required_value_that_cannot_be_read_is_missing() -> None:
    reading = read_records(text_document(changed(("= 85.00 (ร้อยละ)", "= 8๕..7,0,1 (ร้อยละ)"))), FORMS)
    assert reading.missing == ("ผลงานที่ทำได้",)


def test_a_stripped_page_has_no_name_and_invents_none() -> None:
    page = """<p>ค่าเป้าหมาย ร้อยละ : 75</p><p>ผลงานที่ทำได้ ร้อยละ : 81.50</p><p>ประเภทตัวชี้วัด : ตัวชี้วัดเชิงยุทธศาสตร์</p>
    <p>(ตัวชี้วัดระดับผลลัพธ์ (outcome))</p><p>รายละเอียดตัวชี้วัดฯ : พิมพ์ข้อมูล</p><p>*** สยป. ตรวจประเมินตัวชี้วัด : ไตรมาสที่ 4:</p>
    <p>เริ่มงานเดือนพ.ย. 65 ได้ 3 แห่ง</p><p>ทำต่อ 4 แห่ง</p><p>ทำต่อ 5 แห่ง</p><p>เสร็จ 6 แห่ง</p>"""
    record = read_records(html_document(page), FORMS).records[0]
    assert record.form == "bma-kpi-page"
    assert (record.indicator.name, record.indicator.code, record.indicator.level) == (None, None, "outcome")
    assert record.target is not None
    assert (record.target.value, record.target.unit, record.target.text) == (75.0, "percent", "ร้อยละ : 75")
    narratives = [q.narrative for q in record.quarters]
    assert narratives == ["เริ่มงานเดือนพ.ย. 65 ได้ 3 แห่ง", "ทำต่อ 4 แห่ง", "ทำต่อ 5 แห่ง", "เสร็จ 6 แห่ง"]
    assert [q.value for q in record.quarters] == [None] * 4
    assert record.fiscal_year.be == 2566


def test_same_bytes_same_record() -> None:
    assert msgspec.json.encode(read(ANNUAL)) == msgspec.json.encode(read(ANNUAL))


# ---- no report

LETTER = "ที่ กท 1234/567\nเรื่อง ขอเชิญประชุม\nเรียน ผู้อำนวยการเขต\nตามที่กำหนดตัวชี้วัดและเป้าหมาย : 80 นั้น\nจึงเรียนมาเพื่อโปรดทราบ"


def refused(document: Document) -> Reading:
    reading = read_records(document, FORMS)
    assert reading.records == ()
    return reading


def test_nearest_form_and_what_it_lacks() -> None:
    reading = refused(text_document("\n".join(ANNUAL.split("\n")[2:5])))
    assert reading.nearest is not None
    assert reading.nearest.startswith("bma-kpi-annual (")
    assert "เป้าหมาย" in reading.nearest
    assert reading.form is None


@pytest.mark.parametrize("text", [LETTER, "ก", "1 2 3 4", "เป้าหมาย : 80\nผลงานที่ทำได้ : 90", "|" * 500, "ชื่อตัวชี้วัด " * 50])
def test_no_report(text: str) -> None:
    refused(text_document(text))


def test_a_hundred_strangers_give_no_record() -> None:
    for _, lines in strangers(100, "forms"):
        refused(text_document("\n".join(lines)))


def test_an_empty_document() -> None:
    assert read_records(Document(file="x", sha256="0", media_type="application/pdf", pages=()), FORMS).records == ()
