"""What does it mean? Pure functions from Thai text to values; total: nothing raises on text."""

from normalize.areas import read_area, square_metres
from normalize.figures import CellValue, read_cell, read_quantity
from normalize.numerals import DigitView, Number, digit_view, read_number
from normalize.quantities import find_quantities
from normalize.units import read_unit
from normalize.words import spell, spell_baht

__all__ = [
    "CellValue",
    "DigitView",
    "Number",
    "digit_view",
    "find_quantities",
    "read_area",
    "read_cell",
    "read_number",
    "read_quantity",
    "read_unit",
    "spell",
    "spell_baht",
    "square_metres",
]
