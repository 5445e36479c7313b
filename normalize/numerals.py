"""Numbers as Thai offices print them: Thai, Arabic and mixed digits, thousands commas, decimals, signs, fractions, ranges.

The first step is always `digit_view`: the same text in Arabic digits and plain signs, with a map back to the printed one.
"""

from __future__ import annotations

import re

import msgspec

from normalize.digits import TO_ARABIC
from normalize.words import read_words
from schemas.values import Reason, Unread

_SAME_LENGTH: dict[int, str] = {
    **{thai: chr(arabic) for thai, arabic in TO_ARABIC.items()},
    **{ord(wide): str(value) for value, wide in enumerate("０１２３４５６７８９")},
    **{ord(dash): "-" for dash in "‐‑‒–—―−﹣－"},
    **{ord(space): " " for space in "\u00a0\u2002\u2003\u2007\u2009\u202f\t"},
    **{ord(sign): plain for sign, plain in zip("％，．／：（）≧⩾≦⩽〜～∼≃≅", "%,./:()≥≥≤≤~~~≈≈", strict=True)},
}
_SPECIAL = re.compile("[" + "".join(map(chr, _SAME_LENGTH)) + "]")
_SHORTENED = re.compile("ํ([่-๋]?)า|เเ|[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

DASHES = frozenset("-–—−‐‑‒―")
NOTHING = frozenset(("ไม่มี", "ไม่มี.", "ไม่มีข้อมูล"))

NUMERAL = r"[0-9]+(?:[,.][0-9]+)*"  # what stands for one number, right or wrong; `numeral_value` judges
_PLAIN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_DOTTED_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_TWO_DOTS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+\.[0-9]{1,2}")
_RANGE = re.compile(rf"({NUMERAL})\s*(?:-|ถึง|~)\s*({NUMERAL})")
_FRACTION = re.compile(r"(?:([0-9]+)\s+)?([0-9]+)\s*/\s*([0-9]+)")
_BOTH = re.compile(r"([^()]+)\(\s*([^()]+?)\s*\)")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
MOST_DIGITS = 15  # whole digits that a float64 holds to the unit; longer runs are codes, not figures
MOST_CHARACTERS = 400  # of a figure field; a figure in words of hundreds of millions takes about 150


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A bare number. `upper`: the other end of a range ("25-30"), else None. `text`: as printed."""

    value: float
    upper: float | None = None
    text: str


class DigitView(msgspec.Struct, frozen=True):
    """`text` in Arabic digits and ASCII signs. source[i]: index in the printed text of text[i], with one entry more for the
    end; None: the same places."""

    text: str
    source: tuple[int, ...] | None = None

    def printed(self, index: int) -> int:
        """Index in the printed text of the boundary before text[index]."""
        return index if self.source is None else self.source[index]


def digit_view(text: str) -> DigitView:
    """Thai and full-width digits as 0-9, all dashes as "-", odd spaces as " "; a sara am in two pieces, a sara ae typed as two
    sara e (เเ) and invisible characters closed up. Every index leads back to the printed text."""
    if _SPECIAL.search(text):
        text = text.translate(_SAME_LENGTH)
    if not _SHORTENED.search(text):
        return DigitView(text)
    pieces: list[str] = []
    source: list[int] = []
    done = 0
    for match in _SHORTENED.finditer(text):
        start, end = match.span()
        short = "แ" if match[0] == "เเ" else (match[1] + "ำ" if match[1] is not None else "")
        pieces += (text[done:start], short)
        source += (*range(done, start), *([start] * len(short)))
        done = end
    pieces.append(text[done:])
    source += range(done, len(text) + 1)
    return DigitView("".join(pieces), tuple(source))


def numeral_value(numeral: str, *, decimal_dot: bool | None = None, power: int = 0) -> float | Unread:
    """Value of a numeral in Arabic digits ("2,778", "85.50"), times 10**power, rounded once.

    "1.318" may be an OCR'd 1,318: it is AMBIGUOUS unless `decimal_dot` decides (True: 1.318, False: 1318). Commas in odd
    places and several dots are AMBIGUOUS, with the likely readings as candidates.
    """
    if _PLAIN.fullmatch(numeral):
        if decimal_dot is not True and _DOTTED_THOUSANDS.fullmatch(numeral):
            if decimal_dot is None:
                return Unread(numeral, Reason.AMBIGUOUS, (numeral, numeral.replace(".", "")))
            numeral = numeral.replace(".", "")
        digits = numeral.replace(",", "")
        if len(digits.partition(".")[0]) > MOST_DIGITS:
            return Unread(numeral, Reason.TOO_LONG)
        return float(f"{digits}e{power}") if power else float(digits)
    return Unread(numeral, Reason.AMBIGUOUS, _candidates(numeral))


def _candidates(numeral: str) -> tuple[str, ...]:
    """Readings of a numeral with odd separators: 287.960.25 → 287960.25; 12,34 → 1234 or 12.34."""
    digits = re.sub("[.,]", "", numeral)
    if len(digits) > MOST_DIGITS:
        return ()
    if _TWO_DOTS.fullmatch(numeral):
        whole, _, part = numeral.rpartition(".")
        return (f"{re.sub('[.,]', '', whole)}.{part}",)
    if numeral.count(",") == 1 and "." not in numeral:
        return digits, numeral.replace(",", ".")
    return (digits,)


def blank_reason(text: str) -> Reason | None:
    """Why a stripped figure field holds no figure at all: BLANK, DASH or NONE ("ไม่มี"); None when there is something."""
    if not text:
        return Reason.BLANK
    if all(c in DASHES for c in text):
        return Reason.DASH
    return Reason.NONE if text in NOTHING else None


def read_number(text: str, *, decimal_dot: bool | None = None) -> Number | Unread:
    """A bare number, in digits or words or both, from any text.

    Reads signs (-5), ranges (25-30: value and upper), fractions (1/2, 2 1/2, ½) and words (สองพันเจ็ดร้อยเจ็ดสิบแปด); digits and
    words side by side, 2,000 (สองพัน), must agree, else CONTRADICTION. Refuses: BLANK, DASH, NONE (ไม่มี), AMBIGUOUS (an OCR dot
    for a comma, see `numeral_value`; 12/24, which may be two numbers; 30-25), TOO_LONG, and NOT_A_NUMBER for all else, a
    unit included.
    """
    printed = text.strip()
    if len(printed) > MOST_CHARACTERS:
        return Unread(text, Reason.TOO_LONG)
    reason = blank_reason(printed)
    if reason:
        return Unread(text, reason)
    value = _value(digit_view(printed).text, decimal_dot)
    if isinstance(value, Unread):
        return Unread(text, value.reason, value.candidates)
    return Number(value=value[0], upper=value[1], text=printed)


def _value(view: str, decimal_dot: bool | None) -> tuple[float, float | None] | Unread:
    both = _BOTH.fullmatch(view)
    if both:
        return _agreed(view, both, decimal_dot)
    sign = -1.0 if view.startswith("-") else 1.0
    body = view.lstrip("-+").strip() if view[:1] in "-+" else view
    if re.fullmatch(NUMERAL, body):
        value = numeral_value(body, decimal_dot=decimal_dot)
        return value if isinstance(value, Unread) else (sign * value, None)
    if body in _VULGAR:
        return sign * _VULGAR[body], None
    span = _RANGE.fullmatch(view)
    if span:
        return _range(view, span, decimal_dot)
    fraction = _FRACTION.fullmatch(body)
    if fraction:
        return _fraction(body, fraction, sign)
    words = read_words(view)
    return (words, None) if words is not None else Unread(view, Reason.NOT_A_NUMBER)


def _agreed(view: str, both: re.Match[str], decimal_dot: bool | None) -> tuple[float, float | None] | Unread:
    """Digits and words of one number, in either order; they must be the same number."""
    first, second = (_value(part.strip(), decimal_dot) for part in both.groups())
    if isinstance(first, Unread) or isinstance(second, Unread):
        return Unread(view, Reason.NOT_A_NUMBER)
    if first != second:
        return Unread(view, Reason.CONTRADICTION, tuple(f"{x[0]:.15g}" for x in (first, second)))
    return first


def _range(view: str, span: re.Match[str], decimal_dot: bool | None) -> tuple[float, float | None] | Unread:
    low, high = (numeral_value(x, decimal_dot=decimal_dot) for x in span.groups())
    if isinstance(low, Unread):
        return low
    if isinstance(high, Unread):
        return high
    return (low, high) if low <= high else Unread(view, Reason.AMBIGUOUS)


def _fraction(view: str, match: re.Match[str], sign: float) -> tuple[float, float | None] | Unread:
    """A proper fraction with a small denominator; 12/24 may as well be two numbers under a compound unit."""
    whole, top, bottom = (int(x[:18]) if x else 0 for x in match.groups())
    if not 0 < top < bottom <= 10:
        return Unread(view, Reason.AMBIGUOUS, tuple(x for x in match.groups() if x))
    return sign * (whole + top / bottom), None
