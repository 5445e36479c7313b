"""Characters that leave no ink on the page: outside the page or the clip, painted over, white on white, or invisible doubles."""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.bulk import FILLED, FORM, PATH, TEXT, Affine, Array, Objects, times
from extract.pdf.frame import Box, Frame
from extract.pdf.glyphs import Glyphs, is_mark

INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
THIN = 3.0  # points: what is thinner strikes text through or underlines it, and hides nothing
BODY = (0.45, 0.05)  # em over the baseline: what must be covered for a letter to be gone
SHOWN = 0.3  # share of a glyph's ink inside the clip from which it is read
NEAR = 0.5  # em: an invisible letter whose middle is so near to a visible one's is its double
MOST_PAIRS = 4_000_000  # comparisons of invisible with visible letters at a time
WHITE = 250  # colour channels from here leave no ink on paper
_COVER = 2000  # paths of one page that may hide something: more are a drawing


def inkless(glyphs: Glyphs, objects: Objects, frame: Frame) -> Array:
    """For each glyph whether it cannot be seen on the page though its producer wrote it."""
    if not len(glyphs):
        return np.zeros(0, bool)
    x = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2
    y = (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    gone = (x < 0) | (x > frame.width) | (y < 0) | (y > frame.height)
    owner = np.append(objects.texts, len(objects.table))[glyphs.owner]
    gone |= _clipped(glyphs, objects, frame, owner)
    gone |= _covered(glyphs, objects, frame, owner)
    gone |= _white(objects, frame, owner, (x, y))
    gone |= _doubles(glyphs, objects, owner, gone, (x, y))
    return _with_letters(glyphs, gone) if gone.any() else gone


def _with_letters(glyphs: Glyphs, gone: Array) -> Array:
    """Marks go and stay with the letter before them: of a line cut off at a cell's border tone marks can still show, and a clip
    that is tight over a line cuts off only these."""
    mark = is_mark(glyphs.code)
    letter = np.maximum.accumulate(np.where(mark, -1, np.arange(len(glyphs))))
    apart = np.abs(glyphs.origin - glyphs.origin[letter])
    near: Array = mark & (letter >= 0) & (apart < glyphs.size[:, None]).all(axis=1)
    return np.where(near, gone[letter], gone)


def _clipped(glyphs: Glyphs, objects: Objects, frame: Frame, owner: Array) -> Array:
    """Letters of whose ink little lies inside their object's clip. pdfium keeps a clip only where it cuts something."""
    gone = np.zeros(len(owner), bool)
    cut = objects.texts[objects.table["clipped"][objects.texts] != 0]
    for at in cut.tolist():
        mine = slice(*np.searchsorted(owner, (at, at + 1))) if _ascending(owner) else owner == at
        clip = clip_of(objects, at, frame)
        if clip is not None:
            gone[mine] = _shown(glyphs.pick(mine), clip) < SHOWN
    return gone


def _shown(glyphs: Glyphs, clip: Box) -> Array:
    """Share of each glyph inside the clip: of a mark's ink, of an upright letter's body over its baseline, else of its box."""
    area = glyphs.ink.copy()
    letters = np.all(area == glyphs.box, axis=1) & (np.abs(glyphs.direction) < 1)
    area[letters, 1] = glyphs.origin[letters, 1] - BODY[0] * glyphs.size[letters]
    area[letters, 3] = glyphs.origin[letters, 1]
    size = np.maximum(area[:, 2:] - area[:, :2], 0.01)
    inside = np.minimum(area[:, 2:], clip[2:]) - np.maximum(area[:, :2], clip[:2])
    share: Array = np.prod(np.clip(inside, 0, None) / size, axis=1)
    return share


def _ascending(owner: Array) -> bool:
    return bool(np.all(owner[1:] >= owner[:-1]))


def clip_of(objects: Objects, at: int, frame: Frame) -> Box | None:
    """Box as shown of what the object's clip lets through; None without one."""
    handle = ctypes.cast(int(objects.table["handle"][at]), raw.FPDF_PAGEOBJECT)
    clip = raw.FPDFPageObj_GetClipPath(handle)
    boxes = [b for k in range(max(0, raw.FPDFClipPath_CountPaths(clip))) if (b := _clip_box(clip, k))]
    if not boxes:
        return None
    left, bottom = max(b[0] for b in boxes), max(b[1] for b in boxes)
    right, top = min(b[2] for b in boxes), min(b[3] for b in boxes)
    if right < left or top < bottom:
        return 0.0, 0.0, -1.0, -1.0  # nothing comes through
    box = frame.boxes(_in_page(objects, at, np.array([[left, bottom, right, top]])))[0]
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def _clip_box(clip: object, index: int) -> Box | None:
    xs, ys = [], []
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(min(raw.FPDFClipPath_CountPathSegments(clip, index), 400)):
        segment = raw.FPDFClipPath_GetPathSegment(clip, index, k)
        if segment and raw.FPDFPathSegment_GetPoint(segment, x, y):
            xs.append(x.value)
            ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _in_page(objects: Objects, at: int, boxes: Array) -> Array:
    """Boxes in the space of the object's form, in page space."""
    depth = objects.table["depth"]
    if not depth[at]:
        return boxes
    forms = np.flatnonzero((objects.table["kind"][:at] == FORM) & (depth[:at] == depth[at] - 1))
    if not len(forms):
        return boxes
    matrix: Affine = tuple(objects.table["matrix"][forms[-1]].tolist())
    a, b, c, d, e, f = times(matrix, (1, 0, 0, 1, 0, 0))
    corners = [(boxes[:, i] * a + boxes[:, j] * c + e, boxes[:, i] * b + boxes[:, j] * d + f) for i in (0, 2) for j in (1, 3)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return np.stack((np.minimum.reduce(xs), np.minimum.reduce(ys), np.maximum.reduce(xs), np.maximum.reduce(ys)), axis=1)


def _covered(glyphs: Glyphs, objects: Objects, frame: Frame, owner: Array) -> Array:
    """Letters under an opaque filled rectangle that was painted after them. Images do not count: scans lie over their text."""
    gone = np.zeros(len(glyphs), bool)
    table = objects.table
    paths = np.flatnonzero(objects.kind == PATH)
    paths = paths[paths >= int(owner.min())]
    rows = table.take(paths)
    fills = ((rows["mode"] & FILLED) != 0) & ((rows["fill"] & 255) == 255) & (rows["count"] <= 6)
    tall = (rows["box"][:, 2] - rows["box"][:, 0] > THIN) & (rows["box"][:, 3] - rows["box"][:, 1] > THIN)
    candidates = paths[fills & tall][:_COVER]
    if not len(candidates):
        return gone
    x = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2
    y = glyphs.origin[:, 1]
    upper, lower = y - BODY[0] * glyphs.size, y - BODY[1] * glyphs.size
    for at, box in zip(candidates.tolist(), frame.boxes(table["box"][candidates]).tolist(), strict=True):
        hidden = (owner < at) & (x >= box[0]) & (x <= box[2]) & (upper >= box[1]) & (lower <= box[3])
        if hidden.any() and _paints(objects, at):
            clip = clip_of(objects, at, frame) if table["clipped"][at] else None
            if clip is not None:
                hidden &= (x >= clip[0]) & (x <= clip[2]) & (upper >= clip[1]) & (lower <= clip[3])
            gone |= hidden
    return gone


def _white(objects: Objects, frame: Frame, owner: Array, middle: tuple[Array, Array]) -> Array:
    """White letters on white paper (zeros put before a number to align it): no picture, shading or coloured area lies under
    their middle."""
    gone = np.zeros(len(owner), bool)
    table, texts, kind = objects.table, objects.texts, objects.kind
    unseen = texts[_is_white(table["fill"][texts]) & (table["mode"][texts] == raw.FPDF_TEXTRENDERMODE_FILL)]
    if not len(unseen):
        return gone
    plain = (kind == PATH) & (((table["mode"] & FILLED) == 0) | _is_white(table["fill"]))
    grounds = np.flatnonzero(~plain & (kind != TEXT) & (kind != FORM))
    boxes = frame.boxes(table["box"][grounds]) if len(grounds) else np.zeros((0, 4))
    for at in unseen.tolist():
        own = np.flatnonzero(owner == at)
        x, y = middle[0][own][:, None], middle[1][own][:, None]
        over = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3]) & (grounds < at)
        gone[own[~over.any(axis=1)]] = True
    return gone


