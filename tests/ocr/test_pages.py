"""Whole pages: what is drawn is read, whichever way it lies and whatever copying did to it."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from extract.ocr.reader import UNREADABLE, read_picture
from schemas.document import Box, Layer, Page
from tests.ocr.paper import DPI, LINES, Picture, askew, copied, font, sheet, table_page, text_page

NUMBERS = ["2567", "85.50", "92.47", "๑,๒๓๔,๕๖๗.๘๙", "2,778", "14", "๓๐", "๒๕๖๗"]


def error_rate(page: Page, lines: tuple[str, ...]) -> float:
    want, got = (re.sub(r"\s", "", "".join(text)) for text in (lines, page.text))
    return float(Levenshtein.distance(want, got) / len(want))


@pytest.fixture(scope="module")
def plain() -> Page:
    return read_picture(text_page(), DPI)


def test_lines_in_order_with_every_number(plain: Page) -> None:
    assert error_rate(plain, LINES) <= 0.02
    assert len(plain.lines) == len(LINES)
    assert re.findall(r"[0-9๐-๙][0-9๐-๙.,]*", plain.text) == NUMBERS
    assert plain.reading == "ocr"
    assert plain.problem is None
    assert all(line.reading == "ocr" and line.confidence > 0.9 for line in plain.lines)


def test_every_character_has_a_place_and_a_certainty(plain: Page) -> None:
    for line in plain.lines:
        assert len(line.x0) == len(line.x1) == len(line.text) == len(line.certainty or ())
        assert all(a <= b for a, b in zip(line.x0, line.x1, strict=True))
        assert all(a <= b for a, b in zip(line.x0, line.x0[1:], strict=False))


def test_a_number_lies_where_it_was_drawn(plain: Page) -> None:
    line = plain.lines[2]
    at = line.text.index("92.47")
    box = line.box(at, at + 5)
    left = 120 + font(40).getlength(LINES[2][: LINES[2].index("92.47")])
    assert box is not None
    assert abs(box.x0 * DPI / 72 - left) < 14
    assert box.top * DPI / 72 < 80 + 2 * 80 + 40 < box.bottom * DPI / 72


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_pages_are_set_upright(turn: int) -> None:
    page = read_picture(np.ascontiguousarray(np.rot90(text_page(), -turn)), DPI)
    assert page.turn == turn
    assert error_rate(page, LINES) <= 0.02


@pytest.mark.parametrize("degrees", [-2.0, 1.3])
def test_skew_is_taken_out_and_known(degrees: float) -> None:
    page = read_picture(askew(text_page(), degrees), DPI)
    assert page.skew == pytest.approx(-degrees, abs=0.3)
    assert error_rate(page, LINES) <= 0.02


def test_photocopy() -> None:
    page = read_picture(copied(text_page()), DPI)
    assert error_rate(page, LINES) <= 0.03
    assert re.findall(r"[0-9๐-๙][0-9๐-๙.,]+", page.text) == NUMBERS


@pytest.mark.parametrize("scale", [0.6, 2.0])
def test_resolutions(scale: float) -> None:
    """120 and 400 dpi: sizes follow the body height, not the file's figure."""
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    picture = np.asarray(cv2.resize(text_page(), None, fx=scale, fy=scale, interpolation=how), np.uint8)
    assert error_rate(read_picture(picture, DPI), LINES) <= 0.03


def test_stamp_over_text_fades() -> None:
    picture = np.repeat(text_page()[:, :, None], 3, 2)
    cv2.circle(picture, (600, 400), 170, (210, 40, 50), 5)
    cv2.putText(picture, "RECEIVED", (470, 410), cv2.FONT_HERSHEY_DUPLEX, 1.4, (210, 40, 50), 3)
    page = read_picture(picture, DPI)
    assert error_rate(page, LINES) <= 0.03
    assert "RECEIVED" not in page.text


def test_coloured_print_is_read() -> None:
    picture = np.repeat(text_page()[:, :, None], 3, 2)
    for top, bottom, colour in ((130, 215, (20, 40, 190)), (290, 375, (200, 20, 30))):
        for k in range(3):
            band = picture[top:bottom, :, k].astype(np.float32) / 255
            picture[top:bottom, :, k] = (colour[k] + band * (255 - colour[k])).astype(np.uint8)
    page = np.full((2339, 1654, 3), 255, np.uint8)  # lines are told from seals by their size on A4
    page[: picture.shape[0], : picture.shape[1]] = picture
    assert error_rate(read_picture(page, DPI), LINES) <= 0.02


def test_titles_and_small_print() -> None:
    picture, draw = sheet(height=900)
    draw.text((120, 60), "รายงานประจำปี ๒๕๖๗", font=font(110), fill=0)
    for k, line in enumerate(LINES[:5]):
        draw.text((120, 280 + 80 * k), line, font=font(40), fill=0)
    draw.text((120, 760), "ที่มา : สำนักงานเขตบางรัก ข้อมูล ณ วันที่ 30 กันยายน 2567", font=font(24), fill=0)
    page = read_picture(np.asarray(picture, np.uint8), DPI)
    want = ("รายงานประจำปี ๒๕๖๗", *LINES[:5], "ที่มา : สำนักงานเขตบางรัก ข้อมูล ณ วันที่ 30 กันยายน 2567")
    assert error_rate(page, want) <= 0.03


