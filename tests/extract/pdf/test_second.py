"""A second opinion on unmapped glyphs: made TrueType fonts whose cmap, names and outlines tell."""

from __future__ import annotations

import io

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from extract.pdf.doubtful import meanings
from extract.pdf.mapping import to_unicode_of
from extract.pdf.reader import read_pdf
from extract.pdf.shapes import NIKHAHIT, Shapes, is_ring, over_the_line
from extract.pdf.truetype import Outline, parsed
from schemas.document import Layer

Contours = list[list[tuple[int, int]]]

BOX: Contours = [[(60, 0), (60, 500), (540, 500), (540, 0)]]
FLAG: Contours = [[(-250, 700), (-250, 900), (-120, 900), (-120, 860), (-210, 860), (-210, 700)]]  # stands for ้
BAR: Contours = [[(-200, 700), (-200, 900), (-150, 900), (-150, 700)]]  # stands for ่
CROSS: Contours = [
    [(-60, 700), (-60, 760), (-120, 760), (-120, 810), (-60, 810), (-60, 870), (-10, 870), (-10, 810), (50, 810), (50, 760),
     (-10, 760), (-10, 700)]
]  # fmt: skip
HOOK: Contours = [[(-300, -250), (-300, -60), (-100, -60), (-100, -110), (-250, -110), (-250, -250)]]  # stands for ุ


def moved(contours: Contours, x: int, y: int, scale: float = 1.0) -> Contours:
    return [[(round(px * scale) + x, round(py * scale) + y) for px, py in contour] for contour in contours]


def ring(x: int, y: int) -> Contours:
    circle = [(1, 0), (0.924, 0.383), (0.707, 0.707), (0.383, 0.924), (0, 1)]
    quarter = [*circle, *[(-a, b) for a, b in circle[-2::-1]]]
    full = [*quarter, *[(a, -b) for a, b in quarter[-2:0:-1]]]
    return [[(round(x + r * a), round(y + r * b)) for a, b in full] for r in (100, 60)]


GLYPHS: dict[str, tuple[int, Contours]] = {
    ".notdef": (500, []), "ko": (600, BOX), "box": (600, BOX), "maitho": (0, FLAG), "maiek": (0, BAR), "sarau": (0, HOOK),
    "low": (0, moved(FLAG, -40, -120, 0.95)), "cross": (0, CROSS), "ring": (0, ring(-100, 650)),
    "uni0E48.alt": (0, moved(BAR, 0, -90)),
    "stack": (0, [*ring(-100, 620), *moved(FLAG, 0, 100)]),
}  # fmt: skip
CMAP = {0x0E01: "ko", 0x0E49: "maitho", 0x0E48: "maiek", 0x0E38: "sarau"}


