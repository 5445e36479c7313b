"""docs/adding-a-form.md as its readers use it: the form and the report printed there, and nothing else, give the record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from extract.forms.load import FIELDS, load_form, load_forms
from schemas.form import Column, Evidence, Form, RowColumn, Section, TableRule
from schemas.record import Record
from tests.own_reports import html_document, text_document
from thaikpi.cli import main
from thaikpi.records import read_records

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-form.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"```\w+ {name}\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "forms" / "waterways.yaml"
    path.parent.mkdir()
    path.write_text(block("example-form"), encoding="utf-8")
    return path


def read(path: Path, text: str) -> list[Record]:
    return list(read_records(text_document(text), load_forms(path.parent)).records)


def test_the_guide_gives_the_record(form: Path) -> None:
    record = read(form, block("example-report"))[0]
    assert record.form == "waterways-kpi"
    assert (record.organization.name, record.organization.code, record.fiscal_year.be) == ("กองคลองสาขาที่ 2", None, 2567)
    assert (record.indicator.code, record.indicator.level) == ("WN-03-12", "outcome")
    assert record.indicator.name == "ร้อยละของคลองชุมชนที่น้ำไหลสะดวกตลอดปี"
    assert record.target is not None
    assert (record.target.comparator, record.target.value, record.target.unit) == (">=", 70.0, "percent")
    assert record.result is not None
    assert record.result.value == 73.25
    assert [q.value for q in record.quarters] == [12.5, 31.0, 55.75, 73.25]
    assert [d.edtf for q in record.quarters for d in q.dates] == ["2023-11-14", "2024-06"]
    assert record.supporting_factors == ["ชุมชนช่วยเก็บผักตบชวา", "มีเครื่องมือวัดระดับน้ำ"]
    assert (record.obstacles, record.evidence) == ([], ["ภาพถ่าย", "แผนที่คลอง"])
    assert record.signature.name == "นางสาวทดสอบ ระบบงาน"
    assert [u.text for u in record.unread] == ["1,250,000 บาท"]


def test_the_same_form_as_tables_of_a_web_page(form: Path) -> None:
    """Labels in one column, values in the next."""
    rows = [("ชื่อตัวชี้วัด", "ร้อยละของคลองที่สะอาด"), ("เป้าหมาย", "ไม่น้อยกว่าร้อยละ 70"), ("ผลงานสะสม", "ร้อยละ 71"), ("ปัญหา", "ไม่มี")]
    table = "".join(f"<tr><td>{label}<td>{value}" for label, value in rows)
    page = f"<h1>แบบรายงานตัวชี้วัด กรมทางน้ำชุมชน</h1><p>ปีงบประมาณ พ.ศ. 2567<table>{table}</table>"
    record = read_records(html_document(page), load_forms(form.parent)).records[0]
    assert (record.indicator.name, record.obstacles, record.fiscal_year.be) == ("ร้อยละของคลองที่สะอาด", [], 2567)
    assert record.target is not None
    assert record.result is not None
    assert (record.target.value, record.result.value) == (70.0, 71.0)


def test_a_table_with_a_column_of_numbers_and_one_of_units(form: Path) -> None:
    rows = [("1.", "ชื่อตัวชี้วัด", "ร้อยละของคลองที่สะอาด", ""), ("2.", "หน่วยงานที่รายงาน", "กองคลอง", "")]
    rows += [("3.", "เป้าหมาย", "70", "ร้อยละ"), ("4.", "ผลงานสะสม", "71.5", "ร้อยละ")]
    rows += [("5.", "เอกสารแนบ", "1. ภาพถ่าย<br>2. แผนที่", "")]
    table = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows)
    page = f"<h1>แบบรายงานตัวชี้วัด กรมทางน้ำชุมชน</h1><p>ประจำปีงบประมาณ พ.ศ. ๒๕๖๗<table>{table}</table>"
    record = read_records(html_document(page), load_forms(form.parent)).records[0]
    assert (record.organization.name, record.fiscal_year.be) == ("กองคลอง", 2567)
    assert record.target is not None
    assert (record.target.value, record.target.unit, record.target.text) == (70.0, "percent", "70 ร้อยละ")
    assert record.evidence == ["ภาพถ่าย", "แผนที่"]
    assert record.unread == []


def test_quarters_across_the_page(form: Path) -> None:
    data = yaml.safe_load(block("example-form"))
    table = next(section for section in data["sections"] if section["id"] == "quarters")["table"]
    table |= {"direction": "across", "columns": [{"fills": "value", "headers": ["ผล"], "kind": "number"}]}
    form.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    heads = "".join(f"<td>ไตรมาสที่ {n}" for n in range(1, 5))
    grid = f"<table><tr><td>รายการ{heads}<tr><td>แผน<td>1<td>2<td>3<td>4<tr><td>ผล<td>1.5<td>2.5<td>-<td>4</table>"
    above = "<p>ชื่อตัวชี้วัด : ก<p>เป้าหมาย : 4 แห่ง<p>ผลงานสะสม : 4 แห่ง<p>ผลงานรายไตรมาส"
    page = f"<h1>แบบรายงานตัวชี้วัด กรมทางน้ำชุมชน</h1>{above}{grid}<p>ปัญหา : -"
    record = read_records(html_document(page), load_forms(form.parent)).records[0]
    assert [q.value for q in record.quarters] == [1.5, 2.5, None, 4.0]


def test_two_records_and_a_stranger(form: Path) -> None:
    report = block("example-report")
    second = report.split("\n", 2)[2].replace("ตลอดปี", "ในฤดูฝน")
    assert len(read(form, report + second)) == 2
    assert read(form, "แบบรายงานตัวชี้วัด กรมทางน้ำชุมชน\nเรียนเชิญประชุม") == []


def test_packaged_forms_do_not_take_it() -> None:
    assert read_records(text_document(block("example-report")), load_forms()).records == ()


def test_commands_of_the_guide(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text(block("example-report"), encoding="utf-8")
    assert main(["forms", "check", str(form)]) == 0
    assert main(["forms", "--forms", str(form.parent), "--lang", "en"]) == 0
    assert "waterways-kpi" in capsys.readouterr().out
    assert main(["forms", "try", str(form), str(report), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    for line in re.findall(r"(?m)^  \S.*$", TEXT[TEXT.index("waterways-kpi: recognised") : TEXT.index("Then `thaikpi extract")]):
        assert line in shown or line.strip() == "…", line


def test_rows_example_is_valid(tmp_path: Path) -> None:
    data = yaml.safe_load(block("example-form"))
    data |= yaml.safe_load(re.search(r"```yaml\n(record:\n  rows:.*?)```", TEXT, re.DOTALL)[1])  # type: ignore[index]
    del data["sections"]
    path = tmp_path / "rows.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert load_form(path).record.rows is not None


@pytest.mark.parametrize("shape", [Form, Section, TableRule, Column, Evidence, RowColumn], ids=lambda shape: shape.__name__)
def test_every_key_is_explained(shape: type) -> None:
    missing = [key for key in shape.__struct_fields__ if not re.search(rf"[`{{ ]{key}[`,}}:]", TEXT)]  # type: ignore[attr-defined]
    assert missing == []


def test_every_field_is_explained() -> None:
    unnumbered = {re.sub(r"/quarters/\d/", "/quarters/{quarter}/", field) for field in FIELDS}
    assert [field for field in sorted(unnumbered) if f"`{field}`" not in TEXT] == []
