"""Reading order of read pieces: columns of running text against the cells of a table that has no rules."""

from __future__ import annotations

import numpy as np

from extract.ocr.characters import Written, unread
from extract.ocr.layout import blocks
from extract.ocr.lines import Piece
from extract.ocr.rules import Ruling

NO_RULES = Ruling(np.zeros((0, 4), np.int32), np.zeros((0, 4), np.int32), np.zeros((1, 1), np.uint8))


def page(*columns: tuple[float, float], rows: int = 7) -> list[Written]:
    """Pieces of ten pixels' body, a row every 25."""
    return [unread(Piece(x0, x1, 25.0 * k, 10.0, [], x1 - x0), "ก") for k in range(rows) for x0, x1 in columns]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    assert [len(block) for block in blocks(page((0, 200), (240, 440)), NO_RULES)] == [7, 7]


def test_cells_of_a_table_without_rules_stay_rows() -> None:
    cells = page((0, 45), (90, 130), (240, 285), (330, 370))
    assert [len(block) for block in blocks(cells, NO_RULES)] == [28]
