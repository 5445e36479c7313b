"""Characters to clusters: a letter with the marks that stand on it, whatever order and place the producer wrote them in.

Everything is in a reading frame: x along the reading direction, y (of baselines) across it, downwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.pdf.bulk import Array
from extract.pdf.glyphs import SARA_AM, SPACE, UNMAPPED, Glyphs, is_mark

# All in em.
NO_ADVANCE = 0.05
HOVER = 0.45  # ink that begins so far over the baseline is a mark's (marks of 74 fonts: 0.5–1.0; quotes begin at 0.4–0.5)
OWN_CELL = 0.3  # advance from which a mark has a cell of its own (fixed pitch: 0.5–0.6; overhanging ink of others: below 0.1)
PART = 0.02  # a later part of a glyph begins so far right of its origin at least
OVERHUNG = 0.15  # ink of a glyph without advance may end so far right of its origin when it begins left of it
SAME_LINE = 0.5  # a mark's baseline may be raised over its letter's by so much
OVERHANG = 0.1  # the middle of a mark's ink lies over its letter, give or take this
FAR_MARK = 0.35  # where no letter lies under the mark, the one before it in the content may be so far away

WIDTHLESS_FONT = 0.3  # share of advances that are nothing: then the advances are wrong, not the letters marks
_THAI = (0x0E01, 0x0E2E)  # consonants


@dataclass(frozen=True)
class Clusters:
    """Characters (code, cluster, mark, glyph_x, owner) sorted by content; clusters (x0, x1, y, size, head, owner) by content.

    head: code of the cluster's first character. order: content rank. glyph_x: place of the character's own glyph.
    """

    code: Array
    cluster: Array
    mark: Array
    glyph_x: Array
    owner: Array
    x0: Array
    x1: Array
    y: Array
    size: Array
    head: Array
    head_owner: Array


@dataclass(frozen=True)
class _Signs:
    """Glyphs proper: characters of one drawn sign joined."""

    start: Array
    code: Array
    owner: Array
    x0: Array
    x1: Array
    y: Array
    size: Array
    ink0: Array
    ink1: Array


def turned(glyphs: Glyphs, degrees: float) -> tuple[Array, Array, Array, Array, Array]:
    """x0, x1, y, ink0, ink1 of the glyphs in the frame that reads along `degrees`."""
    cos, sin = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    if abs(sin) < 1e-9:  # upright or upside down: exact
        cos, sin = round(cos), 0.0
    if degrees == 0:
        along, y = glyphs.origin.T.copy()
    else:
        along = glyphs.origin[:, 0] * cos + glyphs.origin[:, 1] * sin
        y = glyphs.origin[:, 1] * cos - glyphs.origin[:, 0] * sin
    end = np.maximum(_extent(glyphs.box, cos, sin)[1], along + glyphs.pad)
    ink0, ink1 = _extent(glyphs.ink, cos, sin)
    step = end - along
    if (glyphs.parts == 1).all():
        return along, along + step, y, ink0, ink1
    step /= glyphs.parts
    x0 = along + step * glyphs.part
    return x0, x0 + step, y, ink0, ink1


def _extent(boxes: Array, cos: float, sin: float) -> tuple[Array, Array]:
    """Least and greatest place of the boxes along the reading direction."""
    left, top, right, bottom = boxes.T
    if sin == 0 and cos == 1:
        return left, right
    if abs(sin) < 0.2 and cos > 0:  # skewed a little: the box grew by the skew, its middle line did not
        middle = (top + bottom) / 2 * sin
        return left * cos + middle, right * cos + middle
    corners = [x * cos + y * sin for x, y in ((left, top), (right, top), (left, bottom), (right, bottom))]
    return np.minimum.reduce(corners), np.maximum.reduce(corners)


def clustered(glyphs: Glyphs, degrees: float) -> Clusters:
    """Clusters of glyphs (content order, at least one) that read along `degrees`."""
    x0, x1, y, ink0, ink1 = turned(glyphs, degrees)
    code, owner = glyphs.code, glyphs.owner
    same = _continued(glyphs, x0, y)
    start = np.flatnonzero(~same)
    signs = _Signs(
        start, code.take(start), owner.take(start), x0.take(start), np.maximum.reduceat(x1, start), y.take(start),
        glyphs.size.take(start), np.minimum.reduceat(ink0, start), np.maximum.reduceat(ink1, start),
    )  # fmt: skip
    signs, empty = _with_widths(signs)
    sign_of = np.cumsum(~same) - 1
    gone, ghosts = _ghosts(signs, empty, code)
    signs = _tails(signs, code, gone, ghosts)
    mark = (is_mark(signs.code) | (empty & _may_be_mark(signs.code)) | _hovering(glyphs).take(start)) & ~ghosts
    cluster = _hosts(signs, mark, ghosts)
    signs = _spaced_out(signs, mark, cluster)
    if gone.any():
        kept = np.flatnonzero(~gone)
        code, owner, sign_of = code.take(kept), owner.take(kept), sign_of.take(kept)
    is_base = cluster == np.arange(len(start))
    rank = np.cumsum(is_base) - 1
    base = np.flatnonzero(is_base)
    return Clusters(
        code=code, cluster=rank.take(cluster).take(sign_of), mark=~is_base.take(sign_of), glyph_x=signs.x0.take(sign_of),
        owner=owner, x0=signs.x0.take(base), x1=np.maximum(signs.x1, signs.x0).take(base), y=signs.y.take(base),
        size=signs.size.take(base), head=signs.code.take(base), head_owner=signs.owner.take(base),
    )  # fmt: skip


def _continued(glyphs: Glyphs, x0: Array, y: Array) -> Array:
    """For each character whether it is drawn in one sign with the one before it."""
    code, owner = glyphs.code, glyphs.owner
    same = np.zeros(len(code), bool)
    same[1:] = (owner[1:] == owner[:-1]) & (np.abs(x0[1:] - x0[:-1]) < 1e-4) & (np.abs(y[1:] - y[:-1]) < 1e-4)
    if not same.any():
        return same
    same[1:] &= _one_box(glyphs)
    lone = (code == SPACE) | _without_width(code)
    same[1:] &= ~(lone[1:] | lone[:-1])
    above: Array = is_mark(code)
    begun_by_mark = above.take(np.maximum.accumulate(np.where(same, 0, np.arange(len(code)))))
    same[1:] &= ~(begun_by_mark[:-1] & above[:-1] & ~above[1:])  # a mark has no advance: the next letter has its origin
    return same


def _hovering(glyphs: Glyphs) -> Array:
    """Unmapped glyphs of upright text whose ink lies wholly above the letters' bodies: marks, whatever their advance."""
    unmapped: Array = glyphs.code == UNMAPPED
    if not unmapped.any():
        return unmapped
    height = glyphs.origin[:, 1] - glyphs.ink[:, 3]
    hovering: Array = unmapped & (height > HOVER * glyphs.size) & (np.abs(glyphs.direction) < 1)
    return hovering


