"""A text under repair: every edit keeps the way back to the printed characters and leaves a trace."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import NamedTuple

from schemas.document import Repair


class Edit(NamedTuple):
    """Put `new` in place of text[start:end]."""

    start: int
    end: int
    new: str
    confidence: float = 1.0


_Trace = tuple[str, int, int, float]  # kind, printed start and end, confidence


class Draft:
    """text: as repaired so far. source: index of the printed character for each one of text (non-decreasing), None = identity."""

    __slots__ = ("_traces", "printed", "source", "text")

    def __init__(self, printed: str) -> None:
        self.printed = self.text = printed
        self.source: list[int] | None = None
        self._traces: list[_Trace] = []

    def substitute(self, kind: str, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> bool:
        """Edit every match; `new`: the text itself, or a function. True when something changed."""
        if not pattern.search(self.text):  # most rules find nothing on most lines
            return False
        return self.edit(kind, [Edit(*m.span(), new if isinstance(new, str) else new(m)) for m in pattern.finditer(self.text)])

    def edit(self, kind: str, edits: Iterable[Edit]) -> bool:
        """Apply edits (ascending, disjoint); those that change nothing are ignored. True when something changed."""
        return self.edit_kinds([(kind, edit) for edit in edits])

    def edit_kinds(self, edits: Iterable[tuple[str, Edit]]) -> bool:
        """As `edit`, a kind for each."""
        text = self.text
        changes = [(kind, edit) for kind, edit in edits if text[edit[0] : edit[1]] != edit[2]]
        if not changes:
            return False
        old = self.source if self.source is not None else list(range(len(text)))
        bounds = [*old, len(self.printed)]  # of the printed characters, each begins where the next of the text does
        parts: list[str] = []
        at = 0
        for kind, (start, end, new, confidence) in changes:
            parts += text[at:start], new
            at, first, last = end, bounds[start], bounds[end]
            self._traces.append((kind, first, last if last > first else first, confidence))
        self.text = "".join((*parts, text[at:]))
        self.source = _mapped(old, [change for _, change in changes])
        return True

    def flag(self, kind: str, start: int, end: int, confidence: float) -> None:
        """Mark text[start:end] as doubtful; the text stays."""
        old = self.source if self.source is not None else list(range(len(self.text)))
        self._traces.append((kind, *self._printed(old, start, end), confidence))

    def _printed(self, source: list[int], start: int, end: int) -> tuple[int, int]:
        first = source[start] if start < len(source) else len(self.printed)
        last = source[end] if end < len(source) else len(self.printed)
        return first, last if last > first else first

    def repairs(self) -> tuple[Repair, ...]:
        """Traces with their places in the text as it now is, in reading order."""
        source = self.source if self.source is not None else range(len(self.text))
        found = []
        for kind, first, last, confidence in _joined(self._traces):
            start, end = bisect_left(source, first), bisect_left(source, last)
            found.append(Repair(kind, start, end if end > start else start, first, last, confidence))
        return tuple(found)


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


def _mapped(old: list[int], changes: list[Edit]) -> list[int]:
    """Printed index for each character of the text after the changes. One for one, as most are, they leave it as it was."""
    moving = [change for change in changes if len(change[2]) != change[1] - change[0]]
    if not moving:
        return old
    source: list[int] = []
    at = 0
    for change in moving:
        source += old[at : change.start]
        source += _aligned(old, change)
        at = change.end
    return source + old[at:]


def _aligned(source: list[int], change: Edit) -> list[int]:
    """Printed index for each new character: the old ones in turn, the last one again when there are more."""
    replaced = source[change.start : change.end]
    if not replaced:
        at = source[change.start - 1] if change.start else 0
        return [at] * len(change.new)
    return [replaced[min(i, len(replaced) - 1)] for i in range(len(change.new))]
