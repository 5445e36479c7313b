"""Whole documents: verdicts, pages that cannot be read, documents that cannot be opened, browsers' furniture."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw

from extract.errors import DocumentError
from extract.pdf.reader import read_pdf
from schemas.document import Layer, Page
from schemas.outcome import Status
from tests.extract.pdf.making import Sheet

THAI = (
    "สำนักงานเขตได้ดำเนินการตามแผนปฏิบัติการประจำปีแล้ว", "ประชาชนได้รับความสะดวกและมีความพึงพอใจในระดับมาก",
    "มีผู้เข้าร่วมโครงการจำนวนมากกว่าที่กำหนดไว้ในแผน", "ฝ่ายปกครองเป็นผู้รับผิดชอบและรายงานต่อผู้บริหารทุกเดือน",
)  # fmt: skip
ENGLISH = (
    "The office has done all of the work that was planned for this year and the people",
    "were content with it and said so to us in the survey",
)
WRONG = (
    "nnsfhuiunu uasfhlun tdrn fivsru anun rrufhl",
    "lvuiuta ofhufis rnsu nsfluv uasfhl unntd fivs rnu",
    "tulnv fhtsru aunru uflhv ansfu runts lvuiu",
)


def written(lines: tuple[str, ...], extra: str = "") -> Sheet:
    sheet = Sheet(600, 300)
    for index, line in enumerate(lines):
        sheet.text(40, 260 - 20 * index, line, extra=extra)
    return sheet


def only(data: bytes) -> Page:
    (page,) = read_pdf(data)
    return page


def with_picture(data: bytes, picture: Image.Image) -> bytes:
    """The page with a picture over all of it, under its text."""
    document = Pdf.open(io.BytesIO(data))
    page = document.pages[0]
    image = Stream(document, picture.convert("L").tobytes())
    image.Type, image.Subtype, image.ColorSpace, image.BitsPerComponent = Name.XObject, Name.Image, Name.DeviceGray, 8
    image.Width, image.Height = picture.size
    page.Resources.XObject = Dictionary(I=document.make_indirect(image))
    _, _, width, height = (float(v) for v in page.mediabox)
    page.contents_add(f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode(), prepend=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scan(lines: int) -> Image.Image:
    """White paper with rows of dark strokes."""
    picture = Image.new("L", (600, 300), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(lines):
        for x in range(40, 360, 7):
            draw.rectangle((x, 34 + 20 * row, x + 4, 40 + 20 * row), fill=0)
    return picture


@pytest.mark.parametrize("lines", [THAI, ENGLISH])
def test_good_layer(lines: tuple[str, ...]) -> None:
    page = only(written(lines).pdf())
    assert (page.layer, page.reading, page.problem) == (Layer.GOOD, "text", None)
    assert page.text == "\n".join(lines)


def test_repaired_layer() -> None:
    page = only(written(tuple(line.replace("ำ", "ํา") for line in THAI)).pdf())
    assert page.layer is Layer.REPAIRED
    assert page.text == "\n".join(THAI)
    assert "ํา" in page.lines[0].printed


def test_wingdings_under_a_latin_encoding() -> None:
    """þ, ¨ and ý of a font named Wingdings are boxes; the same letters of another font are letters."""
    for name, expected in (("ABCDEF+Wingdings-Regular", "☑ ☐ ☒"), ("ABCDEF+Made", "þ ¨ ý")):
        document = Pdf.open(io.BytesIO(written(THAI).pdf()))
        page = document.pages[0]
        page.Resources.Font.W = document.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding)
        )
        page.contents_add(b"BT /W 10 Tf 40 100 Td (\xfe) Tj 12 0 Td (\xa8) Tj 12 0 Td (\xfd) Tj ET")
        out = io.BytesIO()
        document.save(out)
        assert only(out.getvalue()).lines[-1].text == expected


def test_hopeless_layer_has_no_lines() -> None:
    sheet = Sheet(600, 300)
    for index, line in enumerate(THAI):
        sheet.text(40, 260 - 20 * index, line, means=dict.fromkeys(line, ""))
    page = only(sheet.pdf())
    assert (page.layer, page.reading, page.lines, page.problem) == (Layer.HOPELESS, None, (), "text-layer-hopeless")


def test_wrong_layer_over_a_scan() -> None:
    assert only(with_picture(written(WRONG, extra="3 Tr").pdf(), scan(3))).layer is Layer.HOPELESS


def test_right_layer_over_a_scan() -> None:
    page = only(with_picture(written(THAI, extra="3 Tr").pdf(), scan(4)))
    assert page.layer is Layer.GOOD


def test_page_number_on_a_scan_is_no_layer() -> None:
    sheet = Sheet(600, 300).text(290, 20, "12")
    assert only(with_picture(sheet.pdf(), scan(10))).layer is Layer.HOPELESS


def test_scan_without_text_is_absent_and_white_paper_blank() -> None:
    assert only(with_picture(Sheet(600, 300).pdf(), scan(10))).layer is Layer.ABSENT
    assert only(with_picture(Sheet(600, 300).pdf(), Image.new("L", (60, 30), 255))).layer is Layer.BLANK
    page = only(Sheet().pdf())
    assert (page.layer, page.reading, page.lines) == (Layer.BLANK, "text", ())


def test_page_geometry() -> None:
    page = only(Sheet(400, 300, rotate=90).text(50, 100, "ก").pdf())
    assert (page.number, page.width, page.height) == (1, 300, 400)


def pages_of(*sheets: Sheet) -> bytes:
    document = Pdf.new()
    for sheet in sheets:
        document.pages.extend(Pdf.open(io.BytesIO(sheet.pdf())).pages)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed_by_a_browser(number: int, pages: int) -> Sheet:
    sheet = Sheet(600, 800).text(30, 780, "11/22/26, 3:04 PM").text(250, 780, "รายงาน").text(40, 700, THAI[0])
    return sheet.text(30, 15, "https://example.org/kpi").text(560, 15, f"{number}/{pages}")


def test_browsers_furniture_goes() -> None:
    texts = [page.text for page in read_pdf(pages_of(printed_by_a_browser(1, 2), printed_by_a_browser(2, 2)))]
    assert texts == [THAI[0], THAI[0]]


def test_a_reports_own_header_stays() -> None:
    sheet = Sheet(600, 800).text(30, 780, "11/22/26, 3:04 PM").text(40, 700, THAI[0]).text(560, 15, "7/9")
    assert only(sheet.pdf()).text == f"11/22/26, 3:04 PM\n{THAI[0]}\n7/9"


def saved(**options: object) -> bytes:
    document = Pdf.open(io.BytesIO(written(THAI).pdf()))
    out = io.BytesIO()
    document.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"", Status.EMPTY, "no-bytes"),
        (b"\0" * 5000, Status.EMPTY, "no-bytes"),
        ("ข้อความที่ไม่ใช่ PDF".encode() * 20, Status.DAMAGED, "not-a-pdf"),
        (b"%PDF-1.7\n%%EOF", Status.DAMAGED, "cut"),
    ],
)
def test_documents_that_cannot_be_read(data: bytes, status: Status, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(read_pdf(data))
    assert (caught.value.status, caught.value.reason) == (status, reason)


def test_password() -> None:
    locked = saved(encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(DocumentError) as caught:
        list(read_pdf(locked))
    assert (caught.value.status, caught.value.reason) == (Status.ENCRYPTED, "password")
    assert only(saved(encryption=pikepdf.Encryption(owner="o", user=""))).text == "\n".join(THAI)


def test_document_without_pages() -> None:
    out = io.BytesIO()
    Pdf.new().save(out)
    with pytest.raises(DocumentError) as caught:
        list(read_pdf(out.getvalue()))
    assert (caught.value.status, caught.value.reason) == (Status.EMPTY, "no-pages")


def test_broken_file_is_read_when_the_second_engine_mends_it() -> None:
    """A cross-reference table and trailer that lead nowhere, objects whose ends are lost."""
    data = written(THAI).pdf()
    broken = data[: data.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF"
    assert only(broken).text == "\n".join(THAI)


def test_forms_that_name_each_other_end() -> None:
    document = Pdf.open(io.BytesIO(Sheet().text(50, 200, "ก").pdf()))
    form = Stream(document, b"/X Do")  # twice would keep pdfium itself busy for ever: the batch stops such a document
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 400, 300])
    form = document.make_indirect(form)
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    page = document.pages[0]
    page.Resources.XObject = Dictionary(X=form)
    page.contents_add(b"/X Do")
    out = io.BytesIO()
    document.save(out)
    assert only(out.getvalue()).text == "ก"


def test_nothing_is_kept_between_documents() -> None:
    first, second = written(THAI).pdf(), written(ENGLISH).pdf()
    assert (only(first), only(second), only(first)) == (only(first), only(second), only(first))
