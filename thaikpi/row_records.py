"""Rows of tables to records: what the budget books' columns and headings say, as record.md's fields with their places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from extract.forms.row_bands import Row
from extract.forms.row_columns import Place as ColumnPlace
from extract.forms.row_columns import Taken
from extract.forms.rows import RowProblem, RowTable, read_rows, total_of
from extract.forms.wording import arabic
from normalize.figures import CellValue, read_cell
from normalize.fiscal import fiscal_year_bounds, quarter_bounds, read_fiscal_year
from normalize.units import read_unit
from schemas.document import Document, Line
from schemas.form import Form
from schemas.record import (
    FiscalYear,
    Indicator,
    Organization,
    Provenance,
    Quarter,
    Record,
    SeriesEntry,
    Signature,
    Source,
    Strategy,
    Summary,
    Total,
    Work,
)
from schemas.values import Quantity, Unread
from thaikpi.confidence import Kind
from thaikpi.inference import organization_named
from thaikpi.places import Slice, provenance, reading_of, unread
from thaikpi.row_cells import other_fields

Entries = dict[str, Provenance]


class RowRecords(msgspec.Struct, frozen=True):
    """Records of a document, and the places that may hold rows but gave none."""

    records: tuple[Record, ...]
    problems: tuple[RowProblem, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The tables that were not read, each by its heading's words and page."""
        return tuple(f"{problem.text} ({problem.page})" if problem.page else problem.text for problem in self.problems)


def row_records(document: Document, form: Form) -> RowRecords:
    """Every row of the form's tables as a record, in reading order; total rows go to their table's records."""
    reading = read_rows(document.pages, form)
    records: list[Record] = []
    for table in reading.tables:
        shared = _Shared(document, form, reading.printed, table)
        records += [shared.record(row, ordinal) for ordinal, row in enumerate(table.rows, len(records) + 1)]
    return RowRecords(tuple(records), reading.problems)


class _Shared:
    """What all records of one table say alike: office, year, work and totals, each with its provenance."""

    def __init__(self, document: Document, form: Form, printed: dict[str, Taken], table: RowTable) -> None:
        self.document, self.form = document, form
        self.entries: Entries = {}
        self.organization = self._organization(printed.get("/organization"))
        self.year = self._year(printed.get("/fiscal_year"), table)
        self.work = self._work(table)

    def record(self, row: Row, ordinal: int) -> Record:
        entries: Entries = {}
        name = row.cells.get(_place(row, "/indicator/name"))
        unit = row.cells.get(_place(row, "/target"))
        if name:
            entries["/indicator/name"] = _provenance(name)
        target = _target(row, unit, entries)
        series = list(_series(row, "", entries))
        other = other_fields(row, unit, self.year.be, _provenance, entries)
        return Record(
            record_id=self._record_id(ordinal),
            form=self.form.id,
            source=Source(
                sha256=self.document.sha256,
                file=self.document.file,
                ordinal=ordinal,
                pages=None if row.page is None else [row.page],
                reading=reading_of(line.reading for taken in row.cells.values() for _, line in taken.lines),
            ),
            organization=self.organization,
            fiscal_year=self.year,
            indicator=Indicator(name=name.text if name else None, code=other.get("/indicator/code"), level=None),
            work=self.work,
            strategy=Strategy(issue=None, sub_issue=None, goal=None),
            definition=other.get("/definition"),
            calculation=other.get("/calculation"),
            scoring=[],
            target=target,
            result=other.get("/result"),
            components=[],
            series=series,
            quarters=_quarters(self.year.be, other),
            summary=Summary(narrative=other.get("/summary/narrative"), **_mentions(other, "/summary")),
            supporting_factors=other.get("/supporting_factors"),
            obstacles=other.get("/obstacles"),
            evidence=other.get("/evidence"),
            signature=Signature(name=other.get("/signature/name"), position=other.get("/signature/position")),
            unread=[unread(_slice(row.page, line)) for line in row.unread],
            provenance={**self.entries, **entries},
        )

    def _record_id(self, ordinal: int) -> str:
        digest = hashlib.sha256(f"{self.document.sha256}:{ordinal}".encode()).hexdigest()[:12]
        return f"{self.organization.code or '0000'}-{self.year.be or '0000'}-{digest}"

    def _organization(self, taken: Taken | None) -> Organization:
        if taken is None:
            return Organization(name=None, code=None, agency_code=None, inferred=False)
        self.entries["/organization"] = _provenance(taken)
        return organization_named(taken.text)

    def _year(self, printed: Taken | None, table: RowTable) -> FiscalYear:
        """The budget year's column says it; else the title's."""
        layout = next((row.layout for row in [*table.rows, *table.totals]), None)
        base = layout.places[layout.base] if layout and layout.base is not None else None
        taken, be = (base.heading, base.fiscal_year) if base and base.fiscal_year else (printed, None)
        if be is None and taken is not None:
            read = read_fiscal_year(taken.text)
            be = None if isinstance(read, Unread) else read
        if be is None or taken is None:
            return FiscalYear(be=None, start=None, end=None, inferred=False)
        self.entries["/fiscal_year"] = _provenance(taken)
        start, end = fiscal_year_bounds(be)
        return FiscalYear(be=be, start=start, end=end, inferred=False)

    def _work(self, table: RowTable) -> Work | None:
        if not table.heading and not table.totals:
            return None
        for pointer, taken in sorted(table.heading.items()):
            self.entries[pointer] = _provenance(taken)
        rule = self.form.record.rows
        assert rule is not None
        totals = []
        for index, row in enumerate(table.totals):
            where = f"/work/totals/{index}"
            self.entries[f"{where}/name"] = _provenance(row.cells[_place(row, "/indicator/name")])
            totals.append(Total(name=total_of(row, rule, True) or "", series=list(_series(row, where, self.entries))))
        code, name = table.heading.get("/work/code"), table.heading.get("/work/name")
        return Work(code=_code(code.text) if code else None, name=name.text if name else None, totals=totals)


