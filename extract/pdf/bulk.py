"""A page's characters and objects as arrays: a C loop over pdfium's functions where it was built, else the same calls
through ctypes. Both fill the same records bit for bit (tests/extract/pdf/test_bulk.py).

Everything here is in page space: points, origin bottom left, before /Rotate.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

Array = NDArray[Any]

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
FILLED, STROKED = 1, 256
GENERATED, MAP_ERROR = 1, 2  # pdfium makes up spaces and line ends only

# Bounds against hostile pages: far above any page of a report (the densest of 349 real ones had 6,300 characters and
# 9,000 objects), low enough that a page's arrays stay below 100 MB.
MOST_CHARS = 200_000
MOST_OBJECTS = 100_000
MOST_POINTS = 400_000
MOST_BYTES = 4_000_000
SEGMENTS = 4_000  # of one path: a ruled grid drawn as one path has hundreds
DEPTH = 8  # of forms inside forms

OBJECT = np.dtype(
    [
        ("handle", "u8"), ("font", "u8"), ("mark", "u8"), ("kind", "i4"), ("mode", "i4"), ("first", "i4"), ("count", "i4"),
        ("matrix", "f8", 6), ("box", "f8", 4), ("size", "f4"), ("fill", "u4"), ("clipped", "i4"), ("depth", "i4"),
    ],
    align=True,
)  # fmt: skip
SPAN = np.dtype([("mark", "u8"), ("first", "i4"), ("count", "i4")], align=True)
POINT = np.dtype([("x", "f8"), ("y", "f8"), ("kind", "i4"), ("close", "i4")], align=True)

_handle, _int, _pointer, _ulong = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong
# Name, result and arguments of pdfium's functions, in the order of struct Calls in bulk.c. Pointers go as plain numbers.
CALLS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("FPDFText_GetUnicode", ctypes.c_uint, (_handle, _int)),
    ("FPDFText_IsGenerated", _int, (_handle, _int)),
    ("FPDFText_HasUnicodeMapError", _int, (_handle, _int)),
    ("FPDFText_GetCharOrigin", _int, (_handle, _int, _pointer, _pointer)),
    ("FPDFText_GetCharBox", _int, (_handle, _int, _pointer, _pointer, _pointer, _pointer)),
    ("FPDFText_GetLooseCharBox", _int, (_handle, _int, _pointer)),
    ("FPDFText_GetTextObject", _handle, (_handle, _int)),
    ("FPDFText_GetMatrix", _int, (_handle, _int, _pointer)),
    ("FPDFText_GetFontSize", ctypes.c_double, (_handle, _int)),
    ("FPDFPage_CountObjects", _int, (_handle,)),
    ("FPDFPage_GetObject", _handle, (_handle, _int)),
    ("FPDFFormObj_CountObjects", _int, (_handle,)),
    ("FPDFFormObj_GetObject", _handle, (_handle, _ulong)),
    ("FPDFPageObj_GetType", _int, (_handle,)),
    ("FPDFPageObj_GetMatrix", _int, (_handle, _pointer)),
    ("FPDFPageObj_GetBounds", _int, (_handle, _pointer, _pointer, _pointer, _pointer)),
    ("FPDFTextObj_GetFontSize", _int, (_handle, _pointer)),
    ("FPDFTextObj_GetFont", _handle, (_handle,)),
    ("FPDFTextObj_GetTextRenderMode", _int, (_handle,)),
    ("FPDFPageObj_CountMarks", _int, (_handle,)),
    ("FPDFPageObj_GetMark", _handle, (_handle, _ulong)),
    ("FPDFPageObjMark_GetParamBlobValue", _int, (_handle, ctypes.c_char_p, _pointer, _ulong, _pointer)),
    ("FPDFPath_GetDrawMode", _int, (_handle, _pointer, _pointer)),
    ("FPDFPath_CountSegments", _int, (_handle,)),
    ("FPDFPath_GetPathSegment", _handle, (_handle, _int)),
    ("FPDFPathSegment_GetPoint", _int, (_handle, _pointer, _pointer)),
    ("FPDFPathSegment_GetType", _int, (_handle,)),
    ("FPDFPathSegment_GetClose", _int, (_handle,)),
    ("FPDFPageObj_GetFillColor", _int, (_handle, _pointer, _pointer, _pointer, _pointer)),
    ("FPDFPageObj_GetClipPath", _handle, (_handle,)),
    ("FPDFClipPath_CountPaths", _int, (_handle,)),
)


class Room(ctypes.Structure):
    """Room of the caller's arrays and how deep to go, as in bulk.c."""

    _fields_ = [(name, ctypes.c_int64) for name in ("objects", "spans", "bytes", "points", "depth", "segments")]


