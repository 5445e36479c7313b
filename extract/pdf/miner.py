"""pdfminer's resource manager and device, told to own up to what they only guess."""

from __future__ import annotations

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1

UNMAPPED = "\ufffd"


class Fonts(PDFResourceManager):
    """Knows the fonts whose codes the file gives glyphs of its own: pdfminer reads such a code by the base encoding where
    neither ToUnicode nor the glyph's name tells."""

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[int, PDFFont] = {}  # by id, which a font that is gone would leave to another

    def get_font(self, objid: Any, spec: Any) -> PDFFont:
        font = super().get_font(objid, spec)
        encoding = resolve1(spec.get("Encoding"))
        if isinstance(encoding, dict) and "Differences" in encoding:
            self.own[id(font)] = font
        return font


class Letters(PDFPageAggregator):
    """Characters as they are shown, those of guessed codes U+FFFD."""

    def __init__(self, fonts: Fonts) -> None:
        super().__init__(fonts, laparams=None)
        self.fonts = fonts

    def render_char(
        self, matrix: Any, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, *rest: Any
    ) -> float:
        advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
        if id(font) in self.fonts.own and self.cur_item._objs and not _is_mapped(font, cid):
            letter: Any = self.cur_item._objs[-1]
            letter._text = UNMAPPED
        return advance


def _is_mapped(font: Any, code: int) -> bool:
    return code in getattr(getattr(font, "unicode_map", None), "cid2unichr", ())
