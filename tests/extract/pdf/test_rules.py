"""Ruling lines and check boxes from path objects."""

from __future__ import annotations

import pytest

from extract.pdf.reader import read_pdf
from schemas.document import Checkbox, Page, Rule
from tests.extract.pdf.making import Sheet


def page_of(sheet: Sheet) -> Page:
    (page,) = read_pdf(sheet.pdf())
    return page


def rounded(rules: tuple[Rule, ...]) -> set[tuple[int, ...]]:
    return {tuple(round(value) for value in (r.x0, r.top, r.x1, r.bottom)) for r in rules}


def test_strokes_thin_boxes_and_frames() -> None:
    sheet = Sheet().draw("10 250 m 110 250 l S 10 200 100 0.5 re f 200 100 50 40 re S")
    assert rounded(page_of(sheet).rules) == {
        (10, 50, 110, 50), (10, 100, 110, 100),
        (200, 160, 250, 160), (200, 200, 250, 200), (200, 160, 200, 200), (250, 160, 250, 200),
    }  # fmt: skip


def test_what_is_no_rule() -> None:
    slanted, curve, white, page = "10 10 m 90 80 l S", "10 10 m 20 90 30 90 40 10 c S", "1 g 50 50 80 40 re f", "0 0 400 300 re f"
    assert page_of(Sheet().draw(f"{slanted} {curve} {white} 0.9 g {page}")).rules == ()


def test_straight_sides_of_a_rounded_frame() -> None:
    sheet = Sheet().draw("20 100 m 90 100 l 95 100 100 105 100 110 c 100 150 l S")
    assert rounded(page_of(sheet).rules) == {(20, 200, 90, 200), (100, 150, 100, 190)}


def test_grid_in_one_path_and_in_a_form() -> None:
    sheet = Sheet()
    sheet.forms["X"] = "0 0 m 100 0 l 0 20 m 100 20 l S"
    sheet.draw("q 1 0 0 1 50 100 cm /X Do Q")
    assert rounded(page_of(sheet).rules) == {(50, 200, 150, 200), (50, 180, 150, 180)}


TURNS = [(90, (250, 10, 250, 110)), (180, (290, 250, 390, 250)), (270, (50, 290, 50, 390))]


@pytest.mark.parametrize(("turn", "expected"), TURNS)
def test_rules_turn_with_the_page(turn: int, expected: tuple[int, ...]) -> None:
    assert rounded(page_of(Sheet(rotate=turn).draw("10 250 m 110 250 l S")).rules) == {expected}


def test_rules_end_at_their_clip() -> None:
    sheet = Sheet().draw("q 0 0 60 300 re W n 10 250 m 110 250 l S 80 100 m 90 100 l S Q")
    assert rounded(page_of(sheet).rules) == {(10, 50, 60, 50)}


def boxes_of(sheet: Sheet) -> list[bool | None]:
    return [box.checked for box in page_of(sheet).checkboxes]


def test_ticked_and_empty_boxes() -> None:
    sheet = Sheet().draw("50 200 9 9 re S 52 204 m 54 202 l 58 208 l S 150 200 9 9 re S")
    assert boxes_of(sheet) == [True, False]
    first: Checkbox = page_of(sheet).checkboxes[0]
    assert tuple(round(value) for value in (first.box.x0, first.box.top, first.box.x1, first.box.bottom)) == (50, 91, 59, 100)


def test_letter_in_a_box_ticks_it() -> None:
    assert boxes_of(Sheet().draw("50 200 10 10 re S").text(52, 202, "ก", size=9)) == [True]


def test_box_drawn_twice_is_one() -> None:
    assert boxes_of(Sheet().draw("0.9 g 50 200 9 9 re f 50 200 9 9 re S")) == [False]


def test_cells_of_a_grid_are_no_boxes() -> None:
    squares = " ".join(f"{50 + 10 * index} 200 10 10 re S" for index in range(5))
    assert boxes_of(Sheet().draw(squares)) == []
