"""corpus/organisations.yaml: names ↔ written forms ↔ refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from normalize.organisations import (
    Office,
    bureaus,
    districts,
    find_organization,
    find_organizations,
    office_of_code,
    organization_in_name,
    read_organization,
)
from schemas.values import Found, Unread

CORPUS: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "corpus" / "organisations.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
FIELDS = [(form, short) for short, forms in CORPUS["fields"].items() for form in forms]
REFUSED = [(text, reason) for reason, texts in CORPUS["refused"].items() for text in texts]


@pytest.mark.parametrize(("form", "short"), FIELDS)
def test_field(form: str, short: str) -> None:
    office = read_organization(form)
    assert isinstance(office, Office)
    assert office.short == short
    assert office.code is not None


@pytest.mark.parametrize("name", CORPUS["bureaus"])
def test_bureau_has_no_codes(name: str) -> None:
    office = read_organization(name)
    assert isinstance(office, Office)
    assert office in bureaus()
    assert (office.code, office.agency_code) == (None, None)


@pytest.mark.parametrize(("text", "shorts"), CORPUS["ambiguous"].items())
def test_ambiguous(text: str, shorts: list[str]) -> None:
    refusal = read_organization(text)
    assert isinstance(refusal, Unread)
    if shorts:
        assert refusal.reason == "ambiguous"
    assert list(refusal.candidates) == [f"สำนักงานเขต{short}" for short in shorts]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused(text: str, reason: str) -> None:
    refusal = read_organization(text)
    assert isinstance(refusal, Unread)
    assert (refusal.text, refusal.reason) == (text, reason)


@pytest.mark.parametrize("row", CORPUS["sentences"], ids=lambda row: row["text"])
def test_sentence(row: dict[str, Any]) -> None:
    found = find_organizations(row["text"])
    assert [[row["text"][f.start : f.end], f.value.short] for f in found] == row["found"]


@pytest.mark.parametrize(("name", "short"), CORPUS["names"].items())
def test_name_of_file(name: str, short: str) -> None:
    found = organization_in_name(name)
    assert (found.value.short if isinstance(found, Found) else "null") == short


def test_the_corpus_is_large_and_knows_all_districts() -> None:
    assert len(FIELDS) + len(CORPUS["sentences"]) + len(CORPUS["names"]) + len(REFUSED) >= 100
    assert set(CORPUS["fields"]) == {office.short for office in districts()}


def test_codes_are_two_different_orders() -> None:
    assert [office.agency_code for office in districts()] == [str(code) for code in range(5001, 5051)]
    assert sorted(office.code or "" for office in districts()) == [str(code) for code in range(1001, 1051)]
    yai = office_of_code("5018-0817")
    assert yai is not None
    assert (yai.name, yai.code, yai.agency_code) == ("สำนักงานเขตบางกอกใหญ่", "1016", "5018")
    assert office_of_code("5018") == office_of_code("1016") == office_of_code(" ๑๐๑๖ ") == yai
    assert office_of_code("5051") is office_of_code("") is office_of_code("5018-1") is office_of_code("x5018") is None


def test_every_name_reads_back_from_every_damage() -> None:
    for office in districts():
        for damaged in (
            office.name,
            office.name.replace("ำ", "ํา"),
            office.name.replace("ำ", "า"),
            office.name.replace("ำ", " า"),
            office.name.replace("า", "ำ"),
            "".join(c for c in office.name if c not in "่้๊๋์"),
            f"{office.name}ได้ดำเนินการแล้ว",
        ):
            assert read_organization(damaged) == office, damaged


def test_the_office_of_a_report_is_the_one_named_most() -> None:
    text = "สำนักงานเขตบางนาประชุม สำนักงานเขตบางนาอบรม ร่วมกับสำนักงานเขตบางแค และเขตพระโขนง เขตพระโขนง เขตพระโขนง"
    found = find_organization(text)
    assert isinstance(found, Found)
    assert (found.value.short, found.start) == ("บางนา", 0)
    doubtful = find_organization("สำนักงานเขตบางนาและสำนักงานเขตบางแค")
    assert isinstance(doubtful, Unread)
    assert doubtful.candidates == ("สำนักงานเขตบางนา", "สำนักงานเขตบางแค")
    assert find_organization("ไม่มีหน่วยงาน") == Unread("ไม่มีหน่วยงาน", doubtful.reason.UNKNOWN)
