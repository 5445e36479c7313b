"""The loops of bulk.c through ctypes, where no compiler was at hand: the same records, bit for bit.

What a call costs here is its arguments' conversion and the interpreter's steps around it. So every function runs over all its
characters or objects in one `map`, without declared argument types (handles go as ready c_void_p, indices as plain numbers), and
writes into one small buffer that is copied after each round. With pdfium's own few nanoseconds that makes 0.2 µs a call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any, Protocol

import numpy as np

from extract.pdf.bulk import (
    CALLS,
    DEPTH,
    FILLED,
    FORM,
    GENERATED,
    MAP_ERROR,
    MOST_OBJECTS,
    MOST_POINTS,
    OBJECT,
    PATH,
    POINT,
    SEGMENTS,
    STROKED,
    TEXT,
    Affine,
    Array,
    Chars,
    Objects,
    pointer_to,
    times,
)

IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NO_CHARACTER = 0xFFFE  # what FPDFText_GetText says for a hyphen at a line's end and for code 0
BLACK = 0x000000FF
_Handle = ctypes.c_void_p


class _Result(ctypes.c_void_p):
    """A handle that goes into the next call as it comes out of this one."""


class _Call(Protocol):
    def __call__(self, *arguments: Any) -> Any: ...


@lru_cache(maxsize=1)
def _calls() -> dict[str, _Call]:
    """pdfium's functions without argument types, keeping the interpreter's lock. Handles come back as numbers, 0 for
    none, or ready for the next call."""
    made: dict[str, _Call] = {name: ctypes.PYFUNCTYPE(result)(pointer_to(name)) for name, result in CALLS}
    for name in ("FPDFPageObj_GetClipPath", "FPDFPage_GetObject", "FPDFFormObj_GetObject", "FPDFPath_GetPathSegment"):
        made[name] = ctypes.PYFUNCTYPE(_Result)(pointer_to(name))
    made["FPDFText_GetText"] = ctypes.PYFUNCTYPE(ctypes.c_int)(pointer_to("FPDFText_GetText"))
    return made


class _Out:
    """One buffer that pdfium writes results into. at: handles of places in it."""

    def __init__(self, size: int, *places: int) -> None:
        self.buffer = ctypes.create_string_buffer(size)
        self.view = memoryview(self.buffer)
        self.at = [_Handle(ctypes.addressof(self.buffer) + place) for place in places]

    def rounds(self, *calls: Iterable[Any]) -> tuple[bytes, list[Any]]:
        """What the buffer holds after each round of calls, and the results of the last of the calls."""
        results: list[Any] = []
        *others, last = calls
        rounds = zip(*others, map(results.append, last), map(memoryview.tobytes, repeat(self.view)), strict=False)
        return b"".join(map(itemgetter(-1), rounds)), results


def read_chars(page: int, count: int, out: Chars) -> int:
    """As thaikpi_chars of bulk.c."""
    call, text = _calls(), _Handle(page)
    error = np.fromiter(map(call["FPDFText_HasUnicodeMapError"], repeat(text), range(count)), np.int32, count)
    out.flags[:] = np.where(error == 1, MAP_ERROR, 0)
    out.code[:] = _code_points(text, out.flags != 0)
    owner = np.fromiter(map(call["FPDFText_GetTextObject"], repeat(text), range(count)), np.uint64, count)
    first = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1]))) if count else np.zeros(0, np.int64)
    out.run[:] = np.repeat(np.arange(len(first)), np.diff(first, append=count))
    out.run_object[: len(first)] = owner[first]
    matrix, sizes = _Out(24, 0), map(call["FPDFText_GetFontSize"], repeat(text), first.tolist())
    data, _ = matrix.rounds(map(call["FPDFText_GetMatrix"], repeat(text), first.tolist(), repeat(matrix.at[0])))
    out.run_matrix[: len(first)] = np.frombuffer(data, np.float32).reshape(-1, 6)
    out.run_size[: len(first)] = np.fromiter(sizes, float, len(first))
    blank = np.flatnonzero((out.code == 32) | (out.code == 13) | (out.code == 10)).tolist()
    made = np.fromiter(map(call["FPDFText_IsGenerated"], repeat(text), blank), np.int32, len(blank))
    out.flags[blank] |= np.where(made == 1, GENERATED, 0).astype(np.uint8)
    _read_places(text, count, out)
    return len(first)


def _code_points(text: Any, unmapped: Array) -> Array:
    """All at once where the text has a unit a character: then none was left out of it and none is a pair. Codes of unmapped
    glyphs may have more bits."""
    call, count = _calls(), len(unmapped)
    units = np.zeros(count + 1, np.uint16)
    written = call["FPDFText_GetText"](text, 0, count, _Handle(units.ctypes.data)) if count else 0
    code, asked = units[:-1].astype(np.uint32), unmapped | (units[:-1] == NO_CHARACTER)
    if written != count + 1 or ((code & 0xF800) == 0xD800).any():
        asked = np.ones(count, bool)
    asked = np.flatnonzero(asked)
    code[asked] = np.fromiter(map(call["FPDFText_GetUnicode"], repeat(text), asked.tolist()), np.uint32, len(asked))
    return code


def _read_places(text: Any, count: int, out: Chars) -> None:
    """Origins and boxes; the ink's own where the code asks for it."""
    call, place = _calls(), _Out(32, 0, 8, 16)
    x, y, box = map(repeat, place.at)
    data, _ = place.rounds(
        map(call["FPDFText_GetCharOrigin"], repeat(text), range(count), x, y),
        map(call["FPDFText_GetLooseCharBox"], repeat(text), range(count), box),
    )
    rows = np.frombuffer(data, np.dtype([("origin", "f8", 2), ("loose", "f4", 4)]))
    out.origin[:], out.loose[:] = rows["origin"], rows["loose"]
    out.tight[:] = out.loose[:, [0, 2, 3, 1]]
    inked = np.flatnonzero(_needs_ink(out.code, out.flags))
    ink = _Out(32, 0, 8, 16, 24)
    data, _ = ink.rounds(map(call["FPDFText_GetCharBox"], repeat(text), inked.tolist(), *map(repeat, ink.at)))
    out.tight[inked] = np.frombuffer(data, float).reshape(-1, 4)


