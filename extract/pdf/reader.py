"""PDF pages to positioned lines, rules and a verdict, over pdfium. First, simple version behind the lasting interface."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.errors import DocumentError
from schemas.document import Layer, Line, Page, Rule
from schemas.outcome import Status

MARKS = set("ัิีึืฺุู็่้๊๋์ํ๎")
FOLLOWING = set("าำๅ")


@dataclass
class Cluster:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    places: list[tuple[float, float]] = field(default_factory=list)


def read_pdf(data: bytes) -> Iterator[Page]:
    """Pages in order. Raises DocumentError when the document cannot be opened or has no page."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        encrypted = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise DocumentError(Status.ENCRYPTED if encrypted else Status.DAMAGED, "password" if encrypted else "cut") from error
    try:
        if not len(document):
            raise DocumentError(Status.EMPTY, "no-pages")
        for index in range(len(document)):
            page = document[index]
            yield _read_page(page, index + 1)
            page.close()
    finally:
        document.close()


def _shown_matrix(page: Any) -> tuple[tuple[float, ...], float, float]:
    """Page space to points from the top left of the page as shown; width and height as shown."""
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation() % 360
    width, height = right - left, top - bottom
    if turn == 90:
        return (0, 1, 1, 0, -bottom, -left), height, width
    if turn == 180:
        return (-1, 0, 0, 1, right, -bottom), width, height
    if turn == 270:
        return (0, -1, -1, 0, top, right), height, width
    return (1, 0, 0, -1, -left, top), width, height


