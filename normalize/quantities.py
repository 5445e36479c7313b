"""Quantities in running text: every number with its unit, as record.md defines them.

One scan over the places where a number can stand (digits, บาท, ร้อยละ); what is left and right of each decides. Work per place is
bounded, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from normalize import context
from normalize.context import Before
from normalize.numerals import NUMERAL, DigitView, digit_view, numeral_value
from normalize.units import POWERS, Unit, unit_at
from normalize.unknown import unknown_unit
from normalize.words import NUMBER_WORDS, number_words_before, read_baht_words, read_words
from schemas.values import Comparator, Found, Quantity, Reason, Unread

_ANCHOR = re.compile(r"[0-9](?:[0-9]|[.,/:](?=[0-9]))*|บาท|ร้อยละ(?= ?[หสยจปกศแเ])")
_SMALL_FRACTION = re.compile(r"([1-9])/([2-9]|10)")
_TO_LETTERS = frozenset("-ถ~")
_REST_OF_CODE = re.compile(r"(?:-[0-9]+){2,}|-[0-9]+/[0-9]+|/ ?[0-9]+")
_REST_OF_PHONE = re.compile(r"(?:[ -][0-9]{3,4}){2}(?![0-9])|[ -][0-9]{6,7}(?![0-9])")
_AREA = re.compile(r"([0-9,]+)-([0-3])-([0-9]{1,2}(?:\.[0-9]+)?) {0,2}(ไร่)")
_TO = re.compile(rf" ?(-|ถึง|~) ?(?:ร้อยละ ?|ระดับ ?)?({NUMERAL})(?![/:][0-9])")
_POWER_LETTERS = frozenset("ลแหพร")
_TAIL = re.compile(r" ?(?:[-(~)]|ถึง|ขึ้น|หรือ|เป็น|ลงมา|โดย|กว่า|เศษ|[0-9]{1,2} ?ส)")  # first characters of all that may follow a unit
_REST_OF_RANGE = re.compile(r"(?:-[0-9]+)+")
_BAHT_DASH = re.compile(r" ?[.,=]?-(?= ?บาท)|(\.-)(?![0-9])")
_PARTS_OF_BAHT = re.compile(rf"(?:{NUMERAL} ?(?:ล้าน|แสน|หมื่น|พัน|ร้อย) ?){{1,5}}{NUMERAL} ?(?:ล้าน|แสน|หมื่น|พัน|ร้อย)? ?บาท")
_PART_OF_BAHT = re.compile(rf"({NUMERAL}) ?(ล้าน|แสน|หมื่น|พัน|ร้อย)?")
_BEFORE_UNIT = re.compile(r" ?(กว่าๆ?|เศษๆ?|ขึ้นไป) ?")
_AFTER: dict[str, Comparator] = {
    **dict.fromkeys(("ขึ้นไป", "หรือมากกว่า", "หรือสูงกว่า", "เป็นอย่างน้อย", "เป็นอย่างต่ำ", "เป็นต้นไป"), ">="),
    **dict.fromkeys(("ลงมา", "หรือน้อยกว่า", "หรือต่ำกว่า", "เป็นอย่างมาก", "เป็นอย่างสูง"), "<="),
    **dict.fromkeys(("กว่า", "กว่าๆ", "เศษ", "เศษๆ"), ">"),
    "โดยประมาณ": "~",
}
_AFTER_UNIT = re.compile(r" ?(" + "|".join(w for w in _AFTER if w[:3] not in ("กว่", "เศษ")) + r"|(?:กว่าๆ?|เศษๆ?)(?![ก-๙]))")
_IN_WORDS = re.compile(r" ?\( ?([ก-์][ก-์ ]{1,200}?) ?\)")
_IN_DIGITS = re.compile(rf" ?\( ?({NUMERAL}) ?(?:\.- ?)?(?:บาท(?:ถ้วน)?)? ?\)")
_IN_BRACKETS = re.compile(r" ?\( ?(?=[ก-๙%])")
_CLOSING = re.compile(r" ?\)")
_SATANG = re.compile(r" ?([0-9]{1,2}) ?สตางค์")
_AFTER_BAHT = re.compile(r"ถ้วน| ?(?:[ก-์]{2,6} ?){1,3}สตางค์")
_PERCENT_TOO = re.compile(r" ?(?:%|เปอร์เซ็นต์)")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
_OFTEN_AVERAGED = frozenset("คน ราย ครั้ง ชั้น แห่ง เรื่อง ครัวเรือน ตัว เครื่อง ฉบับ เที่ยว รอบ คัน ต้น ใบ ชิ้น อัตรา เล่ม จุด หลัง".split())
_THAI = re.compile("[ก-ฮะ-ฺเ-์]")
_AVERAGE = re.compile("เฉลี่ย|อัตรา|สัดส่วน")
_SLOGAN = re.compile(r" ?1(?![0-9.,]) ?[ก-๙]")
_NAME = re.compile(r"(?:โครงการ|กิจกรรม|นโยบาย|แนวคิด|หลัก|[“\"‘'])[ “\"‘']*$")
_SPLIT_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{1,3}, $")


class Mention(NamedTuple):
    """A quantity in the digit view: text[start:end], its unit at text[unit_start:unit_end]."""

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
    with digits, and numbers in words other than amounts in baht or after ร้อยละ. Where a quantity is printed whose value cannot be
    told, the value is null and `problem` says why: AMBIGUOUS (1.318 คน: an OCR dot?), CONTRADICTION (2,000 บาท (สามพันบาทถ้วน)), TOO_LONG.
    """
    view = digit_view(text)
    body = view.text
    closed = _Closed(dates)
    mentions, floor = [], 0
    for match in _ANCHOR.finditer(body):
        start = match.start()
        if start < floor or closed.holds(view.printed(start)):
            continue
        step = _number(body, match, floor) if body[start] <= "9" else _words(body, match, floor)
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
        return _slashed(text, match, floor)
    if text[end : end + 2].lstrip(" ")[:1] in _POWER_LETTERS and (parts := _PARTS_OF_BAHT.match(text, start)):
        return _parts_of_baht(text, parts, floor)
    negative = minus and (before.unit is not None or text[start - 2 : start - 1] == "(")
    return _quantity(text, floor, before, Numbers(start, end, numeral, negative=negative))


