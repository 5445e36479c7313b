"""Texts of figure fields and of table cells to values."""

from __future__ import annotations

import re

from normalize.figures import read_quantity
from normalize.numerals import read_number
from schemas.values import Quantity, Reason, Unread

_UNIT_THEN_NUMBER = re.compile(r"\(?\s*(?P<unit>[^:=0-9๐-๙()]*?)\s*\)?\s*[:=]\s*(?P<number>[\s\S]*)")
_MID_BREAK = re.compile(r"(?<=[คยพ]\.)\n(?=[-–—])|\n(?!\s*(?:[-–—•●▪*]\s|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]))")
_ITEM_NUMBER = re.compile(r"\s*\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*\s*[.)]\s*|\s*[-–—•]\s+")


def figure_field(text: str, unit: str | None) -> Quantity | None:
    """A figure as printed ("100 (ร้อยละ)", "ร้อยละ : 80"); value null where it cannot be read, None where nothing is printed."""
    text = " ".join(text.split())
    printed = _UNIT_THEN_NUMBER.fullmatch(text)
    if printed and printed["number"].strip():
        found = read_quantity(printed["number"], unit=printed["unit"] or unit)
        unit_text = printed["unit"] or None
    else:
        found, unit_text = read_quantity(text, unit=unit), None
    if isinstance(found, Unread):
        return None if found.reason is Reason.BLANK or not text else Quantity(value=None, text=text)
    return Quantity(
        comparator=found.comparator,
        value=found.value,
        upper=found.upper,
        unit=found.unit,
        unit_text=unit_text or found.unit_text,
        text=text,
    )


def running_text(text: str) -> str:
    """A narrative with line breaks as spaces, but for those before list items: a date or quantity may stand on two lines."""
    return _MID_BREAK.sub(" ", text)


def item_number(text: str) -> float | None:
    """A bare number, None for anything else."""
    found = read_number(text)
    return None if isinstance(found, Unread) or found.upper is not None else found.value


def level_number(text: str) -> int | None:
    number = item_number(text)
    return int(number) if number is not None and number == int(number) else None


def item_text(text: str) -> str:
    """Without its item number or bullet."""
    return _ITEM_NUMBER.sub("", text, count=1)
