"""Which reading of a PDF page counts, and the searchable PDF that shows it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image

from extract.ocr.pdfpages import is_scan, shows_text
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
    typed, seen = page("งบประมาณ ๑,๒๓๗ บาท เบิกจ่ายแล้ว"), page("งบประมาณ ๑,๒๓๔ บาท เบิกจ่ายแล้ว", reading="ocr")
    taken = better(typed, seen)
    assert taken.text == seen.text
    assert "".join(taken.lines[0].otherwise or ()) == typed.text
    assert better(typed, seen, typed=True) is typed


def test_typed_text_that_is_not_all_of_the_page_gives_way() -> None:
    typed, seen = page("หน้า 1"), page("หน้า 1\nงบประมาณ ๑,๒๓๔ บาท เบิกจ่ายแล้ว", reading="ocr")
    assert better(typed, seen, typed=True).text == seen.text


def test_a_layer_of_a_program_without_thai_digits_has_no_say_in_them() -> None:
    typed, seen = page("งบประมาณ ๑,๒๓๕ บาท เบิก 95"), page("งบประมาณ ๑,๒๓๔ บาท เบิก 96", reading="ocr")
    assert "".join(better(typed, seen).lines[0].otherwise or ()) == "งบประมาณ ๑,๒๓๔ บาท เบิก 95"
    typed = page("งบประมาณ ๑,๒๓๗ บาท เบิก 96")
    assert "".join(better(typed, seen).lines[0].otherwise or ()) == "งบประมาณ ๑,๒๓๗ บาท เบิก 96"


def test_a_bad_reading_does_not_replace_a_layer() -> None:
    typed, seen = page("งบประมาณ ๑,๒๓๑ บาท"), page("งบูระนาณ ๑,๒๘๔ นาท", confidence=0.6, reading="ocr")
    kept = better(typed, seen)
    assert kept.text == typed.text
    assert kept.reading == kept.lines[0].reading == "ocr"
    assert "".join(kept.lines[0].otherwise or ()) == "งบประมาณ ๑,๒๘๔ บาท"
    assert better(typed, page("", reading="ocr")) is typed


def test_white_space_is_no_disagreement() -> None:
    assert agreement("ร้อยละ 85", "ร้อยละ  8 5") == 1.0


def test_another_programs_reading_under_a_scan_is_compared(read: Page, tmp_path: Path) -> None:
    lines = tuple(replace(line, text=line.text.replace("92.47", "92.41")) for line in read.lines)
    searchable_pdf(scan_pdf(), [replace(read, lines=lines)], tmp_path / "other.pdf")
    (found,) = read_pages((tmp_path / "other.pdf").read_bytes(), "application/pdf")
    line = found.lines[2]
    assert found.reading == "ocr"
    assert "92.47" in line.text
    assert "92.41" in "".join(line.otherwise or ())
    assert line.support is not None
    assert line.support[line.text.index("92.47")] == 0.0
    with pypdfium2.PdfDocument(tmp_path / "other.pdf") as document:
        assert is_scan(document[0])
        assert not shows_text(document[0])


def test_text_typed_over_a_picture_is_shown(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(scan_pdf())) as document:
        page = document.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.F9)
        page.contents_add(b"BT /F9 12 Tf 40 40 Td (Typed) Tj ET")
        document.save(tmp_path / "typed.pdf")
    with pypdfium2.PdfDocument(tmp_path / "typed.pdf") as opened:
        assert is_scan(opened[0])
        assert shows_text(opened[0])


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
