"""Other looks at pieces with numbers or doubts: the same line in crops of other heights. What differs announces itself.

A chance error falls elsewhere when the pixels do. What the looks think of every character goes with the reading (support), and
what another one read instead (otherwise); what follows from them is thaikpi.confidence's matter. Measured: docs/confidence.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extract.ocr.characters import Written
from extract.ocr.numbers import NUMBER, numbers_in, spread

TALL = (2.65, 0.78)  # bodies above and below the baseline: the other end of what the recogniser was trained on …
CLOSE = (2.05, 0.5)  # … and tighter than most of it; only pieces with numbers are looked at a third time
DOUBT = 0.8  # least certainty of a character under which a piece is looked at again
BETTER = 0.02  # mean certainty by which another reading must lead to be taken


def wanted(read: Written) -> bool:
    return bool(read.certainty) and (min(read.certainty) < DOUBT or has_number(read))


def has_number(read: Written) -> bool:
    return NUMBER.search(read.text) is not None


def settled(looks: Sequence[Written]) -> Written:
    """The best reading of a piece, with what the other looks say of it. The first counts unless another one is clearly better.

    Where three looks read different numbers, the ones that two of them read count.
    """
    taken = looks[0]
    for other in looks[1:]:
        if other.quality > taken.quality + BETTER:
            taken = other
    taken = _outvoted(taken, looks)
    others = [look for look in looks if look is not taken]
    views = [_view(taken, other) for other in others]
    support = tuple(sum(view[k][0] for view in views) / len(views) for k in range(len(taken.text)))
    differing = next((view for view, other in zip(views, others, strict=True) if _numbers(other) != _numbers(taken)), None)
    return replace(taken, support=support, otherwise=tuple(text for _, text in differing) if differing else ())


def _outvoted(taken: Written, looks: Sequence[Written]) -> Written:
    votes = Counter(_numbers(look) for look in looks)
    if len(looks) < 3 or votes[_numbers(taken)] > 1:
        return taken
    most, count = votes.most_common(1)[0]
    return max((look for look in looks if _numbers(look) == most), key=lambda look: look.quality) if count > 1 else taken


def _numbers(read: Written) -> tuple[str, ...]:
    return tuple(numbers_in(read.text))


def _view(taken: Written, other: Written) -> list[tuple[float, str]]:
    """Of every character: the probability that the other look gives it, and what it reads there."""
    view = [(0.0, "")] * len(taken.text)
    added: list[tuple[int, str]] = []
    for op in Levenshtein.opcodes(taken.text, other.text):
        start, stop, text = op.src_start, op.src_end, other.text[op.dest_start : op.dest_end]
        if op.tag == "equal":
            view[start:stop] = zip(other.certainty[op.dest_start : op.dest_end], text, strict=True)
        elif op.tag == "insert":
            added.append((start, text))
        else:
            view[start:stop] = [(0.0, theirs) for theirs in spread(text, stop - start)]
    for place, text in added:
        _put_in(view, taken.text, place, text)
    return view


def _put_in(view: list[tuple[float, str]], own: str, place: int, text: str) -> None:
    """What only the other look reads goes to the digit beside it; a number more unsettles the digits on both sides."""
    beside = [k for k in (place - 1, place) if 0 <= k < len(own)]
    if not beside:
        return
    k = next((k for k in beside if own[k].isdigit()), beside[0])
    view[k] = view[k][0], (view[k][1] + text if k < place else text + view[k][1])
    if NUMBER.search(text):
        for k in beside:
            view[k] = 0.0, view[k][1]
