"""Which candidates are labels: the best sequence over the whole document.

A label's words also stand inside narratives. A candidate is a label when the sequence of labels as a whole is better
with it: each section once a record, in the form's order, numbered as the form numbers, a record beginning where one may begin.
Found by dynamic programming over the candidates in reading order; a state is the last section and the set of those used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from extract.forms.flow import Flow
from extract.forms.label_scores import numbers_used
from extract.forms.labels import find_labels
from extract.forms.slots import Candidate, Slot, slots
from schemas.form import Form

BACKWARD = -4.0  # a section that the form has before the last one …
LATE_HEADING = -1.5  # … an office or year on a line of its own, which may stand anywhere above
CLEAR_LABEL = 2.8  # … where it begins a paragraph or cell
BEHIND = -0.3  # … and each further one that stands behind a section which the form has later
SKIPPED = -0.1  # for each section of the form passed over, at most ten …
SKIPPED_FIRST = -0.4  # … right after a record began: a label's words in a narrative are followed by the next section there
NEW_RECORD = -0.5
BROKEN_OFF = -0.5  # for each section that the record before did not come to, at most ten
HEADING_FIRST = -1.0  # a record that begins with a heading of the document (office, year), not with its own first label …
NO_BEGINNING = -8.0  # … and whose own first label does not follow
UNNUMBERED = -1.5  # no number where the document numbers its sections
BEAM, BEHIND_BEST = 200, 20.0  # states kept: so many, and none so far behind the best (a wrong turn costs two labels of 8)


_HEADING = 1 << 200  # flag among the used sections: nothing but headings since the record began


class _State(NamedTuple):
    score: float
    last: int
    top: int  # the latest section of the form so far
    used: int
    path: tuple[object, ...] | None  # linked: (candidate, begins, path before)


@dataclass(frozen=True, slots=True)
class _Rules:
    """headings: bits of the sections that may stand above a record. last: order of the form's last section."""

    form: Form
    headings: int
    last: int
    unnumbered: float


@dataclass(frozen=True, slots=True)
class Match:
    """The labels of one record in reading order, and its rows: rows[first:last] of the flow."""

    labels: tuple[Candidate, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Matched:
    """A form laid over a document. score: of the label sequence. lead: rows before the first record's."""

    form: Form
    slots: tuple[Slot, ...]
    records: tuple[Match, ...]
    score: float

    @property
    def found(self) -> set[str]:
        """Sections whose label was found, the title aside."""
        return {c.slot.section.id for record in self.records for c in record.labels if not c.slot.title}


def match_form(flow: Flow, form: Form) -> Matched:
    """The labels of a form in a document, record by record. No label at all: no record."""
    wanted = slots(form)
    candidates = find_labels(flow, wanted)
    rules = _Rules(form, _headings(wanted, form), max((slot.order for slot in wanted), default=0), 0.0)
    path, score = _best(candidates, rules)
    chosen = [c for c, _ in path]
    if numbers_used(chosen) >= 0.6 and any(c.slot.number and c.number is None for c in candidates):
        path, score = _best(candidates, replace(rules, unnumbered=UNNUMBERED))
    return Matched(form, wanted, _records(path, flow), score)


def _best(candidates: Sequence[Candidate], rules: _Rules) -> tuple[list[tuple[Candidate, bool]], float]:
    states: dict[tuple[int, int], _State] = {(-2, 0): _State(0.0, -2, -2, 0, None)}
    for _, group in groupby(candidates, key=lambda c: (c.row, c.start)):
        here = list(group)
        grown = dict(states)
        for state in states.values():
            for candidate in here:
                for new in _steps(state, candidate, rules):
                    key = (new.last, new.used)
                    if key not in grown or new.score > grown[key].score:
                        grown[key] = new
        states = _promising(grown)
    best = max(states.values(), key=lambda s: s.score)
    path: list[tuple[Candidate, bool]] = []
    node = best.path
    while node is not None:
        candidate, begin, node = node  # type: ignore[assignment]
        path.append((candidate, begin))  # type: ignore[arg-type]
    return path[::-1], best.score


def _promising(states: dict[tuple[int, int], _State]) -> dict[tuple[int, int], _State]:
    least = max(state.score for state in states.values()) - BEHIND_BEST
    kept = {key: state for key, state in states.items() if state.score >= least}
    if len(kept) > BEAM:
        kept = dict(sorted(kept.items(), key=lambda item: -item[1].score)[:BEAM])
    return kept


def _steps(state: _State, candidate: Candidate, rules: _Rules) -> Iterator[_State]:
    """The states that choosing the candidate leads to: within the record, and as the beginning of a new one."""
    slot, form, headings = candidate.slot, rules.form, rules.headings
    bit = 1 << (slot.order + 1)
    score = state.score + candidate.score
    if slot.number is not None and candidate.number is None:
        score += rules.unnumbered
    begins = slot.section.id in form.record.begins or (slot.title and form.record.title_begins)
    if not state.used & bit:
        within = score + _order(state, candidate, bit, headings)
        used = state.used | bit
        if used & _HEADING and not bit & headings:
            used ^= _HEADING
            within += 0.0 if begins else NO_BEGINNING
        last = state.last if bit & headings and slot.order < state.last else slot.order
        yield _State(within, last, max(slot.order, state.top), used, (candidate, state.path is None, state.path))
    if not state.used & ~headings & ~_HEADING:
        return
    score += BROKEN_OFF * min(rules.last - state.top, 10)
    if begins:
        flag = _HEADING if slot.title and form.record.begins else 0
        yield _State(score + NEW_RECORD, slot.order, slot.order, bit | flag, (candidate, True, state.path))
    elif bit & headings and candidate.start == 0:
        yield _State(score + HEADING_FIRST, slot.order, slot.order, bit | _HEADING, (candidate, True, state.path))


def _order(state: _State, candidate: Candidate, bit: int, headings: int) -> float:
    """Headings stand in any order among themselves; everything else in the form's."""
    if state.path is None or (bit | state.used) & ~headings & ~_HEADING == 0:
        return 0.0
    step = candidate.slot.order - state.last
    if step <= 0:
        return LATE_HEADING if bit & headings and candidate.start == 0 and candidate.score >= CLEAR_LABEL else BACKWARD
    if candidate.slot.order < state.top:
        return BEHIND
    return (SKIPPED_FIRST if (state.used & ~headings).bit_count() == 1 else SKIPPED) * min(step - 1, 10)


def _headings(wanted: Sequence[Slot], form: Form) -> int:
    """Bits of the title and of document-wide sections that the form has before a record's own first label."""
    first = next((slot.order for slot in wanted if slot.section.id in form.record.begins), 0)
    return sum(1 << (s.order + 1) for s in wanted if s.title or (s.order < first and s.section.scope == "document"))


def _records(path: Sequence[tuple[Candidate, bool]], flow: Flow) -> tuple[Match, ...]:
    """The chosen labels cut into records; a record's rows reach to the next one's first label."""
    groups: list[list[Candidate]] = []
    for candidate, begin in path:
        if begin or not groups:
            groups.append([])
        groups[-1].append(candidate)
    firsts = [group[0].row for group in groups] + [len(flow.rows)]
    return tuple(Match(tuple(group), firsts[at] if at else 0, firsts[at + 1]) for at, group in enumerate(groups))
