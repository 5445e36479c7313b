"""Slices of lines keep positions, printed text, source and repairs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lines import join_lines, slice_line
from schemas.document import Box, Line, Repair

# "ก ำ" is how this made-up line was printed: a space before the sara am, repaired away; then a plain word.
MENDED = Line(
    text="กำ ขค",
    printed="ก ำ ขค",
    x0=(0.0, 5.0, 6.0, 10.0, 20.0, 25.0),
    x1=(5.0, 6.0, 10.0, 12.0, 25.0, 30.0),
    top=0.0,
    bottom=10.0,
    source=(0, 2, 3, 4, 5),
    repairs=(Repair("space-aa", 1, 2, 1, 3, 0.9),),
    certainty=(0.9, 0.8, 1.0, 0.7, 0.6),
)


def test_slice_keeps_place_source_and_repair() -> None:
    part = slice_line(MENDED, 0, 3)
    assert (part.text, part.printed) == ("กำ", "ก ำ")
    assert part.source == (0, 2)
    assert part.repairs == MENDED.repairs
    assert part.certainty == (0.9, 0.8)
    assert part.box() == Box(0.0, 0.0, 10.0, 10.0)


def test_slice_leaves_other_repairs_behind() -> None:
    part = slice_line(MENDED, 2, 5)
    assert (part.text, part.printed, part.source, part.repairs) == ("ขค", "ขค", (0, 1), ())
    assert tuple(part.x0) == (20.0, 25.0)


def test_cut_through_a_repair_keeps_it_inside() -> None:
    part = slice_line(MENDED, 1, 5)
    assert part.text == "ำ ขค"
    assert part.repairs[0].start == 0
    assert part.repairs[0].end == 1
    assert part.repairs[0].printed_start == 0


def test_whole_line_is_the_line_itself() -> None:
    assert slice_line(MENDED, 0, 5) is MENDED


def test_pageless_line() -> None:
    line = Line(text=" ก ข ", printed=" ก ข ", number=7)
    assert slice_line(line, 2, 5) == Line(text="ข", printed="ข", number=7)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="กขำ้ -1", max_size=12), st.data())
def test_printed_text_of_a_slice_is_that_of_the_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = [float(i) for i in range(len(text))]
    line = Line(text=text, printed=text, x0=places, x1=[x + 1 for x in places])
    part = slice_line(line, start, end)
    assert part.text == text[start:end].strip()
    assert part.printed == part.text
    if part.text:
        assert part.box() is not None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 2), (5, 5), (2, 3)])
def test_empty_slice(start: int, end: int) -> None:
    assert slice_line(MENDED, start, end).text == ""


def lines(*texts: str) -> list[Line]:
    return [Line(text=text, printed=text, number=n) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        (("ตรวจสอบ", "เรื่อง"), "ตรวจสอบเรื่อง"),
        (("ปี", "2565"), "ปี 2565"),
        (("วินัย/", "ละเมิด"), "วินัย/ ละเมิด"),
        (("อื่น ๆ", "ที่"), "อื่น ๆ ที่"),
        (("ควบคุม", "- รถตู้", "- รถยนต์"), "ควบคุม\n- รถตู้\n- รถยนต์"),
        (("มาก", "-มากที่สุด"), "มาก -มากที่สุด"),
        (("", "ก", ""), "ก"),
        ((), ""),
    ],
)
def test_lines_joined(printed: tuple[str, ...], joined: str) -> None:
    assert join_lines(lines(*printed)) == joined


def test_pieces_of_a_line_that_touch_are_one_word() -> None:
    places = [i * 5.0 for i in range(8)]
    line = Line(text="27,000 5", printed="27,000 5", top=1.0, bottom=11.0, x0=places, x1=[x + 5 for x in places])
    assert join_lines([slice_line(line, 0, 3), slice_line(line, 3, 6), slice_line(line, 7, 8)]) == "27,000 5"
