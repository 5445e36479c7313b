"""Numbers: the corpus, and what must hold for every text and every number."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.numerals import Number, digit_view, numeral_value, read_number
from normalize.words import read_baht_words, read_words, spell, spell_baht
from schemas.values import Reason, Unread

CORPUS = yaml.safe_load((Path(__file__).parent / "corpus" / "numerals.yaml").read_text(encoding="utf-8"))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
ANYTHING = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("๐๑๒๓0123456789.,-–/() กขคจสหเแร้อ่ยะีลนบ")), max_size=60)


def test_the_corpus_is_large_enough() -> None:
    written = sum(len(g["forms"]) for g in CORPUS["forms"] + CORPUS["ranges"])
    assert written + len(CORPUS["words"]) + len(CORPUS["informal"]) + len(CORPUS["baht"]) + len(CORPUS["refused"]) >= 150


@pytest.mark.parametrize(("value", "form"), [(g["value"], f) for g in CORPUS["forms"] for f in g["forms"]])
def test_forms(value: float, form: str) -> None:
    number = read_number(form)
    assert isinstance(number, Number), number
    assert (number.value, number.upper, number.text) == (value, None, form.strip())


@pytest.mark.parametrize(("value", "form"), [(g["value"], f) for g in CORPUS["ranges"] for f in g["forms"]])
def test_ranges(value: str, form: str) -> None:
    number = read_number(form)
    assert isinstance(number, Number), number
    assert (number.value, number.upper) == tuple(float(x) for x in value.split(".."))


@pytest.mark.parametrize(("value", "words"), CORPUS["words"].items())
def test_words_both_ways(value: float, words: str) -> None:
    assert read_words(words) == value
    assert spell(value) == words
    number = read_number(words)
    assert isinstance(number, Number)
    assert number.value == value


@pytest.mark.parametrize(("words", "value"), CORPUS["informal"].items())
def test_informal_words(words: str, value: float) -> None:
    assert read_words(words) == value


@pytest.mark.parametrize(("value", "words"), CORPUS["baht"].items())
def test_baht_both_ways(value: float, words: str) -> None:
    assert read_baht_words(words) == value
    assert spell_baht(value) == words


NO_AMOUNTS = ["", "บาท", "ห้าบาทหก", "ห้าบาทหนึ่งร้อยสตางค์", "ห้าจุดห้าบาทห้าสตางค์", "ห้า", "สตางค์", "ก" * 300, "ห้าบาทกสตางค์"]


@pytest.mark.parametrize("words", NO_AMOUNTS)
def test_no_amount(words: str) -> None:
    assert read_baht_words(words) is None


@pytest.mark.parametrize("case", CORPUS["refused"], ids=lambda c: repr(c["text"]))
def test_refused(case: dict[str, object]) -> None:
    got = read_number(str(case["text"]))
    assert isinstance(got, Unread), got
    assert got.reason == case["reason"]
    assert got.text == case["text"]
    if "candidates" in case:
        assert list(got.candidates) == case["candidates"]


def test_a_dot_can_be_decided() -> None:
    assert numeral_value("2.400", decimal_dot=True) == 2.4
    assert numeral_value("2.400", decimal_dot=False) == 2400
    assert read_number("2.400", decimal_dot=False) == Number(value=2400.0, text="2.400")
    assert read_number("2.400-2.500", decimal_dot=False) == Number(value=2400.0, upper=2500.0, text="2.400-2.500")
    both = "2.400 (สองพันสี่ร้อย)"
    assert read_number(both, decimal_dot=False) == Number(value=2400.0, text=both)


@pytest.mark.parametrize(("text", "value"), [("0.125", 0.125), ("1234.567", 1234.567), ("2.40", 2.4), ("2.4000", 2.4)])
def test_dots_that_are_decimal_points_anyway(text: str, value: float) -> None:
    assert numeral_value(text) == value


def test_a_power_of_ten_rounds_once() -> None:
    assert numeral_value("192.13", power=6) == 192130000.0
    assert numeral_value("0.07", power=6) == 70000.0


def test_the_longest_figure() -> None:
    assert numeral_value("9" * 15) == float("9" * 15)
    assert numeral_value("9" * 16) == Unread("9" * 16, Reason.TOO_LONG)
    assert read_number("1" * 400 + " ") == Unread("1" * 400 + " ", Reason.TOO_LONG)
    assert read_number("ก" * 401) == Unread("ก" * 401, Reason.TOO_LONG)
    assert read_words("หนึ่งล้าน" * 12) is None
    assert read_words("สิบล้านล้านล้าน") is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x"])
def test_no_words_for_what_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="no"):
        spell(value)


def test_no_words_for_negative_amounts() -> None:
    with pytest.raises(ValueError, match="below zero"):
        spell_baht(-1)


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text: str) -> None:
    got = read_number(text)
    assert isinstance(got, Number | Unread)
    read_words(text)
    read_baht_words(text)


@given(st.integers(0, 10**15 - 1))
@settings(max_examples=200, deadline=None)
def test_whole_numbers_read_back(value: int) -> None:
    assert read_words(spell(value)) == value
    for printed in (f"{value:,}", str(value), f"{value:,}.00", f"{value:,}".translate(THAI)):
        number = read_number(printed)
        assert isinstance(number, Number)
        assert number.value == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
@settings(max_examples=200, deadline=None)
def test_decimals_read_back(value: Decimal) -> None:
    assert read_words(spell(value)) == float(value)
    number = read_number(f"{value:,}")
    assert isinstance(number, Number)
    assert number.value == float(value)


@given(st.integers(0, 10**12))
@settings(max_examples=200, deadline=None)
def test_amounts_read_back(satang: int) -> None:
    baht = Decimal(satang) / 100
    assert read_baht_words(spell_baht(baht)) == float(baht)


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_the_view_leads_back(text: str) -> None:
    view = digit_view(text)
    places = [view.printed(i) for i in range(len(view.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(text)
    assert digit_view(view.text).text == view.text


@given(ANYTHING)
@settings(max_examples=200, deadline=None)
def test_thai_digits_mean_the_same(text: str) -> None:
    one, other = read_number(text), read_number(text.translate(THAI))
    assert type(one) is type(other)
    if isinstance(one, Number) and isinstance(other, Number):
        assert (one.value, one.upper) == (other.value, other.upper)


def test_the_view_of_broken_text() -> None:
    view = digit_view("ดํา๕เเห่ง\u200bก")
    assert view.text == "ดำ5แห่งก"
    assert [view.printed(i) for i in range(9)] == [0, 1, 3, 4, 6, 7, 8, 10, 11]
    assert digit_view("นํ้า").text == "น้ำ"
    assert digit_view("คน").source is None
