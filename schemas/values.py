"""Values: what a text means. `Unread` says why a text has no value.

"ไม่มี", "0", "-" and blank are four different things.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, Literal, TypeVar

import msgspec

Comparator = Literal["=", ">=", ">", "<=", "<", "range", "~"]


class Reason(StrEnum):
    """Why a text was not read as a value. Closed list."""

    BLANK = "blank"  # nothing but white space
    DASH = "dash"  # "-", "–": printed, without value
    NONE = "none"  # ไม่มี
    NOT_A_NUMBER = "not-a-number"
    AMBIGUOUS = "ambiguous"  # two readings, e.g. OCR's dot for a comma
    CONTRADICTION = "contradiction"  # digits and words disagree
    IMPOSSIBLE = "impossible"  # 31 ก.พ.; a year that is neither BE nor CE
    RELATIVE = "relative"  # เดือนถัดไป
    NO_YEAR = "no-year"  # a day or month without any year to place it in
    UNKNOWN = "unknown"  # no rule knows this text
    TOO_LONG = "too-long"


class Unread(msgspec.Struct, frozen=True):
    """A text without a value, and why. `candidates`: the readings between which it could not decide."""

    text: str
    reason: Reason
    candidates: tuple[str, ...] = ()


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its unit, as record.md defines it. `upper` only with comparator "range"."""

    comparator: Comparator = "="
    value: float | None
    upper: float | None = None
    unit: str | None = None
    unit_text: str | None = None
    text: str | None  # None: a blank cell of a form that prints the unit apart (bma-district-budget)


class DateValue(msgspec.Struct, frozen=True, kw_only=True):
    """A date or period. edtf: EDTF (ISO 8601-2), CE; start, end: ISO 8601, CE.

    All null: printed, but impossible or unplaced.
    """

    edtf: str | None
    start: str | None
    end: str | None
    text: str


T = TypeVar("T")


class Found(msgspec.Struct, Generic[T], frozen=True):
    """A value inside a running text: text[start:end] is what it was read from."""

    start: int
    end: int
    value: T
    problem: Reason | None = None  # e.g. IMPOSSIBLE for a date that is kept with nulls
