"""A form's table: which of a document's tables it is, and its items, each field a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extract.forms.flow import Flow, Placed, Row, is_wide
from extract.forms.passage import EMPTY, Passage, compose
from extract.forms.wording import skeleton, wording
from schemas.form import Column, TableRule

Item = Mapping[str, Passage]
UNIT = "unit"  # key of an item's unit, from a column of that kind
_HEADING_ROWS = 3  # rows in which a heading is looked for
TIMEOUT = 0.5  # seconds for a form's own pattern on a table's text


def read_table(flow: Flow, placed: Placed, rule: TableRule) -> list[Item] | None:
    """The items; None when this is another table: a required column is missing, or no item was found."""
    return _items(_oriented(_grid(flow, placed), rule), rule)


def read_rows(flow: Flow, rows: Sequence[Row], rule: TableRule) -> tuple[list[Item], Passage]:
    """Items of a table without rules: pieces of lines apart by wide gaps, those that stand under one another a column.
    Also the stretch of text that the table takes."""
    pieces = [piece for row in rows if (piece := _pieces(row))]
    while pieces and len(pieces[-1]) < 2:
        pieces.pop()
    items = _items(_oriented(_columned(flow, pieces), rule), rule) if len(pieces) > 1 else None
    spans = [(piece.row, piece.start, piece.end) for line in pieces for piece in line]
    return (items, compose(flow, spans)) if items else ([], EMPTY)


def _items(lines: Sequence[Sequence[Passage]], rule: TableRule) -> list[Item] | None:
    key = regex.compile(rule.key_pattern) if rule.key_pattern else None
    heading, columns = _heading(lines, rule, key is not None)
    if any(column.required and column not in columns.values() for column in rule.columns):
        return None
    found: list[Item] = []
    for line in lines[heading + 1 :]:
        first = next((cell for cell in line if cell), EMPTY)
        if _is_any(first, rule.stop):
            break
        if not first or _is_any(first, rule.skip):
            continue
        item = _item(line, columns, key)
        if item:
            found.append(item)
    return found if any(len(item) > 1 for item in found) or not rule.columns else None


def read_flow(text: Passage, rule: TableRule) -> tuple[list[Item], Passage]:
    """Items in running text, by the rule's flow_pattern, and the stretch of text from the first to the last."""
    if not rule.flow_pattern:
        return [], EMPTY
    try:
        matches = list(regex.compile(rule.flow_pattern).finditer(text.text, timeout=TIMEOUT))
    except TimeoutError:
        return [], EMPTY
    items: list[Item] = [{name: text.group(found, name) for name in found.groupdict() if found[name]} for found in matches]
    return items, text.part(0, matches[-1].end()) if matches else EMPTY


def _oriented(grid: list[list[Passage]], rule: TableRule) -> list[list[Passage]]:
    """Row by row, or column by column for a table that is read across."""
    return [list(line) for line in zip(*grid, strict=True)] if rule.direction == "across" else grid


