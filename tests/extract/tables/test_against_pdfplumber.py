"""The same cells as pdfplumber's table finder on every closed grid, whatever cells are merged."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import TableFinder

from extract.tables import find_tables
from schemas.document import Page, Rule
from tests.drawn_pages import grid_rules, page_of


class RuledPage:
    """What pdfplumber's finder asks of a page."""

    def __init__(self, page: Page) -> None:
        self.bbox = (0, 0, page.width, page.height)
        self.chars: list[Any] = []
        self.edges = [self._edge(rule, page.height) for rule in page.rules]

    def extract_words(self, **_: Any) -> list[Any]:
        return []

    @staticmethod
    def _edge(rule: Rule, height: float) -> dict[str, Any]:
        return {
            "x0": rule.x0, "x1": rule.x1, "top": rule.top, "bottom": rule.bottom, "doctop": rule.top,
            "width": rule.x1 - rule.x0, "height": rule.bottom - rule.top, "y0": height - rule.bottom, "y1": height - rule.top,
            "orientation": "h" if rule.top == rule.bottom else "v", "object_type": "line",
        }  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_merged_cells_anywhere(rows: int, columns: int, data: st.DataObject) -> None:
    xs = [50.0 + 60 * i for i in range(columns + 1)]
    ys = [50.0 + 20 * i for i in range(rows + 1)]
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    after, right = data.draw(st.integers(row + 1, rows)), data.draw(st.integers(column + 1, columns))
    inside = [
        rule
        for rule in grid_rules(xs, ys)
        if not (
            ys[row] <= rule.top <= rule.bottom <= ys[after]
            and xs[column] <= rule.x0 <= rule.x1 <= xs[right]
            and (ys[row] < rule.top < ys[after] if rule.top == rule.bottom else xs[column] < rule.x0 < xs[right])
        )
    ]
    page = page_of([], inside)
    boxes = [cell.box for table in find_tables(page).tables for cell in table.cells if cell.box]
    own = {tuple(map(round, (box.x0, box.top, box.x1, box.bottom))) for box in boxes}
    theirs = {tuple(map(round, cell)) for table in TableFinder(RuledPage(page)).tables for cell in table.cells}
    assert own == theirs
