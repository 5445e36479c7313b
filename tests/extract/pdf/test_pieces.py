"""Clusters in pieces that each carry the whole text, and marks of slanted text that lean over the next letter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extract.pdf.fonts import SLANT, _told, straightened
from extract.pdf.glyphs import Glyphs
from extract.pdf.pieces import whole
from extract.pdf.reader import read_pdf
from schemas.document import Layer
from tests.extract.pdf.making import Sheet
from tests.extract.pdf.test_marks import clusters_of, glyphs


def pieces(*drawn: tuple[str, float, float, float]) -> Glyphs:
    """Of (text of a glyph, left and right end of its box, height of the box's middle over the line)."""
    rows = [(char, text, x0, x1, up) for text, x0, x1, up in drawn for char in text]
    page = glyphs(*((char, x0, x1, x0, x1) for char, _, x0, x1, _ in rows))
    owner = [at for at, (text, *_) in enumerate(drawn) for _ in text]
    page.box[:, [1, 3]] -= np.array([up for *_, up in rows])[:, None]
    return replace(page, owner=np.array(owner))


def text_of(page: Glyphs) -> str:
    return "".join(map(chr, whole(page).code.tolist()))


NAM = (("น้ำ", 10.0, 16.0, 0.0), ("น้ำ", 13.0, 16.2, 2.0), ("น้ำ", 16.0, 20.0, 0.0))


def again(by: float) -> tuple[tuple[str, float, float, float], ...]:
    return tuple((text, x0 + by, x1 + by, up) for text, x0, x1, up in NAM)


def test_pieces_of_a_cluster_are_one() -> None:
    page = pieces(("ค", 4, 10, 0), *NAM, ("ท", 20, 26, 0))
    assert text_of(page) == "คน้ำท"
    assert whole(page).box[1, 2] == 20


def test_a_cluster_written_twice_stays() -> None:
    assert text_of(pieces(*NAM, *again(10), ("ท", 30, 36, 0))) == "น้ำน้ำท"


def test_equal_clusters_of_one_piece_stay() -> None:
    assert text_of(pieces(("ที่", 10, 16, 0), ("ที่", 16, 22, 0))) == "ที่ที่"


def test_equal_clusters_far_apart_stay() -> None:
    assert text_of(pieces(("ที่", 10, 16, 0), ("ที่", 40, 44, 0))) == "ที่ที่"


@pytest.mark.parametrize("word", ["กก", "นา", "12"])
def test_letters_that_repeat_stay(word: str) -> None:
    assert text_of(pieces((word, 10, 16, 0), (word, 16, 20, 0))) == (word if word == "นา" else 2 * word)


def test_an_empty_page_has_no_pieces() -> None:
    assert len(whole(glyphs(("ก", 0, 1, 0, 1)).pick(slice(0, 0)))) == 0


def test_marks_of_skewed_text_keep_their_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """๋ stands so high that its ink lies over the next letter."""
    monkeypatch.setattr("extract.pdf.reader.verdict", lambda *_: Layer.GOOD)
    sheet = Sheet()
    sheet.draw(f"BT /F 10 Tf 1 0 0.5 1 20 100 Tm {sheet.codes('ตั๋วเดี๋ยว')} Tj ET")
    (page,) = read_pdf(sheet.pdf())
    assert [line.printed for line in page.lines] == ["ตั๋วเดี๋ยว"]


def test_marks_of_slanted_fonts_keep_their_letter() -> None:
    page = glyphs(("ต", 10, 15, 10, 15), ("๋", 15, 15, 15.2, 18), ("ว", 15, 21, 15, 21))
    assert clusters_of(page) == ["ต", "๋ว"]
    page.ink[1, [1, 3]] = 41, 43
    assert clusters_of(straightened(page, np.array([SLANT, 0.0]))) == ["ต๋", "ว"]


@pytest.mark.parametrize(
    ("name", "leans", "slanted"), [("T-Italic", False, True), ("AAAAAA+Waree-Oblique", False, True), ("Any", True, True),
    ("Kanit-Bold", False, False)],
)  # fmt: skip
def test_slanted_fonts(name: str, leans: bool, slanted: bool) -> None:
    assert _told(name, False, leans).slanted is slanted
