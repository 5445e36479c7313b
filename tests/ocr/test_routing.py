"""Which reading of a PDF page counts, and the searchable PDF that shows it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image

from extract.ocr.routing import agreement, better
from extract.ocr.searchable import searchable_pdf, searchable_picture
from extract.pages import read_pages
from schemas.document import Layer, Line, Page
from tests.ocr.paper import DPI, LINES, text_page

WORDS = LINES[:4]


def scan_pdf(turn: int = 0) -> bytes:
    """One page that is a picture; turn: quarter turns clockwise that the picture lies in."""
    picture = Image.fromarray(text_page(WORDS)).rotate(-90 * turn, expand=True)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=DPI)
    return out.getvalue()


def page(text: str, confidence: float = 0.99, **values: object) -> Page:
    lines = tuple(Line(text=t, printed=t, confidence=confidence) for t in text.split("\n") if t)
    return replace(Page(number=1, lines=lines), **values)


@pytest.fixture(scope="module")
def read() -> Page:
    (found,) = read_pages(scan_pdf(), "application/pdf")
    return found


def test_a_page_without_text_layer_is_read_from_its_picture(read: Page) -> None:
    assert (read.reading, read.layer, read.problem, read.number) == ("ocr", Layer.ABSENT, None, 1)
    assert [line.text for line in read.lines] == list(WORDS)


def test_places_are_points_of_the_page(read: Page) -> None:
    assert read.width == pytest.approx(1300 * 72 / DPI, abs=1)
    assert read.lines[0].x0[0] == pytest.approx(120 * 72 / DPI, abs=3)


def test_a_layer_that_agrees_with_the_scan_stays() -> None:
    typed, seen = page(f"{LINES[0]} ๑,๒๓๔"), page(f"{LINES[0][:-1]}ต ๑,๒๓๔", reading="ocr")
    assert better(typed, seen) is typed


def test_a_layer_with_another_number_gives_way() -> None:
    typed, seen = page("งบประมาณ ๑,๒๓๑ บาท เบิกจ่ายแล้ว"), page("งบประมาณ ๑,๒๓๔ บาท เบิกจ่ายแล้ว", reading="ocr")
    assert better(typed, seen).text == seen.text


def test_a_bad_reading_does_not_replace_a_layer() -> None:
    typed, seen = page("งบประมาณ ๑,๒๓๑ บาท"), page("งบูระนาณ ๑,๒๘๔ นาท", confidence=0.6, reading="ocr")
    assert better(typed, seen) is typed
    assert better(typed, page("", reading="ocr")) is typed


def test_white_space_is_no_disagreement() -> None:
    assert agreement("ร้อยละ 85", "ร้อยละ  8 5") == 1.0


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_searchable_pdf_gives_the_lines_back(turn: int, tmp_path: Path) -> None:
    data, target = scan_pdf(turn), tmp_path / "out.pdf"
    searchable_pdf(data, list(read_pages(data, "application/pdf")), target)
    with pypdfium2.PdfDocument(target) as document:
        page = document[0]
        text = page.get_textpage().get_text_bounded()
        shown = page.render(scale=0.5, grayscale=True).to_numpy()
    assert "".join(text.split()) == "".join(WORDS).replace(" ", "")
    assert turn == 1 or [  # pdfium breaks sideways lines elsewhere
        line.strip() for line in text.splitlines() if line.strip()
    ] == list(WORDS)
    assert shown.shape[1] > shown.shape[0]  # upright
    assert shown.min() < 100  # its picture is still there


def test_searchable_pdf_of_a_picture_is_the_same_every_time(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.fromarray(text_page(WORDS)).save(out, "PNG", dpi=(DPI, DPI))
    for name in ("one.pdf", "two.pdf"):
        searchable_picture(out.getvalue(), list(read_pages(out.getvalue(), "image/png")), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    with pikepdf.open(tmp_path / "one.pdf") as document:
        assert float(document.pages[0].mediabox[2]) == pytest.approx(1300 * 72 / DPI, abs=0.5)
