"""Hand-made pages of a budget book: headings, ruled tables with wrapped cells, in any place and order of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.forms.load import load_form
from extract.forms.rows import RowsReading, read_rows
from schemas.document import Line, Page, Rule
from schemas.form import Form
from tests.drawn_pages import grid_rules, line_at, page_of, without

FORM: Form = load_form(Path(__file__).parents[1] / "schemas" / "forms" / "bma-district-budget.yaml")

XS = (50.0, 200.0, 250.0, 300.0, 350.0, 410.0, 470.0, 530.0, 590.0)
BANNER = "งบประมาณ/ประมาณการรายจ่ายล่วงหน้า/ค่าเป้าหมายของตัวชี้วัด"
COLUMNS = ("หน่วยนับ", "ปีที่ผ่านมา", "ปีปัจจุบัน", "งบประมาณปี 2565", "ปี 2566", "ปี 2567", "ปี 2568")
LEFT, UP = "<", "^"  # the cell is one with the cell left of it, or above it
HEADING = (("เป้าหมายปฏิบัติงาน/ ตัวชี้วัด", BANNER, *[LEFT] * 6), (UP, *COLUMNS))
TOTALS = (
    ("รวมทั้งสิ้น", "บาท", "", "", "300", "-", "-", "-"),
    ("เงินงบประมาณ", "บาท", "", "", "200", "", "", ""),
    ("เงินนอกงบประมาณ", "บาท", "", "", "100", "", "", ""),
)
HEIGHT = 14.0  # of a line in a cell

Cells = Sequence[str]  # a row's texts by column; "\n" wraps


def heading(code: int, y: float, name: str = "งานปกครอง") -> Line:
    return line_at(50, y, f"{name} – รหัส {1300000 + code}")


def table(rows: Sequence[Cells], y: float = 100.0, xs: Sequence[float] = XS, size: float = 2.5) -> tuple[list[Line], list[Rule]]:
    """Lines and borders of a table whose rows are as high as their longest cell needs; size: width of a letter."""
    ys = [y]
    lines: list[Line] = []
    gone: list[Rule] = []
    for row in rows:
        bottom = ys[-1] + HEIGHT * max(text.count("\n") + 1 for text in row)
        for x, x1, text in zip(xs, xs[1:], row, strict=False):
            if text == LEFT:
                gone.append(Rule(x, ys[-1], x, bottom))
            elif text == UP:
                gone.append(Rule(x, ys[-1], x1, ys[-1]))
            else:
                parts = [(depth, part) for depth, part in enumerate(text.split("\n")) if part]
                lines += [line_at(x + 2, ys[-1] + HEIGHT * (depth + 0.5), part, letter=size) for depth, part in parts]
        ys.append(bottom)
    return lines, without(grid_rules(xs, ys), *gone)


def page(*parts: Line | tuple[list[Line], list[Rule]], number: int = 1) -> Page:
    lines, rules = [], []
    for part in parts:
        if isinstance(part, Line):
            lines.append(part)
        else:
            lines += part[0]
            rules += part[1]
    return page_of(lines, rules, number)


def read(*pages: Page) -> RowsReading:
    return read_rows(pages, FORM)


def printed(reading: RowsReading) -> list[tuple[str | None, list[Mapping[str, str]]]]:
    """Code and rows of each table; a row as column id (and year) → text."""
    found = []
    for one in reading.tables:
        code = one.heading.get("/work/code")
        rows = [
            {
                f"{row.layout.places[i].column.id}{row.layout.places[i].fiscal_year or ''}": taken.text
                for i, taken in row.cells.items()
            }
            for row in one.rows
        ]
        found.append((code.text if code else None, rows))
    return found
