"""What is printed is read back: random tables of records, columns in any order, wrapped cells, page breaks anywhere."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.document import Page
from tests.drawn_books import heading, page, printed, read, table

NAMES = ("รับหนังสือ", "ตรวจสอบ\nเรื่องร้องทุกข์", "ความพึงพอใจ\nผู้รับบริการ\nในระดับมาก", "ประชาสัมพันธ์", "")
UNITS = ("เรื่อง", "ครั้ง/\nปี", "ร้อยละ", "")
VALUES = ("27,000", "-", "", "5/1,825", "36 จุด", "0.10%", "ไม่กำหนด")
HEADINGS = {
    "name": "เป้าหมายปฏิบัติงาน/\nตัวชี้วัด",
    "unit": "หน่วย\nนับ",
    "past2564": "ปีที่\nผ่านมา",
    "current2565": "ปี\nปัจจุบัน",
    "budget2566": "งบประมาณปี\n2566",
    "year2567": "ปี 2567",
    "year2568": "ปี 2568",
}
JOINED = {text: text.replace("/\n", "/ ").replace("\n", "") for text in (*NAMES, *UNITS)}


class Printed(NamedTuple):
    pages: list[Page]
    rows: list[dict[str, str]]


@st.composite
def books(draw: st.DrawFn) -> Printed:
    """Pages of one work, and its rows as they should be read."""
    order = draw(st.permutations(list(HEADINGS)))
    widths = [160 if column == "name" else draw(st.integers(55, 70)) for column in order]
    xs = [20.0]
    for width in widths:
        xs.append(xs[-1] + width)
    top = draw(st.booleans())
    rows = draw(st.lists(st.fixed_dictionaries({c: st.sampled_from(_choices(c)) for c in HEADINGS}), min_size=1, max_size=6))
    parts: list[list[tuple[str, ...]]] = [[tuple(HEADINGS[column] for column in order)]]
    for row in rows:
        if len(parts[-1]) > 1 and draw(st.integers(0, 3)) == 0:
            parts.append([parts[0][0]] if draw(st.booleans()) else [])
        height = max(text.count("\n") for text in row.values())
        parts[-1].append(tuple(row[c] if top else "\n" * (height - row[c].count("\n")) * bool(row[c]) + row[c] for c in order))
    pages = [page(heading(1, 60), table(parts[0], xs=xs), number=1)]
    pages += [page(table(part, xs=xs), number=number) for number, part in enumerate(parts[1:], 2) if part]
    read_back = [{column: JOINED.get(row[column], row[column]) for column in order if row[column]} for row in rows]
    return Printed(pages, [row for row in read_back if row])


def _choices(column: str) -> tuple[str, ...]:
    return NAMES if column == "name" else UNITS if column == "unit" else VALUES


@settings(deadline=None, max_examples=30)
@given(books())
def test_printed_rows_are_read_back(book: Printed) -> None:
    reading = read(*book.pages)
    found = [row for _, rows in printed(reading) for row in rows]
    assert found == book.rows
    assert [code for code, _ in printed(reading)] == (["1300001"] if book.rows else [])
