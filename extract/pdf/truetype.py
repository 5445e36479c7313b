"""What an embedded TrueType font knows of its glyphs: code points of its cmap, names, and outlines to tell equal shapes.

Sources: the OpenType specification's tables cmap, post, head, loca, glyf. Every reader is total: what is malformed is missing.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from functools import cached_property

MOST_GLYPHS = 65_536
MOST_POINTS = 2_000  # of one outline: a Thai glyph has some 60
_UNI = re.compile(r"(?:uni|u)([0-9A-F]{4,6})(?:\..*|_.*)?$")  # uni0E48.low: a variant of U+0E48
_NEST = 4  # composites inside composites

Point = tuple[int, int]


@dataclass(frozen=True)
class Outline:
    """contours: closed polygons through all points, control points too, in font units."""

    contours: tuple[tuple[Point, ...], ...]

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """left, low, right, high."""
        xs = [x for contour in self.contours for x, _ in contour]
        ys = [y for contour in self.contours for _, y in contour]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class TrueType:
    """A font file's bytes."""

    data: bytes
    tables: dict[str, tuple[int, int]] = field(default_factory=dict)

    def table(self, tag: str) -> bytes:
        start, length = self.tables.get(tag, (0, 0))
        return self.data[start : start + length]

    @cached_property
    def points_of_glyphs(self) -> dict[int, int]:
        """Glyph → code point by the Unicode cmap; of several code points the Thai one, else the smallest."""
        found: dict[int, int] = {}
        for platform, encoding, subtable in self._cmaps():
            if platform == 0 or (platform, encoding) in ((3, 1), (3, 10)):
                for code, glyph in _pairs(subtable):
                    old = found.get(glyph)
                    if old is None or _preference(code) < _preference(old):
                        found[glyph] = code
        return found

    @cached_property
    def glyphs_of_codes(self) -> dict[int, int]:
        """One-byte code → glyph by the symbol or Macintosh cmap, for simple fonts."""
        found: dict[int, int] = {}
        for platform, encoding, subtable in self._cmaps():
            if (platform, encoding) in ((3, 0), (1, 0)):
                for code, glyph in _pairs(subtable):
                    if glyph and (code < 256 or code >> 8 == 0xF0):
                        found.setdefault(code & 255, glyph)
        return found

    @cached_property
    def named_points(self) -> dict[int, int]:
        """Glyph → code point by names of the form uniXXXX; a variant's suffix is left out."""
        found = {}
        for glyph, name in enumerate(self._names()):
            match = _UNI.match(name)
            if match and int(match.group(1), 16) < 0x110000:
                found[glyph] = int(match.group(1), 16)
        return found

    @cached_property
    def units(self) -> int:
        """Units per em."""
        head = self.table("head")
        return int(struct.unpack_from(">H", head, 18)[0]) or 1000 if len(head) >= 20 else 1000

    def outline(self, glyph: int) -> Outline | None:
        """None for a glyph without ink or one that cannot be read."""
        try:
            return self._outline(glyph, 0)
        except (struct.error, IndexError):
            return None

    def _cmaps(self) -> list[tuple[int, int, bytes]]:
        table = self.table("cmap")
        try:
            count = struct.unpack_from(">H", table, 2)[0]
            rows = [struct.unpack_from(">HHL", table, 4 + 8 * index) for index in range(min(count, 32))]
        except struct.error:
            return []
        return [(platform, encoding, table[offset:]) for platform, encoding, offset in rows]

    def _names(self) -> list[str]:
        post = self.table("post")
        if len(post) < 34 or post[:4] != b"\x00\x02\x00\x00":
            return []
        count = struct.unpack_from(">H", post, 32)[0]
        indices = struct.unpack_from(f">{count}H", post, 34) if len(post) >= 34 + 2 * count else ()
        strings: list[str] = []
        at = 34 + 2 * count
        while at < len(post) and len(strings) < MOST_GLYPHS:
            length = post[at]
            strings.append(post[at + 1 : at + 1 + length].decode("latin-1"))
            at += 1 + length
        return [strings[i - 258] if 258 <= i < 258 + len(strings) else "" for i in indices]

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        head, loca = self.table("head"), self.table("loca")
        if len(head) < 52:
            return ()
        if struct.unpack_from(">h", head, 50)[0]:
            return struct.unpack(f">{len(loca) // 4}L", loca[: len(loca) // 4 * 4])
        return tuple(2 * offset for offset in struct.unpack(f">{len(loca) // 2}H", loca[: len(loca) // 2 * 2]))

    def _outline(self, glyph: int, depth: int) -> Outline | None:
        if not 0 <= glyph < len(self._offsets) - 1 or depth > _NEST:
            return None
        data = self.table("glyf")[self._offsets[glyph] : self._offsets[glyph + 1]]
        if len(data) < 12:
            return None
        count = struct.unpack_from(">h", data)[0]
        contours = _simple(data, count) if count >= 0 else self._composite(data, depth)
        return Outline(contours) if any(contours) else None

    def _composite(self, data: bytes, depth: int) -> tuple[tuple[Point, ...], ...]:
        """Parts at their places; scaled ones are left unscaled (fonts of text do not scale them)."""
        contours: list[tuple[Point, ...]] = []
        at = 10
        for _ in range(8):
            flags, glyph = struct.unpack_from(">HH", data, at)
            wide = bool(flags & 1)
            dx, dy = struct.unpack_from(">hh" if wide else ">bb", data, at + 4)
            at += (8 if wide else 6) + 2 * bool(flags & 8) + 4 * bool(flags & 0x40) + 8 * bool(flags & 0x80)
            part = self._outline(glyph, depth + 1)
            if part is not None:
                contours.extend(tuple((x + dx, y + dy) for x, y in contour) for contour in part.contours)
            if not flags & 0x20:
                break
        return tuple(contours)


def parsed(data: bytes) -> TrueType | None:
    """The font, or None when the bytes are no TrueType outlines (CFF, Type 1, garbage)."""
    if data[:4] not in (b"\x00\x01\x00\x00", b"true"):
        return None
    try:
        count = struct.unpack_from(">H", data, 4)[0]
        rows = [struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(min(count, 64))]
    except struct.error:
        return None
    return TrueType(data, {tag.decode("latin-1"): (offset, length) for tag, _, offset, length in rows})


def _preference(code: int) -> tuple[bool, bool, int]:
    """Thai first, private use last."""
    return not 0x0E00 <= code <= 0x0E7F, 0xE000 <= code <= 0xF8FF, code


def _pairs(table: bytes) -> list[tuple[int, int]]:
    """(code, glyph) of a cmap subtable of format 0, 4, 6 or 12."""
    try:
        kind = struct.unpack_from(">H", table)[0]
        if kind == 0:
            return [(code, glyph) for code, glyph in enumerate(table[6:262]) if glyph]
        if kind == 4:
            return _segments(table)
        if kind == 6:
            first, count = struct.unpack_from(">HH", table, 6)
            return [(first + i, g) for i, g in enumerate(struct.unpack_from(f">{count}H", table, 10)) if g]
        if kind == 12:
            return _groups(table)
    except struct.error:
        pass
    return []


def _segments(table: bytes) -> list[tuple[int, int]]:
    double = struct.unpack_from(">H", table, 6)[0]
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + double)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * double)
    at = 16 + 3 * double
    found: list[tuple[int, int]] = []
    for index in range(count):
        offset = struct.unpack_from(">H", table, at + 2 * index)[0]
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if offset:
                place = at + 2 * index + offset + 2 * (code - starts[index])
                glyph = struct.unpack_from(">H", table, place)[0] if place + 2 <= len(table) else 0
                if not glyph:
                    continue
            glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                found.append((code, glyph))
        if len(found) > MOST_GLYPHS:
            break
    return found


def _groups(table: bytes) -> list[tuple[int, int]]:
    count = struct.unpack_from(">L", table, 12)[0]
    found: list[tuple[int, int]] = []
    for index in range(min(count, 10_000)):
        start, end, glyph = struct.unpack_from(">LLL", table, 16 + 12 * index)
        if end - start > MOST_GLYPHS or len(found) > MOST_GLYPHS:
            break
        found.extend((code, glyph + code - start) for code in range(start, end + 1))
    return found


def _simple(data: bytes, count: int) -> tuple[tuple[Point, ...], ...]:
    ends = struct.unpack_from(f">{count}H", data, 10)
    if not ends or ends[-1] >= MOST_POINTS:
        return ()
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    flags: list[int] = []
    while len(flags) <= ends[-1]:
        flag = data[at]
        at += 1
        repeat = 1
        if flag & 8:
            repeat += data[at]
            at += 1
        flags.extend([flag] * repeat)
    flags = flags[: ends[-1] + 1]
    xs, at = _places(data, at, flags, 2, 16)
    ys, _ = _places(data, at, flags, 4, 32)
    starts = (0, *(end + 1 for end in ends[:-1]))
    return tuple(tuple(zip(xs[a : b + 1], ys[a : b + 1], strict=True)) for a, b in zip(starts, ends, strict=True) if b >= a)


def _places(data: bytes, at: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    """One coordinate of every point, from the steps between them, and where its data end."""
    places, place = [], 0
    for flag in flags:
        if flag & short:
            place += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            place += struct.unpack_from(">h", data, at)[0]
            at += 2
        places.append(place)
    return places, at
