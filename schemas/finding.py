"""A finding: what an auditor should look at. Data, never an exception (audit.md is the catalogue of rules)."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """where: JSON Pointers into the record. expected, found: as text, null where the rule has none."""

    rule: str
    severity: Severity
    record_id: str | None
    where: list[str]
    message_th: str
    message_en: str
    expected: str | None = None
    found: str | None = None
