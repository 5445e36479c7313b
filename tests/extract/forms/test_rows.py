"""Tables of records: every way in which the budget books print their rows, on small hand-made pages."""

from __future__ import annotations

import pytest

from extract.forms.rows import total_of
from schemas.document import Cell, Line, Page, Rule, Table
from tests.drawn_books import BANNER, COLUMNS, FORM, HEADING, HEIGHT, LEFT, TOTALS, UP, XS, heading, page, printed, read, table
from tests.drawn_pages import line_at, without

ROW = ("รับหนังสือ", "เรื่อง", "", "", "27,000", "27,000", "28,000", "29,000")
FILLED = {"budget2565": "27,000", "year2566": "27,000", "year2567": "28,000", "year2568": "29,000"}
READ = {"name": "รับหนังสือ", "unit": "เรื่อง", **FILLED}


def names(reading: object) -> list[str]:
    return [row.text_of("/indicator/name") for one in reading.tables for row in one.rows]  # type: ignore[attr-defined]


def test_table_with_its_work_years_and_totals() -> None:
    reading = read(page(heading(2, 80), table([*HEADING, ROW, *TOTALS])))
    assert printed(reading) == [("1300002", [READ])]
    assert [total_of(row, FORM.record.rows) for row in reading.tables[0].totals] == [row[0] for row in TOTALS]  # type: ignore[arg-type]
    assert reading.problems == ()


@pytest.mark.parametrize("dash", ["-", "–", "—", ""])
def test_heading_line(dash: str) -> None:
    reading = read(page(line_at(50, 80, f"งานปกครอง {dash} รหัส ๑๓๐๐๐๐๒"), table([*HEADING, ROW])))
    assert {field: taken.text for field, taken in reading.tables[0].heading.items()} == {
        "/work/name": "งานปกครอง",
        "/work/code": "๑๓๐๐๐๐๒",
    }


def test_columns_are_known_by_their_heading_in_any_order_and_year() -> None:
    names_ = ("ปี 2570", "หน่วย\nนับ", "งบประมาณ\nปี 2569", "ปี\nปัจจุบัน", "เป้าหมายปฏิบัติงาน/\nตัวชี้วัด", "ปี 2567")
    drawn = table([names_, ("5", "ครั้ง", "4", "3", "รับหนังสือ", "2")], xs=(50, 110, 170, 250, 320, 500, 560))
    reading = read(page(heading(1, 80), drawn))
    assert printed(reading)[0][1] == [
        {"year2570": "5", "unit": "ครั้ง", "budget2569": "4", "current2568": "3", "name": "รับหนังสือ", "year2567": "2"}
    ]


def test_two_digit_and_thai_years() -> None:
    columns = ("หน่วยนับ", "ปีที่ผ่านมา", "ปีปัจจุบัน", "งบประมาณปี ๒๕๖๖", "ปี 67", "ปี พ.ศ. 2568", "แผนปี 2569")
    reading = read(page(heading(1, 80), table([HEADING[0], (UP, *columns), ("ก", "ข", "1", "2", "3", "4", "5", "6")])))
    years = [place.fiscal_year for place in reading.tables[0].rows[0].layout.places]
    assert years == [None, None, 2564, 2565, 2566, 2567, 2568, 2569]


def test_heading_printed_twice_counts_on() -> None:
    columns = ("หน่วยนับ", "ปีที่ผ่านมา", "ปีที่ผ่านมา", *COLUMNS[3:])
    reading = read(page(heading(1, 80), table([HEADING[0], (UP, *columns), ("ก", "ข", "1", "2", "3", "4", "5", "6")])))
    years = [place.fiscal_year for place in reading.tables[0].rows[0].layout.places]
    assert years[2:5] == [2563, 2564, 2565]


def test_table_goes_on_over_pages_with_and_without_heading() -> None:
    other = ("ส่งหนังสือ", *ROW[1:])
    third = ("ประชุม", *ROW[1:])
    reading = read(
        page(heading(1, 80), table([*HEADING, ROW]), number=1),
        page(table([other]), number=2),
        page(table([third, *HEADING, *TOTALS]), number=3),
    )
    assert [(code, len(rows)) for code, rows in printed(reading)] == [("1300001", 3)]
    assert [row.page for row in reading.tables[0].rows] == [1, 2, 3]
    assert len(reading.tables[0].totals) == 3


def test_heading_over_a_page_break() -> None:
    stub = table([HEADING[0]], y=700)
    reading = read(page(heading(1, 80), stub, number=1), page(table([HEADING[1], ROW]), number=2))
    assert printed(reading) == [("1300001", [READ])]


