"""Quantities that are not one numeral and a unit: amounts in words, amounts in parts, fractions and areas."""

from __future__ import annotations

import re

from normalize import context
from normalize.mentions import Mention, Step, comparator_after, numeral_in_brackets, skip
from normalize.numerals import NUMERAL, numeral_value
from normalize.units import POWERS, unit_at
from normalize.words import NUMBER_WORDS, number_words_before, read_baht_words, read_words
from schemas.values import Reason, Unread

PARTS_OF_BAHT = re.compile(
    rf"(?:{NUMERAL} ?(?:ล้าน|แสน|หมื่น|พัน|ร้อย) ?){{1,5}}{NUMERAL} ?(?:ล้าน|แสน|หมื่น|พัน|ร้อย)? ?บาท"
)
AREA = re.compile(r"([0-9,]+)-([0-3])-([0-9]{1,2}(?:\.[0-9]+)?) {0,2}(ไร่)")
_PART_OF_BAHT = re.compile(rf"({NUMERAL}) ?(ล้าน|แสน|หมื่น|พัน|ร้อย)?")
_SMALL_FRACTION = re.compile(r"([1-9])/([2-9]|10)")
_AFTER_BAHT = re.compile(r"ถ้วน| ?(?:[ก-์]{2,6} ?){1,3}สตางค์")


def area(text: str, match: re.Match[str], floor: int) -> Step:
    """4-2-0 ไร่, a match of AREA: rai, ngan and square wah as one number of rai."""
    before = context.before(text, floor, match.start(), match[1])
    rai = numeral_value(match[1], decimal_dot=True)
    problem = rai.reason if isinstance(rai, Unread) else None
    value = None if isinstance(rai, Unread) else rai + int(match[2]) / 4 + float(match[3]) / 400
    comparator, end = comparator_after(text, before, before.comparator or "=", match.end())
    return Step(Mention(before.start, end, "ไร่", match.start(4), match.end(4), value, comparator, None, problem), end)


def fraction(text: str, match: re.Match[str], floor: int) -> Step:
    """1/2 ไร่ is half a rai; any other 12/24 or 10:30 in a narrative is no quantity."""
    small = _SMALL_FRACTION.fullmatch(match[0])
    unit = unit_at(text, skip(text, match.end())) if small else None
    if not small or not unit or not unit.decimals or int(small[1]) >= int(small[2]):
        return Step(None, match.end())
    before = context.before(text, floor, match.start())
    value = int(small[1]) / int(small[2]) * 10**unit.power
    mention = Mention(before.start, unit.end, unit.name, unit.start, unit.end, value, before.comparator or "=")
    return Step(mention, unit.end)


def parts_of_baht(text: str, match: re.Match[str], floor: int) -> Step:
    """1 ล้าน 2 แสนบาท, a match of PARTS_OF_BAHT: the parts added up; AMBIGUOUS when their places do not fall."""
    value: float | None = 0.0
    above = 99
    for part in _PART_OF_BAHT.finditer(match[0]):
        power = POWERS.get(part[2], 2) if part[2] else 0
        number = numeral_value(part[1], decimal_dot=True, power=power)
        if isinstance(number, Unread) or value is None or power >= above:
            value = None
            continue
        value, above = value + number, power
    before = context.before(text, floor, match.start())
    end = match.end()
    problem = Reason.AMBIGUOUS if value is None else None
    unit_start = end - len("บาท")
    return Step(Mention(before.start, end, "baht", unit_start, end, value, before.comparator or "=", None, problem), end)


def baht_in_words(text: str, match: re.Match[str], floor: int) -> Step:
    """The place of a บาท that words may stand before: สองพันบาทถ้วน (2,000 บาท). Without words the scan stays where it was."""
    start = number_words_before(text, floor, match.start())
    if start == match.start() or number_words_before(text, floor, start) != start:
        return Step(None, floor)
    rest = _AFTER_BAHT.match(text, match.end())
    ends = [rest.end(), match.end()] if rest else [match.end()]
    value, end = next(((v, e) for e in ends if (v := read_baht_words(text[start:e])) is not None), (None, 0))
    if value is None:
        return Step(None, floor)
    value, end, problem = _said_in_digits(text, value, end)
    before = context.before(text, floor, start)
    mention = Mention(before.start, end, "baht", match.start(), match.end(), value, before.comparator or "=", None, problem)
    return Step(mention, end)


def percent_in_words(text: str, match: re.Match[str], floor: int) -> Step:
    """The place of a ร้อยละ that words may stand after: ร้อยละแปดสิบ ขึ้นไป."""
    words = NUMBER_WORDS.match(text, skip(text, match.end()))
    said = read_words(words[0]) if words else None
    if words is None or said is None:
        return Step(None, floor)
    value, end, problem = _said_in_digits(text, said, words.end())
    before = context.before(text, floor, words.start())
    comparator, end = comparator_after(text, before, before.comparator or "=", end)
    mention = Mention(before.start, end, "percent", match.start(), match.end(), value, comparator, None, problem)
    return Step(mention, end)


def _said_in_digits(text: str, value: float, end: int) -> tuple[float | None, int, Reason | None]:
    """The number in words again in digits, in brackets: they must agree."""
    again = numeral_in_brackets(text, end)
    if not again:
        return value, end, None
    if numeral_value(again[1], decimal_dot=True) == value:
        return value, again.end(), None
    return None, again.end(), Reason.CONTRADICTION
