"""Other looks at the same ink: which reading is taken, how far the others support it, and what they read instead."""

from __future__ import annotations

from extract.ocr.characters import Written
from extract.ocr.lines import Piece
from extract.ocr.second import settled, wanted

PIECE = Piece(0.0, 100.0, 20.0, 10.0, [], 1.0)


def read(text: str, sure: float = 0.99) -> Written:
    places = tuple(float(k) for k in range(len(text)))
    return Written(PIECE, text, places, places, (sure,) * len(text))


def test_agreement_is_support() -> None:
    both = settled([read("125 คน"), read("125 คน", 0.9)])
    assert both.text == "125 คน"
    assert both.support == (0.9,) * 6
    assert both.otherwise == ()


def test_another_digit_has_no_support_and_is_told() -> None:
    one = settled([read("125 คน"), read("175 คน")])
    assert one.text == "125 คน"
    assert one.support[:3] == (0.99, 0.0, 0.99)
    assert "".join(one.otherwise) == "175 คน"


def test_another_letter_is_no_other_number() -> None:
    one = settled([read("125 คน"), read("125 ตน")])
    assert one.support[4] == 0.0
    assert one.otherwise == ()


def test_a_digit_that_only_the_other_look_sees_unsettles_its_neighbours() -> None:
    one = settled([read("ใน 3 วัน"), read("ใน 53 วัน")])
    assert one.support[2:5] == (0.0, 0.0, 0.99)
    assert "".join(one.otherwise) == "ใน 53 วัน"


def test_a_digit_that_the_other_look_does_not_see() -> None:
    one = settled([read("318,906"), read("18,906")])
    assert one.support[0] == 0.0
    assert "".join(one.otherwise) == "18,906"


def test_two_of_three_outvote_the_first() -> None:
    assert settled([read("125"), read("175"), read("175")]).text == "175"
    assert settled([read("125"), read("175"), read("165")]).text == "125"
    assert settled([read("125"), read("125"), read("175")]).text == "125"


def test_a_clearly_better_look_is_taken() -> None:
    assert settled([read("125", 0.7), read("175", 0.99)]).text == "175"


def test_what_is_looked_at_again() -> None:
    assert wanted(read("๑๒"))
    assert wanted(read("คน", 0.5))
    assert not wanted(read("คน"))
    assert settled([read(""), read("")]).support == ()
