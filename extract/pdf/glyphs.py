"""Characters of a page in content order, with ActualText applied, unmapped glyphs kept and lost spaces put back.

What pdfium's text page does to a Thai page, and what is undone here: it orders characters by place (we order by object), it
gives unmapped glyphs their code (we keep U+FFFD), it drops objects of white space only (we put a space back), it drops a
repeated object (that is right: fake bold), it adds spaces and line ends of its own (we drop those).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from extract.pdf.bulk import GENERATED, MAP_ERROR, Array, Chars, Objects
from extract.pdf.frame import Frame

UNMAPPED = 0xFFFD
SPACE = 0x20
HYPHEN = 0x2D
SARA_AA, SARA_AM, NIKHAHIT = 0x0E32, 0x0E33, 0x0E4D
SHAPED_MARK, SHAPED_LETTER = 0xF0000, 0xF8000  # code points lent to glyphs read by their outline (second.py)
RESTORED_SPACE = 0.2  # em: width given to a space whose own width pdfium does not tell; a Thai font's is 0.2–0.35
SOME_LINES = 0.5  # em: baselines further apart are two lines
CLUSTER = 8  # characters of ActualText that one shaped cluster may have (the longest Thai one has 6)


@dataclass(frozen=True)
class Glyphs:
    """Arrays of one length, a character each, in content order; places as shown (frame.py).

    owner: index of the text object in drawing order. part, parts: place of the character's letter among those that share the
    box evenly. pad: least advance. charcode: of an unmapped character its code in the font, else -1.
    """

    code: Array
    owner: Array
    origin: Array
    box: Array  # with the advance
    ink: Array
    size: Array
    direction: Array
    part: Array
    parts: Array
    pad: Array
    charcode: Array

    def __len__(self) -> int:
        return len(self.code)

    def pick(self, choice: Array | slice) -> Glyphs:
        """choice: a slice, a truth value for each, or indices."""
        if isinstance(choice, slice):
            return Glyphs(*(value[choice] for value in vars(self).values()))
        at = np.flatnonzero(choice) if choice.dtype == bool else choice
        return Glyphs(*(value.take(at, axis=0) for value in vars(self).values()))  # a tenth of indexing's time


def gather(chars: Chars, objects: Objects, frame: Frame) -> Glyphs:
    """The page's characters in content order."""
    table = objects.table.take(objects.texts)
    owner_of_run = owners(chars.run_object, table["handle"])
    spans = _spans(table, objects.spans, frame)
    glyphs = _from_chars(chars, owner_of_run, spans, frame)
    spaces = _lost_spaces(table, owner_of_run, frame)
    if len(spans.glyphs) or len(spaces):
        glyphs = _joined(glyphs, spans.glyphs, spaces)
    if len(glyphs) and np.any(glyphs.owner[1:] < glyphs.owner[:-1]):
        glyphs = glyphs.pick(np.argsort(glyphs.owner, kind="stable"))
    return glyphs


def owners(run_object: Array, handles: Array) -> Array:
    """Number of the text object of every run, as many as there are handles for one that is none of them. handles: of the text
    objects in drawing order; of a form drawn twice the first drawing counts."""
    if not len(handles):
        return np.zeros(len(run_object), np.int64)
    by_handle = np.argsort(handles, kind="stable")
    at = np.searchsorted(handles[by_handle], run_object)
    found = by_handle.take(np.where(at < len(handles), at, 0))
    owner: Array = np.where(handles.take(found) == run_object, found, len(handles))
    return owner


def _joined(*groups: Glyphs) -> Glyphs:
    return Glyphs(*(np.concatenate(values) for values in zip(*(vars(g).values() for g in groups), strict=True)))


