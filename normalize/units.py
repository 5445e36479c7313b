"""The vocabulary of units and classifiers (data/units.tsv) and how a unit is printed: percent, money, rates, alternatives.

Read as a table, not as YAML: importing a YAML parser alone costs 20 ms, a tenth of what `thaikpi normalize` may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

_TABLE = Path(__file__).parent / "data" / "units.tsv"


class Kind(StrEnum):
    """What a word after a number is (the table's first column says more)."""

    COUNTED = "counted"
    PLACE = "place"
    TIME = "time"
    MEASURED = "measured"
    NOT = "not"


class Unit(msgspec.Struct, frozen=True):
    """A unit as it stands in a text, text[start:end]. name: "percent", "baht", "level", "score" or the Thai words, rates as "ราย/เดือน".

    power: of ten, by which the number is to be multiplied (ล้านบาท: 6). decimals: the number may have some.
    """

    start: int
    end: int
    name: str
    power: int = 0
    decimals: bool = False
    place: bool = False


class Words:
    """Finds the longest of some words at a place of a text: starting there or ending there. No copies of the text are made."""

    def __init__(self, words: Iterable[str]) -> None:
        self._starts: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda w: (-len(w), w)):
            self._starts.setdefault(word[:2], []).append(word)
            self._ends.setdefault(word[-2:], []).append(word)

    def at(self, text: str, start: int) -> str | None:
        for word in self._starts.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                return word
        return None

    def all_at(self, text: str, start: int) -> list[str]:
        """Longest first."""
        return [w for w in self._starts.get(text[start : start + 2], ()) if text.startswith(w, start)]

    def before(self, text: str, floor: int, end: int) -> str | None:
        """The longest word in text[floor:end] that ends at `end`."""
        for word in self._ends.get(text[max(floor, end - 2) : end], ()):
            if text.endswith(word, floor, end):
                return word
        return None


PERCENT = ("ร้อยละ", "รอ้ยละ", "ร้อยล่ะ", "เปอร์เซ็นต์", "เปอร์เซนต์", "เปอร์เซ็น", "เปอร์เซ็นต", "เปอเซ็นต์", "เปอร์เซน")
POWERS = {"ล้านล้าน": 12, "แสนล้าน": 11, "หมื่นล้าน": 10, "พันล้าน": 9, "ร้อยล้าน": 8, "ล้าน": 6, "แสน": 5, "หมื่น": 4, "พัน": 3}
_BAHT = ("บาท", "บ.")
_NAMES = {**dict.fromkeys(PERCENT, "percent"), "%": "percent", "บาท": "baht", "บ.": "baht", "ระดับ": "level", "คะแนน": "score"}
_POWER = re.compile(r"(?:ล้านล้าน|แสนล้าน|หมื่นล้าน|พันล้าน|ร้อยล้าน|ล้าน|แสน|หมื่น|พัน)\s*")
_PER = re.compile(r"\s*ต่อ\s*")
_SLASH = re.compile(r"\s*/\s*(?=[ก-๙A-Za-z])")
_THAI = re.compile("[ก-ฮะ-ฺเ-์]")
_ORDINAL = re.compile(r"ที่\s*[0-9]")
_PHRASE = re.compile(  # begins the next phrase where a line break left no space; ที่ and รวม make compounds (หน้าที่, ภาพรวม)
    "และ|จาก|ใน|คิดเป็น|เมื่อ|ตั้งแต่|พร้อม|โดย|ได้|แล้ว|เพื่อ|ให้|ก่อน|ณ|ภายใน|ตาม|ของ|เหลือ|ครบ|มี|เป็น|ประมาณ|แบ่งเป็น|ประกอบด้วย|หรือ|กับ|ซึ่ง|ทั้ง"
)
_GLUED = re.compile(r"ละ(?!เอียด)")  # คนละ, ครั้งละ: each, no unit of the number before
_REPORT = re.compile(r"(?:งาน)(?:ผล|ต่อ|ให้|ว่า|การ|ประจำ|เสนอ|ความ|สรุป|ตาม|สถานการณ์)")
_LATIN = re.compile(r"[A-Za-z]")


@cache
def _vocabulary() -> tuple[Words, dict[str, Kind], Words, frozenset[str]]:
    """Words that may follow a number, their kinds, the bases of rates, and the bounded words."""
    kinds: dict[str, Kind] = {}
    bases: list[str] = []
    bounded: list[str] = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, _, words = line.split("\t")
        names = words.replace("_", " ").split(" ")
        if kind == "per":
            bases += names
        elif kind == "bounded":
            bounded += names
            kinds = dict.fromkeys(names, Kind.COUNTED) | kinds
        else:
            kinds.update(dict.fromkeys(names, Kind(kind)))
    kinds |= dict.fromkeys((*PERCENT[3:], "คะแนน", "ระดับ"), Kind.MEASURED)
    return Words(kinds), kinds, Words(bases), frozenset(bounded)


