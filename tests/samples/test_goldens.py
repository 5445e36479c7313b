"""The sample reports give the records beside them (`thaikpi extract samples/NAME/report.* > samples/NAME/record.json` makes
them again), and the made ones what the generator says was put in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks.calibration import verdicts
from extract.forms.load import load_forms
from extract.source import Source
from samples.generator.__main__ import document
from samples.generator.face import installed
from samples.generator.shelf import SHELF
from thaikpi.pipeline import read_source
from thaikpi.settings import Settings

ROOT = Path(__file__).resolve().parents[2] / "samples"
NAMES = sorted(path.parent.name for path in ROOT.glob("*/record.json"))
SCANS = {name for name, row in SHELF.items() if row[1].startswith("scan")}


def records_of(name: str) -> list[dict[str, Any]]:
    (report,) = (ROOT / name).glob("report.*")
    outcome = read_source(Source(report.name, report.read_bytes()), load_forms(), Settings())
    made: list[dict[str, Any]] = json.loads(msgspec.json.encode(outcome.records))
    return made


def golden(name: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads((ROOT / name / "record.json").read_text(encoding="utf-8"))
    return made


def test_every_sample_has_a_record_and_a_source() -> None:
    assert {"annual-text", *SHELF} == set(NAMES)
    assert all((ROOT / name / "SOURCE.md").is_file() for name in NAMES)


@pytest.mark.parametrize("name", [n for n in NAMES if n not in SCANS])
def test_sample_gives_its_record(name: str) -> None:
    assert records_of(name) == golden(name)


@pytest.mark.parametrize("name", sorted(SCANS))
def test_scan_gives_its_values(name: str) -> None:
    """Places and confidences of a scan may differ in the last digit from machine to machine; what was read may not."""
    for have, want in zip(records_of(name), golden(name), strict=True):
        for key in ("organization", "fiscal_year", "indicator", "target", "result", "scoring", "summary", "evidence"):
            assert have[key] == want[key], key


@pytest.mark.parametrize("name", sorted(SHELF))
def test_record_is_what_the_generator_put_in(name: str) -> None:
    form, kind, count, font, _ = SHELF[name]
    if not any(stem.startswith(font) for stem in installed()):
        pytest.skip(f"needs the font {font} (fonts-thai-tlwg)")
    _, _, golds, _ = document(f"shelf/{name}", form, kind, [font], count)
    for gold, record in zip(golds, golden(name), strict=True):
        judged = dict(verdicts(gold, record, 0.05 if name in SCANS else 0.0))
        assert len(judged) >= 10
        assert [pointer for pointer, right in judged.items() if not right] == []
