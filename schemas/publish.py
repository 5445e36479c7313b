"""Writes the JSON Schemas of this folder from its types: `python -m schemas.publish` (`--check` only compares)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from schemas.finding import Finding
from schemas.form import Form
from schemas.record import Record

FOLDER = Path(__file__).parent
PUBLISHED: dict[str, type] = {
    "form.schema.json": Form,
    "record.schema.json": Record,
    "finding.schema.json": Finding,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(kind: type) -> str:
    """A type's JSON Schema, as the file holds it. Records and findings have every key; form files may leave out the optional."""
    schema = msgspec.json.schema(kind)
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def outdated(folder: Path = FOLDER) -> list[str]:
    """Names of published schemas that differ from the types."""
    return [name for name, kind in PUBLISHED.items() if not _same(folder / name, schema_text(kind))]


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    stale = outdated()
    if "--check" in arguments:
        print("\n".join(f"{name}: not current, run python -m schemas.publish" for name in stale))
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(schema_text(PUBLISHED[name]), encoding="utf-8")
        print(f"schemas/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
