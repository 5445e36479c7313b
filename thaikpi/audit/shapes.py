"""Doubts that the print of a number raises by itself: shapes in which a misread number stands and a right one hardly does.

Each was seen on scans (docs/confidence.md). They count only where OCR read the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.record import Score
from schemas.values import DateValue, Found, Quantity
from thaikpi.audit.closing import as_printed, one_digit_mends
from thaikpi.doubt import Doubt

# 2.400 · 287.960.25 · 12,34 · 1,2345: groups of three go with commas, decimals with one dot. Wrong 68 times of 68 on scans
_ODD = re.compile(r"(?<![\d.,])(?:\d{1,3}\.\d{3}(?!\d)|\d+(?:[.,]\d+)*\.\d+\.\d+|\d+,(?:\d{1,2}|\d{4,})(?![\d,]))")
_MIXED = re.compile(r"[0-9][.,]?[๐-๙]|[๐-๙][.,]?[0-9]")
_MINUS = re.compile(r"(?:^|[^0-9๐-๙\s])\s*[-–]\s?[0-9๐-๙]")
_ITEM = re.compile(r"[0-9๐-๙]{1,2}\.\s?-")  # ๒.- is a list number with a speck behind it, hardly an amount
_TORN_AFTER = re.compile(r" ?[.,:;]{0,3} ?(?![0-9๐-๙]{1,2}(?:[.)][\sก-ฮ]|\)))[0-9๐-๙]")
_TORN_BEFORE = re.compile(r"[0-9๐-๙](?:[.,:;]{1,3}| |[ัิ-ฺ็-๎])?$")
_LIST_NUMBER = re.compile(r"(?:^|(?<=\s))([0-9๐-๙]{1,2})[.)](?=\s)")
_MONTH = re.compile(r"[ก-ฮ][ัิีุู]?[.:;,]\s?[ก-ฮ][.:;,]?\s?$")  # มิ.ย: 2564, as an abbreviation comes out
_LETTER_AFTER = re.compile(r"[ก-ฮA-Za-z](?![ก-๛A-Za-z.])")
_GLUED = re.compile(r"[ก-ฮA-Za-z][0-9๐-๙]")
_LONE_LETTER = re.compile(r"(?:^|[^ก-๛A-Za-z.])[ก-ฮA-Za-z]$")

MOST_ITEMS = 20
LEAST_LEVELS = 4
MOST_PERCENT = 1000.0

ODD = Doubt("เครื่องหมายคั่นหลักผิดแบบ", "odd separator")
MIXED = Doubt("เลขไทยปนเลขอารบิก", "Thai and Arabic digits in one number")
MINUS = Doubt("มีเครื่องหมายลบ", "a minus sign stands before it")
ITEM = Doubt("อาจเป็นเลขข้อ", "it may be the number of a list item")
TORN = Doubt("มีตัวเลขอื่นติดกันโดยไม่มีหน่วย", "digits without a unit stand right beside it")
SHARE = Doubt("ร้อยละสูงเกินไป จุดทศนิยมอาจหายไป", "so many percent: the decimal point may be lost")
YEAR = Doubt("อาจเป็นปีของวันที่ที่อ่านไม่ออก", "it may be the year of a date that was not read")
LETTER = Doubt("มีตัวอักษรเดี่ยวติดหน้าตัวเลข", "a single letter is joined to it")
STEPS = ("ไม่เข้าลำดับกับเกณฑ์ระดับอื่น", "it breaks the order of the levels")


def shape_doubts(text: str) -> Iterator[Doubt]:
    """Of a number as printed, its unit beside it."""
    if _ODD.search(text):
        yield ODD
    if _MIXED.search(text):
        yield MIXED
    if _MINUS.search(text):
        yield MINUS
    if _ITEM.fullmatch(text.strip()):
        yield ITEM
    if _GLUED.match(text.strip()):
        yield LETTER


def neighbour_doubts(
    text: str, found: Found[Quantity], dates: Sequence[Found[DateValue]], fiscal_year: int | None
) -> Iterator[Doubt]:
    """Of a quantity in its narrative: what stands right before and behind it, dates aside. fiscal_year: the report's, BE."""
    before, after = text[max(0, found.start - 6) : found.start], text[found.end : found.end + 6]
    dated_before = any(date.start < found.start and found.start - date.end <= 1 for date in dates)
    dated_after = any(0 <= date.start - found.end <= 1 for date in dates)
    begins, ends = text[found.start].isdigit(), text[found.end - 1].isdigit()
    if (ends and not dated_after and _TORN_AFTER.match(after)) or (begins and not dated_before and _TORN_BEFORE.search(before)):
        yield TORN
    if (begins and _LONE_LETTER.search(before)) or (ends and _LETTER_AFTER.match(after)):
        yield LETTER
    if found.value.unit == "percent" and (found.value.value or 0.0) >= MOST_PERCENT:
        yield SHARE
    if begins and _is_missing_item(text, found):
        yield ITEM
    if begins and fiscal_year is not None and found.value.value in _years(fiscal_year) and _MONTH.search(before):
        yield YEAR


def _is_missing_item(text: str, found: Found[Quantity]) -> bool:
    """A whole number that the list before it comes to next, and that the list lacks: ๑. … ๒ ครัวเรือน … ๓. …"""
    value = found.value.value
    if value is None or not 1 < value <= MOST_ITEMS or value != int(value):
        return False
    items = [(match.start(), int(match[1])) for match in _LIST_NUMBER.finditer(text)]
    listed = {number for _, number in items}
    before = [number for place, number in items if place < found.start]
    return bool(before) and before[-1] == value - 1 and value not in listed and (value == 2 or value - 2 in before)


def _years(fiscal_year: int) -> tuple[int, ...]:
    """The two years of a fiscal year, in four digits and in two."""
    return fiscal_year, fiscal_year - 1, fiscal_year % 100, (fiscal_year - 1) % 100


def level_doubts(scoring: Sequence[Score]) -> Iterator[tuple[str, Doubt]]:
    """Levels count up, their figures rise or fall. Nothing is doubted where the figures step evenly with the levels, though one
    level is lost; one other digit that makes them do so is offered."""
    levels, scores = [score.level for score in scoring], [score.score for score in scoring]

    def even(values: Sequence[float], _: Sequence[str]) -> bool:
        return _step_evenly(levels, values)

    if len(scoring) < LEAST_LEVELS or even(scores, ()):
        return
    mends = list(one_digit_mends([f"{score:.15g}" for score in scores], scores, even))
    if len(mends) == 1:
        yield f"/scoring/{mends[0][0]}", Doubt(*STEPS, as_printed(mends[0][1], ""))
    elif any(b != a + 1 for a, b in pairwise(levels)) or sorted(scores) not in (scores, scores[::-1]):
        yield from ((f"/scoring/{at}", Doubt(*STEPS)) for at in range(len(scoring)))


def _step_evenly(levels: Sequence[int], scores: Sequence[float]) -> bool:
    if any(b <= a for a, b in pairwise(levels)):
        return False
    steps = [(y - x) / (b - a) for (a, x), (b, y) in pairwise(zip(levels, scores, strict=True))]
    return steps[0] != 0 and max(steps) - min(steps) < 1e-9 * max(map(abs, scores))
