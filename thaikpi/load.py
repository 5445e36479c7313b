"""A workspace's tables for analysts: pandas frames with the types of tables.md, the guard against formulas taken off again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thaikpi.errors import Exit, UserError
from thaikpi.export.tables import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

_GUARD = r"^'(?=[=+\-@\t\r\n])"  # what export.cells.cell puts before a text that a spreadsheet would run
_NUMBERS = frozenset("target_value target_upper result_value result_upper value upper confidence".split())
_COUNTS = frozenset("bytes pages pages_text pages_ocr pages_unread records ordinal fiscal_year_be quarter page".split())
_FLAGS = frozenset({"organization_inferred", "fiscal_year_inferred"})


def load_tables(workspace: str | Path) -> dict[str, pd.DataFrame]:
    """documents, indicators, quarters, mentions, series, findings. Empty cells are NA; codes and texts are strings, amounts
    Float64, counts and Buddhist years Int64. UserError where the folder is no workspace."""
    folder = Path(workspace)
    missing = [name for name in COLUMNS if not (folder / f"{name}.csv").is_file()]
    if missing:
        raise UserError(
            Exit.USAGE,
            f"{folder}: ไม่ใช่ที่เก็บผล ไม่พบ {missing[0]}.csv ใช้ thaikpi ingest โฟลเดอร์ --to {folder} ก่อน",
            f"{folder}: not a workspace, {missing[0]}.csv is not there; run thaikpi ingest FOLDER --to {folder} first",
        )
    return {name: _frame(folder / f"{name}.csv") for name in COLUMNS}


def _frame(path: Path) -> pd.DataFrame:
    import pandas as pd

    frame = pd.read_csv(path, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8")
    for column in frame.columns:
        if column in _NUMBERS:
            frame[column] = frame[column].astype("Float64")
        elif column in _COUNTS:
            frame[column] = frame[column].astype("Int64")
        elif column in _FLAGS:
            frame[column] = (frame[column].str.lower() == "true").astype("boolean")
        else:
            frame[column] = frame[column].str.replace(_GUARD, "", regex=True)
    return frame