def test_heading_twice_without_rows_between() -> None:
    reading = read(page(heading(1, 80), table(HEADING), number=1), page(table([*HEADING, ROW]), number=2))
    assert printed(reading) == [("1300001", [READ])]


def test_heading_line_on_the_page_before() -> None:
    reading = read(page(heading(1, 700), number=1), page(table([*HEADING, ROW]), number=2))
    assert printed(reading) == [("1300001", [READ])]


def test_three_works_on_one_page() -> None:
    reading = read(
        page(
            table([*HEADING, ROW], y=60),
            heading(2, 200),
            table([*HEADING, ROW, *TOTALS], y=220),
            heading(3, 400),
            table([*HEADING, ROW], y=420),
        )
    )
    assert [code for code, _ in printed(reading)] == [None, "1300002", "1300003"]
    assert [problem.reason for problem in reading.problems] == ["no-heading"]


def test_heading_line_inside_the_ruled_area() -> None:
    rows = [*HEADING, ROW, *TOTALS, ("งานปกครอง – รหัส 1300002", *[""] * 7), *HEADING, ROW]
    lines, rules = table(rows, size=1.0)
    reading = read(page(heading(1, 80), (lines, rules)))
    assert [(code, len(rows)) for code, rows in printed(reading)] == [("1300001", 1), ("1300002", 1)]


def test_wrapped_name_and_values_at_the_bottom() -> None:
    wrapped = ("ปฏิบัติงาน\nทางวินัย/ละเมิด", "\nเรื่อง", "", "", "\n30", "\n30", "\n30", "\n30")
    reading = read(page(heading(1, 80), table([*HEADING, wrapped])))
    assert printed(reading)[0][1] == [
        {"name": "ปฏิบัติงานทางวินัย/ละเมิด", "unit": "เรื่อง", "budget2565": "30", "year2566": "30", "year2567": "30", "year2568": "30"}
    ]


def extra_rule(first: str, second: str, values: tuple[str, str]) -> list[str]:
    """A row on two of the grid's rows, whose border is drawn right of the name only."""
    lines, rules = table([*HEADING, (first, "", "", "", values[0], "", "", ""), (second, "ราย", "", "", values[1], "", "", "")])
    y = 100.0 + 3 * HEIGHT
    return names(read(page(heading(1, 80), (lines, without(rules, Rule(XS[0], y, XS[1], y))))))


def test_rule_in_the_value_columns_only_cuts_no_row() -> None:
    assert extra_rule("ความพึงพอใจ", "ระดับมาก", ("", "99")) == ["ความพึงพอใจระดับมาก"]


def test_missing_rule_in_the_name_column_is_told_by_two_figures() -> None:
    assert extra_rule("ความพึงพอใจ", "จำนวนราย", ("80", "99")) == ["ความพึงพอใจ", "จำนวนราย"]


def test_name_cut_through_by_a_rule_is_one_row() -> None:
    upper = ("ความพึงพอใจของผู้รับบริการในสำนักงานที่มา", *[""] * 7)
    reading = read(page(heading(1, 80), table([*HEADING, upper, ("ทะเบียนในระดับมากที่สุดของปีนี้", *ROW[1:])], size=3.5)))
    assert names(reading) == ["ความพึงพอใจของผู้รับบริการในสำนักงานที่มาทะเบียนในระดับมากที่สุดของปีนี้"]


def test_unit_merged_over_two_rows_holds_for_both() -> None:
    lines, rules = table([*HEADING, ("รับหนังสือ", "", *ROW[2:]), ("ส่งหนังสือ", UP, *ROW[2:])])
    lines.append(line_at(202, 100.0 + 3 * HEIGHT, "เรื่อง", letter=2.5))
    assert [row["unit"] for row in printed(read(page(heading(1, 80), (lines, rules))))[0][1]] == ["เรื่อง", "เรื่อง"]


def test_group_row_stays_a_row_before_its_parts() -> None:
    rows = [*HEADING, ("ควบคุมการใช้ยานพาหนะ", *[""] * 7), ("- รถตู้", *ROW[1:]), ("- รถยนต์", *ROW[1:])]
    assert names(read(page(heading(1, 80), table(rows)))) == ["ควบคุมการใช้ยานพาหนะ", "- รถตู้", "- รถยนต์"]


