"""The record: record.md as types. Field order is output order. Unknown is None, never NaN, 0 or ""."""

from __future__ import annotations

from typing import Literal

import msgspec

from schemas.values import Comparator, DateValue, Quantity

Reading = Literal["text", "ocr", "mixed"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    sha256: str
    file: str
    ordinal: int
    pages: list[int] | None
    reading: Reading


class Organization(msgspec.Struct, frozen=True, kw_only=True):
    name: str | None
    code: str | None
    agency_code: str | None
    inferred: bool


class FiscalYear(msgspec.Struct, frozen=True, kw_only=True):
    be: int | None
    start: str | None
    end: str | None
    inferred: bool


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    name: str | None
    code: str | None
    level: Literal["output", "outcome"] | None


class SeriesEntry(msgspec.Struct, frozen=True, kw_only=True):
    fiscal_year: int | None
    column: str
    comparator: Comparator
    value: float | None
    upper: float | None
    parts: list[float] | None
    text: str


class Total(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    series: list[SeriesEntry]


class Work(msgspec.Struct, frozen=True, kw_only=True):
    code: str | None
    name: str | None
    totals: list[Total]


class StrategyItem(msgspec.Struct, frozen=True, kw_only=True):
    number: str | None
    name: str | None


class Strategy(msgspec.Struct, frozen=True, kw_only=True):
    issue: StrategyItem | None
    sub_issue: StrategyItem | None
    goal: StrategyItem | None


class Score(msgspec.Struct, frozen=True, kw_only=True):
    level: int
    score: float
    comparator: Comparator


class Component(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    weight: float | None
    score: float | None
    detail: str | None


class Quarter(msgspec.Struct, frozen=True, kw_only=True):
    quarter: int
    start: str | None
    end: str | None
    narrative: str | None
    value: float | None
    dates: list[DateValue]
    quantities: list[Quantity]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    narrative: str | None
    dates: list[DateValue]
    quantities: list[Quantity]


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    name: str | None
    position: str | None


class UnreadText(msgspec.Struct, frozen=True, kw_only=True):
    page: int | None
    bbox: tuple[float, float, float, float] | None
    line: int | None
    text: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    page: int | None
    bbox: tuple[float, float, float, float] | None
    line: int | None
    text: str


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    places: list[Place]
    reading: Reading
    confidence: float
    repairs: list[str]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    record_id: str
    form: str
    source: Source
    organization: Organization
    fiscal_year: FiscalYear
    indicator: Indicator
    work: Work | None
    strategy: Strategy
    definition: str | None
    calculation: str | None
    scoring: list[Score]
    target: Quantity | None
    result: Quantity | None
    components: list[Component]
    series: list[SeriesEntry]
    quarters: list[Quarter]
    summary: Summary
    supporting_factors: list[str] | None
    obstacles: list[str] | None
    evidence: list[str] | None
    signature: Signature
    unread: list[UnreadText]
    provenance: dict[str, Provenance]
