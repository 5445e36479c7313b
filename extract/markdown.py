"""Markdown: escapes, emphasis, headings, quotes, links and entities read away; pipe tables to tables. What the file says
stays in `printed`, its line numbers are the file's.

Only marks that a converter writes are taken away; list markers and numbers are the report's own and stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.encoding import lines_of
from extract.limits import LIMITS, Limits
from extract.pageless import CHECKED, UNCHECKED, CellDraft, Sheet, line_of
from schemas.document import Line, Page

_ESCAPABLE = r"""!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"""
_ESCAPE = re.compile(rf"\\[{_ESCAPABLE}]")
_SIGNS = re.compile(  # escape, heading, bold, table rule, line break
    r"""(?mx) \\[*_\#\[\]\\`|~.()+-] | ^\#{1,6}[ ]\S | (?<![*\w])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?![*\w])
    | ^\|(?:[ ]*:?-+:?[ ]*\|)+[ ]*$ | <br[ ]?/?>"""
)
_OPENING = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]+|$)|(?:>[ ]?)+)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TASK = re.compile(r"(\s*[-*+] )\[([ xX])\](?=\s)")
_DELIMITERS = re.compile(r"\*+|_+|~~|`+")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:<[^<>\n]{0,2000}>|[^\s()\n]{0,2000})(?:\s+\"[^\"\n]{0,500}\")?\)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>\n]{0,500})?/?>|<!--[^\n]{0,1000}?-->")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,}|={3,}|`{3,}[\w-]*|~{3,}[\w-]*)")
_TABLE_RULE = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")

Shown = tuple[str, list[int]]  # what a reader sees of a line, and the place in the line of each character


def is_markdown(text: str) -> bool:
    """Whether a converter's marks are in the text: escapes, or at least two of heading, bold, table rule, <br>."""
    signs = [match[0] for _, match in zip(range(20), _SIGNS.finditer(text), strict=False)]
    return any(sign.startswith("\\") for sign in signs) or len(signs) >= 2


def markdown_page(text: str, limits: Limits = LIMITS) -> Page:
    """One page without number."""
    sheet, lines = Sheet(limits), lines_of(text)
    for block in _blocks(lines):
        numbers = [number for number, _ in block]
        rows = [line for _, line in block]
        if (rule := _table_rule(rows)) is not None:
            _add_text(sheet, numbers[: rule - 1], rows[: rule - 1])
            _add_table(sheet, numbers[rule - 1 :], rows[rule - 1 :])
        else:
            _add_text(sheet, numbers, rows)
    return sheet.page()


def _blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines that are not blank: emphasis ends with them."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _add_text(sheet: Sheet, numbers: Sequence[int], rows: Sequence[str]) -> None:
    for number, row, shown in zip(numbers, rows, _shown(rows), strict=True):
        for line in _lines(row, number, shown):
            sheet.add(line)


def _lines(printed: str, number: int, shown: Shown) -> Iterator[Line]:
    """The shown text as lines, parted at its line breaks."""
    text, places = shown
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        first = places[start] if 0 < start < len(places) else 0
        last = places[end] if end < len(places) else len(printed)
        yield line_of(printed[first:last], number, part, [at - first for at in places[start:end]])
        start = end + 1


def _shown(rows: Sequence[str]) -> list[Shown]:
    """The rows of one block without Markdown's marks; a <br> becomes a line feed."""
    kept = [_without_block_marks(row) for row in rows]
    text = "\n".join(text for text, _ in kept)
    pieces: list[list[str]] = [[] for _ in rows]
    places: list[list[int]] = [[] for _ in rows]
    row, begin = 0, 0
    for start, piece in _inline(text):
        while start > begin + len(kept[row][0]):
            begin += len(kept[row][0]) + 1
            row += 1
        if start - begin < len(kept[row][0]):
            pieces[row].append(piece)
            places[row] += [kept[row][1][start - begin]] * len(piece)
    return [("".join(shown), where) for shown, where in zip(pieces, places, strict=True)]


def _without_block_marks(row: str) -> Shown:
    """Without heading and quote marks, closing marks and box markers; a rule or code fence is nothing."""
    if _RULE.fullmatch(row.rstrip()):
        return "", []
    start = match.end() if (match := _OPENING.match(row)) else 0
    end = max(start, _end(row, heading=row[:start].lstrip().startswith("#")))
    text, places = row[start:end], list(range(start, end))
    if match := _TASK.match(text):
        box = UNCHECKED if match[2] == " " else CHECKED
        at = match.end(1)
        text, places = box + text[match.end() :], [places[at], *places[match.end() :]]
    return text, places


def _end(row: str, heading: bool) -> int:
    """Where a row's text ends: before a hard break's backslash and a heading's closing #s."""
    text = row.rstrip()
    if heading and (bare := text.rstrip("#")) != text and bare[-1:].isspace():
        return len(bare.rstrip())
    return len(text) - 1 if text.endswith("\\") and not text.endswith("\\\\") else len(text)


def _inline(text: str) -> Iterator[tuple[int, str]]:
    """(start, shown characters) of every piece of the text that stays; single characters but for entities and breaks."""
    dropped, replaced = _marks(text)
    for at, char in enumerate(text):
        if at in replaced:
            yield at, replaced[at]
        elif at not in dropped:
            yield at, char


def _marks(text: str) -> tuple[set[int], dict[int, str]]:
    """Places to drop, and what stands for a place."""
    dropped: set[int] = set()
    replaced: dict[int, str] = {}
    quiet = set()  # escaped characters are no marks
    for match in _ESCAPE.finditer(text):
        dropped.add(match.start())
        quiet.add(match.start() + 1)
    for pattern in (_BREAK, _ENTITY, _TAG):
        for match in pattern.finditer(text):
            at = match.start()
            if at not in dropped and at not in quiet:
                dropped.update(range(*match.span()))
                replaced[at] = "\n" if pattern is _BREAK else _entity(match[0]) if pattern is _ENTITY else ""
    for match in _LINK.finditer(text):
        if match.start() not in quiet:
            dropped |= set(range(match.start(), match.start(1))) | set(range(match.end(1), match.end()))
    dropped |= _emphasis(text, quiet | dropped)
    return dropped, replaced


def _entity(text: str) -> str:
    shown = html.unescape(text)
    return shown if (shown != text and shown.isprintable()) or shown == "\xa0" else text


def _emphasis(text: str, quiet: set[int]) -> set[int]:
    """Places of the delimiters that open or close an emphasis, by CommonMark's flanking rules (simplified)."""
    dropped: set[int] = set()
    open_: list[tuple[int, int, str]] = []  # place, length, delimiter character
    for match in _DELIMITERS.finditer(text):
        start, end = match.span()
        if start in quiet:
            start += 1
        if start >= end:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        opens, closes = _flanks(before, after, text[start])
        if closes and (found := next((i for i in _last(open_) if open_[i][1:] == (end - start, text[start])), None)) is not None:
            dropped |= set(range(open_[found][0], open_[found][0] + end - start)) | set(range(start, end))
            del open_[found:]
        elif opens:
            open_.append((start, end - start, text[start]))
    return dropped


def _last(open_: Sequence[object], depth: int = 64) -> range:
    """The innermost ones: a bound for text made of delimiters."""
    return range(len(open_) - 1, max(-1, len(open_) - 1 - depth), -1)


def _flanks(before: str, after: str, mark: str) -> tuple[bool, bool]:
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if mark == "_":  # inside a word it is a letter
        return opens and not _is_word(before), closes and not _is_word(after)
    return opens, closes


def _is_word(char: str) -> bool:
    return char.isalnum() or "\u0e00" <= char <= "\u0e7f"


def _table_rule(rows: Sequence[str]) -> int | None:
    """Index of the |---|---| row of a table whose head stands above it."""
    for at in range(1, len(rows)):
        is_rule = "|" in rows[at - 1] and "-" in rows[at] and _TABLE_RULE.match(rows[at].strip())
        if is_rule and len(_cells(rows[at - 1])) == len(_cells(rows[at])):
            return at
    return None


def _add_table(sheet: Sheet, numbers: Sequence[int], rows: Sequence[str]) -> None:
    table = []
    for number, row in [(n, r) for i, (n, r) in enumerate(zip(numbers, rows, strict=True)) if i != 1]:
        table.append([CellDraft(tuple(_lines(row[a:b], number, _shown([row[a:b]])[0]))) for a, b in _cells(row)])
    sheet.add_table(table)


def _cells(row: str) -> list[tuple[int, int]]:
    """Spans of the cells between pipes that are not escaped."""
    start, end = len(row) - len(row.lstrip()), len(row.rstrip())
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", row) if start <= m.start() < end]
    edges = ([] if bars and bars[0] == start else [start - 1]) + bars + ([] if bars and bars[-1] == end - 1 else [end])
    return [(a + 1, b) for a, b in pairwise(edges)]
