"""corpus/dates.yaml: every value by every form, every sentence with all its dates, and what must be refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from normalize.dates import find_dates, read_date
from schemas.values import DateValue, Unread

CORPUS: dict[str, Any] = yaml.load(  # BaseLoader: every scalar stays the text that it is
    (Path(__file__).parent / "corpus" / "dates.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
FORMS = [(form, row["value"]) for row in CORPUS["forms"] for form in row["forms"]]
KEPT = [(form, row) for row in CORPUS["kept"] for form in row["forms"]]
REFUSED = [(text, group) for group, texts in CORPUS["refused"].items() for text in texts]


def year(row: dict[str, str]) -> int | None:
    return int(row["year"]) if "year" in row else None


def known(text: str) -> str | None:
    return None if text == "null" else text


@pytest.mark.parametrize(("form", "value"), FORMS, ids=lambda x: x if isinstance(x, str) else "")
def test_form(form: str, value: dict[str, str]) -> None:
    found = find_dates(form, year(value))
    want = DateValue(edtf=value["edtf"], start=value["start"], end=known(value["end"]), text=form)
    assert [f.value for f in found] == [want]
    assert read_date(f" {form}\n", year(value)) == want


@pytest.mark.parametrize("row", CORPUS["sentences"], ids=lambda row: row["text"])
def test_sentence(row: dict[str, Any]) -> None:
    found = find_dates(row["text"], year(row))
    assert [[f.value.text, f.value.edtf] for f in found] == [[text, known(edtf)] for text, edtf in row["dates"]]


@pytest.mark.parametrize(("form", "row"), KEPT, ids=lambda x: x if isinstance(x, str) else x["problem"])
def test_kept_without_value(form: str, row: dict[str, str]) -> None:
    found = find_dates(form, year(row))
    assert [(f.value.text, f.value.edtf, f.value.start, f.value.end, f.problem) for f in found] == [
        (form, None, None, None, row["problem"])
    ]
    assert read_date(form, year(row)) == Unread(form, found[0].problem or "")  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "group"), REFUSED)
def test_refused(text: str, group: str) -> None:
    assert find_dates(text, 2564) == []
    refusal = read_date(text, 2564)
    assert isinstance(refusal, Unread)
    if group == "relative":
        assert refusal.reason == "relative"


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    cases = len(FORMS) + len(CORPUS["sentences"]) + len(KEPT) + len(REFUSED)
    assert cases >= 400
    forms = [(form, value.get("year")) for form, value in FORMS]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize(
    ("text", "reason", "candidates"),
    [
        ("", "blank", ()), (" \n", "blank", ()), ("-", "dash", ()), (" – ", "dash", ()), ("—", "dash", ()),
        ("ไม่มี", "none", ()), ("ไม่ระบุ", "none", ()), ("ตามแผน", "unknown", ()), ("5 คน", "unknown", ()),
        ("ปัจจุบัน", "relative", ()), ("x" * 401, "too-long", ()), ("x" * 400, "unknown", ()),
        ("5 ม.ค. 64 และ 9 ก.พ. 64", "ambiguous", ("5 ม.ค. 64", "9 ก.พ. 64")),
        ("เริ่ม 5 ม.ค. 64 เสร็จ 31 ก.พ. 64", "ambiguous", ("5 ม.ค. 64", "31 ก.พ. 64")),
    ],
)  # fmt: skip
def test_a_field_without_one_date_says_why(text: str, reason: str, candidates: tuple[str, ...]) -> None:
    refusal = read_date(text, 2564)
    assert isinstance(refusal, Unread)
    assert (refusal.text, refusal.reason, refusal.candidates) == (text, reason, candidates)


def test_a_field_may_say_more_than_its_date() -> None:
    value = read_date("กำหนดแล้วเสร็จภายในวันที่ 5 มกราคม", 2564)
    assert isinstance(value, DateValue)
    assert (value.edtf, value.text) == ("2021-01-05", "วันที่ 5 มกราคม")


@pytest.mark.parametrize("fiscal_year", [0, -1, 64, 2021, 2399, 2700, 10**9])
def test_a_fiscal_year_that_is_none_counts_as_unknown(fiscal_year: int) -> None:
    found = find_dates("ไตรมาส 2 เดือนตุลาคม 5 ม.ค. 64", fiscal_year)
    assert [(f.value.edtf, f.problem) for f in found] == [(None, "no-year"), (None, "no-year"), ("2021-01-05", None)]


def test_the_first_and_the_last_fiscal_year_count() -> None:
    assert [f.value.edtf for year in (2400, 2699) for f in find_dates("เดือนตุลาคม", year)] == ["1856-10", "2155-10"]
