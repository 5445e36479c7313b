"""A hundred documents that are no KPI reports, this project's own pages among them: none gives a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.forms.load import load_forms
from extract.source import Source
from samples.generator.__main__ import look_for, write_strangers
from samples.generator.contents import Report
from samples.generator.face import families
from samples.generator.files import WRITERS
from samples.generator.page import set_report
from samples.generator.pdf import write_pdf
from samples.generator.strangers import KINDS, as_report, strangers
from schemas.form import Form
from thaikpi.pipeline import read_source
from thaikpi.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COUNT = 100


@pytest.fixture(scope="module")
def forms() -> tuple[Form, ...]:
    return load_forms()


def records_of(
    reports: list[tuple[str, Report]], write: Callable[[Report], bytes], ending: str, forms: tuple[Form, ...]
) -> dict[str, int]:
    """How many records each document gave, those that gave any."""
    outcomes = {name: read_source(Source(f"{name}.{ending}", write(report)), forms, Settings()) for name, report in reports}
    assert all(outcome.reason for outcome in outcomes.values() if not outcome.records)  # a refusal says why
    return {name: len(outcome.records) for name, outcome in outcomes.items() if outcome.records}


@pytest.mark.parametrize("ending", WRITERS)
def test_no_stranger_gives_a_record(ending: str, forms: tuple[Form, ...]) -> None:
    made = strangers(COUNT, "strangers", ROOT)
    every = made if ending == "txt" else made[list(WRITERS).index(ending) :: len(WRITERS)]
    reports = [(name, as_report(lines)) for name, lines in every]
    assert records_of(reports, WRITERS[ending], ending, forms) == {}


@pytest.mark.skipif(not families(), reason="no Thai font installed (fonts-thai-tlwg)")
def test_no_stranger_in_pdf_gives_a_record(forms: tuple[Form, ...]) -> None:
    from random import Random

    look = look_for(Random("strangers"), families())
    reports = [(name, as_report(lines)) for name, lines in strangers(len(KINDS), "strangers in PDF")]
    assert records_of(reports, lambda report: write_pdf(set_report([report], look)[0], look.face), "pdf", forms) == {}


def test_a_hundred_files_are_written(tmp_path: Path) -> None:
    write_strangers(tmp_path, 12, 1, None)
    assert len(list(tmp_path.iterdir())) == 12
