"""Decoding: best path, probabilities and places, the character model's limits."""

import json
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.ocr.decode import Decoder, best_path, numbers_in, text_of
from extract.ocr.ngram import BACK_OFF, CharacterModel

CLASSES = ["", "ด", "ต", "า", "๑", "๓", "ี่", ".", "-"]
LIKES_TO = CharacterModel(3, {"ต": -1.0, "า": -1.0, "ด": -6.0, "ตา": -0.2, "๑": -1.0}, bonus=2.0)


def frames(*rows: dict[str, float]) -> NDArray[np.float32]:
    """Log posteriors from probabilities by class; the rest goes to the blank."""
    p = np.full((len(rows), len(CLASSES)), 1e-6, np.float32)
    for t, row in enumerate(rows):
        for c, value in row.items():
            p[t, CLASSES.index(c)] = value
        p[t, 0] = max(1e-6, 1 - sum(row.values()))
    return np.log(p)


def test_repeats_merge_and_blanks_separate() -> None:
    marks = best_path(frames({"ด": 0.9}, {"ด": 0.99}, {}, {"ด": 0.9}, {"ี่": 0.8}), CLASSES)
    assert text_of(marks) == "ดดี่"
    assert [(m.first, m.last) for m in marks] == [(0, 1), (3, 3), (4, 4)]
    assert round(marks[0].probability, 2) == 0.99


def test_without_a_model_the_reading_is_plain() -> None:
    assert text_of(Decoder(CLASSES).read(frames({"ด": 0.5, "ต": 0.45}, {"า": 0.99}))) == "ดา"


def test_what_the_model_leaves_alone_keeps_its_probability() -> None:
    marks = Decoder(CLASSES, LIKES_TO).read(frames({"๑": 0.96}, {}, {"ด": 0.5, "ต": 0.45}, {"า": 0.99}))
    assert text_of(marks) == "๑ตา"
    assert round(marks[0].probability, 2) == 0.96


def test_the_model_settles_an_open_letter() -> None:
    marks = Decoder(CLASSES, LIKES_TO).read(frames({"ด": 0.5, "ต": 0.45}, {"า": 0.99}))
    assert text_of(marks) == "ตา"
    assert 0.4 < marks[0].probability < 0.5


def test_the_model_leaves_a_certain_letter_alone() -> None:
    assert text_of(Decoder(CLASSES, LIKES_TO).read(frames({"ด": 0.97}, {"า": 0.6, "๑": 0.3}))).startswith("ด")


def test_the_model_never_changes_a_number() -> None:
    heavy = Decoder(CLASSES, LIKES_TO, weight=5.0)
    for rows in (
        ({"๓": 0.5, "ต": 0.45}, {"า": 0.99}),
        ({"๓": 0.9}, {"๓": 0.1}, {"๑": 0.5, "๓": 0.4}, {".": 0.6, "๑": 0.3}),
    ):
        plain = text_of(best_path(frames(*rows), CLASSES))
        assert numbers_in(text_of(heavy.read(frames(*rows)))) == numbers_in(plain)


def test_the_model_takes_no_sign_away() -> None:
    """A dash before a word that no spelling list holds."""
    assert text_of(Decoder(CLASSES, LIKES_TO, weight=5.0).read(frames({"-": 0.55}, {"ต": 0.99}, {"า": 0.99}))) == "-ตา"


def test_a_missed_letter_is_found_between_two() -> None:
    marks = Decoder(CLASSES, LIKES_TO, weight=1.0).read(frames({"ต": 0.9}, {"า": 0.45}, {"ต": 0.9}))
    assert text_of(marks) == "ตาต"


def test_character_model_file_reads_back(tmp_path: Path) -> None:
    grams = ["ก", "กา"]
    data = {"order": 3, "bonus": 1.5, "grams": "\t".join(grams), "scores": bytes([16, 8]).hex()}
    (tmp_path / "c.bin").write_bytes(zlib.compress(json.dumps(data).encode()))
    model = CharacterModel.load(tmp_path / "c.bin")
    assert model.bonus == 1.5
    assert model.score("xก", "า") == -0.5 - BACK_OFF  # "xกา" is unknown, the shorter "กา" is not
    assert model.score("", "ฮ") < -9


def test_digits_cost_the_same_everywhere() -> None:
    assert LIKES_TO.score("ตา", "๑") == LIKES_TO.score("", "7") == LIKES_TO.score("ด๓", ".")
