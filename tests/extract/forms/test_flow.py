"""Furniture and paragraphs of drawn pages and of wrapped text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.forms.flow import lay_out
from extract.forms.passage import compose
from schemas.document import Document, Line, Page
from tests.own_reports import text_document

WIDTH, HEIGHT, EM = 595.0, 842.0, 6.0


def drawn(text: str, top: float, left: float = 60.0) -> Line:
    """A line in which every character that takes a place is 6 points wide."""
    x0, at = [], left
    for char in text:
        mark = char == "\u0e31" or "\u0e34" <= char <= "\u0e3a" or "\u0e47" <= char <= "\u0e4e"
        x0.append(at)
        at += 0 if mark else EM
    return Line(text=text, printed=text, top=top, bottom=top + 14, x0=x0, x1=[*x0[1:], at], size=14)


def pages(*texts: Sequence[tuple[str, float]]) -> Document:
    made = tuple(
        Page(number=n, width=WIDTH, height=HEIGHT, lines=tuple(drawn(text, top) for text, top in lines))
        for n, lines in enumerate(texts, 1)
    )
    return Document(file="x.pdf", sha256="0", media_type="application/pdf", pages=made)


def furniture(document: Document) -> list[str]:
    return [row.text for row in lay_out(document).rows if row.furniture]


BODY = [(f"บรรทัดเนื้อความของรายงานบรรทัดที่ {n}", 80.0 + 20 * n) for n in range(10)]


def test_running_headers_and_page_numbers() -> None:
    found = furniture(pages([("สำนักงานทดสอบ", 20), *BODY, ("หน้า 1 / 2", 800)], [("สำนักงานทดสอบ", 20), *BODY, ("หน้า 2 / 2", 800)]))
    assert found == ["สำนักงานทดสอบ", "หน้า 1 / 2", "สำนักงานทดสอบ", "หน้า 2 / 2"]


def test_browser_stamps_on_one_page() -> None:
    page = [("27/10/2565 9:57 รายงาน", 20), *BODY, ("http://kpi.example.go.th/x?id=1 1/1", 815)]
    assert furniture(pages(page)) == [page[0][0], page[-1][0]]


def test_the_end_of_a_wrapped_line_is_no_page_number() -> None:
    body = [("เนื้อความของรายงานบรรทัดนี้ยาวจนสุดขอบแล้วตัดคำ ณ วันที่ 25 ต.ค.", 780.0), ("62", 800.0)]
    lines = [(text, 160.0 + 20 * n) for n, (text, _) in enumerate((BODY * 4)[:31])]
    assert furniture(pages([*lines, *body], BODY)) == []


def test_page_numbers_that_count_up_without_a_gap() -> None:
    first = [(f"ก{'ขคงจฉชซฌญ'[n % 9]} เนื้อความ", 40.0 + 20 * n) for n in range(37)]
    second = [(f"ท{'ธนบปผฝพฟภ'[n % 9]} เนื้อความ", 40.0 + 20 * n) for n in range(37)]
    assert furniture(pages([*first, ("1", 780.0)], [*second, ("2", 780.0)])) == ["1", "2"]


def test_a_header_close_to_the_body_runs_on_a_short_last_page_too() -> None:
    full = [(f"{'กขคงจฉชซฌญ'[n % 10]}{'ขคงจฉชซฌญฐ'[n // 10]} เนื้อความของรายงาน", 46.0 + 20 * n) for n in range(37)]
    last = [("ข้อความท้ายรายงาน", 46.0), ("หลักฐานอ้างอิง", 66.0), ("รายงานการประชุม", 86.0)]
    found = furniture(
        pages([("สำนักงานทดสอบ", 26), *full], [("สำนักงานทดสอบ", 26), *reversed_tops(full)], [("สำนักงานทดสอบ", 26), *last])
    )
    assert found == ["สำนักงานทดสอบ"] * 3


def reversed_tops(lines: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(text, top) for (text, _), (_, top) in zip(reversed(lines), lines, strict=True)]


def joined(document: Document) -> str:
    flow = lay_out(document)
    return compose(flow, [(row.index, 0, len(row.text)) for row in flow.rows]).text


def test_wrapped_lines_and_paragraphs_of_a_page() -> None:
    full = "สำรวจคลองในพื้นที่ทั้งหมดแล้วจัดทำแผนขุดลอกประจำปีร่วมกับชุมชนริมคลองและสถานศึกษา"
    document = pages([(full, 100), (full, 120), ("จำนวน 12 แห่ง", 140), ("ย่อหน้าใหม่", 160), ("1. ข้อหนึ่ง", 180), ("2. ข้อสอง", 200)])
    assert joined(document) == f"{full}{full}จำนวน 12 แห่ง\nย่อหน้าใหม่\n1. ข้อหนึ่ง\n2. ข้อสอง"


@pytest.mark.parametrize(
    ("begun", "ended"), [("ระหว่างวันที่ 2", "- 29 ก.ย. 65"), ("ระหว่างวันที่ ๒๕ ก.ย.", "- ๓ ต.ค. ๖๕"), ("เดือนม.ค.", "- มี.ค. 65")]
)
def test_a_period_over_a_line_end_is_no_list_item(begun: str, ended: str) -> None:
    full = "สำรวจคลองในพื้นที่ทั้งหมดแล้วจัดทำแผนขุดลอกประจำปีร่วมกับชุมชนริมคลองและสถานศึกษา"
    document = pages([(full, 100), (f"ปลูกต้นไม้ {begun}", 120), (ended, 140), ("- ข้อถัดไป", 160)])
    assert joined(document).endswith(f"ปลูกต้นไม้ {begun} {ended}\n- ข้อถัดไป")


def test_a_space_where_no_thai_letters_meet() -> None:
    full = "สำรวจคลองในพื้นที่ทั้งหมดแล้วจัดทำแผนขุดลอกประจำปีร่วมกับชุมชนริมคลองเป็นเงินรวม 25"
    document = pages([(full, 100), ("ล้านบาท", 120), (full, 140), ("คน", 160)])
    assert joined(document).startswith(f"{full} ล้านบาท")


def test_lines_of_a_text_that_was_wrapped_at_a_column() -> None:
    long = ["ตรวจคุณภาพน้ำในคลองสายหลักร่วมกับโรงเรียนริมคลองทุกแห่งแล้วรายงานผลต่อผู้บริหารทราบทุก"] * 5
    assert joined(text_document("\n".join([*long, "เดือน"]))) == "".join([*long, "เดือน"])


def test_a_text_with_a_paragraph_a_line() -> None:
    lines = ["ก" * length for length in (12, 300, 45, 90, 7, 160, 60)]
    assert joined(text_document("\n".join(lines))) == "\n".join(lines)


def test_pages_that_could_not_be_read_give_no_rows() -> None:
    document = pages(BODY)
    unread = Page(number=2, width=WIDTH, height=HEIGHT, lines=(drawn("ขยะ", 100),), reading=None, problem="ocr")
    flow = lay_out(Document(file="x.pdf", sha256="0", media_type="application/pdf", pages=(*document.pages, unread)))
    assert len(flow.rows) == len(BODY)
