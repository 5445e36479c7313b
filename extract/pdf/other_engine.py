"""What another engine sees of a PDF: its pages (qpdf, through pikepdf) and the characters of one page (pdfminer). Asked only
where pdfium's own count is in doubt (docs/decisions/cross-check.md).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from extract.pdf.bulk import MOST_CHARS, Chars, Objects
from extract.pdf.frame import Frame
from extract.pdf.glyphs import SPACE, UNMAPPED, Glyphs, from_words

FEWEST = 0.2  # visible characters a text object, below which pdfium may have lost some (497 pages of 20 producers: 0.87 and more)
MORE = 3  # times as many characters are a loss; letters drawn over each other for bold are twice as many
SMALLEST = 1.0  # points: text set smaller is not there to be read
MOST_BYTES = 100_000_000  # of a file that another engine is asked about
MOST_CONTENT = 4_000_000  # packed bytes of a page's content
MOST_CODES = 0x10000  # of a range in a ToUnicode; pdfminer writes every one of them down
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_SHOWS = re.compile(rb"[)>\]]\s*T[Jj]\b|[)>]\s*['\"]")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,8})\s*>\s*<\s*([0-9A-Fa-f]{1,8})\s*>\s*[<\[]")
_UNKNOWN = re.compile(r"\(cid:\d+\)|\x00")


class Other:
    """A file as qpdf sees it, opened once however many ask (up to 45 ms), on the first question."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def document(self) -> Any:
        """Raises what pikepdf raises: encrypted or broken for it."""
        import pikepdf

        return pikepdf.open(io.BytesIO(self.data))

    @cached_property
    def pages(self) -> int:
        """Pages that it counts; 0 where it cannot open the file."""
        try:
            return len(self.document.pages)
        except MemoryError:
            raise
        except Exception:  # a damaged or encrypted file
            return 0


def counted_pages(other: Other, pages: int) -> int:
    """The greater of pdfium's count and another engine's. That is asked unless as many page dictionaries stand in the file in
    the open (9 files in 10: a search of 1 ms a megabyte)."""
    data = other.data
    return pages if len(data) > MOST_BYTES or len(_PAGE.findall(data)) == pages else max(pages, other.pages)


def in_full(other: Other) -> bytes | None:
    """The document with every page that another engine finds, in a new page tree; None where it cannot write it."""
    import pikepdf

    try:
        with pikepdf.new() as anew:
            anew.pages.extend(other.document.pages)
            out = io.BytesIO()
            anew.save(out)
            return out.getvalue()
    except MemoryError:
        raise
    except Exception:  # as above
        return None


def lacks_characters(chars: Chars, objects: Objects) -> bool:
    """Far fewer characters than text objects, or nothing at all on the page: cheap, and true of hardly any page."""
    if not len(objects.table):
        return True
    return int(np.count_nonzero(chars.code > SPACE)) < FEWEST * len(objects.texts)


def shows_text(page: Any) -> bool:
    """The content of a pikepdf page has operators that show text, and nothing that pdfminer would choke on."""
    content = page.obj.get("/Contents")
    streams = [] if content is None else list(content) if content._type_code.name == "array" else [content]
    packed = [stream.read_raw_bytes() for stream in streams]
    if not packed or sum(map(len, packed)) > MOST_CONTENT:
        return False
    return bool(_SHOWS.search(b"\n".join(stream.read_bytes() for stream in streams)))


def is_bounded(mapping: bytes) -> bool:
    """No range of a ToUnicode runs over more codes than there are characters."""
    return all(int(last, 16) - int(first, 16) < MOST_CODES for first, last in _RANGE.findall(mapping))


def characters(page: Any, frame: Frame) -> Glyphs:
    """pdfminer's characters of a pikepdf page, in content order; places as shown. Those that cannot be seen are left out: too
    small or off the page. Unmapped ones are U+FFFD."""
    found = [one for one in _layout(page) if one.get_text().strip() and _size(one) >= SMALLEST]
    words = [_UNKNOWN.sub(chr(UNMAPPED), one.get_text()) for one in found[:MOST_CHARS]]
    matrix = np.array([one.matrix for one in found[:MOST_CHARS]], float).reshape(-1, 6)
    boxes = frame.boxes(np.array([one.bbox for one in found[:MOST_CHARS]], float).reshape(-1, 4))
    size = np.array([_size(one) for one in found[:MOST_CHARS]], float)
    glyphs = from_words(words, frame.places(matrix[:, 4:6]), boxes, size, frame.directions(matrix))
    x, y = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2, (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    return glyphs.pick((x >= 0) & (x <= frame.width) & (y >= 0) & (y <= frame.height))


def _size(char: Any) -> float:
    """Height across the reading direction."""
    a, b = char.matrix[:2]
    return float(char.y1 - char.y0 if abs(a) >= abs(b) else char.x1 - char.x0)


def _layout(page: Any) -> Iterator[Any]:
    """pdfminer's characters with matrix and box in page space."""
    import pikepdf
    from pdfminer.layout import LTChar, LTFigure
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    alone = io.BytesIO()
    with pikepdf.new() as single:
        single.pages.append(page)
        single.pages[0].obj.Rotate = 0
        single.pages[0].obj.MediaBox = pikepdf.Array([0, 0, *page.mediabox[2:]])  # else pdfminer moves it to the origin
        single.save(alone)
    from extract.pdf.miner import Fonts, Letters

    resources = Fonts()
    device = Letters(resources)
    PDFPageInterpreter(resources, device).process_page(next(PDFPage.create_pages(PDFDocument(PDFParser(alone)))))
    waiting: list[Any] = [device.get_result()]
    while waiting:
        for item in waiting.pop():
            if isinstance(item, LTChar):
                yield item
            elif isinstance(item, LTFigure):
                waiting.append(item)
