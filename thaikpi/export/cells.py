"""One CSV cell: how a value is written, and how a spreadsheet is kept from running it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

Value = str | int | float | bool | None

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?(?:\d[\d,]*)(?:\.\d+)?%?")


def cell(value: Value) -> str:
    """Empty for None, true/false, numbers without needless decimals; a ' before text that a spreadsheet takes for a formula
    (a sign alone, the comparator "=" or a printed "-", is none)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(_LIVE) and len(value) > 1 and not _NUMBER.fullmatch(value) else value


def joined(items: Iterable[str] | None, gap: str = "\n") -> str | None:
    """A list in one cell; None stays None, an empty list is an empty cell."""
    return None if items is None else gap.join(items)


class Table:
    """A CSV file being written: RFC 4180 with LF, UTF-8 without BOM."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._columns = columns
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(columns)

    def add(self, row: Mapping[str, Value]) -> None:
        """Columns that the row lacks are null; one that the table lacks is a KeyError."""
        if unknown := row.keys() - set(self._columns):
            raise KeyError(sorted(unknown))
        self._writer.writerow([cell(row.get(column)) for column in self._columns])
