"""What stands before a number and bears on its meaning: comparators, units said first, and words that make it no quantity."""

from __future__ import annotations

import re

import msgspec

from normalize.units import PERCENT, Words
from schemas.values import Comparator

# Longest word wins, so a longer word with "=" takes a false one out (งบประมาณ is not ประมาณ, ชั่วคราว not ราว).
_BEFORE: dict[Comparator, str] = {
    ">=": "ไม่น้อยกว่า ไม่น้อยไปกว่า ไม่ต่ำกว่า ไม่ต่ำไปกว่า ไม่เร็วกว่า ไม่สั้นกว่า อย่างน้อย อย่างต่ำ ขั้นต่ำ เป็นอย่างน้อย ตั้งแต่ มากกว่าหรือเท่ากับ "
    "สูงกว่าหรือเท่ากับ เท่ากับหรือมากกว่า ≥ >= => ไม่ตํ่ากว่า",
    ">": "มากกว่า เกินกว่า กว่า เกิน สูงกว่า นานกว่า เหนือกว่า มากขึ้นกว่า >",
    "<=": "ไม่เกิน ไม่เกินกว่า ไม่มากกว่า ไม่มากไปกว่า ไม่สูงกว่า ไม่นานกว่า ไม่ช้ากว่า ไม่เกินจำนวน มากที่สุดไม่เกิน น้อยกว่าหรือเท่ากับ "
    "ต่ำกว่าหรือเท่ากับ เท่ากับหรือน้อยกว่า ≤ <= =<",
    "<": "น้อยกว่า ต่ำกว่า ไม่ถึง เร็วกว่า สั้นกว่า ไม่เต็ม <",
    "~": "ประมาณ โดยประมาณ ราว ราวๆ ประมาณการไว้ที่ราว เกือบ ~ ≈ ±",
    "=": "งบประมาณ เงินงบประมาณ คราว ชั่วคราว เรื่องราว ส่วนเกิน ส่วนที่เกิน จ่ายเกิน เบิกเกิน ชำระเกิน เก็บเกิน รับเกิน ล่วงเกิน บังเอิญเกิน ->",
}
_COMPARATOR: dict[str, Comparator] = {word: sign for sign, words in _BEFORE.items() for word in words.split()}
_COMPARATORS = Words(_COMPARATOR)

