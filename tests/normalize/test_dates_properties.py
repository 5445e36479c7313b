"""What holds for every text: nothing raises, spans are right, printed dates read back, Thai and Arabic digits are one."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from time import process_time
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalize.dates import find_dates, read_date
from normalize.datewords import scan
from normalize.fiscal import fiscal_year_of, read_fiscal_year
from normalize.months import FULL, SHORT
from normalize.organisations import find_organization, find_organizations, organization_in_name, read_organization
from schemas.values import DateValue, Unread

FRAGMENTS = [
    *("วันที่ ", "วันศุกร์ที่ ", "เดือน", "ปี ", "ปีงบประมาณ ", "พ.ศ. ", "ค.ศ.", "ไตรมาสที่ ", "ครึ่งปีแรก"),
    *("ภาคเรียนที่ ", "ตั้งแต่", "ระหว่าง", "ถึง", " - ", "-", " – ", ", ", " และ ", "เป็นต้นไป", "ถึงปัจจุบัน", "1"),
    *("15", "31", "0", "63", "2564", "๒๕๖๔", "2021", "256", "5/3/64", "15/1/ 64", "2/2564", "2020-10-27", "5-9"),
    *("1,5,9", "ต.ค.", "ก.พ.", "มิย.", "ม . ค .", "มกราคม", "กรกฏาคม", "กันยยายน", "ตุลา", "March", " ", "\n", "คน"),
    *(" คน", "สำนักงาน ", "(", ")", ".", "/", ":", "เวลา 09.00 น. ", "สำนักงานเขต", "บางกอก", "บางนา", "เขต"),
    *("5018-0817", "ของ", "ทุกปี", "นี้"),
]
written = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)
texts = written | st.text(max_size=200) | st.text(alphabet="0123456789๐๙./-, ก.พมคยต\nวันที่เดอปถึง", max_size=120)
years = st.none() | st.integers(2400, 2699)
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/(\d{4}(-\d\d(-\d\d)?)?|\.\.))?")
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@settings(max_examples=400, deadline=None)
@given(texts, years)
def test_no_text_raises_and_every_date_stands_where_it_says(text: str, fiscal_year: int | None) -> None:
    after = 0
    for found in find_dates(text, fiscal_year):
        value = found.value
        assert after <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == value.text == value.text.strip()
        assert (value.edtf is None) == (found.problem is not None) == (value.start is None)
        if value.edtf is not None and value.start is not None:
            assert EDTF.fullmatch(value.edtf)
            date.fromisoformat(value.start)
            assert value.end is None or value.start <= value.end
            assert (value.end is None) == value.edtf.endswith("/..")
            assert value.start.startswith(value.edtf.partition("/")[0])
        after = found.end
    assert isinstance(read_date(text, fiscal_year), DateValue | Unread)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_no_text_raises_elsewhere(text: str) -> None:
    read_fiscal_year(text)
    read_organization(text)
    find_organization(text)
    organization_in_name(text)
    for found in find_organizations(text):
        assert 0 <= found.start < found.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(written, years)
def test_thai_digits_mean_the_same(text: str, fiscal_year: int | None) -> None:
    arabic = find_dates(text.translate(ARABIC), fiscal_year)
    thai = find_dates(text.translate(THAI), fiscal_year)
    assert [(f.start, f.end, f.problem) for f in thai] == [(f.start, f.end, f.problem) for f in arabic]
    assert [f.value.edtf for f in thai] == [f.value.edtf for f in arabic]


SHORT_NAMES = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
DAY_STYLES = [
    *("{d} {full} {be}", "วันที่ {d} {full} {be}", "วันที่ {d} {full} พ.ศ. {be}", "วันที่ {d} เดือน{full} พ.ศ. {be}"),
    *("{d} {short} {yy:02}", "{d} {short}{yy:02}", "วันที่ {d} {short} {be}", "{d}{short}{yy:02}", "{d}/{m}/{be}"),
    *("{d:02}/{m:02}/{be}", "{d}/{m}/{yy:02}", "วันที่ {d}/{m}/{yy:02}", "{ce}-{m:02}-{d:02}", "{d}.{m}.{be}"),
    *("{d}-{short}-{yy:02}", "{d} {full} {ce}", "{d} {bare} {yy:02}", "วันจันทร์ที่ {d} {short} {yy:02}"),
]
MONTH_STYLES = [
    *("เดือน{full} {be}", "เดือน{short} {yy:02}", "{full} {be}", "{short} {yy:02}", "{short}{be}"),
    *("เดือน {bare}. {be}", "เดือน {m}/{be}"),
]
DASHES = ["-", " - ", " – ", " ถึง ", "ถึง", " ถึงวันที่ "]
days = st.dates(date(1980, 1, 1), date(2056, 12, 31))


def words(day: date) -> dict[str, object]:
    bare = next(letters for letters, number in SHORT.items() if number == day.month)
    be = day.year + 543
    return {
        "d": day.day, "m": day.month, "full": FULL[day.month - 1], "short": SHORT_NAMES[day.month - 1], "bare": bare,
        "be": be, "ce": day.year, "yy": be % 100,
    }  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(days, st.sampled_from(DAY_STYLES), st.booleans(), st.sampled_from(["", "ประชุมเมื่อ ", "5 คน ลงวันที่ 1 ม.ค. 2564 เรื่อง x "]))
def test_printed_days_read_back(day: date, style: str, thai: bool, before: str) -> None:
    printed = style.format_map(words(day))
    printed = printed.translate(THAI) if thai else printed
    found = find_dates(f"{before}{printed} มีผู้เข้าร่วม 20 คน", fiscal_year_of(str(day)))[-1]
    assert found.value == DateValue(edtf=str(day), start=str(day), end=str(day), text=printed)


@settings(max_examples=150, deadline=None)
@given(days, st.sampled_from(MONTH_STYLES))
def test_printed_months_read_back(day: date, style: str) -> None:
    printed = style.format_map(words(day))
    iso = f"{day:%Y-%m}"
    last = f"{iso}-{monthrange(day.year, day.month)[1]}"
    assert read_date(printed, fiscal_year_of(str(day))) == DateValue(edtf=iso, start=f"{iso}-01", end=last, text=printed)


@settings(max_examples=200, deadline=None)
@given(days, st.integers(0, 9000), st.sampled_from(DAY_STYLES[:5]), st.sampled_from(DASHES))
def test_printed_ranges_read_back(first: date, length: int, style: str, dash: str) -> None:
    last = min(date(2056, 12, 31), date.fromordinal(first.toordinal() + length))
    printed = style.format_map(words(first)) + dash + style.removeprefix("วันที่ ").format_map(words(last))
    assert read_date(printed, fiscal_year_of(str(last))) == DateValue(
        edtf=f"{first}/{last}", start=str(first), end=str(last), text=printed
    )


@settings(max_examples=150, deadline=None)
@given(days, st.integers(1, 200))
def test_a_range_with_the_year_said_once_reads_back(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    printed = f"{first.day} {SHORT_NAMES[first.month - 1]} - {last.day} {SHORT_NAMES[last.month - 1]} {last.year + 543}"
    read = read_date(printed, fiscal_year_of(str(last)))
    assert isinstance(read, DateValue)
    assert (read.start, read.end) == (str(first), str(last))


@settings(max_examples=150, deadline=None)
@given(days, st.sampled_from(["วันที่ {d} {full}", "{d} {short}", "วันที่ {d}/{m}"]))
def test_a_day_without_a_year_lies_in_the_fiscal_year(day: date, style: str) -> None:
    printed = style.format_map(words(day))
    read = read_date(printed, fiscal_year_of(str(day)))
    assert isinstance(read, DateValue)
    assert read.edtf == str(day)


@settings(max_examples=200, deadline=None)
@given(texts)
@example("เขตพ.ศ. ")
def test_looking_only_where_tokens_begin_misses_none(text: str) -> None:
    """The quick search for beginnings finds what trying every offset finds."""
    with patch("normalize.datewords._beginning_pattern", lambda: re.compile("(?s:.)")):
        every = scan(text).tokens
    assert scan(text).tokens == every


HOSTILE = {
    "days": "1 - ",
    "listed days": "วันที่ 1, ",
    "words": "วันที่ ",
    "months": "ม.ค. ",
    "dashed months": "ม.ค.-",
    "years": "ปี 2564 - ",
    "quarters": "ไตรมาส 1 - ",
    "dates": "วันที่ 5 มีนาคม 2564 และ ",
    "digits": "1",
    "slashes": "1/",
    "dotted digits": "1.",
    "spaces": "วันที่ 5" + " " * 50,
    "blank": " ",
    "since": "ตั้งแต่",
    "openings": "(2561",
    "near months": "5 กรกฏ",
    "districts": "สำนักงานเขตบางกอก",
    "letters": "ก.",
}


@pytest.mark.parametrize("fragment", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear_on_hostile_text(fragment: str) -> None:
    """Eight times the text takes about eight times as long; a quadratic reader takes sixty-four times. 30 allows for noise."""
    size = 1500 // len(fragment) + 1

    def seconds(text: str) -> float:
        best = 9e9
        for _ in range(3):
            start = process_time()
            find_dates(text, 2564)
            find_organizations(text)
            best = min(best, process_time() - start)
        return best

    assert seconds(fragment * size * 8) < 30 * max(seconds(fragment * size), 0.0005)
