"""PDF pages to positioned, repaired lines, rules and a verdict, over pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf import bulk
from extract.pdf.bulk import Array, Chars, Loop, Objects
from extract.pdf.emptied import with_halves_of_am
from extract.pdf.fonts import NO_FONT, Font, as_symbols, font_of, leaning, straightened
from extract.pdf.frame import Frame, frame_of
from extract.pdf.furniture import without_furniture
from extract.pdf.glyphs import SPACE, Glyphs, gather, without
from extract.pdf.ink import inkless
from extract.pdf.lines import page_lines
from extract.pdf.opening import counted
from extract.pdf.other_engine import MORE, Other, lacks_characters
from extract.pdf.pieces import whole
from extract.pdf.rules import checkboxes, page_rules, rule_boxes, subpaths
from extract.pdf.second import Draw, SecondOpinion, written
from extract.pdf.setting import Setter, setter_of
from extract.pdf.verdict import drops_letters, has_ink, verdict
from extract.repair import following, repair_lines, survey
from schemas.document import Layer, Line, Page

UNLOADABLE = "page-load"  # begins the problem of a page that no picture can be made of either
LOST = "another engine finds characters here that cannot be read"


def read_pdf(data: bytes) -> Iterator[Page]:
    """Pages in order, one at a time. Raises DocumentError when the document cannot be opened or has no page.

    A page that pdfium cannot load, or does not see though another engine does, is yielded with reading None and a problem.
    """
    other = Other(data)
    with counted(other) as (document, pages):
        loop = bulk.load()
        tools = Tools(loop, setter_of(loop.library), SecondOpinion(other), pages, set())
        for index in range(len(document)):
            yield _read(document, index, tools)
        for number in range(len(document) + 1, pages + 1):
            yield Page(
                number=number, layer=Layer.ABSENT, reading=None, problem=f"{UNLOADABLE}: another engine counts {pages} pages"
            )


@dataclass(frozen=True)
class Tools:
    """What the pages of one document are read with. pages: how many there are. damage: classes that the pages read so far show
    throughout."""

    loop: Loop
    setter: Setter | None
    second: SecondOpinion
    pages: int
    damage: set[str]


def _read(document: Any, index: int, tools: Tools) -> Page:
    try:
        page = document[index]
    except Exception as error:  # pypdfium2 raises PdfiumError; whatever it is, the other pages can be read
        return Page(number=index + 1, layer=Layer.ABSENT, reading=None, problem=f"{UNLOADABLE}: {error}")
    try:
        return read_page(page, index + 1, tools)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # a page that nobody thought of: named, not lost
        return Page(number=index + 1, layer=Layer.HOPELESS, reading=None, problem=f"page-error: {error!r}")
    finally:
        page.close()


def read_page(page: Any, number: int, tools: Tools) -> Page:
    """One loaded pdfium page. A page whose text layer is hopeless or absent has no lines: what cannot be trusted is not there."""
    frame = frame_of(page.raw)
    chars, objects = _read_arrays(page, tools.loop)
    glyphs = _elsewhere(page, (chars, objects), frame, number, tools) if lacks_characters(chars, objects) else None
    elsewhere = glyphs is not None
    if glyphs is None:
        glyphs, bold = _glyphs(page, (chars, objects), frame, number, tools)
    else:
        bold = np.zeros(len(glyphs) + 2, bool)
    drawn = subpaths(objects, frame)
    rules = rule_boxes(objects, frame, drawn)
    printed = [written(line, tools.second.lent) for line in page_lines(glyphs, bold, rules, tools.setter)]
    lines = _repaired(without_furniture(printed, number, tools.pages, frame.height), tools.damage)
    layer = Layer.HOPELESS if drops_letters(glyphs) else verdict(lines, objects, frame, page)
    unread = layer in (Layer.HOPELESS, Layer.ABSENT)
    problem = f"text-layer-{layer}" if unread else None
    if elsewhere and not unread:
        layer = Layer.REPAIRED
    elif elsewhere and not has_ink(page):  # no picture to read instead
        problem = f"{UNLOADABLE}: {LOST}"
    return Page(
        number=number, width=frame.width, height=frame.height, lines=() if unread else lines,
        rules=page_rules(rules), layer=layer, reading=None if unread else "text",
        checkboxes=checkboxes(objects, frame, drawn, glyphs.ink[glyphs.code != SPACE]),
        problem=problem,
    )  # fmt: skip


def _glyphs(page: Any, arrays: tuple[Chars, Objects], frame: Frame, number: int, tools: Tools) -> tuple[Glyphs, Array]:
    """The page's characters, and for every text object, and two more, whether it is bold."""
    chars, objects = arrays
    glyphs = tools.setter.glyphs(chars, objects, frame) if tools.setter else gather(chars, objects, frame)
    glyphs = whole(without(glyphs, inkless(glyphs, objects, frame)))
    glyphs = tools.second.heard(glyphs, objects, number - 1, _drawing(page, objects, frame))
    fonts, used = _fonts(objects)
    if any(font.symbols for font in fonts):
        symbols = np.append(np.array([font.symbols for font in fonts])[used], False)
        glyphs = replace(glyphs, code=as_symbols(glyphs.code, symbols[glyphs.owner]))
    glyphs = straightened(glyphs, leaning(np.array([font.slanted for font in fonts], bool)[used], objects))
    return glyphs, np.append(np.array([font.bold for font in fonts], bool)[used], [False, False])


