"""Slips of the pen: how many, and where the written name ends."""

from __future__ import annotations

import pytest

from normalize.meanings import read_meanings
from normalize.months import misspelt_month
from normalize.officenames import Named, nearest, spelt_from
from normalize.periods import Period, day_period, month_period, open_period, span_period, year_period
from normalize.spelling import slips_from


@pytest.mark.parametrize(
    ("written", "name", "most", "want"),
    [
        ("ตุลาคม", "ตุลาคม", 1, (0, 6)),
        ("ตุลาคมนี้", "ตุลาคม", 1, (0, 6)),
        ("ตุลคม", "ตุลาคม", 1, (1, 5)),  # missing
        ("ตุลาาคม", "ตุลาคม", 1, (1, 7)),  # too many
        ("ตุลากม", "ตุลาคม", 1, (1, 6)),  # wrong
        ("ตลุาคม", "ตุลาคม", 1, (1, 6)),  # changed places
        ("ตุลคมมีฝน", "ตุลาคม", 1, (1, 5)),
        ("ตุลม", "ตุลาคม", 1, None),
        ("ตุลม", "ตุลาคม", 2, (2, 4)),
        ("วัฒนธรรม", "วัฒนา", 1, None),  # ends in another kind of letter
        ("บางกะปี", "บางกะปิ", 1, (1, 7)),
        ("บางกะปีได้", "บางกะปิ", 1, (1, 7)),
        ("", "ตุลาคม", 1, None),
    ],
)
def test_slips(written: str, name: str, most: int, want: tuple[int, int] | None) -> None:
    assert slips_from(written, name, most) == want


@pytest.mark.parametrize(
    ("plain", "number", "end"),
    [
        ("กรกฎคม 2564", 7, 6), ("กันยยายนนี้", 9, 8), ("พฤศจิกายาน", 11, 10), ("กุมพาพันธ์", 2, 10), ("มกรคมมีฝน", 1, 5),
    ],
)  # fmt: skip
def test_misspelt_months(plain: str, number: int, end: int) -> None:
    month = misspelt_month(plain, 0)
    assert month is not None
    assert (month.number, month.start, month.end) == (number, 0, end)


@pytest.mark.parametrize("plain", ["สมาคม", "สังคม", "ตุลาการ", "มกนาคม", "พัฒนาคม", "เมตตา", "คม", "มีนายก", "พฤศกิยาน", ""])
def test_words_that_are_no_month(plain: str) -> None:
    """มกนาคม is as near to มกราคม as to มีนาคม."""
    assert misspelt_month(plain, 0) is None


def test_equally_near_names_come_back_together() -> None:
    names = (Named("บางแคน", "a"), Named("บางแคม", "b"), Named("ดุสิต", "c"))
    near = nearest(spelt_from("บางแคก", 0), names, misspelt=True)
    assert near is not None
    assert (set(near.values), near.end) == ({"a", "b"}, 6)
    assert nearest(spelt_from("บางแคก", 0), names, misspelt=False) is None
    assert nearest(spelt_from("บางแคนใต้", 0), names, misspelt=False) == (("a",), 6)
    assert nearest(spelt_from("บางแคนใต้", 0), names, misspelt=True, whole=True) is None


def test_periods() -> None:
    february = month_period(2020, 2)
    assert february == Period("2020-02", "2020-02-01", "2020-02-29")
    assert month_period(2020, 13) is month_period(2020, 0) is month_period(0, 1) is month_period(10000, 1) is None
    assert day_period(2021, 2, 28) == Period("2021-02-28", "2021-02-28", "2021-02-28")
    assert day_period(2021, 2, 29) is day_period(2021, 0, 1) is day_period(2021, 13, 1) is day_period(2021, 1, 0) is None
    assert year_period(1) == Period("0001", "0001-01-01", "0001-12-31")
    assert year_period(0) is year_period(10000) is None
    assert year_period(9999) is not None
    assert span_period(february, year_period(2021)) == Period("2020-02/2021", "2020-02-01", "2021-12-31")
    assert span_period(february, february) == Period("2020-02/2020-02", "2020-02-01", "2020-02-29")
    assert span_period(february, month_period(2020, 1)) is span_period(None, february) is span_period(february, None) is None
    assert span_period(day_period(2020, 2, 3), february) is None  # begins before it
    day = day_period(2020, 2, 3)
    assert span_period(day, day) == Period("2020-02-03/2020-02-03", "2020-02-03", "2020-02-03")
    assert open_period(february) == Period("2020-02/..", "2020-02-01", None)
    assert open_period(None) is span_period(open_period(february), february) is None


def test_no_quantity_is_read_inside_a_date() -> None:
    dates, quantities = read_meanings("6 เดือนแรกของปีงบประมาณ 2564 อบรมวันที่ 5 และ 9 มีนาคม 2564 จำนวน 35 คน", 2564)
    assert [f.value.text for f in dates] == ["6 เดือนแรกของปีงบประมาณ 2564", "วันที่ 5", "9 มีนาคม 2564"]
    assert [f.value.text for f in quantities] == ["35 คน"]
