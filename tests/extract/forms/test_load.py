"""A broken form file is told with its line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.forms.load import PACKAGED, FormError, load_form, load_forms

GOOD = """\
model: 1
id: t
title: {th: ก, en: a}
recognition:
  evidence:
    - {text: แบบทดสอบ}
sections:
  - id: name
    fills: /indicator/name
    labels: [ชื่อตัวชี้วัด]
  - id: target
    kind: quantity
    fills: /target
    labels: [เป้าหมาย]
"""

BROKEN = {
    "yaml": (("title: {th: ก, en: a}", "title: {th: ก, en: a"), 4, "not valid YAML"),
    "twice": (("    kind: quantity", "    fills: /target\n    kind: quantity"), 14, "`fills` is given twice"),
    "unknown key": (("    kind: quantity", "    knd: quantity"), 12, "unknown key `knd` (in sections.1)"),
    "unknown top key": (("id: t", "id: t\nids: t"), 3, "unknown key `ids` (in form)"),
    "no list": (("labels: [เป้าหมาย]", "labels: เป้าหมาย"), 14, "sections.1.labels: Expected `array`"),
    "kind": (("kind: quantity", "kind: figure"), 12, "sections.1.kind: Invalid enum value 'figure'"),
    "missing": (("id: t\n", ""), 1, "missing required field `id`"),
    "model": (("model: 1", "model: 2"), 1, "model: Invalid enum value 2"),
    "field": (("fills: /target", "fills: /goal"), 13, "a record has no field /goal"),
    "kind of field": (("    kind: quantity\n", ""), 11, "/target needs kind quantity, not text"),
    "id twice": (("id: target", "id: name"), 11, "section id name is used twice"),
    "no label": (("    labels: [เป้าหมาย]\n", ""), 11, "section target has no labels"),
    "short label": (("[เป้าหมาย]", "[ผล]"), 14, "too short"),
    "no field": (("    fills: /target\n", ""), 11, "says no field to fill"),
    "pattern": (("kind: quantity", "pattern: '(x'\n    kind: quantity"), 12, "not a regular expression"),
    "quarter": (("labels: [เป้าหมาย]", "labels: [เป้าหมาย]\n    repeat: quarter"), 13, "{quarter} and `repeat: quarter`"),
    "begins": (("sections:", "record: {begins: [x]}\nsections:"), 7, "there is no section x"),
    "evidence": (("{text: แบบทดสอบ}", "{weight: 2}"), 6, "either text or pattern"),
    "printed": (("sections:", "printed:\n  - {pattern: '(?P<a>x)', fills: {b: /definition}}\nsections:"), 8, "no group named b"),
}


def _written(tmp_path: Path, text: str, name: str = "form.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good(tmp_path: Path) -> None:
    assert load_form(_written(tmp_path, GOOD)).id == "t"


@pytest.mark.parametrize("case", BROKEN)
def test_line_and_reason(tmp_path: Path, case: str) -> None:
    (old, new), line, reason = BROKEN[case]
    assert old in GOOD
    with pytest.raises(FormError) as caught:
        load_form(_written(tmp_path, GOOD.replace(old, new, 1)))
    assert (caught.value.line, reason in caught.value.reason_en) == (line, True), str(caught.value)
    assert caught.value.reason_th


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"- 1", b"1", b"{}"])
def test_not_even_a_form(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    with pytest.raises(FormError):
        load_form(path)


def test_a_folder_replaces_and_adds(tmp_path: Path) -> None:
    _written(tmp_path, GOOD)
    own = GOOD.replace("id: t", "id: bma-pledge", 1)
    _written(tmp_path, own, "own.yml")
    forms = {form.id: form for form in load_forms(tmp_path)}
    assert set(forms) == {"t", "bma-pledge", "bma-kpi-annual", "bma-kpi-page", "bma-district-budget"}
    assert len(forms["bma-pledge"].sections) == 2


def test_same_id_twice_in_a_folder(tmp_path: Path) -> None:
    _written(tmp_path, GOOD)
    _written(tmp_path, GOOD, "other.yaml")
    with pytest.raises(FormError, match=r"already used by form\.yaml"):
        load_forms(tmp_path)


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("*.yaml")), ids=lambda path: path.stem)
def test_packaged_forms_are_valid(path: Path) -> None:
    assert load_form(path).id == path.stem
