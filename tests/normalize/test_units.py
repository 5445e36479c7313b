"""The table of units: well formed, and every word of it is read after a number."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import normalize
from normalize.numerals import digit_view
from normalize.units import Kind, Words, decimal_unit, unit_at, unit_power, vocabulary

TABLE = Path(normalize.__file__).parent / "data" / "units.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
NAMES = {"บาท": "baht", "บ.": "baht", "฿": "baht", "ระดับ": "level", "คะแนน": "score"}


def test_rows_are_well_formed() -> None:
    kinds = {kind.value for kind in Kind} | {"bounded", "per", "name"}
    for row in ROWS:
        assert len(row) == 3, row
        assert row[0] in kinds
        words = row[2].split(" ")
        assert all(words), row[1]
        assert row[2] == unicodedata.normalize("NFC", row[2])
        assert digit_view(row[2]).text == row[2]


def test_no_word_is_two_things() -> None:
    words = Counter(w for kind, _, words in ROWS if kind not in ("per", "bounded", "name") for w in words.split(" "))
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.NOT])
def test_every_unit_is_read(kind: Kind) -> None:
    for word, its in vocabulary().kinds.items():
        if its is kind:
            unit = unit_at(f"12 {word} แล้ว", 3)
            assert unit is not None, word
            assert (unit.name, unit.end) == (NAMES.get(word, "percent" if "เปอ" in word[:3] else word), 3 + len(word)), word


def test_words_that_are_no_units() -> None:
    for word, kind in vocabulary().kinds.items():
        if kind is Kind.NOT:
            assert unit_at(f"12 {word}", 3) is None, word


NAMED: list[tuple[str, str | None]] = [
    ("คน", "คน"), ("คนละ", None), ("ครั้งที่ 5", None), ("ครั้งที่ผ่านมา", "ครั้ง"), ("รายงานผล", None), ("รายงานเดิน", "ราย"),
    ("ราย ต่อ เดือน", "ราย/เดือน"), ("เรื่องต่อคณะกรรมการ", "เรื่อง"), ("บาท/เดือน/คน", "บาท/เดือน/คน"), ("ครั้งต่อปีที่ 5", "ครั้ง"),
    ("% ต่อปี", "percent"), ("km2", "km2"), ("km4", None), ("kmx", None), ("ม²", "ม²"), ("ซม.²", None), ("ล้านบาท", "baht"),
    ("แสนคน", "คน"), ("ก่อน", None), ("กอ่", None), ("", None), (" คน", None), ("พันธุ์", "พันธุ์"),
]  # fmt: skip
DECIMAL = {
    "ร้อยละ": True, "บาท": True, "คน": False, "ตร.ม.": True, "ลบ.ม./ครั้ง": True, "คัน/ครั้ง": False, "ชั่วโมง/คน": True,
    "บุษบก": None, "": None,
}  # fmt: skip
POWERS = {"ล้านบาท": 6, "พันบาท": 3, "แสนล้านบาท": 11, "บาท": 0, "ล้านคน": 0, None: 0, "": 0}


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_units_in_a_text(text: str, name: str | None) -> None:
    unit = unit_at(text, 0)
    assert (unit.name if unit else None) == name


def test_counting_makes_general_words_units() -> None:
    assert unit_at("งานก่อสร้าง", 0) is None
    assert unit_at("งานก่อสร้าง", 0, counting=True) is not None


@pytest.mark.parametrize(("unit", "decimal"), DECIMAL.items())
def test_decimal_units(unit: str, decimal: bool | None) -> None:
    assert decimal_unit(unit) is decimal


@pytest.mark.parametrize(("unit", "power"), POWERS.items())
def test_powers_of_money(unit: str | None, power: int) -> None:
    assert unit_power(unit) == power


def test_words_are_found_at_their_longest() -> None:
    words = Words(["ก", "กข", "กขคง", "กขคงจ", "ขค"])
    at = {"กขคงจ": "กขคงจ", "กขคงฉ": "กขคง", "กขค": "กข", "ก": "ก", "ฮ": None, "": None}
    assert {text: words.at(text, 0) for text in at} == at
    assert list(words.all_at("กขคงจ", 0)) == ["กขคงจ", "กขคง", "กข", "ก"]
    assert list(words.all_at("กข", 0)) == ["กข", "ก"]
    before = {("กขคงจ", 0): "กขคงจ", ("กขคงจ", 1): None, ("กขค", 0): "ขค", ("กขค", 2): None, ("ก", 1): None, ("", 0): None}
    assert {(text, floor): words.before(text, floor, len(text)) for text, floor in before} == before
