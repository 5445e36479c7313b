"""Cells of a table of records that are no name, unit, target or year's figure: results, quarters, codes, texts, lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extract.forms.lists import is_none
from extract.forms.row_bands import Row
from extract.forms.row_columns import Taken
from extract.forms.wording import arabic
from normalize import read_meanings
from schemas.record import Provenance
from thaikpi.figures import figure_field, item_number, item_text

LISTS = ("/supporting_factors", "/obstacles", "/evidence")
OWN = ("/indicator/name", "/target", "/series")  # what the row's own reading takes
Prove = Callable[[Taken], Provenance]


def other_fields(row: Row, unit: Taken | None, year: int | None, prove: Prove, entries: dict[str, Provenance]) -> dict[str, Any]:
    """Pointer → value of every other filled column; entries get the places."""
    values: dict[str, Any] = {}
    for index, place in enumerate(row.layout.places):
        pointer, cell = place.column.fills, row.cells.get(index)
        if pointer is None or pointer in OWN or cell is None or pointer in values:
            continue
        value = _value(pointer, cell.text, unit.text if unit else None)
        if value is None:
            continue
        values[pointer] = value
        if isinstance(value, list) and value:
            entries |= {f"{pointer}/{at}": prove(cell) for at in range(len(value))}
        else:
            entries[pointer] = prove(cell)
        if pointer.endswith("/narrative"):
            _add_mentions(values, pointer.removesuffix("/narrative"), cell, year, prove(cell), entries)
    return values


def _value(pointer: str, text: str, unit: str | None) -> object | None:
    if pointer == "/result":
        return figure_field(text, unit)
    if pointer.endswith("/value"):
        return item_number(text)
    if pointer == "/indicator/code":
        return arabic("".join(text.split())) or None
    if pointer in LISTS:
        return [] if is_none(text) else [item_text(text)]
    return text or None


def _add_mentions(
    values: dict[str, Any], where: str, cell: Taken, year: int | None, proof: Provenance, entries: dict[str, Provenance]
) -> None:
    """Dates and quantities of a narrative in a cell; their place is the cell's."""
    dates, quantities = read_meanings(cell.text, year)
    values[f"{where}/dates"] = [found.value for found in dates]
    values[f"{where}/quantities"] = [found.value for found in quantities]
    entries |= {f"{where}/dates/{at}": proof for at in range(len(dates))}
    entries |= {f"{where}/quantities/{at}": proof for at in range(len(quantities))}