def _is_white(colour: Array) -> Array:
    channels = [((colour >> shift) & 255) >= WHITE for shift in (24, 16, 8)]
    white: Array = channels[0] & channels[1] & channels[2]
    return white


def _paints(objects: Objects, at: int) -> bool:
    """The path is an axis-parallel rectangle painted without transparency or blending."""
    row = objects.table[at]
    points = objects.points[row["first"] : row["first"] + row["count"]]
    if (points["kind"] == raw.FPDF_SEGMENT_BEZIERTO).any():
        return False
    if len(set(np.round(points["x"], 1).tolist())) != 2 or len(set(np.round(points["y"], 1).tolist())) != 2:
        return False
    return not raw.FPDFPageObj_HasTransparency(ctypes.cast(int(row["handle"]), raw.FPDF_PAGEOBJECT))


def _is_invisible(mode: Array) -> Array:
    invisible: Array = (mode == INVISIBLE[0]) | (mode == INVISIBLE[1])
    return invisible


def _doubles(glyphs: Glyphs, objects: Objects, owner: Array, gone: Array, middle: tuple[Array, Array]) -> Array:
    """Invisible letters that stand where a visible one stands (an OCR layer over text that needed none)."""
    mode = objects.table["mode"]
    unseen = _is_invisible(mode[objects.texts])
    if not unseen.any() or unseen.all():
        return np.zeros(len(glyphs), bool)
    unseen = _is_invisible(np.append(mode, 0)[owner])
    doubles = np.zeros(len(glyphs), bool)
    hidden, seen = np.flatnonzero(unseen & ~gone), np.flatnonzero(~unseen & ~gone)
    if not len(hidden) or not len(seen):
        return doubles
    x, y = middle
    step = max(1, MOST_PAIRS // len(seen))
    for start in range(0, len(hidden), step):
        part = hidden[start : start + step]
        reach = NEAR * glyphs.size[part][:, None]
        near = (np.abs(x[part][:, None] - x[seen]) < reach) & (np.abs(y[part][:, None] - y[seen]) < reach)
        doubles[part] = near.any(axis=1)
    return doubles