def _place(row: Row, field: str) -> int:
    place = row.layout.place_of(field)
    return -1 if place is None else place


def _target(row: Row, unit: Taken | None, entries: Entries) -> Quantity:
    """The budget year's figure with the unit column's unit: always an object, null what is blank."""
    places, base = row.layout.places, row.layout.base
    column = base if base is not None and places[base].column.also else None
    if base is None:  # a table without a budget year: the column that says it is the target
        column = next((at for at, place in enumerate(places) if place.column.also == "/target"), None)
    cell = row.cells.get(column) if column is not None else None
    figure = _figure(cell.text if cell else "", unit.text if unit else None)
    taken = [part for part in (unit, cell) if part is not None]
    if taken:
        entries["/target"] = _provenance(*taken, kind="number")
    return Quantity(
        comparator=figure.comparator,
        value=figure.value,
        upper=figure.upper,
        unit=read_unit(unit.text) if unit else None,
        unit_text=unit.text if unit else None,
        text=cell.text if cell else None,
    )


def _series(row: Row, where: str, entries: Entries) -> Iterator[SeriesEntry]:
    """An entry a filled column of a year, left to right."""
    filled = [
        (place, row.cells[i]) for i, place in enumerate(row.layout.places) if place.column.fills == "/series" and i in row.cells
    ]
    unit = row.text_of("/target") or None
    for index, (place, taken) in enumerate(filled):
        entries[f"{where}/series/{index}"] = _provenance(taken, kind="number")
        yield _entry(place, taken, unit)


def _entry(place: ColumnPlace, taken: Taken, unit: str | None) -> SeriesEntry:
    figure = _figure(taken.text, unit)
    return SeriesEntry(
        fiscal_year=place.fiscal_year,
        column=place.heading.text,
        comparator=figure.comparator,
        value=figure.value,
        upper=figure.upper,
        parts=None if figure.parts is None else list(figure.parts),
        text=taken.text,
    )


def _figure(text: str, unit: str | None) -> CellValue:
    figure = read_cell(text, unit)
    return CellValue(text=text) if isinstance(figure, Unread) else figure


def _quarters(be: int | None, cells: Mapping[str, Any]) -> list[Quarter]:
    bounds = [quarter_bounds(be, n) if be else (None, None) for n in range(1, 5)]
    return [
        Quarter(
            quarter=n,
            start=start,
            end=end,
            narrative=cells.get(f"/quarters/{n - 1}/narrative"),
            value=cells.get(f"/quarters/{n - 1}/value"),
            **_mentions(cells, f"/quarters/{n - 1}"),
        )
        for n, (start, end) in enumerate(bounds, 1)
    ]


def _mentions(cells: Mapping[str, Any], where: str) -> dict[str, list[Any]]:
    return {key: cells.get(f"{where}/{key}", []) for key in ("dates", "quantities")}


def _provenance(*taken: Taken, kind: Kind = "text") -> Provenance:
    return provenance([_slice(page, line) for part in taken for page, line in part.lines], kind)


def _slice(page: int | None, line: Line) -> Slice:
    return Slice(page, line, 0, len(line.text))


def _code(text: str) -> str:
    """A work's code in Arabic digits, without spaces."""
    return arabic("".join(text.split()))
