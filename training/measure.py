"""Error counts: characters, number tokens, single digits. White space is ignored, as scans.py does."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from extract.ocr.numbers import NUMBER

THAI_DIGIT = re.compile("[๐-๙]")


def normal(text: str) -> str:
    """NFC, composed ำ, no checkbox signs, dot leaders as one ellipsis, single spaces."""
    text = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33")
    text = re.sub("[\u200b\ufeff☑☐]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[.…]{4,}", "…", text)).strip()


@dataclass
class Score:
    """Sums over lines. Numbers: exact tokens, by kind of digit. digits: seen and right per character."""

    lines: int = 0
    errors: int = 0
    characters: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    digits: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, gold: str, read: str) -> None:
        spaced = normal(gold)
        g, p = re.sub(r"\s", "", spaced), re.sub(r"\s", "", normal(read))
        kept = _kept(g, p)
        self.lines += 1
        self.errors += Levenshtein.distance(g, p)
        self.characters += len(g)
        for start, end in _number_spans(spaced):
            kind = "thai" if THAI_DIGIT.search(g[start:end]) else "arabic"
            self.numbers[kind] += 1
            self.exact[kind] += _exact(kept, p, start, end)
        for i, c in enumerate(g):
            if c.isdigit():
                self.digits[c] += 1
                self.right[c] += i in kept

    def __iadd__(self, other: "Score") -> "Score":
        self.lines, self.errors, self.characters = (
            self.lines + other.lines,
            self.errors + other.errors,
            self.characters + other.characters,
        )
        for name in ("numbers", "exact", "digits", "right"):
            getattr(self, name).update(getattr(other, name))
        return self

    @property
    def cer(self) -> float:
        """Character errors in percent."""
        return 100 * self.errors / max(1, self.characters)

    def share(self, kind: str) -> float:
        """Exactly read numbers in percent; kind: arabic or thai. NaN without any."""
        return 100 * self.exact[kind] / self.numbers[kind] if self.numbers[kind] else float("nan")

    def digit(self, c: str) -> float:
        """Share of this digit read right, percent. NaN when it never occurs."""
        return 100 * self.right[c] / self.digits[c] if self.digits[c] else float("nan")


def _kept(gold: str, read: str) -> dict[int, int]:
    """Position in gold -> position in the reading, for the characters that a least edit leaves alone."""
    out: dict[int, int] = {}
    for op in Levenshtein.opcodes(gold, read):
        if op.tag == "equal":
            out.update({op.src_start + k: op.dest_start + k for k in range(op.src_end - op.src_start)})
    return out


def _number_spans(spaced: str) -> list[tuple[int, int]]:
    """Number tokens as positions in the text without spaces."""
    at, n = [], 0
    for c in spaced:
        at.append(n)
        n += not c.isspace()
    return [(at[m.start()], at[m.start()] + len(m.group())) for m in NUMBER.finditer(spaced)]


def _exact(kept: dict[int, int], read: str, start: int, end: int) -> bool:
    """All characters kept, side by side, and no digit invented at either end."""
    there = [kept.get(i) for i in range(start, end)]
    if None in there or there[-1] - there[0] != end - start - 1:  # type: ignore[operator]
        return False
    used = set(kept.values())
    return not any(0 <= i < len(read) and read[i].isdigit() and i not in used for i in (there[0] - 1, there[-1] + 1))  # type: ignore[operator]
