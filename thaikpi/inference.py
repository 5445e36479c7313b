"""Office and fiscal year of a report that prints neither in a field: from its narratives, its code, its file and folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from extract.forms.flow import Flow
from extract.forms.passage import Passage
from extract.forms.wording import arabic
from normalize import (
    find_dates,
    find_organizations,
    fiscal_year_of,
    office_of_code,
    organization_in_name,
    read_fiscal_year,
    read_organization,
)
from normalize.organisations import Office
from schemas.form import Form
from schemas.record import Organization, Provenance
from schemas.values import DateValue, Unread
from thaikpi import places
from thaikpi.figures import running_text

FROM_NARRATIVES, FROM_CODE, FROM_NAME = 0.95, 0.99, 0.9
_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hints:
    """What may be inferred from. code: where /indicator/code is printed."""

    flow: Flow
    form: Form
    narratives: Sequence[Passage]
    code: Passage | None


@dataclass(frozen=True, slots=True)
class Inferred(Generic[T]):
    value: T
    proof: Provenance


def organization_named(text: str) -> Organization:
    """An office as a labelled field prints it; a district office by its official name and codes."""
    found = read_organization(text)
    if isinstance(found, Unread):
        return Organization(name=" ".join(text.split()) or None, code=None, agency_code=None, inferred=False)
    return _organization(found, inferred=False)


def infer_organization(hints: Hints) -> Inferred[Organization] | None:
    """From the form's sources in their order; the first that names one office decides."""
    readers = {"narratives": _office_of_narratives, "code": _office_of_code, "file": _office_of_file, "folder": _office_of_folder}
    return next((found for source in hints.form.inference.organization if (found := readers[source](hints))), None)


def infer_fiscal_year(hints: Hints) -> Inferred[int] | None:
    """From the form's sources in their order; the first that tells one year decides."""
    readers = {"narratives": _year_of_narratives, "file": _year_of_file, "folder": _year_of_folder}
    return next((found for source in hints.form.inference.fiscal_year if (found := readers[source](hints))), None)


# ---- offices


def _organization(office: Office, inferred: bool) -> Organization:
    return Organization(name=office.name, code=office.code, agency_code=office.agency_code, inferred=inferred)


def _office_of_narratives(hints: Hints) -> Inferred[Organization] | None:
    """The office named most often; the first named among equals."""
    mentions: dict[str, list[tuple[Office, Passage]]] = {}
    for passage in hints.narratives:
        for found in find_organizations(passage.text):
            if found.value.code is not None:  # a bureau that a district works with is not its author
                mentions.setdefault(found.value.code, []).append((found.value, passage.part(found.start, found.end)))
    if not mentions:
        return None
    named = max(mentions.values(), key=len)
    proof = places.provenance([s for _, passage in named for s in places.slices_of(hints.flow, passage)])
    return Inferred(_organization(named[0][0], inferred=True), _less_sure(proof, FROM_NARRATIVES))


def _office_of_code(hints: Hints) -> Inferred[Organization] | None:
    if hints.code is None:
        return None
    office = office_of_code(arabic(hints.code.text))
    if office is None:
        return None
    proof = places.provenance(places.slices_of(hints.flow, hints.code))
    return Inferred(_organization(office, inferred=True), _less_sure(proof, FROM_CODE))


def _office_of_file(hints: Hints) -> Inferred[Organization] | None:
    return _office_of_names([hints.flow.document.file.rsplit("/", 1)[-1]])


def _office_of_folder(hints: Hints) -> Inferred[Organization] | None:
    return _office_of_names(reversed(hints.flow.document.file.split("/")[:-1]))


def _office_of_names(names: Iterable[str]) -> Inferred[Organization] | None:
    """An office's name or code in a name of a file or folder, the nearest first."""
    for name in names:
        found = organization_in_name(name)
        if not isinstance(found, Unread):
            return Inferred(_organization(found.value, inferred=True), places.inferred_from_name(name, FROM_NAME))
    return None


# ---- years


def _year_of_narratives(hints: Hints) -> Inferred[int] | None:
    """The fiscal year in which most dated days and months lie; None between two that are named equally often."""
    votes: Counter[int] = Counter()
    where: dict[int, list[Passage]] = {}
    for passage in hints.narratives:
        for found in find_dates(running_text(passage.text), None):
            for year in _years(found.value):
                votes[year] += 1
                where.setdefault(year, []).append(passage.part(found.start, found.end))
    ranking = votes.most_common(2)
    if not ranking or (len(ranking) > 1 and ranking[0][1] == ranking[1][1]):
        return None
    year = ranking[0][0]
    proof = places.provenance([s for passage in where[year] for s in places.slices_of(hints.flow, passage)])
    return Inferred(year, _less_sure(proof, FROM_NARRATIVES))


def _years(date: DateValue) -> Iterator[int]:
    """The fiscal year of a day, month or period with a known start; a bare calendar year lies in two and says none."""
    if date.start is None or date.edtf is None or not _DAY_OR_MONTH.match(date.edtf):
        return
    yield fiscal_year_of(date.start)


def _year_of_file(hints: Hints) -> Inferred[int] | None:
    return _year_of_names([hints.flow.document.file.rsplit("/", 1)[-1]])


def _year_of_folder(hints: Hints) -> Inferred[int] | None:
    return _year_of_names(reversed(hints.flow.document.file.split("/")[:-1]))


_YEAR = re.compile(r"(?<![0-9])(?:2[45][0-9]{2})(?![0-9])")


def _year_of_names(names: Iterable[str]) -> Inferred[int] | None:
    for name in names:
        found = set(_YEAR.findall(arabic(name)))
        year = read_fiscal_year(found.pop()) if len(found) == 1 else None
        if isinstance(year, int):
            return Inferred(year, places.inferred_from_name(name, FROM_NAME))
    return None


def _less_sure(proof: Provenance, confidence: float) -> Provenance:
    return msgspec.structs.replace(proof, confidence=min(proof.confidence, confidence))
