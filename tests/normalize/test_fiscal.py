"""corpus/fiscal.yaml, and the edges of fiscal logic."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from normalize import fiscal
from schemas.values import Reason, Unread

CORPUS: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "corpus" / "fiscal.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
STATES = [(form, int(be)) for be, forms in CORPUS["states"].items() for form in forms]
REFUSES = [(text, reason) for reason, texts in CORPUS["refuses"].items() for text in texts]


@pytest.mark.parametrize(("form", "be"), STATES)
def test_states(form: str, be: int) -> None:
    assert fiscal.read_fiscal_year(form) == be


@pytest.mark.parametrize(("text", "reason"), REFUSES)
def test_refuses(text: str, reason: str) -> None:
    refusal = fiscal.read_fiscal_year(text)
    assert isinstance(refusal, Unread)
    assert (refusal.text, refusal.reason) == (text, reason)


def test_ambiguous_years_are_candidates() -> None:
    assert fiscal.read_fiscal_year("ปี 2564 และ 2563") == Unread("ปี 2564 และ 2563", Reason.AMBIGUOUS, ("2563", "2564"))


@pytest.mark.parametrize("row", CORPUS["bounds"])
def test_bounds(row: dict[str, str]) -> None:
    assert fiscal.fiscal_year_bounds(int(row["year"]), row["kind"]) == (row["start"], row["end"])


@pytest.mark.parametrize("row", CORPUS["quarters"])
def test_quarters(row: dict[str, Any]) -> None:
    kind, be, quarter = row.get("kind", "fiscal"), int(row["year"]), int(row["quarter"])
    assert fiscal.quarter_bounds(be, quarter, kind) == (row["start"], row["end"])
    for month in map(int, row["months"]):
        assert fiscal.month_quarter(month, kind) == quarter
        assert fiscal.month_year_ce(month, be, kind) == int(row["start"][:4])


@pytest.mark.parametrize(("day", "be"), CORPUS["days"].items())
def test_days(day: str, be: str) -> None:
    assert fiscal.fiscal_year_of(day) == int(be)


def test_quarters_cover_a_year_without_gap() -> None:
    for kind in ("fiscal", "calendar"):
        start, end = fiscal.fiscal_year_bounds(2564, kind)
        bounds = [fiscal.quarter_bounds(2564, quarter, kind) for quarter in fiscal.QUARTERS]
        assert (bounds[0][0], bounds[-1][1]) == (start, end)
        for (_, last), (first, _) in pairwise(bounds):
            assert date.fromisoformat(last) + timedelta(days=1) == date.fromisoformat(first)


def test_halves_and_terms() -> None:
    assert fiscal.half_period(2564, 1) == ("2020-10/2021-03", "2020-10-01", "2021-03-31")
    assert fiscal.half_period(2564, 2) == ("2021-04/2021-09", "2021-04-01", "2021-09-30")
    assert fiscal.term_period(2564, 1) == ("2021-05-16/2021-10-10", "2021-05-16", "2021-10-10")
    assert fiscal.term_period(2564, 2) == ("2021-11/2022-03", "2021-11-01", "2022-03-31")
    assert fiscal.term_period(2564, 3) is fiscal.term_period(2564, 0) is fiscal.term_period(2564, 1, "fiscal") is None


def test_every_day_lies_in_its_year() -> None:
    for kind in fiscal.year_kinds():
        start, end = fiscal.fiscal_year_bounds(2564, kind)
        day = date.fromisoformat(start)
        assert fiscal.fiscal_year_of(str(day - timedelta(days=1)), kind) == 2563
        while day <= date.fromisoformat(end):
            assert fiscal.fiscal_year_of(str(day), kind) == 2564
            day += timedelta(days=1)
        assert fiscal.fiscal_year_of(str(day), kind) == 2565


@pytest.mark.parametrize(
    ("number", "digits", "era", "ce"),
    [
        (64, 2, None, 2021), (64, 2, "be", 2021), (21, 2, "ce", 2021), (0, 2, None, 1957), (99, 2, None, 2056),
        (2400, 4, None, 1857), (2399, 4, None, Reason.IMPOSSIBLE), (2699, 4, None, 2156), (2700, 4, None, Reason.IMPOSSIBLE),
        (1900, 4, None, 1900), (1899, 4, None, Reason.IMPOSSIBLE), (2199, 4, "ce", 2199), (2200, 4, None, Reason.IMPOSSIBLE),
        (2564, 4, "be", 2021), (2564, 4, "ce", Reason.CONTRADICTION), (2021, 4, "be", Reason.CONTRADICTION),
        (5, 1, None, None), (256, 3, None, None), (25641, 5, None, None),
    ],
)  # fmt: skip
def test_printed_years(number: int, digits: int, era: str | None, ce: int | Reason | None) -> None:
    assert fiscal.year_ce(number, digits, era) == ce


def test_numbers_that_are_no_year_quarter_or_half() -> None:
    with pytest.raises(ValueError, match="no such quarter: 5"):
        fiscal.quarter_bounds(2564, 5)
    with pytest.raises(ValueError, match="no such half: 0"):
        fiscal.half_period(2564, 0)
    for be in (0, 543, 10543):
        with pytest.raises(ValueError, match="no such"):
            fiscal.fiscal_year_bounds(be)
        with pytest.raises(ValueError, match="no such"):
            fiscal.quarter_bounds(be, 3)
