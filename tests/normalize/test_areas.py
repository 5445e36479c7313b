"""Areas: rai, ngan and square wah to square metres."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize import read_area, square_metres
from schemas.values import Reason, Unread

READ = {
    "1 ไร่": 1600, "๑ ไร่": 1600, "1ไร่": 1600, "4-2-0 ไร่": 7200, "๔-๒-๐ ไร่": 7200, "4 - 2 - 0 ไร่": 7200, "4-2-50.5 ไร่": 7402,
    "4.5 ไร่": 7200, "2 งาน": 800, "50 ตารางวา": 200, "50 ตร.ว.": 200, "50 ตร.วา": 200, "34 ไร่ 85.53 ตารางวา": 54742.12,
    "2 ไร่ 1 งาน 50 ตร.ว.": 3800, "1,200 ตร.ม.": 1200, "1.250 ตารางเมตร": 1.25, "5.536 ตร.กม.": 5536000, "2 เฮกตาร์": 20000,
}  # fmt: skip
REFUSED = {
    "": Reason.BLANK, "-": Reason.DASH, "ไม่มี": Reason.NONE, "กว้าง": Reason.NOT_A_NUMBER, "5": Reason.NOT_A_NUMBER,
    "5 คน": Reason.NOT_A_NUMBER, "5 ไร่ กว้าง": Reason.NOT_A_NUMBER, "5 ตารางวา 2 ไร่": Reason.AMBIGUOUS,
    "2 ไร่ 5 งาน": Reason.AMBIGUOUS, "2 งาน 100 ตร.ว.": Reason.AMBIGUOUS,
    "2 ไร่ 2 ไร่": Reason.AMBIGUOUS, "1,23 ไร่": Reason.AMBIGUOUS, "1,23 ตร.ม.": Reason.AMBIGUOUS, "ก" * 401: Reason.TOO_LONG,
}  # fmt: skip


@pytest.mark.parametrize(("text", "metres"), READ.items())
def test_areas(text: str, metres: float) -> None:
    assert read_area(text) == pytest.approx(metres)


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_refused(text: str, reason: Reason) -> None:
    got = read_area(text)
    assert isinstance(got, Unread)
    assert (got.text, got.reason) == (text, reason)


def test_square_metres() -> None:
    assert square_metres(1, 1, 1) == 2004
    assert square_metres(rai=0.5) == 800


@given(st.integers(0, 9999), st.integers(0, 3), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_parts_add_up(rai: int, ngan: int, wah: int) -> None:
    assert read_area(f"{rai}-{ngan}-{wah} ไร่") == square_metres(rai, ngan, wah)
    assert read_area(f"{rai} ไร่ {ngan} งาน {wah} ตารางวา") == square_metres(rai, ngan, wah)


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert isinstance(read_area(text), float | Unread)
