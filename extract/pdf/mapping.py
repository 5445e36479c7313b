"""What the dictionaries of a page's fonts say of their codes, as the second engine sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_CODES = 65_536
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<\s*([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_HEX = re.compile(rb"<\s*([0-9A-Fa-f\s]*)>")


@dataclass(frozen=True)
class Mapping:
    """A font as its dictionary says. to_unicode: code → text; to_glyph: two bytes a code, None = the glyph is the code; simple:
    one-byte codes."""

    to_unicode: dict[int, str]
    to_glyph: bytes | None
    simple: bool


def mapping_of(page: Any, name: str, size: int) -> Mapping | None:
    """The mapping of a pikepdf page's font of this name and file size; None when it has none."""
    named = [f for f in fonts_of_page(page) if _plain(str(f.get("/BaseFont", ""))) == _plain(name)]
    fitting = [f for f in named if _file_size(f) == size] if len(named) > 1 else named
    return _told(fitting[0]) if fitting else None


def fonts_of_page(page: Any) -> Iterator[Any]:
    """Fonts of a pikepdf page and the forms on it."""
    resources = [page.obj.get("/Resources")]
    for _ in range(200):  # forms' resources, breadth first; bounded, since forms can name each other
        if not resources:
            return
        here = resources.pop(0)
        if here is None:
            continue
        yield from (font for _, font in here.get("/Font", {}).items())
        forms = (form for _, form in here.get("/XObject", {}).items() if form.get("/Subtype") == "/Form")
        resources.extend(form.get("/Resources") for form in forms)


def _plain(name: str) -> str:
    """A font's name without the prefix of a subset; pdfium leaves it out for some."""
    return _SUBSET.sub("", name.lstrip("/"))


def _file_size(font: Any) -> int:
    descriptor = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
    return len(descriptor["/FontFile2"].read_bytes()) if "/FontFile2" in descriptor else 0


def _told(font: Any) -> Mapping:
    from pikepdf import Stream

    stream = font.get("/ToUnicode")
    to_unicode = to_unicode_of(stream.read_bytes()) if isinstance(stream, Stream) else {}
    if "/DescendantFonts" not in font:
        return Mapping(to_unicode, None, True)
    table = font.DescendantFonts[0].get("/CIDToGIDMap")
    if not isinstance(table, Stream):
        return Mapping(to_unicode, None, False)
    return Mapping(to_unicode, table.read_bytes()[: 2 * MOST_CODES], False)


def to_unicode_of(data: bytes) -> dict[int, str]:
    """Code → text of a ToUnicode stream, at most MOST_CODES."""
    found: dict[int, str] = {}
    for block in _blocks(data, b"beginbfchar", b"endbfchar"):
        found.update((int(code, 16), _utf16(text)) for code, text in _PAIR.findall(block))
    for block in _blocks(data, b"beginbfrange", b"endbfrange"):
        for first, last, text, array in _RANGE.findall(block):
            start, end = int(first, 16), min(int(last, 16), int(first, 16) + MOST_CODES)
            if array:
                found.update(zip(range(start, end + 1), map(_utf16, _HEX.findall(array)), strict=False))
            elif base := _utf16(text):
                head, tail = base[:-1], ord(base[-1])
                texts = map(chr, range(tail, min(tail + end - start + 1, 0x110000)))
                found.update(zip(range(start, end + 1), map(head.__add__, texts) if head else texts, strict=False))
            if len(found) > MOST_CODES:
                return found
    return found


def _blocks(data: bytes, begin: bytes, end: bytes) -> Iterator[bytes]:
    at = data.find(begin)
    while at >= 0:
        stop = data.find(end, at)
        yield data[at + len(begin) : stop if stop >= 0 else len(data)]
        at = data.find(begin, at + len(begin))


def _utf16(text: bytes) -> str:
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("utf-16-be", "replace")
