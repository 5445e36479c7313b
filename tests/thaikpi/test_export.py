"""Cells of CSV files, names of findings."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.finding import Finding
from thaikpi.export.cells import Table, cell, joined
from thaikpi.export.explain import at
from thaikpi.export.tables import COLUMNS, finding_id


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), (True, "true"), (False, "false"), (5, "5"), (100.0, "100"), (90.25, "90.25"), (-3.5, "-3.5"), (1e16, "1e+16"),
        ("=1+1", "'=1+1"), ("+66 2", "'+66 2"), ("- ไม่มี", "'- ไม่มี"), ("@x", "'@x"), ("-5+cmd", "'-5+cmd"),
        ("\tx", "'\tx"), ("\nx", "'\nx"), ("\rx", "'\rx"),
        ("-5", "-5"), ("+3.50", "+3.50"), ("-1,234.5%", "-1,234.5%"), ("-", "-"), ("=", "="), (">=", ">="),
        ("ร้อยละ -5", "ร้อยละ -5"), ("'x", "'x"), ("", ""),
    ],
)  # fmt: skip
def test_cell(value: str | float | None, written: str) -> None:
    assert cell(value) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back(number: float) -> None:
    assert float(cell(number)) == number


def test_lists_and_unknown_columns() -> None:
    assert (joined(None), joined([]), joined(["a", "b"]), joined(["7", "7560"], "/")) == (None, "", "a\nb", "7/7560")
    file = io.StringIO()
    table = Table(file, ("a", "b"))
    table.add({"b": 'x"y\nz'})
    assert file.getvalue() == 'a,b\n,"x""y\nz"\n'
    with pytest.raises(KeyError):
        table.add({"c": 1})


def test_columns_are_the_contracts() -> None:
    assert {name: len(columns) for name, columns in COLUMNS.items()} == {
        "documents": 14, "indicators": 42, "quarters": 8, "mentions": 14, "series": 11, "findings": 10,
    }  # fmt: skip


def test_finding_ids_tell_findings_apart_and_stay() -> None:
    finding = Finding(rule="r", severity="error", record_id="1", where=["/target"], message_th="ก", message_en="a")
    other = Finding(rule="r", severity="error", record_id="1", where=["/result"], message_th="ก", message_en="a")
    reworded = Finding(rule="r", severity="error", record_id="1", where=["/target"], message_th="ข", message_en="b")
    ids = [finding_id("f", finding), finding_id("f", other), finding_id("f", finding, 1)]
    assert len(set(ids)) == 3
    assert finding_id("g", reworded) == ids[0]


def test_pointers() -> None:
    value = {"a": [{"b/c": 1}], "~": 2}
    assert (at(value, "/a/0/b~1c"), at(value, "/~0"), at(value, "/a/9"), at(value, "/x/y")) == (1, 2, None, None)