def test_row_without_name_or_unit_is_a_row() -> None:
    rows = [*HEADING, ("", *ROW[1:]), ("ตกแต่งสถานที่", "", "", "", "5", "", "", "")]
    assert names(read(page(heading(1, 80), table(rows)))) == ["", "ตกแต่งสถานที่"]


def merged(text: str, x: float = 310.0) -> list[dict[str, str]]:
    """A row without borders between its four value columns."""
    lines, rules = table([*HEADING, ("ผู้เข้าชม", "ราย", "", "", "", LEFT, LEFT, LEFT)])
    lines.append(line_at(x, 100.0 + 2.5 * HEIGHT, text, letter=3.0))
    return [dict(row) for row in printed(read(page(heading(1, 80), (lines, rules))))[0][1]]


def test_merged_cell_with_a_sentence_holds_for_all_its_years() -> None:
    row = merged("ยุบพิพิธภัณฑ์ทั้งหมดแล้ว", x=420.0)[0]
    assert {row[year] for year in ("budget2565", "year2566", "year2567", "year2568")} == {"ยุบพิพิธภัณฑ์ทั้งหมดแล้ว"}


def test_figures_apart_where_borders_are_missing_go_to_their_columns() -> None:
    text = "11" + " " * 18 + "12" + " " * 18 + "13" + " " * 18 + "-"
    row = merged(text, x=355.0 + 20)[0]
    assert [row[year] for year in ("budget2565", "year2566", "year2567", "year2568")] == ["11", "12", "13", "-"]


def test_long_name_runs_over_the_unit_where_no_border_is_drawn() -> None:
    rows = [*HEADING, ("ควบคุมการใช้ยานพาหนะของสำนักงานเขตทั้งหมดและอื่น ๆ", LEFT, *[""] * 6), ("- รถตู้", *ROW[1:])]
    reading = read(page(heading(1, 80), table(rows, size=4.0)))
    assert printed(reading)[0][1][0] == {"name": "ควบคุมการใช้ยานพาหนะของสำนักงานเขตทั้งหมดและอื่น ๆ"}


def test_missing_border_between_name_and_unit() -> None:
    lines, rules = table([*HEADING, ROW])
    y = 100.0 + 2 * HEIGHT
    reading = read(page(heading(1, 80), (lines, without(rules, Rule(XS[1], y, XS[1], y + HEIGHT)))))
    assert printed(reading)[0][1] == [READ]


def test_unit_runs_over_the_years_before() -> None:
    rows = [*HEADING, ("คืนภาษี", "ร้อยละ (จากจำนวนรายของปี)", LEFT, LEFT, "5", "", "", "")]
    reading = read(page(heading(1, 80), table(rows, size=4.0)))
    assert printed(reading)[0][1] == [{"name": "คืนภาษี", "unit": "ร้อยละ (จากจำนวนรายของปี)", "budget2565": "5"}]


def test_text_in_a_column_without_heading_is_unread() -> None:
    rows = [(*HEADING[0], "ข้อสังเกต"), (*HEADING[1], UP), (*ROW, "หมายเหตุ")]
    reading = read(page(heading(1, 80), table(rows, xs=(*XS, 640.0))))
    assert [line.text for line in reading.tables[0].rows[0].unread] == ["หมายเหตุ"]
    assert printed(reading)[0][1] == [READ]


def test_extra_vertical_line_in_a_column_on_the_next_page() -> None:
    first = page(heading(1, 80), table([*HEADING, ROW]), number=1)
    lines, rules = table([ROW])
    reading = read(first, page((lines, [*rules, Rule(600.0, 100.0, 600.0, 114.0), Rule(590.0, 100.0, 600.0, 100.0)]), number=2))
    assert printed(reading)[0][1] == [READ, READ]


@pytest.mark.parametrize("after", [TOTALS, [("", *TOTALS[0][1:])]])
def test_clipped_line_in_the_next_row_goes_back(after: list[tuple[str, ...]]) -> None:
    lines, rules = table([*HEADING, ("ควบคุมยานพาหนะ", *ROW[1:]), *after])
    border = 100.0 + 3 * HEIGHT
    lines.append(line_at(52, border + 2, "(จักรยานยนต์)", letter=2.5))
    reading = read(page(heading(1, 80), (lines, rules)))
    assert names(reading)[0] == "ควบคุมยานพาหนะ (จักรยานยนต์)"


