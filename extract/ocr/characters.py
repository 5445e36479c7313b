"""Read marks of a piece → its characters with their places and probabilities."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.ocr.crops import Crop
from extract.ocr.decode import Mark
from extract.ocr.lines import Piece
from extract.repair.ocr_channel import Choice


@dataclass(frozen=True)
class Written:
    """Text of a piece; left, right (sheet pixels) and probability of each of its characters.

    support, otherwise: see schemas.document.Line; empty where there was no other look or no difference. choices: what its marks
    may be instead.
    """

    piece: Piece
    text: str
    left: tuple[float, ...]
    right: tuple[float, ...]
    certainty: tuple[float, ...]
    support: tuple[float, ...] = ()
    otherwise: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def quality(self) -> float:
        """Mean probability of the characters; 0 for an empty reading."""
        return sum(self.certainty) / len(self.certainty) if self.certainty else 0.0


def written(piece: Piece, marks: Sequence[Mark], crop: Crop) -> Written:
    """A letter reaches half-way to its neighbours' frames; marks above and below have the place of their letter."""
    marks = _stripped(marks)
    columns = _columns(marks)
    centres = [crop.place((marks[c[0]].first + marks[c[0]].last + 1) / 2) for c in columns]
    edges = [piece.left, *((a + b) / 2 for a, b in pairwise(centres)), piece.right]
    left: list[float] = []
    right: list[float] = []
    for k, column in enumerate(columns):
        n = sum(len(marks[i].text) for i in column)
        x0 = min(max(edges[k], piece.left), piece.right)
        left += [x0] * n
        right += [max(x0, min(edges[k + 1], piece.right))] * n
    text = "".join(m.text for m in marks)
    certainty = tuple(min(1.0, m.probability) for m in marks for _ in m.text)
    return Written(piece, text, tuple(left), tuple(right), certainty, choices=tuple(_choices(marks)))


def _choices(marks: Sequence[Mark]) -> Iterator[Choice]:
    at = 0
    for mark in marks:
        if mark.others:
            yield Choice(at, at + len(mark.text), mark.probability, mark.others)
        at += len(mark.text)


def unread(piece: Piece, text: str) -> Written:
    """Text known without reading (leaders, boxes): characters spread evenly."""
    step = (piece.right - piece.left) / max(1, len(text))
    left = tuple(piece.left + k * step for k in range(len(text)))
    return Written(piece, text, left, tuple(x + step for x in left), (1.0,) * len(text))


def _stripped(marks: Sequence[Mark]) -> Sequence[Mark]:
    start, stop = 0, len(marks)
    while start < stop and marks[start].text == " ":
        start += 1
    while stop > start and marks[stop - 1].text == " ":
        stop -= 1
    return marks[start:stop]


def _columns(marks: Sequence[Mark]) -> list[list[int]]:
    """Indices of marks by the column they stand in: a letter and what stands above and below it."""
    out: list[list[int]] = []
    for i, m in enumerate(marks):
        if out and unicodedata.combining(m.text[0]) | (unicodedata.category(m.text[0]) == "Mn"):
            out[-1].append(i)
        else:
            out.append([i])
    return out
