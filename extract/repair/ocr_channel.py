"""Letters that the recogniser was unsure of, weighed by words: the decoder's channel for OCR.

Only characters below CERTAIN may change, only into what the recogniser was measured to confuse them with (data/confusions.tsv,
made by `python -m training.confusions`), never a digit, and never a character that it was sure of; so names and unusual
spellings that are printed clearly stay. Lines that were read badly as a whole stay too: words would be found in noise.

Off unless `Settings.enabled`. Measured on lines in held-out fonts under the full weather of scans (mean certainty from 0.8): own
office sentences CER 2.48 → 1.84 %, 16 of 64 lines better, 1 worse; random words and syllables 4.77 → 4.14 %, 72 of 400 better,
14 worse; no number changed.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extract.repair.channels import Arc, Lattice, identity
from extract.repair.decoder import Change, Decoder
from extract.repair.draft import Draft, Edit
from extract.repair.lexicon import load_lexicon
from extract.repair.mend import carried
from schemas.document import Line

_TABLE = Path(__file__).parent / "data" / "confusions.tsv"
_NUMBER = re.compile("[0-9๐-๙]")
_FLOOR = 0.001  # least probability that any reading is wrong


@dataclass(frozen=True)
class Settings:
    """certain: probability from which a character is left alone. margin: nats that a change must be better by. readable: mean
    probability of a line below which it stays as read."""

    enabled: bool = False
    certain: float = 0.90
    margin: float = 6.0
    readable: float = 0.80


def repair_ocr_line(line: Line, settings: Settings) -> Line:
    """The line with uncertain letters settled by words, each change traced as "ocr"; unchanged without certainties."""
    certainty = line.certainty
    if not settings.enabled or certainty is None or not len(certainty):
        return line
    if min(certainty) >= settings.certain or sum(certainty) < settings.readable * len(certainty):
        return line
    draft = Draft(line.text)
    changes = (c for c in decode_ocr(line.text, certainty, settings.certain) if c.margin >= settings.margin)
    draft.edit("ocr", [Edit(c.start, c.end, c.text, c.confidence) for c in changes])
    return carried(line, draft)


def decode_ocr(text: str, certainty: Sequence[float], certain: float) -> list[Change]:
    """Best reading as words. certainty: probability of each character of text."""
    channel = ocr(certainty, certain)
    return Decoder(load_lexicon(), lambda kind: channel).decode(text, {"ocr": 0.0})


def ocr(certainty: Sequence[float], certain: float) -> Callable[[str], Lattice]:
    """The channel for a line with these certainties."""

    def lattice(text: str) -> Lattice:
        arcs = identity(text)
        for i, char in enumerate(text):
            if certainty[i] < certain and not _NUMBER.match(char):
                doubt = max(1 - certainty[i], _FLOOR)
                arcs[2 * i][0] = arcs[2 * i][0]._replace(cost=-math.log(max(certainty[i], _FLOOR)))
                arcs[2 * i] += [Arc(2 * i + 2, true, price - math.log(doubt)) for true, price in confusions().get(char, ())]
        return arcs

    return lattice


@lru_cache(maxsize=1)
def confusions() -> dict[str, tuple[tuple[str, float], ...]]:
    """What a read character may truly be, with −ln of its share among the wrong readings."""
    table: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in _TABLE.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            read, true, share = row.split("\t")
            table[read].append((true, -math.log(float(share))))
    return {read: tuple(trues) for read, trues in table.items()}
