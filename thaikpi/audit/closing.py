"""Arithmetic between the numbers of one sentence: which sums and shares do not close, and which one digit would close them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extract.forms.wording import arabic
from normalize.digits import TO_THAI
from schemas.values import Found, Quantity

_OF = re.compile(r"\s*(?:ได้\s*)?จาก(?:จำนวน)?(?:ทั้งหมด|ทั้งสิ้น)?\s*")
_SHARE = re.compile(r"\s*\(?(?:หรือ)?คิดเป็น\s*")
_TOTAL = re.compile(r"\s*(?:และ)?\s*รวม(?:ทั้งสิ้น|ทั้งหมด|เป็น)?\s*")
_NEXT_PART = re.compile(r"[\s,]*(?:และ)?[ก-๙]{1,30}\s*")
_NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙.,]*")

Quantities = Sequence[Found[Quantity]]


class Closing(NamedTuple):
    """members: indices of quantities that do not agree. mends: (member, number) for each one digit that would close."""

    members: tuple[int, ...]
    mends: tuple[tuple[int, str], ...]


def broken_share(text: str, found: Quantities) -> Iterator[Closing]:
    """"a จาก b คิดเป็นร้อยละ p", a and b of one unit, where 100 a / b is not p."""
    for at in range(len(found) - 2):
        part, whole, share = (found[at + k].value for k in range(3))
        if share.unit != "percent" or part.unit != whole.unit or not whole.value:
            continue
        of = _OF.fullmatch(text, found[at].end, found[at + 1].start)
        if of and _SHARE.fullmatch(text, found[at + 1].end, found[at + 2].start):
            yield from _checked(found, (at, at + 1, at + 2), _share_closes)


def broken_sum(text: str, found: Quantities) -> Iterator[Closing]:
    """"ชาย a คน หญิง b คน รวม c คน" where c is not the sum of what stands before it in the same unit."""
    for total in range(2, len(found)):
        if not _TOTAL.fullmatch(text, found[total - 1].end, found[total].start):
            continue
        first = total - 1
        unit = found[total].value.unit
        while first > 0 and _same(found, first, unit) and _NEXT_PART.fullmatch(text, found[first - 1].end, found[first].start):
            if not _same(found, first - 1, unit):
                break
            first -= 1
        if total - first >= 2 and _same(found, first, unit):
            yield from _checked(found, tuple(range(first, total + 1)), sum_closes)


def _same(found: Quantities, at: int, unit: str | None) -> bool:
    return found[at].value.unit == unit and found[at].value.comparator == "="


def _share_closes(values: Sequence[float], texts: Sequence[str]) -> bool:
    part, whole, share = values
    if not whole:
        return False
    step: float = 10.0 ** -len(texts[2].partition(".")[2])
    return abs(100 * part / whole - share) <= 0.51 * step + 1e-9


def sum_closes(values: Sequence[float], texts: Sequence[str]) -> bool:
    return abs(sum(values[:-1]) - values[-1]) < 1e-6


def _checked(
    found: Quantities, members: tuple[int, ...], closes: Callable[[Sequence[float], Sequence[str]], bool]
) -> Iterator[Closing]:
    texts = [digits_of(found[m].value.text or "") for m in members]
    if any(t is None or found[m].value.value is None for t, m in zip(texts, members, strict=True)):
        return
    known = [t for t in texts if t is not None]
    values = [value_of(t) for t in known]
    if closes(values, known):
        return
    mends = one_digit_mends(known, values, closes)
    yield Closing(members, tuple((members[at], as_printed(n, found[members[at]].value.text or "")) for at, n in mends))


def one_digit_mends(
    texts: Sequence[str], values: Sequence[float], closes: Callable[[Sequence[float], Sequence[str]], bool]
) -> Iterator[tuple[int, str]]:
    for at, text in enumerate(texts):
        for k, old in enumerate(text):
            for new in "0123456789" if old.isdigit() else "":
                other = text[:k] + new + text[k + 1 :]
                if new != old and closes([*values[:at], value_of(other), *values[at + 1 :]], texts):
                    yield at, other


def digits_of(text: str) -> str | None:
    match = _NUMBER.search(text)
    return arabic(match[0].rstrip(".,")) if match else None


def value_of(digits: str) -> float:
    plain = digits.replace(",", "")
    return float(plain) if plain.count(".") < 2 else float(plain.replace(".", ""))


def as_printed(number: str, text: str) -> str:
    return number.translate(TO_THAI) if any("๐" <= c <= "๙" for c in text) else number