def unit_at(text: str, start: int, *, counting: bool = False) -> Unit | None:
    """The unit that starts at text[start] (a digit view), rate and all; None when no known unit stands there.

    "ล้านบาท" has power 6, "ราย/เดือน" and "รายต่อเดือน" are "ราย/เดือน". Words that only begin like a unit are refused
    (รายละเอียด, วันที่ 5, คนละ), short general ones (งาน, ระบบ) where another word seems to go on (งานที่…), unless a word of counting
    (จำนวน) stands before the number: then `counting`.
    """
    if text.startswith("%", start):
        return Unit(start, start + 1, "percent", decimals=True)
    money = _money(text, start)
    if money:
        return _rated(text, money)
    power = _POWER.match(text, start)
    at = power.end() if power else start
    found = _counted(text, at, counting)
    if found is None:
        return None
    word, kind = found
    decimals = kind in (Kind.MEASURED, Kind.TIME) or power is not None
    exponent = POWERS[power[0].strip()] if power else 0
    return _rated(text, Unit(start, at + len(word), _NAMES.get(word, word), exponent, decimals, kind is Kind.PLACE))


def _money(text: str, start: int) -> Unit | None:
    power = _POWER.match(text, start)
    at = power.end() if power else start
    if text.startswith("฿", at):
        return Unit(start, at + 1, "baht", POWERS[power[0].strip()] if power else 0, True)
    for word in _BAHT:
        if text.startswith(word, at):
            return Unit(start, at + len(word), "baht", POWERS[power[0].strip()] if power else 0, True)
    return None


def _counted(text: str, start: int, counting: bool) -> tuple[str, Kind] | None:
    words, kinds, _, bounded = _vocabulary()
    for word in words.all_at(text, start):
        end = start + len(word)
        kind = kinds[word]
        if kind is Kind.NOT or _ORDINAL.match(text, end) or (_GLUED.match(text, end) and word != "ราย"):
            return None
        if word in bounded and not counting and not _ends(text, end):
            continue
        if word[-1].isascii() and _LATIN.match(text, end) and word[-1].isalpha():
            continue
        if word == "ราย" and _REPORT.match(text, end):
            return None
        return word, kind
    return None


def _ends(text: str, end: int) -> bool:
    """Whether a word ends here: no Thai letter, a word that begins a phrase, or the base of a rate comes next."""
    if not _THAI.match(text, end) or _PHRASE.match(text, end):
        return True
    per = _PER.match(text, end)
    return per is not None and _vocabulary()[2].at(text, per.end()) is not None


def _rated(text: str, unit: Unit) -> Unit:
    """The unit with its base: /เดือน after any unit, ต่อเดือน only before a base of rates."""
    words, kinds, bases, _ = _vocabulary()
    slash = _SLASH.match(text, unit.end)
    per = None if slash else _PER.match(text, unit.end)
    match = slash or per
    if not match:
        return unit
    base = bases.at(text, match.end())
    if slash:
        other = words.at(text, match.end())
        if other and kinds[other] is not Kind.NOT and len(other) > len(base or ""):
            base = other
    if not base or unit.name == "percent" or _ORDINAL.match(text, match.end() + len(base)):
        return unit
    end = match.end() + len(base)
    name = {"baht": "บาท", "level": "ระดับ", "score": "คะแนน"}.get(unit.name, unit.name)
    rated = msgspec.structs.replace(unit, end=end, name=f"{name}/{base}", place=False)
    return _rated(text, rated) if slash else rated


def read_unit(text: str) -> str | None:
    """Name of a unit that stands alone, as in a หน่วยนับ column: percent (ร้อยละ, %), baht (บาท, ล้านบาท), level, score, else as printed
    with line breaks closed up and a rate as "ครั้ง/ปี"; None for blank and dashes."""
    words = " ".join(text.split())
    words = re.sub(r"\s*/\s*", "/", words).strip("():: ")
    if not words.strip("-–—"):
        return None
    if words.startswith(PERCENT) or words == "%":
        return "percent"
    name = words.split("(")[0].strip()
    if name in _NAMES:
        return _NAMES[name]
    if unit_power(name):
        return "baht"
    return re.sub(r"(?<=\S)\s*ต่อ\s*(?=(?:วัน|เดือน|ปี|ครั้ง|คน|ราย|ชั่วโมง|สัปดาห์|ไตรมาส|แห่ง)$)", "/", words)


def unit_power(unit_text: str | None) -> int:
    """Power of ten in a unit of money: ล้านบาท 6, พันบาท 3, else 0."""
    match = _POWER.match(unit_text or "")
    return POWERS[match[0].strip()] if match and (unit_text or "")[match.end() :].strip() == "บาท" else 0


def decimal_unit(unit_text: str) -> bool | None:
    """Whether figures in a unit may have decimals: True for measured ones (ร้อยละ, ตร.ม., ตัน), False for counted ones (คน); None: unknown unit."""
    words = " ".join(unit_text.split())
    if read_unit(words) in ("percent", "baht", "level", "score"):
        return True
    kinds = _vocabulary()[1]
    known = [kinds[w] for w in re.split(r" ?(?:/|ต่อ) ?", words.strip("()")) if w in kinds]
    return any(k in (Kind.MEASURED, Kind.TIME) for k in known) if known else None
