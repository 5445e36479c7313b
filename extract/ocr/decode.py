"""Log posteriors of the line recogniser -> characters with places and probabilities.

`best_path` is the plain reading. `Decoder` may hold a small character model of Thai, which settles what the recogniser
leaves open between look-alikes. It works on slots (runs of frames), changes only slots below CERTAIN, keeps signs as they
are read (what a spelling says of a dash before a word is nothing), and never changes a number: when any number would come
out differently, the plain reading stands.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.ocr.ngram import CharacterModel
from extract.ocr.numbers import numbers_in
from extract.repair.ocr_channel import POSSIBLE

LogP = NDArray[np.float32]
BLANK = 0
CERTAIN = 0.95  # 94 % of 1,227 wrong characters had a lower peak, and 5 % of the right ones
HIDDEN = 0.995  # a tone that some programs draw into its vowel leaves no more doubt than this
CANDIDATE = 0.02  # smaller posteriors are no alternative
MISSED = 0.1  # least posterior of a character that may have been missed between two read ones
WEIGHT = 0.15  # of the model; 0.1 … 0.4 tried, above 0.2 unusual spellings are "corrected"
WIDTH = 8


@dataclass(frozen=True)
class Mark:
    """One read class: text (one or two characters), posterior at its peak, first and last frame (both inclusive).

    others: what else it may be, with probabilities; "" = nothing.
    """

    text: str
    probability: float
    first: int
    last: int
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Slot:
    """A run of frames that carries one class, or perhaps none (""): (text, log probability), most probable first."""

    first: int
    last: int
    candidates: tuple[tuple[str, float], ...]


def best_path(log_p: LogP, classes: Sequence[str]) -> list[Mark]:
    """Most probable class of each frame, repeats merged, blanks dropped. log_p: (frames, classes)."""
    ids, peaks = log_p.argmax(1).tolist(), np.exp(log_p.max(1)).tolist()
    out: list[Mark] = []
    last = BLANK
    for frame, (k, p) in enumerate(zip(ids, peaks, strict=True)):
        if k != BLANK and k == last:
            out[-1] = Mark(out[-1].text, max(out[-1].probability, p), out[-1].first, frame)
        elif k != BLANK:
            out.append(Mark(classes[k], p, frame, frame))
        last = k
    return out


def text_of(marks: Iterable[Mark]) -> str:
    return "".join(m.text for m in marks)


def is_sign(text: str) -> bool:
    """Punctuation and symbols (ฯ and ๆ are letters)."""
    return unicodedata.category(text[0])[0] in "PS"


class Decoder:
    """Classes as listed in lines.json, and perhaps a character model; stateless between lines."""

    def __init__(self, classes: Sequence[str], model: CharacterModel | None = None, weight: float = WEIGHT) -> None:
        self.classes, self.model, self.weight = list(classes), model, weight
        self.index = {c: i for i, c in enumerate(self.classes) if i != BLANK}

    def read(self, log_p: LogP) -> list[Mark]:
        """log_p: (frames, classes). The plain reading, its uncertain letters settled by the model if there is one."""
        plain = best_path(log_p, self.classes)
        kept = plain
        if self.model is not None and any(m.probability < CERTAIN for m in plain):
            settled = self.search(self.slots(log_p, plain), self.model)
            kept = settled if numbers_in(text_of(settled)) == numbers_in(text_of(plain)) else plain
        return [replace(m, others=self.others(log_p, m)) if m.probability < HIDDEN else m for m in kept]

    def others(self, log_p: LogP, m: Mark) -> tuple[tuple[str, float], ...]:
        """What the frames of a mark may carry instead of it, most probable first; of a sure one, the same with a tone."""
        best = np.exp(log_p[m.first : m.last + 1].max(0))
        best[BLANK] = np.exp(log_p[m.first : m.last + 1, BLANK].min())
        best[self.index[m.text]] = 0
        found = ((self.classes[k], float(best[k])) for k in np.argsort(-best)[:4].tolist() if best[k] >= POSSIBLE)
        return tuple((c, p) for c, p in found if m.probability < CERTAIN or (c.startswith(m.text) and c != m.text))

    def slots(self, log_p: LogP, plain: Sequence[Mark]) -> list[Slot]:
        """Slots of the plain reading, and between them places where a character may have been missed."""
        out: list[Slot] = []
        inked = 1 - np.exp(log_p[:, BLANK])
        edge, before = 0, ""
        for m in plain:
            if m.first > edge and inked[edge : m.first].max() >= MISSED:
                out += self.missed(log_p, edge, m.first, (before, m.text))
            out.append(self.slot(log_p, m))
            edge, before = m.last + 1, m.text
        return out

    def slot(self, log_p: LogP, m: Mark) -> Slot:
        if m.probability >= CERTAIN or is_sign(m.text):
            return Slot(m.first, m.last, ((m.text, float(np.log(m.probability))),))  # the same for all paths
        frames = log_p[m.first : m.last + 1]
        best = np.exp(frames.max(0))
        best[BLANK] = np.exp(frames[:, BLANK].min())
        return Slot(m.first, m.last, self.ranked(best))

    def missed(self, log_p: LogP, start: int, stop: int, neighbours: tuple[str, str]) -> list[Slot]:
        """The likeliest class in frames start … stop - 1 other than the neighbours, whose flanks reach in here."""
        p = np.exp(log_p[start:stop])
        p[:, [self.index[c] for c in neighbours if c]] = 0
        frame = int(p[:, 1:].max(1).argmax())
        if p[frame, 1:].max() < MISSED:
            return []
        return [Slot(start + frame, start + frame, self.ranked(p[frame]))]

    def ranked(self, p: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
        order = [int(k) for k in np.argsort(-p)[:5] if p[k] >= CANDIDATE]
        total = float(sum(p[k] for k in order))
        return tuple((self.classes[k], float(np.log(p[k] / total))) for k in order)

    def search(self, slots: Sequence[Slot], model: CharacterModel) -> list[Mark]:
        """Beam over the slots; a path's value is its posteriors plus weight × (model + a bonus per class)."""
        paths: list[tuple[float, str, tuple[Mark, ...]]] = [(0.0, "", ())]
        for slot in slots:
            grown = []
            for value, text, marks in paths:
                for c, log in slot.candidates:
                    gain = log + (self.weight * (model.score(text, c) + model.bonus) if c else 0.0)
                    mark = (Mark(c, float(np.exp(log)), slot.first, slot.last),) if c else ()
                    grown.append((value + gain, text + c, marks + mark))
            paths = sorted(grown, key=lambda path: -path[0])[:WIDTH]
        return list(paths[0][2])
