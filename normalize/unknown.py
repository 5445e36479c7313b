"""Units that the vocabulary does not know: taken only where the sentence itself says that the word is one.

Two signs are trusted: the noun before the number is repeated after it (ซุ้มอาหาร 12 ซุ้มอาหาร), or จำนวน, รวม and the like stand
before the number and one short word stands after it (จำนวน 12 ซุ้ม). Any other unknown word leaves the number unread.
"""

from __future__ import annotations

import re

from normalize.units import Unit

_COUNTING = re.compile(r"(?:จำนวน|จํานวน|รวม|ทั้งหมด|ทั้งสิ้น|รวมเป็น|รวมทั้งสิ้น|รวมทั้งหมด|กว่า|อย่างน้อย|ไม่เกิน|ประมาณ|เหลือ|เพียง|ครบ) ?$")
_RUN = re.compile(r"[ก-ฮเ-ไ][ก-์]{1,11}(?![ก-๙])")
_LETTERS = re.compile(r"[ก-ฮเ-ไ][ก-์]{2,19}")
_MARK = re.compile("[ะ-ฺ็-๎ๅๆ]")  # cannot begin a word
_LEADING = "เแโใไ"  # a vowel that belongs to the consonant after it
_NO_UNIT = re.compile(
    r"และ|หรือ|กับ|แต่|จาก|ของ|ใน|ณ|ตาม|ต่อ|ถึง|เพื่อ|โดย|ด้วย|ได้|มี|เป็น|คือ|แบ่ง|แยก|จำแนก|ประกอบ|ดัง|คิด|รวม|จำนวน|ที่|ซึ่ง|อัน|เมื่อ|แล้ว|พร้อม|ส่วน|ไม่|ให้|จะ|ทุก"
    r"|ครั้งที่|ล้าน|แสน|หมื่น|พัน|ร้อย|สิบ|เดือน|ปี|พ\.ศ|มกรา|กุมภา|มีนา|เมษา|พฤษ|มิถุ|กรกฎ|สิงหา|กันยา|ตุลา|พฤศ|ธันวา|ระหว่าง|ตั้งแต่|อยู่|เข้า|ขึ้น|ลง|เพิ่ม|ลด|นาฬิกา|น\.|ราย"
)
_REACH = 40


def unknown_unit(text: str, floor: int, start: int, after: int) -> Unit | None:
    """The unit at text[after] of a number that begins at text[start], by the signs above; `text` is a digit view."""
    letters = _LETTERS.match(text, after)
    if not letters:
        run = _RUN.match(text, after)
        letters = run
    if not letters:
        return None
    return _repeated(text, floor, start, letters) or _counted(text, floor, start, after)


def _repeated(text: str, floor: int, start: int, letters: re.Match[str]) -> Unit | None:
    left = _before_counting(text, floor, start)
    after = letters.start()
    for length in range(len(letters[0]), 2, -1):
        word = text[after : after + length]
        if left.endswith(word) and _whole(text, after + length, left[: len(left) - length], word):
            return Unit(after, after + length, word)
    return None


def _before_counting(text: str, floor: int, start: int) -> str:
    left = text[max(floor, start - _REACH) : start].rstrip(" ")
    counting = _COUNTING.search(left)
    return left[: counting.start()].rstrip(" ") if counting else left


def _whole(text: str, end: int, left: str, word: str) -> bool:
    """Whether a word ends at `end` and begins after `left`, as far as Thai spelling tells."""
    return not _MARK.match(text, end) and not left.endswith(tuple(_LEADING)) and word[-1] not in _LEADING


def _counted(text: str, floor: int, start: int, after: int) -> Unit | None:
    run = _RUN.match(text, after)
    if not run or _NO_UNIT.match(run[0]) or not _COUNTING.search(text[max(floor, start - _REACH) : start]):
        return None
    return Unit(after, run.end(), run[0])
