"""The published JSON Schemas say what the types say, and what is written keeps to them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from extract.forms.load import PACKAGED, load_forms
from schemas.publish import FOLDER, PUBLISHED, outdated
from tests.own_reports import ANNUAL, text_document
from thaikpi.records import read_records


def published(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_current() -> None:
    assert outdated() == [], "run: python -m schemas.publish"


@pytest.mark.parametrize("name", PUBLISHED)
def test_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(published(name))


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("*.yaml")), ids=lambda path: path.stem)
def test_packaged_forms_keep_to_it(path: Any) -> None:
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), published("form.schema.json"))


def test_a_form_with_an_unknown_key_does_not() -> None:
    data = yaml.safe_load((PACKAGED / "bma-pledge.yaml").read_text(encoding="utf-8"))
    data["sections"][0]["labelz"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, published("form.schema.json"))


def test_records_keep_to_it() -> None:
    reading = read_records(text_document(ANNUAL), load_forms())
    for record in reading.records:
        jsonschema.validate(msgspec.to_builtins(record), published("record.schema.json"))
    assert len(reading.records) == 1
