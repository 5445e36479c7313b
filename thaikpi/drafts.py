"""A record in the making: fields of a form become values with provenance, in the order of record.md."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from extract.forms.fields import Field, Findings
from extract.forms.flow import Flow
from extract.forms.grids import UNIT
from extract.forms.passage import Passage
from extract.forms.wording import arabic
from normalize import find_dates, find_quantities, fiscal_year_bounds, quarter_bounds, read_fiscal_year
from schemas.finding import Finding
from schemas.form import Form
from schemas.record import (
    FiscalYear,
    Indicator,
    Organization,
    Provenance,
    Quarter,
    Record,
    Signature,
    Source,
    Strategy,
    StrategyItem,
    Summary,
    Work,
)
from schemas.values import DateValue, Quantity, Unread
from thaikpi import inference, places
from thaikpi.confidence import Kind
from thaikpi.doubt import Doubt
from thaikpi.figures import figure_field, item_number, level_number, running_text
from thaikpi.table_items import ITEMS

Values = dict[str, Any]
SWALLOWED = Doubt("ไม่พบหัวข้อถัดไป ข้อความอาจปนกัน", "the next section's label was not found: its text may stand here")
PARTLY = 0.6  # share of a form's labels below which a record without a required one is called incomplete


class Draft:
    """One record's fields read. before: the draft of the record above in the document, for what is printed once."""

    def __init__(self, flow: Flow, form: Form, found: Findings, before: Draft | None) -> None:
        self.flow, self.form, self.found = flow, form, found
        self.values: Values = {}
        self.passages: dict[str, Passage] = {}
        self.proofs: dict[str, Provenance] = {}
        self.shared: set[str] = set()  # pointers of fields printed once for all following records
        self.missing: list[str] = []
        self.doubts: dict[str, list[Doubt]] = {}
        for field in found.fields:
            self._read(field)
        if before is not None:
            self._inherit(before)

    @property
    def is_record(self) -> bool:
        """An indicator's name, or a target or result (the form was recognised)."""
        return any(self.values.get(pointer) for pointer in ("/indicator/name", "/target", "/result"))

    # ---- fields to values

    def _read(self, field: Field) -> None:
        """First come, first kept: a field printed twice keeps its first value."""
        reader = _READERS.get(field.slot.section.kind, Draft._read_text)
        if field.pointer in self.values:
            return
        reader(self, field)
        if field.slot.section.scope == "document" and field.pointer in self.values:
            self.shared.add(field.pointer)

    def _put(self, pointer: str, value: object, *passages: Passage) -> None:
        self.values[pointer] = value
        self.passages[pointer] = passages[0]
        kind: Kind = "number" if isinstance(value, Quantity | float | int) else "text"
        self._prove(pointer, kind, *passages)

    def _read_text(self, field: Field) -> None:
        if field.pointer and field.text:
            self._put(field.pointer, field.text.text, field.text)

    def _read_code(self, field: Field) -> None:
        if field.pointer and field.text:
            self._put(field.pointer, "".join(arabic(field.text.text).split()), field.text)

    def _read_list(self, field: Field) -> None:
        if field.none:
            self._put(field.pointer, [], field.text)
        elif field.items:
            self.values[field.pointer] = [item.text for item in field.items]
            for at, item in enumerate(field.items):
                self.proofs[f"{field.pointer}/{at}"] = places.provenance(places.slices_of(self.flow, item))

    def _read_quantity(self, field: Field) -> None:
        quantity = figure_field(field.text.text, field.slot.section.unit)
        if quantity is not None:
            self._put(field.pointer, quantity, field.text)
            if quantity.value is None and field.slot.section.required and any(map(str.isdigit, field.text.text)):
                self.missing.append(field.slot.name)

    def _read_number(self, field: Field) -> None:
        number = item_number(field.text.text)
        if number is not None:
            self._put(field.pointer, number, field.text)

    def _read_choice(self, field: Field) -> None:
        if field.choice is not None:
            self._put(field.pointer, field.choice, field.text)

    def _read_numbered(self, field: Field) -> None:
        number, name = field.parts.get("number"), field.parts.get("name")
        if not number and not name:
            return
        item = StrategyItem(
            number="".join(arabic(number.text).split()) if number else None, name=name.text if name else None
        )
        self.values[field.pointer] = item
        for key, passage in (("number", number), ("name", name)):
            if passage:
                kind: Kind = "number" if key == "number" else "text"
                self.proofs[f"{field.pointer}/{key}"] = places.provenance(places.slices_of(self.flow, passage), kind)

    def _read_organization(self, field: Field) -> None:
        if field.text:
            self._put(field.pointer, inference.organization_named(field.text.text), field.text)

    def _read_fiscal_year(self, field: Field) -> None:
        year = read_fiscal_year(field.text.text)
        if not isinstance(year, Unread):
            self._put(field.pointer, year, field.text)

    def _read_table(self, field: Field) -> None:
        if field.pointer == "/quarters":
            self._read_quarter_rows(field)
            return
        if not field.pointer:
            self._read_figures(field)
            return
        made = [(item, row) for row in field.rows if (item := ITEMS[field.pointer](row)) is not None]
        if made:
            self.values[field.pointer] = [item for item, _ in made]
            for at, (_, row) in enumerate(made):
                self._prove(f"{field.pointer}/{at}", "number", *row.values())

    def _read_quarter_rows(self, field: Field) -> None:
        quarters = [level_number(row["quarter"].text) if "quarter" in row else None for row in field.rows]
        for quarter, row in zip(quarters, field.rows, strict=True):
            if quarter not in (1, 2, 3, 4) or quarters.count(quarter) > 1:  # printed twice: which one holds is not known
                continue
            if "value" in row and (number := item_number(row["value"].text)) is not None:
                self._put(f"/quarters/{quarter - 1}/value", number, row["value"])
            if "narrative" in row:
                self._put(f"/quarters/{quarter - 1}/narrative", row["narrative"].text, row["narrative"])

    def _read_figures(self, field: Field) -> None:
        """The first row of a table whose columns are fields of the record."""
        table, row = field.slot.section.table, field.rows[0] if field.rows else {}
        unit = row.get(UNIT)
        for column in table.columns if table else ():
            cell = row.get(column.fills or "")
            if column.fills is None or cell is None or column.fills in self.values:
                continue
            made = self._cell(column.fills, cell, unit)
            if made is not None:
                self._put(column.fills, made, cell, *([unit] if unit and isinstance(made, Quantity) else []))

    @staticmethod
    def _cell(pointer: str, cell: Passage, unit: Passage | None) -> object | None:
        """A cell's value as its field wants it."""
        if pointer in ("/target", "/result"):
            return figure_field(cell.text, unit.text if unit else None)
        if pointer.endswith("/value"):
            return item_number(cell.text)
        if pointer == "/organization":
            return inference.organization_named(cell.text)
        if pointer == "/fiscal_year":
            year = read_fiscal_year(cell.text)
            return None if isinstance(year, Unread) else year
        return cell.text

    # ---- what other records or other places say

    def _inherit(self, before: Draft) -> None:
        for pointer in before.shared - set(self.values):
            self.values[pointer] = before.values[pointer]
            self.proofs[pointer] = before.proofs[pointer]
            self.shared.add(pointer)

    def _narratives(self) -> list[Passage]:
        pointers = [f"/quarters/{at}/narrative" for at in range(4)] + ["/summary/narrative", "/definition", "/calculation"]
        return [self.passages[pointer] for pointer in pointers if pointer in self.passages]

    def _organization(self) -> Organization:
        named: Organization | None = self.values.get("/organization")
        if named is not None:
            return named
        hints = inference.Hints(self.flow, self.form, self._narratives(), self.passages.get("/indicator/code"))
        inferred = inference.infer_organization(hints)
        if inferred is None:
            return Organization(name=None, code=None, agency_code=None, inferred=False)
        self.proofs["/organization"] = inferred.proof
        return inferred.value

    def _fiscal_year(self) -> FiscalYear:
        be: int | None = self.values.get("/fiscal_year")
        inferred = be is None
        if be is None:
            found = inference.infer_fiscal_year(inference.Hints(self.flow, self.form, self._narratives(), None))
            if found is None:
                return FiscalYear(be=None, start=None, end=None, inferred=False)
            be = found.value
            self.proofs["/fiscal_year"] = found.proof
        start, end = fiscal_year_bounds(be)
        return FiscalYear(be=be, start=start, end=end, inferred=inferred)

    # ---- the record

    def record(self, ordinal: int) -> Record:
        document, get = self.flow.document, self.values.get
        organization, year = self._organization(), self._fiscal_year()
        quarters = [self._quarter(at, year.be) for at in range(4)]
        summary = self._mentions("/summary", year.be)
        rows = [row for row in self.flow.rows[self.found.match.first : self.found.match.last] if not row.furniture]
        pages = sorted({number for row in rows if (number := self.flow.page_number(row)) is not None})
        digest = hashlib.sha256(f"{document.sha256}:{ordinal}".encode()).hexdigest()[:12]
        return Record(
            record_id=f"{organization.code or '0000'}-{year.be or '0000'}-{digest}",
            form=self.form.id,
            source=Source(
                sha256=document.sha256,
                file=document.file,
                ordinal=ordinal,
                pages=pages or None,
                reading=places.reading_of(row.line.reading for row in rows),
            ),
            organization=organization,
            fiscal_year=year,
            indicator=Indicator(name=get("/indicator/name"), code=get("/indicator/code"), level=get("/indicator/level")),
            work=self._work(),
            strategy=Strategy(issue=get("/strategy/issue"), sub_issue=get("/strategy/sub_issue"), goal=get("/strategy/goal")),
            definition=get("/definition"),
            calculation=get("/calculation"),
            scoring=get("/scoring") or [],
            target=get("/target"),
            result=get("/result"),
            components=get("/components") or [],
            series=get("/series") or [],
            quarters=quarters,
            summary=Summary(narrative=get("/summary/narrative"), **summary),
            supporting_factors=get("/supporting_factors"),
            obstacles=get("/obstacles"),
            evidence=get("/evidence"),
            signature=Signature(name=get("/signature/name"), position=get("/signature/position")),
            unread=[places.unread(places.slice_of(self.flow, span)) for span in self.found.left],
            provenance=self.proofs,
        )

    def _work(self) -> Work | None:
        code, name = self.values.get("/work/code"), self.values.get("/work/name")
        return Work(code=code, name=name, totals=[]) if code or name else None

    def _quarter(self, at: int, year: int | None) -> Quarter:
        start, end = quarter_bounds(year, at + 1) if year is not None else (None, None)
        where = f"/quarters/{at}"
        return Quarter(
            quarter=at + 1,
            start=start,
            end=end,
            narrative=self.values.get(f"{where}/narrative"),
            value=self.values.get(f"{where}/value"),
            **self._mentions(where, year),
        )

    def _mentions(self, where: str, year: int | None) -> dict[str, list[Any]]:
        """Dates and quantities of a narrative, each with its place."""
        passage = self.passages.get(f"{where}/narrative")
        if passage is None:
            return {"dates": [], "quantities": []}
        dates: list[DateValue] = []
        quantities: list[Quantity] = []
        text = running_text(passage.text)
        found_dates = find_dates(text, year)
        for date in found_dates:
            self._prove(f"{where}/dates/{len(dates)}", "number", passage.part(date.start, date.end))
            dates.append(date.value)
        for quantity in find_quantities(text, found_dates):
            pointer = f"{where}/quantities/{len(quantities)}"
            self._prove(pointer, "number", passage.part(quantity.start, quantity.end))
            if where in self.swallowing:
                self._doubt(pointer, SWALLOWED)
            quantities.append(quantity.value)
        return {"dates": dates, "quantities": quantities}

    def _prove(self, pointer: str, kind: Kind, *passages: Passage) -> None:
        slices = [s for passage in passages for s in places.slices_of(self.flow, passage)]
        self.proofs[pointer] = places.provenance(slices, kind)
        other = places.other_reading(slices) if kind == "number" else None
        if other is not None:
            self._doubt(pointer, Doubt(f"อ่านอีกครั้งได้ {other}", f"another look reads {other}", decides=False))

    def _doubt(self, pointer: str, doubt: Doubt) -> None:
        self.doubts.setdefault(pointer, []).append(doubt)

    @cached_property
    def swallowing(self) -> set[str]:
        """Quarters whose narrative may hold the next section's text too: the label of the next quarter was not found, or that of
        the summary, where the form numbers it."""
        found = {c.slot.fills for c in self.found.match.labels}
        order = [f"/quarters/{at}" for at in range(4)]
        if any(section.number and section.fills == "/summary/narrative" for section in self.form.sections):
            order.append("/summary")
        labelled = [f"{where}/narrative" in found for where in order]
        return {where for where, own, after in zip(order, labelled, labelled[1:], strict=False) if own and not after}

    # ---- findings

    def findings(self, record: Record) -> Iterator[Finding]:
        """A form that is only partly there: required sections are not printed, and most others neither."""
        labelled = [section for section in self.form.sections if section.labels and section.kind != "caption"]
        absent = [section for section in labelled if section.required and section.id not in self.found.labelled]
        share = sum(section.id in self.found.labelled for section in labelled) / max(1, len(labelled))
        if not absent or share >= PARTLY:
            return
        names = ", ".join(section.labels[0] for section in absent)
        yield Finding(
            rule="form-incomplete",
            severity="warning",
            record_id=record.record_id,
            where=[section.fills or "" for section in absent],
            message_th=f"อ่านได้เพียงบางส่วนของแบบฟอร์ม {self.form.id}: ไม่พบหัวข้อ {names}",
            message_en=f"only part of form {self.form.id} is there: {names} not found",
            expected=names,
        )


_READERS: Mapping[str, Callable[[Draft, Field], None]] = {
    "text": Draft._read_text,
    "list": Draft._read_list,
    "quantity": Draft._read_quantity,
    "number": Draft._read_number,
    "choice": Draft._read_choice,
    "numbered": Draft._read_numbered,
    "code": Draft._read_code,
    "organization": Draft._read_organization,
    "fiscal_year": Draft._read_fiscal_year,
    "table": Draft._read_table,
}
