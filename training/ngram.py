"""`python -m training.ngram characters.bin`: the character model, from generated text without misspellings."""

import argparse
import json
import math
import re
import zlib
from collections import Counter
from pathlib import Path

from extract.ocr.ngram import NEUTRAL, START
from training.language import Language

ORDER = 6


class Spelled(Language):
    """Lines for a model of spelling: no look-alikes, no random syllables, no strings of digits and signs."""

    def misread(self, word: str) -> str:
        return word

    def syllables(self) -> str:
        return self.words()

    def signs(self) -> str:
        return self.words()

    def digit_string(self) -> str:
        return self.number()


def count(lines: int, seed: int) -> Counter[str]:
    """Occurrences of all 1- … ORDER-grams, digits as 0, a line starting with START."""
    language, out = Spelled(seed), Counter[str]()
    for _ in range(lines):
        text = START + re.sub("[0-9๐-๙]", "0", language.line(10, 60))
        for i in range(1, len(text)):
            for n in range(1, min(ORDER, i + 1) + 1):
                out[text[i + 1 - n : i + 1]] += 1
    return out


def scores(grams: Counter[str], least: int) -> dict[str, int]:
    """−16 · log P(last character | rest) as a byte, for grams seen `least` times (single characters: always)."""
    contexts: Counter[str] = Counter()
    for gram, n in grams.items():
        contexts[gram[:-1]] += n
    kept = ((g, n) for g, n in grams.items() if g[-1] not in NEUTRAL and (n >= least or len(g) == 1))
    return {g: min(255, round(-16 * math.log(n / contexts[g[:-1]]))) for g, n in kept}


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m training.ngram", description="Build the character model.")
    p.add_argument("target", type=Path)
    p.add_argument("--lines", type=int, default=60000)
    p.add_argument("--least", type=int, default=4)
    p.add_argument("--seed", type=int, default=99)
    a = p.parse_args()
    table = scores(count(a.lines, a.seed), a.least)
    grams = sorted(table)
    data = {"order": ORDER, "bonus": 2.0, "grams": "\t".join(grams), "scores": bytes(table[g] for g in grams).hex()}
    a.target.write_bytes(zlib.compress(json.dumps(data, ensure_ascii=False).encode(), 9))
    print(f"{a.target}: {len(grams)} grams, {a.target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
