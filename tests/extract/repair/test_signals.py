"""The verdict on a text, on either side of each threshold."""

from __future__ import annotations

import random
import re

import pytest
from sentences import OFFICE, SENTENCES

from extract.repair import hopeless, signals

PAGE = "\n".join(s for s in SENTENCES if "café" not in s and "พุทฺ" not in s) * 2
ENGLISH = "The annual report of the district office on the budget of the year is for all people in the city.\n" * 4
NAMES = "\n".join(
    f"{number} {name}"
    for number, name in enumerate(
        "กฤษฎา แสนสุข/มะลิ ใจดี/สมชาย บุญมา/ปิยะนุช ทองคำ/วิชัย อ่อนน้อม/ณัฐพล รุ่งเรือง/อรทัย เพชรดี/ประเสริฐ ศรีสุข/น้ำฝน แก้วใส"
        "/ธนพร วงศ์ทอง/สุภาพ ยิ้มแย้ม/เอกชัย พงษ์ไพร/จันทนา คำแก้ว/บุญเลิศ มั่นคง/พิมพ์ใจ ดวงดี".split("/")
        * 3
    )
)


def _shuffled(text: str) -> str:
    letters = list(text)
    random.Random(1).shuffle(letters)
    return "".join(letters)


@pytest.mark.parametrize("text", [PAGE, "\n".join(OFFICE), SENTENCES[0], "", "123 456", ENGLISH, "Output COVID-19", NAMES])
def test_sound_texts_are_read(text: str) -> None:
    assert not hopeless(text)


@pytest.mark.parametrize(
    "text",
    [
        re.sub("[ัิีึืุู็่้๊๋์]", "", PAGE),
        re.sub("[่้๊๋]", "", PAGE),
        re.sub("[่้]", "\ufffd", PAGE),
        re.sub("(?<=[ปฝฟ])[่้็ิีืั]|(?<=[ิีึืั])[่้]", "", "\n".join(OFFICE)),
        re.sub("[่้]", "ĕ", PAGE),
        _shuffled(PAGE),
        PAGE.translate({c: c + 3 for c in range(0xE01, 0xE2C)}),
        "\ufffd" * 40,
        "ĕĢĆģČöĢįċċ " * 9,
        "".join(chr(0xE000 + i % 99) for i in range(80)),
        "fll5 nn11 dhiifl rulfl Vl51 lUJ bbt:-.i nuuqwvi u11u ril " * 4,
        "¼Å¡ÒÃ´íÒà¹Ô¹§Ò¹ " * 5,
    ],
)
def test_hopeless_texts_go_to_ocr(text: str) -> None:
    assert hopeless(text)


def test_signals_count_what_they_say() -> None:
    found = signals("น้ำท่วม \ufffd\uf70a 2565")
    assert found.characters == 13
    assert found.consonants == 4
    assert found.tones == 0.5
    assert found.sara_am == 0.25
    assert found.unmapped == found.private == pytest.approx(1 / 13)
    assert found.coverage is None
    coverage = signals(PAGE).coverage
    assert coverage is not None
    assert coverage > 0.97
