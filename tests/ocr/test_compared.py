"""Another reader's numbers against ours, and Tesseract as that reader."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from extract.ocr.compared import compared
from extract.ocr.numbers import is_arabic
from extract.ocr.reader import read_picture
from extract.ocr.tesseract import SecondReaderError, Tesseract, find_tesseract
from schemas.document import Line
from tests.ocr.paper import DPI, LINES, text_page


def line(text: str) -> Line:
    return Line(text=text, printed=text, certainty=(0.99,) * len(text), reading="ocr")


def other(found: Line) -> str:
    return "".join(found.otherwise or ())


def test_another_number_in_the_same_place_is_told() -> None:
    found = compared(line("งบประมาณ 1,234 บาท จาก 60 ราย"), "งบประมาน1,284บาทจาก 60ราย")
    assert other(found) == "งบประมาณ 1,284 บาท จาก 60 ราย"
    assert found.support is not None
    assert found.support[9:14] == (0.0,) * 5
    assert found.support[23:25] == (0.99, 0.99)


@pytest.mark.parametrize(
    "theirs", ["งบประมาณ 1,234 บาท", "งบปรมาณ1.234 บาท", "งบประมาณ บาท", "", "~~ | oc", "งบประมาณ ๑,๒๓๔ บาท"]
)
def test_no_doubt_without_other_digits(theirs: str) -> None:
    """Letters, separators, scripts of digits and lost numbers are no evidence."""
    own = line("งบประมาณ 1,234 บาท")
    assert compared(own, theirs) is own


def test_numbers_longer_and_shorter_than_ours() -> None:
    assert other(compared(line("รวม 18,906 บาท"), "รวม 318,906 บาท")) == "รวม 318,906 บาท"
    assert other(compared(line("รวม 318,906 บาท"), "รวม 18,906 บาท")) == "รวม 18,906 บาท"
    assert other(compared(line("ระดับ 5"), "ระดับ3")) == "ระดับ 3"


def test_thai_digits_are_left_out_where_the_other_cannot_read_them() -> None:
    own = line("ปี ๒๕๖๗ จำนวน 12 คน")
    assert compared(own, "ปี ๒๕๖๓ จำนวน 12 คน", is_arabic) is own
    assert other(compared(own, "ปี 2563 จำนวน 17 คน", is_arabic)) == "ปี ๒๕๖๗ จำนวน 17 คน"


# --- Tesseract -------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def tesseract() -> Tesseract:
    if shutil.which("tesseract") is None:
        pytest.skip("needs the tesseract program")
    try:
        return find_tesseract("tesseract")
    except SecondReaderError as error:
        pytest.skip(f"tesseract: {error.reason} {error.detail}")


def test_tesseract_agrees_with_a_clean_page_and_finds_a_wrong_digit(tesseract: Tesseract) -> None:
    picture = text_page()
    page = read_picture(picture, DPI, tesseract)
    assert page.problem is None
    assert all("".join(found.otherwise or found.text) == found.text for found in page.lines)
    at = next(k for k, found in enumerate(page.lines) if "2,778" in found.text)
    wrong = replace(page.lines[at], text=page.lines[at].text.replace("2,778", "2,718"))
    (found,) = tesseract.doubting(replace(page, lines=(wrong,)), np.asarray(picture), 72 / DPI).lines
    assert "2,778" in other(found)
    assert "2,718" in found.text


def test_a_second_reader_that_fails_is_named_and_the_reading_stands(tmp_path: Path) -> None:
    for name, script, reason in (("slow", "sleep 30", "timeout"), ("broken", "exit 3", "failed")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexec {script}\n" if name == "slow" else f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        page = read_picture(text_page(LINES[:4]), DPI, Tesseract(program, seconds=0.5))
        assert (page.problem, page.reading, len(page.lines)) == (f"second-reader-{reason}", "ocr", 4)
    page = read_picture(text_page(LINES[:4]), DPI, Tesseract(tmp_path / "absent"))
    assert page.problem == "second-reader-missing"


def test_what_cannot_be_a_second_reader_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SecondReaderError, match="missing"):
        find_tesseract(str(tmp_path / "absent"))
    program = tmp_path / "english-only"
    program.write_text("#!/bin/sh\necho eng\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(SecondReaderError, match="languages"):
        find_tesseract(str(program))