def _code(text: str, match: re.Match[str], floor: int) -> Step | None:
    """An area in rai-ngan-wah, a telephone number, a code or a date of several numbers; None when it is none of these."""
    start, end = match.span()
    area = _AREA.match(text, start)
    if area and not context.before(text, floor, start, match[0]).refused:
        return _area(text, area, floor)
    code = _REST_OF_CODE.match(text, end)
    if not code and text[start] == "0" and end - start <= 3:
        code = _REST_OF_PHONE.match(text, end)
    return Step(None, code.end()) if code else None


def _repeats(text: str, floor: int, start: int, end: int) -> bool:
    """ผังชั้น 6 ผัง, ข้อ 5 ข้อ: the noun before is counted by its own name, whatever the word next to the number is (not ครั้งที่)."""
    unit = unit_at(text, _skip(text, end))
    left = text[max(floor, start - 12) : start].rstrip(" ")
    return unit is not None and not left.endswith(("ที่", "ปี")) and unit.name in left


def _quantity(text: str, floor: int, before: Before, numbers: Numbers) -> Step:
    """A number that nothing before it refuses: with its unit a quantity, without one nothing."""
    to = _TO.match(text, numbers.end) if text[numbers.end : numbers.end + 2].lstrip(" ")[:1] in _TO_LETTERS else None
    if to:
        pair = numbers._replace(end=to.end(), second=to[2])
        unit = _unit_of(text, floor, before, pair)
        attached = not to[0].startswith(" ")
        if unit and (attached or to[1] == "ถึง" or not _own_unit(text, before, to.end())):
            return _made(text, floor, before, pair, unit)
        if attached and not unit:
            return Step(None, to.end())
    unit = _unit_of(text, floor, before, numbers)
    return _made(text, floor, before, numbers, unit) if unit else Step(None, numbers.end)


def _own_unit(text: str, before: Before, end: int) -> bool:
    """ร้อยละ 15.79 - 7 พื้นที่: the second number has a unit of its own, the dash begins a list item."""
    unit = unit_at(text, _skip(text, end)) if before.unit else None
    return unit is not None and unit.name != before.unit


