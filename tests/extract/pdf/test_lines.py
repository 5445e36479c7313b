"""Glyphs to lines: what producers do to Thai text, one habit a test."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pytest

from extract.pdf import bulk
from extract.pdf.frame import frame_of
from extract.pdf.glyphs import gather, without
from extract.pdf.ink import inkless
from extract.pdf.lines import page_lines
from extract.pdf.rules import rule_boxes, subpaths
from schemas.document import Line
from tests.extract.pdf.making import Sheet, shape, width_of

PLAIN = "สำนักงานเขตที่ดี มีน้ำใจ ปู่ย่า"


def lines_of(sheet: Sheet) -> list[Line]:
    """Lines as printed, before repair and whatever the verdict."""
    document = pdfium.PdfDocument(sheet.pdf())
    page = document[0]
    text = page.get_textpage()
    loop, frame = bulk.load(), frame_of(page.raw)
    chars = loop.chars(text.raw)
    objects = loop.objects(page.raw, chars)
    glyphs = gather(chars, objects, frame)
    glyphs = without(glyphs, inkless(glyphs, objects, frame))
    lines = page_lines(glyphs, np.zeros(len(objects.table) + 2, bool), rule_boxes(objects, frame, subpaths(objects, frame)))
    text.close()
    document.close()
    return lines


def printed(sheet: Sheet) -> list[str]:
    return [line.printed for line in lines_of(sheet)]


def test_text_of_one_object() -> None:
    (line,) = lines_of(Sheet().text(50, 200, PLAIN))
    assert line.printed == line.text == PLAIN
    assert (line.x0[0], line.size) == (50, 10)
    assert (line.top, line.bottom) == (92, 102)  # baseline at 100 from the top: 0.8 above, 0.2 below
    assert line.x1[-1] == pytest.approx(50 + width_of(PLAIN))


def test_places_of_a_cluster_are_its_letters() -> None:
    (line,) = lines_of(Sheet().text(50, 200, "กน้ข"))
    assert line.x0 == (50, 56, 56, 62)
    assert line.x1 == (56, 62, 62, 68)


def test_marks_drawn_after_the_line() -> None:
    """Each letter an object, all marks after them (displaced): the ink says where they belong."""
    sheet, x, late = Sheet(), 50.0, []
    for char in PLAIN:
        if shape(char)[0] == 0:
            late.append((x, char))
        else:
            sheet.text(x, 200, char)
        x += width_of(char)
    for place, char in late:
        sheet.text(place, 200, char)
    assert printed(sheet) == [PLAIN]


def test_objects_in_any_order() -> None:
    sheet, x, places = Sheet(), 50.0, []
    for word in ("ที่หนึ่ง", " ", "ที่สอง", " ", "ที่สาม"):
        places.append((x, word))
        x += width_of(word)
    for place, word in reversed(places):
        sheet.text(place, 200, word)
    assert printed(sheet) == ["ที่หนึ่ง ที่สอง ที่สาม"]


def test_lost_space_object_is_put_back() -> None:
    """pdfium drops objects of white space; the gap alone (0.12 em) would be no space."""
    sheet = Sheet().text(50, 200, "กข").text(62, 200, " ").text(63.2, 200, "คง")
    assert printed(sheet) == ["กข คง"]


def test_gap_is_a_space_and_letter_spacing_is_none() -> None:
    assert printed(Sheet().text(50, 200, "กขคง").text(76.5, 200, "จฉ")) == ["กขคง จฉ"]
    spaced = Sheet().text(50, 200, "สำนักงานเขต มีน้ำใจ", extra="4 Tc")
    assert printed(spaced) == ["สำนักงานเขต มีน้ำใจ"]


def test_marks_of_a_fixed_pitch_font_have_cells_of_their_own() -> None:
    assert printed(Sheet().text(50, 200, "นกน", means={"ก": "ิ"})) == ["นิน"]


def test_no_gap_before_following_vowels() -> None:
    assert printed(Sheet().text(50, 200, "ก").text(60, 200, "า")) == ["กา"]


def test_fake_bold_is_read_once() -> None:
    assert printed(Sheet().text(50, 200, PLAIN).text(50.4, 200, PLAIN)) == [PLAIN]


def test_repeated_letters_of_one_object_stay() -> None:
    assert printed(Sheet().text(50, 200, "กกก 1100")) == ["กกก 1100"]


def test_unmapped_glyph_stays() -> None:
    assert printed(Sheet().text(50, 200, "กขค", means={"ข": ""})) == ["ก\ufffdค"]


def test_one_glyph_for_a_cluster() -> None:
    """Typst and matplotlib map the letter's glyph, and the mark's again, to the whole cluster."""
    sheet = Sheet().text(50, 200, "ทย", means={"ท": "ที่"}).text(80, 200, "ก")
    assert printed(sheet) == ["ที่ย ก"]
    again = Sheet().draw("BT /F 10 Tf 1 0 0 1 50 200 Tm")
    again.draw(f"{again.codes('ท', {'ท': 'ที่'})} Tj {again.codes('ี', {'ี': 'ที่'})} Tj {again.codes('ย')} Tj ET")
    assert printed(again) == ["ที่ย"]


def test_actual_text_once_a_span() -> None:
    sheet = Sheet()
    span = "/Span <</ActualText <FEFF0E170E350E48>>> BDC"
    sheet.text(50, 200, "ก").draw(span).text(56, 200, "ท", means={"ท": "x"}).text(62, 200, "่", means={"่": "y"}).draw("EMC")
    sheet.text(62, 200, "ข")
    assert printed(sheet) == ["กที่ข"]


def test_empty_actual_text_removes_mapped_glyphs_only() -> None:
    span = "/Span <</ActualText <FEFF>>> BDC"
    assert printed(Sheet().text(50, 200, "ก").draw(span).text(56, 200, "่").draw("EMC").text(56, 200, "ค")) == ["กค"]
    kept = Sheet().text(50, 200, "ก").draw(span).text(56, 200, "ข", means={"ข": ""}).draw("EMC").text(62, 200, "ค")
    assert printed(kept) == ["ก\ufffdค"]


def test_zero_width_space_stays_for_the_repair() -> None:
    assert printed(Sheet().text(50, 200, "ก\u200bำ")) == ["ก\u200bำ"]


def test_text_inside_a_form_stands_in_its_place() -> None:
    sheet = Sheet().text(50, 200, "ก่อน")
    sheet.forms["X"] = f"BT /F 10 Tf 1 0 0 1 50 100 Tm {sheet.codes('ในแบบ')} Tj ET"
    sheet.draw("q 1 0 0 1 20 50 cm /X Do Q").text(50, 100, "หลัง")
    found = {line.printed: (line.x0[0], line.top) for line in lines_of(sheet)}
    assert found == {"ก่อน": (50, 92), "ในแบบ": (70, 142), "หลัง": (50, 192)}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_page_reads_as_shown(turn: int) -> None:
    matrix = {90: "0 1 -1 0 300 50", 180: "-1 0 0 -1 350 200", 270: "0 -1 1 0 100 250"}[turn]
    sheet = Sheet(rotate=turn)
    sheet.draw(f"BT /F 10 Tf {matrix} Tm {sheet.codes(PLAIN)} Tj ET")
    (line,) = lines_of(sheet)
    assert line.printed == PLAIN
    box = line.box()
    assert box is not None
    assert box.x1 - box.x0 == pytest.approx(width_of(PLAIN), abs=0.1)
    assert box.bottom - box.top == pytest.approx(10, abs=0.1)


TURNS = [("0 1 -1 0 200 50", False), ("-1 0 0 -1 350 200", True), ("0 -1 1 0 200 250", False)]


@pytest.mark.parametrize(("matrix", "wide"), TURNS)
def test_turned_text_on_an_upright_page(matrix: str, wide: bool) -> None:
    sheet = Sheet()
    sheet.draw(f"BT /F 10 Tf {matrix} Tm {sheet.codes(PLAIN)} Tj ET")
    (line,) = lines_of(sheet)
    assert line.printed == PLAIN
    box = line.box()
    assert box is not None
    assert ((box.x1 - box.x0) > (box.bottom - box.top)) is wide


def test_skewed_text_is_one_line() -> None:
    sheet = Sheet()
    sheet.draw(f"BT /F 10 Tf 0.9998 0.0175 -0.0175 0.9998 50 100 Tm {sheet.codes(PLAIN * 2)} Tj ET")
    assert printed(sheet) == [PLAIN * 2]


def test_upright_text_before_turned_text() -> None:
    sheet = Sheet()
    sheet.draw(f"BT /F 10 Tf 0 1 -1 0 30 50 Tm {sheet.codes('ข้าง')} Tj ET").text(50, 200, PLAIN)
    assert printed(sheet) == [PLAIN, "ข้าง"]


def test_lines_from_above_whatever_their_order() -> None:
    assert printed(Sheet().text(50, 100, "ล่าง").text(50, 200, "บน")) == ["บน", "ล่าง"]


def test_type_size_through_the_matrix() -> None:
    sheet = Sheet()
    sheet.draw(f"q 2 0 0 2 0 0 cm BT /F 7 Tf 1 0 0 1 25 100 Tm {sheet.codes('กข')} Tj ET Q")
    (line,) = lines_of(sheet)
    assert (line.size, line.x0[0]) == (14, 50)