def test_table_of_another_kind_under_the_heading_is_no_rows() -> None:
    other = table([("ประเภท", "จำนวน", "หมายเหตุ"), ("ก", "1", "-")], xs=(50, 200, 300, 400))
    reading = read(page(heading(1, 80), other))
    assert reading.tables == ()
    assert [(problem.page, problem.reason) for problem in reading.problems] == [(1, "no-table")]


def test_next_part_with_other_columns_and_no_heading_is_told() -> None:
    part = table([("ก", "1", "2"), ("ข", "3", "4")], xs=(50, 200, 300, 400))
    reading = read(page(heading(1, 80), table([*HEADING, ROW]), number=1), page(part, number=2))
    assert names(reading) == ["รับหนังสือ"]
    assert [(problem.page, problem.reason) for problem in reading.problems] == [(2, "no-columns")]


def test_table_without_the_totals_that_the_others_have_is_told() -> None:
    pages = [page(heading(code, 80), table([*HEADING, ROW, *TOTALS]), number=code) for code in (1, 2, 4)]
    pages.insert(2, page(heading(3, 80), table([*HEADING, ROW]), number=3))
    assert [(problem.page, problem.reason) for problem in read(*pages).problems] == [(3, "no-totals")]


def test_no_rows_after_the_last_page_of_tables() -> None:
    end = page(line_at(50, 50, "รายละเอียดงบประมาณจำแนกตามงบรายจ่าย"), table([("ก", *ROW[1:])]), number=2)
    reading = read(page(heading(1, 80), table([*HEADING, ROW]), number=1), end)
    assert names(reading) == ["รับหนังสือ"]
    assert reading.problems == ()


def test_unknown_common_heading_is_no_row() -> None:
    rows = [(HEADING[0][0], "ประมาณการของทุกปี", *[LEFT] * 6), HEADING[1], ROW]
    assert names(read(page(heading(1, 80), table(rows)))) == ["รับหนังสือ"]


def test_damaged_heading_wordings_are_known() -> None:
    columns = ("หนวยนับ", "ปทผานมา", "ปปจจบัน", "งบประมำณป 2565", "ป 2566", "ปี 2567", "ปี 2568")
    reading = read(page(heading(1, 80), table([("เปาหมายปฏิบัติงาน/ ตวชวด", BANNER, *[LEFT] * 6), (UP, *columns), ROW])))
    assert printed(reading) == [("1300001", [READ])]


def test_office_and_year_of_the_title() -> None:
    reading = read(page(line_at(200, 40, "สำนักงานเขตพระนคร"), line_at(200, 60, "งบประมาณรายจ่ายประจำปี 2565")))
    assert {field: taken.text for field, taken in reading.printed.items()} == {
        "/organization": "สำนักงานเขตพระนคร",
        "/fiscal_year": "2565",
    }


@pytest.mark.parametrize("name", ["ละเมิดรวมทั้งสิ้น", "รวมทั้งสิน", "รวมทั้งสิ้น (บาท)"])
def test_total_with_other_text_or_misprinted(name: str) -> None:
    totals = [(name, *TOTALS[0][1:]), ("เงินงบประมาณ (บาท)", *TOTALS[1][1:]), TOTALS[2]]
    reading = read(page(heading(1, 80), table([*HEADING, ROW, *totals])))
    assert [total_of(row, FORM.record.rows, True) for row in reading.tables[0].totals] == [row[0] for row in TOTALS]  # type: ignore[arg-type]


def test_indicator_about_budget_money_is_no_total() -> None:
    reading = read(page(heading(1, 80), table([*HEADING, ("เบิกจ่ายเงินงบประมาณ", *ROW[1:]), *TOTALS])))
    assert names(reading) == ["เบิกจ่ายเงินงบประมาณ"]


def test_table_without_places() -> None:
    """A book as HTML or DOCX: cells have no boxes, lines no places."""
    cells = [
        Cell(row=r, column=c, column_span=7 if text == BANNER else 1, lines=(Line(text=text, printed=text, number=9),))
        for r, row in enumerate([*HEADING, ROW, ("", *ROW[1:]), *TOTALS])
        for c, text in enumerate(row)
        if text not in ("", LEFT, UP)
    ]
    lines = [Line(text="งานปกครอง – รหัส 1300002", printed="", number=1)] + [line for cell in cells for line in cell.lines]
    drawn = Table(box=None, cells=tuple(cells), rows=7, columns=8, first_line=1, last_line=len(lines))
    nameless = {column: text for column, text in READ.items() if column != "name"}
    assert printed(read(Page(number=None, lines=tuple(lines), tables=(drawn,)))) == [("1300002", [READ, nameless])]
