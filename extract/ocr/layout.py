"""Read pieces → lines in reading order, as a text layer would give them: a row of a page (or of its column) is a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.ocr.characters import Written
from extract.ocr.rules import Ruling
from extract.repair.ocr_channel import Choice
from schemas.document import Line

ROW = 0.7  # bodies between baselines that still are one row
SIZE = 1.65  # type size to body: 1.64 Sarabun, 1.70 Garuda, 2.4 TH Sarabun New (whose points are small)


GUTTER = 1.4  # bodies of white between two columns
FULL = 0.5  # share of the lines that reach over 70 % of their column's width: running text does, cells of a table do not


def blocks(items: Sequence[Written], ruling: Ruling) -> list[list[Written]]:
    """Items in groups to be read one after the other: columns of running text; else all of it is one group."""
    gutter = _gutter(items, ruling)
    if gutter is None:
        return [list(items)]
    x, top, bottom = gutter
    within = [w for w in items if top <= w.piece.baseline <= bottom]
    left, right = [w for w in within if w.piece.right <= x], [w for w in within if w.piece.left >= x]
    above = [w for w in items if w.piece.baseline < top]
    below = [w for w in items if w.piece.baseline > bottom]
    return [g for part in (above, left, right, below) if part for g in blocks(part, ruling)]


def _gutter(items: Sequence[Written], ruling: Ruling) -> tuple[float, float, float] | None:
    """x, first and last baseline of the tallest white strip with running text on both sides; None: one column."""
    if len(items) < 12:
        return None
    body = sorted(w.piece.body for w in items)[len(items) // 2]
    left, right = min(w.piece.left for w in items), max(w.piece.right for w in items)
    best: tuple[int, float, float, float] | None = None
    for k in range(1, int((right - left) * 0.5 / body)):
        x = left + 0.25 * (right - left) + k * body
        run = _free_run(items, x, body)
        if (best is None or len(run) > best[0]) and _two_texts(run, x, body) and not _ruled(run, ruling):
            best = len(run), x, min(w.piece.baseline for w in run), max(w.piece.baseline for w in run)
    return best[1:] if best else None


def _free_run(items: Sequence[Written], x: float, body: float) -> list[Written]:
    """The longest sequence of items down the page of which none crosses the strip at x."""
    best: list[Written] = []
    run: list[Written] = []
    for w in sorted(items, key=lambda w: w.piece.baseline):
        if w.piece.left < x + GUTTER / 2 * body and w.piece.right > x - GUTTER / 2 * body:
            run = []
            continue
        run.append(w)
        if len(run) > len(best):
            best = list(run)
    return best


def _two_texts(run: Sequence[Written], x: float, body: float) -> bool:
    """Running text at both sides: five lines or more that mostly fill their column, which is 12 bodies or more wide."""
    shares = []
    for side in ([w for w in run if w.piece.right <= x], [w for w in run if w.piece.left >= x]):
        if len(side) < 5:
            return False
        wide = max(w.piece.right for w in side) - min(w.piece.left for w in side)
        if wide < 12 * body:
            return False
        lengths = [sum(w.piece.right - w.piece.left for w in row) for row in rows(side)]  # cells of a row leave white between
        shares.append(sum(length > 0.7 * wide for length in lengths) / len(lengths))
    return min(shares) > 0.8 * FULL and sum(shares) / 2 > FULL


def _ruled(run: Sequence[Written], ruling: Ruling) -> bool:
    """Horizontal rules cross the run: a table."""
    top, bottom = min(w.piece.baseline for w in run), max(w.piece.baseline for w in run)
    left, right = min(w.piece.left for w in run), max(w.piece.right for w in run)
    a = ruling.across
    return bool(((a[:, 1] > top) & (a[:, 3] < bottom) & (a[:, 2] - a[:, 0] > 0.5 * (right - left))).any()) if len(a) else False


def rows(items: Sequence[Written]) -> list[list[Written]]:
    """Items in rows from top to bottom, each row from left to right."""
    out: list[list[Written]] = []
    for item in sorted(items, key=lambda w: (w.piece.baseline, w.piece.left)):
        if out and item.piece.baseline - _mean(out[-1]) < ROW * item.piece.body:
            out[-1].append(item)
        else:
            out.append([item])
    return [sorted(row, key=lambda w: w.piece.left) for row in out]


def _mean(row: Sequence[Written]) -> float:
    return sum(w.piece.baseline for w in row) / len(row)


def line_of(row: Sequence[Written], points: float) -> Line:
    """One line: the row's items with a space between. points: of the page to a pixel of the sheet."""
    text, left, right, certainty, support = "", list[float](), list[float](), list[float](), list[float]()
    otherwise: list[str] = []
    for item in row:
        if text:
            text += " "
            left.append(right[-1])
            right.append(max(right[-1], item.piece.left))
            certainty.append(1.0)
            support.append(1.0)
            otherwise.append(" ")
        text += item.text
        left += item.left
        right += item.right
        certainty += item.certainty
        support += item.support or item.certainty
        otherwise += item.otherwise or item.text
    top = min(w.piece.baseline - 1.7 * w.piece.body for w in row)
    bottom = max(w.piece.baseline + 0.5 * w.piece.body for w in row)
    return Line(
        text=text, printed=text, top=round(top * points, 2), bottom=round(bottom * points, 2),
        x0=tuple(round(x * points, 2) for x in left), x1=tuple(round(x * points, 2) for x in right),
        size=round(SIZE * max(w.piece.body for w in row) * points, 1), reading="ocr",
        certainty=tuple(round(p, 4) for p in certainty), support=tuple(round(p, 4) for p in support),
        otherwise=tuple(otherwise) if any(item.otherwise for item in row) else None, confidence=round(_quality(row), 3),
    )  # fmt: skip


def choices_of(row: Sequence[Written]) -> Iterator[Choice]:
    """What the marks of the row's line may be instead."""
    at = 0
    for item in row:
        for choice in item.choices:
            yield replace(choice, start=at + choice.start, end=at + choice.end)
        at += len(item.text) + 1


def _quality(row: Sequence[Written]) -> float:
    n = sum(len(w.text) for w in row)
    return sum(w.quality * len(w.text) for w in row) / max(1, n)
