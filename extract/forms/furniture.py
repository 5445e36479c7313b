"""Lines that belong to the page, not to the report: running headers and footers, page numbers, a browser's stamps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.forms.wording import arabic, skeleton
from schemas.document import Page

_PAGE_NUMBER = re.compile(
    r"\s*(?P<word>หน้า(?:ที่)?|page)?\s*[-–—(\[]?\s*(?P<number>[0-9๐-๙]{1,4})\s*"
    r"(?:(?:/|จาก|of)\s*[0-9๐-๙]{1,4}\s*)?[-–—)\]]?\s*",
    re.IGNORECASE,
)
_STAMP = re.compile(  # what a browser prints above and below a page
    r"\s*(?:[0-9๐-๙]{1,2}/[0-9๐-๙]{1,2}/[0-9๐-๙]{2,4},?\s+[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}\b.*"
    r"|(?:https?|file)://\S+(?:\s+[0-9]{1,4}/[0-9]{1,4})?)"
)
_MOST_RUNNING = 3  # running lines at an edge
MARGIN = 0.055  # share of a page's height that no body reaches into (bodies begin at 6 % and more in all made reports)
SMALL = 0.85  # of the page's usual type size
EDGE = 0.12  # share of a page's height, at top and bottom, in which running headers and footers stand


def running_lines(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """(page, line) of page numbers, print stamps, and of lines that other pages have too (digits aside): apart from the
    body, at the same height or on 40 % of the pages; or in the outermost margin or in smaller type on all of them. In smaller
    type, apart and in the outermost margin: on one page too.

    A report of several records has pages that begin or end alike: what merely looks the same on two pages is kept.
    """
    found: set[tuple[int, int]] = set()
    alike: dict[tuple[str, str, str, int], list[tuple[int, int]]] = {}  # how, side, words, height
    counted: dict[int, list[tuple[int, int]]] = {}  # number less page index: the same for page numbers
    printed = [number for number, page in enumerate(pages) if page.number is not None and page.height and page.lines]
    usual = _usual_step([pages[number] for number in printed])
    for number in printed:
        page = pages[number]
        size = median(line.size for line in page.lines)
        for edge in _edge_lines(page, usual):
            line, where = page.lines[edge.line], (number, edge.line)
            outermost = line.bottom < page.height * MARGIN or line.top > page.height * (1 - MARGIN)
            small = line.size < SMALL * size
            if _STAMP.fullmatch(line.text) or (edge.apart and outermost and small):
                found.add(where)
            if match := _PAGE_NUMBER.fullmatch(line.text):  # a bare number may be the end of a wrapped line
                counted.setdefault(int(arabic(match["number"])) - number, []).append(where)
                if match["word"] or edge.alone:
                    found.add(where)
            core = re.sub(r"[0-9]+", "#", skeleton(line.text))
            for how, height in _ways(edge, outermost or small, line.top) if core else ():
                alike.setdefault((how, edge.side, core, height), []).append(where)
    for places in counted.values():
        found.update(places if len(places) > 1 else ())
    needed = {"height": 2.0, "apart": max(2.0, 0.4 * len(printed)), "unlike": max(2.0, 1.0 * len(printed))}
    for (how, *_), places in alike.items():
        found.update(places if len({page for page, _ in places}) >= needed[how] else ())
    return found


class _Edge(NamedTuple):
    """A line at the top or bottom of a page. apart: a wide gap parts it from the body; alone: it alone stands there."""

    line: int
    side: str
    apart: bool
    alone: bool


def _ways(edge: _Edge, unlike: bool, top: float) -> Iterator[tuple[str, int]]:
    """In what a line may be like one of another page: (how, height). unlike: the body's lines are larger or further in.

    Heights within 4 points meet in one of two. A short page may have a gap that the others lack: so both ways are gone.
    """
    if edge.apart:
        yield "apart", 0
        yield "height", round(top / 4) // 2
        if round(top / 4) % 2:
            yield "height", (round(top / 4) + 1) // 2
    if unlike:
        yield "unlike", 0


def _usual_step(pages: Sequence[Page]) -> float:
    """From one line's top to the next one's, over all pages."""
    tops = [sorted(line.top for line in page.lines) for page in pages]
    steps = [below - above for page in tops for above, below in pairwise(page)]
    return (median(steps) if steps else 0.0) or 12.0


def _edge_lines(page: Page, usual: float) -> Iterator[_Edge]:
    """Lines in the top and bottom edge, at most three each. usual: distance from line to line."""
    order = sorted(range(len(page.lines)), key=lambda i: page.lines[i].top)
    if len(order) < 2:
        return
    edge = page.height * EDGE
    for side, inward in (("top", order), ("bottom", order[::-1])):
        zone: list[int] = []
        apart = False
        for index, inner in pairwise(inward[: _MOST_RUNNING + 1]):
            line = page.lines[index]
            if line.bottom > edge and line.top < page.height - edge:
                break
            zone.append(index)
            if abs(page.lines[inner].top - line.top) > 1.5 * usual:
                apart = True
                break
        yield from (_Edge(index, side, apart, apart and len(zone) == 1) for index in zone)