_ORDINAL_STEMS = (
    "ครั้ง วัน ไตรมาส ด้าน ข้อ แบบ แบบฟอร์ม ฟอร์ม ลำดับ อันดับ ชั้น ปี รุ่น ฉบับ ส่วน หมู่ ตัวชี้วัด เล่ม บท แผ่น งวด สัปดาห์ เดือน กิจกรรม โครงการ ขั้น ขั้นตอน "
    "กลุ่ม เลข เขต แปลง ตอน ภาค ระยะ รอบ มาตรการ ประเด็น ยุทธศาสตร์ กลยุทธ์ เป้าประสงค์ เป้าหมาย เฟส คน ราย สาย จุด ซอย แยก ห้อง หลัง ต้น เส้น คัน แห่ง โซน แถว "
    "ช่อง ตัว หัวข้อ ประเภท หมวด วาระ คำสั่ง ประกาศ หนังสือ เข็ม ช่วง เส้นทาง หน่วย ทีม ชุด คู่ มติ ตาราง ภาพ รูป แผน แผนงาน ศตวรรษ รัชกาล แนว อาคาร ร้าน ดัชนี "
    "หลักสูตร วิชา บทเรียน คาบ ภาคเรียน เทอม หน้ากระดาษ ทะเบียน บรรทัด คดี สัญญา เที่ยว มื้อ คืน เรื่อง รายการ"
).split()
_REFUSING = Words(
    (
        *(f"{stem}ที่" for stem in _ORDINAL_STEMS),
        *(
            "ข้อ มาตรา หมู่ พระราม หมายเลข เลขที่ เลขรับที่ รหัส รหัสที่ เบอร์ โทร โทร. สายด่วน ไตรมาส ชั้น วรรค แบบฟอร์ม ฟอร์ม พ.ศ. พ.ศ ค.ศ. ค.ศ พุทธศักราช "
            "ปีงบประมาณ ปีงบ ปีการศึกษา กท กท. ลงวันที่ เวอร์ชัน เวอร์ชั่น รัชกาล อนุบาล ประถมศึกษาปี มัธยมศึกษาปี ชั้นปี ปวช. ปวส. เลขตัวชี้วัด ข้อย่อย"
        ).split(),
    )
)
_HARMLESS = Words(  # longer words that end like a refusing one
    (
        "หัวข้อ ลำดับชั้น ทุกชั้น แต่ละชั้น หมวดหมู่ ทุกหมู่ ทุกไตรมาส รายไตรมาส ต่อไตรมาส แต่ละไตรมาส ทุกข้อ แต่ละข้อ เจ้าหน้าที่ พื้นที่ สถานที่ "
        "ทุกปีงบประมาณ รายข้อ ครบข้อ"
    ).split()
)
_MONTHS = Words(
    (
        *"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(),
        *(f"{a}.{b}{dot}" for a, b in ("มค", "กพ", "พค", "กค", "สค", "กย", "ตค", "พย", "ธค") for dot in (".", "")),
        *(f"{a}{b}." for a, b in ("มค", "กพ", "พค", "กค", "สค", "กย", "ตค", "พย", "ธค")),
        *"มี.ค. มี.ค มีค. เม.ย. เม.ย เมย. มิ.ย. มิ.ย มิย. มิย".split(),
    )
)
_WHOLE_YEAR = re.compile(r"(?:ทั้ง|ตลอด|ปลาย|สิ้น|ต้น|กลาง|ต่อ|ราย|ทุก|แต่ละ|รอบ|หลาย|เต็ม|ตลอดทั้ง|นี้ทั้ง|ครบ|ครึ่ง)ปี$")
_SHORT_WORD = re.compile(r"(?:^|[^ก-๙.])[มปถซ]\.$")
_YEAR = re.compile(r"(?:2[45]|19|20)[0-9]{2}|(?:26|21)[0-9]{2}")
_SHORT_YEAR = re.compile(r"[4-8][0-9]")
_EACH = re.compile(r"(?:[ก-๙]{1,12})ละ$")
_STREET = re.compile(r"(?:ซอย|ถนน|ถ\.|ซ\.)[ก-๙]{0,25} ?$")
_BLANKS = " \t\u00a0"
_REACH = 40  # characters to the left that can bear on a number; the longest comparator has 20, a unit said first 12


class Before(msgspec.Struct, frozen=True):
    """What stands before a number. start: where the quantity begins in the text. unit: name of a unit that is said first
    (ร้อยละ 80, ระดับ 5), at text[unit_start:unit_end]. comparator: None when nothing was said."""

    start: int
    comparator: Comparator | None = None
    unit: str | None = None
    unit_start: int = 0
    unit_end: int = 0


_FIRST = {
    **dict.fromkeys(PERCENT[:3], "percent"),
    "คิดเป็นร้อย": "percent",
    "คิดเป้นร้อย": "percent",
    "ระดับ": "level",
    "ระดับที่": "level",
    "คะแนน": "score",
    "คะแนนเฉลี่ย": "score",
    "คะแนนรวม": "score",
    "คะแนนเต็ม": "score",
    "฿": "baht",
}
_FIRST_WORDS = Words(_FIRST)
_ONE_CHARACTER = {"฿"}


def before(text: str, floor: int, start: int) -> Before:
    """Reads text[floor:start] backwards from a number at `start`: a unit said first, then a comparator.

    Between a comparator and the number may stand จำนวน and "each" (อย่างน้อยเดือนละ 1 ครั้ง)."""
    floor = max(floor, start - _REACH)
    unit, unit_start, unit_end = _unit_before(text, floor, start)
    at = unit_start if unit else start
    end = _skip_blanks(text, floor, at)
    sign_end = end
    for _ in range(2):
        word = _COMPARATORS.before(text, floor, sign_end) or _one_sign(text, floor, sign_end)
        if word:
            sign = _COMPARATOR[word]
            begin = sign_end - len(word)
            return Before(at if sign == "=" else begin, None if sign == "=" else sign, unit, unit_start, unit_end)
        sign_end = _skip_filler(text, floor, sign_end)
    return Before(at, None, unit, unit_start, unit_end)


