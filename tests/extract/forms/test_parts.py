"""Lists, choices, tables and quarters out of a passage."""

from __future__ import annotations

import msgspec
import pytest

from extract.forms.boxes import marked
from extract.forms.flow import Flow, lay_out
from extract.forms.grids import read_flow, read_rows, read_table
from extract.forms.lists import items_of
from extract.forms.load import load_forms
from extract.forms.passage import Passage, compose
from extract.forms.quarters import by_quarter
from extract.forms.slots import slots
from schemas.document import Box, Checkbox, Document, Line, Page
from schemas.form import Column, Option, TableRule
from tests.own_reports import html_document, text_document

OPTIONS = (
    Option(value="output", labels=("ผลผลิต (Output)", "ผลผลิต")),
    Option(value="outcome", labels=("ผลลัพธ์ (Outcome)", "ผลลัพธ์")),
)


def flow_of(text: str) -> tuple[Flow, Passage]:
    flow = lay_out(text_document(text))
    return flow, compose(flow, [(row.index, 0, len(row.text)) for row in flow.rows])


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1. ภาพถ่าย\n2. รายงาน", ["ภาพถ่าย", "รายงาน"]),
        ("๑) ภาพถ่าย\n๒) รายงาน", ["ภาพถ่าย", "รายงาน"]),
        ("(1) ภาพถ่าย (2) รายงาน (3) คู่มือ", ["ภาพถ่าย", "รายงาน", "คู่มือ"]),
        ("- ภาพถ่าย\n- รายงาน", ["ภาพถ่าย", "รายงาน"]),
        ("• ภาพถ่าย\n• รายงาน", ["ภาพถ่าย", "รายงาน"]),
        ("ภาพถ่าย\nรายงาน", ["ภาพถ่าย", "รายงาน"]),
        ("1. ภาพถ่าย\nของวันที่ 3\n2. รายงาน", ["ภาพถ่าย\nของวันที่ 3", "รายงาน"]),
        ("1. แบบฟอร์มที่ 1-5", ["แบบฟอร์มที่ 1-5"]),
        ("2.5 ล้านบาทไม่พอ", ["2.5 ล้านบาทไม่พอ"]),
        ("ไม่มี", []),
        ("-", []),
        ("ไม่มีงบประมาณ", ["ไม่มีงบประมาณ"]),
    ],
)
def test_items(text: str, items: list[str]) -> None:
    assert [item.text for item in items_of(flow_of(text)[1])] == items


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("☑ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)", "output"),
        ("☐ ผลผลิต (Output) ☒ ผลลัพธ์ (Outcome)", "outcome"),
        ("[ ] ผลผลิต [x] ผลลัพธ์", "outcome"),
        ("( / ) ผลผลิต (  ) ผลลัพธ์", "output"),
        ("\uf0fe ผลผลิต \uf0a8 ผลลัพธ์", "output"),
        ("✓ ผลผลิต  ผลลัพธ์", "output"),
        ("ผลผลิต ☐  ผลลัพธ์ ☑", "outcome"),
        ("ผลลัพธ์", "outcome"),
        ("ผลผลิต (Output)   ผลลัพธ์ (Outcome)", None),  # marks lost
        ("ผลผลิต ☑ ผลลัพธ์", None),  # a mark lost: whose is the other?
        ("\ufffd ผลผลิต ☑ ผลลัพธ์", "outcome"),
        ("☑ ผลผลิต ☑ ผลลัพธ์", None),
        ("☐ ผลผลิต ☐ ผลลัพธ์", None),
        ("☐ ผลผลิต", None),
    ],
)
def test_choice(text: str, value: str | None) -> None:
    flow, passage = flow_of(text)
    assert marked(flow, passage, OPTIONS, True)[0] == value


def test_choice_without_boxes() -> None:
    flow, passage = flow_of("(ตัวชี้วัดระดับผลลัพธ์ (outcome))")
    assert marked(flow, passage, OPTIONS, False)[0] == "outcome"


