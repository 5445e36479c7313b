"""Quantities: the corpus, and what must hold for every text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize import CellValue, find_quantities, read_cell, read_quantity, read_unit
from schemas.values import Found, Quantity, Reason, Unread

FOLDER = Path(__file__).parent / "corpus"
CORPUS = yaml.safe_load((FOLDER / "quantities.yaml").read_text(encoding="utf-8"))
FIGURES = yaml.safe_load((FOLDER / "figures.yaml").read_text(encoding="utf-8"))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
PIECES = (
    "๑๒ 25 1,200 0.5 4-2-0 12/24 13:30 2564 -5 007 1.318 ร้อยละ ระดับ คะแนน บาท ล้านบาท ราย คน ครั้ง วัน เดือน ปี ไร่ % ไม่น้อยกว่า กว่า "
    "ประมาณ ขึ้นไป ถึง - ( ) / . , : ต่อ ที่ ครั้งที่ ชั้น ข้อ ม.ค. มกราคม พ.ศ. ปี สองพัน ห้าสิบ จุด ถ้วน สตางค์ จำนวน ๆ ละ "
    "COVID-19 5ส ซุ้ม \n"
).split(" ")
ANYTHING = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=25).map("".join),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=25).map(" ".join),
)


def shown(found: Found[Quantity]) -> str:
    """As the corpus writes a quantity."""
    return said(found.value) + (f" {found.problem}" if found.problem else "")


def said(quantity: Quantity, *, unit: bool = True) -> str:
    value = "?" if quantity.value is None else f"{quantity.value:.15g}"
    upper = "" if quantity.upper is None else f"..{quantity.upper:.15g}"
    return f"{quantity.comparator} {value}{upper}" + (f" {quantity.unit}" if unit else "")


def check(text: str, wanted: list[str]) -> None:
    found = find_quantities(text)
    assert [shown(f) for f in found] == wanted
    for f in found:
        assert text[f.start : f.end] == f.value.text
        assert f.value.unit_text is not None
        assert f.value.unit_text in f.value.text


def test_the_corpus_is_large_enough() -> None:
    assert sum(len(g["forms"]) for g in CORPUS["forms"]) + len(CORPUS["narratives"]) + len(CORPUS["refusals"]) >= 400


@pytest.mark.parametrize(("value", "form"), [(g["value"], f) for g in CORPUS["forms"] for f in g["forms"]])
def test_forms(value: str, form: str) -> None:
    check(form, [value])


@pytest.mark.parametrize("case", CORPUS["narratives"], ids=lambda c: c["text"][:40])
def test_narratives(case: dict[str, Any]) -> None:
    check(case["text"], case["quantities"])
    check(case["text"].translate(THAI), case["quantities"])


@pytest.mark.parametrize("case", CORPUS["refusals"], ids=lambda c: c["text"])
def test_refusals(case: dict[str, str]) -> None:
    check(case["text"], [])


@pytest.mark.parametrize(("group", "form"), [(g, f) for g in FIGURES["fields"] for f in g["forms"]])
def test_fields(group: dict[str, Any], form: str) -> None:
    got = read_quantity(form, group.get("unit"))
    assert isinstance(got, Quantity), got
    assert said(got).replace("?", "null").replace("None", "null") == group["value"]
    assert got.text == form.strip()


@pytest.mark.parametrize("case", FIGURES["refused"], ids=lambda c: repr(c["text"]))
def test_refused_fields(case: dict[str, str]) -> None:
    got = read_quantity(case["text"], case.get("unit"))
    assert isinstance(got, Unread), got
    assert (got.reason, got.text) == (case["reason"], case["text"])


@pytest.mark.parametrize("case", FIGURES["cells"], ids=lambda c: f"{c['text']} {c.get('unit')}")
def test_cells(case: dict[str, Any]) -> None:
    got = read_cell(case["text"], case.get("unit"))
    assert isinstance(got, CellValue), got
    figure = Quantity(comparator=got.comparator, value=got.value, upper=got.upper, text="")
    value = None if got.value is None else said(figure, unit=False)
    assert value == case.get("value")
    assert got.parts == (tuple(case["parts"]) if "parts" in case else None)
    assert got.problem == case.get("problem")
    assert got.text == case["text"]


def test_blank_cells_and_endless_ones() -> None:
    assert read_cell(" \n") == Unread(" \n", Reason.BLANK)
    assert read_cell("5" * 500) == CellValue(text="5" * 500, problem=Reason.TOO_LONG)
    assert read_quantity("5" * 500) == Unread("5" * 500, Reason.TOO_LONG)


@pytest.mark.parametrize(("printed", "unit"), FIGURES["units"].items())
def test_units(printed: str, unit: str | None) -> None:
    assert read_unit(printed) == unit


def test_units_stay_as_printed() -> None:
    found = find_quantities("๒๐๐ รายต่อเดือน 5 เเห่ง 3.2 ล้านบาท ร้อยละ ๘๐")
    assert [f.value.unit_text for f in found] == ["รายต่อเดือน", "เเห่ง", "ล้านบาท", "ร้อยละ"]
    assert [f.value.unit for f in found] == ["ราย/เดือน", "แห่ง", "baht", "percent"]


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("ได้เงิน 500.- บาท แล้ว", "500.- บาท", "บาท"),
        ("ได้เงิน 500.- แล้ว", "500.-", ".-"),
        ("ผล 100 (ร้อยละ) แล้ว", "100 (ร้อยละ)", "ร้อยละ"),
        ("ได้คะแนน 5 ข้อ", "5 ข้อ", "ข้อ"),
        ("ผลร้อยละ 80% แล้ว", "ร้อยละ 80%", "ร้อยละ"),
        ("ระดับ 4.26 คะแนน", "4.26 คะแนน", "คะแนน"),
        ("อยู่ในระดับ 5 แล้ว", "ระดับ 5", "ระดับ"),
        ("ลดลงร้อยละ -5 แล้ว", "ร้อยละ -5", "ร้อยละ"),
        ("มีไม่น้อยกว่าจำนวน 35 ปีขึ้นไป", "ไม่น้อยกว่าจำนวน 35 ปีขึ้นไป", "ปี"),
        ("คิดเป็นร้อย 29.115 แล้ว", "ร้อย 29.115", "ร้อย"),
        ("ประมาณ 2,000 บาท (สองพันบาทถ้วน) แล้ว", "ประมาณ 2,000 บาท (สองพันบาทถ้วน)", "บาท"),
        ("ใช้สองพันบาทถ้วน (2,000 บาท) แล้ว", "สองพันบาทถ้วน (2,000 บาท)", "บาท"),
        ("เนื้อที่ 4-2-0 ไร่ แล้ว", "4-2-0 ไร่", "ไร่"),
        ("ใช้ 1 ล้าน 2 แสนบาท แล้ว", "1 ล้าน 2 แสนบาท", "บาท"),
    ],
)
def test_quantities_are_cut_where_they_end(text: str, quantity: str, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value.text, found.value.unit_text) == (quantity, unit)
    assert text[found.start : found.end] == quantity


def test_nothing_is_looked_for_in_dates() -> None:
    text = "ในรอบ 3 เดือน มีผู้ใช้ 40 คน"
    day = Found(7, 14, None)
    assert [f.value.text for f in find_quantities(text)] == ["3 เดือน", "40 คน"]
    assert [f.value.text for f in find_quantities(text, [Found(6, 13, None)])] == ["40 คน"]
    assert [f.value.text for f in find_quantities(text, [Found(0, 6, None)])] == ["3 เดือน", "40 คน"]
    assert find_quantities(text, [Found(6, 13, None), Found(23, 28, None)]) == []
    assert [f.value.text for f in find_quantities(text, [Found(23, 28, None), day, Found(0, 2, None)])] == ["3 เดือน"]


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_no_text_raises_and_spans_are_right(text: str) -> None:
    found = find_quantities(text)
    places = [(f.start, f.end) for f in found]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    for f in found:
        assert text[f.start : f.end] == f.value.text != ""
        assert (f.value.value is None) == (f.problem is not None)
        assert (f.value.upper is not None) == (f.value.comparator == "range" and f.problem is None)


@given(ANYTHING, st.sampled_from([None, "คน", "ร้อยละ", "ล้านบาท", "คัน/ครั้ง", "-"]))
@settings(max_examples=300, deadline=None)
def test_no_figure_raises(text: str, unit: str | None) -> None:
    assert isinstance(read_quantity(text, unit), Quantity | Unread)
    assert isinstance(read_cell(text, unit), CellValue | Unread)
    read_unit(text)


@given(st.lists(st.sampled_from([*PIECES, " "]), max_size=25).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_thai_digits_mean_the_same(text: str) -> None:
    assert [shown(f) for f in find_quantities(text)] == [shown(f) for f in find_quantities(text.translate(THAI))]


@given(
    st.sampled_from(["=", ">=", ">", "<=", "<", "~"]),
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["คน", "ราย/เดือน", "ร้อยละ", "บาท", "ล้านบาท", "ตร.ม.", "วันทำการ"]),
)
@settings(max_examples=300, deadline=None)
def test_printed_values_read_back(comparator: str, value: Any, unit: str) -> None:
    words = {"=": "", ">=": "ไม่น้อยกว่า ", ">": "มากกว่า ", "<=": "ไม่เกิน ", "<": "น้อยกว่า ", "~": "ประมาณ "}[comparator]
    value = value if unit not in ("คน", "ราย/เดือน", "วันทำการ") else int(value)
    printed = f"{words}ร้อยละ {value:,}" if unit == "ร้อยละ" else f"{words}{value:,} {unit}"
    (found,) = find_quantities(f"ผลงานรวม {printed} แล้วเสร็จ")
    name = {"ร้อยละ": "percent", "บาท": "baht", "ล้านบาท": "baht"}.get(unit, unit)
    wanted = float(f"{value}e6") if unit == "ล้านบาท" else float(value)
    assert (found.value.comparator, found.value.value, found.value.unit) == (comparator, wanted, name)
    assert found.value.text == printed
    field = read_quantity(printed)
    assert isinstance(field, Quantity)
    assert (field.comparator, field.value, field.unit) == (comparator, wanted, name)


HOSTILE = [
    "1", "1,", "1.", "1-", "1 - ", "1/", "1/คน", "1 คน/", "(1", "1(", "บาท", "สองบาท", "สอง", "ร้อยละสอง", "ร้อยละ", "จำนวน",
    "จำนวน1", "1กข", "กข1กข", "เดือนละ1", "ม.ค. 6", "ซอย", "ซอยก1ชุมชน", "1 ล้าน ", "1 คน ถึง ", "ๆ ", "เ", "ํา", "1 ", " ",
    "1 คน (สอง) ", "โครงการ 1 เขต ", "1 คนต่อ", "ไม่", "-", "1.318 คน ", "0 1234 5678 ",
]  # fmt: skip


def calls(function: Callable[[], object]) -> int:
    """Calls that Python makes meanwhile: the work that an algorithm does, whatever the machine is busy with."""
    count = 0

    def count_one(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(count_one)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_length(piece: str) -> None:
    once, twice = (calls(lambda n=n: find_quantities(piece * n)) for n in (300, 600))  # type: ignore[misc]
    assert twice < 2.3 * once + 200
