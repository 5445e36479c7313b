"""Marks that OCR left open, settled by words: only between what the recogniser took them for, never digits, signs or names."""

from __future__ import annotations

from extract.repair.ocr_channel import Choice, settle
from schemas.document import Line

SOUND = "สำนักงานเขตดำเนินการสำรวจจำนวน 1,818 ราย"


def _line(text: str, sure: float = 0.99) -> Line:
    return Line(text=text, printed=text, certainty=(sure,) * len(text), reading="ocr")


def _read_as(sound: str, at: int, read: str, true: str, probability: float = 0.6) -> tuple[Line, list[Choice]]:
    """sound with `read` in place of `true` at a place, and the choice that the recogniser left there."""
    text = sound[:at] + read + sound[at + len(true) :]
    return _line(text), [Choice(at, at + len(read), probability, ((true, 1 - probability),))]


def test_look_alike_is_settled_and_traced() -> None:
    at = SOUND.index("ด")
    mended = settle(*_read_as(SOUND, at, "ต", "ด"))
    assert mended.text == SOUND
    assert [(r.kind, r.start, r.end) for r in mended.repairs] == [("ocr", at, at + 1)]
    assert mended.printed[at] == "ต"
    assert len(mended.certainty or ()) == len(SOUND)


def test_a_tone_drawn_over_its_vowel_comes_back() -> None:
    sound = "ระดับที่ 1 ระดับที่ 2"
    at = sound.index("ี่")
    mended = settle(*_read_as(sound, at, "ี", "ี่", 0.75))
    assert mended.text == sound
    assert mended.printed_text(at, at + 2) == "ี"


def test_a_speck_that_was_read_as_a_vowel_goes() -> None:
    sound = "งบประมาณที่ได้รับจัดสรร 250 บาท"
    assert settle(*_read_as(sound, sound.index(" 250"), "ุ", "")).text == sound


def test_what_the_recogniser_did_not_consider_is_not_read() -> None:
    line, _ = _read_as(SOUND, SOUND.index("ด"), "ต", "ด")
    assert settle(line, []) is line
    assert settle(line, [Choice(0, 1, 0.6, (("ล", 0.4),))]).text == line.text


def test_a_much_surer_reading_stays() -> None:
    """A misspelling that is printed clearly: ไต้ for ได้."""
    line, choices = _read_as("เขตได้รับงบประมาณ", 3 + 1, "ต", "ด", 0.995)
    assert settle(line, choices).text == line.text


def test_digits_and_signs_stay() -> None:
    at = SOUND.index("1")
    line, choices = _line(SOUND), [Choice(at, at + 1, 0.3, (("7", 0.7),)), Choice(at + 1, at + 2, 0.3, ((".", 0.7),))]
    assert settle(line, choices) is line


def test_names_of_persons_stay() -> None:
    line, choices = _read_as("ผู้รายงาน นายดำเนิน รักดี", 14, "ต", "ด")
    assert settle(line, choices) is line


def test_no_stump_of_unknown_letters_is_made_another() -> None:
    line = _line("ฐฌษฆญฮู")
    assert settle(line, [Choice(0, 1, 0.5, (("ธ", 0.5),))]).text == line.text


def test_noise_stays() -> None:
    at = SOUND.index("ด")
    _, choices = _read_as(SOUND, at, "ต", "ด")
    noise = _line(SOUND[:at] + "ต" + SOUND[at + 1 :], sure=0.6)
    assert settle(noise, choices) is noise
