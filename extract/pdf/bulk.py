"""A page's characters and objects as arrays: a C loop over pdfium's functions where it was built, else the same calls
through ctypes (through_ctypes.py). Both fill the same records bit for bit (tests/extract/pdf/test_bulk.py).

Everything here is in page space: points, origin bottom left, before /Rotate.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
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

_handle, _int = ctypes.c_size_t, ctypes.c_int
# Name and result of pdfium's functions, in the order of struct Calls in bulk.c. Handles come as plain numbers, 0 for none.
CALLS: tuple[tuple[str, Any], ...] = (
    ("FPDFText_GetUnicode", ctypes.c_uint),
    ("FPDFText_IsGenerated", _int),
    ("FPDFText_HasUnicodeMapError", _int),
    ("FPDFText_GetCharOrigin", _int),
    ("FPDFText_GetCharBox", _int),
    ("FPDFText_GetLooseCharBox", _int),
    ("FPDFText_GetTextObject", _handle),
    ("FPDFText_GetMatrix", _int),
    ("FPDFText_GetFontSize", ctypes.c_double),
    ("FPDFPage_CountObjects", _int),
    ("FPDFPage_GetObject", _handle),
    ("FPDFFormObj_CountObjects", _int),
    ("FPDFFormObj_GetObject", _handle),
    ("FPDFPageObj_GetType", _int),
    ("FPDFPageObj_GetMatrix", _int),
    ("FPDFPageObj_GetBounds", _int),
    ("FPDFTextObj_GetFontSize", _int),
    ("FPDFTextObj_GetFont", _handle),
    ("FPDFTextObj_GetTextRenderMode", _int),
    ("FPDFPageObj_CountMarks", _int),
    ("FPDFPageObj_GetMark", _handle),
    ("FPDFPageObjMark_GetParamBlobValue", _int),
    ("FPDFPath_GetDrawMode", _int),
    ("FPDFPath_CountSegments", _int),
    ("FPDFPath_GetPathSegment", _handle),
    ("FPDFPathSegment_GetPoint", _int),
    ("FPDFPathSegment_GetType", _int),
    ("FPDFPathSegment_GetClose", _int),
    ("FPDFPageObj_GetFillColor", _int),
    ("FPDFPageObj_GetClipPath", _handle),
    ("FPDFClipPath_CountPaths", _int),
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
    return (ctypes.c_void_p * len(CALLS))(*(pointer_to(name) for name, _ in CALLS))


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

    @cached_property
    def kind(self) -> Array:
        """Of every object, in one piece of memory."""
        return np.ascontiguousarray(self.table["kind"])

    @cached_property
    def texts(self) -> Array:
        """Rows of the text objects."""
        return np.flatnonzero(self.kind == TEXT)


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
            from extract.pdf.through_ctypes import read_chars

            runs = read_chars(page, count, out)
        return Chars(
            out.code, out.flags, out.origin, out.tight, out.loose, out.run,
            out.run_object[:runs], out.run_matrix[:runs], out.run_size[:runs],
        )  # fmt: skip

    def objects(self, page: Any, chars: Chars) -> Objects:
        """Objects of a page. chars: of the same page."""
        if self.library is None:
            from extract.pdf.through_ctypes import read_objects

            return read_objects(_address(page), chars)
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


Affine = tuple[float, float, float, float, float, float]


def times(m: Affine, n: Affine) -> Affine:
    """First m, then n."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


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
