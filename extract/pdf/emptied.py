"""An empty ActualText over half of an ำ. poppler gives a cluster's text to its first glyph and an empty one to the others; where
the first glyph is mapped to less than the cluster (ล for ลำ), the other halves are text like any.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.pdf.bulk import GENERATED, Array, Chars, Objects
from extract.pdf.glyphs import NIKHAHIT, SARA_AA, SARA_AM, owners

EMPTY = 2  # bytes of a text string without text: its byte order mark
TONES = (0x0E48, 0x0E4B)


def with_halves_of_am(chars: Chars, objects: Objects) -> Objects:
    """The objects, free of their mark those with an empty ActualText that are the ring of an ำ before its า, or the า behind an ำ
    (that is of a ring mapped to it): the repair composes ํา and ำา exactly."""
    empty = [mark for mark, text in objects.spans.items() if len(text) <= EMPTY]
    if not empty:
        return objects
    texts = objects.texts
    marked = np.flatnonzero(np.isin(objects.table["mark"].take(texts), np.array(empty, np.uint64)))
    texts_of = _Texts(chars, objects.table["handle"].take(texts))
    halves = [at for at in marked.tolist() if 0 < at < len(texts) - 1 and _is_half(texts_of, at)]
    if not halves:
        return objects
    table = objects.table.copy()
    table["mark"][texts[halves]] = 0
    return replace(objects, table=table)


class _Texts:
    """Code points of the text objects of a page."""

    def __init__(self, chars: Chars, handles: Array) -> None:
        kept = np.flatnonzero((chars.flags & GENERATED) == 0)
        owner = owners(chars.run_object, handles)[chars.run[kept]]
        order = np.argsort(owner, kind="stable")
        self._code, self._start = chars.code[kept][order], np.searchsorted(owner[order], np.arange(len(handles) + 1))

    def of(self, at: int) -> list[int]:
        codes: list[int] = self._code[self._start[at] : self._start[at + 1]].tolist()
        return codes


def _is_half(texts: _Texts, at: int) -> bool:
    """The text object holds one character, half of an ำ."""
    code, before = texts.of(at), texts.of(at - 1)[-1:]
    if code == [SARA_AA]:
        return before == [SARA_AM]
    after = texts.of(at + 1)
    if len(after) == 1 and at + 3 < len(texts._start):
        after = after + texts.of(at + 2)[:1]
    letter = after[1:2] if after and TONES[0] <= after[0] <= TONES[1] else after[:1]
    return code == [NIKHAHIT] and before != [SARA_AM] and letter == [SARA_AA]
