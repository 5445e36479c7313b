"""What stands under each label: the fields of a record, with what no field took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from extract.forms.boxes import marked
from extract.forms.flow import Flow, Placed
from extract.forms.grids import Item, read_flow, read_rows, read_table
from extract.forms.lists import is_none, items_of
from extract.forms.match import Match, Matched
from extract.forms.passage import EMPTY, Passage, Span, compose, region
from extract.forms.pieces import Cover, groups, is_readable, paragraphs_of, without_prefix, without_suffix
from extract.forms.quarters import by_quarter
from extract.forms.slots import Candidate, Slot
from extract.forms.wording import skeleton, wording
from schemas.document import Layer
from schemas.form import Printed, Section

_NUMBERED = r"\s*[-–—?:.]*\s*(?P<number>[0-9๐-๙]{1,2}(?:\s?\.\s?[0-9๐-๙]{1,2}){0,4})?\s*[-–—?:.]*\s*(?P<name>[\s\S]*)"
_NUMBER_ALONE = regex.compile(r"\W*(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*|[ก-ฮ])\W*")
_FILL_IN = regex.compile(r"[\s._…·⋯]{3,}")


@dataclass(frozen=True, slots=True)
class Field:
    """A section's find. pointer: as the form says, quarter filled in. text: everything under the label.

    items: of a list (empty and `none` set when "ไม่มี" is printed). parts: named pieces (number, name, value, …).
    rows: of a table. choice: the marked option.
    """

    slot: Slot
    pointer: str
    text: Passage
    label: Candidate | None = None
    items: tuple[Passage, ...] = ()
    none: bool = False
    parts: Mapping[str, Passage] = field(default_factory=dict)
    rows: tuple[Item, ...] = ()
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """A record's fields, the labels that were printed, and slices that no field took, in reading order."""

    match: Match
    fields: tuple[Field, ...]
    labelled: frozenset[str]
    left: tuple[Span, ...]


def read_fields(flow: Flow, matched: Matched) -> list[Findings]:
    """The fields of every record that was matched, in reading order."""
    return [_Record(flow, matched, match).read() for match in matched.records]


