"""Classes and labels of the line recogniser."""

import pytest

from training.charset import ALLOWED, CLASSES, INDEX, clean, collapse, encode, frames_needed


@pytest.mark.parametrize("text", ["ตัวชี้วัด ๑.๔๖๗", "ร้อยละ ≥ 97.94", "น้ำ", "☐ ☑ ☒", "เป้าหมาย (KPI) Σ"])
def test_labels_spell_the_text(text: str) -> None:
    assert "".join(CLASSES[k] for k in encode(text)) == text


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("น้ํา", "น้ำ"), ("ดําเนิน", "ดำเนิน"), ("ท่ี", "ที่"), ("เเละ", "และ"), ("  ก  ข ", "ก ข"), ("ิก", "ก")],
)
def test_one_spelling(written: str, canonical: str) -> None:
    assert clean(written) == canonical


def test_all_digits_and_marks_are_classes() -> None:
    assert set("0123456789๐๑๒๓๔๕๖๗๘๙☐☑ๆฯ") <= ALLOWED
    assert all(INDEX[v + t] for v in "ัิีึืุู" for t in "่้๊๋์")
    assert len(set(CLASSES)) == len(CLASSES)


def test_first_classes_keep_their_numbers() -> None:
    """The order is the format of every shipped model: 237 classes first, then only appended ones."""
    assert CLASSES[236] == "ู์"
    assert CLASSES[237:] == list("☒✓๚๛₂³●○■▪➢Σ")


def test_collapse_inverts_a_frame_sequence() -> None:
    labels = encode("กกี่ 11")
    frames = [k for label in labels for k in (label, label, 0)]
    assert collapse(frames) == "กกี่ 11"
    assert frames_needed(labels) == len(labels) + 2 + 1
