"""What does it mean? Pure functions from Thai text to values; total: nothing raises on text.

The public names below are loaded when first asked for: a command that needs only the districts starts without the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.areas import read_area, square_metres
    from normalize.dates import find_dates, read_date
    from normalize.figures import CellValue, read_cell, read_quantity
    from normalize.fiscal import (
        fiscal_year_bounds,
        fiscal_year_of,
        month_quarter,
        month_year_ce,
        quarter_bounds,
        read_fiscal_year,
    )
    from normalize.meanings import Meanings, read_meanings
    from normalize.numerals import DigitView, Number, digit_view, read_number
    from normalize.organisations import (
        District,
        Office,
        bureaus,
        districts,
        find_organization,
        find_organizations,
        office_of_code,
        organization_in_name,
        read_organization,
    )
    from normalize.quantities import find_quantities
    from normalize.units import read_unit
    from normalize.words import spell, spell_baht

_MODULES = {
    "areas": "read_area square_metres",
    "dates": "find_dates read_date",
    "figures": "CellValue read_cell read_quantity",
    "fiscal": "fiscal_year_bounds fiscal_year_of month_quarter month_year_ce quarter_bounds read_fiscal_year",
    "meanings": "Meanings read_meanings",
    "numerals": "DigitView Number digit_view read_number",
    "organisations": "District Office bureaus districts find_organization find_organizations office_of_code organization_in_name "
    "read_organization",
    "quantities": "find_quantities",
    "units": "read_unit",
    "words": "spell spell_baht",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "CellValue",
    "DigitView",
    "District",
    "Meanings",
    "Number",
    "Office",
    "bureaus",
    "digit_view",
    "districts",
    "find_dates",
    "find_organization",
    "find_organizations",
    "find_quantities",
    "fiscal_year_bounds",
    "fiscal_year_of",
    "month_quarter",
    "month_year_ce",
    "office_of_code",
    "organization_in_name",
    "quarter_bounds",
    "read_area",
    "read_cell",
    "read_date",
    "read_fiscal_year",
    "read_meanings",
    "read_number",
    "read_organization",
    "read_quantity",
    "read_unit",
    "spell",
    "spell_baht",
    "square_metres",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'normalize' has no attribute {name!r}")
    return getattr(import_module(f"normalize.{_MODULE_OF[name]}"), name)
