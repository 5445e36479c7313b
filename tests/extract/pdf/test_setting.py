"""Glyphs gathered and rows set in C are those that the arrays' way gives, to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.pdf import bulk
from extract.pdf.bulk import Array
from extract.pdf.frame import frame_of
from extract.pdf.glyphs import Glyphs, gather
from extract.pdf.lines import page_lines
from extract.pdf.rules import rule_boxes, subpaths
from extract.pdf.setting import Setter, setter_of
from tests.extract.pdf.making import Sheet

NO_RULES = np.zeros((0, 4))
Glyph = tuple[int, float, float, float, float, int, float]


@pytest.fixture(scope="module")
def setter() -> Setter:
    found = setter_of(bulk.load().library)
    if found is None:
        pytest.skip("the C library was not built here")
    return found


def glyphs_of(rows: list[Glyph], size: float = 10.0) -> Glyphs:
    """code, x, y, advance, place of the ink from the origin, text object, height of the ink's lower edge over the baseline."""
    code, x, y, advance, ink, owner, over = (np.array(values) for values in zip(*rows, strict=True))
    one = np.ones(len(rows))
    left, width = x + ink, np.maximum(advance, 0.3 * size)
    return Glyphs(
        code=code.astype(np.uint32), owner=owner.astype(np.int64), origin=np.stack((x, y), 1),
        box=np.stack((x, y - size, x + advance, y + 0.2 * size), 1),
        ink=np.stack((left, y - over - 0.5 * size, left + width, y - over), 1),
        size=one * size, direction=0 * one, part=0 * one, parts=one, pad=0 * one, charcode=-one.astype(np.int64),
    )  # fmt: skip


def assert_alike(setter: Setter, glyphs: Glyphs, bold: Array, rules: Array = NO_RULES) -> None:
    assert page_lines(glyphs, bold, rules, setter) == page_lines(glyphs, bold, rules)


LETTERS = [ord(c) for c in "กนปญำาเๅ ๑๒0.,Aé"] + [0xFFFD, 0xF70A, 0x200B]
MARKS = [ord(c) for c in "ัิ่้์ุ็"] + [0x0300, 0xF0001]
step = st.sampled_from([0.0, 0.0, 5.0, 5.3, 6.0, 7.1, 12.0, -4.0, -0.4, 60.0])
one = st.tuples(
    st.sampled_from([*LETTERS * 3, *MARKS * 2]),
    step,
    st.sampled_from([0.0] * 12 + [14.0, 14.0, -14.0, 2.0, 4.5]),  # down
    st.sampled_from([5.0, 5.0, 5.0, 0.0, 0.3, 1.2, 9.0]),  # advance
    st.sampled_from([0.0, -4.0, -2.0, 1.0]),  # ink
    st.sampled_from([0, 0, 0, 1]),  # whether another text object begins
    st.sampled_from([0.0, 5.0, 7.0]),
)


@given(st.lists(one, min_size=1, max_size=60), st.sampled_from([8.0, 10.0, 14.5]))
@settings(max_examples=250, deadline=None)
@example([(ord("ก"), 5.0, 0.0, 5.0, 0.0, 0, 0.0)] * 3, 10.0)
@example([(ord("่"), 0.0, 0.0, 0.0, -2.0, 0, 5.0)], 10.0)
def test_same_lines_of_anything(setter: Setter, made: list[Glyph], size: float) -> None:
    x, y, owner, rows = 50.0, 100.0, 0, []
    for code, right, down, advance, ink, other, over in made:
        if down:
            x = 50.0
        x, y, owner = x + right, y + down, owner + other
        rows.append((code, x, y, advance, ink, owner, over))
    bold = np.arange(owner + 2) % 3 == 0
    assert_alike(setter, glyphs_of(rows, size), bold)


