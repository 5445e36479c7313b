"""Tesseract as a second reader of lines with Arabic numbers, where it is installed and asked for.

It cannot read Thai digits (the published models hold only ๐ ๑ ๒ ๓ ๕), so it has no say in them, and its letters are not used.
The lines of a page go to it on one sheet: a run a page costs a tenth of a run a line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extract.ocr.compared import compared
from extract.ocr.numbers import is_arabic, numbers_in
from schemas.document import Line, Page

if TYPE_CHECKING:
    from extract.ocr.picture import Grey

LANGUAGES = "tha+eng"  # Thai alone destroys English, English alone makes figures of Thai letters
SCALE = 1.35  # of the sheet's 18 pixels of ก to 24, at which it reads lines best
MARGIN = 24  # pixels of paper around a line
SHORT = 3  # times shorter than the longest line of a crop: marks of that line
ABOVE = 0.25  # of a line's height: tall marks over it are not cut


class SecondReaderError(Exception):
    """reason: "missing", "languages" (it has no Thai), "timeout" or "failed"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Tesseract:
    """program: the executable. seconds: wall clock for a page (on a free core it takes one to three).

    Measured on three pages (copied, worst, upside down): of 111 numbers with one digit made wrong 85 raised a doubt, of 119
    right ones two did.
    """

    program: Path
    seconds: float = 60.0

    def doubting(self, page: Page, grey: Grey, points: float) -> Page:
        """The page, numbers without support where Tesseract reads others. grey: its sheet, `points` of the page to a pixel.

        Raises SecondReaderError.
        """
        asked = [k for k, line in enumerate(page.lines) if any(map(is_arabic, numbers_in(line.text)))]
        texts = self.read([_cut(grey, page.lines[k], points) for k in asked])
        lines = list(page.lines)
        for k, text in zip(asked, texts, strict=True):
            lines[k] = compared(lines[k], text, is_arabic)
        return replace(page, lines=tuple(lines))

    def read(self, crops: Sequence[Grey]) -> list[str]:
        """Text of each line, "" where nothing was read. Raises SecondReaderError."""
        if not crops:
            return []
        import cv2

        sheet, middles = _sheet(crops)
        found: dict[int, list[str]] = defaultdict(list)
        for middle, text in _lines(self._run(cv2.imencode(".png", sheet)[1].tobytes())):
            found[min(range(len(middles)), key=lambda k: abs(middles[k] - middle))].append(text)
        return [_without_marks(found[k]).replace("\u0e4d\u0e32", "\u0e33") for k in range(len(crops))]

    def _run(self, picture: bytes) -> str:
        command = [str(self.program), "stdin", "stdout", "-l", LANGUAGES, "--psm", "6", "--dpi", "200", "tsv"]
        return _answer(command, picture, self.seconds)


def find_tesseract(asked: str) -> Tesseract:
    """asked: a name on the PATH, or a path. Raises SecondReaderError where it is not there or has no Thai."""
    program = shutil.which(asked)
    if program is None:
        raise SecondReaderError("missing", asked)
    listed = _answer([program, "--list-langs"], b"", 20.0).split()
    lacking = [name for name in LANGUAGES.split("+") if name not in listed]
    if lacking:
        raise SecondReaderError("languages", " ".join(lacking))
    return Tesseract(Path(program).absolute())


def _answer(command: Sequence[str], given: bytes, seconds: float) -> str:
    try:
        run = subprocess.run(
            command, input=given, capture_output=True, timeout=seconds, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
    except subprocess.TimeoutExpired as error:
        raise SecondReaderError("timeout", f"{seconds:.0f} s") from error
    except OSError as error:
        raise SecondReaderError("missing", error.strerror or "") from error
    if run.returncode:
        raise SecondReaderError("failed", f"exit {run.returncode}")
    return run.stdout.decode("utf-8", "replace")


def _lines(table: str) -> Iterator[tuple[float, str]]:
    """Middle and text of each line of a TSV table."""
    words: dict[tuple[str, ...], list[tuple[float, str]]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5":  # a word: block, paragraph, line, …, left, top, width, height, confidence, text
            words[tuple(cells[2:5])].append((int(cells[7]) + int(cells[9]) / 2, cells[11]))
    for line in words.values():
        yield median(middle for middle, _ in line), " ".join(text for _, text in line)


def _without_marks(lines: list[str]) -> str:
    """Tone marks often come out as a short line of their own above the line."""
    longest = max(map(len, lines), default=0)
    return " ".join(line for line in lines if len(line) * SHORT >= longest)


def _cut(grey: Grey, line: Line, points: float) -> Grey:
    import numpy as np

    more = ABOVE * (line.bottom - line.top)
    top, bottom = (int(max(0.0, y) / points) for y in (line.top - more, line.bottom + more))
    left, right = (int(max(0.0, x) / points) for x in (min(line.x0) - more, max(line.x1) + more))
    crop = grey[top : max(top + 1, bottom), left : max(left + 1, right)]
    return crop if crop.size else np.full((8, 8), 255, np.uint8)


def _sheet(crops: Sequence[Grey]) -> tuple[Grey, list[float]]:
    """The crops under each other on white, and the y of their middles."""
    import cv2
    import numpy as np

    large = [np.asarray(cv2.resize(c, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC), np.uint8) for c in crops]
    width = max(c.shape[1] for c in large) + 2 * MARGIN
    sheet = np.full((sum(c.shape[0] + MARGIN for c in large) + MARGIN, width), 255, np.uint8)
    middles, y = [], MARGIN
    for c in large:
        sheet[y : y + c.shape[0], MARGIN : MARGIN + c.shape[1]] = c
        middles.append(y + c.shape[0] / 2)
        y += c.shape[0] + MARGIN
    return sheet, middles