class Used(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in ("objects", "spans", "bytes", "points", "full")]


def pointer_to(name: str) -> int:
    """Address of a pdfium function."""
    return ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0


@lru_cache(maxsize=1)
def _pointers() -> Any:
    """The table struct Calls of bulk.c."""
    return (ctypes.c_void_p * len(CALLS))(*(pointer_to(name) for name, _, _ in CALLS))


@lru_cache(maxsize=4)
def calls_of(names: tuple[str, ...]) -> dict[str, Any]:
    """pdfium functions that take plain numbers for pointers and keep the interpreter's lock: a third of the usual cost."""
    rows = {name: (result, arguments) for name, result, arguments in CALLS}
    return {name: ctypes.PYFUNCTYPE(rows[name][0], *rows[name][1])(pointer_to(name)) for name in names}


@dataclass(frozen=True)
class Chars:
    """Characters as pdfium's text page has them. origin: (n, 2); loose: (n, 4) left, top, right, bottom with the advance;
    tight: (n, 4) left, right, bottom, top of the ink of marks and doubtful characters, of others what loose has;
    run: index of the stretch of one text object."""

    code: Array
    flags: Array
    origin: Array
    tight: Array
    loose: Array
    run: Array
    run_object: Array
    run_matrix: Array
    run_size: Array

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Objects:
    """Objects in drawing order, those of forms in the form's place. spans: ActualText of a mark, as the file has it."""

    table: Array
    points: Array
    spans: dict[int, bytes]


class Loop:
    """The two readers' shared frame: arrays are made here, filled by C or by ctypes."""

    def __init__(self, library: ctypes.CDLL | None) -> None:
        self.library = library
        self.pointers = _pointers()
        self.room = Room(4096, 2048, 65536, 16384, DEPTH, SEGMENTS)
        self._buffers: tuple[Array, ...] = ()  # filled again page after page: fresh memory costs more than filling it

    def chars(self, text_page: Any) -> Chars:
        page = _address(text_page)
        count = max(0, min(raw.FPDFText_CountChars(text_page), MOST_CHARS))
        new = np.empty
        out = Chars(
            new(count, np.uint32), new(count, np.uint8), new((count, 2)), new((count, 4)), new((count, 4), np.float32),
            new(count, np.int32), new(count, np.uint64), new((count, 6), np.float32), new(count),
        )  # fmt: skip
        if self.library is not None:
            arrays = [ctypes.c_void_p(a.ctypes.data) for a in vars(out).values()]
            runs = self.library.thaikpi_chars(self.pointers, ctypes.c_void_p(page), ctypes.c_int64(count), *arrays)
        else:
            runs = _chars(page, count, out)
        return Chars(
            out.code, out.flags, out.origin, out.tight, out.loose, out.run,
            out.run_object[:runs], out.run_matrix[:runs], out.run_size[:runs],
        )  # fmt: skip

    def objects(self, page: Any, chars: Chars) -> Objects:
        """Objects of a page. chars: of the same page."""
        if self.library is None:
            return _Walk(frozenset(chars.run_object.tolist())).read(_address(page))
        while True:
            room = self.room
            if not self._buffers:
                self._buffers = (
                    np.empty(room.objects, OBJECT), np.empty(room.spans, SPAN),
                    np.empty(room.bytes, np.uint8), np.empty(room.points, POINT),
                )  # fmt: skip
            objects, spans, blob, points = self._buffers
            used = Used()
            self.library.thaikpi_objects(
                self.pointers, ctypes.c_void_p(_address(page)), ctypes.byref(room), ctypes.byref(used),
                *(ctypes.c_void_p(a.ctypes.data) for a in (objects, spans, blob, points)),
            )  # fmt: skip
            if not used.full or not self._grow():
                break
        data = blob[: used.bytes].tobytes()
        texts = {int(m): data[first : first + count] for m, first, count in spans[: used.spans].tolist()}
        return Objects(objects[: used.objects].copy(), points[: used.points].copy(), texts)

    def _grow(self) -> bool:
        """Four times the room, up to the bounds; False when there is no more to give."""
        old = self.room
        most = (MOST_OBJECTS, MOST_OBJECTS, MOST_BYTES, MOST_POINTS)
        given = (old.objects, old.spans, old.bytes, old.points)
        self._buffers = ()
        self.room = Room(*(min(4 * g, m) for g, m in zip(given, most, strict=True)), DEPTH, SEGMENTS)
        return given != most


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _needs_ink() -> frozenset[int]:
    """As needs_ink in bulk.c, but for what lies above U+E000."""
    return frozenset((*range(32), *range(0xA1, 0x370), 0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)))


