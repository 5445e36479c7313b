"""Small hand-made pages for tests: text at a place with letters of equal width, and ruled grids."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from schemas.document import Line, Page, Rule

LETTER = 5.0  # points a letter; marks have the place of their letter
SIZE = 10.0


def line_at(x: float, y: float, text: str, letter: float = LETTER) -> Line:
    """A line whose first letter stands at x and whose middle stands at y. A tab goes on at the next multiple of 100 pt."""
    x0: list[float] = []
    x1: list[float] = []
    for char in text:
        if x0 and (unicodedata.combining(char) or char in "ัิีึื็ํ"):
            x0.append(x0[-1])
            x1.append(x1[-1])
            continue
        step = letter if char != "\t" else 100.0 - x % 100.0
        x0.append(x)
        x += step
        x1.append(x)
    printed = text.replace("\t", " ")
    return Line(text=printed, printed=printed, top=y - SIZE / 2, bottom=y + SIZE / 2, x0=x0, x1=x1, size=SIZE)


def grid_rules(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All borders of a grid, a rule a cell's side."""
    across = [Rule(a, y, b, y) for y in ys for a, b in pairwise(xs)]
    return across + [Rule(x, a, x, b) for x in xs for a, b in pairwise(ys)]


def without(rules: Sequence[Rule], *gone: Rule) -> list[Rule]:
    assert set(gone) <= set(rules)
    return [rule for rule in rules if rule not in gone]


def page_of(lines: Sequence[Line], rules: Sequence[Rule], number: int = 1) -> Page:
    ordered = tuple(sorted(lines, key=lambda line: (line.top, line.x0[0])))
    return Page(number=number, width=600, height=800, lines=ordered, rules=tuple(rules))
