"""A second look at pieces with numbers or doubts: the same line in a taller crop. What differs announces itself.

Measured on 919 lines of scans: of wrong numbers 92 % have a low peak in the first reading; another reading of a taller crop finds
most of the rest, because chance errors fall elsewhere when the pixels do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extract.ocr.characters import Written

UP, DOWN = 2.65, 0.78  # bodies above and below the baseline: the other end of what the recogniser was trained on
DOUBT = 0.8  # least certainty of a character under which a piece is looked at again
DISAGREED = 0.5  # most that a number is believed which the other reading does not have
BETTER = 0.02  # mean certainty by which the second reading must lead to be taken
_NUMBER = re.compile(r"[0-9๐-๙](?:[0-9๐-๙.,/:\-]*[0-9๐-๙])?")


def wanted(read: Written) -> bool:
    return bool(read.certainty) and (min(read.certainty) < DOUBT or _NUMBER.search(read.text) is not None)


def settled(first: Written, second: Written) -> Written:
    """The better reading of a piece, numbers on which the two differ doubted."""
    taken, other = (second, first) if second.quality > first.quality + BETTER else (first, second)
    there = Counter(_NUMBER.findall(other.text))
    certainty = list(taken.certainty)
    for match in _NUMBER.finditer(taken.text):
        if there[match.group()]:
            there[match.group()] -= 1
            continue
        for k in range(*match.span()):
            certainty[k] = min(certainty[k], DISAGREED)
    return replace(taken, certainty=tuple(certainty))