def _without_width(code: Array) -> Array:
    """Zero-width spaces and joiners."""
    zero: Array = ((code >= 0x200B) & (code <= 0x200D)) | (code == 0x2060) | (code == 0xFEFF)
    return zero


def _one_box(glyphs: Glyphs) -> Array:
    """For each character but the first whether its box may be the previous one's: pdfium gives the characters of one glyph
    all its box, or even parts of it from left to right (of which only the first begins at the origin)."""
    boxes = glyphs.box
    unlike = np.abs(boxes[1:] - boxes[:-1]) > 0.01
    level = ~(unlike[:, 1] | unlike[:, 3])
    next_part = np.abs(boxes[1:, 0] - boxes[:-1, 2]) < 0.01
    further = boxes[1:, 0] > glyphs.origin[1:, 0] + PART * glyphs.size[1:]
    one: Array = level & (~(unlike[:, 0] | unlike[:, 2]) | (next_part & further))
    return one


def _with_widths(signs: _Signs) -> tuple[_Signs, Array]:
    """The signs, and which have no advance. In a font whose advances are all nothing the ink's end stands for them."""
    empty = _without_advance(signs)
    letters = ~is_mark(signs.code) & (signs.code != SPACE)
    count = np.count_nonzero(letters)
    if not count or np.count_nonzero(empty & letters) / count < WIDTHLESS_FONT:
        return signs, empty
    widened = np.where(letters, np.maximum(signs.x1, signs.ink1), signs.x1)
    return _Signs(**{**vars(signs), "x1": widened}), widened - signs.x0 < NO_ADVANCE * signs.size