def _elsewhere(page: Any, arrays: tuple[Chars, Objects], frame: Frame, number: int, tools: Tools) -> Glyphs | None:
    """The characters that another engine finds, where those are far more than pdfium's. Only where both see the same pages:
    else its page of this number is another one."""
    if tools.second.other.pages != len(page.pdf):
        return None
    chars, objects = arrays
    glyphs = tools.second.characters(number - 1, objects, frame)
    visible = int(np.count_nonzero(chars.code > SPACE))
    return glyphs if glyphs is not None and len(glyphs) > MORE * visible else None


def _read_arrays(page: Any, loop: Loop) -> tuple[Chars, Objects]:
    text = raw.FPDFText_LoadPage(page.raw)  # 0.08 ms less than get_textpage with its finalizer
    if not text:
        raise ValueError("no text page")
    try:
        chars = loop.chars(text)
    finally:
        raw.FPDFText_ClosePage(text)
    return chars, with_halves_of_am(chars, loop.objects(page.raw, chars))


def _drawing(page: Any, objects: Objects, frame: Frame) -> Draw:
    """Draws one glyph of the page; only where the page's frame is upright, so that boxes need no turning back."""
    texts = objects.texts

    def draw(glyphs: Glyphs, at: int) -> Array | None:
        from extract.pdf.drawn import drawn_glyph

        owner = int(glyphs.owner[at])
        a, _, _, _, e, f = frame.to_shown
        if owner >= len(texts) or a != 1:
            return None
        left, top, right, bottom = glyphs.ink[at].tolist()
        return drawn_glyph(page, objects, int(texts[owner]), (left - e, f - bottom, right - e, f - top), float(glyphs.size[at]))

    return draw


def _repaired(lines: list[Line], damage: set[str]) -> tuple[Line, ...]:
    """The lines mended. damage: see Tools; what this page shows throughout is added."""
    texts = [line.printed for line in lines]
    context = following(survey(texts), damage, texts)
    damage |= context.throughout
    return repair_lines(lines, context)


def _fonts(objects: Objects) -> tuple[list[Font], Array]:
    """A page's fonts, and for every text object in drawing order the number of its own."""
    font = objects.table["font"].take(objects.texts)
    changes = np.flatnonzero(font[1:] != font[:-1]) + 1  # some tens on a page of thousands
    runs = np.concatenate(([0], changes)) if len(font) else changes
    handles = font[runs].tolist()
    numbers = {handle: number for number, handle in enumerate(dict.fromkeys(handles))}
    used = np.repeat(np.array([numbers[handle] for handle in handles], np.int64), np.diff(runs, append=len(font)))
    return [font_of(handle) if handle else NO_FONT for handle in numbers], used
