"""A document to its records: recognise the form, match its labels, give every field its value and its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from extract.forms.fields import read_fields
from extract.forms.recognise import Judgement, judge
from schemas.document import Document
from schemas.finding import Finding
from schemas.form import Form
from schemas.record import Record
from thaikpi.doubt import Doubts
from thaikpi.drafts import Draft

_NAMED = 8  # labels that a refusal lists


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document gave. form: the recognised form's id.

    doubts: about numbers, by record_id: other readings of the same ink, lost labels. missing: labels of required fields whose
    printed value could not be read. nearest: for a document of no known form, the nearest form and what it lacks.
    """

    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubts: Mapping[str, Doubts] = field(default_factory=dict)
    form: str | None = None
    missing: tuple[str, ...] = ()
    nearest: str | None = None


def read_records(document: Document, forms: Sequence[Form]) -> Reading:
    """The records in reading order. A document of no known form has none and names the nearest."""
    judgements = judge(document, forms)
    if not judgements:
        return Reading()
    best = judgements[0]
    if not best.recognised:
        return Reading(nearest=nearest(best) if best.score > 0 else None)
    if best.form.record.rows is not None:
        from thaikpi.row_records import row_records

        rows = row_records(document, best.form)
        found = tuple(map(_validated, rows.records))
        return Reading(found, form=best.form.id, missing=rows.missing, nearest=None if found else nearest(best))
    return _read_sections(best)


def nearest(judgement: Judgement) -> str:
    """The form's id and what the document lacks of it, as the form words it."""
    lacks = ", ".join(judgement.lacks[:_NAMED]) + (", …" if len(judgement.lacks) > _NAMED else "")
    return f"{judgement.form.id} ({lacks})" if lacks else judgement.form.id


def _read_sections(judgement: Judgement) -> Reading:
    flow, matched = judgement.flow, judgement.matched
    assert flow is not None
    assert matched is not None
    drafts: list[Draft] = []
    for found in read_fields(flow, matched):
        draft = Draft(flow, judgement.form, found, drafts[-1] if drafts else None)
        if draft.is_record:
            drafts.append(draft)
    records = [draft.record(ordinal) for ordinal, draft in enumerate(drafts, 1)]
    missing = tuple(dict.fromkeys(name for draft in drafts for name in draft.missing))
    findings = [finding for draft, record in zip(drafts, records, strict=True) for finding in draft.findings(record)]
    doubts = {r.record_id: {at: tuple(d) for at, d in draft.doubts.items()} for draft, r in zip(drafts, records, strict=True)}
    lacks = None if records else nearest(judgement)
    return Reading(tuple(map(_validated, records)), tuple(findings), doubts, judgement.form.id, missing, lacks)


def _validated(record: Record) -> Record:
    """The record as its JSON reads back: what is written keeps to the schema."""
    return msgspec.json.decode(msgspec.json.encode(record), type=Record)
