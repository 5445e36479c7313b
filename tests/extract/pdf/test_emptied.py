"""Half of an ำ under an empty ActualText (poppler), and what Ghostscript writes for glyphs of two characters."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pdf.other_engine import Other
from extract.pdf.reader import read_pdf
from extract.pdf.second import SecondOpinion
from schemas.document import Layer
from tests.extract.pdf.making import Sheet, width_of
from tests.extract.pdf.test_pieces import pieces


@pytest.fixture(autouse=True)
def whatever_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pdf.reader.verdict", lambda *_: Layer.GOOD)


def sheet_of(*parts: tuple[str, bool], means: dict[str, str] | None = None) -> str:
    """The text read of parts one after the other, each a text object, some under an empty ActualText."""
    sheet, x = Sheet(), 20.0
    for text, empty in parts:
        begin, end = ("/Span <</ActualText <feff>>> BDC", "EMC") if empty else ("", "")
        sheet.draw(f"{begin} BT /F 10 Tf 1 0 0 1 {x} 100 Tm {sheet.codes(text, means)} Tj ET {end}")
        x += width_of(text)
    (page,) = read_pdf(sheet.pdf())
    return "\n".join(line.text for line in page.lines)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([("คลองล", False), ("ํ", True), ("ารางใส", False)], "คลองลำรางใส"),
        ([("คลองน", False), ("ํ", True), ("้าใส", False)], "คลองน้ำใส"),
        ([("คลองล", False), ("ํ", True), ("ำรางใส", False)], "คลองลำรางใส"),
    ],
)
def test_a_ring_without_text_before_its_aa(parts: list[tuple[str, bool]], text: str) -> None:
    assert sheet_of(*parts) == text


def test_an_aa_without_text_behind_a_ring_that_is_mapped_to_am() -> None:
    """One word without a gap in it."""
    assert sheet_of(("คลองลํ", False), ("า", True), ("รางใส", False), means={"ํ": "ำ"}) == "คลองลำรางใส"


def test_other_glyphs_without_text_stay_away() -> None:
    assert sheet_of(("คลอง", False), ("ก", True), ("ใส", False)).replace(" ", "") == "คลองใส"
    assert sheet_of(("คลองล", False), ("ํ", True), ("กใส", False)) == "คลองลกใส"


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [("\u6600\u6900", "fi"), ("\u6600\u6c00", "fl"), ("\u0e24\u2445", "ฤๅ"), ("\u0e49\u4933", "้ำ"), ("\u6600\ucf00", "ffi"),
     ("\u6600\u4900", "\u6600\u4900"), ("\u0e24\u2545", "\u0e24\u2545")],
)  # fmt: skip
def test_what_ghostscript_writes_for_one_glyph(drawn: str, meant: str) -> None:
    second = SecondOpinion(Other(b""))
    page = pieces(("ก", 4, 10, 0), (drawn, 10, 16, 0))
    code = second._with_ligatures(page).code[1:]
    lent = {point: text for text, point in second.lent.items()}
    assert "".join(lent.get(int(point), chr(point)) for point in code) == meant


def test_an_empty_page_has_nothing_miswritten() -> None:
    page = pieces(("ก", 4, 10, 0)).pick(np.zeros(1, bool))
    assert len(SecondOpinion(Other(b""))._with_ligatures(page)) == 0