class _Record:
    """Reads one record: labels cut its rows into stretches, each section's kind says what to make of its stretch."""

    def __init__(self, flow: Flow, matched: Matched, match: Match) -> None:
        self.flow, self.form, self.match = flow, matched.form, match
        self.slots = matched.slots
        self.cover = Cover()
        self.tables = self._claimed_tables()
        self.claimed = {row for placed, _ in self.tables.values() for row in range(placed.first, placed.last)}

    def read(self) -> Findings:
        fields = [*self._printed()]
        labels = [c for c in self.match.labels if c.row not in self.claimed or c.slot.order in self.tables]
        for at, label in enumerate(labels):
            self.cover.take(region(self.flow, self._start(label), (label.end_row, label.end)))
            stop = self._start(labels[at + 1]) if at + 1 < len(labels) else (self.match.last, 0)
            fields += self._under(label, stop)
        labelled = {c.slot.order for c in labels}
        fields += [self._of_table(slot) for slot in self.slots if slot.order in self.tables and slot.order not in labelled]
        fields += self._unlabelled(labels)
        left = self.cover.left(self.flow, range(self.match.first, self.match.last))
        return Findings(self.match, tuple(fields), frozenset(c.slot.section.id for c in labels), tuple(left))

    def _start(self, label: Candidate) -> tuple[int, int]:
        """Where a label begins: at the cell with its number, where a table has a column for numbers."""
        row, before = self.flow.rows[label.row], self.flow.rows[label.row - 1] if label.row else None
        if row.cell is not None and row.cell.column == 1 and before is not None and before.cell is not None:
            beside = before.table == row.table and (before.cell.row, before.cell.column) == (row.cell.row, 0)
            if beside and _NUMBER_ALONE.fullmatch(before.text):
                return before.index, 0
        return label.row, label.start

    # ---- tables

    def _claimed_tables(self) -> dict[int, tuple[Placed, list[Item]]]:
        """Order of a table section → the first table of the record that is its, and the items."""
        found: dict[int, tuple[Placed, list[Item]]] = {}
        taken: set[int] = set()
        for slot in self.slots:
            rule = slot.section.table
            if rule is None:
                continue
            for placed in self.flow.tables:
                if placed.first in taken or not self.match.first <= placed.first < self.match.last:
                    continue
                items = read_table(self.flow, placed, rule)
                if items:
                    found[slot.order] = (placed, items)
                    taken.add(placed.first)
                    break
        return found

    def _of_table(self, slot: Slot) -> Field:
        placed, items = self.tables[slot.order]
        rows = [(index, 0, len(self.flow.rows[index].text)) for index in range(placed.first, placed.last)]
        self.cover.take(rows)
        return Field(slot, slot.fills or "", compose(self.flow, rows), rows=tuple(items))

    def _unruled(self, label: Candidate, text: Passage, spans: Sequence[Span]) -> Field:
        """A table section without a grid: in running text, else by the columns that its lines leave."""
        slot = label.slot
        assert slot.section.table is not None
        items, where = read_flow(text, slot.section.table)
        if not items:
            rows = [self.flow.rows[index] for index in sorted({label.row, *(span[0] for span in spans)})]
            items, where = read_rows(self.flow, rows, slot.section.table)
        return Field(slot, slot.fills or "", where, label, rows=tuple(items))

    # ---- labelled sections

    def _under(self, label: Candidate, stop: tuple[int, int]) -> list[Field]:
        slot, section = label.slot, label.slot.section
        if section.table is not None and slot.order in self.tables:
            return [self._of_table(slot)]
        spans = self._stretch(label, stop)
        if section.kind == "caption":
            self.cover.take(spans)
            return []
        if section.kind == "unread":
            return []
        text = self._without_marker(compose(self.flow, spans), section)
        found = self._unruled(label, text, spans) if section.table is not None else self._field(label, text)
        if found is None:
            return []
        if section.table is not None:  # whole lines: what stands between the figures is the table's
            rows = {span[0] for span in found.text.spans()}
            spans = [span for span in spans if span[0] in rows]
        elif section.pattern:  # up to the end of what the pattern took
            last = max((span[0], span[2]) for span in found.text.spans()) if found.text else (-1, 0)
            spans = [(row, start, min(end, last[1]) if row == last[0] else end) for row, start, end in spans if row <= last[0]]
        self.cover.take(spans if is_readable(section.kind, found.text.text) else ())
        return [found]

    def _stretch(self, label: Candidate, stop: tuple[int, int]) -> list[Span]:
        """The slices that belong to a label: up to the next label or another section's table, or its own line."""
        section = label.slot.section
        ends = [wording(text) for text in (*section.ends, *self.form.record.ends)]
        kept: list[Span] = []
        for span in region(self.flow, (label.end_row, label.end), stop):
            row = self.flow.rows[span[0]]
            if row.furniture:
                continue
            if span[0] in self.claimed:
                break
            if kept or span[0] != label.end_row:
                if any(end.begins(skeleton(row.text)) for end in ends) or self._line_ended(section, label, kept, span):
                    break
                if self._page_lost(kept[-1][0] if kept else label.end_row, span[0]):
                    break
            kept.append(span)
        return kept

    def _line_ended(self, section: Section, label: Candidate, kept: Sequence[Span], span: Span) -> bool:
        if section.extent != "line" and section.kind != "caption":
            return False
        row, own = self.flow.rows[span[0]], self.flow.rows[label.end_row]
        printed = [s for s in kept if self.flow.rows[s[0]].text[s[1] : s[2]].strip()]
        if not printed:
            return section.kind == "caption" and row.opens
        if section.kind == "quantity" and row.cell is not None and own.cell is not None:  # the unit may have a cell of its own
            return (row.table, row.cell.row) != (own.table, own.cell.row)
        return row.opens

    def _page_lost(self, before: int, row: int) -> bool:
        """Whether a page between two rows could not be read: what stands behind it may belong to another section."""
        pages = range(self.flow.rows[before].page + 1, self.flow.rows[row].page)
        lost = [self.flow.document.pages[page] for page in pages]
        return any(page.reading is None and page.layer is not Layer.BLANK for page in lost)

    @staticmethod
    def _without_marker(text: Passage, section: Section) -> Passage:
        if section.marker and text.text.startswith(section.marker):
            text = text.part(len(section.marker))
        return text.part(0) if not text.text.startswith(": ") else text.part(1)

    def _field(self, label: Candidate | None, text: Passage, slot: Slot | None = None) -> Field | None:
        """The field of a section's text by its kind; None for a blank one, which is taken all the same."""
        slot = slot or (label.slot if label else None)
        assert slot is not None
        section, pointer = slot.section, slot.fills or ""
        text = without_suffix(text, section.suffixes)
        if _FILL_IN.fullmatch(text.text):
            text = EMPTY
        parts: dict[str, Passage] = {}
        if section.pattern:
            parts = groups(section.pattern, text)
            text = parts.get("value", text if not parts else EMPTY)
            if _FILL_IN.fullmatch(text.text):
                text = EMPTY
        if section.kind == "list":
            return Field(slot, pointer, text, label, tuple(items_of(text)), none=is_none(text.text))
        if section.kind == "numbered":
            parts = groups(_NUMBERED, without_prefix(text, section.prefixes))
        if section.kind == "choice":
            value, where = marked(self.flow, text, section.options, section.boxes)
            return Field(slot, pointer, where if value else text, label, choice=value)
        return Field(slot, pointer, text, label, parts=parts)

    # ---- without labels

    def _printed(self) -> Iterator[Field]:
        """Lines without label above the record's first label (its title aside)."""
        first = next((c for c in self.match.labels if not c.slot.title and c.slot.section.scope == "record"), None)
        last = first.row if first else self.match.last
        titles = {row for c in self.match.labels if c.slot.title for row in range(c.row, c.end_row + 1)}
        rows = [i for i in range(self.match.first, last) if i not in titles and not self.flow.rows[i].furniture]
        for printed in self.form.printed:
            for paragraph in paragraphs_of(self.flow, rows):
                parts = groups(printed.pattern, paragraph)
                if parts:
                    self.cover.take(paragraph.spans())
                    for group, pointer in printed.fills.items():
                        if group in parts:
                            yield Field(_slot_of(printed, pointer), pointer, parts[group])
                    break

    def _unlabelled(self, labels: Sequence[Candidate]) -> Iterator[Field]:
        """Repeated sections of which no label is printed: the paragraphs after section `after` (see quarters)."""
        found = {c.slot.section.id for c in labels}
        for section in self.form.sections:
            anchor = next((c for c in labels if c.slot.section.id == section.after), None)
            if section.after is None or anchor is None or section.id in found:
                continue
            stop = next(((c.row, c.start) for c in labels if (c.row, c.start) > (anchor.row, anchor.start)), (self.match.last, 0))
            line = self._own_line(anchor, stop)
            rows = [s for s in region(self.flow, line, stop) if s[0] not in self.claimed]
            paragraphs = compose(self.flow, rows).paragraphs()
            for slot, text in by_quarter(paragraphs, [s for s in self.slots if s.section.id == section.id]):
                self.cover.take(text.spans())
                made = self._field(None, text, slot)
                if made is not None:
                    yield made

    def _own_line(self, label: Candidate, stop: tuple[int, int]) -> tuple[int, int]:
        """Where the text behind a label's own line begins."""
        row = label.end_row + 1
        while (row, 0) < stop and row < len(self.flow.rows) and not self.flow.rows[row].opens:
            row += 1
        return row, 0


def _slot_of(printed: Printed, pointer: str) -> Slot:
    kinds = {"/organization": "organization", "/fiscal_year": "fiscal_year", "/indicator/code": "code"}
    kind = kinds.get(pointer, "text")
    section = Section(id=pointer, kind=kind, fills=pointer, scope=printed.scope, required=printed.required)  # type: ignore[arg-type]
    return Slot(section, -1, pointer, None, (), None, None)
