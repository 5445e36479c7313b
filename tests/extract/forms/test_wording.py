"""Wordings as they are really printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.forms.wording import end_of, places, skeleton, word_ends, wording


@pytest.mark.parametrize(
    ("label", "printed", "rest"),
    [
        ("คำนิยาม", "คำนียาม : ก", " : ก"),  # misprinted by the system itself
        ("คำนิยาม", "คานิยาม:", ":"),  # sara am lost
        ("เป้าหมาย", "เปาหมาย :", " :"),  # tone mark lost
        ("รายงานผลการดำเนินงาน (รายไตรมาส)", "รายงานผลการดําเนินงาน(รายไตรมาส :", " :"),
        ("หลักฐานอ้างอิง", "หลักฐาษอ้างอิง : ภาพ", " : ภาพ"),  # one wrong letter
        ("ชื่อตัวชี้วัด", "ชื่อตัวชี้วั : ระดับ", " : ระดับ"),  # a letter lost at the end eats none of the value
        ("ไตรมาสที่ 1", "ไตรมาสที่ ๑ : ก", " : ก"),
    ],
)
def test_label_is_found(label: str, printed: str, rest: str) -> None:
    begun = wording(label).begins(skeleton(printed), word_ends(printed))
    assert begun is not None
    assert printed[end_of(printed, 0, begun[1]) :].lstrip(")") == rest


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("ไตรมาสที่ 1", "ไตรมาสที่ 2 : ก"),  # another number is no misprint
        ("เป้าหมาย", "เป็นไปตามแผน"),
        ("ย่อย", "บ่อย"),  # too short for errors
        ("หลักฐานอ้างอิง", "หลักการและเหตุผล"),
    ],
)
def test_other_words_are_not(label: str, printed: str) -> None:
    assert wording(label).begins(skeleton(printed)) is None


def test_suffix() -> None:
    assert wording("(ผู้รับผิดชอบโครงการ)").ends("นายหนึ่ง (ผ้รับผิดชอบโครงการ)") == len("นายหนึ่ง")
    assert wording("(ผู้รับผิดชอบโครงการ)").ends("นายหนึ่ง") is None


def test_places() -> None:
    text = "☑ ผลผลิต (Output) ☐ ผลลัพธ์"
    assert [text[a:b] for a, b in places(text, skeleton("ผลลัพธ์"))] == ["ผลลัพธ์"]
    assert places(text, "") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="กขคงาำิ์่ 1๒.:(", max_size=30), st.text(alphabet="กขคงาำิ์่ 1๒.:(", max_size=60))
def test_total(label: str, text: str) -> None:
    word = wording(label)
    begun = word.begins(skeleton(text), word_ends(text))
    assert begun is None or 0 <= end_of(text, 0, begun[1]) <= len(text)
    word.ends(text)
