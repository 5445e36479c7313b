"""Dates and quantities of a narrative together: the dates are found once, and no quantity is looked for inside them."""

from __future__ import annotations

from typing import NamedTuple

from normalize.dates import find_dates
from normalize.quantities import find_quantities
from schemas.values import DateValue, Found, Quantity


class Meanings(NamedTuple):
    """What a narrative says, in reading order."""

    dates: list[Found[DateValue]]
    quantities: list[Found[Quantity]]


def read_meanings(text: str, fiscal_year_be: int | None = None) -> Meanings:
    """All dates and quantities of a narrative. fiscal_year_be: the report's year, for dates without one. Total, linear."""
    dates = find_dates(text, fiscal_year_be)
    return Meanings(dates, find_quantities(text, dates))
