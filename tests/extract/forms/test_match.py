"""Labels of a form in reports whose labels are printed badly, moved, missing, or stand in narratives too."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from extract.forms.fields import read_fields
from extract.forms.flow import lay_out, with_furniture
from extract.forms.load import load_forms
from extract.forms.match import Matched, match_form
from tests.own_reports import ANNUAL, changed, text_document

FORM = next(form for form in load_forms() if form.id == "bma-kpi-annual")


def matched(text: str) -> Matched:
    return match_form(with_furniture(lay_out(text_document(text)), FORM), FORM)


def fields(text: str) -> list[dict[str, str]]:
    """Pointer → text, record by record."""
    flow = with_furniture(lay_out(text_document(text)), FORM)
    found = read_fields(flow, match_form(flow, FORM))
    return [{f.pointer: f.parts["value"].text if "value" in f.parts else f.text.text for f in record.fields} for record in found]


EXPECTED = fields(ANNUAL)[0]


def test_plain() -> None:
    assert EXPECTED["/indicator/name"] == "ร้อยละของคลองที่ขุดลอกแล้วเสร็จ"
    assert EXPECTED["/target"] == "ไม่น้อยกว่า 80 (ร้อยละ)"
    assert EXPECTED["/result"] == "85.00 (ร้อยละ)"
    assert EXPECTED["/organization"] == "สำนักงานเขตบางรัก"
    assert EXPECTED["/fiscal_year"] == "2566"
    assert EXPECTED["/quarters/2/narrative"] == "-"
    assert EXPECTED["/evidence"] == "1. ภาพถ่ายก่อนและหลัง\n2. ทะเบียนคลอง"


NUMBER = re.compile(r"(?m)^(\(?)(\d)((?:\.\d)?[.)]+ ?)(?=ชื่อ|ระดับค|คำ|วิธี|เป้า|รายงาน|ไตร|สรุป|ปัจจัย|อุปสรรค|หลักฐาน)")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def _numbers(text: str, new: str) -> str:
    return NUMBER.sub(new, text)


def _without_tones(text: str) -> str:
    return re.sub(r"(?m)^[^:\n]+(?=:)", lambda m: re.sub("[่้๊๋์]", "", m[0]), text)


VARIANTS = {
    "no numbers": _numbers(ANNUAL, ""),
    "Thai numbers": NUMBER.sub(lambda m: m[0].translate(THAI), ANNUAL),
    "renumbered": NUMBER.sub(lambda m: f"{m[1]}{int(m[2]) + 1}{m[3]}", ANNUAL),
    "no tone marks": _without_tones(ANNUAL),
    "no spaces": re.sub(r"(?m)^([^:\n]+?) : ", r"\1:", ANNUAL),
    "no colons at line ends": re.sub(r"(?m) :$", "", ANNUAL),
    "wrapped label": changed(("8. อุปสรรคต่อการดำเนินงาน :", "8. อุปสรรคต่อ\nการดำเนินงาน :")),
    "joined labels": changed((" (ร้อยละ)\n: ผลงานที่ทำได้", " (ร้อยละ)  : ผลงานที่ทำได้")),
    "misprinted": changed(("หลักฐานอ้างอิง", "หลกฐานอางอึง"), ("วิธีการคำนวณ", "วิธีการคานวน")),
    "English beside Thai": changed(
        ("5. เป้าหมาย :", "5. เป้าหมาย (Target) :"), ("9. หลักฐานอ้างอิง :", "9. หลักฐานอ้างอิง (Evidence) :")
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_same_fields_however_printed(name: str) -> None:
    assert fields(VARIANTS[name]) == [EXPECTED]


DECOYS = [
    "เป้าหมาย : 80",
    "ผลงานที่ทำได้ = 12.00 (ร้อยละ)",
    "ชื่อตัวชี้วัด : อย่างอื่น",
    "หลักฐานอ้างอิง : ภาพถ่าย",
    "- อุปสรรค : ฝนตก",
    "ปีงบประมาณ พ.ศ. 2560 ขุดได้น้อย",
    "ทำงานร่วมกับทุกฝ่ายของ\nหน่วยงาน",
    "ตามแผนของหน่วยงาน ปีงบประมาณ พ.ศ. 2560",
]


@pytest.mark.parametrize("decoy", DECOYS)
@pytest.mark.parametrize("numbered", [True, False])
def test_label_words_inside_a_narrative_end_nothing(decoy: str, numbered: bool) -> None:
    text = changed(("สำรวจคลอง 12 แห่ง\n", f"สำรวจคลอง 12 แห่ง\n{decoy}\n"))
    found = fields(text if numbered else _numbers(text, ""))
    assert len(found) == 1
    assert found[0].pop("/quarters/0/narrative") == f"{EXPECTED['/quarters/0/narrative']}\n{decoy}"
    assert found[0] == {k: v for k, v in EXPECTED.items() if k != "/quarters/0/narrative"}


def _lines_of(label: str) -> str:
    lines = ANNUAL.split("\n")
    first = next(i for i, line in enumerate(lines) if label in line)
    last = next(i for i in range(first + 1, len(lines)) if re.match(r"\(?\d|ลงชื่อ", lines[i]) and not lines[i].startswith("2. "))
    return "\n".join(lines[first:last]) + "\n"


@pytest.mark.parametrize(
    ("label", "pointer"), [("7. ปัจจัยสนับสนุน", "/supporting_factors"), ("8. อุปสรรค", "/obstacles"), ("3. คำนียาม", "/definition")]
)
def test_a_missing_section_leaves_the_others(label: str, pointer: str) -> None:
    found = fields(ANNUAL.replace(_lines_of(label), ""))
    assert found == [{k: v for k, v in EXPECTED.items() if k != pointer}]


def test_a_moved_section() -> None:
    block = _lines_of("8. อุปสรรค")
    moved = ANNUAL.replace(block, "").replace("7. ปัจจัยสนับสนุน", f"{block}7. ปัจจัยสนับสนุน")
    assert fields(moved) == [EXPECTED]


def test_a_missing_target_is_not_taken_from_a_narrative() -> None:
    text = changed(("5. เป้าหมาย : ไม่น้อยกว่า 80 (ร้อยละ)\n", ""), ("แล้วเสร็จ 17 แห่ง", "แล้วเสร็จ 17 แห่ง\nเป้าหมาย : 99"))
    assert "/target" not in fields(text)[0]


def _records(count: int) -> Iterator[str]:
    for number in range(count):
        text = ANNUAL.replace("ร้อยละของคลอง", f"ร้อยละ {number} ของคลอง")
        yield text if not number else text.split("\n", 2)[2]  # the heading is printed once


def test_many_records_one_after_another() -> None:
    found = fields("".join(_records(4)))
    assert [record["/indicator/name"] for record in found] == [f"ร้อยละ {n} ของคลองที่ขุดลอกแล้วเสร็จ" for n in range(4)]
    assert all(record["/evidence"] == EXPECTED["/evidence"] for record in found)


def test_nothing_is_lost() -> None:
    """Every line is a label's, a field's, or left over."""
    flow = lay_out(text_document(ANNUAL + "ภาคผนวก ตารางแนบท้าย\n"))
    record = read_fields(flow, match_form(flow, FORM))[0]
    assert [flow.rows[row].text for row, _, _ in record.left] == ["ภาคผนวก ตารางแนบท้าย"]


def test_long_documents_stay_linear() -> None:
    text = "".join(_records(30))
    began = time.perf_counter()
    assert len(matched(text).records) == 30
    assert time.perf_counter() - began < 20