def _times(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    """Matrix that does a, then b."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def _read_page(page: Any, number: int) -> Page:
    shown, width, height = _shown_matrix(page)
    order: dict[int, int] = {}
    actual: dict[int, int] = {}
    spans: dict[int, str] = {}
    rules: list[Rule] = []
    _walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, shown, 0, (order, actual, spans, rules))
    lines = _lines(_clusters(page, shown, order, actual, spans))
    layer = Layer.GOOD if lines else (Layer.ABSENT if raw.FPDFPage_CountObjects(page.raw) else Layer.BLANK)
    return Page(number=number, width=width, height=height, lines=tuple(lines), rules=tuple(rules), layer=layer)


def _walk(holder: Any, count: Any, get: Any, matrix: tuple[float, ...], depth: int, found: tuple[Any, ...]) -> None:
    order, actual, spans, rules = found
    values = raw.FS_MATRIX()
    for index in range(count(holder)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            address = ctypes.addressof(item.contents)
            order[address] = len(order)
            mark = _actual_text(item, spans)
            if mark:
                actual[address] = mark
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            raw.FPDFPageObj_GetMatrix(item, ctypes.byref(values))
            own = _times((values.a, values.b, values.c, values.d, values.e, values.f), matrix)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                rules.extend(_path_rules(item, own))
            elif depth < 8:
                _walk(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, own, depth + 1, found)


def _actual_text(item: Any, spans: dict[int, str]) -> int:
    for index in range(raw.FPDFPageObj_CountMarks(item) - 1, -1, -1):
        mark = raw.FPDFPageObj_GetMark(item, index)
        address = ctypes.addressof(mark.contents)
        if address in spans:
            return address
        length = ctypes.c_ulong()
        if not raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, ctypes.byref(length)):
            continue
        blob = (ctypes.c_ubyte * length.value)()
        raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", blob, length.value, ctypes.byref(length))
        data = bytes(blob)
        spans[address] = data[2:].decode("utf-16-be", "replace") if data[:2] == b"\xfe\xff" else data.decode("latin-1")
        return address
    return 0


def _path_rules(item: Any, matrix: tuple[float, ...]) -> list[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return []
    points: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item), 5000)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        place = (matrix[0] * x.value + matrix[2] * y.value + matrix[4], matrix[1] * x.value + matrix[3] * y.value + matrix[5])
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == raw.FPDF_SEGMENT_MOVETO or not points:
            points.append([])
        points[-1].append(place)
        if raw.FPDFPathSegment_GetClose(segment):
            points[-1].append(points[-1][0])
    return [rule for path in points for rule in _straight(path)]


def _straight(path: list[tuple[float, float]]) -> list[Rule]:
    left, right = min(p[0] for p in path), max(p[0] for p in path)
    top, bottom = min(p[1] for p in path), max(p[1] for p in path)
    if len(path) >= 4 and min(right - left, bottom - top) < 3:
        return [Rule(left, top, right, bottom)] if max(right - left, bottom - top) > 3 else []
    return [
        Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for a, b in zip(path, path[1:], strict=False)
        if (abs(a[0] - b[0]) < 0.5) != (abs(a[1] - b[1]) < 0.5)
    ]


def _clusters(page: Any, shown: tuple[float, ...], order: dict[int, int], actual: dict[int, int], spans: dict[int, str]) -> list[Cluster]:
    text = page.get_textpage()
    handle = text.raw
    glyphs = []
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(min(raw.FPDFText_CountChars(handle), 200_000)):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        item = raw.FPDFText_GetTextObject(handle, index)
        address = ctypes.addressof(item.contents) if item else 0
        raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(loose))
        raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
        raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(handle, index) * ((matrix.c**2 + matrix.d**2) ** 0.5 or 1)
        letter = chr(raw.FPDFText_GetUnicode(handle, index))
        if raw.FPDFText_HasUnicodeMapError(handle, index) == 1 or letter < " ":
            letter = "\ufffd"
        corners = [
            (shown[0] * a + shown[2] * b + shown[4], shown[1] * a + shown[3] * b + shown[5])
            for a, b in ((loose.left, loose.bottom), (loose.right, loose.top), (x.value, y.value))
        ]
        x1 = max(corners[0][0], corners[1][0])
        bold = raw.FPDFText_GetFontWeight(handle, index) >= 600
        glyphs.append((order.get(address, 10**6), index, letter, corners[2][0], x1, corners[2][1], size, bold, actual.get(address, 0)))
    text.close()
    glyphs.sort(key=lambda g: g[:2])
    clusters: list[Cluster] = []
    seen: dict[int, Cluster] = {}
    for _, _, letter, x0, x1, base, size, bold, mark in glyphs:
        if mark:
            if mark in seen:
                seen[mark].x1 = max(seen[mark].x1, x1)
                continue
            letter = spans[mark]
            if not letter:
                continue
        host = clusters[-1] if clusters else None
        if all(c in MARKS for c in letter) and host and abs(host.y - base) < host.size / 2 and x0 <= host.x1 + 0.35 * size:
            host.text += letter
            continue
        clusters.append(Cluster(letter, x0, max(x0, x1), base, size or 1.0, bold))
        if mark:
            seen[mark] = clusters[-1]
    return clusters


def _lines(clusters: list[Cluster]) -> list[Line]:
    rows: list[list[Cluster]] = []
    for cluster in sorted(clusters, key=lambda c: (c.y, c.x0)):
        if rows and abs(rows[-1][0].y - cluster.y) <= 0.28 * min(rows[-1][0].size, cluster.size):
            rows[-1].append(cluster)
        else:
            rows.append([cluster])
    return [line for row in rows if (line := _line(sorted(row, key=lambda c: c.x0))).text]


def _line(row: list[Cluster]) -> Line:
    letters: list[str] = []
    places: list[tuple[float, float]] = []
    for cluster in row:
        text = re.sub(r"\s", " ", cluster.text)
        last = places[-1][1] if places else cluster.x0
        gap = cluster.x0 - last > 0.16 * cluster.size and text[0] not in MARKS | FOLLOWING
        if letters and letters[-1] != " " and gap:
            letters.append(" ")
            places.append((last, cluster.x0))
        if text.isspace() and (not letters or letters[-1] == " "):
            continue
        letters.extend(text)
        places.extend([(cluster.x0, cluster.x1)] * len(text))
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    size = max((c.size for c in row), default=0.0)
    baseline = row[0].y
    text = "".join(letters)
    return Line(
        text=text, printed=text, top=baseline - 0.8 * size, bottom=baseline + 0.2 * size, size=size,
        x0=tuple(p[0] for p in places), x1=tuple(p[1] for p in places), bold=sum(c.bold for c in row) * 2 > len(row),
    )  # fmt: skip