def font_file(cmap: dict[int, str], names: bool = True) -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(GLYPHS))
    builder.setupCharacterMap(cmap or {0x41: ".notdef"})
    glyphs = {}
    for name, (_, contours) in GLYPHS.items():
        pen = TTGlyphPen(None)
        for contour in contours:
            pen.moveTo(contour[0])
            for point in contour[1:]:
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    lefts = {name: min((x for contour in contours for x, _ in contour), default=0) for name, (_, contours) in GLYPHS.items()}
    builder.setupHorizontalMetrics({name: (advance, lefts[name]) for name, (advance, _) in GLYPHS.items()})
    builder.setupHorizontalHeader(ascent=1000, descent=-300)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=names)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def document(glyphs: list[str], mapped: dict[str, str], cmap: dict[int, str], names: bool = True) -> bytes:
    """A page that shows the glyphs after a long stretch of mapped letters. mapped: glyph → ToUnicode."""
    order = list(GLYPHS)
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(900, 200))
    rows = "".join(f"<{order.index(g):04x}> <{t.encode('utf-16-be').hex()}>\n" for g, t in mapped.items())
    to_unicode = f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(mapped)} beginbfchar\n{rows}endbfchar"
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Made"), Flags=4, FontBBox=Array([-400, -300, 700, 1000]), ItalicAngle=0,
        Ascent=1000, Descent=-300, CapHeight=700, StemV=80, FontFile2=Stream(pdf, font_file(cmap, names)),
    )  # fmt: skip
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Made"), CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), W=Array([0, Array([advance for advance, _ in GLYPHS.values()])]),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Made"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]), ToUnicode=Stream(pdf, to_unicode.encode()),
    )  # fmt: skip
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    text = "".join(f"{order.index(g):04x}" for g in ["ko"] * 60 + glyphs)
    page.Contents = Stream(pdf, f"BT /F 10 Tf 20 100 Td <{text}> Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


MAPPED = {"ko": "ก", "maitho": "้", "maiek": "่", "sarau": "ุ"}


@pytest.fixture(autouse=True)
def whatever_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages here are no language."""
    monkeypatch.setattr("extract.pdf.reader.verdict", lambda *_: Layer.GOOD)


def read(data: bytes) -> tuple[str, str, list[str]]:
    (page,) = read_pdf(data)
    (line,) = page.lines
    return line.text[60:], line.printed[60:], [repair.kind for repair in line.repairs]


def test_cmap_of_the_font_tells() -> None:
    assert read(document(["ko", "maitho"], {"ko": "ก"}, CMAP)) == ("ก้", "ก้", [])


def test_name_of_a_variant_tells() -> None:
    assert read(document(["ko", "uni0E48.alt"], MAPPED, CMAP)) == ("ก่", "ก่", [])


@pytest.mark.parametrize(("glyph", "mark"), [("low", "้"), ("cross", "๋"), ("uni0E48.alt", "่")])
def test_outline_tells(glyph: str, mark: str) -> None:
    text, printed, kinds = read(document(["ko", glyph], MAPPED, {}, names=False))
    assert (text, printed) == (f"ก{mark}", "ก\ufffd")
    assert kinds == ["unmapped-glyph"]


def test_stack_of_marks_in_one_glyph() -> None:
    text, printed, _ = read(document(["ko", "stack"], MAPPED, {}, names=False))
    assert printed == "ก\ufffd"
    assert set(text[1:]) == {NIKHAHIT, "้"}


def test_mapping_to_the_replacement_character_is_none() -> None:
    mapped = {**MAPPED, "low": "\ufffd", "cross": "\ufffd"}
    assert read(document(["ko", "low"], mapped, {}, names=False))[0] == "ก้"


def test_exchanged_marks_get_their_own() -> None:
    """ุ and the tone mapped by their order in the text, drawn the other way round."""
    swapped = {"ko": "ก", "maitho": "ุ", "sarau": "้", "maiek": "่"}
    assert read(document(["ko", "maitho", "sarau"], swapped, {}, names=False))[0] == "กุ้"


@pytest.mark.parametrize("private", ["\ue000", "\ue123"])
def test_private_code_points_that_mean_nothing_are_read_by_the_outline(private: str) -> None:
    """ReportLab's, of glyphs that its shaping chose."""
    text, printed, kinds = read(document(["ko", "low"], {**MAPPED, "low": private}, {}, names=False))
    assert (text, printed, kinds) == ("ก้", "ก\ufffd", ["unmapped-glyph"])


def test_a_sign_that_hangs_over_the_letter_before_is_a_mark() -> None:
    """Ghostscript and poppler say ) for a mark whose code is that of ) where the file has no mapping for it."""
    mapped = {**MAPPED, "low": ")", "ko": "ก"}
    assert read(document(["ko", "low", "ko"], mapped, {}, names=False))[0] == "ก้ก"


def test_a_sign_that_stands_alone_is_none() -> None:
    assert read(document(["box"], {**MAPPED, "box": ")"}, {}, names=False))[0] == ")"


@pytest.mark.parametrize(("unmapped", "text"), [("low", "ก้า"), ("stack", "ก้ำ")])
def test_an_aa_that_is_mapped_to_marks_as_well_is_an_aa(unmapped: str, text: str) -> None:
    """WeasyPrint maps a glyph to all that is left of the cluster in which it met it first; no ring is drawn but where one is."""
    assert read(document(["ko", unmapped, "box"], {**MAPPED, "box": "้ำ"}, {}, names=False))[0] == text


def test_unknown_outline_stays_open() -> None:
    assert read(document(["ko", "low"], {"ko": "ก"}, {}, names=False))[0] == "ก\ufffd"


def test_ring() -> None:
    assert is_ring(Outline(tuple(tuple(contour) for contour in ring(0, 0))))
    assert not is_ring(Outline((tuple(BOX[0]), tuple(moved(BOX, 100, 100, 0.4)[0]))))
    assert Shapes({}).read(Outline(tuple(tuple(contour) for contour in ring(5, 700)))) == NIKHAHIT


def test_to_unicode_forms() -> None:
    chars = b"beginbfchar <01> <0E01> <02> <0E190E49> endbfchar "
    ranges = b"beginbfrange <10> <12> <0E10> <20> <21> [<0041> <00420043>] endbfrange"
    assert to_unicode_of(chars + ranges) == {1: "ก", 2: "น้", 0x10: "ฐ", 0x11: "ฑ", 0x12: "ฒ", 0x20: "A", 0x21: "BC"}


def test_to_unicode_range_without_end_is_bounded() -> None:
    assert len(to_unicode_of(b"beginbfrange <00000000> <ffffffff> <0041> endbfrange")) <= 65_537


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_font_file_makes_the_reader_raise(data: st.DataObject) -> None:
    whole = bytearray(font_file(CMAP))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(12, len(whole) - 1))] = data.draw(st.integers(0, 255))
    font = parsed(bytes(whole[: data.draw(st.integers(12, len(whole)))]))
    if font is not None:
        assert isinstance(font.points_of_glyphs, dict)
        assert isinstance(font.named_points, dict)
        assert isinstance(font.glyphs_of_codes, dict)
        for glyph in range(-1, 12):
            font.outline(glyph)


