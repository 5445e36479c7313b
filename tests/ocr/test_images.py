"""Picture files: every kind of pixels comes out grey or RGB and upright; bombs and broken files end with a reason."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image

from extract.errors import DocumentError
from extract.ocr.images import array_of, pictures, resolution
from schemas.outcome import Status


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def drawn(mode: str = "L") -> Image.Image:
    """White, its left half dark."""
    picture = np.full((60, 80), 255, np.uint8)
    picture[:, :40] = 0
    return Image.fromarray(picture).convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "F"])
def test_kinds_of_pixels(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray((np.asarray(drawn(), np.uint16) * 200).astype(np.uint16))
    elif mode == "F":
        image = Image.fromarray(np.asarray(drawn(), np.float32) * 0.01)
    else:
        image = drawn(mode)
    picture = array_of(image)
    grey = picture if picture.ndim == 2 else picture.max(2)
    assert picture.dtype == np.uint8
    assert grey[30, 10] < 60
    assert grey[30, 70] > 240


def test_transparency_is_paper() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert array_of(clear).min() == 255


def test_exif_orientation() -> None:
    image = drawn()
    exif = image.getexif()
    exif[0x0112] = 6  # shown turned a quarter clockwise
    ((picture, _),) = pictures(saved(image, "JPEG", exif=exif))
    assert picture.shape == (80, 60)
    assert picture[:30].max() < 60 < picture[50:].min()


def test_frames_of_a_tiff() -> None:
    frames = [drawn(), Image.new("1", (30, 20), 1)]
    data = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert [picture.shape for picture, _ in pictures(data)] == [(60, 80), (20, 30)]


def test_webp() -> None:
    assert next(pictures(saved(drawn("RGB"), "WEBP")))[0].shape == (60, 80, 3)


@pytest.mark.parametrize(
    ("given", "size", "dpi"),
    [((300, 300), (2480, 3508), 300), ((72, 72), (600, 850), 72), ((72, 72), (5000, 7000), 5000 / 8.27),
     ((1, 1), (1654, 2339), 200), (None, (2339, 1654), 200), (("x", 0), (827, 1169), 100)],
)  # fmt: skip
def test_resolution(given: Any, size: tuple[int, int], dpi: float) -> None:
    assert resolution(given, *size) == pytest.approx(dpi, rel=0.01)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    with pytest.raises(DocumentError) as caught:
        list(pictures(bomb))
    assert (caught.value.status, caught.value.reason) == (Status.TOO_LARGE, "pixels")


GRAIN = saved(Image.fromarray(np.random.default_rng(1).integers(0, 256, (90, 90), np.uint8)), "PNG")


@pytest.mark.parametrize(("data", "reason"), [(b"\x89PNG\r\n\x1a\n", "not-a-picture"), (GRAIN[: len(GRAIN) // 2], "cut")])
def test_broken_files(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(pictures(data))
    assert (caught.value.status, caught.value.reason) == (Status.DAMAGED, reason)