def _from_chars(chars: Chars, owner_of_run: Array, spans: Spans, frame: Frame) -> Glyphs:
    """The text page's own characters, but for those it made up and those that an ActualText replaces."""
    kept = (chars.flags & GENERATED) == 0
    owner = owner_of_run[chars.run]
    if spans.replaced.any():  # an empty ActualText takes no glyph away that has ink and no mapping: it only says that much
        unknown = (chars.flags & MAP_ERROR != 0) | (chars.code == UNMAPPED)
        kept &= ~spans.replaced[owner] | (spans.emptied[owner] & unknown & (chars.tight[:, 1] > chars.tight[:, 0]))
    kept = np.flatnonzero(kept)
    matrix = chars.run_matrix.astype(float)
    size = np.abs(chars.run_size) * np.hypot(matrix[:, 2], matrix[:, 3])
    run, code = chars.run.take(kept), chars.code.take(kept)
    unmapped = (chars.flags.take(kept) & MAP_ERROR) != 0
    loose = chars.loose.take(kept, axis=0).astype(float)
    tight = chars.tight.take(kept, axis=0)
    one, zero = np.ones(len(kept)), np.zeros(len(kept))
    return Glyphs(
        code=_codes(code, unmapped),
        owner=owner.take(kept),
        origin=frame.places(chars.origin.take(kept, axis=0)),
        box=frame.boxes(loose, (0, 3, 2, 1)),
        ink=frame.boxes(tight, (0, 2, 1, 3)),
        size=np.where(size > 0, size, 1.0).take(run),
        direction=frame.directions(matrix).take(run),
        part=zero,
        parts=one,
        pad=zero,
        charcode=np.where(unmapped, code, np.int64(-1)) if unmapped.any() else np.full(len(kept), -1, np.int64),
    )


def _codes(code: Array, unmapped: Array) -> Array:
    """Code points; U+FFFD where the font does not say which. pdfium writes U+0002 for a hyphen at a line's end."""
    if unmapped.any():
        code = np.where(unmapped, UNMAPPED, code)
    if (code < SPACE).any():
        code = np.where(code == 2, HYPHEN, code)
        code = np.where((code == 9) | (code == 10) | (code == 13), SPACE, code)
        code = np.where(code < SPACE, UNMAPPED, code)
    return code.astype(np.uint32, copy=False)


@dataclass(frozen=True)
class Spans:
    """glyphs: the characters of all ActualText. replaced: by text object (one more for "unknown"), whether its own go.
    emptied: whether they go without anything in their place."""

    glyphs: Glyphs
    replaced: Array
    emptied: Array


def _spans(table: Array, texts: dict[int, bytes], frame: Frame) -> Spans:
    """ActualText, once a marked-content span, over the box of all the span's objects on its first line."""
    replaced = np.zeros(len(table) + 1, bool)
    marks = table["mark"]
    marked = np.flatnonzero(marks) if texts else np.zeros(0, np.int64)
    if not len(marked):
        return Spans(_nothing(), replaced, replaced)
    _, first, span = np.unique(marks[marked], return_index=True, return_inverse=True)
    by_content = np.argsort(first, kind="stable")
    rank = np.empty(len(first), np.int64)
    rank[by_content] = np.arange(len(first))
    span, lead = rank[span], marked[first[by_content]]
    matrix = table["matrix"]
    size = np.abs(table["size"]) * np.hypot(matrix[:, 2], matrix[:, 3])
    origin, ink = frame.places(matrix[:, 4:6]), frame.boxes(table["box"])
    away = np.abs(origin[marked] - origin[lead][span])
    upright = np.abs(matrix[:, 0]) >= np.abs(matrix[:, 1])
    sideways = frame.to_shown[0] == 0
    across = np.where(upright[lead][span] != sideways, away[:, 1], away[:, 0])
    near = across < SOME_LINES * np.maximum(size[lead][span], 1.0)
    data = [texts.get(mark, b"") for mark in marks[lead].tolist()]
    words = [_remembered(text) if len(text) <= _SHORT else decoded(text) for text in data]
    lengths = np.array([len(w) for w in words])
    used = ~((lengths > CLUSTER) & (np.bincount(span, ~near, len(lead)) > 0))  # over several lines it has no one place
    replaced[marked] = used[span]
    emptied = np.zeros(len(table) + 1, bool)
    emptied[marked] = (used & (lengths == 0))[span]
    edges = enumerate((np.minimum, np.minimum, np.maximum, np.maximum))
    box = np.stack([_reduce(edge, ink[marked, i], span, near, len(lead)) for i, edge in edges], axis=1)
    return Spans(_span_glyphs(words, used, lead, (origin, box, size, frame.directions(matrix))), replaced, emptied)


def _reduce(function: np.ufunc, values: Array, span: Array, chosen: Array, count: int) -> Array:
    out = np.full(count, np.inf if function is np.minimum else -np.inf)
    function.at(out, span[chosen], values[chosen])
    return out


