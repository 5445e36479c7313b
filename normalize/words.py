"""Numbers in Thai words, both ways: สองพันเจ็ดร้อยเจ็ดสิบแปด ↔ 2778, and amounts: หนึ่งร้อยบาทห้าสิบสตางค์ ↔ 100.50.

Rules: Royal Society's reading of numbers (เอ็ด for a final one after a higher place, ยี่สิบ for twenty, ล้าน may be repeated). A place
without its digit (ร้อยบาท, พันสอง) is read for ten only (สิบ): colloquial พันสอง means 1,200.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_VALUE = {word: value for value, word in enumerate(_DIGITS)} | {"เอ็ด": 1, "ยี่": 2}
_POWER = {word: power for power, word in enumerate(_PLACES) if word} | {"ล้าน": 6}
_WORD = re.compile("|".join(sorted([*_VALUE, *_POWER], key=len, reverse=True)) + "|[ ]+")
_MOST = 200  # characters; the longest number below 10**12 takes about 110
_EXACT = 10**15  # a float64 is exact to the unit below this

MOST_WORDS = 30  # of one number in running text
WORD = "(?:" + "|".join(sorted([*_VALUE, *_POWER], key=len, reverse=True)) + ")"
NUMBER_WORDS = re.compile(rf"{WORD}(?:[ ]?{WORD}){{0,{MOST_WORDS}}}(?:[ ]?จุด(?:[ ]?{WORD}){{1,9}})?")
_LAST = re.compile(rf"(?:{WORD}|จุด)$")
_LONGEST = max(map(len, [*_VALUE, *_POWER]))


def number_words_before(text: str, floor: int, end: int) -> int:
    """Where the run of number words begins that ends at text[end], not before `floor`; `end` when there is none. Looks at
    MOST_WORDS words at most."""
    start = at = end
    for _ in range(MOST_WORDS):
        near = text[max(floor, at - _LONGEST - 1) : at].rstrip(" ")
        match = _LAST.search(near)
        if not match:
            break
        at = start = max(floor, at - _LONGEST - 1) + match.start()
    return start


def read_words(text: str) -> float | None:
    """Value of a number in words, decimals after จุด digit by digit (แปดสิบห้าจุดห้า), ลบ before it; None when it is none."""
    body = text.strip()
    sign = -1.0 if body.startswith("ลบ") else 1.0
    whole, point, part = body.removeprefix("ลบ").strip().partition("จุด")
    value = _whole(whole.strip()) if len(body) <= _MOST else None
    if value is None or value > _EXACT:
        return None
    if not point:
        return sign * value
    digits = _decimals(part.strip())
    return None if digits is None else sign * float(f"{value}.{digits}")


def read_baht_words(text: str) -> float | None:
    """Baht of an amount in words: สองพันบาทถ้วน, หนึ่งร้อยบาทห้าสิบสตางค์, ห้าสิบสตางค์; None when it is none."""
    body = text.strip()
    if len(body) > _MOST:
        return None
    baht, unit, rest = body.partition("บาท")
    rest = rest.removesuffix("ถ้วน").strip() if unit else body
    if not rest.endswith("สตางค์") and (rest or not unit):
        return None
    satang = _whole(rest.removesuffix("สตางค์").strip()) if rest else 0
    value = read_words(baht) if unit else 0.0
    if value is None or satang is None or satang > 99 or (satang and value % 1):
        return None
    return value + satang / 100 if not satang else float(f"{int(value)}.{satang:02d}")


def _words(text: str) -> list[str] | None:
    words, at = [], 0
    while at < len(text):
        match = _WORD.match(text, at)
        if not match:
            return None
        if match[0].strip():
            words.append(match[0])
        at = match.end()
    return words


def _whole(text: str) -> int | None:
    """A whole number in words. `group`: value since the last ล้าน; `place`: the lowest power of ten used in it."""
    words = _words(text)
    if not words:
        return None
    if words == ["ศูนย์"]:
        return 0
    total, group, place, digit = 0, 0, 6, ""
    for word in words:
        if word == "ล้าน":
            group = _closed(group, digit, place)
            if group < 0 or group + total == 0 or total >= _EXACT:
                return None
            total, group, place, digit = (total + group) * 10**6, 0, 6, ""
        elif word in _VALUE:
            if digit or place == 0 or word == "ศูนย์":
                return None
            digit = word
        else:
            power = _POWER[word]
            if power >= place or not _goes_before(digit, power):
                return None
            group, place, digit = group + (_VALUE[digit] if digit else 1) * 10**power, power, ""
    group = _closed(group, digit, place, after=total > 0)
    return None if group < 0 else total + group


def _goes_before(digit: str, power: int) -> bool:
    """หนึ่งสิบ and สองสิบ are no Thai, เอ็ดร้อย and ยี่ร้อย neither; a bare ร้อย is colloquial and unsafe."""
    if power == 1:
        return digit not in ("หนึ่ง", "สอง", "เอ็ด")
    return digit not in ("", "เอ็ด", "ยี่")


def _closed(group: int, digit: str, place: int, *, after: bool = False) -> int:
    """The group with its units digit; -1 when the digit cannot stand there (เอ็ด alone, ยี่ alone)."""
    if not digit:
        return group
    if digit == "ยี่" or (digit == "เอ็ด" and place == 6 and not after):
        return -1
    return group + _VALUE[digit]


def _decimals(text: str) -> str | None:
    words = _words(text)
    if not words or any(w not in _VALUE or w in ("เอ็ด", "ยี่") for w in words):
        return None
    return "".join(str(_VALUE[w]) for w in words)


def spell(value: float | Decimal | int) -> str:
    """A number in words as it is read: 2778 → สองพันเจ็ดร้อยเจ็ดสิบแปด, 85.5 → แปดสิบห้าจุดห้า. ValueError for NaN and infinities."""
    number = _decimal(value)
    sign, number = ("ลบ", -number) if number < 0 else ("", number)
    whole, _, part = f"{number:f}".partition(".")
    decimals = "".join(_DIGITS[int(d)] for d in part.rstrip("0"))
    return sign + _spell_whole(int(whole)) + (f"จุด{decimals}" if decimals else "")


def spell_baht(value: float | Decimal | int) -> str:
    """An amount of baht as cheques say it: 2000 → สองพันบาทถ้วน, 0.25 → ยี่สิบห้าสตางค์. Rounded to the satang; ValueError below 0."""
    satang = int((_decimal(value) * 100).to_integral_value())
    if satang < 0:
        raise ValueError("an amount below zero has no words")
    baht, rest = divmod(satang, 100)
    words = f"{_spell_whole(baht)}บาท" if baht or not rest else ""
    return words + (f"{_spell_whole(rest)}สตางค์" if rest else "ถ้วน")


def _decimal(value: float | Decimal | int) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"no number: {value}") from None
    if not number.is_finite():
        raise ValueError(f"no words for {value}")
    return number


def _spell_whole(value: int) -> str:
    if value >= 10**6:
        high, low = divmod(value, 10**6)
        return f"{_spell_whole(high)}ล้าน{_spell_group(low, after=True) if low else ''}"
    return _spell_group(value, after=False) if value else _DIGITS[0]


def _spell_group(value: int, *, after: bool) -> str:
    """Below a million; `after`: something stands before, so a final one is เอ็ด."""
    words = ""
    for power in range(5, -1, -1):
        digit = value // 10**power % 10
        if digit:
            words += _spell_digit(digit, power, bool(words) or after) + _PLACES[power]
    return words


def _spell_digit(digit: int, power: int, after: bool) -> str:
    if power == 1 and digit <= 2:
        return "" if digit == 1 else "ยี่"
    return "เอ็ด" if power == 0 and digit == 1 and after else _DIGITS[digit]
