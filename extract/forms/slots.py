"""A form's sections as places to fill, a repeated one four times, and the places in a document where their labels may stand."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.forms.wording import Wording, wording
from schemas.form import Form, Section


@dataclass(frozen=True, slots=True)
class Slot:
    """A section, once for every quarter where it is repeated. order: its place in the form."""

    section: Section
    order: int
    fills: str | None
    quarter: int | None
    wordings: tuple[Wording, ...]
    pattern: regex.Pattern[str] | None
    number: str | None
    title: bool = False

    @property
    def name(self) -> str:
        """The usual wording of its label."""
        return self.wordings[0].text if self.wordings else self.section.id


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a slot's label may stand.

    row, start: where the label begins, its number included; end_row, end: where its value begins (for a label wrapped over
    two rows the second one). label_end: end of the label alone, in `end_row`. unit: printed between label and colon.
    """

    slot: Slot
    row: int
    start: int
    end_row: int
    end: int
    label_end: int
    score: float
    number: str | None
    errors: int
    numbered: bool
    colon: bool


def slots(form: Form) -> tuple[Slot, ...]:
    """The form's titles (order below 0) and sections in order."""
    found: list[Slot] = []
    titles = tuple(wording(e.text) for e in form.recognition.evidence if e.text and e.where == "title")
    if titles:
        found.append(Slot(Section(id="title", kind="caption", colon="any"), -1, None, None, titles, None, None, title=True))
    order = 0
    for section in form.sections:
        for quarter in range(1, 5) if section.repeat == "quarter" else [None]:
            found.append(_slot(section, order, quarter))
            order += 1
    return tuple(found)


def _slot(section: Section, order: int, quarter: int | None) -> Slot:
    printed = "" if quarter is None else str(quarter)
    thai = "" if quarter is None else chr(0x0E50 + quarter)
    texts = [label.replace("{quarter}", printed) for label in section.labels]
    if section.kind == "fiscal_year":
        texts += [f"ประจำ{text}" for text in texts if text.startswith("ปี")]
    labels = tuple(wording(text) for text in texts)
    pattern = (section.label_pattern or "").replace("{quarter}", f"[{printed}{thai}]")
    fills = section.fills.replace("{quarter}", str((quarter or 1) - 1)) if section.fills else None
    number = section.number.replace("{quarter}", printed) if section.number else None
    return Slot(section, order, fills, quarter, labels, regex.compile(pattern) if pattern else None, number)