def _chars(page: int, count: int, out: Chars) -> int:
    """The loop of thaikpi_chars, through ctypes."""
    call = calls_of(tuple(name for name, _, _ in CALLS[:9]))
    unicode, generated, map_error, origin, tight, loose, owner, matrix, size = call.values()
    at_origin, at_tight, at_loose = out.origin.ctypes.data, out.tight.ctypes.data, out.loose.ctypes.data
    code, flags, run, inked = [0] * count, bytearray(count), [0] * count, bytearray(count)
    runs, last, marks = 0, -1, _needs_ink()
    for i in range(count):
        item = owner(page, i) or 0
        if item != last:
            out.run_object[runs] = last = item
            matrix(page, i, out.run_matrix.ctypes.data + 24 * runs)
            out.run_size[runs] = size(page, i)
            runs += 1
        run[i] = runs - 1
        code[i] = letter = unicode(page, i)
        if (letter == 32 or letter == 13 or letter == 10) and generated(page, i) == 1:
            flags[i] = GENERATED
        if map_error(page, i) == 1:
            flags[i] |= MAP_ERROR
        origin(page, i, at_origin + 16 * i, at_origin + 16 * i + 8)
        loose(page, i, at_loose + 16 * i)
        if letter in marks or letter >= 0xE000 or flags[i] & MAP_ERROR:
            at = at_tight + 32 * i
            tight(page, i, at, at + 8, at + 16, at + 24)
            inked[i] = 1
    out.code[:], out.flags[:], out.run[:] = code, np.frombuffer(flags, np.uint8), run
    rest = np.frombuffer(inked, np.uint8) == 0
    out.tight[rest] = out.loose[rest][:, [0, 2, 3, 1]]
    return runs


Affine = tuple[float, float, float, float, float, float]