def _needs_ink(code: Array, flags: Array) -> Array:
    """As needs_ink in bulk.c."""
    latin, mark = (code >= 0xA1) & (code < 0x370), (code >= 0x0E34) & (code <= 0x0E3A)
    tone = (code >= 0x0E47) & (code <= 0x0E4E)
    needs: Array = (flags & MAP_ERROR != 0) | (code < 32) | latin | (code == 0x0E31) | mark | tone | (code >= 0xE000)
    return needs


def read_objects(page: int, chars: Chars) -> Objects:
    """As thaikpi_objects of bulk.c, but for the box, matrix and size of text objects that have characters and no mark: nobody
    asks for those, and they are left out. chars: of the same page."""
    walk = _Walk(frozenset(chars.run_object.tolist()))
    table, points = walk.holder(page, "FPDFPage", IDENTITY, _Place(0, 0, 0))
    return Objects(table, points, walk.spans)


@dataclass(frozen=True)
class _Place:
    """What was read before a page or form: objects, points; depth of the form."""

    objects: int
    points: int
    depth: int


class _Walk:
    """The recursion through a page and its forms. known: text objects with characters."""

    def __init__(self, known: frozenset[int]) -> None:
        self.known = known
        self.call = _calls()
        self.spans: dict[int, bytes] = {}
        self.silent: set[int] = set()  # marks without an ActualText
        self.full = False

    def holder(self, holder: int, kind: str, to_page: Affine, place: _Place) -> tuple[Array, Array]:
        """The objects of a page or form and the points of their paths, those of forms in the form's place."""
        call = self.call
        count = min(call[f"{kind}_CountObjects"](_Handle(holder)), MOST_OBJECTS - place.objects)
        given = list(filter(None, map(call[f"{kind}_GetObject"], repeat(_Handle(holder)), range(count))))
        handles = [handle.value for handle in given]
        table = np.zeros(len(given), OBJECT)
        table["handle"], table["depth"] = handles, place.depth
        table["kind"] = list(map(call["FPDFPageObj_GetType"], given))
        clips = map(call["FPDFPageObj_GetClipPath"], given)
        table["clipped"] = np.fromiter(map(call["FPDFClipPath_CountPaths"], clips), np.int64, len(given)) > 0
        text = table["kind"] == TEXT
        texts = np.flatnonzero(text)
        self._read_texts(table, texts, [given[at] for at in texts.tolist()])
        known = np.fromiter(map(self.known.__contains__, handles), bool, len(handles))
        away = np.flatnonzero(~text | (table["mark"] != 0) | ~known)
        table["matrix"] = IDENTITY
        table["matrix"][away], table["box"][away] = self._placed([given[at] for at in away.tolist()], to_page)
        away = away[text[away]]
        table["size"][away] = self._sizes([given[at] for at in away.tolist()])
        return self._with_forms(table, self._read_paths(table, given), place)

    def _read_texts(self, table: Array, texts: Array, handles: list[Any]) -> None:
        call = self.call
        table["font"][texts] = list(map(call["FPDFTextObj_GetFont"], handles))
        table["mode"][texts] = list(map(call["FPDFTextObj_GetTextRenderMode"], handles))
        table["fill"][texts] = self._fills(handles)
        left = np.fromiter(map(call["FPDFPageObj_CountMarks"], handles), np.int64, len(handles))
        pending = np.flatnonzero(left > 0)
        while len(pending):  # from the innermost mark outwards, to the first with an ActualText
            left[pending] -= 1
            inner = [handles[at] for at in pending.tolist()]
            marks = list(map(call["FPDFPageObj_GetMark"], inner, left[pending].tolist()))
            spans = set(filter(self._has_span, dict.fromkeys(marks)))
            found = np.array([mark in spans for mark in marks])
            table["mark"][texts[pending[found]]] = np.array(marks, np.uint64)[found]
            pending = pending[~found]
            pending = pending[left[pending] > 0]

    def _has_span(self, mark: int) -> bool:
        """Whether a mark has an ActualText, which is then in spans."""
        if mark in self.spans or mark in self.silent or not mark:
            return mark in self.spans
        blob, length = self.call["FPDFPageObjMark_GetParamBlobValue"], ctypes.c_ulong()
        if not blob(_Handle(mark), b"ActualText", _Handle(), ctypes.c_ulong(), ctypes.byref(length)):
            self.silent.add(mark)
            return False
        data = (ctypes.c_ubyte * length.value)()
        if length.value:
            blob(_Handle(mark), b"ActualText", ctypes.byref(data), length, ctypes.byref(length))
        self.spans[mark] = bytes(data)
        return True

    def _placed(self, handles: list[Any], to_page: Affine) -> tuple[Array, Array]:
        """Matrices (n, 6) and boxes (n, 4) of objects in page space."""
        matrix, box = _Out(24, 0), _Out(16, 0, 4, 8, 12)
        data, known = matrix.rounds(map(self.call["FPDFPageObj_GetMatrix"], handles, repeat(matrix.at[0])))
        own = np.frombuffer(data, np.float32).reshape(-1, 6).astype(float)
        own[np.array(known, int) == 0] = IDENTITY
        data, known = box.rounds(map(self.call["FPDFPageObj_GetBounds"], handles, *map(repeat, box.at)))
        corners = np.frombuffer(data, np.float32).reshape(-1, 4).astype(float)
        corners[np.array(known, int) == 0] = 0
        return np.stack(times(tuple(own.T), to_page), axis=1), _boxes(corners, to_page)  # type: ignore[arg-type]

    def _sizes(self, handles: list[Any]) -> Array:
        size = _Out(4, 0)
        data, known = size.rounds(map(self.call["FPDFTextObj_GetFontSize"], handles, repeat(size.at[0])))
        return np.where(np.array(known, bool), np.frombuffer(data, np.float32), np.float32(0))

    def _fills(self, handles: list[Any]) -> Array:
        """Fill colours as RGBA; black where an object has none."""
        colour = _Out(16, 0, 4, 8, 12)
        data, known = colour.rounds(map(self.call["FPDFPageObj_GetFillColor"], handles, *map(repeat, colour.at)))
        red, green, blue, alpha = (np.frombuffer(data, np.uint32).reshape(-1, 4) & 255).T
        return np.where(np.array(known, bool), red << 24 | green << 16 | blue << 8 | alpha, np.uint32(BLACK))

    def _read_paths(self, table: Array, given: list[Any]) -> Array:
        """The points of the paths of one page or form. Fills in their rows; first counts from 0."""
        call, paths = self.call, np.flatnonzero(table["kind"] == PATH)
        handles, drawn = [given[at] for at in paths.tolist()], _Out(8, 0, 4)
        data, _ = drawn.rounds(map(call["FPDFPath_GetDrawMode"], handles, *map(repeat, drawn.at)))
        fill, stroke = (np.frombuffer(data, np.int32).reshape(-1, 2) != 0).T
        table["mode"][paths] = FILLED * fill + STROKED * stroke
        table["fill"][paths] = np.where(fill | stroke, self._fills(handles), 0)
        counts = np.minimum(np.fromiter(map(call["FPDFPath_CountSegments"], handles), np.int64, len(handles)), SEGMENTS)
        counts[~(fill | stroke)] = 0
        ends = np.cumsum(counts)
        table["first"][paths], table["count"][paths] = ends - counts, counts
        readable = counts * (ends <= MOST_POINTS)
        owner = np.repeat(np.arange(len(paths)), readable)
        index = np.arange(len(owner)) - np.repeat(ends - counts, readable)
        return self._segments([handles[at] for at in owner.tolist()], index, table["matrix"][paths][owner])

    def _segments(self, handles: list[Any], index: Array, matrix: Array) -> Array:
        call, place = self.call, _Out(8, 0, 4)
        segments = list(map(call["FPDFPath_GetPathSegment"], handles, index.tolist()))
        data, _ = place.rounds(map(call["FPDFPathSegment_GetPoint"], segments, *map(repeat, place.at)))
        x, y = np.frombuffer(data, np.float32).reshape(-1, 2).astype(float).T
        points = np.zeros(len(segments), POINT)
        points["x"] = matrix[:, 0] * x + matrix[:, 2] * y + matrix[:, 4]
        points["y"] = matrix[:, 1] * x + matrix[:, 3] * y + matrix[:, 5]
        points["kind"] = list(map(call["FPDFPathSegment_GetType"], segments))
        points["close"] = np.fromiter(map(call["FPDFPathSegment_GetClose"], segments), np.int64, len(segments)) != 0
        return points

    def _with_forms(self, table: Array, points: Array, place: _Place) -> tuple[Array, Array]:
        """The objects and points of forms put behind their form, up to the bounds."""
        tables: list[Array] = []
        lists: list[Array] = []
        forms = np.flatnonzero(table["kind"] == FORM).tolist() if place.depth < DEPTH else []
        done, objects, read = 0, place.objects, place.points
        for form in (*forms, None):
            end = len(table) if form is None else form + 1
            part = table[done:end][: MOST_OBJECTS - objects]
            first, count = part["first"].copy(), part["count"]
            start = int(first[part["kind"] == PATH][0]) if (part["kind"] == PATH).any() else 0
            part["first"] = np.where(part["kind"] == PATH, first - start + read, 0)
            over = np.flatnonzero(part["first"] + count > MOST_POINTS)
            if len(over):
                self.full, part = True, part[: over[0] + 1]
                part["count"][over[0]] = 0
            drawn = int(part["count"].sum())
            tables.append(part)
            lists.append(points[start : start + drawn])
            done, objects, read = end, objects + len(part), read + drawn
            if form is None or self.full or objects >= MOST_OBJECTS:
                break
            matrix: Affine = tuple(table["matrix"][form].tolist())
            inner = self.holder(int(table["handle"][form]), "FPDFFormObj", matrix, _Place(objects, read, place.depth + 1))
            tables.append(inner[0])
            lists.append(inner[1])
            objects, read = objects + len(inner[0]), read + len(inner[1])
            if self.full:
                break
        return np.concatenate((table[:0], *tables)), np.concatenate((points[:0], *lists))


def _boxes(corners: Array, matrix: Affine) -> Array:
    """left, bottom, right, top of boxes after the matrix."""
    if matrix == IDENTITY:
        return corners
    left, bottom, right, top = corners.T
    a, b, c, d, e, f = matrix
    places = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((left, bottom), (right, bottom), (left, top), (right, top))]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return np.stack((np.minimum.reduce(xs), np.minimum.reduce(ys), np.maximum.reduce(xs), np.maximum.reduce(ys)), axis=1)
