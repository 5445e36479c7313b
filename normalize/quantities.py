"""Quantities in running text: every number with its unit, as record.md defines them.

One scan over the places where a number can stand (digits, บาท, ร้อยละ); what is left and right of each decides. Work per place is
bounded, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from normalize import amounts, context
from normalize.context import Before
from normalize.mentions import Mention, Step, comparator_after, in_words, inside, said_in_words, skip, with_satang
from normalize.numerals import NUMERAL, DigitView, digit_view, numeral_value
from normalize.units import Unit, in_a_name, unit_at
from normalize.unknown import unknown_unit
from schemas.values import Comparator, Found, Quantity, Reason, Unread

_ANCHOR = re.compile(r"[0-9](?:[0-9]|[.,/:](?=[0-9]))*|บาท|ร้อยละ(?= ?[หสยจปกศแเ])")
_REST_OF_CODE = re.compile(r"(?:-[0-9]+){2,}|-[0-9]+/[0-9]+|/ ?[0-9]+")
_REST_OF_PHONE = re.compile(r"(?:[ -][0-9]{3,4}){2}(?![0-9])|[ -][0-9]{6,7}(?![0-9])")
_REST_OF_RANGE = re.compile(r"(?:-[0-9]+)+")
_TO = re.compile(rf" ?(-|ถึง|~) ?(?:ร้อยละ ?|ระดับ ?)?({NUMERAL})(?![/:][0-9])")
_TO_LETTERS = frozenset("-ถ~")
_POWER_LETTERS = frozenset("ลแหพร")
_BAHT_DASH = re.compile(r" ?[.,=]?-(?= ?บาท)|(\.-)(?![0-9])")
_IN_BRACKETS = re.compile(r" ?\( ?(?=[ก-๙%])")
_CLOSING = re.compile(r" ?\)")
_PERCENT_TOO = re.compile(r" ?(?:%|เปอร์เซ็นต์)")
_TAIL = re.compile(r" ?(?:[-(~)]|ถึง|ขึ้น|หรือ|เป็น|ลงมา|โดย|กว่า|เศษ|[0-9]{1,2} ?ส)")  # first characters of all that may follow a unit
_LIST_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
_OFTEN_AVERAGED = frozenset("คน ราย ครั้ง ชั้น แห่ง เรื่อง ครัวเรือน ตัว เครื่อง ฉบับ เที่ยว รอบ คัน ต้น ใบ ชิ้น อัตรา เล่ม จุด หลัง".split())
_ADDRESSES = frozenset("ชั้น ห้อง หมู่ ซอย แยก วรรค ข้อ หน้า บรรทัด ตอน แถว ช่อง ตรอก แขวง".split())
_NEXT_NUMBER = re.compile(r" ?[0-9]+(?![0-9.,]*[0-9])")
_AVERAGE = re.compile("เฉลี่ย|อัตรา|สัดส่วน")
_THAI = re.compile("[ก-ฮะ-ฺเ-์]")
_NAME = re.compile(r"(?:โครงการ|นโยบาย|แนวคิด|[“\"‘'])[ “\"‘']*$")
_SPLIT_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{1,3}, $")


class Numbers(NamedTuple):
    """The printed number at text[start:end]: one numeral, or two of a range. negative: a minus stood before it."""

    start: int
    end: int
    first: str
    second: str | None = None
    negative: bool = False


def find_quantities(text: str, dates: Iterable[Found[Any]] = ()) -> list[Found[Quantity]]:
    """Every quantity of a narrative, in reading order, with its span in `text`; value.text is text[start:end].

    dates: what `find_dates` found, so that nothing in it is taken for a quantity; without them the usual forms of dates are
    still kept out. Refused: numbers without a unit, ordinals, list, letter, telephone and indicator numbers, clock times, names
    with digits, and numbers in words other than amounts in baht or after ร้อยละ. Where a quantity is printed whose value cannot
    be told, the value is null and `problem` says why: AMBIGUOUS (1.318 คน: an OCR dot?), CONTRADICTION (2,000 บาท
    (สามพันบาทถ้วน)), TOO_LONG.
    """
    view = digit_view(text)
    body = view.text
    closed = _Closed(dates)
    mentions, floor = [], 0
    for match in _ANCHOR.finditer(body):
        start = match.start()
        if start < floor or closed.holds(view.printed(start)):
            continue
        if body[start] <= "9":
            step = _number(body, match, floor)
        else:
            step = (amounts.baht_in_words if match[0] == "บาท" else amounts.percent_in_words)(body, match, floor)
        floor = step.end
        if step.mention:
            mentions.append(step.mention)
    return [_printed(text, view, m) for m in mentions]


class _Closed:
    """Spans in which no quantity is looked for; asked with rising places."""

    def __init__(self, spans: Iterable[Found[Any]]) -> None:
        self._spans = sorted(((s.start, s.end) for s in spans), reverse=True)

    def holds(self, place: int) -> bool:
        while self._spans and self._spans[-1][1] <= place:
            self._spans.pop()
        return bool(self._spans) and self._spans[-1][0] <= place


def _printed(text: str, view: DigitView, mention: Mention) -> Found[Quantity]:
    start, end = view.printed(mention.start), view.printed(mention.end)
    quantity = Quantity(
        comparator=mention.comparator,
        value=mention.value,
        upper=mention.upper,
        unit=mention.unit,
        unit_text=text[view.printed(mention.unit_start) : view.printed(mention.unit_end)],
        text=text[start:end],
    )
    return Found(start, end, quantity, mention.problem)


def _number(text: str, match: re.Match[str], floor: int) -> Step:
    """The place of a number in digits."""
    start, end = match.span()
    numeral = match[0]
    follows = text[end : end + 1]
    if follows and follows in "-/ " and (step := _code(text, match, floor)):
        return step
    minus = start > floor and text[start - 1] == "-" and (start < 2 or not text[start - 2].isalnum())
    before = context.before(text, floor, start - 1 if minus else start, numeral)
    if before.refused and not _repeats(text, floor, start, end):
        rest = _REST_OF_RANGE.match(text, end)
        return Step(None, rest.end() if rest else end)
    if "/" in numeral or ":" in numeral:
        return amounts.fraction(text, match, floor)
    after = skip(text, end)
    if text[after : after + 1] in _POWER_LETTERS and (parts := amounts.PARTS_OF_BAHT.match(text, start)):
        return amounts.parts_of_baht(text, parts, floor)
    negative = minus and (before.unit is not None or text[start - 2 : start - 1] == "(")
    return _quantity(text, floor, before, Numbers(start, end, numeral, negative=negative))


def _code(text: str, match: re.Match[str], floor: int) -> Step | None:
    """An area in rai-ngan-wah, a telephone number, a code or a date of several numbers; None when it is none of these."""
    start, end = match.span()
    area = amounts.AREA.match(text, start)
    if area and not context.before(text, floor, start, match[0]).refused:
        return amounts.area(text, area, floor)
    code = _REST_OF_CODE.match(text, end)
    if not code and text[start] == "0" and end - start <= 3:
        code = _REST_OF_PHONE.match(text, end)
    return Step(None, code.end()) if code else None


def _repeats(text: str, floor: int, start: int, end: int) -> bool:
    """ผังชั้น 6 ผัง, ข้อ 5 ข้อ: the noun before is counted by its own name, whatever the word next to the number is (not ครั้งที่)."""
    unit = unit_at(text, skip(text, end))
    left = text[max(floor, start - 12) : start].rstrip(" ")
    return unit is not None and not left.endswith(("ที่", "ปี")) and unit.name in left


def _quantity(text: str, floor: int, before: Before, numbers: Numbers) -> Step:
    """A number that nothing before it refuses: with its unit a quantity, without one nothing."""
    to = _TO.match(text, numbers.end) if text[numbers.end : numbers.end + 2].lstrip(" ")[:1] in _TO_LETTERS else None
    if to:
        pair = numbers._replace(end=to.end(), second=to[2])
        unit = _unit_of(text, floor, before, pair)
        attached = not to[0].startswith(" ")
        if unit and (attached or to[1] == "ถึง" or not _begins_an_item(text, before, pair)):
            return _made(text, floor, before, pair, unit)
        if attached and not unit:
            return Step(None, to.end())
    unit = _unit_of(text, floor, before, numbers)
    return _made(text, floor, before, numbers, unit) if unit else Step(None, numbers.end)


def _begins_an_item(text: str, before: Before, pair: Numbers) -> bool:
    """Whether a dash between blanks begins a list item: ร้อยละ 15.79 - 7 พื้นที่ (the second number has a unit of its own),
    ฝ่าย 16 - 7 พื้นที่ (no range goes down)."""
    unit = unit_at(text, skip(text, pair.end)) if before.unit else None
    if unit is not None and unit.name != before.unit:
        return True
    low, high = numeral_value(pair.first, decimal_dot=True), numeral_value(pair.second or "", decimal_dot=True)
    return isinstance(low, float) and isinstance(high, float) and high < low


def _unit_of(text: str, floor: int, before: Before, numbers: Numbers) -> Unit | None:
    """The unit of a number, said first (ร้อยละ 80, ระดับ 5) or after it; คะแนน after it outdoes ระดับ before it."""
    end = numbers.end
    after = _unit_after(text, end, counting=text.endswith(("จำนวน", "จำนวน "), floor, numbers.start))
    if before.unit is None:
        if after is None:
            after = unknown_unit(text, floor, numbers.start, skip(text, end))
        return after if after and not _is_none(text, floor, before, numbers, after) else None
    if after and (before.unit == "score" or (before.unit == "level" and after.name in ("score", "ดาว"))):
        return after
    too = _PERCENT_TOO.match(text, end) if before.unit == "percent" else None
    return Unit(before.unit_start, too.end() if too else end, before.unit, decimals=True)


def _unit_after(text: str, end: int, *, counting: bool = False) -> Unit | None:
    """2,000.- บาท, 5 คน, 200 กว่าราย, 5 (ห้า) คน, 100 (ร้อยละ)."""
    dash = _BAHT_DASH.match(text, end)
    at = dash.end() if dash else end
    unit = unit_at(text, skip(text, at), counting=counting)
    if dash and dash[1]:
        return unit if unit and unit.name == "baht" else Unit(end, at, "baht", decimals=True)
    if unit:
        return unit
    _, more = inside(text, at)
    if more > at:
        return unit_at(text, skip(text, more))
    words_end = in_words(text, at)
    return unit_at(text, skip(text, words_end)) if words_end else _bracketed(text, at)


def _bracketed(text: str, at: int) -> Unit | None:
    bracket = _IN_BRACKETS.match(text, at)
    if not bracket:
        return None
    start = bracket.end()
    percent = text.startswith("ร้อยละ", start)
    unit = Unit(start, start + len("ร้อยละ"), "percent", decimals=True) if percent else unit_at(text, start)
    return unit if unit and _CLOSING.match(text, unit.end) else None


def _is_none(text: str, floor: int, before: Before, numbers: Numbers, unit: Unit) -> bool:
    """A number with a unit after it that is no quantity for all that: 2.1 ชุมชน… (list number), ซอยลาดพร้าว 71 ชุมชน… or
    อาคาร 1 ชั้น 3 (address), a number with a leading zero."""
    first = numbers.first
    if any(n[0] == "0" and n[1:2].isdigit() for n in (first, numbers.second or "1")):
        return True
    if in_a_name(text, numbers.start, numbers.end):
        return True
    if unit.place and context.after_numbered_place(text, floor, numbers.start):
        return True
    if unit.name in _ADDRESSES and _numbers_a_place(text, unit.end):
        return True
    if unit.decimals or "/" in unit.name or before.comparator or not _LIST_NUMBER.fullmatch(first):
        return False
    if unit.name in _OFTEN_AVERAGED and not _THAI.match(text, unit.end):
        return False
    return not _AVERAGE.search(text[max(floor, numbers.start - 30) : numbers.start])


def _numbers_a_place(text: str, end: int) -> bool:
    """อาคาร 1 ชั้น 3, but not อาคาร 3 ชั้น 12 ห้อง: a number of its own follows, without a unit."""
    number = _NEXT_NUMBER.match(text, end)
    return number is not None and unit_at(text, skip(text, number.end())) is None


def _made(text: str, floor: int, before: Before, numbers: Numbers, unit: Unit) -> Step:
    """Number and unit put together, with what follows: satang, a second end of a range, a comparator, the same in words."""
    first, second = numbers.first, numbers.second
    slogan = _slogan(text, floor, numbers, unit)
    if slogan:
        return Step(None, slogan)
    end = max(numbers.end, unit.end)
    tail = _TAIL.match(text, end) is not None
    if tail:
        end = max(end, _closing(text, unit.end, numbers.end))
        if second is None:
            second, end = _other_end(text, end, unit)
    value, upper, problem = _values(first, second, unit, negative=numbers.negative or _is_minus(text, numbers, unit))
    comparator: Comparator = "range" if second is not None else before.comparator or inside(text, numbers.end)[0]
    if tail:
        if unit.name == "baht" and second is None and value is not None:
            value, end = with_satang(text, value, end)
        comparator, end = comparator_after(text, before, comparator, end)
        if value is not None and second is None:
            value, end, problem = said_in_words(text, value, unit, end)
    if len(first) == 3 and _SPLIT_NUMBER.search(text[max(0, numbers.start - 6) : numbers.start]):
        value, problem = None, Reason.AMBIGUOUS  # 12, 345 คน: a number broken at the comma, or two
    first_said = before.unit is not None and unit.start == before.unit_start
    start = min(before.start if first_said or before.comparator else numbers.start, numbers.start - numbers.negative)
    unit_end = before.unit_end if first_said else unit.end
    return Step(Mention(start, end, unit.name, unit.start, unit_end, value, comparator, upper, problem), end)


def _closing(text: str, unit_end: int, number_end: int) -> int:
    """End of a bracket that holds the unit alone: 100 (ร้อยละ)."""
    closing = _CLOSING.match(text, unit_end)
    return closing.end() if closing and _IN_BRACKETS.match(text, number_end) else 0


def _slogan(text: str, floor: int, numbers: Numbers, unit: Unit) -> int:
    """End of the second number where the same stands twice after a word for a project: โครงการ 1 เขต 1 ถนน is a name. Else 0."""
    again = _NEXT_NUMBER.match(text, unit.end) if numbers.second is None else None
    if not again or again[0].lstrip(" ") != numbers.first:
        return 0
    if not _NAME.search(text[max(floor, numbers.start - 12) : numbers.start]):
        return 0
    return again.end() if _THAI.match(text, skip(text, again.end())) and unit.name != "โครงการ" else 0


def _is_minus(text: str, numbers: Numbers, unit: Unit) -> bool:
    """-5% inside a line; at the start of one the dash is a bullet."""
    start = numbers.start
    if start < 3 or text[start - 1] != "-" or text[start - 2] != " " or unit.name not in ("percent", "องศา", "องศาเซลเซียส"):
        return False
    return text[start - 3] not in "\n0123456789"


def _other_end(text: str, end: int, unit: Unit) -> tuple[str | None, int]:
    """80% - 90%, 25 คน ถึง 30 คน: the second numeral where it has the same unit."""
    to = _TO.match(text, end)
    other = _unit_after(text, to.end()) if to else None
    if not to or other is None or (other.name, other.power) != (unit.name, unit.power):
        return None, end
    return to[2], other.end


def _values(first: str, second: str | None, unit: Unit, *, negative: bool) -> tuple[float | None, float | None, Reason | None]:
    """Value, upper and problem. Three decimals are an OCR'd thousand where things are counted, and in whole baht."""
    dot = True if unit.decimals and not (unit.name == "baht" and not unit.power) else None
    low = numeral_value(first, decimal_dot=dot, power=unit.power)
    if isinstance(low, Unread):
        return None, None, low.reason
    if second is None:
        return (-low if negative else low), None, None
    high = numeral_value(second, decimal_dot=dot, power=unit.power)
    if isinstance(high, Unread):
        return None, None, high.reason
    return (low, high, None) if low <= high else (None, None, Reason.AMBIGUOUS)
