"""The rules of audit.md: functions from a record to findings, one registry row each. A rule that lacks its values is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from schemas.finding import Finding
from schemas.record import Record, Work
from thaikpi.audit.dates import date_impossible
from thaikpi.audit.totals import total_uncertain, total_wrong
from thaikpi.audit.uncertain import number_uncertain
from thaikpi.doubt import Doubts
from thaikpi.settings import Trust

Rule = Callable[[Record], Iterable[Finding]]
NONE: Mapping[str, Doubts] = {}

RULES: tuple[Rule, ...] = (date_impossible,)
TABLE_RULES: tuple[Rule, ...] = (total_wrong, total_uncertain)  # what all records of a table say alike: asked of its first record


def audit_record(record: Record, raised: Doubts | None = None, trust: Trust | None = None) -> Iterator[Finding]:
    """Findings of one record, in the rules' order. raised: doubts from the reading of this record."""
    for rule in RULES:
        yield from rule(record)
    yield from number_uncertain(record, raised, trust)


def audit_document(
    records: Iterable[Record], raised: Mapping[str, Doubts] = NONE, trust: Trust | None = None
) -> Iterator[Finding]:
    """Findings of a document's records, in their order. raised: doubts from reading, by record_id."""
    before: Work | None = None
    for record in records:
        if record.work != before:
            for rule in TABLE_RULES:
                yield from rule(record)
        before = record.work
        yield from audit_record(record, raised.get(record.record_id), trust)
