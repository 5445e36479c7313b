"""DOCX as Word prints it, built part by part here; and packages made to harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from extract.docx import read_docx
from extract.errors import DocumentError
from extract.limits import Limits
from schemas.document import Page
from schemas.outcome import Status

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, parts: dict[str, str] | None = None, *, prolog: str = "") -> bytes:
    """A DOCX with this body. parts: further parts by kind ("numbering", "styles", "header" …), their inner XML."""
    buffer = io.BytesIO()
    kinds = {"numbering": "numbering", "styles": "styles", "header": "hdr", "footer": "ftr", "footnotes": "footnotes"}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        relations = "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts or {})
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for kind, inner in (parts or {}).items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kinds[kind]} {SPACES}>{inner}</w:{kinds[kind]}>")
        archive.writestr("word/document.xml", f"{prolog}<w:document {SPACES}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return p(r(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, text: str, format_: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def page_of(body: str, parts: dict[str, str] | None = None) -> Page:
    return read_docx(package(body, parts))[0]


def texts(body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [line.text for line in page_of(body, parts).lines]


def test_paragraphs_runs_breaks_and_numbers_of_lines() -> None:
    page = page_of(p(r("ผลงาน "), r("100")) + p() + p(r("หนึ่ง"), "<w:r><w:br/><w:t>สอง</w:t><w:tab/><w:t>สาม</w:t></w:r>"))
    assert [(line.number, line.text) for line in page.lines] == [(1, "ผลงาน 100"), (3, "หนึ่ง"), (3, "สอง สาม")]


def test_boxes_of_all_kinds() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    second = '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>'
    letter = r("þ", '<w:rFonts w:ascii="Wingdings"/>')
    state = "<w:sdtPr><w14:checkbox><w14:checked w14:val='{}'/></w14:checkbox></w:sdtPr>"
    control = f"<w:sdt>{state}<w:sdtContent>{r('?')}</w:sdtContent></w:sdt>"
    legacy = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData></w:fldChar>'
        "</w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    boxes = [symbol, second, letter, control.format(1), control.format(0), legacy.format("<w:checked/>"), legacy.format("")]
    body = "".join(p(box, r(" ก")) for box in boxes)
    assert texts(body) == ["☑ ก", "☐ ก", "☑ ก", "☑ ก", "☐ ก", "☑ ก", "☐ ก"]


def test_letters_of_symbol_faces() -> None:
    symbol = '<w:rFonts w:ascii="Symbol"/>'
    body = p(r("³ 80", symbol), r(" ถึง ", symbol), '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', r("90"))
    assert texts(body) == ["≥ 80 ถึง ≤90"]


def test_automatic_numbers() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{level(0, "%1.")}{level(1, "%1.%2", "thaiNumbers")}'
        f"{level(2, '%3)', 'thaiLetters')}</w:abstractNum>"
        f'<w:abstractNum w:abstractNumId="8">{level(0, "&#xF0B7;", "bullet")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    items = [("ก", 0), ("ข", 0), ("ค", 1), ("ง", 1), ("จ", 2), ("ฉ", 2), ("ช", 0), ("ซ", 1)]
    body = "".join(numbered(text, level=depth) for text, depth in items)
    body += numbered("จุด", 2) + numbered("ใหม่", 3) + numbered("ต่อ", 3)
    assert texts(body, {"numbering": numbering}) == [
        "1. ก", "2. ข", "2.๑ ค", "2.๒ ง", "ก) จ", "ข) ฉ", "3. ช", "3.๑ ซ", "• จุด", "5. ใหม่", "6. ต่อ",
    ]  # fmt: skip


def test_numbers_of_styles() -> None:
    close = '<w:suff w:val="nothing"/>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "(%1)", more=close)}</w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert texts(p(r("ก"), properties='<w:pStyle w:val="B"/>'), {"numbering": numbering, "styles": styles}) == ["(1)ก"]


def test_what_is_not_printed() -> None:
    body = (
        p(r("เห็น"), f"<w:del>{r('ลบ')}</w:del>", f"<w:ins>{r('เพิ่ม')}</w:ins>", r("ซ่อน", "<w:vanish/>"))
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "<w:r><w:instrText>PAGE</w:instrText></w:r>", r("รหัส"),
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("ผล"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('คลิกเพื่อใส่ข้อความ')}</w:sdtContent></w:sdt>")
    )  # fmt: skip
    assert texts(body) == ["เห็นเพิ่ม", "ผล"]


def test_text_boxes_once_and_headers_first() -> None:
    box = f"<w:txbxContent>{p(r('ในกล่อง'))}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    drawing = f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
    section = '<w:sectPr><w:headerReference r:id="header"/></w:sectPr>'
    parts = {"header": p(r("สำนักงานเขตบางนา")) + p(r("- 1 -")), "footer": p(r("ท้าย"))}
    grouped = f"<w:r><w:drawing><w:group><mc:AlternateContent>{choice}</mc:AlternateContent></w:group></w:drawing></w:r>"
    assert texts(p(r("กลุ่ม"), grouped)) == ["กลุ่ม", "ในกล่อง"]
    assert texts(p(r("ย่อหน้า"), drawing) + section, parts) == ["สำนักงานเขตบางนา", "ย่อหน้า", "ในกล่อง"]


def test_tables_with_merged_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"

    rows = [
        cell(p(r("ไตรมาส")), '<w:vMerge w:val="restart"/>') + cell(p(r("ผลงาน")), '<w:gridSpan w:val="2"/>'),
        cell(p(), "<w:vMerge/>") + cell(p(r("คน"))) + cell(p(r("ครั้ง"))),
        cell(p(r("1"))) + cell(p(r("3,937")) + p(r("สะสม"))) + cell(p(r("2"))),
    ]
    body = p(r("ก่อน")) + "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>" + p(r("หลัง"))
    page = page_of(body)
    (table,) = page.tables
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells] == [
        (0, 0, 2, 1, "ไตรมาส"), (0, 1, 1, 2, "ผลงาน"), (1, 1, 1, 1, "คน"), (1, 2, 1, 1, "ครั้ง"),
        (2, 0, 1, 1, "1"), (2, 1, 1, 1, "3,937\nสะสม"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip
    assert [line.text for line in page.lines] == ["ก่อน", "ไตรมาส  ผลงาน", "คน  ครั้ง", "1", "3,937", "สะสม", "2", "หลัง"]


def test_strict_documents_are_read() -> None:
    data = package(p(r("ผลงาน")))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert read_docx(strict.getvalue())[0].lines[0].text == "ผลงาน"


def status_of(data: bytes, limits: Limits | None = None) -> tuple[Status, str]:
    with pytest.raises(DocumentError) as caught:
        read_docx(data, limits=limits or Limits())
    return caught.value.status, caught.value.reason


def test_refusals() -> None:
    good = package(p(r("ก")))
    assert status_of(good[: len(good) // 2]) == (Status.DAMAGED, "zip")
    assert status_of(package(p())) == (Status.EMPTY, "no-text")
    assert status_of(package("<w:p><w:r>")) == (Status.DAMAGED, "xml")
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    assert status_of(package(p(r("&x;")), prolog=entity)) == (Status.DAMAGED, "doctype")
    assert status_of(package(p(r("ก")) * 50), Limits(lines=40)) == (Status.TOO_LARGE, "lines")
    assert status_of(package(p(r("ก")) * 60_000)) == (Status.TOO_LARGE, "zip-bomb")
    assert status_of(good, Limits(xml_bytes=100)) == (Status.TOO_LARGE, "xml-bytes")
    assert status_of(good.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0")) == (
        Status.ENCRYPTED,
        "password",
    )
