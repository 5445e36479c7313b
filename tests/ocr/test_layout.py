"""Reading order of read pieces: columns of running text against the cells of a table that has no rules."""

from __future__ import annotations

import numpy as np

from extract.ocr.characters import Written, unread
from extract.ocr.ink import Ink
from extract.ocr.layout import blocks
from extract.ocr.lines import Piece
from extract.ocr.rules import Ruling
from extract.ocr.ticks import with_ticks

NO_RULES = Ruling(np.zeros((0, 4), np.int32), np.zeros((0, 4), np.int32), np.zeros((1, 1), np.uint8))


def page(*columns: tuple[float, float], rows: int = 7) -> list[Written]:
    """Pieces of ten pixels' body, a row every 25."""
    return [unread(Piece(x0, x1, 25.0 * k, 10.0, [], x1 - x0), "ก") for k in range(rows) for x0, x1 in columns]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    assert [len(block) for block in blocks(page((0, 200), (240, 440)), NO_RULES)] == [7, 7]


def test_cells_of_a_table_without_rules_stay_rows() -> None:
    cells = page((0, 45), (90, 130), (240, 285), (330, 370))
    assert [len(block) for block in blocks(cells, NO_RULES)] == [28]


def test_a_mark_between_brackets_that_were_read_as_empty() -> None:
    mask = np.zeros((40, 100), np.uint8)
    mask[8:24, 10:13] = mask[8:24, 27:30] = mask[8:24, 50:53] = mask[8:24, 67:70] = 1  # [ ] [ ]
    mask[12:22, 16:24] = 1  # and a mark in the first pair
    mask[16:18, 59:61] = 1  # a speck in the second
    ink = Ink.of(mask)
    piece = Piece(10.0, 70.0, 22.0, 12.0, list(range(1, len(ink.x0))), 60.0)
    left, right = (10.0, 20.0, 30.0, 50.0, 60.0), (20.0, 30.0, 50.0, 60.0, 70.0)
    found = with_ticks(Written(piece, "[] []", left, right, (0.99,) * 5), ink)
    assert found.text == "[x] []"
    assert len(found.left) == len(found.right) == len(found.certainty) == 6
