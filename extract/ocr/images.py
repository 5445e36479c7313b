"""Bytes of a picture → grey or RGB arrays with their resolution, one frame at a time, none larger than memory allows."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.errors import DocumentError
from schemas.outcome import Status

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "MPO")
MOST_PIXELS = 100_000_000  # A3 at 600 dpi has 70 million; more is refused before anything is decoded
LEAST_PIXELS = 16  # of the shorter side: not a line of text fits
MOST_FRAMES = 2_000
LEAST_DPI, MOST_DPI = 60, 1300  # outside: the file's figure is a default of some program
PAGE_INCHES = (2.0, 40.0)  # a page's sides; outside: the figure is wrong
A4_INCHES = 8.27
Picture = NDArray[np.uint8]


def pictures(data: bytes) -> Iterator[tuple[Picture, float]]:
    """(picture, dpi) of every frame, upright as its EXIF orientation says: (h, w) grey or (h, w, 3) RGB.

    dpi: the file's where it is sane, else what makes the shorter side the width of A4.
    Raises DocumentError: damaged (no picture, cut off), too-large (too many pixels or frames), no-text (too small).
    """
    with _opened(data) as image:
        frames = _frame_count(image)
        if frames > MOST_FRAMES:
            raise DocumentError(Status.TOO_LARGE, "frames", str(frames))
        for k in range(frames):
            yield _frame(image, k)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is checked below, before decoding
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise DocumentError(Status.TOO_LARGE, "pixels", str(error)) from error
    except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError, struct.error … on broken headers
        raise DocumentError(Status.DAMAGED, "not-a-picture", str(error)) from error
    with image:
        yield image


def _frame_count(image: Any) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception as error:  # counting walks the directories of a TIFF, broken ones too
        raise DocumentError(Status.DAMAGED, "cut", str(error)) from error


def _frame(image: Any, k: int) -> tuple[Picture, float]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.seek(k)
            if image.width * image.height > MOST_PIXELS:
                raise DocumentError(Status.TOO_LARGE, "pixels", f"{image.width} x {image.height}")
            if min(image.width, image.height) < LEAST_PIXELS:
                raise DocumentError(Status.NO_TEXT, "all-pages", f"{image.width} x {image.height}")
            image.load()
            picture = array_of(_upright(image))
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError(Status.DAMAGED, "cut", f"frame {k + 1}: {error}") from error
    return picture, resolution(image.info.get("dpi"), picture.shape[1], picture.shape[0])


def _upright(image: Any) -> Any:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image) if image.getexif().get(0x0112, 1) != 1 else image


def array_of(image: Any) -> Picture:
    """Grey (h, w) or RGB (h, w, 3): any kind of pixels, transparency over white, deeper ones by their range."""
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"), np.uint8)
    if image.mode[0] in "IF":
        return _stretched(np.asarray(image, np.float32))
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        from PIL import Image

        image = image.convert("RGBA")
        return np.asarray(Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB"), np.uint8)
    return np.asarray(image.convert("RGB"), np.uint8)


def _stretched(deep: NDArray[np.float32]) -> Picture:
    """16 or 32 bits a pixel: from the darkest to the lightest."""
    low, high = float(np.nanmin(deep)), float(np.nanmax(deep))
    if high <= low:
        return np.full(deep.shape, 255, np.uint8)
    return np.asarray(np.nan_to_num((deep - low) * (255 / (high - low))), np.uint8)


def resolution(given: tuple[Any, Any] | None, width: int, height: int) -> float:
    """Pixels to an inch. given: the file's (x, y), if it has one."""
    try:
        dpi = float(given[0]) if given else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    sides = (min(width, height) / dpi, max(width, height) / dpi) if dpi > 0 else (0.0, 0.0)
    if LEAST_DPI <= dpi <= MOST_DPI and sides[0] >= PAGE_INCHES[0] and sides[1] <= PAGE_INCHES[1]:
        return dpi
    return max(1.0, min(width, height) / A4_INCHES)
