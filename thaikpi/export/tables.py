"""The rows of the tables in tables.md: columns in order, and what stands in each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from schemas.finding import Finding
from schemas.outcome import Outcome
from schemas.record import Record, SeriesEntry, StrategyItem
from schemas.values import DateValue, Quantity
from thaikpi.export.cells import Value, joined

Row = Mapping[str, Value]

COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "documents": """file sha256 bytes media_type status reason message form pages pages_text pages_ocr pages_unread records
            duplicate_of""",
        "indicators": """record_id file ordinal form organization_code agency_code organization organization_inferred
            fiscal_year_be fiscal_year_inferred indicator_code indicator level work_code work
            strategy_issue_number strategy_issue strategy_sub_issue_number strategy_sub_issue strategy_goal_number strategy_goal
            target_text target_comparator target_value target_upper target_unit
            result_text result_comparator result_value result_upper result_unit
            definition calculation summary supporting_factors obstacles evidence signature_name signature_position
            reading confidence page""",
        "quarters": "record_id quarter start end value narrative page confidence",
        "mentions": "record_id section kind ordinal text edtf start end comparator value upper unit page confidence",
        "series": "record_id fiscal_year_be column text comparator value upper parts unit page confidence",
        "findings": "finding_id rule severity record_id file where expected found message_th message_en",
    }.items()
}


def document_row(file: str, outcome: Outcome, records: int, language: str, duplicate_of: str | None = None) -> Row:
    """A given file; a duplicate's row repeats the first one's with records 0."""
    return {
        "file": file,
        "sha256": outcome.sha256 or None,
        "bytes": outcome.bytes,
        "media_type": outcome.media_type,
        "status": str(outcome.status),
        "reason": outcome.reason,
        "message": outcome.message_th if language == "th" else outcome.message_en,
        "form": outcome.form,
        "pages": outcome.pages,
        "pages_text": outcome.pages_text,
        "pages_ocr": outcome.pages_ocr,
        "pages_unread": outcome.pages_unread,
        "records": records,
        "duplicate_of": duplicate_of,
    }


def indicator_row(record: Record) -> Row:
    confidences = [entry.confidence for entry in record.provenance.values()]
    row: dict[str, Value] = {
        "record_id": record.record_id,
        "file": record.source.file,
        "ordinal": record.source.ordinal,
        "form": record.form,
        "organization_code": record.organization.code,
        "agency_code": record.organization.agency_code,
        "organization": record.organization.name,
        "organization_inferred": record.organization.inferred,
        "fiscal_year_be": record.fiscal_year.be,
        "fiscal_year_inferred": record.fiscal_year.inferred,
        "indicator_code": record.indicator.code,
        "indicator": record.indicator.name,
        "level": record.indicator.level,
        "work_code": record.work.code if record.work else None,
        "work": record.work.name if record.work else None,
        "definition": record.definition,
        "calculation": record.calculation,
        "summary": record.summary.narrative,
        "supporting_factors": joined(record.supporting_factors),
        "obstacles": joined(record.obstacles),
        "evidence": joined(record.evidence),
        "signature_name": record.signature.name,
        "signature_position": record.signature.position,
        "reading": record.source.reading,
        "confidence": min(confidences, default=None),
        "page": record.source.pages[0] if record.source.pages else None,
    }
    for name in ("issue", "sub_issue", "goal"):
        item: StrategyItem | None = getattr(record.strategy, name)
        row |= {f"strategy_{name}_number": item.number if item else None, f"strategy_{name}": item.name if item else None}
    return row | _figure("target", record.target) | _figure("result", record.result)


def _figure(name: str, figure: Quantity | None) -> dict[str, Value]:
    if figure is None:
        return {}
    return {
        f"{name}_text": figure.text,
        f"{name}_comparator": figure.comparator,
        f"{name}_value": figure.value,
        f"{name}_upper": figure.upper,
        f"{name}_unit": figure.unit,
    }


def quarter_rows(record: Record) -> Iterator[Row]:
    for index, quarter in enumerate(record.quarters):
        yield {
            "record_id": record.record_id,
            "quarter": quarter.quarter,
            "start": quarter.start,
            "end": quarter.end,
            "value": quarter.value,
            "narrative": quarter.narrative,
            **_origin(record, f"/quarters/{index}/narrative", f"/quarters/{index}/value"),
        }


def mention_rows(record: Record) -> Iterator[Row]:
    """Dates and quantities of the narratives, in reading order within each kind."""
    for index, quarter in enumerate(record.quarters):
        yield from _mentions(record, f"q{quarter.quarter}", f"/quarters/{index}", quarter.dates, quarter.quantities)
    yield from _mentions(record, "summary", "/summary", record.summary.dates, record.summary.quantities)


def _mentions(record: Record, section: str, pointer: str, dates: list[DateValue], quantities: list[Quantity]) -> Iterator[Row]:
    head = {"record_id": record.record_id, "section": section}
    for ordinal, date in enumerate(dates, 1):
        value = {"text": date.text, "edtf": date.edtf, "start": date.start, "end": date.end}
        yield {**head, "kind": "date", "ordinal": ordinal, **value, **_origin(record, f"{pointer}/dates/{ordinal - 1}")}
    for ordinal, quantity in enumerate(quantities, 1):
        yield {
            **head,
            "kind": "quantity",
            "ordinal": ordinal,
            "text": quantity.text,
            "comparator": quantity.comparator,
            "value": quantity.value,
            "upper": quantity.upper,
            "unit": quantity.unit,
            **_origin(record, f"{pointer}/quantities/{ordinal - 1}"),
        }


def series_rows(record: Record) -> Iterator[Row]:
    for index, entry in enumerate(record.series):
        yield _series_row(record, entry, index)


def _series_row(record: Record, entry: SeriesEntry, index: int) -> Row:
    return {
        "record_id": record.record_id,
        "fiscal_year_be": entry.fiscal_year,
        "column": entry.column,
        "text": entry.text,
        "comparator": entry.comparator,
        "value": entry.value,
        "upper": entry.upper,
        "parts": joined((_plain(part) for part in entry.parts) if entry.parts is not None else None, "/"),
        "unit": record.target.unit if record.target else None,
        **_origin(record, f"/series/{index}"),
    }


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(number)


def finding_row(identity: str, file: str, finding: Finding) -> Row:
    return {
        "finding_id": identity,
        "rule": finding.rule,
        "severity": finding.severity,
        "record_id": finding.record_id,
        "file": file,
        "where": joined(finding.where),
        "expected": finding.expected,
        "found": finding.found,
        "message_th": finding.message_th,
        "message_en": finding.message_en,
    }


def finding_id(file: str, finding: Finding, repeat: int = 0) -> str:
    """Stable name of a finding: 16 hex digits of what it says about which values. repeat: how many the same came before it."""
    parts = (finding.rule, finding.record_id or file, *finding.where, finding.expected or "", finding.found or "", str(repeat))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _origin(record: Record, *pointers: str) -> dict[str, Value]:
    """Page and confidence of the first pointer that has provenance."""
    for pointer in pointers:
        if (entry := record.provenance.get(pointer)) is not None:
            return {"page": entry.places[0].page if entry.places else None, "confidence": entry.confidence}
    return {}