def _span_glyphs(words: list[str], used: Array, lead: Array, places: tuple[Array, Array, Array, Array]) -> Glyphs:
    origin, box, size, direction = places
    code = np.frombuffer("".join(words).encode("utf-32-le", "replace"), np.uint32)
    span = np.repeat(np.arange(len(words)), [len(w) for w in words])
    code, span = code[used[span]], span[used[span]]
    letter = ~is_mark(code)
    starts = np.r_[True, span[1:] != span[:-1]] if len(span) else letter
    count = np.cumsum(letter | starts)
    first = np.maximum.accumulate(np.where(starts, count, 0)) if len(span) else count
    part = (count - first).astype(float)
    parts = np.zeros(len(words))
    np.maximum.at(parts, span, part + 1)
    owner, zero = lead[span], np.zeros(len(span))
    return Glyphs(
        code=code, owner=owner, origin=origin[owner], box=box[span], ink=box[span], size=np.maximum(size[owner], 0.1),
        direction=direction[owner], part=part, parts=parts[span], pad=zero, charcode=zero.astype(np.int64) - 1,
    )  # fmt: skip


def from_words(words: list[str], origin: Array, box: Array, size: Array, direction: Array) -> Glyphs:
    """Characters of glyphs from elsewhere, each glyph's word over its box; each is a text object of its own."""
    every = np.arange(len(words))
    return _span_glyphs(words, np.ones(len(words), bool), every, (origin, box, size, direction))


def _lost_spaces(table: Array, owner_of_run: Array, frame: Frame) -> Glyphs:
    """A space for each text object without characters and without ink; one with ink was dropped as a repetition."""
    silent = np.ones(len(table) + 1, bool)
    silent[owner_of_run] = False
    box = table["box"]
    lost = np.flatnonzero(silent[:-1])
    lost = lost[(table["mark"][lost] == 0) & (box[lost, 2] - box[lost, 0] <= 0.01)]
    if not len(lost):
        return _nothing()
    matrix = table["matrix"].take(lost, axis=0)
    size = np.maximum(np.abs(table["size"][lost]) * np.hypot(matrix[:, 2], matrix[:, 3]), 0.1)
    origin = frame.places(matrix[:, 4:6])
    one, box = np.ones(len(lost)), np.concatenate((origin, origin), axis=1)
    return Glyphs(
        code=np.full(len(lost), SPACE, np.uint32), owner=lost, origin=origin, box=box, ink=box, size=size,
        direction=frame.directions(matrix), part=one * 0, parts=one, pad=RESTORED_SPACE * size,
        charcode=-one.astype(np.int64),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _nothing() -> Glyphs:
    none, wide = np.zeros(0), np.zeros((0, 4))
    code, owner, charcode = none.astype(np.uint32), none.astype(np.int64), none.astype(np.int64)
    return Glyphs(code, owner, np.zeros((0, 2)), wide, wide, none, none, none, none, none, charcode)


def decoded(data: bytes) -> str:
    """A PDF text string."""
    if data[:2] == b"\xfe\xff":
        text = data[2:].decode("utf-16-be", "replace")
    elif data[:2] == b"\xff\xfe":
        text = data[2:].decode("utf-16-le", "replace")
    elif data[:3] == b"\xef\xbb\xbf":
        text = data[3:].decode("utf-8", "replace")
    else:
        text = data.decode("latin-1")
    return text.rstrip("\x00")


_SHORT = 2 + 2 * CLUSTER  # bytes of a cluster; a page has the same ones again and again
_remembered = lru_cache(maxsize=4096)(decoded)


_MARKS = np.zeros(0x110001, bool)  # by code point; what lies above them all is none
for _first, _last in (
    (0x0E31, 0x0E31), (0x0E34, 0x0E3A), (0x0E47, 0x0E4E), (0x0300, 0x036F), (0xF701, 0xF70E), (0xF710, 0xF71A),
    (SHAPED_MARK, SHAPED_LETTER - 1),
):  # fmt: skip
    _MARKS[_first : _last + 1] = True


def is_mark(code: Array) -> Array:
    """Marks that stand above or below a letter: Thai, their private-use variants, and Latin combining ones."""
    marks: Array = _MARKS.take(code, mode="clip")
    return marks


def joined_to_last(glyphs: Glyphs) -> Array:
    """Which characters have the text object and the origin of the one before them: those of one glyph or ActualText, and what
    comes after a mark without advance."""
    owner, x, y = glyphs.owner, glyphs.origin[:, 0], glyphs.origin[:, 1]
    joined = np.zeros(len(glyphs), bool)
    joined[1:] = (owner[1:] == owner[:-1]) & (x[1:] == x[:-1]) & (y[1:] == y[:-1])
    return joined


def without(glyphs: Glyphs, gone: Array) -> Glyphs:
    return glyphs.pick(~gone) if gone.any() else glyphs