def _grid(flow: Flow, placed: Placed) -> list[list[Passage]]:
    """The cells of a ruled table. A spanning cell stands at its first place."""
    table = placed.table
    grid = [[EMPTY] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        spans = [(row.index, 0, len(row.text)) for row in flow.rows[placed.first : placed.last] if row.cell is cell]
        if spans and cell.row < table.rows and cell.column < table.columns:
            grid[cell.row][cell.column] = compose(flow, spans)
    return grid


class _Piece(NamedTuple):
    """Part of a line: row of the flow, start and end in its text, left and right (points; None without places)."""

    row: int
    start: int
    end: int
    left: float | None
    right: float | None


def _pieces(row: Row) -> list[_Piece]:
    """The row cut at gaps wider than 0.8 of its type size, or at tabs and double spaces where there are no places."""
    line, cuts = row.line, []
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", line.text)]
    for (_, end), (start, _) in pairwise(words):
        if is_wide(line, end, start):
            cuts.append((end, start))
    starts = [words[0][0], *(start for _, start in cuts)] if words else []
    ends = [*(end for end, _ in cuts), words[-1][1]] if words else []
    boxes = [line.box(start, end) for start, end in zip(starts, ends, strict=True)]
    return [
        _Piece(row.index, start, end, box.x0 if box else None, box.x1 if box else None)
        for start, end, box in zip(starts, ends, boxes, strict=True)
    ]


def _columned(flow: Flow, lines: Sequence[Sequence[_Piece]]) -> list[list[Passage]]:
    """A grid: pieces whose widths overlap are one column; by their order where there are no places."""
    edges: list[tuple[float, float]] = []
    for piece in sorted((p for line in lines for p in line if p.left is not None), key=lambda p: (p.left or 0.0)):
        left, right = piece.left or 0.0, piece.right or 0.0
        if edges and left < edges[-1][1]:
            edges[-1] = (edges[-1][0], max(edges[-1][1], right))
        else:
            edges.append((left, right))
    width = len(edges) or max(len(line) for line in lines)
    grid = [[EMPTY] * width for _ in lines]
    for at, line in enumerate(lines):
        for order, piece in enumerate(line):
            column = next((i for i, edge in enumerate(edges) if edge[0] <= (piece.left or 0.0) <= edge[1]), order)
            if column < width:
                grid[at][column] = compose(flow, [(piece.row, piece.start, piece.end)])
    return grid


def _heading(lines: Sequence[Sequence[Passage]], rule: TableRule, keyed: bool) -> tuple[int, dict[int, Column]]:
    """Index of the heading among the first lines, and the columns by their place; -1 without one."""
    best: tuple[int, dict[int, Column]] = (-1, {})
    for at, line in enumerate(lines[:_HEADING_ROWS]):
        columns = dict(_columns(line, rule.columns, 1 if keyed else 0))
        if len(columns) > len(best[1]):
            best = (at, columns)
    return best


def _columns(line: Sequence[Passage], wanted: Sequence[Column], first: int) -> Iterator[tuple[int, Column]]:
    """Each column's place in the heading, the best match first; "*" takes the first place left over."""
    pairs = [(order, at, column) for order, column in enumerate(wanted) for at in range(first, len(line))]
    scored = [(-_likeness(line[at].text, column), order, at, column) for order, at, column in pairs]
    matches = sorted(scored, key=lambda match: match[:3])
    taken: set[int] = set()
    done: set[int] = set()
    for score, order, at, column in matches:
        if score < 0 and at not in taken and order not in done:
            taken.add(at)
            done.add(order)
            yield at, column
    for order, column in enumerate(wanted):
        if order not in done and "*" in column.headers:
            free = [at for at, cell in enumerate(line) if at >= first and at not in taken and cell]
            if free:
                taken.add(free[0])
                yield free[0], column


def _likeness(text: str, column: Column) -> float:
    """How well a heading cell names the column: 1 the same, less for a wording at its start or inside it, 0 not."""
    core = skeleton(text)
    best = 1.0 if column.header_pattern and regex.search(column.header_pattern, text, timeout=TIMEOUT) else 0.0
    for header in column.headers:
        word = wording(header)
        if not core or not word.core:
            continue
        if word.equals(core):
            best = max(best, 1.0)
        elif word.begins(core):
            best = max(best, 0.5 + 0.4 * len(word.core) / len(core))
        elif word.core in core:
            best = max(best, 0.1 + 0.3 * len(word.core) / len(core))
    return best


def _item(line: Sequence[Passage], columns: Mapping[int, Column], key: regex.Pattern[str] | None) -> Item:
    item: dict[str, Passage] = {}
    if key is not None:
        found = key.search(line[0].text, timeout=TIMEOUT)
        if found is None:
            return {}
        item |= {name: line[0].group(found, name) for name in found.groupdict() if found[name]}
    for at, column in columns.items():
        name = UNIT if column.kind == "unit" else column.fills
        if name and at < len(line) and line[at]:
            item.setdefault(name, line[at])
    return item


def _is_any(cell: Passage, wordings: Sequence[str]) -> bool:
    core = skeleton(cell.text)
    return any(wording(text).equals(core) or bool(wording(text).begins(core)) for text in wordings)