def test_columns_and_tables_of_letters(setter: Setter) -> None:
    """Two columns, written one after the other: the question whether there are any is asked in C."""
    for gap in (20.0, 3.0):
        rows = [
            (0x0E01 + k % 40, 50 + column * (30 * 5 + gap) + 5 * k, 100.0 + 14 * line, 5.0, 0.0, line, 0.0)
            for column in range(2)
            for line in range(12)
            for k in range(30)
        ]
        assert_alike(setter, glyphs_of(rows), np.zeros(14, bool))


def test_what_is_rare_is_left_to_the_arrays(setter: Setter) -> None:
    """A letter drawn twice, a number that is none: refused, and the same lines."""
    bold = np.zeros(4, bool)
    twice = glyphs_of([(ord("ก"), 50.0, 100.0, 5.0, 0.0, 0, 0.0), (ord("ก"), 50.3, 100.0, 5.0, 0.0, 1, 0.0)])
    assert setter.rows(twice, bold, NO_RULES) is None
    assert [line.text for line in page_lines(twice, bold, NO_RULES, setter)] == ["ก"]
    nowhere = glyphs_of([(ord("ก"), float("nan"), 100.0, 5.0, 0.0, 0, 0.0)])
    assert setter.rows(nowhere, bold, NO_RULES) is None


def test_an_ordinary_line_is_set_in_c(setter: Setter) -> None:
    rows = [(ord(c), 50.0 + 5 * k, 100.0, 5.0, 0.0, 0, 0.0) for k, c in enumerate("งบประมาณ ๑,๒๐๐ บาท")]
    found = setter.rows(glyphs_of(rows), np.zeros(3, bool), NO_RULES)
    assert found is not None
    assert found.text == "งบประมาณ ๑,๒๐๐ บาท"


def assert_pages_alike(setter: Setter, data: bytes) -> int:
    """Returns how many pages were set in C."""
    loop, fast = bulk.load(), 0
    document = pdfium.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        chars = loop.chars(text.raw)
        objects = loop.objects(page.raw, chars)
        frame = frame_of(page.raw)
        glyphs, again = gather(chars, objects, frame), setter.glyphs(chars, objects, frame)
        for name, values in vars(glyphs).items():
            same = getattr(again, name)
            assert values.dtype == same.dtype, name
            assert np.array_equal(values, same), name
        rules = rule_boxes(objects, frame, subpaths(objects, frame))
        bold = np.arange(len(objects.texts) + 2) % 2 == 0
        assert_alike(setter, glyphs, bold, rules)
        fast += setter.rows(glyphs, bold, rules) is not None
        text.close()
    document.close()
    return fast


def test_same_lines_of_a_made_page(setter: Setter) -> None:
    """With a space that the text page drops, a glyph without mapping, a form drawn twice."""
    sheet = Sheet().text(50, 200, "สำนักงานเขต ๑๒,๓๔๐ บาท", means={"ข": ""})
    sheet.text(50, 180, "ปี่ ฟ้า ญู").text(90, 180, " ").text(96, 180, "ที่")
    sheet.forms["X"] = f"BT /F 8 Tf 1 0 0 1 5 5 Tm {sheet.codes('ในแบบ')} Tj ET"
    sheet.draw("q 1 0 0 1 100 100 cm /X Do Q").draw("/X Do")
    assert assert_pages_alike(setter, sheet.pdf()) == 1


def test_same_glyphs_of_turned_text(setter: Setter) -> None:
    sheet = Sheet().text(50, 200, "ตรง").draw("q 0 1 -1 0 200 100 cm").text(0, 0, "ตะแคง").draw("Q")
    assert_pages_alike(setter, sheet.pdf())


def test_same_lines_of_real_producers(setter: Setter, shared: Path) -> None:
    """Some of each: browser, office, Typst and matplotlib (ghosts), two columns, skewed text."""
    files = sorted((shared / "data" / "textlayer" / "pdf").glob("*.pdf"))[::4]
    assert sum(assert_pages_alike(setter, file.read_bytes()) for file in files) > len(files) / 2