def test_a_black_signature_is_no_text() -> None:
    picture = np.vstack([text_page(), np.full((300, 1300), 255, np.uint8)])
    t = np.linspace(0, 1, 200)
    x, y = 500 + t * 420 + 25 * np.cos(t * 40), 900 + 45 * np.sin(t * 31) * (1 - t * 0.6)
    cv2.polylines(picture, [np.stack([x, y], 1).astype(np.int32)], False, 0, 4, cv2.LINE_AA)
    page = read_picture(picture, DPI)
    assert error_rate(page, LINES) <= 0.02
    assert len(page.lines) == len(LINES)


# --- layout ----------------------------------------------------------------------------------------------------------
ROWS = (("รายการ", "แผน", "ผล"), ("ค่าธรรมเนียม", "250,000.00", "231,475.50"), ("ภาษีที่ดิน", "๘๐.๐๐", "-"), ("รวม", "100", "92.59"))


def test_rows_of_a_table_and_its_rules() -> None:
    page = read_picture(table_page(ROWS), DPI)
    assert [line.text.split() for line in page.lines] == [list(row) for row in ROWS]
    across = [r for r in page.rules if r.x1 - r.x0 > 10 * (r.bottom - r.top)]
    down = [r for r in page.rules if r.bottom - r.top > 10 * (r.x1 - r.x0)]
    assert len(across) == len(ROWS) + 1
    assert len(down) == 4


def test_checkboxes_are_characters_and_marks() -> None:
    picture, draw = sheet(height=420)
    pen = font(40)
    for k, (label, ticked) in enumerate((("ผลผลิต", False), ("ผลลัพธ์", True))):
        x = 120 + 400 * k
        draw.rectangle((x, 92, x + 32, 124), outline=0, width=3)
        if ticked:
            draw.line((x + 6, 108, x + 14, 118, x + 40, 84), fill=0, width=4)
        draw.text((x + 56, 80), label, font=pen, fill=0)
    for k, line in enumerate(LINES[:3]):
        draw.text((120, 160 + 80 * k), line, font=pen, fill=0)
    page = read_picture(np.asarray(picture, np.uint8), DPI)
    assert page.lines[0].text == "☐ ผลผลิต ☑ ผลลัพธ์"
    assert [c.checked for c in page.checkboxes] == [False, True]


def test_two_columns_are_read_one_after_the_other() -> None:
    words = [line[:26] for line in LINES]
    picture, draw = sheet(width=1700, height=900)
    for k in range(8):
        draw.text((80, 80 + 70 * k), words[k], font=font(36), fill=0)
        draw.text((900, 95 + 70 * k), words[7 - k], font=font(36), fill=0)
    page = read_picture(np.asarray(picture, np.uint8), DPI)
    assert error_rate(page, (*words, *reversed(words))) <= 0.03


def test_leaders_and_lone_signs() -> None:
    lines = (*LINES[:4], "ลงชื่อ ........................ ผู้รายงาน", ":: -")
    page = read_picture(text_page(lines), DPI)
    assert re.search(r"ลงชื่อ \.{15,} ผู้รายงาน", page.text)
    assert page.lines[-1].text == ":: -"


# --- pages without text ----------------------------------------------------------------------------------------------
def shapes() -> Picture:
    r = np.random.default_rng(3)
    small = r.normal(128, 60, (30, 20)).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(small, (1000, 1400), interpolation=cv2.INTER_CUBIC), np.uint8)


def test_a_blank_page_is_read_and_blank() -> None:
    paper = 245 + np.random.default_rng(1).normal(0, 4, (1400, 1000))
    page = read_picture(paper.clip(0, 255).astype(np.uint8), DPI)
    assert (page.layer, page.reading, page.lines) == (Layer.BLANK, "ocr", ())


@pytest.mark.parametrize("picture", [shapes(), np.random.default_rng(2).integers(0, 256, (1400, 1000), np.uint8)])
def test_photograph_and_noise_are_named(picture: Picture) -> None:
    page = read_picture(picture, DPI)
    assert (page.reading, page.problem, page.lines) == (None, UNREADABLE, ())


def test_english_stays_english() -> None:
    lines = ("Annual report of the district office", "The target was 95 percent of all cases", "Results were better than in 2024")
    page = read_picture(text_page(lines), DPI)
    assert error_rate(page, lines) <= 0.03


# --- places ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_box_of_a_turned_page_leads_back(turn: int) -> None:
    """A dot at (30, 10) of a page of 200 × 100 as shown, by way of the page as it reads."""
    shown = np.zeros((100, 200))
    shown[10, 30] = 1
    y, x = (int(v[0]) for v in np.nonzero(np.rot90(shown, turn)))
    height, width = np.rot90(shown, turn).shape
    page = Page(number=1, width=width, height=height, turn=turn)
    box = page.shown(Box(x, y, x + 1, y + 1))
    assert (box.x0, box.top, box.x1, box.bottom) == (30, 10, 31, 11)
