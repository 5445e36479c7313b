"""Clusters to rows of text: one baseline, left to right, repetitions dropped, spaces where the gaps are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extract.pdf.bulk import Array
from extract.pdf.clusters import Clusters
from extract.pdf.glyphs import SARA_AA, SARA_AM, SPACE, is_mark

# All in em.
ONE_BASELINE = 0.28  # baselines of one row lie within this (leading is 1.0 and more)
SPREAD = 0.5  # a row whose baselines drift further than this was chained together
REPEATED = 0.12  # the same letter again so near is fake bold
GAP = 0.16  # a gap wider than this, beyond the row's own letter-spacing, is a space (20 producers × 8 fonts: 0.14–0.2 good)
TOUCHING = 0.1  # letters that overlap less have no letter-spacing; more: they are drawn over each other
CLOSE = 0.02  # letters set as their font has them lie closer
ENOUGH_GAPS = 8  # gaps that tell a row's letter-spacing
LAKKHANGYAO = 0x0E45  # no space can stand before it, nor before AA and AM


@dataclass(frozen=True)
class Rows:
    """Rows of one reading frame. text: of all rows; starts: offsets of the rows in it, and its length at the end.
    x0, x1: of every character of text; y, size: of every row; owner: text object of every character, -1 for added spaces."""

    text: str
    starts: list[int]
    x0: Array
    x1: Array
    y: Array
    size: Array
    owner: Array


def baselines(y: Array, size: Array) -> Array:
    """Number of the row, from 0 downwards, for each baseline y."""
    order = np.argsort(y, kind="stable")
    ys, sizes = y.take(order), size.take(order)
    step = ys[1:] - ys[:-1] > ONE_BASELINE * np.minimum(sizes[1:], sizes[:-1])
    row = np.concatenate(([0], np.cumsum(step)))
    first = np.flatnonzero(np.concatenate(([True], step)))
    last = np.append(first[1:], len(ys)) - 1
    if np.any(ys[last] - ys[first] > SPREAD * np.maximum.reduceat(sizes, first)):
        row = _unchained(ys, sizes)
    out = np.empty(len(y), np.int64)
    out[order] = row
    return out


def _unchained(ys: Array, sizes: Array) -> Array:
    """Rows anchored at their first baseline, for pages on which baselines drift."""
    row, rows, anchor, size = 0, [], ys[0], sizes[0]
    for y, s in zip(ys.tolist(), sizes.tolist(), strict=True):
        if y - anchor > ONE_BASELINE * min(s, size):
            row, anchor, size = row + 1, y, s
        rows.append(row)
    return np.array(rows)


def typeset(clusters: Clusters, row: Array) -> Rows:
    """The rows' text. row: number of each cluster's row in reading order, from 0 without gaps."""
    left = np.round(clusters.x0, 2)
    order = np.argsort(row * (float(np.max(left) - np.min(left)) + 1.0) + left, kind="stable")
    kept, into = _without_repetitions(clusters, order, row)
    single = bool(kept.all())
    if not single:
        x1 = clusters.x1.copy()
        np.maximum.at(x1, into, clusters.x1)
        clusters = replace(clusters, x1=x1)
        order = order[kept[order]]
    hidden = _hidden_spaces(clusters, order, row.take(order))
    order = order[~hidden] if hidden.any() else order
    space = _spaces(clusters, order, row.take(order))
    rank = np.full(len(row), -1)
    rank[order] = np.arange(len(order))
    place = rank.take(clusters.cluster if single else into[clusters.cluster])
    chars = np.argsort(2 * place + clusters.mark, kind="stable")
    gone = _repeated_marks(clusters, chars, into, single) | (place.take(chars) < 0)
    chars = chars[~gone] if gone.any() else chars
    return _written(clusters, order, row, chars, place.take(chars), space)


def _without_repetitions(clusters: Clusters, order: Array, row: Array) -> tuple[Array, Array]:
    """Which clusters stay, and for each the one that its characters go to: a repeated letter's marks join the first one's."""
    kept, into = np.ones(len(row), bool), np.arange(len(row))
    head, owner = clusters.head.take(order), clusters.head_owner.take(order)
    if not ((head[1:] == head[:-1]) & (owner[1:] != owner[:-1]) & (head[1:] != SPACE)).any():
        return kept, into  # a repeated letter stands next to the first one: there are none
    x0, x1, size = (a.take(order) for a in (clusters.x0, clusters.x1, clusters.size))
    rows = row.take(order)
    visible = (head != SPACE) & (x1 - x0 > REPEATED * size)
    for step in (1, 2, 3):
        if len(order) <= step:
            break
        again = visible[step:] & (head[step:] == head[:-step]) & (rows[step:] == rows[:-step])
        again &= (owner[step:] != owner[:-step]) & (x0[step:] - x0[:-step] < REPEATED * size[step:])
        if step == 1 and not again.any():
            break
        for at in np.flatnonzero(again):
            first, second = order[at], order[at + step]
            if kept[second]:
                kept[second], into[second] = False, into[first]
    return kept, into


def _repeated_marks(clusters: Clusters, chars: Array, into: Array, single: bool) -> Array:
    """Marks (and letters of dropped clusters) that stand in their cluster already. single: no cluster was dropped."""
    code = clusters.code.take(chars)
    is_sign = is_mark(code)
    if single and not ((code[1:] == code[:-1]) & is_sign[1:]).any():
        return np.zeros(len(chars), bool)
    cluster, mark = clusters.cluster[chars], clusters.mark[chars]
    target = into[cluster]
    gone: Array = (target != cluster) & ~mark  # the repeated letter itself
    x, owner = clusters.glyph_x[chars], clusters.owner[chars]
    size = clusters.size[target]
    for step in (1,) if single else (1, 2, 3, 4):
        if len(chars) <= step:
            break
        same = (target[step:] == target[:-step]) & (code[step:] == code[:-step]) & is_sign[step:]
        gone[step:] |= same & (owner[step:] != owner[:-step]) & (np.abs(x[step:] - x[:-step]) < 2 * REPEATED * size[step:])
    return gone


def _hidden_spaces(clusters: Clusters, order: Array, rows: Array) -> Array:
    """For each cluster in order whether it is a space over which a number runs: accounting formats pad a cell with spaces, and
    the last of them may lie on the first digits."""
    head = clusters.head.take(order)
    solid = np.flatnonzero(head != SPACE)
    hidden = np.zeros(len(order), bool)
    spaced = np.flatnonzero(solid[1:] - solid[:-1] > 1)
    before, after = solid[spaced], solid[spaced + 1]
    apart = (rows[before] == rows[after]) & _in_number(head[before]) & _in_number(head[after])
    if not apart.any():
        return hidden
    before, after = before[apart], after[apart]
    gap = clusters.x0[order[after]] - clusters.x1[order[before]]
    for at in np.flatnonzero(gap < TOUCHING * clusters.size[order[after]]).tolist():
        hidden[before[at] + 1 : after[at]] = True
    return hidden


def _in_number(code: Array) -> Array:
    """Digits of both scripts, point and comma."""
    thai = (code >= 0x0E50) & (code <= 0x0E59)
    digits: Array = ((code >= 0x30) & (code <= 0x39)) | thai | (code == 0x2E) | (code == 0x2C)
    return digits


def _spaces(clusters: Clusters, order: Array, rows: Array) -> Array:
    """For each cluster in order whether a gap that is a space stands before it."""
    if not len(order):
        return np.zeros(0, bool)
    x0, x1, size, head = (a.take(order) for a in (clusters.x0, clusters.x1, clusters.size, clusters.head))
    left, letter = x0.min(), head != SPACE
    begin = rows * (float(x1.max() - left) + 1.0)
    reached = np.maximum.accumulate(x1 - left + begin)[:-1] - begin[:-1] + left
    same = rows[1:] == rows[:-1]
    gap = np.where(same, (x0[1:] - reached) / size[1:], 0.0)
    between = same & letter[1:] & letter[:-1]
    spacing = _spacing(gap, rows[1:], between & (gap > -TOUCHING))
    wide = between & (gap > GAP + spacing)
    at = np.flatnonzero(wide)
    after = head[1:][at]
    wide[at] = ~(is_mark(after) | (after == SARA_AA) | (after == SARA_AM) | (after == LAKKHANGYAO))
    return np.concatenate(([False], wide))


def _spacing(gap: Array, rows: Array, solid: Array) -> Array:
    """Letter-spacing around each gap: the page's median, or the row's where that is wider and there are enough gaps."""
    chosen = np.flatnonzero(solid)
    gaps, number_of = gap.take(chosen), rows.take(chosen)
    page = max(0.0, _middle(gaps[gaps < 0.5]))
    count = np.bincount(number_of, minlength=int(rows[-1]) + 1 if len(rows) else 1)
    wide = np.bincount(number_of, gaps > CLOSE, len(count))
    spacing = np.full(len(count), page)
    for number in np.flatnonzero((count >= ENOUGH_GAPS) & (2 * wide > count)).tolist():
        spacing[number] = max(page, _middle(gaps[number_of == number]))
    return spacing.take(rows)


def _middle(values: Array) -> float:
    """The (upper) median, 0 of nothing."""
    return float(np.partition(values, len(values) // 2)[len(values) // 2]) if len(values) else 0.0


def _written(clusters: Clusters, order: Array, row: Array, chars: Array, place: Array, space: Array) -> Rows:
    cluster = order.take(place)
    code, x0, x1 = clusters.code.take(chars), clusters.x0.take(cluster), clusters.x1.take(cluster)
    owner, rows = clusters.owner.take(chars), row.take(cluster)
    first = np.concatenate(([True], place[1:] != place[:-1])) if len(place) else np.zeros(0, bool)
    at = np.flatnonzero(first & space[place]) if len(place) else np.zeros(0, np.int64)
    if len(at):
        gap = at + np.arange(len(at))  # places of the added spaces
        letters = np.ones(len(code) + len(at), bool)
        letters[gap] = False
        gaps, into = (np.minimum(x1[at - 1], x0[at]), x0[at]), (gap, np.flatnonzero(letters))
        code, owner, rows = _merged(code, SPACE, into), _merged(owner, -1, into), _merged(rows, rows[at], into)
        x0, x1 = _merged(x0, gaps[0], into), _merged(x1, gaps[1], into)
    kept = np.flatnonzero(_no_outer_spaces(code, rows))
    if len(kept) < len(code):
        code, x0, x1, owner, rows = (a.take(kept) for a in (code, x0, x1, owner, rows))
    starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1]))) if len(rows) else np.zeros(0, np.int64)
    numbers = row[order]
    first_cluster = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    present = np.bincount(rows, minlength=int(numbers[-1]) + 1)[numbers[first_cluster]] > 0
    size = np.maximum.reduceat(clusters.size[order], first_cluster)[present] if len(order) else np.zeros(0)
    y = np.maximum.reduceat(clusters.y[order], first_cluster)[present] if len(order) else np.zeros(0)
    text = code.astype("<u4").tobytes().decode("utf-32-le", "replace")
    return Rows(text, [*starts.tolist(), len(text)], x0, x1, y, size, owner)


def _merged(values: Array, added: Array | int, into: tuple[Array, Array]) -> Array:
    """The values with the added ones between them. into: places of the added ones and of the others."""
    merged = np.empty(len(into[0]) + len(into[1]), values.dtype)
    merged[into[0]], merged[into[1]] = added, values
    return merged


def _no_outer_spaces(code: Array, rows: Array) -> Array:
    """Not the spaces at a row's ends, and of several in a row the first."""
    if not len(code):
        return np.zeros(0, bool)
    blank = code == SPACE
    new_row = np.concatenate(([True], rows[1:] != rows[:-1]))
    after_blank = np.concatenate(([True], blank[:-1])) | new_row
    kept: Array = ~(blank & after_blank)
    last = np.flatnonzero(kept)
    ends = np.concatenate((rows[last][1:] != rows[last][:-1], [True])) if len(last) else np.zeros(0, bool)
    tail = last[ends & blank[last]]
    kept[tail] = False
    return kept
