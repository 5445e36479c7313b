"""The C loop and ctypes fill the same arrays, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest

from extract.pdf import bulk
from extract.pdf.bulk import TEXT, Loop
from extract.pdf.reader import read_pdf
from tests.extract.pdf.making import Sheet

SPAN = "/Span <</ActualText <FEFF0E170E35>>> BDC"


def made() -> bytes:
    """A page with everything that the loops read: spans, forms, paths, clips, lost spaces, unmapped glyphs."""
    sheet = Sheet().text(50, 200, "สำนักงานเขต", means={"ข": ""}).draw(SPAN).text(50, 180, "ท").text(56, 180, "ี").draw("EMC")
    sheet.draw("q 0 0 60 400 re W n").text(50, 160, "ตัดขอบ").draw("Q").text(90, 160, " ")
    sheet.draw("0.2 0.4 0.6 rg 10 10 50 20 re f 10 50 m 90 50 l S 10 60 m 20 80 30 80 40 60 c h B")
    sheet.forms["X"] = f"BT /F 8 Tf 1 0 0 1 5 5 Tm {sheet.codes('ในแบบ')} Tj ET 0 0 30 30 re S"
    return sheet.draw("q 0.7 0.7 -0.7 0.7 200 100 cm /X Do Q").draw("0 0 5 5 re S").draw("/X Do").pdf()


def documents(shared: Path) -> Iterator[bytes]:
    folder = shared / "data" / "textlayer" / "pdf"
    for name in (
        "strict__chromium__Sarabun",
        "dmg_shuffle__raw__Laksaman",
        "strict__weasyprint__Garuda",
        "strict__gs-chromium__Sarabun",
    ):
        yield (folder / f"{name}.pdf").read_bytes()


def both() -> tuple[Loop, Loop]:
    built = bulk.load()
    if built.library is None:
        pytest.skip("the C loop was not built here")
    return built, Loop(None)


def assert_alike(data: bytes, built: Loop, plain: Loop) -> None:
    document = pdfium.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        chars, again = built.chars(text.raw), plain.chars(text.raw)
        for name, values in vars(chars).items():
            assert np.array_equal(values, getattr(again, name)), name
        objects, same = built.objects(page.raw, chars), plain.objects(page.raw, chars)
        assert np.array_equal(objects.points, same.points)
        assert objects.spans == same.spans
        known = np.isin(objects.table["handle"], chars.run_object)
        left_out = (objects.table["kind"] == TEXT) & (objects.table["mark"] == 0) & known
        for name in bulk.OBJECT.names or ():
            rows = ~left_out if name in ("matrix", "box", "size") else slice(None)
            assert np.array_equal(objects.table[name][rows], same.table[name][rows]), name
        text.close()
    document.close()


def test_same_arrays_of_a_made_page() -> None:
    assert_alike(made(), *both())


def test_same_arrays_of_real_producers(shared: Path) -> None:
    for data in documents(shared):
        assert_alike(data, *both())


def test_same_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    both()
    pages = list(read_pdf(made()))
    monkeypatch.setenv("THAIKPI_BULK", "ctypes")
    assert bulk.load().library is None
    assert list(read_pdf(made())) == pages


def test_more_objects_than_the_first_room_holds() -> None:
    sheet = Sheet()
    for index in range(5000):
        sheet.draw(f"{index % 400} {index // 400} 1 1 re f")
    document = pdfium.PdfDocument(sheet.pdf())
    text = document[0].get_textpage()
    loop = bulk.load()
    assert len(loop.objects(document[0].raw, loop.chars(text.raw)).table) == 5000
    text.close()
    document.close()


def test_library_of_another_layout_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "libbulk.so").write_bytes(b"no library")
    assert bulk.load(tmp_path).library is None
    assert bulk.load(tmp_path / "nowhere").library is None