def _without_advance(signs: _Signs) -> Array:
    """pdfium's box is that of the advance or the ink, whichever reaches further: ink that begins left of the origin and
    ends at the box's end just right of it hides an advance of nothing."""
    width = signs.x1 - signs.x0
    backwards = (signs.ink0 < signs.x0 - OVERHANG * signs.size) & (np.abs(signs.x1 - signs.ink1) < 0.01)
    empty: Array = (width < NO_ADVANCE * signs.size) | (backwards & (width < OVERHUNG * signs.size))
    return empty


def _may_be_mark(code: Array) -> Array:
    """What may be a mark when it has no advance: unmapped, private-use, Latin-1 letters in place of tones; no ASCII."""
    may: Array = (code == UNMAPPED) | ((code >= 0xE000) & (code <= 0xF8FF)) | ((code >= 0xA1) & (code < 0x250))
    return may


def _ghosts(signs: _Signs, empty: Array, code: Array) -> tuple[Array, Array]:
    """Marks whose mapping repeats the whole cluster (Typst, matplotlib): only what the cluster lacks stays.

    Returns which characters go, and which signs are such.
    """
    gone = np.zeros(len(code), bool)
    ghosts = empty & (signs.code >= _THAI[0]) & (signs.code <= _THAI[1])
    ghosts[:1] = False
    if not ghosts.any():
        return gone, ghosts
    real = ~ghosts & ~is_mark(signs.code) & (signs.code != SPACE)
    host = np.maximum.accumulate(np.where(real, np.arange(len(real)), -1))
    ends = np.r_[signs.start[1:], len(code)]
    for at in np.flatnonzero(ghosts):
        h = host[at]
        if h < 0 or abs(signs.y[h] - signs.y[at]) > SAME_LINE * signs.size[at]:
            ghosts[at] = False
            continue
        there = set(code[signs.start[h] : signs.start[at]].tolist())
        first, last = signs.start[at], ends[at]
        gone[first] = True
        for index in range(first + 1, last):
            gone[index] = int(code[index]) in there
    return gone, ghosts


def _tails(signs: _Signs, code: Array, gone: Array, ghosts: Array) -> _Signs:
    """The า of a ำ whose mapping repeats the whole cluster (matplotlib): its letter reaches over it, its text goes.

    Marks its characters in `gone` and itself in `ghosts`. A second such cluster of the same text is told by its order: of
    every two signs with it, the second one is the tail.
    """
    if len(signs.start) == len(code):  # one character a sign
        return signs
    ends = np.append(signs.start[1:], len(code))
    last = code.take(ends - 1)
    consonant = (signs.code >= _THAI[0]) & (signs.code <= _THAI[1])
    candidates = np.flatnonzero(consonant & ~ghosts & (last == SARA_AM) & (ends - signs.start >= 2))
    if len(candidates) < 2:
        return signs
    x1, tail = signs.x1.copy(), -1
    for h, at in zip(candidates[:-1].tolist(), candidates[1:].tolist(), strict=True):
        same = np.array_equal(code[signs.start[h] : ends[h]], code[signs.start[at] : ends[at]])
        between = ghosts[h + 1 : at].all()
        near = abs(signs.y[h] - signs.y[at]) < SAME_LINE * signs.size[at] and signs.x0[at] - x1[h] < FAR_MARK * signs.size[at]
        if h != tail and same and between and near:
            gone[signs.start[at] : ends[at]] = True
            ghosts[at], x1[h], tail = True, max(x1[h], signs.x1[at]), at
    return _Signs(**{**vars(signs), "x1": x1})


