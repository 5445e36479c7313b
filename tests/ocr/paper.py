"""Pages drawn for the OCR tests: own text, any Thai font of the machine, and what scanners do to paper."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONTS = ("Loma.ttf", "Garuda.ttf", "Laksaman.ttf", "NotoSansThai-Regular.ttf", "Waree.ttf")
DPI = 200
Picture = NDArray[np.uint8]

LINES = (
    "รายงานผลการดำเนินงานตามตัวชี้วัด",
    "หน่วยงาน : สำนักงานเขตบางรัก ปีงบประมาณ พ.ศ. 2567",
    "ค่าเป้าหมาย ร้อยละ 85.50 ผลงานที่ทำได้ ร้อยละ 92.47",
    "งบประมาณที่ได้รับ ๑,๒๓๔,๕๖๗.๘๙ บาท",
    "ผู้เข้าร่วมกิจกรรมทั้งหมด 2,778 คน จาก 14 ชุมชน",
    "ประชุมคณะทำงานเมื่อวันที่ ๓๐ กันยายน ๒๕๖๗",
    "ปัญหาและอุปสรรคในการดำเนินงานไม่มี",
    "จัดเก็บข้อมูลครบถ้วนตามแบบฟอร์มที่กำหนด",
)


def font(size: int) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        for root in (Path("/usr/share/fonts"), Path.home() / ".fonts"):
            for path in sorted(root.rglob(name)):
                return ImageFont.truetype(str(path), size)
    pytest.skip("needs a Thai font (fonts-thai-tlwg)")


def sheet(width: int = 1300, height: int = 900) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("L", (width, height), 255)
    return picture, ImageDraw.Draw(picture)


def text_page(lines: tuple[str, ...] = LINES, size: int = 40, left: int = 120) -> Picture:
    """14 pt at 200 dpi, a line every 80 pixels."""
    picture, draw = sheet(height=160 + 80 * len(lines))
    for k, line in enumerate(lines):
        draw.text((left, 80 + 80 * k), line, font=font(size), fill=0)
    return np.asarray(picture, np.uint8)


def table_page(rows: tuple[tuple[str, ...], ...], columns: tuple[int, ...] = (60, 560, 860, 1160)) -> Picture:
    picture, draw = sheet(height=200 + 90 * len(rows))
    for k in range(len(rows) + 1):
        draw.line((columns[0], 60 + 90 * k, columns[-1], 60 + 90 * k), fill=0, width=3)
    for x in columns:
        draw.line((x, 60, x, 60 + 90 * len(rows)), fill=0, width=3)
    for k, row in enumerate(rows):
        for x, cell in zip(columns, row, strict=False):
            draw.text((x + 24, 75 + 90 * k), cell, font=font(38), fill=0)
    return np.asarray(picture, np.uint8)


def askew(picture: Picture, degrees: float) -> Picture:
    h, w = picture.shape
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(picture, matrix, (w, h), flags=cv2.INTER_CUBIC, borderValue=(255,)), np.uint8)


def copied(picture: Picture, seed: int = 1) -> Picture:
    """Photocopy: grey, uneven, speckled, with a dark band at the left."""
    r = np.random.default_rng(seed)
    h, w = picture.shape
    out = 85 + picture.astype(np.float32) * (137 / 255) - 30 * (np.arange(w) / w) ** 2 + r.normal(0, 6, (h, w))
    for x, y in zip(r.integers(0, w, 90).tolist(), r.integers(0, h, 90).tolist(), strict=True):
        cv2.circle(out, (x, y), 1, 70, -1)
    out[:, :30] = 28
    return np.clip(out, 0, 255).astype(np.uint8)
