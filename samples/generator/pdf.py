"""Sheets to PDF. The page looks the same whatever the damage: only what the text layer says of each glyph differs.

Damages (what a producer did, see docs/glossary.md): "none", "decomposed", "doubled", "space-aa", "am-all", "unmapped-am",
"pua", "pua-left" (the variants for tall letters and for marks below), "latin1-tone", "displaced", "fakebold",
"fakebold-all" (body too), "mojibake", "lost-am" (the ring is no glyph but a drawn path), "no-tounicode".
"A+B": headings have A and the body B.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace

import pikepdf
from fontTools import subset
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from samples.generator.face import Face, Glyph
from samples.generator.page import HEIGHT, WIDTH, Run, Sheet

MENDABLE = ("decomposed", "doubled", "space-aa", "am-all", "pua", "latin1-tone", "displaced", "fakebold", "mojibake")
DAMAGES = ("none", *MENDABLE, "unmapped-am", "pua-left", "fakebold-all", "lost-am", "no-tounicode")
FAKEBOLD = ("fakebold", "fakebold-all")
MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
TONES = "่้๊๋์"
PUA = {c: chr(0xF70A + k) for k, c in enumerate(TONES)} | {
    c: chr(p) for c, p in zip("ัิีึื็ุู", (0xF710, 0xF701, 0xF702, 0xF703, 0xF704, 0xF712, 0xF718, 0xF719), strict=True)
}
PUA_LEFT = PUA | {c: chr(0xF705 + k) for k, c in enumerate(TONES)}
LATIN1 = {c: chr(0xC9 + k) for k, c in enumerate(TONES)}
AM_RING = {"decomposed": "ํ", "doubled": "ำ", "space-aa": " ", "am-all": "\u200b"}
AM_FOOT = {"decomposed": "า", "doubled": "า", "space-aa": "า", "am-all": "ำ", "unmapped-am": "า", "lost-am": "า"}


@dataclass
class Item:
    """A glyph to show: what the text layer says of it (None: nothing), em units."""

    glyph: Glyph
    says: str | None
    x: float
    actual: str | None = None  # ActualText that begins here and ends with the item whose `closes` is set
    closes: bool = False
    path: bool = False  # drawn as a path: no text at all


@dataclass
class Codes:
    """Character codes of one face in one file: a code for every pair of glyph and meaning."""

    face: Face
    table: dict[tuple[int, str | None], int] = field(default_factory=dict)

    def code(self, gid: int, says: str | None) -> int:
        return self.table.setdefault((gid, says), len(self.table) + 1)

    def width(self, gid: int) -> int:
        """Advance in thousandths of an em."""
        return round(self.face.font.get_glyph_h_advance(gid) * 1000 / self.face.upem)


def said(char: str, damage: str) -> str:
    """What the text layer says for a character under a damage."""
    if damage == "pua":
        return PUA.get(char, char)
    if damage == "pua-left":
        return PUA_LEFT.get(char, char)
    if damage == "latin1-tone":
        return LATIN1.get(char, char)
    if damage == "mojibake":
        try:
            return char.encode("cp874").decode("latin-1")
        except UnicodeEncodeError:
            return char
    if damage == "am-all" and char == "า":
        return "ำ"
    return char


def items_of(text: str, face: Face, damage: str) -> list[Item]:
    """Glyphs in content order, with their meanings and places."""
    out: list[Item] = []
    pen = 0.0
    glyphs = face.shape(text)
    at = 0
    while at < len(glyphs):
        end = at
        while end < len(glyphs) and glyphs[end].start == glyphs[at].start:
            end += 1
        cluster, chars = glyphs[at:end], text[glyphs[at].start : glyphs[at].end]
        placed = []
        for g in cluster:
            placed.append((g, pen))
            pen += g.advance
        out += sara_am(placed, chars, face, damage) if "ำ" in chars else plain(placed, chars, damage)
        at = end
    return displaced(out) if damage == "displaced" else out


def plain(placed: list[tuple[Glyph, float]], chars: str, damage: str) -> list[Item]:
    """One character a glyph where the numbers agree; else the first glyph says all."""
    if len(placed) == len(chars):
        return [Item(g, said(c, damage), x) for (g, x), c in zip(placed, chars, strict=True)]
    whole = "".join(said(c, damage) for c in chars)
    return [Item(g, whole if k == 0 else None, x) for k, (g, x) in enumerate(placed)]


def sara_am(placed: list[tuple[Glyph, float]], chars: str, face: Face, damage: str) -> list[Item]:
    """HarfBuzz draws ำ as a ring and a foot, with the tone between: [base] ring [tone] foot."""
    ring, foot = (face.font.get_nominal_glyph(ord(c)) for c in "ํา")
    rest = [c for c in chars if c != "ำ"]
    items = []
    for g, x in placed:
        if g.gid == foot and g is placed[-1][0]:
            items.append(Item(g, AM_FOOT.get(damage, said("ำ", damage)), x))
        elif g.gid == ring or not rest:
            items.append(Item(g, AM_RING.get(damage), x, path=damage == "lost-am"))
        else:
            items.append(Item(g, said(rest.pop(0), damage), x))
    if damage in ("none", *FAKEBOLD, "pua", "pua-left", "latin1-tone", "displaced", "mojibake"):
        items[0].actual, items[-1].closes = "".join(said(c, damage) for c in chars), True
    if damage == "space-aa":  # the tone stands before the space: น้ า
        items.sort(key=lambda i: (i.says == "า", i.says == " "))
    return items


def displaced(items: list[Item]) -> list[Item]:
    """Every mark comes after the base that follows it."""
    out, k, spanned = list(items), 0, False
    while k + 1 < len(out):
        mark = out[k].says or ""
        spanned = spanned or out[k].actual is not None  # what an ActualText says stays as it is
        free = not spanned and out[k + 1].actual is None
        spanned = spanned and not out[k].closes
        if mark in MARKS and free and (out[k + 1].says or " ") not in MARKS | {" "}:
            out[k], out[k + 1] = out[k + 1], out[k]
            k += 1
        k += 1
    return out


class Writer:
    """Content streams of a document's pages."""

    def __init__(self, damage: str) -> None:
        head, _, body = damage.partition("+")
        self.damages = {True: head, False: body or head}  # of bold runs, of the others
        self.codes: dict[int, Codes] = {}
        self.faces: list[Face] = []

    def name(self, face: Face) -> int:
        if id(face) not in self.codes:
            self.codes[id(face)] = Codes(face)
            self.faces.append(face)
        return self.faces.index(face) + 1

    def page(self, sheet: Sheet, face: Face) -> bytes:
        out = ["0.6 w"]
        out += [f"{s.x0:.2f} {HEIGHT - s.y0:.2f} m {s.x1:.2f} {HEIGHT - s.y1:.2f} l S" for s in sheet.strokes]
        for run in sheet.runs:
            damage = self.damages[run.bold]
            out += self.run(run, face, damage)
            if damage == "fakebold-all" or (run.bold and damage == "fakebold"):
                out += self.run(replace(run, x=run.x + 0.3), face, damage)
        return "\n".join(out).encode("ascii")

    def run(self, run: Run, face: Face, damage: str) -> list[str]:
        out, drawn, x = ["BT"], list[str](), run.x
        if run.bold and damage not in FAKEBOLD:
            out.append("2 Tr 0.35 w")
        for text, part in face.split(run.text):
            out.append(f"/F{self.name(part)} {run.size:g} Tf 1 0 0 1 {x:.3f} {HEIGHT - run.baseline:.3f} Tm")
            items = items_of(text, part, damage)
            out += self.show([i for i in items if not i.path], self.codes[id(part)], run.size)
            drawn += [path_of(i, part, run, x) for i in items if i.path]
            x += part.width(text, run.size)
        return [*out, "0 Tr ET", *drawn]

    def show(self, items: list[Item], codes: Codes, size: float) -> list[str]:
        """TJ arrays; a new one where the rise or an ActualText changes."""
        out: list[str] = []
        row: list[str] = []
        pen, rise = 0.0, 0.0

        def flush() -> None:
            if row:
                out.append(f"[{' '.join(row)}] TJ")
                row.clear()

        for item in items:
            if item.actual is not None:
                flush()
                out.append(f"/Span <</ActualText <FEFF{item.actual.encode('utf-16-be').hex()}>>> BDC")
            if abs(item.glyph.dy - rise) > 1e-6:
                flush()
                rise = item.glyph.dy
                out.append(f"{rise * size:.4f} Ts")
            want = item.x + item.glyph.dx
            shift = round((pen - want) * 1000, 2)
            if abs(shift) > 0.1:
                row.append(f"{shift:g}")
                pen -= shift / 1000
            row.append(f"<{codes.code(item.glyph.gid, item.says):04X}>")
            pen += codes.width(item.glyph.gid) / 1000  # as the file says it: rounding must not add up
            if item.closes:
                flush()
                out.append("EMC")
        flush()
        return out


