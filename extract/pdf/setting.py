"""Glyphs, clusters and rows in C (glyphs.c, setting.c). glyphs.gather, clusters.py and rows.py do the same, where these were not
built and for what is rare."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np

from extract.pdf.bulk import OBJECT, Array, Chars, Objects
from extract.pdf.clusters import Clusters
from extract.pdf.columns import in_columns
from extract.pdf.frame import Frame
from extract.pdf.glyphs import Glyphs, gather

_GLYPHS = (  # arrays of struct Glyphs, in order
    ("code", np.uint32), ("owner", np.int64), ("origin", np.float64), ("box", np.float64), ("ink", np.float64),
    ("size", np.float64), ("direction", np.float64), ("part", np.float64), ("parts", np.float64), ("pad", np.float64),
)  # fmt: skip
_CLUSTERS = (
    ("cluster", np.int64), ("mark", np.bool_), ("glyph_x", np.float64), ("x0", np.float64), ("x1", np.float64),
    ("y", np.float64), ("size", np.float64), ("head", np.uint32), ("head_owner", np.int64), ("row", np.int64),
)  # fmt: skip
_ROWS = (
    ("code", np.dtype("<u4")), ("x0", np.float64), ("x1", np.float64), ("start", np.int64), ("heavy", np.int64),
    ("top", np.float64), ("bottom", np.float64), ("size", np.float64),
)  # fmt: skip


_CHARS = ("code", "flags", "origin", "tight", "loose", "run", "run_object", "run_matrix", "run_size")  # of bulk.Chars
_WIDE = {"origin": (2,), "box": (4,), "ink": (4,)}  # places of a glyph that are several numbers
_PLACES = (*_GLYPHS, ("charcode", np.int64))


def _struct(numbers: tuple[str, ...], arrays: tuple[tuple[str, Any], ...]) -> type[ctypes.Structure]:
    rows = [(name, ctypes.c_int64) for name in numbers] + [(name, ctypes.c_void_p) for name, _ in arrays]
    return type("Struct", (ctypes.Structure,), {"_fields_": rows})


_GlyphsStruct = _struct(("count",), _GLYPHS)
_ClustersStruct = _struct(("count", "columns"), _CLUSTERS)
_RowsStruct = _struct(("count", "rows"), _ROWS)
_CharsStruct = _struct(("count", "runs"), tuple((name, None) for name in _CHARS))
_PlacesStruct = _struct((), _PLACES)
_TextsStruct = _struct(("count",), (("rows", np.int64), ("table", OBJECT)))


@dataclass(frozen=True)
class SetRows:
    """Rows of text in their places, rounded as lines have them. text: of all rows; starts: offsets of the rows in it, and its
    length at the end. x0, x1: of every character; the others of every row. heavy: how many of its characters are bold."""

    text: str
    starts: list[int]
    x0: list[float]
    x1: list[float]
    top: list[float]
    bottom: list[float]
    size: list[float]
    heavy: list[int]


class Setter:
    """Gathers the glyphs of upright pages and sets what reads from left to right. Room for rows is kept from page to page."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._room = 0
        self._arrays: dict[str, dict[str, Array]] = {}
        self._clusters, self._rows = _ClustersStruct(), _RowsStruct()

    def glyphs(self, chars: Chars, objects: Objects, frame: Frame) -> Glyphs:
        """As glyphs.gather, which is called where the page is turned or has ActualText."""
        if objects.spans or not len(chars):
            return gather(chars, objects, frame)
        room, texts = len(chars) + len(objects.texts), np.ascontiguousarray(objects.texts, np.int64)
        made = {name: np.empty((room, *_WIDE.get(name, ())), kind) for name, kind in _PLACES}
        given = _CharsStruct(len(chars), len(chars.run_object), *(getattr(chars, name).ctypes.data for name in _CHARS))
        count = self._library.thaikpi_glyphs(
            ctypes.byref(given), ctypes.byref(_TextsStruct(len(texts), texts.ctypes.data, objects.table.ctypes.data)),
            (ctypes.c_double * 6)(*frame.to_shown), ctypes.byref(_PlacesStruct(*(a.ctypes.data for a in made.values()))),
        )  # fmt: skip
        if count < 0:
            return gather(chars, objects, frame)
        return Glyphs(**{name: array[:count] for name, array in made.items()})

    def rows(self, glyphs: Glyphs, bold: Array, rules: Array) -> SetRows | None:
        """None where the characters show what only the arrays' way handles. bold, rules: as for lines.page_lines."""
        self._make_room(len(glyphs))
        columns = {name: np.ascontiguousarray(getattr(glyphs, name), kind) for name, kind in _GLYPHS}
        given = _GlyphsStruct(len(glyphs), *(column.ctypes.data for column in columns.values()))
        if self._library.thaikpi_clusters(ctypes.byref(given), ctypes.byref(self._clusters)) < 0:
            return None
        if self._clusters.columns:
            clusters, row = self._seen(glyphs)
            row[:] = in_columns(clusters, row.copy(), rules)
        bold = np.ascontiguousarray(bold, np.bool_)
        count = self._library.thaikpi_rows(
            ctypes.byref(given), ctypes.byref(self._clusters), ctypes.c_void_p(bold.ctypes.data), ctypes.c_int64(len(bold)),
            ctypes.byref(self._rows),
        )  # fmt: skip
        return None if count < 0 else self._written(count, self._rows.rows)

    def _make_room(self, count: int) -> None:
        """Of every cluster a space may stand before it: twice as many characters, and an end for the last row."""
        if count <= self._room:
            return
        self._room = max(4096, 2 * count)
        for name, struct, arrays in (("clusters", self._clusters, _CLUSTERS), ("rows", self._rows, _ROWS)):
            made = {field: np.empty(2 * self._room + 2, kind) for field, kind in arrays}
            self._arrays[name] = made
            for field, array in made.items():
                setattr(struct, field, array.ctypes.data)

    def _seen(self, glyphs: Glyphs) -> tuple[Clusters, Array]:
        """The clusters and their rows, in the room that they were put into."""
        made, count = self._arrays["clusters"], self._clusters.count
        whole = {"cluster", "mark", "glyph_x"}  # of characters, not of clusters
        parts = {name: array[: len(glyphs) if name in whole else count] for name, array in made.items()}
        row = parts.pop("row")
        return Clusters(code=glyphs.code, owner=glyphs.owner, **parts), row

    def _written(self, count: int, rows: int) -> SetRows:
        made = self._arrays["rows"]
        text = made["code"][:count].tobytes().decode("utf-32-le", "replace")
        of_rows = {name: made[name][:rows].tolist() for name in ("top", "bottom", "size", "heavy")}
        return SetRows(
            text=text, starts=made["start"][: rows + 1].tolist(), x0=made["x0"][:count].tolist(),
            x1=made["x1"][:count].tolist(), **of_rows,
        )  # fmt: skip


def setter_of(library: ctypes.CDLL | None) -> Setter | None:
    """None where the library was not built, or from another version of glyphs.c and setting.c."""
    if library is None or not hasattr(library, "thaikpi_setting_layout"):
        return None
    for name in ("glyphs_layout", "glyphs", "setting_layout", "clusters", "rows"):
        getattr(library, f"thaikpi_{name}").restype = ctypes.c_int64
    first = _sizes(_CharsStruct, _PlacesStruct, _TextsStruct) == library.thaikpi_glyphs_layout()
    second = _sizes(_GlyphsStruct, _ClustersStruct, _RowsStruct) == library.thaikpi_setting_layout()
    return Setter(library) if first and second else None


def _sizes(*structs: type[ctypes.Structure]) -> int:
    a, b, c = (ctypes.sizeof(struct) for struct in structs)
    return a << 32 | b << 16 | c
