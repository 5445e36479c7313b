"""The real report: every fact that its text holds, with its lines; and the same facts out of its PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract.forms.load import load_forms
from extract.pages import read_pages
from extract.source import Source, open_source
from schemas.document import Document
from schemas.record import Record
from thaikpi.records import read_records


@dataclass(frozen=True)
class Digest:
    """A text of the report by the start of its SHA-256: its sentences are not part of this repository."""

    start: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and hashlib.sha256(other.encode()).hexdigest().startswith(self.start)


FACTS: dict[str, tuple[Any, int]] = {  # pointer: value, line of the text
    "/indicator/name": (Digest("d78c0f1b4e7f"), 7),
    "/strategy/issue/number": ("7", 13),
    "/strategy/sub_issue/number": ("7.5", 15),
    "/strategy/goal/number": ("7.5.1", 17),
    "/target": ({"value": 100.0, "unit": "percent"}, 39),
    "/result": ({"value": 100.0, "unit": "percent"}, 41),
    "/scoring/0": ({"level": 1, "score": 60.0}, 35),
    "/scoring/4": ({"level": 5, "score": 100.0}, 35),
    "/quarters/0/dates/0": ({"edtf": "2020-10"}, 45),
    "/quarters/1/dates/0": ({"edtf": "2021-01/2021-03"}, 55),
    "/quarters/1/dates/1": ({"edtf": "2021-04/.."}, 55),
    "/quarters/2/quantities/0": ({"value": 200.0, "comparator": ">", "unit": "ราย/เดือน"}, 59),
    "/quarters/3/dates/1": ({"edtf": "2021-03/2021-08"}, 63),
    "/quarters/3/quantities/0": ({"value": 2778.0, "unit": "ราย"}, 65),
    "/organization": ({"code": "1016", "agency_code": "5018", "inferred": True}, 49),
    "/fiscal_year": ({"be": 2564}, 45),
    "/evidence/1": (Digest("bcf04a0a9b38"), 93),
    "/obstacles": ([], 87),
}


def record_of(path: Path) -> Record:
    opened = open_source(Source(path.name, path.read_bytes()))
    pages = tuple(read_pages(opened.data, opened.media_type))
    document = Document(file=opened.file, sha256=opened.sha256, media_type=opened.media_type, pages=pages)
    reading = read_records(document, load_forms())
    assert len(reading.records) == 1
    return reading.records[0]


def value_at(record: Any, pointer: str) -> Any:
    for key in pointer.strip("/").split("/"):
        record = record[int(key)] if isinstance(record, list) else record[key]
    return record


def wrong(record: Record) -> Iterator[str]:
    tree = msgspec.to_builtins(record)
    for pointer, (expected, _) in FACTS.items():
        found = value_at(tree, pointer)
        if isinstance(expected, dict):
            found = {key: found[key] for key in expected}
        if found != expected:
            yield f"{pointer}: {found}"


def _seed(shared: Path) -> Path:
    return next(path for path in (shared / "seed" / "report.txt", shared / "data" / "seed" / "report.txt") if path.is_file())


def test_facts_with_their_lines(shared: Path) -> None:
    record = record_of(_seed(shared))
    assert list(wrong(record)) == []
    for pointer, (_, line) in FACTS.items():
        assert line in [place.line for place in record.provenance[pointer].places], pointer
    assert record.indicator.level is None  # its boxes lost their marks
    assert len(record.supporting_factors or []) == 1
    assert len(record.evidence or []) == 2
    assert all(quarter.narrative for quarter in record.quarters)


@pytest.mark.parametrize("name", ["chromium__NotoSansThai", "lo-html__Loma", "weasyprint__Garuda", "tcpdf__Sarabun"])
def test_the_same_facts_out_of_pdfs(shared: Path, name: str) -> None:
    record = record_of(_seed(shared).parents[1] / "textlayer" / "pdf" / f"strict__{name}.pdf")
    assert list(wrong(record)) == []
    assert record.indicator.level == "output"
    for pointer in FACTS:
        assert all(place.page and place.bbox for place in record.provenance[pointer].places), pointer
