"""A small character model of Thai: n-grams with back-off, digits and their separators neutral.

File: zlib over UTF-8 JSON {"order": n, "bonus": b, "grams": tab-separated, "scores": hex, one byte a gram}. A score is
−log of the conditional probability in sixteenths. Built by training/ngram.py from word frequencies.
"""

import json
import re
import zlib
from pathlib import Path

BACK_OFF = 0.92  # −log 0.4: what a shorter context costs
NEUTRAL = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙.,")
NEUTRAL_SCORE = -2.3
UNSEEN = -9.0
START = "\n"
_DIGIT = re.compile("[0-9๐-๙]")


class CharacterModel:
    """Scores a continuation; total on any text."""

    def __init__(self, order: int, scores: dict[str, float], bonus: float = 2.0) -> None:
        self.order, self.scores, self.bonus = order, scores, bonus

    @classmethod
    def load(cls, path: Path) -> "CharacterModel":
        kept = json.loads(zlib.decompress(path.read_bytes()))
        grams, scores = kept["grams"].split("\t"), bytes.fromhex(kept["scores"])
        return cls(kept["order"], {g: -s / 16 for g, s in zip(grams, scores, strict=True)}, kept["bonus"])

    def score(self, history: str, text: str) -> float:
        """log P(text | history), natural logarithm; a neutral character has the same value everywhere."""
        total = 0.0
        context = _DIGIT.sub("0", (START + history)[1 - self.order :])
        for c in text:
            total += NEUTRAL_SCORE if c in NEUTRAL else self._one(context, c)
            context = (context + c)[1 - self.order :]
        return total

    def _one(self, context: str, c: str) -> float:
        cost = 0.0
        while True:
            found = self.scores.get(context + c)
            if found is not None:
                return found - cost
            if not context:
                return UNSEEN - cost
            context, cost = context[1:], cost + BACK_OFF