def _one_sign(text: str, floor: int, end: int) -> str | None:
    sign = text[end - 1 : end] if end > floor else ""
    return sign if sign in _COMPARATOR and sign else None


def _unit_before(text: str, floor: int, start: int) -> tuple[str | None, int, int]:
    end = _skip_blanks(text, floor, start)
    if end > floor and text[end - 1] in ":=(":
        end = _skip_blanks(text, floor, end - 1)
    word = _FIRST_WORDS.before(text, floor, end)
    if word is None and text[end - 1 : end] in _ONE_CHARACTER and end > floor:
        word = text[end - 1]
    if word is None:
        return None, start, start
    skip = len(word) - len("ร้อย") if word.endswith("ร้อย") else 0  # คิดเป็นร้อย 29.115: ละ was forgotten
    return _FIRST[word], end - len(word) + skip, end


def _skip_blanks(text: str, floor: int, end: int) -> int:
    while end > floor and text[end - 1] in _BLANKS:
        end -= 1
    return end


def _skip_filler(text: str, floor: int, end: int) -> int:
    """Over จำนวน and over "each" (เดือนละ), with the blanks before."""
    if text.endswith("จำนวน", floor, end):
        return _skip_blanks(text, floor, end - 5)
    each = text.endswith("ละ", floor, end) and not text.endswith("และ", floor, end)
    if each:
        for length in range(3, 13):  # ครั้งละ, สัปดาห์ละ: the comparator ends where the noun begins
            if _COMPARATORS.before(text, floor, end - length - 1):
                return end - length - 1
    return _skip_blanks(text, floor, end - 2) if text.endswith("ๆ", floor, end) else end


def refuses(text: str, floor: int, start: int, numeral: str) -> bool:
    """Whether what stands before a number at `start` says that it is no quantity: part of a name or code (COVID-19, ภ.ด.ส.6), an
    ordinal or number of something (ครั้งที่ 6, ข้อ 5), a year (ปี 2564, ม.ค. 66)."""
    if start > 0 and _in_a_name(text, floor, start):
        return True
    floor = max(floor, start - _REACH)
    end = _skip_blanks(text, floor, start)
    word = _REFUSING.before(text, floor, end)
    if word:
        harmless = _HARMLESS.before(text, floor, end)
        return harmless is None or len(harmless) <= len(word)
    if _is_year(text, floor, end, numeral):
        return True
    return bool(_SHORT_WORD.search(text[max(floor, end - 3) : end]))


def _in_a_name(text: str, floor: int, start: int) -> bool:
    last = text[start - 1]
    if last.isascii() and (last.isalpha() or last in "_#@&\\"):
        return True
    previous = text[start - 2] if start > 1 else " "
    if last == "-":
        return (previous.isascii() and previous.isalnum()) or ("ก" <= previous <= "์" and floor < start - 1)  # โควิด-19
    if last == "/":
        return previous.isalnum()
    return last == "." and "ก" <= previous <= "๙"


def _is_year(text: str, floor: int, end: int, numeral: str) -> bool:
    month = _MONTHS.before(text, floor, end)
    if month:  # มกราคม 35 คน counts people: a full name goes with a full year
        return bool(_YEAR.fullmatch(numeral) or ("." in month and _SHORT_YEAR.fullmatch(numeral)))
    if not text.endswith("ปี", floor, end):
        return False
    if _YEAR.fullmatch(numeral):
        return True
    return bool(_SHORT_YEAR.fullmatch(numeral)) and not _WHOLE_YEAR.search(text[floor:end])


def after_street(text: str, floor: int, start: int) -> bool:
    """A number after the name of a street or lane: ซอยลาดพร้าว 71."""
    return bool(_STREET.search(text[max(floor, start - _REACH) : start]))
