"""Tables from rules and lines: the ways in which borders are drawn, missing, merged or no borders at all."""

from __future__ import annotations

import pytest

from extract.tables import find_tables
from schemas.document import Box, Line, Page, Rule, Table
from tests.drawn_pages import grid_rules, line_at, page_of, without

XS = (100.0, 200.0, 300.0, 400.0)
YS = (100.0, 120.0, 140.0, 160.0)


def texts(table: Table) -> list[list[str]]:
    """Text of each cell by row, in the order of the columns."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def only_table(page: Page) -> Table:
    found = find_tables(page)
    assert len(found.tables) == 1
    return found.tables[0]


def filled() -> list[Line]:
    return [line_at(102, 110 + 20 * r, f"ก{r}\tข{r}\tค{r}") for r in range(3)]


def test_ruled_table_cuts_lines_at_its_columns() -> None:
    table = only_table(page_of(filled(), grid_rules(XS, YS)))
    assert (table.rows, table.columns) == (3, 3)
    assert texts(table) == [["ก0", "ข0", "ค0"], ["ก1", "ข1", "ค1"], ["ก2", "ข2", "ค2"]]
    assert table.cells[4].box == Box(200.0, 120.0, 300.0, 140.0)


def test_borders_as_thin_boxes_and_long_lines() -> None:
    boxes = [Rule(100.0, y - 0.4, 400.0, y + 0.4) for y in YS] + [Rule(x - 0.4, 100.0, x + 0.4, 160.0) for x in XS]
    assert only_table(page_of([], boxes)).cells == only_table(page_of([], grid_rules(XS, YS))).cells


def test_box_with_four_sides() -> None:
    rules = [Rule(XS[i], YS[j], XS[i + 1], YS[j + 1]) for i in range(3) for j in range(3)]
    assert (only_table(page_of([], rules)).rows, only_table(page_of([], rules)).columns) == (3, 3)


def test_merged_header_cells() -> None:
    rules = without(grid_rules(XS, YS), Rule(200.0, 100.0, 200.0, 120.0), Rule(300.0, 120.0, 400.0, 120.0))
    table = only_table(page_of([line_at(190, 110, "กขคง")], rules))
    spans = {(c.row, c.column): (c.row_span, c.column_span, c.text) for c in table.cells if c.row < 2}
    assert spans[0, 0] == (1, 2, "กขคง")
    assert spans[0, 2] == (2, 1, "")


def test_wrapped_cells_keep_their_lines() -> None:
    lines = [line_at(102, 105, "ก"), line_at(102, 115, "ข\t1")]
    assert texts(only_table(page_of(lines, grid_rules(XS, YS))))[0][:2] == ["ก\nข", "1"]


def test_missing_side_border_is_where_the_rows_end() -> None:
    rules = [Rule(100.0, y, 400.0, y) for y in YS] + [Rule(x, 100.0, x, 160.0) for x in XS[1:3]]
    assert texts(only_table(page_of(filled(), rules)))[2] == ["ก2", "ข2", "ค2"]


def test_table_cut_at_the_foot_of_the_page() -> None:
    rules = [Rule(100.0, 100.0, 400.0, 100.0)] + [Rule(x, 100.0, x, 125.0) for x in XS]
    assert texts(only_table(page_of([line_at(102, 110, "ก\tข\tค")], rules))) == [["ก", "ข", "ค"]]


def test_strike_through_is_no_border() -> None:
    strike = Rule(102.0, 130.0, 107.0, 130.0)
    assert only_table(page_of(filled(), [*grid_rules(XS, YS), strike])).rows == 3


def test_strike_through_as_wide_as_its_cell_is_no_border() -> None:
    lines = [line_at(101, 130, "กขคงจฉชซฌญฎฏฐฑฒณดตถทธน"[:20] + "ก", letter=98 / 21)]
    rules = [*grid_rules(XS, YS), Rule(101.0, 130.0, 199.0, 130.0)]
    assert only_table(page_of(lines, rules)).rows == 3


def test_border_under_a_line_as_wide_as_the_cell_stays() -> None:
    """A cut-off line stands on the border and fills the cell: the border goes on in the next cell."""
    line = line_at(100.5, 120.5, "กขคงจฉชซฌญฎฏฐฑฒณดตถท", letter=99 / 20)
    assert only_table(page_of([line], grid_rules(XS, YS))).rows == 3
    assert len(only_table(page_of([line], grid_rules(XS, YS))).cells) == 9


def test_stray_line_through_words_is_no_border() -> None:
    lines = [line_at(102, 110 + 20 * r, "กขคงจฉช\t1") for r in range(3)]
    stray = Rule(120.0, 100.0, 120.0, 160.0)
    assert only_table(page_of(lines, [*grid_rules(XS, YS), stray])).columns == 3
    assert only_table(page_of(lines[:2], [*grid_rules(XS, YS), stray])).columns == 4


def test_underlines_of_headings_and_frames_are_no_tables() -> None:
    rules = [Rule(50.0, 60.0, 500.0, 60.0), Rule(20.0, 20.0, 580.0, 780.0), *grid_rules(XS, YS)]
    assert only_table(page_of([], rules)).rows == 3


def test_rule_in_value_columns_only_makes_the_first_cell_span() -> None:
    rules = without(grid_rules(XS, YS), Rule(100.0, 120.0, 200.0, 120.0))
    table = only_table(page_of([], rules))
    assert [(c.row_span, c.column_span) for c in table.cells][:3] == [(2, 1), (1, 1), (1, 1)]


def test_text_runs_on_where_no_border_is_drawn_at_its_height() -> None:
    rules = [*without(grid_rules(XS, YS), Rule(200.0, 100.0, 200.0, 120.0)), Rule(200.0, 100.0, 200.0, 112.0)]
    lines = [line_at(190, 117, "กขคง"), line_at(102, 105, "จ\tฉ")]
    assert texts(only_table(page_of(lines, rules)))[0][:2] == ["จ\nกขคง", "ฉ"]


def test_two_tables_are_two() -> None:
    lower = tuple(y + 100 for y in YS)
    found = find_tables(page_of(filled(), grid_rules(XS, YS) + grid_rules(XS, lower)))
    assert [(t.box.top if t.box else None, t.first_line, t.last_line) for t in found.tables] == [(100.0, 0, 3), (200.0, 3, 3)]


@pytest.mark.parametrize("rules", [[], [Rule(0, 10, 100, 10)], [Rule(10, 0, 10, 100)], [Rule(5, 5, 5, 5)], [Rule(0, 0, 50, 50)]])
def test_no_table(rules: list[Rule]) -> None:
    assert find_tables(page_of(filled(), rules)).tables == ()


def test_marks_stay_with_their_letter_at_a_border() -> None:
    line = line_at(195, 110, "กิ้ขุ")
    assert texts(only_table(page_of([line], grid_rules(XS, YS))))[0][:2] == ["กิ้", "ขุ"]
