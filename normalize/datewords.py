"""The words and numbers that dates are made of, found in one pass over a text.

`scan(text)` gives tokens in order; what lies between two tokens decides whether they belong together (`Scan.joined`).
Offsets are those of the printed text: `plain` has the same length, with Arabic digits, ASCII dashes and plain spaces.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from string import ascii_letters
from typing import NamedTuple

from normalize.fiscal import year_kinds
from normalize.months import LETTER, PATTERN, Month, month_of


class Kind(IntEnum):
    """What a token is."""

    NUMBER = 1  # value: (number, digits printed)
    NUMERIC_DATE = 2  # value: (day, month, year, digits of the year) of 27/10/2563, 2020-10-27
    FRACTION = 3  # value: (a, b, digits of b) of 2/2564
    OPAQUE = 4  # any other run of digits: money, telephone, clock
    MONTH = 5  # value: (month, strength)
    DASH = 6
    COMMA = 7
    AND = 8
    TO = 9  # ถึง
    DAY_WORD = 10  # วันที่, วันศุกร์ที่
    MONTH_WORD = 11  # เดือน
    YEAR_WORD = 12  # ปี
    ERA = 13  # value: "be" or "ce"
    YEAR_KIND = 14  # value: id of years.yaml; ปีงบประมาณ
    QUARTER = 15  # ไตรมาสที่; value 0, or the quarter when in words (ไตรมาสแรก)
    HALF = 16  # ครึ่งปีแรก; value 1 or 2
    TERM = 17  # ภาคเรียนที่
    SINCE = 18  # ตั้งแต่
    BETWEEN = 19  # ระหว่าง
    ONWARD = 20  # เป็นต้นไป
    PRESENT = 21  # ปัจจุบัน


class Token(NamedTuple):
    """plain[start:end] and what it is."""

    kind: Kind
    value: tuple[int | str, ...]
    start: int
    end: int


_PLAIN = {
    **{chr(0x0E50 + i): str(i) for i in range(10)},
    **dict.fromkeys("–—‐‑‒―−～~", "-"),
    **dict.fromkeys("\t\u00a0\u2007\u202f\u2009\u200a\u200b\u200c\u200d\u2060\ufeff", " "),
    **dict.fromkeys("\r\v\f\u2028\u2029\u0085", "\n"),
}
_NOT_PLAIN = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")


def plain_text(text: str) -> str:
    """The text, character by character, with Arabic digits, ASCII dashes and plain spaces. (str.translate takes as long as all
    the rest of the scan; most texts have nothing to replace.)"""
    return _NOT_PLAIN.sub(lambda match: _PLAIN[match.group()], text)


_QUARTERS_IN_WORDS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}
_WEEKDAY = "(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)"
_QUARTER_WORD = "(?<!ราย)(?<!ทุก)(?<!ละ)ไตรมาส"  # every quarter is none
_WORDS: tuple[tuple[str, Kind, str], ...] = (
    ("day", Kind.DAY_WORD, rf"วันที่|วัน{_WEEKDAY}(?: ?- ?(?:วัน)?{_WEEKDAY})? ?(?:ที่)?|{_WEEKDAY}ที่"),
    ("monthword", Kind.MONTH_WORD, "เดือน"),
    ("be", Kind.ERA, r"พ ?\. ?ศ ?\.|พ\.ศ(?![" + LETTER + r"])|พศ\.|พศ(?= ?[0-9])|พุทธศักราช"),
    ("ce", Kind.ERA, r"ค ?\. ?ศ ?\.|ค\.ศ(?![" + LETTER + r"])|คศ\.|คศ(?= ?[0-9])|คริสต์ศักราช"),
    ("quarterword", Kind.QUARTER, rf"{_QUARTER_WORD}(?:ที่)? ?(?P<ordinal>{'|'.join(_QUARTERS_IN_WORDS)})(?!ๆ)"),
    ("quarter", Kind.QUARTER, rf"{_QUARTER_WORD}(?: ?ที่)?|(?<![A-Za-z])[Qq](?=[1-4](?![0-9]))"),
    ("term", Kind.TERM, "ภาค(?:เรียน|การศึกษา)ที่"),
    ("since", Kind.SINCE, "ตั้งแต่"),
    ("between", Kind.BETWEEN, "ระหว่าง"),
    ("onward", Kind.ONWARD, "เป็นต้น(?:ไป|มา)"),
    ("present", Kind.PRESENT, "(?:จน)?(?:ถึง)?ปัจจุบัน"),
    ("to", Kind.TO, r"(?:จน)?ถึง|(?<![A-Za-z])(?:to|TO)(?![A-Za-z])"),
    ("and", Kind.AND, "และ|กับ|&"),
    ("comma", Kind.COMMA, ",|(?<=[.คมยน์])/(?=[ก-ฮเ-ไ])"),  # ม.ค./ก.พ.
    ("dash", Kind.DASH, r"-|(?<= )\?(?= )"),  # "?" stands for a dash that a system lost
)
_HALVES = (
    "(?P<firsthalf>ครึ่งปี(?:งบประมาณ)?แรก|(?:ครึ่ง|(?:6|หก) ?เดือน)แรก(?= ?(?:ของ)?ปีงบ))"
    "|(?P<secondhalf>ครึ่งปี(?:งบประมาณ)?หลัง|(?:ครึ่ง|(?:6|หก) ?เดือน)หลัง(?= ?(?:ของ)?ปีงบ))"
)
_VALUES: dict[str, tuple[int | str, ...]] = {"be": ("be",), "ce": ("ce",), "firsthalf": (1,), "secondhalf": (2,), "quarter": (0,)}
_KIND_OF_GROUP = {
    "yearkind": Kind.YEAR_KIND,
    "year": Kind.YEAR_WORD,
    "firsthalf": Kind.HALF,
    "secondhalf": Kind.HALF,
    **{name: kind for name, kind, _ in _WORDS},
}
_LETTER = re.compile(f"[{LETTER}]")
_NUMERIC = (
    r"(?!6 ?เดือน(?:แรก|หลัง))(?:(?<![0-9/.,])[0-9]{1,2} ?/ ?[0-9]{1,2} ?/ ?[0-9]{2,4}(?![0-9/])"  # a space: the line ended there
    r"|(?<![0-9/.,])[0-9]{1,2} ?/ ?(?:25|20)[0-9]{2}(?![0-9/.,])"
    r"|[0-9]+(?:[.,/:-][0-9]+)*)"
)
_DIGITS = re.compile(_NUMERIC)


# Where a token may begin, two or three letters deep: every alternative begins with another literal, which the regular
# expression engine searches for at once (ten times as fast as trying `_token_pattern` at every letter; same tokens, tested).
_BEGINNINGS = (
    "ก(?:[พคย]| ?[.,]|ุม|รก|ัน|ับ)", "ม(?:ค|[ีิ]?[คย]|[ีิ]? ?[.,]|กร|ีน|ิถ)", "พ(?:[คยศ]| ?[.,]|ฤ|ุ[ทธ])", "ส(?:ค| ?[.,]|ิง)",
    "ต(?:ค| ?[.,]|ุล|ั้ง)",
    "ธ(?:ค| ?[.,]|ัน)",
    "เ(?:ดื|ม[ษย]|ม ?[.,]|ป็น|สา)", "วัน", "ป(?:ี|ัจ)", "ระห", "ไตร", "ค(?:ศ| ?[.,]|ริ|รึ)", "ภาค", "ถึง", "และ",
    "จ(?:น|ัน)", "อ(?:ัง|าท)", "ศุก", "หก", "งบ", *"0123456789QqTtJjFfMmAaSsOoNnDd", "&", "-", ",", "/", "\\?",
)  # fmt: skip


@cache
def _token_pattern() -> re.Pattern[str]:
    spaced = "|".join(" ?".join(_syllables(word)) for word in sorted(_kind_of_word(), key=len, reverse=True))
    rows = "|".join(f"(?P<{name}>{pattern})" for name, _, pattern in _WORDS)
    return re.compile(f"{PATTERN}|{_HALVES}|(?P<yearkind>{spaced})|(?P<year>ปี)|{rows}")


@cache
def _beginning_pattern() -> re.Pattern[str]:
    firsts = {word[:2] for kind in year_kinds().values() for word in kind.words}
    known = [*_BEGINNINGS, *sorted(first for first in firsts if not any(first.startswith(row[:1]) for row in _BEGINNINGS))]
    return re.compile("|".join(known))


def _syllables(word: str) -> list[str]:
    """Where a space may stand in a kind of year: after ปี, before ปี."""
    return [re.escape(part) for part in re.split("(?<=^ปี)|(?=ปี$)", word) if part]


@cache
def _kind_of_word() -> dict[str, str]:
    return {word: kind.id for kind in year_kinds().values() for word in kind.words}


class Scan(NamedTuple):
    """A text with its tokens."""

    text: str
    plain: str
    tokens: list[Token]


def scan(text: str) -> Scan:
    """All tokens of a text, in order. Linear in its length."""
    plain = plain_text(text)
    tokens: list[Token] = []
    begin, read, read_digits = _beginning_pattern().search, _token_pattern().match, _DIGITS.match
    at = 0
    while beginning := begin(plain, at):
        start = beginning.start()
        if plain[start] <= "9" and (digits := read_digits(plain, start)):
            at = digits.end()
            _add_numeric(tokens, plain, start, at)
            continue
        match = read(plain, start)
        if match is None:
            at = start + 1
            continue
        group, end = match.lastgroup or "", match.end()
        at = end
        if group in _KIND_OF_GROUP:
            tokens.append(Token(_KIND_OF_GROUP[group], _word_value(group, match), start, end))
        elif (month := month_of(match)) and _stands_alone(plain, month, tokens):
            tokens.append(Token(Kind.MONTH, (month.number, month.strength), start, end))
        else:
            at = start + 1  # letters that look like a month may hide a token: the ตพ. of เขตพ.ศ.
    return Scan(text, plain, tokens)


def _word_value(group: str, match: re.Match[str]) -> tuple[int | str, ...]:
    if group == "yearkind":
        return (_kind_of_word()[match.group().replace(" ", "")],)
    if group == "quarterword":
        return (_QUARTERS_IN_WORDS[match["ordinal"]],)
    return _VALUES.get(group, ())


_MORE_LETTERS = re.compile(r"[ก-ฮ] ?\.")  # ก.พ.ร., ส.ค.ส.
_ERA_FOLLOWS = re.compile(r"[พค] ?\. ?ศ")
_BEFORE_SHORT = re.compile("(?:ใน|ช่วง|เมื่อ|ณ|ต้น|กลาง|ปลาย|สิ้น|ประจำ|ของ|ก่อน|หลัง|เริ่ม|แต่)$")


def _stands_alone(plain: str, month: Month, tokens: list[Token]) -> bool:
    """Whether an abbreviation is no piece of a longer one (อ.ก.พ., ก.พ.ร.) nor of a word."""
    if month.strength == "full":
        return True
    if _MORE_LETTERS.match(plain, month.end) and not _ERA_FOLLOWS.match(plain, month.end):
        return False
    before = plain[month.start - 1] if month.start else " "
    if before == ".":
        before = plain[month.start - 2] if month.start > 1 else " "
        return before.isdigit() or _follows(tokens, month.start)
    if not _LETTER.match(before):
        return not before.isascii() or not before.isalpha()
    return _follows(tokens, month.start) or bool(_BEFORE_SHORT.search(plain, max(0, month.start - 8), month.start))


def _follows(tokens: list[Token], start: int) -> bool:
    return bool(tokens) and tokens[-1].end == start


_PIECES = re.compile("[0-9]+|[^0-9]")
_SLASHED = re.compile(r"([0-9]{1,2}) ?/ ?([0-9]{1,2}) ?/ ?([0-9]{4}|[0-9]{2})")
_DOTTED = re.compile(r"([0-9]{1,2})([.-])([0-9]{1,2})\2([0-9]{4})")
_SHORT_DOTTED = re.compile(r"([0-9]{1,2})([.-])([0-9]{1,2})\2([4-9][0-9])")  # only after วันที่: else a section's number
_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
_NUMBER_THEN_SLASHED = re.compile(r"([0-9]{1,2})([-,])(?=[0-9]{1,2}/(?:[0-9]{1,2}/)?[0-9]{2,4}$)")  # 1-5/3/64, 1-4/2564
_SMALL_LIST = re.compile("[0-9]{1,2}(?:[-,][0-9]{1,2})+|[0-9]{4}-[0-9]{1,4}|[0-9]{1,2}-[0-9]{4}")
_FRACTION = re.compile("([0-9]{1,4})/([0-9]{1,4})")
_YEAR_THEN_DAY = re.compile("([0-9]{4}|[0-9]{2})/([0-9]{1,2})")
_YEAR_THEN_COUNT = re.compile("([0-9]{4}|[3-9][0-9]):[0-9]+")  # มิ.ย.64:12 ราย; no hour is so late
_MARKS = {"-": Kind.DASH, ",": Kind.COMMA}


def _add_numeric(tokens: list[Token], plain: str, start: int, end: int) -> None:
    """The tokens of a run of digits with . , / : - between them."""
    run = plain[start:end]
    if start and plain[start - 1] in _STICKING and _is_part_of_name(plain, start) and not _is_after_quarter(tokens, start):
        tokens.append(Token(Kind.OPAQUE, (), start, end))
    elif run.isdigit():
        tokens.append(Token(Kind.NUMBER, (int(run) if len(run) < 9 else -1, len(run)), start, end))
    elif date := _numeric_date(run, after_day_word=_is_after_day_word(tokens, start)):
        tokens.append(Token(Kind.NUMERIC_DATE, date, start, end))
    elif match := _NUMBER_THEN_SLASHED.match(run):
        tokens.append(Token(Kind.NUMBER, (int(match[1]), len(match[1])), start, start + match.end(1)))
        tokens.append(Token(_MARKS[match[2]], (), start + match.start(2), start + match.end(2)))
        _add_numeric(tokens, plain, start + match.end(), end)
    elif _SMALL_LIST.fullmatch(run):
        for piece in _PIECES.finditer(run):
            kind, value = _MARKS.get(piece.group()), (piece.group(), len(piece.group()))
            place = (start + piece.start(), start + piece.end())
            tokens.append(Token(kind, (), *place) if kind else Token(Kind.NUMBER, (int(value[0]), value[1]), *place))
    elif (match := _YEAR_THEN_DAY.fullmatch(run)) and tokens and tokens[-1].kind is Kind.MONTH and start - tokens[-1].end <= 1:
        middle = start + match.end(1)  # 7 มี.ค. 64/8 มี.ค. 64
        tokens.append(Token(Kind.NUMBER, (int(match[1]), len(match[1])), start, middle))
        tokens.append(Token(Kind.COMMA, (), middle, middle + 1))
        tokens.append(Token(Kind.NUMBER, (int(match[2]), len(match[2])), middle + 1, end))
    elif (match := _YEAR_THEN_COUNT.fullmatch(run)) and tokens and tokens[-1].kind is Kind.MONTH:
        tokens.append(Token(Kind.NUMBER, (int(match[1]), len(match[1])), start, start + match.end(1)))
        tokens.append(Token(Kind.OPAQUE, (), start + match.end(1), end))
    elif match := _FRACTION.fullmatch(run.replace(" ", "")):
        tokens.append(Token(Kind.FRACTION, (int(match[1]), int(match[2]), len(match[2])), start, end))
    else:
        tokens.append(Token(Kind.OPAQUE, (), start, end))


def _is_after_day_word(tokens: list[Token], start: int) -> bool:
    return bool(tokens) and tokens[-1].kind is Kind.DAY_WORD and start - tokens[-1].end <= 1


def _numeric_date(run: str, *, after_day_word: bool) -> tuple[int, int, int, int] | None:
    """(day, month, year as printed, its digits): 27/10/2563, 2/2/66, 27.10.2563, 2020-10-27; 2.2.66 only after วันที่."""
    if match := _SLASHED.fullmatch(run):
        return int(match[1]), int(match[2]), int(match[3]), len(match[3])
    if match := _DOTTED.fullmatch(run):
        return int(match[1]), int(match[3]), int(match[4]), 4
    if after_day_word and (match := _SHORT_DOTTED.fullmatch(run)):
        return int(match[1]), int(match[3]), int(match[4]), 2
    if match := _ISO.fullmatch(run):
        return int(match[4]), int(match[3]), int(match[1]), 4
    return None


_STICKING = frozenset(ascii_letters + "/-.")


def _is_after_quarter(tokens: list[Token], start: int) -> bool:
    """Q2: the letter is a word of its own."""
    return bool(tokens) and tokens[-1].end == start and tokens[-1].kind is Kind.QUARTER


def _is_part_of_name(plain: str, start: int) -> bool:
    """COVID-19, PM2.5, ศธ/12: digits that stick to Latin letters or to a slash (the year of 5/ต.ค./63 sticks to ./)."""
    before = plain[max(0, start - 2) : start]
    if before[-1:] == "/" and before[:1] != ".":
        return True
    before = before[:-1] if before[-1:] in {"-", "."} else before
    return before[-1:].isascii() and before[-1:].isalpha()