class PathPen(BasePen):  # type: ignore[misc]
    """Writes an outline as PDF path operators."""

    def __init__(self) -> None:
        super().__init__(None)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.operators.append(f"{pt[0]:.1f} {pt[1]:.1f} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.operators.append(f"{pt[0]:.1f} {pt[1]:.1f} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self.operators.append(" ".join(f"{x:.1f} {y:.1f}" for x, y in points) + " c")

    def _closePath(self) -> None:
        self.operators.append("h")


def path_of(item: Item, face: Face, run: Run, x: float) -> str:
    """A glyph drawn as a filled path."""
    pen = PathPen()
    face.font.draw_glyph_with_pen(item.glyph.gid, pen)
    scale = run.size / face.upem
    left, up = x + (item.x + item.glyph.dx) * run.size, HEIGHT - run.baseline + item.glyph.dy * run.size
    return f"q {scale:.6f} 0 0 {scale:.6f} {left:.3f} {up:.3f} cm {' '.join(pen.operators)} f Q"


def font_object(pdf: pikepdf.Pdf, codes: Codes, with_unicode: bool) -> Dictionary:
    """A Type 0 font whose codes are ours: CIDToGIDMap says the glyph, ToUnicode the meaning."""
    order = sorted(codes.table.items(), key=lambda kv: kv[1])
    options = subset.Options(retain_gids=True, notdef_outline=True, layout_features=[], hinting=False)
    options.drop_tables += ["FFTM"]
    font = TTFont(codes.face.path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(gids=[gid for (gid, _), _ in order])
    cutter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    upem = codes.face.upem
    widths = [codes.width(gid) for (gid, _), _ in order]
    to_gid = b"\0\0" + b"".join(gid.to_bytes(2, "big") for (gid, _), _ in order)
    head = font["head"]
    box = [round(v * 1000 / upem) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]
    name = Name("/AAAAAA+" + codes.face.path.stem.replace(" ", ""))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array(box), ItalicAngle=0, StemV=80, CapHeight=700,
        Ascent=round(font["hhea"].ascent * 1000 / upem), Descent=round(font["hhea"].descent * 1000 / upem),
        FontFile2=pdf.make_indirect(Stream(pdf, buffer.getvalue())),
    )  # fmt: skip
    cid = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        W=Array([1, Array(widths)]), CIDToGIDMap=pdf.make_indirect(Stream(pdf, to_gid)),
    )  # fmt: skip
    out = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(cid)]),
    )  # fmt: skip
    if with_unicode:
        out.ToUnicode = pdf.make_indirect(Stream(pdf, to_unicode(order)))
    return out


def to_unicode(order: list[tuple[tuple[int, str | None], int]]) -> bytes:
    lines = [f"<{code:04X}> <{says.encode('utf-16-be').hex().upper()}>" for (_, says), code in order if says is not None]
    blocks = [lines[k : k + 100] for k in range(0, len(lines), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Made def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\nendcmap\nend\nend\n"
    ).encode("ascii")


def write_pdf(sheets: list[Sheet], face: Face, damage: str = "none") -> bytes:
    """The file's bytes: the same for the same arguments."""
    if not set(damage.split("+")) <= {*DAMAGES}:
        raise ValueError(f"no damage {damage!r}; there are {', '.join(DAMAGES)}")
    pdf = pikepdf.new()
    writer = Writer(damage)
    streams = [writer.page(sheet, face) for sheet in sheets]
    fonts = {
        f"/F{k}": pdf.make_indirect(font_object(pdf, writer.codes[id(f)], damage != "no-tounicode"))
        for k, f in enumerate(writer.faces, 1)
    }
    for stream in streams:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = Dictionary(Font=Dictionary(fonts))
        page.Contents = pdf.make_indirect(Stream(pdf, stream))
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True, compress_streams=True)
    return buffer.getvalue()
