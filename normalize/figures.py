"""Figures in fields of their own: targets, results, quarter values and the cells of a table of years."""

from __future__ import annotations

import re

import msgspec

from normalize import context, mentions
from normalize.numerals import MOST_CHARACTERS, NUMERAL, blank_reason, digit_view, numeral_value, read_number
from normalize.quantities import find_quantities
from normalize.units import decimal_unit, read_unit, unit_power
from normalize.words import read_words
from schemas.values import Comparator, Found, Quantity, Reason, Unread

_LABELLED = re.compile(r"\s*(?:([^:=<>≥≤()0-9]{1,60}?)\s*[:=]|\(\s*([^:=<>≥≤()0-9]{1,30}?)\s*\)\s*[:=]?)\s*(?=\S)")
_BRACKETED = re.compile(r"(.*?)\s*\(\s*([^()]*[^()0-9\s][^()]*?)\s*\)\s*", re.S)
_BARE = re.compile(rf"\s*(?:จำนวน|เท่ากับ|ได้|รวม|=|:)?\s*(-?)\s*({NUMERAL})(?:\s*(?:-|ถึง|~)\s*({NUMERAL}))?\s*")
_WITH_WORD = re.compile(r"(.*[0-9])\s*([ก-ฮเ-ไ][ก-๙.]{1,24}(?:/[ก-ฮเ-ไ][ก-๙.]{1,24})?)\s*", re.S)
_COMPOUND = re.compile(rf"\s*{NUMERAL}(?:\s*/\s*{NUMERAL})+\s*")
_PER_SOMETHING = re.compile(rf"\s*({NUMERAL})\s*/\s*(?:[ก-๙][ก-๙ .]*|-)\s*")
_REMARK = re.compile(  # words in brackets after a figure that are no unit
    r"ดี|ปาน|พอใช้|ปรับปรุง|มาก|น้อย|สูง|ต่ำ|เกิน|บรรลุ|สำเร็จ|ไม่|ผ่าน|สะสม|ทั้ง|ประมาณ|ณ|จาก|ข้อมูล|ตาม|เพิ่ม|ลด|รวม|คิดเป็น|ปี|เป้า|ผล|ครบ|อยู่|ยัง|รอ"
)