def _skip(text: str, at: int) -> int:
    """Over up to three blanks."""
    for _ in range(3):
        if text[at : at + 1] == " ":
            at += 1
    return at


def _unit_of(text: str, floor: int, before: Before, numbers: Numbers) -> Unit | None:
    """The unit of a number, said first (ร้อยละ 80, ระดับ 5) or after it; คะแนน after it outdoes ระดับ before it."""
    end = numbers.end
    after = _unit_after(text, end, counting=text.endswith(("จำนวน", "จำนวน "), floor, numbers.start))
    if before.unit is None:
        if after is None:
            after = unknown_unit(text, floor, numbers.start, _skip(text, end))
        return after if after and not _is_none(text, floor, before, numbers, after) else None
    if before.unit == "level" and after and after.name in ("score", "ดาว"):
        return after
    if before.unit == "score" and after:
        return after
    too = _PERCENT_TOO.match(text, end) if before.unit == "percent" else None
    return Unit(before.unit_start, too.end() if too else end, before.unit, decimals=True)


def _unit_after(text: str, end: int, *, counting: bool = False) -> Unit | None:
    dash = _BAHT_DASH.match(text, end)
    if dash and dash[1]:
        unit = unit_at(text, _skip(text, dash.end()))
        return unit if unit and unit.name == "baht" else Unit(end, dash.end(), "baht", decimals=True)
    at = dash.end() if dash else end
    unit = unit_at(text, _skip(text, at), counting=counting)
    if unit:
        return unit
    more = _BEFORE_UNIT.match(text, at)
    if more:
        return unit_at(text, _skip(text, more.end()))
    return _bracketed(text, at)


def _bracketed(text: str, at: int) -> Unit | None:
    """5 (ห้า) คน, or 100 (ร้อยละ)."""
    words = _IN_WORDS.match(text, at)
    if words and read_words(words[1]) is not None:
        return unit_at(text, _skip(text, words.end()))
    bracket = _IN_BRACKETS.match(text, at)
    if not bracket:
        return None
    inside = bracket.end()
    unit = Unit(inside, inside + 6, "percent", decimals=True) if text.startswith("ร้อยละ", inside) else unit_at(text, inside)
    closing = _CLOSING.match(text, unit.end) if unit else None
    return unit if closing else None


def _is_none(text: str, floor: int, before: Before, numbers: Numbers, unit: Unit) -> bool:
    """A number with a unit after it that is no quantity for all that: 2.1 ชุมชน… (list number), ซอยลาดพร้าว 71 ชุมชน… (address),
    a number with a leading zero."""
    first = numbers.first
    if any(n[0] == "0" and n[1:2].isdigit() for n in (first, numbers.second or "1")):
        return True
    if unit.place and context.after_street(text, floor, numbers.start):
        return True
    if unit.decimals or "/" in unit.name or before.comparator or not _LIST_NUMBER.fullmatch(first):
        return False
    if unit.name in _OFTEN_AVERAGED and not _THAI.match(text, unit.end):
        return False
    return not _AVERAGE.search(text[max(floor, numbers.start - 30) : numbers.start])


def _made(text: str, floor: int, before: Before, numbers: Numbers, unit: Unit) -> Step:
    """Number and unit put together, with what follows: satang, a second end of a range, a comparator, the same in words."""
    first, second = numbers.first, numbers.second
    if first == "1" and _is_slogan(text, floor, numbers.start, unit.end):
        return Step(None, unit.end + 2)
    end = max(numbers.end, unit.end)
    tail = _TAIL.match(text, end) is not None
    if tail:
        end = max(end, _closing(text, unit.end, numbers.end))
        if second is None:
            second, end = _other_end(text, end, unit)
    value, upper, problem = _values(first, second, unit, negative=numbers.negative or _is_minus(text, numbers, unit))
    comparator: Comparator = "range" if second is not None else before.comparator or _inside(text, numbers.end)
    if tail:
        if unit.name == "baht" and second is None and value is not None:
            value, end = _with_satang(text, value, end)
        comparator, end = _after_unit(text, comparator, before, end)
        if value is not None and second is None:
            value, end, problem = _said_twice(text, value, unit, end)
    if len(first) == 3 and _SPLIT_NUMBER.search(text[max(0, numbers.start - 6) : numbers.start]):
        value, problem = None, Reason.AMBIGUOUS  # 12, 345 คน: a number broken at the comma, or two
    first_said = before.unit is not None and unit.start == before.unit_start
    start = before.start if first_said or before.comparator else numbers.start
    unit_end = before.unit_end if first_said else unit.end
    mention = Mention(
        min(start, numbers.start - numbers.negative), end, unit.name, unit.start, unit_end, value, comparator, upper, problem
    )
    return Step(mention, end)


