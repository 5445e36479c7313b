"""Another reader's text of a line against ours: where its numbers differ, the line says so (Line.support, Line.otherwise).

Another reader is a text layer under a scan, or another program (tesseract.py). Its letters are no evidence, and a number that
it lost is none either: only a number that it reads in the place of ours with other digits raises a doubt.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from extract.ocr.numbers import NUMBER, spread
from schemas.document import Line, Page

ALIKE = 0.5  # likeness of the two texts under which nothing can be said of places
Kind = Callable[[str], bool]


def any_number(_: str) -> bool:
    return True


def compared(line: Line, other: str, kind: Kind = any_number) -> Line:
    """The line, its numbers without support where the other text has other digits in their place. kind: numbers, of both
    texts, that count."""
    return _doubted(line, _differing(line.text, other, kind))


def compared_page(page: Page, other: str, kind: Kind = any_number) -> Page:
    """The page against another reader's text of all of it."""
    found = _differing(page.text, other, kind)
    lines, at = list[Line](), 0
    for line in page.lines:
        end = at + len(line.text)
        lines.append(_doubted(line, {(a - at, b - at): theirs for (a, b), theirs in found.items() if at <= a and b <= end}))
        at = end + 1
    return replace(page, lines=tuple(lines)) if found else page


def _doubted(line: Line, found: dict[tuple[int, int], str]) -> Line:
    """found: places in the line's text → what the other text has there."""
    if not found:
        return line
    support = list(line.support or line.certainty or (1.0,) * len(line.text))
    otherwise = list(line.otherwise or line.text)
    for (start, end), theirs in found.items():
        support[start:end] = [0.0] * (end - start)
        otherwise[start:end] = spread(theirs, end - start)
    return replace(line, support=tuple(support), otherwise=tuple(otherwise))


def _differing(own: str, other: str, kind: Kind) -> dict[tuple[int, int], str]:
    """Places of our numbers → what the other text has there."""
    from rapidfuzz.distance import Levenshtein

    kept = [k for k, char in enumerate(own) if not _is_gap(own, k)]
    mine, other = "".join(own[k] for k in kept), "".join(char for k, char in enumerate(other) if not _is_gap(other, k))
    if Levenshtein.normalized_similarity(mine, other) < ALIKE:
        return {}
    blocks = [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Levenshtein.opcodes(mine, other)]
    theirs = [match for match in NUMBER.finditer(other) if kind(match.group())]
    found = {}
    for match in NUMBER.finditer(mine):
        first, last = _image(match.start(), match.end(), blocks)
        there = [each.group() for each in theirs if each.start() < last and each.end() > first]
        if kind(match.group()) and there and _digits(" ".join(there)) != _digits(match.group()):
            found[kept[match.start()], kept[match.end() - 1] + 1] = " ".join(there)
    return found


def _is_gap(text: str, k: int) -> bool:
    """White space that holds no two numbers apart: readers differ in it, and a digit would be aligned with it."""
    return text[k].isspace() and not (text[k - 1 : k].isdigit() and text[k + 1 : k + 2].isdigit())


def _image(start: int, end: int, blocks: list[tuple[int, int, int, int]]) -> tuple[int, int]:
    """Where own[start:end] lies in the other text: character by character in blocks of one length, else the whole block."""
    places = []
    for a, b, c, d in blocks:
        if a < end and b > start:
            places.append((max(start, a) - a + c, min(end, b) - a + c) if b - a == d - c else (c, d))
    return min(p[0] for p in places), max(p[1] for p in places)


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdigit())