@pytest.mark.parametrize(("states", "value"), [((True, False), "output"), ((False, True), "outcome"), ((None, None), None)])
def test_choice_by_drawn_boxes(states: tuple[bool | None, bool | None], value: str | None) -> None:
    text = "ผลผลิต ผลลัพธ์"
    x0 = [60.0 + 8 * at + (40 if at >= 7 else 0) for at in range(len(text))]
    line = Line(text=text, printed=text, top=100, bottom=114, x0=x0, x1=[x + 7 for x in x0], size=14)
    boxes = tuple(Checkbox(Box(left - 16, 102, left - 4, 113), state) for left, state in zip((x0[0], x0[7]), states, strict=True))
    page = Page(number=1, width=595, height=842, lines=(line,), checkboxes=boxes)
    flow = lay_out(Document(file="x.pdf", sha256="0", media_type="application/pdf", pages=(page,)))
    assert marked(flow, compose(flow, [(0, 0, len(text))]), OPTIONS, True)[0] == value


LEVELS = TableRule(
    direction="across",
    key_pattern=r"ระดับ(?:ที่)?\s*(?P<level>[1-5])(?:\s*\((?P<score>\d+) คะแนน\))?",
    flow_pattern=r"ระดับที่\s*(?P<level>[1-5])\s*\((?P<score>\d+)",
    columns=(Column(fills="score", headers=("คะแนน",)),),
)


def test_levels_with_scores_in_a_row_among_others() -> None:
    flow = lay_out(html_document(
        "<table><tr><td>ระดับ<td>ระดับ 1<td>ระดับ 2<tr><td>จำนวนผู้ใช้<td>6<td>7<tr><td>คะแนน<td>60<td>70</table>"
    ))
    items = read_table(flow, flow.tables[0], LEVELS) or []
    assert [(item["level"].text, item["score"].text) for item in items] == [("1", "60"), ("2", "70")]


def test_levels_in_running_text() -> None:
    items, _ = read_flow(flow_of("ระดับความสำเร็จ  ระดับที่ 1 (60 คะแนน)  ระดับที่ 2 (70\nคะแนน)")[1], LEVELS)
    assert [(item["level"].text, item["score"].text) for item in items] == [("1", "60"), ("2", "70")]


def test_columns_of_plain_lines() -> None:
    flow, _ = flow_of("ระดับ      ระดับ 1   ระดับ 2\nจำนวน      6         7\nคะแนน      60        70")
    items, _ = read_rows(flow, flow.rows, LEVELS)
    assert [(item["level"].text, item["score"].text) for item in items] == [("1", "60"), ("2", "70")]


def test_another_table_is_not_taken() -> None:
    columns = (Column(fills="score", headers=("คะแนน",), required=True),)
    rule = msgspec.structs.replace(LEVELS, direction="down", key_pattern=None, columns=columns)
    flow = lay_out(html_document("<table><tr><td>ก<td>ข<tr><td>1<td>2</table>"))
    assert read_table(flow, flow.tables[0], rule) is None


def _quarters(text: str) -> dict[int | None, str]:
    form = next(form for form in load_forms() if form.id == "bma-kpi-page")
    wanted = [slot for slot in slots(form) if slot.section.id == "quarter"]
    return {slot.quarter: passage.text for slot, passage in by_quarter(flow_of(text)[1].paragraphs(), wanted)}


def test_quarters_without_labels() -> None:
    assert _quarters("ก\nข\nค\nง") == {1: "ก", 2: "ข", 3: "ค", 4: "ง"}
    assert _quarters("ไตรมาส 1 - ก\nข\nไตรมาสที่ ๓ - ค") == {1: "ไตรมาส 1 - ก\nข", 3: "ไตรมาสที่ ๓ - ค"}
    assert _quarters("ก\nข\nค") == {}  # which quarter is missing is not known
    assert _quarters("ไตรมาส 2 ก\nไตรมาส 1 ข") == {}


def test_quarters_by_their_months() -> None:
    told = "พ.ย. 65 เริ่มงาน\nรวม 3 แห่ง\nเดือนก.พ. 66 ทำต่อ\n1. สำรวจ\n2. วันที่ 9 พ.ค. 66 ขุดลอก\nรวม 5 แห่ง\nส.ค. 66 เสร็จ"
    assert _quarters(told) == {
        1: "พ.ย. 65 เริ่มงาน\nรวม 3 แห่ง",
        2: "เดือนก.พ. 66 ทำต่อ",
        3: "1. สำรวจ\n2. วันที่ 9 พ.ค. 66 ขุดลอก\nรวม 5 แห่ง",
        4: "ส.ค. 66 เสร็จ",
    }
    assert _quarters(told.replace("ส.ค.", "ม.ค.")) == {}
