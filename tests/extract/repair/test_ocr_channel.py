"""Uncertain letters of OCR settled by words: only where it was unsure, only into look-alikes, never digits."""

from __future__ import annotations

from extract.repair.ocr_channel import Settings, confusions, repair_ocr_line
from schemas.document import Line

ON = Settings(enabled=True)
SOUND = "สำนักงานเขตดำเนินการสำรวจจำนวน 1,818 ราย"


def _line(text: str, unsure: dict[int, float]) -> Line:
    certainty = tuple(unsure.get(i, 0.99) for i in range(len(text)))
    return Line(text=text, printed=text, certainty=certainty, reading="ocr")


def _read_as(sound: str, at: int, read: str, certainty: float = 0.5) -> Line:
    return _line(sound[:at] + read + sound[at + 1 :], {at: certainty})


def test_look_alike_is_settled_and_traced() -> None:
    at = SOUND.index("ด")
    mended = repair_ocr_line(_read_as(SOUND, at, "ต"), ON)
    assert mended.text == SOUND
    assert [(r.kind, r.start, r.end) for r in mended.repairs] == [("ocr", at, at + 1)]
    assert mended.printed[at] == "ต"
    assert mended.certainty is not None
    assert len(mended.certainty) == len(SOUND)


def test_off_by_default() -> None:
    line = _read_as(SOUND, SOUND.index("ด"), "ต")
    assert repair_ocr_line(line, Settings()) is line


def test_what_was_read_surely_stays() -> None:
    line = _read_as(SOUND, SOUND.index("ด"), "ต", certainty=0.95)
    assert repair_ocr_line(line, ON) is line


def test_numbers_stay_however_unsure() -> None:
    line = _line(SOUND, {i: 0.3 for i, c in enumerate(SOUND) if c.isdigit()})
    assert repair_ocr_line(line, ON).text == SOUND
    assert not [c for c in confusions() if c.isdigit()]
    assert not [true for trues in confusions().values() for true, _ in trues if true.isdigit()]


def test_unusual_words_stay() -> None:
    name = "นายกฤตภาส ดิสหงษ์"
    assert repair_ocr_line(_line(name, {5: 0.6}), ON).text == name


def test_noise_stays() -> None:
    noise = "ตนเตนดาล"
    line = Line(text=noise, printed=noise, certainty=(0.5,) * len(noise), reading="ocr")
    assert repair_ocr_line(line, ON) is line
