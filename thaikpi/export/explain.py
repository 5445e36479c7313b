"""How each value of a record was found, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.outcome import Outcome
from schemas.record import Provenance, Record
from thaikpi.batch.progress import one_line, shown
from thaikpi.export.cells import cell

_HEADS = {
    "th": ("ช่อง", "ค่า", "ที่", "ข้อความที่พิมพ์", "มั่นใจ", "การซ่อม"),
    "en": ("field", "value", "place", "printed", "confidence", "repairs"),
}
_WIDTHS = (26, 36, 18, 44, 10, 12)  # most columns of each
_LONGEST = 160  # characters of a value or printed text before they are cut
_WIDTH = 160  # columns where standard output is no terminal
_SURE = 0.95


def explain(outcomes: Iterable[Outcome], language: str) -> None:
    """A table a record on standard output; a line for a document without records."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_WIDTH)
    for outcome in outcomes:
        if not outcome.records:
            console.print(one_line(outcome, language))
        for record in outcome.records:
            console.print(_table(record, language))
            for finding in outcome.findings:
                if finding.record_id == record.record_id:
                    text = finding.message_th if language == "th" else finding.message_en
                    console.print(f"  {finding.severity}: {finding.rule} {', '.join(finding.where)}: {shown(text)}")


def _table(record: Record, language: str) -> Table:
    title = f"{shown(record.source.file)} #{record.source.ordinal}  {record.form}  {record.record_id}"
    table = Table(title=title, title_justify="left", pad_edge=False)
    for name, width in zip(_HEADS[language], _WIDTHS, strict=True):
        table.add_column(name, max_width=width, overflow="fold")
    values = msgspec.to_builtins(record)
    for pointer, entry in record.provenance.items():
        certain = Text(f"{entry.confidence:.2f}", style="" if entry.confidence >= _SURE else "bold red")
        printed = _cut(" ⏎ ".join(place.text for place in entry.places))
        table.add_row(
            pointer, _cut(_value(at(values, pointer))), _place(entry, language), printed, certain, ", ".join(entry.repairs)
        )
    return table


def at(value: Any, pointer: str) -> Any:
    """What a JSON Pointer names inside plain values; None where it leads nowhere."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list):
            value = value[int(key)] if key.isdecimal() and int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _value(value: Any) -> str:
    """A value object in a few words; anything else as JSON says it."""
    if not isinstance(value, dict):
        return "null" if value is None else cell(value) if isinstance(value, float) else str(value)
    if "comparator" in value and "value" in value:
        upper = f"–{_value(value['upper'])}" if value.get("upper") is not None else ""
        return f"{value['comparator']} {_value(value['value'])}{upper} {value.get('unit') or ''}".strip()
    if "edtf" in value:
        return _value(value["edtf"])
    if "be" in value:
        return f"{value['be']}{' (inferred)' if value['inferred'] else ''}"
    if "agency_code" in value:
        return f"{value['name']} {value['code'] or ''}{' (inferred)' if value['inferred'] else ''}"
    return ", ".join(f"{key} {_value(part)}" for key, part in value.items() if part is not None)


def _place(entry: Provenance, language: str) -> str:
    words = ("หน้า", "บรรทัด", "ชื่อไฟล์") if language == "th" else ("page", "line", "file name")
    places = []
    for place in entry.places[:3]:
        if place.page is not None:
            box = " ({:.0f},{:.0f})".format(*place.bbox[:2]) if place.bbox else ""
            places.append(f"{words[0]} {place.page}{box}")
        else:
            places.append(f"{words[1]} {place.line}" if place.line is not None else words[2])
    return ", ".join(dict.fromkeys(places)) + (" …" if len(entry.places) > 3 else "")


def _cut(text: str) -> str:
    text = shown(text.replace("\n", " ⏎ "))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
