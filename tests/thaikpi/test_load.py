"""The tables as pandas frames: types, codes with their zeros, formulas' guard taken off."""

from __future__ import annotations

from pathlib import Path

import pytest

import thaikpi
from thaikpi import cli
from thaikpi.errors import UserError
from thaikpi.export.cells import cell

REPORT = Path(__file__).resolve().parents[2] / "samples" / "annual-text" / "report.txt"


def test_tables_of_a_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ingest", str(REPORT), "--to", str(tmp_path / "ws")]) == 0
    tables = thaikpi.load_tables(tmp_path / "ws")
    indicators = tables["indicators"]
    assert indicators["organization_code"][0] == "1047"
    assert indicators["fiscal_year_be"].dtype == "Int64"
    assert indicators["result_value"][0] == 91.25
    assert bool(indicators["organization_inferred"][0]) is True
    assert indicators["indicator_code"].isna().all()
    assert indicators["target_comparator"][0] == ">="
    assert set(tables["quarters"]["quarter"]) == {1, 2, 3, 4}
    assert len(tables["mentions"]) > 10


def test_guard_against_formulas_is_taken_off(tmp_path: Path) -> None:
    from thaikpi.export.tables import COLUMNS

    for name, columns in COLUMNS.items():
        (tmp_path / f"{name}.csv").write_text(",".join(columns) + "\n", encoding="utf-8")
    guarded = cell("=SUM(A1)")
    assert guarded.startswith("'")
    columns = COLUMNS["quarters"]
    row = [guarded if c == "narrative" else "" for c in columns]
    (tmp_path / "quarters.csv").write_text(",".join(columns) + "\n" + ",".join(row) + "\n", encoding="utf-8")
    assert thaikpi.load_tables(tmp_path)["quarters"]["narrative"][0] == "=SUM(A1)"


def test_no_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="thaikpi ingest"):
        thaikpi.load_tables(tmp_path)
