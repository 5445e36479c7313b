"""The vocabulary of units and classifiers (data/units.tsv) and how a unit is printed: percent, money, rates, alternatives.

Read as a table, not as YAML: importing a YAML parser alone costs 20 ms, a tenth of what `thaikpi normalize` may take.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

_TABLE = os.path.join(os.path.dirname(__file__), "data", "units.tsv")  # pathlib would add 5 ms to the start of a command


class Kind(StrEnum):
    """What a word after a number is (the table's first column says more)."""

    COUNTED = "counted"
    PLACE = "place"
    TIME = "time"
    MEASURED = "measured"
    NOT = "not"


class Unit(NamedTuple):
    """A unit as it stands in a text, text[start:end]. name: "percent", "baht", "level", "score" or the Thai words, rates as
    "ราย/เดือน".

    power: of ten, by which the number is to be multiplied (ล้านบาท: 6). decimals: the number may have some. place: see the table.
    """

    start: int
    end: int
    name: str
    power: int = 0
    decimals: bool = False
    place: bool = False


class Words:
    """Finds the longest of some words at a place of a text: starting there or ending there, without copying the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._starts: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda w: (-len(w), w)):
            self._starts.setdefault(word[:_KEY], []).append(word)
            self._ends.setdefault(word[-_KEY:], []).append(word)

    def at(self, text: str, start: int) -> str | None:
        return next(self.all_at(text, start), None)

    def all_at(self, text: str, start: int) -> Iterator[str]:
        """Longest first."""
        for word in self._starts.get(text[start : start + _KEY], ()):
            if text.startswith(word, start):
                yield word
        for length in range(min(_KEY, len(text) - start) - 1, 0, -1):
            yield from self._starts.get(text[start : start + length], ())

    def before(self, text: str, floor: int, end: int) -> str | None:
        """The longest word in text[floor:end] that ends at `end`."""
        for word in self._ends.get(text[max(floor, end - _KEY) : end], ()):
            if text.endswith(word, floor, end):
                return word
        for length in range(min(_KEY, end - floor) - 1, 0, -1):
            if shorter := self._ends.get(text[end - length : end]):
                return shorter[0]
        return None


_KEY = 4  # letters by which words are looked up; a shorter word is its own key


class Vocabulary(NamedTuple):
    """Words that may follow a number; their kinds; those that need an end (bounded); bases of rates; names with a number in
    them: by the numeral what stands before and after it, blanks left out."""

    words: Words
    kinds: dict[str, Kind]
    bounded: frozenset[str]
    bases: Words
    names: dict[str, list[tuple[str, str]]]


PERCENT = ("ร้อยละ", "รอ้ยละ", "ร้อยล่ะ", "เปอร์เซ็นต์", "เปอร์เซนต์", "เปอร์เซ็น", "เปอร์เซ็นต", "เปอเซ็นต์", "เปอร์เซน")
POWERS = {"ล้านล้าน": 12, "แสนล้าน": 11, "หมื่นล้าน": 10, "พันล้าน": 9, "ร้อยล้าน": 8, "ล้าน": 6, "แสน": 5, "หมื่น": 4, "พัน": 3}
_NAMES = {
    **dict.fromkeys((*PERCENT, "%"), "percent"),
    **dict.fromkeys(("บาท", "บ.", "฿"), "baht"),
    "ระดับ": "level",
    **dict.fromkeys(("คะแนน", "คะแนนเฉลี่ย"), "score"),
}
_PRINTED = {"baht": "บาท", "level": "ระดับ", "score": "คะแนน"}
_POWER_LETTERS = frozenset("ลแหพร")
_POWER = re.compile(r"(ล้านล้าน|แสนล้าน|หมื่นล้าน|พันล้าน|ร้อยล้าน|ล้าน|แสน|หมื่น|พัน) ?")
_PER = re.compile(r" ?ต่อ ?")
_SLASH = re.compile(r" ?/ ?(?=[ก-๙A-Za-z])")
_THAI = re.compile("[ก-ฮะ-ฺเ-์]")
_MARK = re.compile("[ะ-ฺๅ็-๎]")  # belongs to the letter before it
_ORDINAL = re.compile(r"ที่ ?[0-9]")
_GOES_ON = re.compile("[A-Za-z][A-Za-z0-9]|.[²³]")
_PHRASE = re.compile(  # begins the next phrase where a line break left no space; ที่ and รวม make compounds (หน้าที่, ภาพรวม)
    "และ|จาก|ใน|คิดเป็น|เมื่อ|ตั้งแต่|พร้อม|โดย|ได้|แล้ว|เพื่อ|ให้|ก่อน|ณ|ภายใน|ตาม|ของ|เหลือ|ครบ|มี|เป็น|ประมาณ|แบ่งเป็น|ประกอบด้วย|หรือ|กับ|ซึ่ง|ทั้ง"
)
_OTHER_RAI = re.compile(  # รายงานผล and รายได้ are words of their own; 48 รายงานเดินตามแผน and 12 รายได้รับ are ราย
    "งาน(?:ผล|ต่อ|ให้|ว่า|การ|ประจำ|เสนอ|ความ|สรุป|ตาม|สถานการณ์)|ได้(?!รับ|แก่|ผ่าน|เข้า|ดำเนิน|มี|ทำ|ส่ง|แจ้ง|ตรวจ)"
)
_ABSTRACT = re.compile(r"พึง|คืบ|ก้าว|ร่วม|สำเร็จ|รู้|เห็น|เข้าใจ|ยาว|ลึก|เร็ว|สูง|ปลอดภัย|เสี่ยง|ต้องการ")  # 9 ข้อ + ความพึงพอใจ, not ข้อความ


@cache
def vocabulary() -> Vocabulary:
    """The table, read once."""
    kinds: dict[str, Kind] = {}
    lists: dict[str, list[str]] = {"per": [], "bounded": [], "name": []}
    with open(_TABLE, encoding="utf-8") as table:
        lines = table.read().splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        kind, _, words = line.split("\t")
        names = [word.replace("_", " ") for word in words.split(" ")]
        if kind in lists:
            lists[kind] += names
        else:
            kinds.update(dict.fromkeys(names, Kind(kind)))
    kinds = dict.fromkeys(lists["bounded"], Kind.COUNTED) | kinds
    kinds |= dict.fromkeys((*PERCENT[3:], "คะแนน", "ระดับ", "บาท", "บ.", "฿"), Kind.MEASURED)
    return Vocabulary(Words(kinds), kinds, frozenset(lists["bounded"]), Words(lists["per"]), _names(lists["name"]))


def _names(names: list[str]) -> dict[str, list[tuple[str, str]]]:
    by_numeral: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        for match in re.finditer("[0-9]+", name):
            around = name[: match.start()].replace(" ", ""), name[match.end() :].replace(" ", "")
            by_numeral.setdefault(match[0], []).append(around)
    return by_numeral


def in_a_name(text: str, start: int, end: int) -> bool:
    """Whether the number text[start:end] belongs to a known name: สวน 15 นาที."""
    for before, after in vocabulary().names.get(text[start:end], ()):
        left = text[max(0, start - LONGEST_NAME) : start].replace(" ", "")
        if left.endswith(before) and text[end : end + LONGEST_NAME].replace(" ", "").startswith(after):
            return True
    return False


LONGEST_NAME = 40  # characters on one side of its number


def unit_at(text: str, start: int, *, counting: bool = False) -> Unit | None:
    """The unit that starts at text[start] (a digit view), rate and all; None when no known unit stands there.

    "ล้านบาท" has power 6, "ราย/เดือน" and "รายต่อเดือน" are "ราย/เดือน". Words that only begin like a unit are refused
    (รายละเอียด, วันที่ 5, คนละ), short general ones (งาน, ระบบ) where another word seems to go on (งานที่…), unless a word of counting
    (จำนวน) stands before the number: then `counting`.
    """
    first = text[start : start + 1]
    if first == "%":
        return Unit(start, start + 1, "percent", decimals=True)
    word, at, power = _word(text, start, counting), start, None
    if word is None and first in _POWER_LETTERS:
        power = _POWER.match(text, start)
        at = power.end() if power else start
        word = _word(text, at, counting) if power else None
    if word is None:
        return None
    kind = vocabulary().kinds[word]
    end = at + len(word)
    decimals = power is not None or kind is Kind.MEASURED or kind is Kind.TIME
    unit = Unit(start, end, _NAMES.get(word, word), POWERS[power[1]] if power else 0, decimals, kind is Kind.PLACE)
    after = text[end : end + 2].lstrip(" ")[:1]
    return _rated(text, unit) if after and after in "/ต" else unit


def _word(text: str, start: int, counting: bool) -> str | None:
    known = vocabulary()
    for word in known.words.all_at(text, start):
        end = start + len(word)
        follows = text[end : end + 2]
        if known.kinds[word] is Kind.NOT or (follows == "ที" and _ORDINAL.match(text, end)):
            return None
        if follows == "ละ" and word != "ราย":  # คนละ, ครั้งละ: each, no unit of the number before
            return None
        if _MARK.match(follows):  # กอ of ก่อน, ท่าน of ท่าน้ำ
            continue
        if word in known.bounded and not counting and not _ends(text, end):
            continue
        if _GOES_ON.match(text, end - 1):  # kmx, km2, ม²
            continue
        if word == "ข้อความ" and _ABSTRACT.match(text, end):
            continue
        if word == "ราย" and _OTHER_RAI.match(text, end):
            return None
        return word
    return None


def _ends(text: str, end: int) -> bool:
    """Whether a word ends here: no Thai letter, a word that begins a phrase, or the base of a rate comes next."""
    if not _THAI.match(text, end) or _PHRASE.match(text, end):
        return True
    per = _PER.match(text, end)
    return per is not None and vocabulary().bases.at(text, per.end()) is not None


def _rated(text: str, unit: Unit) -> Unit:
    """The unit with its base: /เดือน after any unit, ต่อเดือน only before a base of rates."""
    known = vocabulary()
    slash = _SLASH.match(text, unit.end)
    match = slash or _PER.match(text, unit.end)
    if not match or unit.name == "percent":
        return unit
    base = known.bases.at(text, match.end())
    other = known.words.at(text, match.end()) if slash else None
    if other and known.kinds[other] is not Kind.NOT and len(other) > len(base or ""):
        base = other
    if not base or _ORDINAL.match(text, match.end() + len(base)):
        return unit
    name = f"{_PRINTED.get(unit.name, unit.name)}/{base}"
    rated = unit._replace(end=match.end() + len(base), name=name, place=False)
    return _rated(text, rated) if slash and name.count("/") < MOST_BASES else rated


MOST_BASES = 3  # บาท/เดือน/ครัวเรือน has two


def read_unit(text: str) -> str | None:
    """Name of a unit that stands alone, as in a หน่วยนับ column: percent (ร้อยละ, %), baht (บาท, ล้านบาท), level, score, else as
    printed with line breaks closed up and a rate as "ครั้ง/ปี"; None for blank and dashes."""
    words = re.sub(r" ?/ ?", "/", " ".join(text.split())).strip("():")
    words = words.strip()
    if not words.strip("-–—"):
        return None
    if words.startswith(PERCENT) or words == "%":
        return "percent"
    name = words.split("(")[0].strip()
    if name in _NAMES:
        return _NAMES[name]
    if unit_power(name):
        return "baht"
    first, per, base = words.partition("ต่อ")
    if per and first.strip() and vocabulary().bases.at(base.strip(), 0) == base.strip():
        return f"{first.strip()}/{base.strip()}"
    return words


def unit_power(unit_text: str | None) -> int:
    """Power of ten in a unit of money: ล้านบาท 6, พันบาท 3, else 0."""
    match = _POWER.match(unit_text or "")
    return POWERS[match[1]] if match and (unit_text or "")[match.end() :].strip() == "บาท" else 0


def decimal_unit(unit_text: str) -> bool | None:
    """Whether figures in a unit may have decimals: True for measured ones (ร้อยละ, ตร.ม., ตัน), False for counted ones (คน);
    None: an unknown unit."""
    words = " ".join(unit_text.split())
    if read_unit(words) in ("percent", "baht", "level", "score"):
        return True
    kinds = vocabulary().kinds
    known = [kinds[w] for w in re.split(r" ?(?:/|ต่อ) ?", words.strip("()")) if w in kinds]
    return any(k in (Kind.MEASURED, Kind.TIME) for k in known) if known else None