class CellValue(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a table's cell, as an entry of record.md's `series` holds it. parts: the numbers of a compound one (7/7,560).

    text: as printed, stripped, line breaks as they are. problem: why value is null although something stands there.
    """

    comparator: Comparator = "="
    value: float | None = None
    upper: float | None = None
    parts: tuple[float, ...] | None = None
    text: str
    problem: Reason | None = None


def read_quantity(text: str, unit: str | None = None) -> Quantity | Unread:
    """A figure field: target, result, quarter value. `unit`: the unit as its own field prints it (หน่วยนับ), where there is one.

    Reads "ร้อยละ : 100.0000", "ไม่น้อยกว่า 95 (ร้อยละ)", "80 ขึ้นไป", "≤60", "36 จุด", "25 - 30 คน", "90%" under ร้อยละ, money in
    ล้านบาท multiplied out. A figure without any unit has unit None. "-" is printed but no figure: a Quantity with value None.
    Refuses: BLANK; NONE (ไม่มี); NOT_A_NUMBER; AMBIGUOUS (2.400 of whole things; several figures in one text, as candidates);
    CONTRADICTION (digits against words); TOO_LONG.
    """
    printed = text.strip()
    if len(printed) > MOST_CHARACTERS:
        return Unread(text, Reason.TOO_LONG)
    reason = blank_reason(printed)
    if reason is Reason.DASH:
        return Quantity(value=None, unit=read_unit(unit or ""), unit_text=_unit_text(unit), text=printed)
    if reason:
        return Unread(text, reason)
    bare = _bare_figure(digit_view(printed).text, printed, unit)
    if bare is not None:
        return bare if isinstance(bare, Quantity) else Unread(text, bare.reason, bare.candidates)
    return _from_running_text(text, printed, unit)


def _unit_text(unit: str | None) -> str | None:
    return unit.strip() or None if unit else None


def _bare_figure(view: str, printed: str, unit: str | None) -> Quantity | Unread | None:
    """A number with nothing but a comparator and a unit set apart by a colon or brackets; None when there is more to it."""
    labelled = _LABELLED.match(view)
    if labelled:  # ร้อยละ : 80, (ร้อยละ) 80, but also ผลงาน : 80 and ค่าเป้าหมาย ร้อยละ : 80
        label = labelled[1] or labelled[2]
        unit = next((words for words in (label, *label.split()[-1:]) if unit_like(words)), unit)
        view = view[labelled.end() :]
    bracketed = _BRACKETED.fullmatch(view)
    if bracketed:
        view = bracketed[1]
        if read_words(bracketed[2]) is not None:
            return _said_twice(view, bracketed[2], printed, unit)
        unit = unit if _REMARK.match(bracketed[2]) else bracketed[2]
    sign, body = _sign(view)
    match = _BARE.fullmatch(body)
    if not match:
        return None
    return _figure(match, sign, printed, _unit_text(unit))


def _said_twice(digits: str, words: str, printed: str, unit: str | None) -> Quantity | Unread | None:
    """100 (หนึ่งร้อย): a figure and its words."""
    number = read_number(f"{digits}({words})", decimal_dot=True)
    if isinstance(number, Unread):
        return number if number.reason is Reason.CONTRADICTION else None
    return Quantity(value=number.value, unit=read_unit(unit or ""), unit_text=_unit_text(unit), text=printed)


def unit_like(text: str) -> bool:
    """Whether a text set apart from a figure is its unit: known words, no sentence and no number in words."""
    return read_unit(text) in ("percent", "baht", "level", "score") or decimal_unit(text) is not None


def _sign(view: str) -> tuple[Comparator, str]:
    """A comparator at the start or the end of a figure field, and what is left."""
    body = view.strip()
    body = body.removeprefix("จำนวน").lstrip()
    sign, length = context.sign_at(body)
    if sign:
        return sign, body[length:]
    sign, length = mentions.sign_at_end(body)
    return (sign, body[:-length]) if sign else ("=", view)


def _figure(match: re.Match[str], sign: Comparator, printed: str, unit_text: str | None) -> Quantity | Unread:
    name, power = read_unit(unit_text or ""), unit_power(unit_text)
    dot = True if power or (name != "baht" and decimal_unit(unit_text or "")) else None
    low = numeral_value(match[2], decimal_dot=dot, power=power)
    high = numeral_value(match[3], decimal_dot=dot, power=power) if match[3] else None
    if isinstance(low, Unread):
        return low
    if isinstance(high, Unread):
        return high
    if match[1]:
        low = -low
    if high is not None and high < low:
        return Unread(printed, Reason.AMBIGUOUS, (match[2], match[3]))
    comparator = sign if high is None else "range"
    return Quantity(comparator=comparator, value=low, upper=high, unit=name, unit_text=unit_text, text=printed)


def _from_running_text(text: str, printed: str, unit: str | None) -> Quantity | Unread:
    """A figure among words: the one quantity there is, the first when the others stand in brackets after it: 20 แนวคลอง
    (ระดับ 5)."""
    found = find_quantities(printed)
    outside = [f for f in found if not _in_brackets(printed, f)]
    if len(outside) == 1 or len(found) == 1:
        only = (outside or found)[0]
        if only.problem:
            return Unread(text, only.problem)
        return msgspec.structs.replace(only.value, text=printed)
    if found:
        return Unread(text, Reason.AMBIGUOUS, tuple(printed[f.start : f.end] for f in found))
    return _with_any_word(printed) or Unread(text, Reason.NOT_A_NUMBER)


def _with_any_word(printed: str) -> Quantity | None:
    """A figure and one word that no vocabulary knows: in a field of its own the word is its unit (5 บุษบก, 80 ร้อยละ)."""
    sign, body = _sign(digit_view(printed).text)
    match = _WITH_WORD.fullmatch(body)
    bare = _BARE.fullmatch(match[1]) if match and not _REMARK.match(match[2]) else None
    if not match or not bare:
        return None
    figure = _figure(bare, sign, printed, match[2])
    return figure if isinstance(figure, Quantity) else None


def _in_brackets(text: str, found: Found[Quantity]) -> bool:
    return text.rfind("(", 0, found.start + 1) > text.rfind(")", 0, found.start)


def read_cell(text: str, unit_text: str | None = None) -> CellValue | Unread:
    """A cell of a table of years, under the unit of its row.

    "7/7,560" under คัน/ครั้ง: value None, parts (7, 7560). "-": value None. "36 จุด", "0.10%", "13 ชั่วโมง/คน", "10/คน": the
    number. "25-30": a range. Under ล้านบาท multiplied out. Words without a figure (ยุบพิพิธภัณฑ์): value None with problem
    NOT_A_NUMBER. Unread only for BLANK: no entry.
    A dot before exactly three digits is a decimal point where the unit is measured (5.536 ตร.กม.), else problem AMBIGUOUS.
    """
    printed = text.strip()
    if not printed:
        return Unread(text, Reason.BLANK)
    if len(printed) > MOST_CHARACTERS:
        return CellValue(text=printed, problem=Reason.TOO_LONG)
    view = digit_view(printed).text
    if _COMPOUND.fullmatch(view):
        return _compound(view, printed, unit_text)
    per = _PER_SOMETHING.fullmatch(view)
    if per:
        value = numeral_value(per[1], decimal_dot=True if decimal_unit(unit_text or "") else None)
        if view.rstrip().endswith("-"):
            return CellValue(text=printed, problem=Reason.UNKNOWN)  # 2/-: half of a compound figure is missing
        problem = value.reason if isinstance(value, Unread) else None
        return CellValue(value=None if isinstance(value, Unread) else value, text=printed, problem=problem)
    quantity = read_quantity(printed, unit_text)
    if isinstance(quantity, Unread):
        return CellValue(text=printed, problem=None if quantity.reason is Reason.DASH else quantity.reason)
    return CellValue(comparator=quantity.comparator, value=quantity.value, upper=quantity.upper, text=printed)


def _compound(view: str, printed: str, unit_text: str | None) -> CellValue:
    units = (unit_text or "").split("/")
    parts = []
    for at, numeral in enumerate(view.split("/")):
        unit = units[at] if at < len(units) else ""
        value = numeral_value(numeral.strip(), decimal_dot=True if decimal_unit(unit) else None)
        if isinstance(value, Unread):
            return CellValue(text=printed, problem=value.reason)
        parts.append(value)
    return CellValue(parts=tuple(parts), text=printed)
