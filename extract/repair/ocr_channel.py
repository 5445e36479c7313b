"""Marks that the recogniser was unsure of, weighed by words: the decoder's channel for OCR.

Only marks between which the recogniser was undecided may change, only into what it took them for as well, at the price of its own
probabilities; never a digit or a sign, and no word of a person's name. So unusual spellings that are printed clearly stay.
Lines that were read badly as a whole stay too: words would be found in noise.

Measured on pages copied, upside down and at their worst (33 pages, six fonts): 7 characters of 77 wrong ones mended, none
harmed, 0.3 ms a line; on 300 degraded lines of random words, syllables and deliberate misspellings in held-out fonts 10 lines
better, 4 worse; no number changed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.repair.channels import Arc, Lattice, identity
from extract.repair.decoder import Change, Decoder
from extract.repair.draft import Draft
from extract.repair.lexicon import load_lexicon
from extract.repair.mend import carried
from schemas.document import Line

_THAI_LETTERS = re.compile("[ก-ฮะ-ฺเ-๎]*")  # without digits and ฿ ๏ ๚ ๛
_NAME = re.compile(r"(?:นาย|นางสาว|นาง|น\.ส\.|ด\.[ชญ]\.|ว่าที่|ดร\.)\s*[ก-๎]+(?:\s+[ก-๎]+)?")
_FLOOR = 1e-4
POSSIBLE = 0.01  # probability under which the recogniser did not take a mark for something
_LONGEST = 20  # letters of a word on either side of a change
_DECIDES = 4  # letters of a word that may decide; shorter ones are found in any syllables …
_COMMON = 5.5  # … unless they are as common as this (nats): ที่ and a few more


@dataclass(frozen=True)
class Choice:
    """text[start:end] of a line was read with this probability; others: (text, probability), "" = nothing."""

    start: int
    end: int
    probability: float
    others: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Settings:
    """margin: nats that a change must be better by. readable: mean probability of a line below which it stays as read."""

    margin: float = 2.0
    readable: float = 0.80


def settle(line: Line, choices: Sequence[Choice], settings: Settings | None = None) -> Line:
    """The line with its open choices settled by words, each change traced as "ocr"."""
    settings = settings or Settings()
    choices = [c for c in choices if _is_open(line.text, c)]
    certainty = line.certainty or ()
    if not choices or sum(certainty) < settings.readable * len(certainty):
        return line
    channel = ocr(choices)
    changes = Decoder(load_lexicon(), lambda kind: channel).decode(line.text, {"ocr": 0.0})
    sure = [c for c in changes if c.margin >= settings.margin and _in_word(line.text, c)]
    draft = Draft(line.text)
    draft.edit([("ocr", c.start, c.end, c.text, c.confidence) for c in sure])
    return carried(line, *draft.mended())


def _in_word(text: str, change: Change) -> bool:
    """A word holds the change and more: what stays a stump of unknown letters is better left as read."""
    new = text[max(0, change.start - _LONGEST) : change.start] + change.text + text[change.end : change.end + _LONGEST]
    start = min(change.start, _LONGEST)
    end, look = start + len(change.text), load_lexicon().look
    for first in range(start, -1, -1):
        for last in range(end, len(new) + 1):
            found = look(new[first:last])
            if found is None:
                break
            if found <= _COMMON or (found < math.inf and last - first >= _DECIDES):
                return True
    return False


def _is_open(text: str, choice: Choice) -> bool:
    """Letters against letters, and not in a name."""
    read = text[choice.start : choice.end]
    if not _THAI_LETTERS.fullmatch(read) or not _possible(choice):
        return False
    return not any(m.start() <= choice.start < m.end() for m in _NAME.finditer(text))


def _possible(choice: Choice) -> list[tuple[str, float]]:
    return [(other, p) for other, p in choice.others if p >= POSSIBLE and _THAI_LETTERS.fullmatch(other)]


def ocr(choices: Sequence[Choice]) -> Callable[[str], Lattice]:
    """The channel for a line with these choices."""

    def lattice(text: str) -> Lattice:
        arcs = identity(text)
        for choice in choices:
            here = arcs[2 * choice.start]
            here[0] = here[0]._replace(cost=_cost(choice.probability))
            here += [Arc(2 * choice.end, other, _cost(p)) for other, p in _possible(choice)]
        return arcs

    return lattice


def _cost(probability: float) -> float:
    return -math.log(max(probability, _FLOOR))
