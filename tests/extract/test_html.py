"""HTML as a browser shows it, and pages made to harm."""

from __future__ import annotations

import pytest

from extract.errors import DocumentError
from extract.html import read_html
from extract.limits import Limits
from schemas.document import Page
from schemas.outcome import Status


def page_of(body: str, head: str = "") -> Page:
    (page,) = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    return page


def texts(body: str, head: str = "") -> list[str]:
    return [line.text for line in page_of(body, head).lines]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>หนึ่ง\n   สอง</p>สาม<br>สี่<div>ห้า<span>หก</span></div>", ["หนึ่ง สอง", "สาม", "สี่", "ห้าหก"]),
        ("<ol><li><p>ก</p><p>ข</p><li><div>ค</div></ol>", ["1. ก", "ข", "2. ค"]),
        ("<pre>a  b\nc</pre>", ["a  b", "c"]),
        ("<ol start=3><li>ก<li>ข<ul><li>ค</ul></ol>", ["3. ก", "4. ข", "• ค"]),
        ('<ol style="list-style-type:thai"><li>ก</ol><ul style="list-style:none"><li>ข</ul>', ["๑. ก", "ข"]),
        ("<ol type=a><li>x<li value=5>y</ol>", ["a. x", "e. y"]),
        ("<label><input type=checkbox checked>ผลผลิต</label> <input type='checkbox'>ผลลัพธ์", ["☑ ผลผลิต ☐ ผลลัพธ์"]),
        ("เป้า <input value=80> <select><option>x<option selected>ร้อยละ</select><textarea>ก ข</textarea>", ["เป้า 80 ร้อยละก ข"]),
        ("ก&nbsp;ข &lt;5&gt; &amp;", ["ก ข <5> &"]),
        ("<p>เห็น<p hidden>ซ่อน<p style='display: none'>ซ่อน<p style='visibility:hidden'>ซ่อน<input type=hidden value=ซ่อน>", ["เห็น"]),
        ("a<script>alert(1)</script><style>x</style><noscript>y</noscript><template>z</template><!-- c -->b", ["ab"]),
        ("คำ&shy;ยาว", ["คำยาว"]),
    ],
)
def test_what_a_browser_shows(body: str, shown: list[str]) -> None:
    assert texts(body) == shown


def test_style_rules_hide() -> None:
    rules = ".h, td.x { display:none } #f{ visibility : hidden } /* .k{display:none} */ @media print {.k{display:none}}"
    head = f"<style>{rules}</style>"
    assert texts("<p class='a h'>1</p><p id=f>2</p><p class=k>3</p>", head) == ["3"]


def test_table_with_spans() -> None:
    page = page_of(
        "<table><caption>ผล</caption><tr><th rowspan=2>ไตรมาส<th colspan=2>ผลงาน"
        "<tr><td>คน<td>ครั้ง<tr><td>1<td>3,937<br>สะสม<td>2</table>"
    )
    (table,) = page.tables
    places = [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]
    assert places == [
        (0, 0, 2, 1, "ไตรมาส"), (0, 1, 1, 2, "ผลงาน"), (1, 1, 1, 1, "คน"), (1, 2, 1, 1, "ครั้ง"),
        (2, 0, 1, 1, "1"), (2, 1, 1, 1, "3,937\nสะสม"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip
    shown = [line.text for line in page.lines]
    assert shown == ["ผล", "ไตรมาส  ผลงาน", "คน  ครั้ง", "1", "3,937", "สะสม", "2"]
    assert shown[table.first_line : table.last_line] == shown[1:]
    assert [line.number for line in page.lines] == list(range(1, 8))


def test_layout_tables_are_no_tables() -> None:
    page = page_of("<table><tr><td><p>หัว</p><table><tr><td>เป้าหมาย<td>80</table></table>")
    assert [line.text for line in page.lines] == ["หัว", "เป้าหมาย  80"]
    assert [(table.rows, table.columns) for table in page.tables] == [(1, 2)]


@pytest.mark.parametrize("encoding", ["tis-620", "windows-874", "utf-8"])
def test_encodings(encoding: str) -> None:
    python = {"windows-874": "cp874"}.get(encoding, encoding)
    data = f"<html><head><meta charset={encoding}></head><body><p>ผลงานที่ทำได้</body>".encode(python)
    assert read_html(data)[0].lines[0].text == "ผลงานที่ทำได้"


def test_wrong_declaration_does_not_matter() -> None:
    data = "<meta charset=windows-874><p>ผลงานที่ทำได้".encode()
    assert read_html(data)[0].lines[0].text == "ผลงานที่ทำได้"


def test_entities_of_the_document_are_not_expanded() -> None:
    data = b"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "boom">]>
    <html><body><p>KPI &x; &y; 97.25</p></body></html>"""
    assert "KPI &x; &y; 97.25" in [line.text for line in read_html(data)[0].lines]


@pytest.mark.parametrize(
    ("data", "limits", "status"),
    [
        (b"<div>" * 200_000, Limits(), Status.TOO_LARGE),
        (b"<p>x" * 50, Limits(lines=20), Status.TOO_LARGE),
        (b"<p>x" * 50, Limits(text_bytes=20), Status.TOO_LARGE),
        (b"<table><tr>" + b"<td colspan=1000>x" * 200 + b"</table>", Limits(), Status.TOO_LARGE),
        (b"<html><body><script>x</script></body></html>", Limits(), Status.EMPTY),
    ],
)
def test_refusals(data: bytes, limits: Limits, status: Status) -> None:
    with pytest.raises(DocumentError) as caught:
        read_html(data, limits=limits)
    assert caught.value.status is status
