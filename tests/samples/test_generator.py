"""The generator makes the same from the same seed, and what it makes says what its gold says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples.generator import __main__ as generator
from samples.generator.contents import FORMS, make_report
from samples.generator.face import families
from samples.generator.files import WRITERS
from samples.generator.page import join_lines
from samples.generator.pdf import DAMAGES, FAKEBOLD
from samples.generator.strangers import strangers

needs_font = pytest.mark.skipif(not families(), reason="no Thai font installed (fonts-thai-tlwg)")


@pytest.mark.parametrize("form", FORMS)
def test_same_seed_same_report(form: str) -> None:
    assert make_report("7/1", form) == make_report("7/1", form)
    assert make_report("7/1", form) != make_report("7/2", form)


@pytest.mark.parametrize("form", FORMS)
def test_quantities_and_dates_stand_in_their_narratives(form: str) -> None:
    for k in range(20):
        gold = make_report(f"here/{k}", form).gold
        for section in [*gold["quarters"], gold["summary"]]:
            for value in [*section["dates"], *section["quantities"]]:
                assert value["text"] in section["narrative"]


@pytest.mark.parametrize("kind", [*WRITERS])
def test_pageless_documents_are_the_same_bytes(kind: str) -> None:
    assert generator.document("a", "annual", kind, []) == generator.document("a", "annual", kind, [])


@needs_font
@pytest.mark.parametrize("damage", DAMAGES)
def test_pdf_is_the_same_bytes_and_damage_changes_only_the_text_layer(damage: str) -> None:
    import pypdfium2

    font = families()[:1]
    data, _, gold, _ = generator.document("b", "annual", f"pdf:{damage}", font)
    assert data == generator.document("b", "annual", f"pdf:{damage}", font)[0]
    clean, _, clean_gold, _ = generator.document("b", "annual", "pdf:none", font)
    assert gold == clean_gold
    if damage in FAKEBOLD:
        return  # its bold is drawn otherwise
    with pypdfium2.PdfDocument(data) as one, pypdfium2.PdfDocument(clean) as other:
        seen, wanted = (pdf[0].render(grayscale=True).to_numpy().astype(int) for pdf in (one, other))
        assert (abs(seen - wanted) > 64).mean() < 0.006  # glyphs snap to pixels run by run; another report differs by 0.14


@needs_font
@pytest.mark.parametrize("kind", ["pdf:am-all+space-aa", "pdf:none:spaced", "pdf:none:running"])
def test_headings_of_another_damage_and_other_looks_are_the_same_bytes(kind: str) -> None:
    data, _, gold, _ = generator.document("b", "pledge", kind, families()[:1])
    assert data == generator.document("b", "pledge", kind, families()[:1])[0]
    plain, _, plain_gold, _ = generator.document("b", "pledge", "pdf:none", families()[:1])
    assert data != plain
    assert [g["target"] for g in gold] == [g["target"] for g in plain_gold]


def test_lines_join_as_the_contract_says() -> None:
    lines = [("ผู้เข้าร่วม 8", True), ("คนฝ่าย", False), ("ปกครอง COVID-", False), ("19", False), ("ข้อต่อไป", True)]
    assert join_lines(lines) == "ผู้เข้าร่วม 8 คนฝ่ายปกครอง COVID- 19\nข้อต่อไป"


def test_strangers_are_many_and_the_same() -> None:
    made = strangers(100, "1", Path(__file__).resolve().parents[2])
    assert len({name for name, _ in made}) == 100
    assert made == strangers(100, "1", Path(__file__).resolve().parents[2])


@needs_font
def test_write_all_writes_gold_beside(tmp_path: Path) -> None:
    generator.write_all(tmp_path, 6, 1, list(FORMS), families())
    golds = sorted(tmp_path.glob("*.gold.json"))
    assert len(golds) == 6
    for path in golds:
        document = json.loads(path.read_text(encoding="utf-8"))["document"]
        assert (tmp_path / document["file"]).stat().st_size > 0
