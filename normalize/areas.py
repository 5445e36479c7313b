"""Areas: ไร่-งาน-ตารางวา and metric ones, to square metres: 1 ไร่ = 4 งาน = 400 ตารางวา = 1,600 ตร.ม. (Weights and Measures
Act, B.E. 2466)."""

from __future__ import annotations

import re

from normalize.numerals import MOST_CHARACTERS, NUMERAL, blank_reason, digit_view, numeral_value
from schemas.values import Reason, Unread

SQUARE_METRES_OF_A_WAH = 4
_WAHS = {"ไร่": 400, "งาน": 100, "ตารางวา": 1, "ตร.วา": 1, "ตร.ว.": 1, "ตร.ว": 1, "ตรว.": 1, "วา": 1}
_METRES = {
    **dict.fromkeys(("ตารางเมตร", "ตร.ม.", "ตร.ม", "ตรม."), 1.0),
    **dict.fromkeys(("ตารางกิโลเมตร", "ตร.กม.", "ตร.กม"), 1e6),
    "เฮกตาร์": 1e4,
}
_DASHED = re.compile(r"([0-9,]+)\s*-\s*([0-3])\s*-\s*([0-9]{1,2}(?:\.[0-9]+)?)\s*ไร่")
_PART = re.compile(rf"\s*({NUMERAL})\s*({'|'.join(map(re.escape, sorted(_WAHS, key=len, reverse=True)))})\s*")
_METRIC = re.compile(rf"({NUMERAL})\s*({'|'.join(map(re.escape, sorted(_METRES, key=len, reverse=True)))})")


def square_metres(rai: float = 0, ngan: float = 0, wah: float = 0) -> float:
    """Square metres of an area in rai, ngan and square wah."""
    return (rai * 400 + ngan * 100 + wah) * SQUARE_METRES_OF_A_WAH


def read_area(text: str) -> float | Unread:
    """Square metres of an area: 4-2-0 ไร่, 34 ไร่ 85.53 ตารางวา, 2 งาน, 1,200 ตร.ม.

    Refuses: BLANK, DASH, NONE; AMBIGUOUS for odd separators and for parts that do not fall (5 ตารางวา 2 ไร่; 5 งาน beside ไร่);
    NOT_A_NUMBER for all else.
    """
    printed = text.strip()
    if len(printed) > MOST_CHARACTERS:
        return Unread(text, Reason.TOO_LONG)
    reason = blank_reason(printed)
    if reason:
        return Unread(text, reason)
    view = digit_view(printed).text
    dashed = _DASHED.fullmatch(view)
    if dashed:
        return _sum(text, [(dashed[1], 400), (dashed[2], 100), (dashed[3], 1)])
    metric = _METRIC.fullmatch(view)
    if metric:
        value = numeral_value(metric[1], decimal_dot=True)
        return Unread(text, value.reason, value.candidates) if isinstance(value, Unread) else value * _METRES[metric[2]]
    parts = _parts(view)
    return _sum(text, parts) if parts else Unread(text, Reason.NOT_A_NUMBER)


def _parts(view: str) -> list[tuple[str, int]]:
    parts, at = [], 0
    while at < len(view):
        match = _PART.match(view, at)
        if not match:
            return []
        parts.append((match[1], _WAHS[match[2]]))
        at = match.end()
    return parts


def _sum(text: str, parts: list[tuple[str, int]]) -> float | Unread:
    """Parts from large to small; a smaller part must stay below the next larger unit."""
    total, above = 0.0, 0
    for numeral, wahs in parts:
        value = numeral_value(numeral, decimal_dot=True)
        if isinstance(value, Unread):
            return Unread(text, value.reason, value.candidates)
        if above and (wahs >= above or value * wahs >= above):
            return Unread(text, Reason.AMBIGUOUS)
        total, above = total + value * wahs, wahs
    return total * SQUARE_METRES_OF_A_WAH
