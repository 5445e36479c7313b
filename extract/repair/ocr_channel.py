"""Letters that the recogniser was unsure of, weighed by words: the decoder's channel for OCR.

Only characters below CERTAIN may change, only into what the recogniser was measured to confuse them with (data/confusions.tsv,
made by `python -m training.confusions`), never a digit, and never a character that it was sure of; so names and unusual
spellings that are printed clearly stay. Off unless `Settings.enabled`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

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
    """certain: probability from which a character is left alone. margin: nats that a change must be better by."""

    enabled: bool = False
    certain: float = 0.90
    margin: float = 3.0


def repair_ocr_line(line: Line, settings: Settings) -> Line:
    """The line with uncertain letters settled by words, each change traced as "ocr"; unchanged without certainties."""
    certainty = line.certainty
    if not settings.enabled or certainty is None or not len(certainty) or min(certainty) >= settings.certain:
        return line
    draft = Draft(line.text)
    changes = (c for c in decode_ocr(line.text, certainty, settings.certain) if c.margin >= settings.margin)
    if not draft.edit("ocr", [Edit(c.start, c.end, c.text, c.confidence) for c in changes]):
        return line
    return msgspec.structs.replace(
        carried(line, draft), confidence=min((line.confidence, *(r.confidence for r in draft.repairs())))
    )


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
    """What a read character may truly be ("" nothing), with −ln of its share among the wrong readings."""
    table: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in _TABLE.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            read, true, share = row.split("\t")
            table[read].append((true, -math.log(float(share))))
    return {read: tuple(trues) for read, trues in table.items()}
