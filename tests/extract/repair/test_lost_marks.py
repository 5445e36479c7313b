"""Marks printed as something else, or not at all."""

from __future__ import annotations

import re

import pytest
from sentences import OFFICE

from extract.repair import repair_page, repair_text, survey
from schemas.document import Line, Page

STRAYS = str.maketrans({"่": "Ǥ", "้": "Ǧ", "ี": "§", "ั": "µ", "็": "ǭ"})
ASCII_TONES = str.maketrans({"่": "1", "้": "2"})


def _page(lines: list[str]) -> Page:
    return Page(number=None, lines=tuple(Line(text=t, printed=t, number=i) for i, t in enumerate(lines)))


def test_stray_characters_are_told_by_the_words_of_the_page() -> None:
    damaged = [line.translate(STRAYS) for line in OFFICE]
    context = survey(damaged)
    assert dict(context.strays) == {chr(stray): mark for mark, stray in ((chr(m), ord(s)) for m, s in STRAYS.items())}
    assert [repair_text(line, context)[0] for line in damaged] == list(OFFICE)
    assert {r.kind for line in damaged for r in repair_text(line, context)[2]} == {"stray-mark"}


def test_digits_for_tones_only_where_no_ocr_can_help() -> None:
    damaged = [line.translate(ASCII_TONES) for line in OFFICE] + ["ครั้งที่ 12 จำนวน 212 ราย รวม 1,212 บาท"]
    assert survey(damaged).strays == ()
    mended = repair_page(_page(damaged))
    assert [line.text for line in mended.lines][:-1] == list(OFFICE)
    assert "212" in mended.lines[-1].text
    assert "1,212" in mended.lines[-1].text


def test_digits_between_words_stay() -> None:
    lines = [f"ครั้งที่{n}ของปี ชุมชนที่{n}และบ้านเลขที่{n}ตามลำดับ" for n in (1, 2, 1, 2, 1)]
    assert [line.text for line in repair_page(_page(lines)).lines] == lines


@pytest.mark.parametrize(("marks", "floor"), [("[่้]", 0.75), ("[ัิีึืุู่้็์]", 0.40), ("่", 0.85), ("[ุู]", 0.75)])
def test_lost_marks_are_put_back_or_left(marks: str, floor: float) -> None:
    damaged = [re.sub(marks, "", line) for line in OFFICE]
    mended = [line.text for line in repair_page(_page(damaged)).lines]
    right = wrong = 0
    for sound, printed, line in zip(OFFICE, damaged, mended, strict=True):
        for want, was, have in zip(sound.split(), printed.split(), line.split(), strict=True):
            right += want == have
            wrong += have not in (want, was) and not set(want) >= set(have)
    total = sum(len(line.split()) for line in OFFICE)
    assert right >= floor * total
    assert wrong <= 0.05 * total


def test_some_tones_lost() -> None:
    damaged = [re.sub("(?<=[ปฝฟ])[่้]|(?<=[ิีึืั])[่้]", "", line) for line in OFFICE]
    mended = [line.text for line in repair_page(_page(damaged)).lines]
    better = sum(a == b for a, b in zip(mended, OFFICE, strict=True))
    assert better > sum(a == b for a, b in zip(damaged, OFFICE, strict=True)) + 4


def test_unmapped_glyph_for_a_mark() -> None:
    mended, _, repairs = repair_text("ผลการดำเนินงานในรอบป\ufffd และชื\ufffdอผู้รับผิดชอบ " + " ".join(OFFICE))
    assert mended.startswith("ผลการดำเนินงานในรอบปี และชื่อผู้รับผิดชอบ")
    assert {r.kind for r in repairs} == {"unmapped"}


def test_unmapped_letter_is_no_mark() -> None:
    text = "ง\ufffdบประมาณ กร\ufffdงเทพ"
    mended, _, repairs = repair_text(text)
    assert mended.count("\ufffd") >= 1 or all(r.confidence > 0.89 for r in repairs)


def test_sound_page_without_ocr_is_left() -> None:
    page = _page(list(OFFICE))
    assert repair_page(page) is page
