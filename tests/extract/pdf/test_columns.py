"""Two columns are read one after the other; rows of tables stay lines."""

from __future__ import annotations

import pytest

from tests.extract.pdf.making import Sheet, width_of
from tests.extract.pdf.test_lines import printed

WORDS = "การดำเนินงานของสำนักงานเขตเป็นไปตามแผนปฏิบัติการประจำปีที่ได้รับอนุมัติแล้วทุกประการ"


def running(seed: int) -> str:
    """A line of running text of some 160 points."""
    start = 7 * seed % 40
    return (WORDS[start:] + WORDS)[: 30 + seed % 5].lstrip("ัิีึืุู่้๊๋์็ำาะ")


def column(sheet: Sheet, x: float, rows: int, first: int = 0) -> list[str]:
    lines = [running(first + index) for index in range(rows)]
    for index, line in enumerate(lines):
        sheet.text(x, 700 - 16 * index, line)
    return lines


def test_columns_written_one_after_the_other() -> None:
    sheet = Sheet(500, 800)
    left = column(sheet, 50, 10)
    right = column(sheet, 280, 9, 20)
    assert printed(sheet) == left + right


def test_columns_written_row_by_row_without_a_break() -> None:
    sheet, left, right = Sheet(500, 800), [], []
    for index in range(12):
        left.append(running(index))
        right.append(running(index + 20))
        sheet.text(50, 700 - 16 * index, left[-1]).text(280, 700 - 16 * index, right[-1])
    assert printed(sheet) == left + right


def test_heading_and_footing_over_both_columns() -> None:
    sheet = Sheet(500, 800).text(50, 730, running(1) + running(2))
    left, right = column(sheet, 50, 8), column(sheet, 280, 8, 20)
    sheet.text(50, 540, running(3) + running(4))
    assert printed(sheet) == [running(1) + running(2), *left, *right, running(3) + running(4)]


@pytest.mark.parametrize("ruled", [False, True])
def test_rows_of_a_table_stay_lines(ruled: bool) -> None:
    sheet, expected = Sheet(500, 800), []
    for index in range(10):
        y = 700 - 16 * index
        name = running(index)
        sheet.text(50, y, name).text(300, y, "ราย").text(360, y, f"{110 + index}").text(420, y, "1,200")
        expected.append(f"{name} ราย {110 + index} 1,200")
        if ruled:
            sheet.draw(f"45 {y - 4} m 480 {y - 4} l S")
    assert printed(sheet) == expected


def test_ruled_cells_of_prose_are_no_columns() -> None:
    sheet, expected = Sheet(500, 800), []
    for index in range(10):
        y = 700 - 16 * index
        left, right = running(index), running(index + 20)
        sheet.text(50, y, left).text(280, y, right)
        expected.append(f"{left} {right}")
    sheet.draw("265 540 m 265 720 l S")
    assert printed(sheet) == expected


def test_signatures_side_by_side_stay_lines() -> None:
    sheet, expected = Sheet(500, 800), []
    for index in range(6):
        y = 700 - 16 * index
        sheet.text(50, y, "ลงชื่อ" + "." * 20).text(280, y, "ลงชื่อ" + "." * 20)
        expected.append("ลงชื่อ" + "." * 20 + " ลงชื่อ" + "." * 20)
    assert printed(sheet) == expected


def test_running_text_fits_its_column() -> None:
    assert max(width_of(running(index)) for index in range(40)) < 210


def test_three_columns_whose_rows_do_not_meet() -> None:
    sheet, expected = Sheet(720, 800), []
    for x, shift, seed in ((30, 0, 0), (265, 5, 10), (500, 9, 20)):
        for index in range(8):
            sheet.text(x, 700 - shift - 16 * index, running(seed + index))
            expected.append(running(seed + index))
    assert printed(sheet) == expected


def test_footing_under_the_first_column_comes_last() -> None:
    sheet = Sheet(500, 800)
    left, right = column(sheet, 50, 8), column(sheet, 280, 8, 20)
    sheet.text(50, 540, "ท้ายหน้า")
    assert printed(sheet) == [*left, *right, "ท้ายหน้า"]


def test_wrapped_cells_of_a_table_without_rules() -> None:
    """Cells of prose, a cell after the other in the content: rows stay lines."""
    sheet, expected = Sheet(500, 800), []
    for row in range(6):
        left = [running(5 * row + line) for line in range(2 if row % 2 else 3)]
        right = [running(5 * row + 30 + line) for line in range(3 if row % 2 else 1)]
        for x, cell in ((50, left), (280, right)):
            for line, text in enumerate(cell):
                sheet.text(x, 700 - 60 * row - 16 * line, text)
        for line in range(3):
            expected.append(" ".join(cell[line] for cell in (left, right) if line < len(cell)))
    assert printed(sheet) == expected