def _spaced_out(signs: _Signs, mark: Array, cluster: Array) -> _Signs:
    """Letter-spacing goes after marks too, and in fixed-pitch fonts a mark has a cell of its own: a letter reaches to where the
    last mark drawn with it was left."""
    marks = np.flatnonzero(mark)
    host = cluster[marks]
    wide = signs.x1[marks] - signs.x0[marks] > OWN_CELL * signs.size[marks]
    reach = np.where(wide, signs.x1[marks], signs.x0[marks])
    mine = (signs.owner[host] == signs.owner[marks]) & (host < marks) & (reach > signs.x1[host])
    mine &= signs.x0[marks] - signs.x1[host] < signs.size[host]
    if not mine.any():
        return signs
    x1 = signs.x1.copy()
    np.maximum.at(x1, host[mine], reach[mine])
    return _Signs(**{**vars(signs), "x1": x1})


def _hosts(signs: _Signs, mark: Array, ghosts: Array) -> Array:
    """For every sign the one whose cluster it belongs to: itself, or for a mark the letter that it stands on."""
    count = len(mark)
    own = np.arange(count)
    before = np.maximum.accumulate(np.where(mark | ghosts, -1, own))
    cluster = np.where(mark | ghosts, before, own)
    cluster = np.where(cluster < 0, own, cluster)
    marks = np.flatnonzero(mark)
    if not len(marks):
        return cluster
    middle = np.where(signs.ink1 > signs.ink0, (signs.ink0 + signs.ink1) / 2, signs.x0 - NO_ADVANCE * signs.size)
    host = before[marks]
    fits = (host >= 0) & _under(signs, host, middle[marks], signs.y[marks]) & ~_left_behind(signs, marks, before, middle)
    for at in marks[~fits]:
        cluster[at] = _nearest(signs, mark | ghosts, at, middle[at], before[at])
    return cluster


def _left_behind(signs: _Signs, marks: Array, before: Array, middle: Array) -> Array:
    """Whether a mark's middle lies left of the letter before it in the content and over the consonant before that one, which
    it touches: a mark written one letter late."""
    host = before[marks]
    earlier = np.maximum(before[np.maximum(host - 1, 0)], 0)
    size = signs.size[host]
    over = (signs.x0[earlier] <= middle[marks]) & (middle[marks] < signs.x1[earlier]) & (middle[marks] < signs.x0[host])
    touching = np.abs(signs.x1[earlier] - signs.x0[host]) < OVERHANG * size
    level = np.abs(signs.y[earlier] - signs.y[marks]) < SAME_LINE * size
    narrow = signs.ink1[marks] - signs.ink0[marks] < size
    consonant = (signs.code[earlier] >= _THAI[0]) & (signs.code[earlier] <= _THAI[1])
    late: Array = (host > 0) & over & touching & level & narrow & consonant & (signs.ink1[marks] > signs.ink0[marks])
    return late


def _under(signs: _Signs, host: Array, middle: Array, y: Array) -> Array:
    """Whether the letter lies on the mark's line and under the middle of its ink."""
    size = signs.size[host]
    slack = OVERHANG * size
    near = np.abs(signs.y[host] - y) < SAME_LINE * size
    over = (signs.x0[host] - slack <= middle) & (middle <= np.maximum(signs.x1, signs.x0)[host] + slack)
    under: Array = near & over & (signs.code[host] != SPACE)
    return under


def _nearest(signs: _Signs, mark: Array, at: int, middle: float, before: int) -> int:
    """The letter under a displaced mark; else the one before it in the content if that is near; else the mark itself."""
    letters = np.flatnonzero(~mark)
    under = letters[_under(signs, letters, np.array(middle), np.array(signs.y[at]))]
    if len(under):
        centre = (signs.x0[under] + signs.x1[under]) / 2
        return int(under[np.argmin(np.abs(centre - middle))])
    if before >= 0 and signs.code[before] != SPACE and abs(signs.y[before] - signs.y[at]) < SAME_LINE * signs.size[before]:
        far = FAR_MARK * signs.size[before]
        if signs.x0[before] - far <= signs.x0[at] <= signs.x1[before] + far:
            return before
    return at
