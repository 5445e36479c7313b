"""The rules of audit.md: functions from a record to findings, one registry row each. A rule that lacks its values is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from schemas.finding import Finding
from schemas.record import Record
from thaikpi.audit.dates import date_impossible

Rule = Callable[[Record], Iterable[Finding]]

RULES: tuple[Rule, ...] = (date_impossible,)


def audit_record(record: Record) -> Iterator[Finding]:
    """Findings of one record, in the rules' order."""
    for rule in RULES:
        yield from rule(record)
