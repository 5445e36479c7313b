"""Pieces of a passage: a pattern's groups, a text without the words around it, paragraphs; and which characters were taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from extract.forms.flow import Flow
from extract.forms.passage import Passage, Span, compose
from extract.forms.wording import end_of, skeleton, wording
from normalize import read_fiscal_year, read_number
from schemas.values import Unread

TIMEOUT = 0.5  # seconds for a form's own pattern on one text


class Cover:
    """Which characters of the flow's rows were taken."""

    def __init__(self) -> None:
        self._taken: dict[int, list[tuple[int, int]]] = {}

    def take(self, spans: Iterable[Span]) -> None:
        for row, start, end in spans:
            self._taken.setdefault(row, []).append((start, end))

    def left(self, flow: Flow, rows: Iterable[int]) -> Iterator[Span]:
        for index in rows:
            row = flow.rows[index]
            if row.furniture or row.blank:
                continue
            at = 0
            for start, end in [*sorted(self._taken.get(index, [])), (len(row.text), len(row.text))]:
                if start > at and any(char.isalnum() for char in row.text[at:start]):
                    yield index, at, start
                at = max(at, end)


def is_readable(kind: str, text: str) -> bool:
    """Whether a field of this kind can hold the text; a bare number or year that cannot be read stays unread."""
    if kind == "number":
        return not isinstance(read_number(text), Unread)
    return kind != "fiscal_year" or not isinstance(read_fiscal_year(text), Unread)


def groups(pattern: str, text: Passage) -> dict[str, Passage]:
    try:
        found = regex.search(pattern, text.text, timeout=TIMEOUT)
    except TimeoutError:
        return {}
    return {name: text.group(found, name) for name in found.groupdict() if found[name]} if found else {}


def without_prefix(text: Passage, prefixes: Sequence[str]) -> Passage:
    for prefix in prefixes:
        begun = wording(prefix).begins(skeleton(text.text))
        if begun is not None:
            return text.part(end_of(text.text, 0, begun[1]))
    return text


def without_suffix(text: Passage, suffixes: Sequence[str]) -> Passage:
    for suffix in suffixes:
        start = wording(suffix).ends(text.text)
        if start is not None:
            return text.part(0, start)
    return text


def paragraphs_of(flow: Flow, rows: Sequence[int]) -> list[Passage]:
    """The rows' paragraphs, and each row of a wrapped one alone where that may be more."""
    whole = compose(flow, [(i, 0, len(flow.rows[i].text)) for i in rows]).paragraphs()
    single = [compose(flow, [(i, 0, len(flow.rows[i].text))]) for i in rows]
    return [*whole, *(passage for passage in single if passage)]
