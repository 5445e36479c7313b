"""A text under repair: every edit keeps the way back to the printed characters and leaves a trace."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from schemas.document import Repair

# Kind, start, end, what to put in place of text[start:end], confidence. Plain tuples: a page has hundreds.
Edit = tuple[str, int, int, str, float]
_Trace = tuple[str, int, int, float]  # kind, printed start and end, confidence


class Mended(NamedTuple):
    """A line as repaired. source: index of the printed character for each one of text; repairs: in reading order."""

    text: str
    source: tuple[int, ...]
    repairs: tuple[Repair, ...]


class Draft:
    """One line or the lines of a page, which rules pass over at once; what has to judge each line alone asks for `lines`.

    text: as repaired so far, a line break between lines, which no edit may touch. source: index of the printed character for
    each one of text (non-decreasing), None = identity.
    in_order: the text when its marks were last put into order (rules.mend_order).
    """

    __slots__ = ("_starts", "_traces", "in_order", "printed", "source", "text")

    def __init__(self, *lines: str) -> None:
        self.printed = self.text = "\n".join(lines)
        self.source: list[int] | None = None
        self.in_order: str | None = None
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))  # and where one more would begin
        self._traces: list[_Trace] = []

    def lines(self) -> Iterator[tuple[int, str]]:
        """Where each line begins in the text as it now is, and the line."""
        for start, after in self._places():
            yield start, self.text[start : after - 1]

    def _places(self) -> Iterable[tuple[int, int]]:
        """Where each line begins in the text, and where the next one does."""
        source = self.source
        if source is None:
            return pairwise(self._starts)
        return pairwise([*(bisect_left(source, start) for start in self._starts[:-1]), len(self.text) + 1])

    def substitute(self, kind: str, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> bool:
        """Edit every match; `new`: the text itself, or a function. True when something changed."""
        if not pattern.search(self.text):  # most rules find nothing on most pages
            return False
        found = pattern.finditer(self.text)
        if isinstance(new, str):
            return self.edit([(kind, *m.span(), new, 1.0) for m in found])
        return self.edit([(kind, *m.span(), new(m), 1.0) for m in found])

    def edit(self, edits: Iterable[Edit]) -> bool:
        """Apply edits (ascending, disjoint); those that change nothing are ignored. True when something changed."""
        text, old = self.text, self.source if self.source is not None else list(range(len(self.text)))
        bounds = [*old, len(self.printed)]  # of the printed characters, each begins where the next of the text does
        parts: list[str] = []
        moving: list[tuple[int, int, int]] = []
        at = 0
        for kind, start, end, new, confidence in edits:
            if text[start:end] == new:
                continue
            parts += text[at:start], new
            at, first, last = end, bounds[start], bounds[end]
            self._traces.append((kind, first, last if last > first else first, confidence))
            if len(new) != end - start:
                moving.append((start, end, len(new)))
        if not parts:
            return False
        self.text = "".join((*parts, text[at:]))
        self.source = _mapped(old, moving) if moving else old
        return True

    def flag(self, kind: str, start: int, end: int, confidence: float) -> None:
        """Mark text[start:end] as doubtful; the text stays."""
        old = self.source if self.source is not None else list(range(len(self.text)))
        self._traces.append((kind, *self._printed(old, start, end), confidence))

    def _printed(self, source: list[int], start: int, end: int) -> tuple[int, int]:
        first = source[start] if start < len(source) else len(self.printed)
        last = source[end] if end < len(source) else len(self.printed)
        return first, last if last > first else first

    def mended(self) -> list[Mended | None]:
        """The lines as they now are, places of traces and sources counted in each; None for a line without a trace."""
        traces = _joined(self._traces)
        lines: list[Mended | None] = []
        at = 0
        for (first, after), (start, end) in zip(pairwise(self._starts), self._places(), strict=True):
            upto = at
            while upto < len(traces) and traces[upto][1] < after:
                upto += 1
            lines.append(self._line(traces[at:upto], first, start, end - 1) if upto > at else None)
            at = upto
        return lines

    def _line(self, traces: list[_Trace], first: int, start: int, end: int) -> Mended:
        """The line text[start:end], printed from `first` on."""
        source = self.source if self.source is not None else range(len(self.text))
        repairs = []
        for kind, printed, last, confidence in traces:
            here, there = bisect_left(source, printed, start, end) - start, bisect_left(source, last, start, end) - start
            repairs.append(Repair(kind, here, there if there > here else here, printed - first, last - first, confidence))
        return Mended(self.text[start:end], tuple([s - first for s in source[start:end]]), tuple(repairs))


_PRINTED = itemgetter(1, 2)  # start and end of a trace


def _joined(traces: list[_Trace]) -> list[_Trace]:
    """Traces in printed order; overlapping ones of one kind (two steps of one repair) as one."""
    joined: list[_Trace] = []
    latest: dict[str, int] = {}
    for trace in sorted(traces, key=_PRINTED):
        kind, start, end, confidence = trace
        at = latest.get(kind)
        if at is not None and start < joined[at][2]:
            _, first, last, least = joined[at]
            joined[at] = (kind, first, max(last, end), min(least, confidence))
        else:
            latest[kind] = len(joined)
            joined.append(trace)
    return joined


def _mapped(old: list[int], moving: list[tuple[int, int, int]]) -> list[int]:
    """Printed index for each character of the text after changes of its length: start, end, new length of each. Others, one for
    one, leave it as it was."""
    source: list[int] = []
    at = 0
    for start, end, length in moving:
        source += old[at:start]
        source += _aligned(old, start, end, length)
        at = end
    return source + old[at:]


def _aligned(source: list[int], start: int, end: int, length: int) -> list[int]:
    """Printed index for each new character in place of source[start:end]: the old ones in turn, the last one again when there
    are more."""
    replaced = source[start:end]
    if not replaced:
        replaced = [source[start - 1] if start else 0]
    return replaced[:length] + replaced[-1:] * (length - len(replaced))
