"""`thaikpi normalize`: text in, values out, for a person and for a program."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from thaikpi.cli import main

NARRATIVE = "ระหว่างวันที่ 1 - 15 มีนาคม มีผู้เข้าร่วมกว่า 200 ราย เริ่มใหม่ตั้งแต่เดือนเม.ย. เป็นต้นไป 31 ก.พ. 64"


class Standard:
    """Stands for a standard stream: bytes below, text above."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def given(monkeypatch: pytest.MonkeyPatch, lines: list[Any]) -> None:
    data = "".join((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)
    monkeypatch.setattr("sys.stdin", Standard(data.encode()))


def test_a_line_of_json_for_each_line(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    year = {"fiscal_year_be": 2564}
    given(monkeypatch, [{"text": NARRATIVE, **year}, "", {"text": "เดือนตุลาคม"}, {"text": "", "fiscal_year_be": None}])
    assert main(["normalize", "--jsonl"]) == 0
    first, second, third = (json.loads(line) for line in capfdbinary.readouterr().out.splitlines())
    assert first == {
        "dates": [
            {"edtf": "2021-03-01/2021-03-15", "start": "2021-03-01", "end": "2021-03-15", "text": "ระหว่างวันที่ 1 - 15 มีนาคม"},
            {"edtf": "2021-04/..", "start": "2021-04-01", "end": None, "text": "ตั้งแต่เดือนเม.ย. เป็นต้นไป"},
            {"edtf": None, "start": None, "end": None, "text": "31 ก.พ. 64"},
        ],
        "quantities": [
            {"comparator": ">", "value": 200, "upper": None, "unit": "ราย", "unit_text": "ราย", "text": "กว่า 200 ราย"},
        ],
    }
    assert second["dates"] == [{"edtf": None, "start": None, "end": None, "text": "เดือนตุลาคม"}]
    assert third == {"dates": [], "quantities": []}


def test_the_named_year_serves_lines_without_one(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given(monkeypatch, [{"text": "เดือนตุลาคม"}])
    assert main(["normalize", "--jsonl", "--fiscal-year", "๒๕๖๔"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["dates"][0]["edtf"] == "2020-10"


@pytest.mark.parametrize("line", ["{", '{"fiscal_year_be": 2564}', '{"text": 5}', "[]"])
def test_a_line_of_another_shape_is_the_users_to_mend(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given(monkeypatch, [{"text": "x"}, line])
    assert main(["normalize", "--jsonl", "--lang", "en"]) == 2
    assert "Line 2 is not JSON" in capsys.readouterr().err


def test_for_a_person_in_thai_and_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["normalize", "--lang", "en", "--fiscal-year", "2564", NARRATIVE]) == 0
    english = capsys.readouterr().out
    assert "ระหว่างวันที่ 1 - 15 มีนาคม  →  2021-03-01/2021-03-15  (2021-03-01 to 2021-03-15)" in english
    assert "→  2021-04/..  (2021-04-01 onward)" in english
    assert "31 ก.พ. 64  →  unread (impossible)" in english
    assert "กว่า 200 ราย  →  > 200 ราย" in english
    assert main(["normalize", "--lang", "th", "ไม่มีอะไร"]) == 0
    assert capsys.readouterr().out.split() == ["วันที่และช่วงเวลา", "ไม่พบ", "ปริมาณ", "ไม่พบ"]


def test_the_text_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", Standard("25 - 30 คน วันที่ 5 ม.ค. 64".encode()))
    assert main(["normalize"]) == 0
    out = capsys.readouterr().out
    assert "25 - 30 คน  →  25 – 30 คน" in out
    assert "วันที่ 5 ม.ค. 64  →  2021-01-05\n" in out


def test_a_year_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["normalize", "--fiscal-year", "สามพัน", "x"])
    assert stopped.value.code == 2
    assert "not a fiscal year" in capsys.readouterr().err
