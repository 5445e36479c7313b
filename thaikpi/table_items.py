"""Rows of a form's tables to the items of a record: scoring, components, series. None for a row that is no such item."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extract.forms.passage import Passage
from normalize import read_fiscal_year
from schemas.record import Component, Score, SeriesEntry
from schemas.values import Unread
from thaikpi.figures import figure_field, item_number, item_text, level_number


def _score(row: Mapping[str, Passage]) -> Score | None:
    level = level_number(row["level"].text) if "level" in row else None
    figure = figure_field(row["score"].text, None) if "score" in row else None
    if level is None or figure is None or figure.value is None:
        return None
    return Score(level=level, score=figure.value, comparator=figure.comparator)


def _component(row: Mapping[str, Passage]) -> Component | None:
    if "name" not in row:
        return None
    weight, score, detail = (row[key].text if key in row else None for key in ("weight", "score", "detail"))
    return Component(
        name=item_text(row["name"].text),
        weight=item_number(weight) if weight else None,
        score=item_number(score) if score else None,
        detail=detail,
    )


def _series_entry(row: Mapping[str, Passage]) -> SeriesEntry | None:
    year = read_fiscal_year(row["fiscal_year"].text) if "fiscal_year" in row else None
    figure = figure_field(row["value"].text, None) if "value" in row else None
    if year is None or figure is None:
        return None
    return SeriesEntry(
        fiscal_year=None if isinstance(year, Unread) else year,
        column=row["fiscal_year"].text,
        comparator=figure.comparator,
        value=figure.value,
        upper=figure.upper,
        parts=None,
        text=row["value"].text,
    )


ITEMS: Mapping[str, Callable[[Mapping[str, Passage]], object | None]] = {
    "/scoring": _score,
    "/components": _component,
    "/series": _series_entry,
}
