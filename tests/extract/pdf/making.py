"""PDFs made by hand for the tests: content streams over a Type 3 font whose glyphs are boxes, so that no font file is needed and
every producer's habit can be put down exactly.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

ABOVE, TONES, BELOW = "ัิีึื็ํ", "่้๊๋์", "ฺุู"

Ink = tuple[int, int, int, int]


def shape(char: str) -> tuple[int, Ink | None]:
    """Advance and ink (left, low, right, high) of a character's glyph in thousandths of the type size."""
    if char in " \u200b\u00a0":
        return (250 if char != "\u200b" else 0), None
    if char in ABOVE:
        return 0, (-450, 560, -80, 740)
    if char in TONES:
        return 0, (-260, 800, -120, 960)
    if char in BELOW:
        return 0, (-300, -300, -100, -60)
    if char == "ำ":
        return 500, (-220, 0, 450, 740)
    return 600, (60, 0, 540, 500)


@dataclass
class Sheet:
    """A one-page PDF. Content is added by text() and draw(); pdf() gives the file's bytes."""

    width: float = 400
    height: float = 300
    rotate: int = 0
    content: list[str] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    font_name: str = "Made"
    glyphs: dict[str, int] = field(default_factory=dict)
    mapped: dict[int, str] = field(default_factory=dict)

    def code(self, char: str, means: str | None = None) -> int:
        """Code of the glyph drawn for char and mapped to `means` (default: itself; "" = no mapping)."""
        means = char if means is None else means
        key = f"{char}|{means}"
        if key not in self.glyphs:
            self.glyphs[key] = 33 + len(self.glyphs)
            if means:
                self.mapped[self.glyphs[key]] = means
        return self.glyphs[key]

    def codes(self, text: str, means: dict[str, str] | None = None) -> str:
        return "<" + "".join(f"{self.code(c, (means or {}).get(c)):02x}" for c in text) + ">"

    def text(
        self, x: float, y: float, text: str, size: float = 10, extra: str = "", means: dict[str, str] | None = None
    ) -> Sheet:
        """One text object at x, y (page space). extra: operators before it shows, such as "3 Tr"."""
        return self.draw(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm {extra} {self.codes(text, means)} Tj ET")

    def draw(self, operators: str) -> Sheet:
        self.content.append(operators)
        return self

    def pdf(self) -> bytes:
        document = Pdf.new()
        resources = Dictionary(Font=Dictionary(F=self._font(document)))
        if self.forms:
            resources.XObject = Dictionary({f"/{name}": self._form(document, ops, resources) for name, ops in self.forms.items()})
        page = document.add_blank_page(page_size=(self.width, self.height))
        page.Resources = resources
        page.Contents = Stream(document, "\n".join(self.content).encode())
        if self.rotate:
            page.Rotate = self.rotate
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()

    def _form(self, document: Pdf, operators: str, resources: Dictionary) -> pikepdf.Object:
        form = Stream(document, operators.encode())
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, self.width, self.height])
        form.Resources = Dictionary(Font=resources.Font)
        return document.make_indirect(form)

    def _font(self, document: Pdf) -> pikepdf.Object:
        procs, widths, differences = Dictionary(), [], Array([33])
        for key in self.glyphs:
            advance, ink = shape(key[0])
            left, low, right, high = ink or (0, 0, 0, 0)
            box = f"{left} {low} {right - left} {high - low} re f" if ink else ""
            name = f"/g{self.glyphs[key]}"
            procs[name] = Stream(document, f"{advance} 0 {left} {low} {right} {high} d1 {box}".encode())
            widths.append(advance)
            differences.append(Name(name))
        return document.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, Name=Name(f"/{self.font_name}"), FontBBox=Array([-500, -400, 1000, 1000]),
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=procs, FirstChar=33, LastChar=32 + len(widths),
                Widths=Array(widths), Encoding=Dictionary(Type=Name.Encoding, Differences=differences),
                ToUnicode=Stream(document, self._to_unicode()), Resources=Dictionary(),
            )
        )  # fmt: skip

    def _to_unicode(self) -> bytes:
        rows = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in self.mapped.items())
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(self.mapped)} beginbfchar\n{rows}\nendbfchar\n"
            "endcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()


def width_of(text: str, size: float = 10) -> float:
    """Advance of a text in points."""
    return sum(shape(char)[0] for char in text) * size / 1000
