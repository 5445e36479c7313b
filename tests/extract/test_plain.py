"""Text and Markdown: encodings, what a reader sees of Markdown, line numbers, and inputs made to take for ever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.encoding import decode, is_thai_bytes
from extract.errors import DocumentError
from extract.limits import Limits
from extract.plain import read_markdown, read_plain
from schemas.document import Page
from schemas.outcome import Status

THAI = "เป้าหมาย : ร้อยละ ๘๕\nผลงานที่ทำได้ = 90.25 (ร้อยละ)\nน้ำประปาหมู่บ้าน KPI 1.2\n"


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "tis-620", "cp874", "iso8859-11"]
)
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(THAI.encode(encoding)) == THAI


def test_punctuation_of_cp874() -> None:
    assert decode("“ร้อยละ” – … €".encode("cp874")) == "“ร้อยละ” – … €"


def test_lines_in_two_encodings() -> None:
    first, second = THAI.splitlines()[:2]
    assert decode(first.encode("cp874") + b"\r\n" + second.encode()) == f"{first}\r\n{second}"


@pytest.mark.parametrize("text", ["café déjà vu, très élevé", "Übergröße für Ärzte", "¿Dónde está el señor?"])
def test_other_code_pages_are_not_taken_for_thai(text: str) -> None:
    assert not is_thai_bytes(text.encode("latin-1"))


def test_bytes_without_text_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        decode(bytes(range(128, 256)) * 20)
    assert caught.value.status is Status.DAMAGED
    with pytest.raises(DocumentError) as caught:
        decode(bytes(range(1, 9)) * 50)
    assert caught.value.status is Status.UNSUPPORTED


def test_stray_nul_and_controls_are_dropped() -> None:
    assert decode(b"KPI\0 1.1\x1b 97.25\n") == "KPI 1.1 97.25\n"


def test_line_numbers_are_the_files() -> None:
    (page,) = read_plain("หนึ่ง\r\n\r\n  \nสี่\rห้า".encode())
    assert [(line.number, line.text) for line in page.lines] == [(1, "หนึ่ง"), (4, "สี่"), (5, "ห้า")]


def test_a_form_feed_is_no_line() -> None:
    (page,) = read_plain("หนึ่ง\n\fสอง\fสาม\n".encode())
    assert [(line.number, line.text) for line in page.lines] == [(1, "หนึ่ง"), (2, "สอง สาม")]


def test_stars_of_a_plain_text_stay() -> None:
    (page,) = read_plain("** สรุปผล **\n*ผลงาน*\n(* 2.1 / 2.2 *)".encode())
    assert texts(page) == ["** สรุปผล **", "*ผลงาน*", "(* 2.1 / 2.2 *)"]


def test_markdown_in_a_text_file_is_read_and_its_source_kept() -> None:
    (page,) = read_plain(
        r"""**\*\* ส่วนที่ 2 \*\***

(bkk\_line) 200 ราย""".encode()
    )
    assert texts(page) == ["** ส่วนที่ 2 **", "(bkk_line) 200 ราย"]
    line = page.lines[1]
    assert line.printed == r"(bkk\_line) 200 ราย"
    assert line.printed_text(0, 9) == r"(bkk\_line"
    assert line.printed_text(line.text.index("200"), line.text.index("200") + 3) == "200"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("## หัวข้อ **หนา** ##", ["หัวข้อ หนา"]),
        ("# 5 ข้อ", ["5 ข้อ"]),
        ("a_b_c _เอน_ 5 * 3 * 2", ["a_b_c เอน 5 * 3 * 2"]),
        ("**ข้าม\nบรรทัด** ต่อ", ["ข้าม", "บรรทัด ต่อ"]),
        ("> อ้าง &amp; [ลิงก์](http://x.y/a_b) \\[x\\] จบ\\", ["อ้าง & ลิงก์ [x] จบ"]),
        ("- [x] ผลผลิต\n- [ ] ผลลัพธ์", ["☑ ผลผลิต", "☐ ผลลัพธ์"]),
        ("หนึ่ง<br>สอง<br/>สาม", ["หนึ่ง", "สอง", "สาม"]),
        ("1. ข้อแรก\n2) ข้อสอง\n- ข้อสาม", ["1. ข้อแรก", "2) ข้อสอง", "- ข้อสาม"]),
        ("----- ย่อย : ๗.๕", ["----- ย่อย : ๗.๕"]),
        ("***\nจบ", ["จบ"]),
        ("หัวข้อ\n======\nรอง\n---\n```\nจบ\n```", ["หัวข้อ", "รอง", "จบ"]),
        ("3 < 5 และ ≤60", ["3 < 5 และ ≤60"]),
    ],
)
def test_what_a_reader_sees_of_markdown(source: str, shown: list[str]) -> None:
    assert texts(read_markdown(source.encode())[0]) == shown


def test_pipe_table() -> None:
    (page,) = read_markdown("| ไตรมาส | ผลงาน<br>(คน) |\n|---|:-:|\n| 1 | **3,937.00** |\n| 2 | a\\|b |\n".encode())
    (table,) = page.tables
    assert (table.rows, table.columns) == (3, 2)
    assert [cell.text for cell in table.cells] == ["ไตรมาส", "ผลงาน\n(คน)", "1", "3,937.00", "2", "a|b"]
    assert texts(page)[table.first_line : table.last_line] == ["ไตรมาส", "ผลงาน", "(คน)", "1  3,937.00", "2  a|b"]
    assert [line.number for line in page.lines] == [1, 1, 1, 3, 4]


def test_limits() -> None:
    for data, limits in ((b"x" * 100, Limits(text_bytes=99)), (b"x\n" * 100, Limits(lines=99))):
        with pytest.raises(DocumentError) as caught:
            read_plain(data, limits=limits)
        assert caught.value.status is Status.TOO_LARGE


@pytest.mark.parametrize("data", [b" \n\t\r\n", "\ufeff".encode(), b"# \n***\n"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_markdown(data)
    assert caught.value.status is Status.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        " " * 100_000 + "-",
        "---" + " " * 100_000 + "x",
        "- " * 100_000 + "x",
        "*a " * 30_000 + "b* " * 30_000,
        "[x" * 50_000,
        "# " + " " * 99_999 + "#",
        "<a " * 30_000,
        "|" * 50_000 + "\n" + "|-" * 50_000,
    ],
)
def test_markdown_made_to_take_for_ever(text: str) -> None:
    begin = time.process_time()
    read_markdown(b"x\n" + text.encode())
    assert time.process_time() - begin < 10  # measured 0.1–1.5 s


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"*_`~\\[]()|<>&#-: \n", "ก", "า", "ำ", "่", "1", "<br>", "&amp;"]), max_size=60))
def test_every_character_shown_comes_from_the_file(pieces: list[str]) -> None:
    text = "".join(pieces)
    (page,) = read_markdown(b"x\n" + text.encode())
    for line in page.lines:
        assert line.source is None or (len(line.source) == len(line.text) and list(line.source) == sorted(line.source))
        assert line.printed_span(0, len(line.text))[1] <= len(line.printed)