def test_second_engine_that_fails_leaves_the_glyph_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise pikepdf.PdfError("cut")

    monkeypatch.setattr(pikepdf, "open", broken)
    assert read(document(["ko", "low"], MAPPED, {}, names=False))[0] == "ก\ufffd"


def outline_of(contours: Contours) -> Outline:
    return Outline(tuple(tuple(contour) for contour in contours))


HAT: Contours = [
    [(-400, 600), (-350, 780), (-250, 800), (-60, 700), (-60, 600), (-120, 600), (-120, 660), (-260, 740), (-330, 600)]
]
TICKED: Contours = [[*HAT[0][:3], (-140, 745), (-140, 860), (-80, 860), (-80, 720), *HAT[0][3:]]]  # HAT and a stroke, as ี is ิ
SQUEEZED: Contours = [[(round(x * 0.8) - 150, y - 20) for x, y in TICKED[0]]]
REDRAWN: Contours = [[*TICKED[0][:4], (-140, 800), *TICKED[0][4:]]]  # with another point, and more squeezed


@pytest.mark.parametrize("variant", [SQUEEZED, REDRAWN])
def test_a_squeezed_variant_is_read_where_its_rivals_are_known(variant: Contours) -> None:
    known = {"ี": [outline_of(TICKED)], "ิ": [outline_of(HAT)], "ื": [outline_of(moved(FLAG, 0, 0))]}
    assert Shapes(known).read(outline_of(variant)) == "ี"


def test_a_variant_whose_plain_form_is_not_there_stays_open() -> None:
    """ิ is much like ี; without the plain ี a variant of it must not be taken for an ิ."""
    wide = [[(round(x * 1.02), y) for x, y in REDRAWN[0]]]
    assert Shapes({"ิ": [outline_of(HAT)]}).read(outline_of(wide)) is None


def test_a_ring_of_few_points_is_one_up_where_marks_stand() -> None:
    corners = [(0, 40), (40, 0), (160, 0), (200, 40), (200, 160), (160, 200), (40, 200), (0, 160)]
    inner = [(50, 70), (70, 50), (130, 50), (150, 70), (150, 130), (130, 150), (70, 150), (50, 130)]
    assert is_ring(outline_of(moved([corners, inner], -210, 600)))
    assert not is_ring(outline_of([corners, inner]))
    assert not is_ring(outline_of(moved([[(0, 0), (200, 0), (200, 200), (0, 200)], inner], -210, 600)))


def test_a_letter_that_lost_its_foot() -> None:
    """ญ over a vowel below, of a font that draws letter and foot in one."""
    foot = [(120, 0), (120, -250), (400, -250), (400, -180), (180, -180), (180, 0)]
    letter = [(50, 500), (50, 0), *foot, (300, 0), (300, 400), (500, 400), (500, 500)]
    bare = [(50, 500), (50, 0), (300, 0), (300, 400), (500, 400), (500, 500)]
    known = {"ญ": [outline_of([letter]), over_the_line(outline_of([letter]))], "ก": [outline_of(BOX)]}
    assert Shapes(known).read(outline_of([bare])) == "ญ"
    assert Shapes({"ก": [outline_of(BOX)]}).read(outline_of([bare])) is None


def test_a_round_head_below_the_line_is_no_nikhahit() -> None:
    assert Shapes({}).read(outline_of(ring(5, -300))) is None


def test_outlines_that_agree_with_a_known_code_leave_it_to_the_repair() -> None:
    """É for a tone and Ñ for ั are restored exactly; a bracket for a mark is nobody's code."""
    assert {"่", "É"} <= meanings(ord("É"))
    assert "ั" in meanings(ord("Ñ"))
    assert meanings(ord(")")) == {")"}
