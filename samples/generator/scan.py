"""PDF pages to pictures as an office's scanner, fax or copier would leave them. Seeded; strengths vary from page to page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]  # (height, width) grey or (height, width, 3) RGB
Change = Callable[[Picture, int, np.random.Generator], Picture]


def render(data: bytes, dpi: int) -> list[Picture]:
    """Grey pages of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [page.render(scale=dpi / 72, grayscale=True).to_numpy() for page in pdf]
    return [np.ascontiguousarray(p.reshape(p.shape[:2])) for p in pages]


def turned(a: Picture, degrees: float) -> Picture:
    h, w = a.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(a, m, (w, h), flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250)), np.uint8)


def pressed(a: Picture, quality: int) -> Picture:
    """Through JPEG."""
    flag = cv2.IMREAD_COLOR if a.ndim == 3 else cv2.IMREAD_GRAYSCALE
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", a, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], flag), np.uint8)


def soft(a: Picture, millimetres: float, dpi: int) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(a, (0, 0), max(0.3, millimetres * dpi / 25.4)), np.float32)


def clean(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    return a


def skew(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    return turned(a, float(r.uniform(0.4, 1.7) * r.choice((-1, 1))))


def jpeg(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    b = soft(a, float(r.uniform(0.05, 0.1)), dpi) * r.uniform(0.8, 0.95) + 20 + r.normal(0, r.uniform(6, 14), a.shape)
    return pressed(np.clip(b, 0, 255).astype(np.uint8), int(r.integers(25, 50)))


def fax(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    b = soft(a, 0.04, dpi) + r.normal(0, 13, a.shape)
    out = np.where(b < r.uniform(135, 165), 0, 255).astype(np.uint8)
    out[r.random(a.shape) < 0.0006] = 0
    return out


def copy(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    """A photocopy: uneven toner, specks, dark borders, a little askew."""
    h, w = a.shape
    ramp = np.linspace(0, 1, w, dtype=np.float32)[None] ** 2 * r.uniform(15, 45)
    b = r.uniform(70, 95) + soft(a, 0.06, dpi) / 255 * r.uniform(125, 145) - ramp + r.normal(0, 6, a.shape)
    out = turned(np.clip(b, 0, 255).astype(np.uint8), float(r.uniform(-0.5, 0.5)))
    for _ in range(int(h * w / dpi**2 * r.uniform(8, 24))):
        at = (int(r.integers(w)), int(r.integers(h)))
        cv2.circle(out, at, max(1, int(r.uniform(0.03, 0.16) * dpi / 25.4)), int(r.integers(40, 120)), -1)
    edge = int(r.uniform(2, 7) * dpi / 25.4)
    out[:, :edge], out[: edge // 2] = 28, 30
    return pressed(out, 60)


def stamp(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    """A round red stamp and a blue signature over the text."""
    mm, (h, w) = dpi / 25.4, a.shape
    out = cv2.cvtColor(a, cv2.COLOR_GRAY2RGB).astype(np.float32)
    seal, pen = np.zeros((h, w), np.uint8), np.zeros((h, w), np.uint8)
    x, y = int(w * r.uniform(0.3, 0.8)), int(h * r.uniform(0.3, 0.8))
    for radius in (17, 14):
        cv2.circle(seal, (x, y), int(radius * mm), 255, max(1, int(0.7 * mm)), cv2.LINE_AA)
    t = np.linspace(0, 1, 160)
    curve = np.stack([w * 0.55 + t * 45 * mm, h * 0.82 + np.sin(t * 28) * 5 * mm * (1 - t / 2)], 1).astype(np.int32)
    cv2.polylines(pen, [curve], False, 255, max(1, int(0.5 * mm)), cv2.LINE_AA)
    for mask, colour, strength in ((seal, (200, 40, 50), 0.7), (pen, (30, 60, 170), 0.85)):
        alpha = (mask / 255.0 * strength)[..., None].astype(np.float32)
        out = out * (1 - alpha) + np.minimum(out, np.array(colour, np.float32)) * alpha
    return pressed(np.clip(out + r.normal(0, 4, out.shape), 0, 255).astype(np.uint8), 80)


def worst(a: Picture, dpi: int, r: np.random.Generator) -> Picture:
    return jpeg(turned(copy(a, dpi, r), float(r.uniform(-1, 1))), dpi, r)


CONDITIONS: dict[str, Change] = {
    "clean": clean, "skew": skew, "jpeg": jpeg, "fax": fax, "stamp": stamp, "copy": copy, "worst": worst,
    "r90": lambda a, dpi, r: np.ascontiguousarray(np.rot90(a, -1)), "r180": lambda a, dpi, r: np.ascontiguousarray(a[::-1, ::-1]),
}  # fmt: skip


def scanned(data: bytes, condition: str, dpi: int, seed: Sequence[int]) -> list[Picture]:
    """The pages of a PDF, degraded."""
    r = np.random.default_rng(list(seed))
    return [CONDITIONS[condition](page, dpi, r) for page in render(data, dpi)]


def as_pdf(pictures: list[Picture], dpi: int) -> bytes:
    """A PDF with a page for each picture and no text layer."""
    pdf = pikepdf.new()
    for a in pictures:
        h, w = a.shape[:2]
        page = pdf.add_blank_page(page_size=(w * 72 / dpi, h * 72 / dpi))
        image = io.BytesIO()
        Image.fromarray(a).save(image, "JPEG", quality=85)
        space = pikepdf.Name.DeviceRGB if a.ndim == 3 else pikepdf.Name.DeviceGray
        drawn = pikepdf.Stream(
            pdf, image.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=w, Height=h,
            ColorSpace=space, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(drawn)))
        matrix = f"q {w * 72 / dpi:.3f} 0 0 {h * 72 / dpi:.3f} 0 0 cm /Im0 Do Q"
        page.Contents = pdf.make_indirect(pikepdf.Stream(pdf, matrix.encode()))
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()
