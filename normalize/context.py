"""What stands before a number and bears on its meaning: comparators, units said first, and words that make it no quantity."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from normalize.units import PERCENT, Words
from schemas.values import Comparator


class Role(Enum):
    """What a word that ends right before a number does to it."""

    SIGN = auto()  # a comparator
    UNIT = auto()  # a unit said first: ร้อยละ 80
    FILLER = auto()  # may stand between a comparator and the number
    EACH = auto()  # …ละ: อย่างน้อยเดือนละ 1 ครั้ง
    COLON = auto()  # may stand between a unit said first and the number
    REFUSING = auto()  # the number is part of an ordinal, an address, a code
    HARMLESS = auto()  # ends like a refusing word and is none
    MONTH = auto()
    YEAR = auto()
    CLASS = auto()  # ม. 3, ปวช. 2: refusing a number that a school year can have
    LETTER = auto()  # ถ. ซ.: refusing; these and ม. ป. not where they end another abbreviation (กม.)


# The longest word wins, so a longer one with "=" takes a false one out (งบประมาณ is not ประมาณ, ชั่วคราว not ราว).
_SIGNS: dict[Comparator, str] = {
    ">=": "ไม่น้อยกว่า ไม่น้อยไปกว่า ไม่ต่ำกว่า ไม่ต่ำไปกว่า ไม่เร็วกว่า ไม่สั้นกว่า อย่างน้อย อย่างต่ำ ขั้นต่ำ ตั้งแต่ มากกว่าหรือเท่ากับ "
    "สูงกว่าหรือเท่ากับ เท่ากับหรือมากกว่า ≥ >= =>",
    ">": "มากกว่า เกินกว่า กว่า เกิน สูงกว่า นานกว่า เหนือกว่า >",
    "<=": "ไม่เกิน ไม่เกินกว่า ไม่มากกว่า ไม่มากไปกว่า ไม่สูงกว่า ไม่นานกว่า ไม่ช้ากว่า น้อยกว่าหรือเท่ากับ ต่ำกว่าหรือเท่ากับ เท่ากับหรือน้อยกว่า ≤ <= =<",
    "<": "น้อยกว่า ต่ำกว่า ไม่ถึง เร็วกว่า สั้นกว่า ไม่เต็ม <",
    "~": "ประมาณ โดยประมาณ ราว ราวๆ เกือบ ~ ≈ ±",
    "=": "งบประมาณ เงินงบประมาณ คราว ชั่วคราว เรื่องราว ส่วนเกิน ส่วนที่เกิน จ่ายเกิน เบิกเกิน ชำระเกิน เก็บเกิน รับเกิน ล่วงเกิน ->",
}
_UNITS = {
    **dict.fromkeys(PERCENT[:3], "percent"),
    **dict.fromkeys(("คิดเป็นร้อย", "คิดเป้นร้อย"), "percent"),  # ละ forgotten
    **dict.fromkeys(("ระดับ", "ระดับที่"), "level"),
    **dict.fromkeys(("คะแนน", "คะแนนเฉลี่ย", "คะแนนรวม", "คะแนนเต็ม"), "score"),
    "฿": "baht",
}
_ORDINAL_STEMS = (
    "ครั้ง วัน ไตรมาส ด้าน ข้อ แบบ แบบฟอร์ม ฟอร์ม ลำดับ อันดับ ชั้น ปี รุ่น ฉบับ ส่วน หมู่ ตัวชี้วัด เล่ม บท แผ่น งวด สัปดาห์ เดือน กิจกรรม "
    "โครงการ ขั้น ขั้นตอน กลุ่ม เลข เขต แปลง ตอน ภาค ระยะ รอบ มาตรการ ประเด็น ยุทธศาสตร์ กลยุทธ์ เป้าประสงค์ เป้าหมาย เฟส คน ราย "
    "สาย จุด ซอย แยก ห้อง หลัง ต้น เส้น คัน แห่ง โซน แถว ช่อง ตัว หัวข้อ ประเภท หมวด วาระ คำสั่ง ประกาศ หนังสือ เข็ม ช่วง เส้นทาง "
    "หน่วย ทีม ชุด คู่ มติ ตาราง ภาพ รูป แผน แผนงาน ศตวรรษ รัชกาล แนว อาคาร ร้าน ดัชนี หลักสูตร วิชา บทเรียน คาบ ภาคเรียน เทอม "
    "หน้ากระดาษ ทะเบียน บรรทัด คดี สัญญา เที่ยว มื้อ คืน เรื่อง รายการ มิติ ศุกร์ เสาร์ อาทิตย์ จันทร์ อังคาร พุธ พฤหัสบดี ศูนย์ บ้าน ชุมชน "
    "องค์ประกอบ เกณฑ์ ระเบียบวาระ รอบการประเมิน เวที ฐาน กอง ฝ่าย ล็อต เฟรม โมดูล แท่น บ่อ ป้าย"
)
_REFUSING = (
    "ข้อ มาตรา หมู่ พระราม หมายเลข เลขที่ เลขรับที่ รหัส รหัสที่ เบอร์ โทร โทร. สายด่วน ไตรมาส ชั้น วรรค แบบฟอร์ม ฟอร์ม พ.ศ. พ.ศ "
    "ค.ศ. ค.ศ พุทธศักราช ปีงบประมาณ ปีงบ ปีการศึกษา กท กท. ลงวันที่ เวอร์ชัน เวอร์ชั่น รัชกาล ข้อย่อย"
)
_HARMLESS = (
    "หัวข้อ ลำดับชั้น ทุกชั้น แต่ละชั้น หมวดหมู่ ทุกหมู่ ทุกไตรมาส รายไตรมาส ต่อไตรมาส แต่ละไตรมาส ทุกข้อ แต่ละข้อ "
    "ทุกปีงบประมาณ รายข้อ ครบข้อ พื้นที่"
)
_FULL_MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
_SHORT_MONTHS = tuple(
    f"{a}{dot}{b}{end}"
    for a, b in (m.rsplit(" ", 1) for m in "ม ค,ก พ,มี ค,เม ย,พ ค,มิ ย,ก ค,ส ค,ก ย,ต ค,พ ย,ธ ค".split(","))
    for dot, end in ((".", "."), (".", ""), ("", "."))
)


def _roles() -> dict[str, tuple[Role, str]]:
    roles: dict[str, tuple[Role, str]] = {word: (Role.SIGN, sign) for sign, words in _SIGNS.items() for word in words.split()}
    roles |= {word: (Role.UNIT, name) for word, name in _UNITS.items()}
    for role, words in (
        (Role.FILLER, ["จำนวน"]),
        (Role.EACH, ["ละ", "ๆ"]),
        (Role.COLON, [":", "=", "("]),
        (Role.REFUSING, [*_REFUSING.split(), *(f"{stem}ที่" for stem in _ORDINAL_STEMS.split())]),
        (Role.HARMLESS, ["และ", *_HARMLESS.split()]),
        (Role.MONTH, [*_FULL_MONTHS.split(), *_SHORT_MONTHS]),
        (Role.YEAR, ["ปี"]),
        (Role.CLASS, "ม. ป. ปวช. ปวส. อนุบาล ประถมศึกษาปี มัธยมศึกษาปี ชั้นปี".split()),
        (Role.LETTER, ["ถ.", "ซ."]),
    ):
        roles |= dict.fromkeys(words, (role, ""))
    return roles


_ROLES = _roles()
_WORDS = Words(_ROLES)
_SIGN_WORDS = Words(word for word, (role, _) in _ROLES.items() if role is Role.SIGN)
_NOTHING: tuple[str, tuple[None, str]] = ("", (None, ""))
_WHOLE_YEAR = re.compile(r"(?:ทั้ง|ตลอด|ปลาย|สิ้น|ต้น|กลาง|ต่อ|ราย|ทุก|แต่ละ|รอบ|หลาย|เต็ม|ครบ|ครึ่ง)ปี$")
_YEAR = re.compile(r"(?:2[456]|19|20|21)[0-9]{2}")
_SCHOOL_YEARS = frozenset("123456")
_SHORT_YEAR = re.compile(r"[4-8][0-9]")
_NUMBERED_PLACE = re.compile(r"(?:ซอย|ถนน|ถ\.|ซ\.|สาธารณสุข|ศบส\.?|ศูนย์ฯ|เทศบาล|เคหะ|แฟลต)[ก-๙]{0,25} ?$")
_BLANKS = " \t"
_REACH = 40  # characters to the left that can bear on a number; the longest comparator has 20, a unit said first 12


class Before(NamedTuple):
    """What stands before a number. start: where the quantity begins in the text. refused: the number is no quantity.

    unit: name of a unit that is said first (ร้อยละ 80, ระดับ 5), at text[unit_start:unit_end]. comparator: None when none was said.
    """

    start: int
    comparator: Comparator | None = None
    unit: str | None = None
    unit_start: int = 0
    unit_end: int = 0
    refused: bool = False


def before(text: str, floor: int, start: int, numeral: str = "") -> Before:
    """Reads text[floor:start] backwards from the number `numeral` at `start`: a unit said first, then a comparator; or that it is
    part of a name or code (COVID-19, ภ.ด.ส.6), an ordinal or number of something (ครั้งที่ 6, ข้อ 5), a year (ปี 2564, ม.ค. 66).

    Between a comparator and the number may stand จำนวน and "each" (อย่างน้อยเดือนละ 1 ครั้ง)."""
    floor = max(floor, start - _REACH)
    if start > floor and text[start - 1] not in " \n" and numeral and _in_a_name(text, floor, start):
        return Before(start, refused=True)
    word, (role, payload), end = _word(text, floor, start)
    if role is None:
        return Before(start)
    if role is Role.REFUSING:
        return Before(start, refused=True)
    if role in (Role.YEAR, Role.MONTH, Role.CLASS, Role.LETTER):
        return Before(start, refused=_is_year_or_class(text, floor, end, word, role, numeral))
    colon = role is Role.COLON
    if colon:
        word, (role, payload), end = _word(text, floor, end - 1)
    if role is Role.UNIT:
        unit_start = end - len(word) + (len(word) - len("ร้อย") if word.endswith("ร้อย") else 0)
        sign, begin = _sign(text, floor, unit_start)
        return Before(begin, sign, payload, unit_start, end)
    if colon:
        return Before(start)
    sign, begin = _sign(text, floor, start)
    return Before(begin, sign)


def _word(text: str, floor: int, end: int) -> tuple[str, tuple[Role | None, str], int]:
    """The word that ends before text[end], blanks skipped, its role, and where it ends."""
    while end > floor and text[end - 1] in _BLANKS:
        end -= 1
    word = _WORDS.before(text, floor, end)
    return (word, _ROLES[word], end) if word else (*_NOTHING, end)


def _sign(text: str, floor: int, start: int) -> tuple[Comparator | None, int]:
    """Comparator before text[start], over จำนวน and …ละ; and where the quantity begins: at the comparator, else at `start`."""
    at = start
    for _ in range(3):
        word, (role, payload), end = _word(text, floor, at)
        if role is Role.SIGN:
            return (None, start) if payload == "=" else (_SIGN_OF[payload], end - len(word))
        if role is Role.FILLER or word == "ๆ":
            at = end - len(word)
        elif role is Role.EACH:
            at = _before_each(text, floor, end)
        else:
            break
    return None, start


_SIGN_OF: dict[str, Comparator] = {sign: sign for sign in _SIGNS}


def sign_at(text: str) -> tuple[Comparator | None, int]:
    """The comparator that a text begins with and its length; None and 0 without one."""
    word = _SIGN_WORDS.at(text, 0)
    sign = _ROLES[word][1] if word else "="
    return (None, 0) if word is None or sign == "=" else (_SIGN_OF[sign], len(word))


def _before_each(text: str, floor: int, end: int) -> int:
    """Where the noun of เดือนละ begins: right after a comparator; `floor` when none is near."""
    for length in range(3, 13):
        word = _WORDS.before(text, floor, end - length - 1)
        if word and _ROLES[word][0] is Role.SIGN:
            return end - length - 1
    return floor


def _in_a_name(text: str, floor: int, start: int) -> bool:
    last = text[start - 1]
    if last.isascii() and (last.isalpha() or last in "_#@&\\"):
        return True
    previous = text[start - 2] if start > 1 else " "
    thai = "ก" <= previous <= "์"
    if last == "-":
        return (previous.isascii() and previous.isalnum()) or (thai and floor < start - 1)  # COVID-19, โควิด-19
    if last == "/":
        return previous.isalnum()
    return last == "." and thai


def _is_year_or_class(text: str, floor: int, end: int, word: str, role: Role, numeral: str) -> bool:
    if role in (Role.CLASS, Role.LETTER):
        previous = text[end - 3 : end - 2] if len(word) == 2 else ""
        ends_another = "ก" <= previous <= "์" or previous == "."
        return not ends_another and (role is Role.LETTER or numeral in _SCHOOL_YEARS)
    if _YEAR.fullmatch(numeral):
        return True
    if not _SHORT_YEAR.fullmatch(numeral):
        return False
    if role is Role.MONTH:
        return "." in word  # มกราคม 65 คน counts people: a full name goes with a full year
    return not _WHOLE_YEAR.search(text[floor:end])


def after_numbered_place(text: str, floor: int, start: int) -> bool:
    """A number after the name of a street, or of a place that is told by its number: ซอยลาดพร้าว 71, ศูนย์บริการสาธารณสุข 51."""
    return bool(_NUMBERED_PLACE.search(text[max(floor, start - _REACH) : start]))