def _closing(text: str, unit_end: int, number_end: int) -> int:
    """End of a bracket that holds the unit alone: 100 (ร้อยละ)."""
    closing = _CLOSING.match(text, unit_end)
    return closing.end() if closing and _IN_BRACKETS.match(text, number_end) else 0


def _is_slogan(text: str, floor: int, start: int, unit_end: int) -> bool:
    """โครงการ 1 เขต 1 ถนน is a name."""
    return bool(_SLOGAN.match(text, unit_end) and _NAME.search(text[max(floor, start - 12) : start]))


def _is_minus(text: str, numbers: Numbers, unit: Unit) -> bool:
    """-5% inside a line; at the start of one the dash is a bullet."""
    start = numbers.start
    if start < 3 or text[start - 1] != "-" or text[start - 2] != " " or unit.name not in ("percent", "องศา", "องศาเซลเซียส"):
        return False
    return text[start - 3] not in "\n0123456789"


def _other_end(text: str, end: int, unit: Unit) -> tuple[str | None, int]:
    """80% - 90%, 25 คน ถึง 30 คน: the second numeral where it has the same unit."""
    to = _TO.match(text, end)
    if not to:
        return None, end
    other = _unit_after(text, to.end())
    if other is None or (other.name, other.power) != (unit.name, unit.power):
        return None, end
    return to[2], other.end


def _values(first: str, second: str | None, unit: Unit, *, negative: bool) -> tuple[float | None, float | None, Reason | None]:
    dot = True if unit.decimals and not (unit.name == "baht" and not unit.power) else None
    low = numeral_value(first, decimal_dot=dot, power=unit.power)
    high = numeral_value(second, decimal_dot=dot, power=unit.power) if second is not None else None
    for number in (low, high):
        if isinstance(number, Unread):
            return None, None, number.reason
    assert isinstance(low, float) and not isinstance(high, Unread)
    if high is not None and high < low:
        return None, None, Reason.AMBIGUOUS
    return (-low if negative else low), high, None


def _with_satang(text: str, value: float, end: int) -> tuple[float, int]:
    satang = _SATANG.match(text, end)
    if not satang or value % 1:
        return value, end
    return float(f"{int(value)}.{int(satang[1]):02d}"), satang.end()


def _inside(text: str, end: int) -> Comparator:
    """A comparator between number and unit: 200 กว่าราย, 80 ขึ้นไป (ร้อยละ)."""
    inside = _BEFORE_UNIT.match(text, end)
    return _AFTER[inside[1]] if inside else "="


def _after_unit(text: str, comparator: Comparator, before: Before, end: int) -> tuple[Comparator, int]:
    """A comparator after the unit counts when none stood before the number; it belongs to the quantity anyway."""
    after = _AFTER_UNIT.match(text, end)
    if not after:
        return comparator, end
    return (comparator if before.comparator or comparator == "range" else _AFTER[after[1]]), after.end()


def _said_twice(text: str, value: float, unit: Unit, end: int) -> tuple[float | None, int, Reason | None]:
    """2,000 บาท (สองพันบาทถ้วน) is one quantity; words that say another number make it none that could be trusted."""
    again = _IN_WORDS.match(text, end)
    if not again:
        return value, end, None
    words = read_baht_words(again[1]) if unit.name == "baht" else read_words(again[1].removesuffix(unit.name).removeprefix("ร้อยละ"))
    if words is None and unit.name == "baht":
        words = read_words(again[1])
    if words is None:
        return value, end, None
    return (value, again.end(), None) if words == value else (None, again.end(), Reason.CONTRADICTION)


