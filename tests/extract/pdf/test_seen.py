"""What leaves no ink is no text: white letters on paper, spaces under digits, marks of cut-off letters."""

from __future__ import annotations

import io

import numpy as np
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import read_pdf


def texts(draw: object) -> list[str]:
    """Lines of a page that `draw` draws on."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.setFont("Helvetica", 12)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return [line.text for page in read_pdf(out.getvalue()) for line in page.lines]


def test_white_letters_on_paper_are_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.drawString(50, 200, "00000")
        canvas.setFillGray(0)
        canvas.drawString(50 + canvas.stringWidth("00000"), 200, "11/55")

    assert texts(draw) == ["11/55"]


def test_white_letters_on_a_dark_ground_are_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(40, 190, 200, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(50, 200, "heading")

    assert texts(draw) == ["heading"]


def test_space_under_a_number_is_no_gap() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(48, 200, " ")
        canvas.drawString(50, 200, "4")
        canvas.drawString(51, 200, " ")
        canvas.drawString(50 + canvas.stringWidth("4"), 200, "0,063,190")
        canvas.drawString(50, 150, "4 5")

    assert texts(draw) == ["40,063,190", "4 5"]


def test_marks_of_cut_off_letters_go_with_them() -> None:
    from extract.pdf.glyphs import Glyphs
    from extract.pdf.ink import _with_letters

    code = np.array([ord(char) for char in "ครั้งม้"], np.uint32)
    origin = np.array([[10.0 + 5 * i, 50.0] for i in range(5)] + [[80.0, 50.0], [84.0, 50.0]])
    zeros = np.zeros(len(code))
    glyphs = Glyphs(code, np.arange(len(code)), origin, np.zeros((7, 4)), np.zeros((7, 4)), zeros + 11, *[zeros] * 5)
    gone = np.array([char in "ครง" for char in "ครั้งม้"])
    assert _with_letters(glyphs, gone).tolist() == [True, True, True, True, True, False, False]
