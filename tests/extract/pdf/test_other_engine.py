"""Pages and characters that pdfium loses: read by way of another engine, or named."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest

from extract.errors import DocumentError
from extract.pages import read_pages
from extract.pdf import opening
from extract.pdf.other_engine import Other, counted_pages, is_bounded
from extract.pdf.reader import read_pdf
from extract.pdf.second import SecondOpinion
from schemas.document import Layer
from schemas.outcome import Status
from tests.extract.pdf.making import Sheet

WORDS = ("สำนักงานเขตวังใหม่", "รายงานผลการปฏิบัติราชการ", "ประจำปีงบประมาณ")
UNENDED_PICTURE = b"BI /W 10 /H 100 /BPC 8 /CS /G ID \x00 EI "  # pdfium takes the rest of the page for the picture's


def of_pages(packed: bool = False) -> bytes:
    """A page a text of WORDS, in a page tree of two levels."""
    with pikepdf.new() as document:
        for text in WORDS:
            with pikepdf.open(io.BytesIO(Sheet().text(50, 200, text).pdf())) as sheet:
                document.pages.extend(sheet.pages)
        first, *others = (page.obj for page in document.pages)
        tree = document.Root.Pages
        branch = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Parent=tree, Kids=others, Count=len(others)))
        for page in others:
            page.Parent = branch
        tree.Kids = pikepdf.Array([first, branch])
        out = io.BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        document.save(out, object_stream_mode=mode, deterministic_id=True)
    return out.getvalue()


def counting(pages: int) -> bytes:
    """The three pages under a root that counts so many."""
    return of_pages().replace(b"/Count 3", b"/Count %d" % pages)


def after(operators: bytes, sheet: Sheet, box: tuple[int, ...] | None = None) -> bytes:
    """The sheet with operators before its own. box: another MediaBox."""
    with pikepdf.open(io.BytesIO(sheet.pdf())) as document:
        page = document.pages[0]
        page.Contents = pikepdf.Stream(document, operators + page.Contents.read_bytes())
        if box:
            page.MediaBox = pikepdf.Array(list(box))
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def texts_of(data: bytes) -> list[str]:
    return [page.text for page in read_pdf(data)]


@pytest.mark.parametrize("pages", [1, 2])
def test_pages_beyond_the_count_are_read(pages: int) -> None:
    document = pdfium.PdfDocument(counting(pages))
    assert len(document) == pages
    document.close()
    assert texts_of(counting(pages)) == list(WORDS)


def test_pages_beyond_the_count_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "in_full", lambda _: None)
    read = list(read_pages(counting(2), "application/pdf"))
    assert [page.number for page in read] == [1, 2, 3]
    assert [page.text for page in read] == [*WORDS[:2], ""]
    assert read[2].reading is None
    assert read[2].layer is Layer.ABSENT
    assert read[2].problem == "page-load: another engine counts 3 pages"


def test_a_copy_that_lost_characters_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.new() as blank:
        for _ in WORDS:
            blank.add_blank_page()
        out = io.BytesIO()
        blank.save(out)
    monkeypatch.setattr(opening, "in_full", lambda _: out.getvalue())
    assert texts_of(counting(2)) == [*WORDS[:2], ""]


def test_another_engine_is_asked_only_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, lying, packed = of_pages(), counting(2), of_pages(packed=True)
    asked: list[int] = []
    ask = pikepdf.open

    def noted(source: io.BytesIO) -> pikepdf.Pdf:
        asked.append(len(source.getvalue()))
        return ask(source)

    monkeypatch.setattr(pikepdf, "open", noted)
    monkeypatch.setattr(SecondOpinion, "characters", lambda *_: pytest.fail("asked about a page that has its characters"))
    assert counted_pages(Other(whole), 3) == 3
    assert texts_of(whole) == list(WORDS)
    assert asked == []
    assert counted_pages(Other(lying), 2) == 3
    assert counted_pages(Other(packed), 3) == 3  # page dictionaries are out of sight
    assert len(asked) == 2
    assert texts_of(packed) == list(WORDS)
    assert len(asked) == 3
    assert counted_pages(Other(b"%PDF-1.4 /Type /Page broken"), 2) == 2


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_characters_that_pdfium_loses_are_read_in_their_places(rotate: int) -> None:
    sheet = Sheet(rotate=rotate).text(50, 200, WORDS[0]).text(50, 180, "ที่ ๑๒/๒๕๖๙")
    box = (10, 20, 400, 300)
    (good,), (read,) = read_pdf(after(b"", sheet, box)), read_pdf(after(UNENDED_PICTURE, sheet, box))
    assert good.layer is Layer.GOOD
    assert (read.layer, read.reading, read.problem) == (Layer.REPAIRED, "text", None)
    assert read.text == good.text
    for line, same in zip(read.lines, good.lines, strict=True):
        assert (line.top, line.bottom, line.size) == pytest.approx((same.top, same.bottom, same.size), abs=0.02)
        assert list(line.x0) == pytest.approx(list(same.x0), abs=0.02)


def test_lost_characters_that_nobody_can_read_are_named() -> None:
    sheet = Sheet().text(50, 200, WORDS[0], means=dict.fromkeys(WORDS[0], ""))
    (page,) = read_pages(after(UNENDED_PICTURE, sheet), "application/pdf")
    assert page.reading is None
    assert page.problem == "page-load: another engine finds characters here that cannot be read"


def test_a_page_of_another_count_is_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Other, "pages", 2)
    assert texts_of(after(UNENDED_PICTURE, Sheet().text(50, 200, WORDS[0]))) == [""]


@pytest.mark.parametrize("operators", [b"0.0001 0 0 0.0001 0 0 cm ", b"1 0 0 1 10000000 0 cm "])
def test_text_that_cannot_be_seen_is_not_read(operators: bytes) -> None:
    (page,) = read_pdf(after(operators, Sheet().text(50, 200, WORDS[0])))
    assert page.text == ""
    assert page.problem is None


def test_ranges_without_bound_are_not_followed() -> None:
    assert is_bounded(b"1 beginbfrange <0000> <ffff> <0e01> endbfrange")
    assert not is_bounded(b"1 beginbfrange <00000000> <ffffffff> <0e01> endbfrange")


def test_pages_that_only_another_engine_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_rewritten", lambda _: (None, 3))
    with pytest.raises(DocumentError) as caught:
        list(read_pdf(b"%PDF-1.4 nothing that opens"))
    assert (caught.value.status, caught.value.reason) == (Status.DAMAGED, "pages-lost")
