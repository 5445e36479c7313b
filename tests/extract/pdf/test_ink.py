"""What cannot be seen on the page is not read."""

from __future__ import annotations

import pytest

from tests.extract.pdf.making import Sheet
from tests.extract.pdf.test_lines import printed


def test_outside_the_page() -> None:
    assert printed(Sheet().text(50, 200, "บนหน้า").text(50, -40, "หน้าถัดไป").text(500, 200, "ขวา")) == ["บนหน้า"]


def test_outside_the_clip() -> None:
    """A browser's next page goes on below the margin."""
    sheet = Sheet().draw("q 0 100 400 200 re W n").text(50, 120, "เห็น").text(50, 80, "ไม่เห็น").draw("Q")
    assert printed(sheet) == ["เห็น"]


def test_marks_over_the_clip_stay_with_their_letters() -> None:
    sheet = Sheet().draw("q 0 0 400 206 re W n").text(50, 200, "ก").text(56, 200, "้").text(56, 200, "ข").draw("Q")
    assert printed(sheet) == ["ก้ข"]


def test_letters_cut_off_at_a_cell() -> None:
    sheet = Sheet().draw("q 0 0 63 400 re W n").text(50, 200, "กขคง").draw("Q")
    assert printed(sheet) == ["กข"]


def test_under_a_white_box_and_newer_text() -> None:
    sheet = Sheet().text(50, 200, "เก่า").draw("1 1 1 rg 45 195 60 20 re f 0 0 0 rg").text(50, 200, "ใหม่")
    assert printed(sheet) == ["ใหม่"]


@pytest.mark.parametrize(
    "cover",
    [
        "0.9 0.9 0.9 rg 45 195 60 20 re f",  # drawn before the text: its background
        "45 195 60 20 re S",  # a frame
        "45 202 60 1 re f",  # struck through
        "45 195 m 80 230 l 105 195 l f",  # no rectangle
    ],
)
def test_what_hides_nothing(cover: str) -> None:
    sheet = Sheet()
    sheet.draw(cover + " 0 g")
    sheet.text(50, 200, "เห็นอยู่")
    if "re S" in cover or " 1 re" in cover or " l f" in cover:
        sheet.content.reverse()
    assert printed(sheet) == ["เห็นอยู่"]


def test_invisible_layer_over_visible_text_goes() -> None:
    assert printed(Sheet().text(50, 200, "เห็น").text(50.5, 200.5, "เหน", extra="3 Tr")) == ["เห็น"]


def test_invisible_layer_of_a_scan_stays() -> None:
    assert printed(Sheet().text(50, 200, "จากสแกน", extra="3 Tr").text(50, 100, "เลขหน้า")) == ["จากสแกน", "เลขหน้า"]