def _area(text: str, match: re.Match[str], floor: int) -> Step:
    """4-2-0 ไร่: rai, ngan and square wah as one number of rai."""
    before = context.before(text, floor, match.start())
    rai = numeral_value(match[1], decimal_dot=True)
    value = None if isinstance(rai, Unread) else rai + int(match[2]) / 4 + float(match[3]) / 400
    after = _AFTER_UNIT.match(text, match.end())
    comparator = before.comparator or (_AFTER[after[1]] if after else "=")
    end = after.end() if after else match.end()
    problem = rai.reason if isinstance(rai, Unread) else None
    return Step(Mention(before.start, end, "ไร่", match.start(4), match.end(4), value, comparator, None, problem), end)


def _slashed(text: str, match: re.Match[str], floor: int) -> Step:
    """1/2 ไร่ is half a rai; any other 12/24 or 10:30 in a narrative is no quantity."""
    fraction = _SMALL_FRACTION.fullmatch(match[0])
    unit = unit_at(text, _skip(text, match.end())) if fraction else None
    if not fraction or not unit or not unit.decimals or int(fraction[1]) >= int(fraction[2]):
        return Step(None, match.end())
    before = context.before(text, floor, match.start())
    value = int(fraction[1]) / int(fraction[2]) * 10**unit.power
    comparator = before.comparator or "="
    return Step(Mention(before.start, unit.end, unit.name, unit.start, unit.end, value, comparator), unit.end)


def _parts_of_baht(text: str, match: re.Match[str], floor: int) -> Step:
    """1 ล้าน 2 แสนบาท: the parts added up; AMBIGUOUS when their places do not fall."""
    before = context.before(text, floor, match.start())
    parts = [(numeral_value(m[1], decimal_dot=True), POWERS.get(m[2] or "", 2 if m[2] else 0)) for m in _PART_OF_BAHT.finditer(match[0])]
    powers = [power for _, power in parts]
    falling = all(a > b for a, b in zip(powers, powers[1:], strict=False))
    value = 0.0
    for number, power in parts:
        if isinstance(number, Unread) or not falling:
            return Step(_baht(match, before, None, Reason.AMBIGUOUS), match.end())
        value += number * 10**power
    return Step(_baht(match, before, value, None), match.end())


def _baht(match: re.Match[str], before: Before, value: float | None, problem: Reason | None) -> Mention:
    end = match.end()
    return Mention(before.start, end, "baht", end - len("บาท"), end, value, before.comparator or "=", None, problem)


def _words(text: str, match: re.Match[str], floor: int) -> Step:
    """The place of บาท or ร้อยละ, where the number may be in words; a word that has none leaves the scan where it was."""
    if match[0] == "ร้อยละ":
        return _percent_in_words(text, match, floor)
    start = number_words_before(text, floor, match.start())
    if start == match.start() or number_words_before(text, floor, start) != start:
        return Step(None, floor)
    rest = _AFTER_BAHT.match(text, match.end())
    end = rest.end() if rest else match.end()
    value = read_baht_words(text[start:end])
    if value is None and rest:
        end = match.end()
        value = read_baht_words(text[start:end])
    if value is None:
        return Step(None, floor)
    problem = None
    again = _IN_DIGITS.match(text, end)
    if again:
        end = again.end()
        if numeral_value(again[1]) != value:
            value, problem = None, Reason.CONTRADICTION
    before = context.before(text, floor, start)
    mention = Mention(before.start, end, "baht", match.start(), match.end(), value, before.comparator or "=", None, problem)
    return Step(mention, end)


def _percent_in_words(text: str, match: re.Match[str], floor: int) -> Step:
    words = NUMBER_WORDS.match(text, _skip(text, match.end()))
    value = read_words(words[0]) if words else None
    if words is None or value is None:
        return Step(None, floor)
    before = context.before(text, floor, words.start())
    end, problem = words.end(), None
    again = _IN_DIGITS.match(text, end)
    if again:
        end = again.end()
        problem = None if numeral_value(again[1], decimal_dot=True) == value else Reason.CONTRADICTION
    after = _AFTER_UNIT.match(text, end)
    comparator = before.comparator or (_AFTER[after[1]] if after else "=")
    end = after.end() if after else end
    found = None if problem else value
    return Step(Mention(before.start, end, "percent", match.start(), match.end(), found, comparator, None, problem), end)
