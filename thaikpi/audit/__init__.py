"""The rules of audit.md: functions from a record to findings, one registry row each. A rule that lacks its values is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from schemas.finding import Finding
from schemas.record import Record, Work
from thaikpi.audit.dates import date_impossible
from thaikpi.audit.totals import total_wrong
from thaikpi.audit.uncertain import number_uncertain

Rule = Callable[[Record], Iterable[Finding]]

RULES: tuple[Rule, ...] = (date_impossible, number_uncertain)
TABLE_RULES: tuple[Rule, ...] = (total_wrong,)  # about what all records of a table say alike: asked of its first record


def audit_record(record: Record) -> Iterator[Finding]:
    """Findings of one record, in the rules' order."""
    for rule in RULES:
        yield from rule(record)


def audit_document(records: Iterable[Record]) -> Iterator[Finding]:
    """Findings of a document's records, in their order."""
    before: Work | None = None
    for record in records:
        if record.work != before:
            for rule in TABLE_RULES:
                yield from rule(record)
        before = record.work
        yield from audit_record(record)
