"""Damage that the decoder mends: recall and false changes over own sentences, and nothing at all on clean text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import OFFICE

from extract.repair import following, repair_page, repair_text, survey
from extract.repair.lexicon import load_lexicon
from schemas.document import Line, Page

_MARKED = re.compile("([ก-ฮ])([ัิีึืุู็่้๊๋์]+)([ก-ฮ])")


def _lost(text: str) -> str:
    return text.replace("ำ", "า")


def _exchanged(text: str) -> str:
    return re.sub("า|[่้]?ำ", lambda m: "ำ" if m.group() == "า" else " " + m.group(), text)


def _displaced(text: str) -> str:
    return _MARKED.sub(r"\1\3\2 ", text)


def _mended(lines: list[str]) -> list[str]:
    context = survey(lines)
    return [repair_text(line, context)[0] for line in lines]


def test_lost_am_is_restored() -> None:
    mended = _mended([_lost(line) for line in OFFICE])
    pairs = [(a, b) for sound, line in zip(OFFICE, mended, strict=True) for a, b in zip(sound, line, strict=True)]
    restored = sum(a == b == "ำ" for a, b in pairs)
    assert restored >= 0.97 * sum(a == "ำ" for a, _ in pairs)
    assert not [(a, b) for a, b in pairs if a == "า" and b != "า"]


def test_what_stays_ambiguous_is_flagged_and_left() -> None:
    line = "คุณตานาน้าและน้าอา"
    context = survey([_lost(text) for text in OFFICE])
    mended, source, repairs = repair_text("พบดาเก่าๆ นามา", context)
    assert all(r.confidence < 0.9 for r in repairs if r.kind.endswith("?"))
    assert (mended, source) == ("พบดาเก่าๆ นามา", None) or any(r.confidence >= 0.9 for r in repairs)
    assert repair_text(line)[0] == line


def test_one_damaged_word_in_a_clean_line() -> None:
    mended, _, repairs = repair_text("สานักงานเขตประกาศว่าน้ำในคลองบางนาใสสะอาด")
    assert mended == "สำนักงานเขตประกาศว่าน้ำในคลองบางนาใสสะอาด"
    assert [(r.kind, r.start, r.end) for r in repairs] == [("lost-am", 1, 2)]


def test_exchanged_am() -> None:
    for sound, line in zip(OFFICE, _mended([_exchanged(line) for line in OFFICE]), strict=True):
        assert line == sound


def test_two_classes_in_one_line() -> None:
    mended, _, repairs = repair_text("หน่วยงาน : ส ำนักงำนเขตยำนนำวำ ด าเนินการเกี่ยวกับน้ํา")
    assert mended == "หน่วยงาน : สำนักงานเขตยานนาวา ดำเนินการเกี่ยวกับน้ำ"
    assert {r.kind for r in repairs} >= {"am-all", "space-aa", "sara-am"}


def test_displaced_marks() -> None:
    wrong = total = 0
    for sound, line in zip(OFFICE, _mended([_displaced(line) for line in OFFICE]), strict=True):
        want, have = ("".join(t.split()) for t in (sound, line))
        total += len(want)
        wrong += sum(a != b for a, b in zip(want, have, strict=True)) if len(want) == len(have) else abs(len(want) - len(have))
    assert wrong <= 0.01 * total


@pytest.mark.parametrize("damage", [_lost, _exchanged, _displaced])
def test_repairs_point_at_what_they_replace(damage: object) -> None:
    assert callable(damage)
    for line in OFFICE:
        printed = damage(line)
        mended, source, repairs = repair_text(printed, survey(map(damage, OFFICE)))
        for repair in repairs:
            if not repair.kind.endswith("?"):
                assert mended[repair.start : repair.end] != printed[repair.printed_start : repair.printed_end]
        assert source is None or len(source) == len(mended)


def test_clean_sentences_are_not_touched() -> None:
    for line in OFFICE:
        assert repair_text(line) == (line, None, ())
    assert survey(OFFICE).sound


words = [w for w, c in zip(load_lexicon().words, load_lexicon().costs, strict=True) if c < 11.5]


@given(st.lists(st.sampled_from(words), min_size=1, max_size=12), st.sampled_from(["", " "]))
@settings(max_examples=400, deadline=None)
def test_no_row_of_common_words_is_changed(row: list[str], gap: str) -> None:
    text = gap.join(row)
    assert repair_text(text)[0] == text


def test_no_word_of_the_word_list_is_changed() -> None:
    pythainlp = pytest.importorskip("pythainlp.corpus")
    changed = [w for w in sorted(pythainlp.thai_words()) if repair_text(w)[0] != w]
    assert changed == []


def test_page_of_a_reader_without_pages_is_judged_as_a_whole() -> None:
    page = Page(number=None, lines=tuple(Line(text=_lost(t), printed=_lost(t), number=i) for i, t in enumerate(OFFICE)))
    mended = repair_page(page)
    right = sum(line.text == sound for line, sound in zip(mended.lines, OFFICE, strict=True))
    assert right >= 0.9 * len(OFFICE)
    assert all(line.printed == _lost(sound) for line, sound in zip(mended.lines, OFFICE, strict=True))


def test_a_short_page_follows_the_pages_before_it() -> None:
    shown = survey([re.sub("ำ", "า", text) for text in OFFICE]).throughout
    assert "lost-am" in shown
    last = ["ฝนตกหนักทาให้งานล่าช้า"]
    assert repair_text(last[0], survey(last))[0] == last[0]
    assert repair_text(last[0], following(survey(last), shown, last))[0] == "ฝนตกหนักทำให้งานล่าช้า"
    for sound in (["ทาสีอาคารเรียนแล้ว", "ดำเนินการต่อไป"], ["ได้รับวัคซีน 25 ราย"]):  # its own ำ; nothing to mend
        context = following(survey(sound), shown, sound)
        assert [repair_text(text, context)[0] for text in sound] == sound
