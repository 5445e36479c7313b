"""List items out of a passage: with numbers, bullets or neither, wrapped or all on one line."""

from __future__ import annotations

import re

from extract.forms.passage import Passage, joined
from extract.forms.wording import arabic

NONE = re.compile(r"\s*(?:[-–—]+|ไม่มี|ไม่ปรากฏ|none|n/?a)\s*[.]?\s*", re.IGNORECASE)
_MARKER = re.compile(
    r"\s*(?:(?P<bullet>[-–—•●○▪■□◦‣➢✓✔*])(?=\s|[\u0e01-\u0e4e])|\(?(?P<number>[0-9๐-๙]{1,2}|[ก-ฮ](?=[.)]))\s*[.)](?![0-9๐-๙]))\s*"
)
_INLINE = re.compile(r"\s\(?(?P<number>[0-9๐-๙]{1,2})\s*[.)](?![0-9๐-๙])\s*")


def is_none(text: str) -> bool:
    """Whether nothing but "ไม่มี" or a dash is printed."""
    return NONE.fullmatch(text) is not None


def items_of(passage: Passage) -> list[Passage]:
    """The items without their numbers, in order; none where "ไม่มี" or a dash is printed.

    In a numbered list what has no number belongs to the item above it; elsewhere every paragraph is an item.
    """
    if is_none(passage.text):
        return []
    paragraphs = [piece for paragraph in passage.paragraphs() for piece in _inline_items(paragraph)]
    marks = [_MARKER.match(paragraph.text) for paragraph in paragraphs]
    numbered = _counts_up(marks)
    found: list[list[Passage]] = []
    for paragraph, mark in zip(paragraphs, marks, strict=True):
        if numbered and found and (mark is None or mark["number"] is None):
            found[-1].append(paragraph)
        else:
            found.append([paragraph.part(mark.end()) if mark else paragraph])
    return [item for group in found if (item := joined(group, "\n"))]


def _counts_up(marks: list[re.Match[str] | None]) -> bool:
    """Whether the paragraphs are numbered 1, 2, …: the first is 1, and the numbers count up."""
    numbers = [_value(mark["number"]) for mark in marks if mark and mark["number"]]
    return bool(marks) and marks[0] is not None and marks[0]["number"] is not None and numbers == list(range(1, len(numbers) + 1))


def _value(number: str) -> int:
    return int(arabic(number)) if arabic(number).isdigit() else ord(number) - ord("ก") + 1


def _inline_items(passage: Passage) -> list[Passage]:
    """ "1. a 2. b 3. c" on one line cut before its numbers; uncut where they do not count up."""
    start = _MARKER.match(passage.text)
    if not start or not start["number"] or not arabic(start["number"]).isdigit():
        return [passage]
    cuts, wanted = [0], int(arabic(start["number"])) + 1
    for found in _INLINE.finditer(passage.text, start.end()):
        if arabic(found["number"]) == str(wanted):
            cuts.append(found.start())
            wanted += 1
    return [passage.part(begin, end) for begin, end in zip(cuts, [*cuts[1:], len(passage.text)], strict=True)]