def times(m: Affine, n: Affine) -> Affine:
    """First m, then n."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


_IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Walk:
    """The recursion of thaikpi_objects, through ctypes. known: text objects with characters, whose box, matrix and size nobody
    asks for: they are left out here."""

    def __init__(self, known: frozenset[int]) -> None:
        self.known = known
        self.call = calls_of(tuple(name for name, _, _ in CALLS[9:]))
        self.floats = (ctypes.c_float * 8)()
        self.at = ctypes.addressof(self.floats)
        self.numbers = (ctypes.c_uint32 * 4)()
        self.at_numbers = ctypes.addressof(self.numbers)
        self.rows: list[tuple[Any, ...]] = []
        self.points: list[tuple[float, float, int, int]] = []
        self.spans: dict[int, bytes] = {}

    def read(self, page: int) -> Objects:
        self._holder(page, "FPDFPage", _IDENTITY, 0)
        return Objects(np.array(self.rows, OBJECT), np.array(self.points, POINT), self.spans)

    def _holder(self, holder: int, kind: str, to_page: Affine, depth: int) -> None:
        """The objects of a page or form."""
        count, get = (self.call[f"{kind}_CountObjects"], self.call[f"{kind}_GetObject"])
        kind_of, clip, clips = (
            self.call[name] for name in ("FPDFPageObj_GetType", "FPDFPageObj_GetClipPath", "FPDFClipPath_CountPaths")
        )
        for index in range(count(holder)):
            if len(self.rows) >= MOST_OBJECTS or len(self.points) >= MOST_POINTS:
                return
            handle = get(holder, index)
            if handle:
                kind_here, clipped = kind_of(handle), int(clips(clip(handle)) > 0)
                if kind_here == TEXT:
                    self._text(handle, to_page, clipped, depth)
                else:
                    self._drawing(handle, kind_here, to_page, clipped, depth)

    def _text(self, handle: int, to_page: Affine, clipped: int, depth: int) -> None:
        call, size = self.call, 0.0
        matrix, box = _IDENTITY, (0.0, 0.0, 0.0, 0.0)
        mark = self._span(handle)
        if mark or handle not in self.known:
            matrix, box = self._place(handle, to_page)
            size = self.floats[0] if call["FPDFTextObj_GetFontSize"](handle, self.at) else 0.0
        font = call["FPDFTextObj_GetFont"](handle) or 0
        mode = call["FPDFTextObj_GetTextRenderMode"](handle)
        fill = self._fill(handle)
        self.rows.append((handle, font, mark, TEXT, mode, 0, 0, matrix, box, size, fill, clipped, depth))

    def _drawing(self, handle: int, kind: int, to_page: Affine, clipped: int, depth: int) -> None:
        matrix, box = self._place(handle, to_page)
        mode, first, count, fill = self._path(handle, matrix) if kind == PATH else (0, 0, 0, 0)
        self.rows.append((handle, 0, 0, kind, mode, first, count, matrix, box, 0.0, fill, clipped, depth))
        if kind == FORM and depth < DEPTH:
            self._holder(handle, "FPDFFormObj", matrix, depth + 1)

    def _place(self, handle: int, to_page: Affine) -> tuple[Affine, tuple[float, float, float, float]]:
        """Matrix and box of an object in page space."""
        call, at, floats = self.call, self.at, self.floats
        own = tuple(floats[0:6]) if call["FPDFPageObj_GetMatrix"](handle, at) else _IDENTITY
        corners = floats[0:4] if call["FPDFPageObj_GetBounds"](handle, at, at + 4, at + 8, at + 12) else [0.0] * 4
        return times(own, to_page), _placed(corners, to_page)  # type: ignore[arg-type]

    def _span(self, handle: int) -> int:
        count = self.call["FPDFPageObj_CountMarks"](handle)
        if count <= 0:
            return 0
        blob = self.call["FPDFPageObjMark_GetParamBlobValue"]
        for index in range(count - 1, -1, -1):
            mark: int = self.call["FPDFPageObj_GetMark"](handle, index)
            if mark in self.spans:
                return mark
            length = ctypes.c_ulong()
            if not mark or not blob(mark, b"ActualText", 0, 0, ctypes.addressof(length)):
                continue
            data = (ctypes.c_ubyte * length.value)()
            if length.value:
                blob(mark, b"ActualText", ctypes.addressof(data), length.value, ctypes.addressof(length))
            self.spans[mark] = bytes(data)
            return mark
        return 0

    def _path(self, handle: int, matrix: Affine) -> tuple[int, int, int, int]:
        call, at, first = self.call, self.at_numbers, len(self.points)
        self.numbers[0] = self.numbers[1] = 0
        call["FPDFPath_GetDrawMode"](handle, at, at + 4)
        mode = FILLED * bool(self.numbers[0]) | STROKED * bool(self.numbers[1])
        if not mode:
            return mode, first, 0, 0
        fill = self._fill(handle)
        x, y = self.at, self.at + 4
        for index in range(min(call["FPDFPath_CountSegments"](handle), SEGMENTS)):
            segment = call["FPDFPath_GetPathSegment"](handle, index)
            if not segment or not call["FPDFPathSegment_GetPoint"](segment, x, y):
                continue
            px, py = self.floats[0:2]
            kind, close = call["FPDFPathSegment_GetType"](segment), int(call["FPDFPathSegment_GetClose"](segment) != 0)
            self.points.append(
                (matrix[0] * px + matrix[2] * py + matrix[4], matrix[1] * px + matrix[3] * py + matrix[5], kind, close)
            )
        return mode, first, len(self.points) - first, fill

    def _fill(self, handle: int) -> int:
        at = self.at_numbers
        if not self.call["FPDFPageObj_GetFillColor"](handle, at, at + 4, at + 8, at + 12):
            return 0x000000FF
        red, green, blue, alpha = (value & 255 for value in self.numbers)
        return red << 24 | green << 16 | blue << 8 | alpha


def _placed(corners: list[float], matrix: Affine) -> tuple[float, float, float, float]:
    """left, bottom, right, top of a box after the matrix."""
    left, bottom, right, top = corners
    if matrix == _IDENTITY:
        return left, bottom, right, top
    places = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x, y in ((left, bottom), (right, bottom), (left, top), (right, top))
    ]
    xs, ys = [p[0] for p in places], [p[1] for p in places]
    return min(xs), min(ys), max(xs), max(ys)


def load(folder: Path | None = None) -> Loop:
    """The C loop when it was built beside this file; THAIKPI_BULK=ctypes chooses the other one."""
    path = (folder or Path(__file__).parent) / "libbulk.so"
    if os.environ.get("THAIKPI_BULK") == "ctypes" or not path.exists():
        return Loop(None)
    try:
        library = ctypes.CDLL(str(path))
        library.thaikpi_layout.restype = library.thaikpi_chars.restype = ctypes.c_int64
        library.thaikpi_objects.restype = None
        fits = library.thaikpi_layout() == _layout()
    except (OSError, AttributeError):  # built for another machine, or from another version
        return Loop(None)
    return Loop(library if fits else None)


def _layout() -> int:
    return OBJECT.itemsize << 48 | SPAN.itemsize << 32 | POINT.itemsize << 16 | len(CALLS)
