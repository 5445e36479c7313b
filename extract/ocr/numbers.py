"""What stands for one number in a reading, in either set of digits: 12,345.50 · ๑๔/๓ · 081-234."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[0-9๐-๙](?:[0-9๐-๙.,/:\-]*[0-9๐-๙])?")


def numbers_in(text: str) -> list[str]:
    return NUMBER.findall(text)


def is_arabic(number: str) -> bool:
    return number.isascii()


def spread(text: str, count: int) -> list[str]:
    """Another reading's text over so many of our characters, one each; the last stands for all the rest."""
    return [text[k:] if k == count - 1 else text[k : k + 1] for k in range(count)]
