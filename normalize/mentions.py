"""A quantity as it stands in a text, and what may follow number and unit: comparators, satang, the same number in words."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.context import Before
from normalize.numerals import NUMERAL
from normalize.units import Unit, Words
from normalize.words import read_baht_words, read_words
from schemas.values import Comparator, Reason

_AFTER: dict[str, Comparator] = {
    **dict.fromkeys(("ขึ้นไป", "หรือมากกว่า", "หรือสูงกว่า", "เป็นอย่างน้อย", "เป็นอย่างต่ำ", "เป็นต้นไป"), ">="),
    **dict.fromkeys(("ลงมา", "หรือน้อยกว่า", "หรือต่ำกว่า", "เป็นอย่างมาก", "เป็นอย่างสูง"), "<="),
    **dict.fromkeys(("กว่า", "กว่าๆ", "เศษ", "เศษๆ"), ">"),
    "โดยประมาณ": "~",
}
_AFTER_WORDS = Words(_AFTER)
_LONG = "|".join(w for w in _AFTER if not w.startswith(("กว่า", "เศษ")))
_AFTER_UNIT = re.compile(rf" ?({_LONG}|(?:กว่าๆ?|เศษๆ?)(?![ก-๙]))")
_BEFORE_UNIT = re.compile(r" ?(กว่าๆ?|เศษๆ?|ขึ้นไป) ?")
_IN_WORDS = re.compile(r" ?\( ?([ก-์][ก-์ ]{1,200}?) ?\)")
_IN_DIGITS = re.compile(rf" ?\( ?({NUMERAL}) ?(?:\.- ?)?(?:บาท(?:ถ้วน)?)? ?\)")
_SATANG = re.compile(r" ?([0-9]{1,2}) ?สตางค์")


class Mention(NamedTuple):
    """A quantity in the digit view: text[start:end], its unit at text[unit_start:unit_end]. problem: why there is no value."""

    start: int
    end: int
    unit: str
    unit_start: int
    unit_end: int
    value: float | None
    comparator: Comparator = "="
    upper: float | None = None
    problem: Reason | None = None


class Step(NamedTuple):
    """What one place of the text gave, and where the scan goes on."""

    mention: Mention | None
    end: int


def skip(text: str, at: int) -> int:
    """Over up to three blanks."""
    for _ in range(3):
        if text[at : at + 1] == " ":
            at += 1
    return at


def inside(text: str, end: int) -> tuple[Comparator, int]:
    """A comparator between number and unit and where it ends: 200 กว่าราย, 80 ขึ้นไป (ร้อยละ); "=" and `end` without one."""
    match = _BEFORE_UNIT.match(text, end)
    return (_AFTER[match[1]], match.end()) if match else ("=", end)


def comparator_after(text: str, before: Before, comparator: Comparator, end: int) -> tuple[Comparator, int]:
    """A comparator after the unit counts when none stood before the number; it belongs to the quantity anyway."""
    match = _AFTER_UNIT.match(text, end)
    if not match:
        return comparator, end
    return (comparator if before.comparator or comparator == "range" else _AFTER[match[1]]), match.end()


def sign_at_end(text: str) -> tuple[Comparator | None, int]:
    """The comparator that a text ends with and its length: 80 ขึ้นไป; None and 0 without one."""
    word = _AFTER_WORDS.before(text, 0, len(text))
    return (_AFTER[word], len(word)) if word else (None, 0)


def with_satang(text: str, value: float, end: int) -> tuple[float, int]:
    """1,215 บาท 49 สตางค์."""
    match = _SATANG.match(text, end)
    if not match or value % 1:
        return value, end
    return float(f"{int(value)}.{int(match[1]):02d}"), match.end()


def in_words(text: str, at: int) -> int | None:
    """End of a number in words in brackets, 5 (ห้า) คน; None when there is none."""
    match = _IN_WORDS.match(text, at)
    return match.end() if match and read_words(match[1]) is not None else None


def said_in_words(text: str, value: float, unit: Unit, end: int) -> tuple[float | None, int, Reason | None]:
    """2,000 บาท (สองพันบาทถ้วน) is one quantity; words that say another number leave none that could be trusted."""
    match = _IN_WORDS.match(text, end)
    if not match:
        return value, end, None
    words = read_baht_words(match[1]) if unit.name == "baht" else None
    if words is None:
        words = read_words(match[1].removesuffix(unit.name).removeprefix("ร้อยละ"))
    if words is None:
        return value, end, None
    return (value, match.end(), None) if words == value else (None, match.end(), Reason.CONTRADICTION)


def numeral_in_brackets(text: str, end: int) -> re.Match[str] | None:
    """สองพันบาทถ้วน (2,000 บาท): group 1 is the numeral."""
    return _IN_DIGITS.match(text, end)
