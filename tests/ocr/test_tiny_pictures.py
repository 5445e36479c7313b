"""Pictures on which no line of text fits, and TIFFs whose directories break while they are counted."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extract.errors import DocumentError
from extract.ocr.images import pictures
from extract.ocr.reader import read_picture
from schemas.outcome import Status


@pytest.mark.parametrize("size", [(1, 4000), (4000, 3), (8, 8)])
def test_too_small_for_a_line(size: tuple[int, int]) -> None:
    page = read_picture(np.zeros(size, np.uint8), 300.0)
    assert page.reading is None
    assert page.problem
    file = io.BytesIO()
    Image.new("L", (size[1], size[0])).save(file, "PNG")
    with pytest.raises(DocumentError) as caught:
        list(pictures(file.getvalue()))
    assert caught.value.status is Status.NO_TEXT


def test_a_tiff_with_a_broken_second_page() -> None:
    file = io.BytesIO()
    Image.new("L", (100, 100)).save(file, "TIFF", save_all=True, append_images=[Image.new("L", (100, 100))])
    data = bytearray(file.getvalue())
    first = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[first : first + 2], "little")
    second = int.from_bytes(data[first + 2 + 12 * count : first + 6 + 12 * count], "little")
    data[second + 2 : second + 4] = (0xFFF0).to_bytes(2, "little")  # the tag of its width is no longer that
    with pytest.raises(DocumentError) as caught:
        list(pictures(bytes(data)))
    assert caught.value.status is Status.DAMAGED
