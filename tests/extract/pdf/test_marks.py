"""Marks find their letters by place, and their code points by where their ink stands."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pdf.clusters import clustered
from extract.pdf.doubtful import exchanged, misplaced
from extract.pdf.glyphs import Glyphs
from extract.pdf.verdict import drops_letters

SIZE = 10.0


def glyphs(*drawn: tuple[str, float, float, float, float]) -> Glyphs:
    """Of (character, origin, right end of its advance, left and right of its ink) on a line at y = 50."""
    code = np.array([ord(d[0]) for d in drawn], np.uint32)
    x0, x1, ink0, ink1 = np.array([d[1:] for d in drawn], float).T
    y = np.full(len(code), 50.0)
    one = np.ones(len(code))
    box = np.stack((np.minimum(x0, ink0), y - 12, np.maximum(x1, ink1), y + 3), axis=1)
    ink = np.stack((ink0, y - 8, ink1, y), axis=1)
    return Glyphs(
        code, np.zeros(len(code), np.int64), np.stack((x0, y), axis=1), box, ink, one * SIZE, one * 0, one * 0, one, one * 0,
        -one.astype(np.int64),
    )  # fmt: skip


def clusters_of(page: Glyphs) -> list[str]:
    found = clustered(page, 0.0)
    out = [""] * len(found.x0)
    for code, cluster in zip(found.code.tolist(), found.cluster.tolist(), strict=True):
        out[cluster] += chr(code)
    return out


@pytest.mark.parametrize("middle", [13.0, 14.5, 14.9])
def test_a_mark_written_a_letter_late_stands_over_the_letter_before(middle: float) -> None:
    late = glyphs(("ร", 10, 15, 10, 15), ("บ", 15, 21, 15, 21), ("ั", 16, 16, middle - 2, middle + 2))
    assert clusters_of(late) == ["รั", "บ"]


def test_late_marks_one_after_the_other() -> None:
    late = glyphs(("ด", 4, 10, 4, 10), ("ร", 10, 15, 10, 15), ("้", 9, 9, 6, 8), ("บ", 15, 21, 15, 21), ("ั", 16, 16, 12.5, 16.5))
    assert clusters_of(late) == ["ด้", "รั", "บ"]


def test_a_mark_that_hangs_over_no_consonant_stays() -> None:
    """เ็ cannot be: the mark belongs to the letter that it was written after, though its ink hangs left of it."""
    assert clusters_of(glyphs(("เ", 10, 15, 10, 15), ("ร", 15, 20, 15, 20), ("็", 20, 20, 13, 16.5))) == ["เ", "ร็"]


@pytest.mark.parametrize(("below", "above"), [("ู", "้"), ("ู", "Ê"), ("ุ", "\uf70b"), ("\uf718", "่")])
def test_code_points_exchanged_between_two_marks_of_a_letter(below: str, above: str) -> None:
    page = glyphs(("ผ", 10, 16, 10, 16), (below, 16, 16, 12, 15), (above, 16, 16, 12, 15), ("ส", 16, 22, 16, 22))
    page.ink[1, [1, 3]] = 36, 40  # the vowel's code point lies on the sign above, the tone's on the one below
    page.ink[2, [1, 3]] = 51, 55
    mended, left = exchanged(page, misplaced(page))
    assert "".join(map(chr, mended.code)) == f"ผ{above}{below}ส"
    assert not left.any()


@pytest.mark.parametrize(("charcode", "code", "wide", "drops"), [
    (32, "2", True, True), (32, "\ufffd", True, True), (32, "=", True, False), (32, " ", False, False), (33, "2", True, False),
])  # fmt: skip
def test_glyphs_that_pdfium_takes_for_spaces(charcode: int, code: str, wide: bool, drops: bool) -> None:
    page = glyphs(("ก", 10, 16, 10, 16), (code, 16, 21, 16, 21 if wide else 16))
    page.charcode[1] = charcode
    assert drops_letters(page) is drops
