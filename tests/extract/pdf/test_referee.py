"""Figures on the shared files of twenty producers, as the referee counts them (skipped without ../shared)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from extract.pdf.reader import read_pdf

# A few of every kind: the whole set is the referee's. The title of lo-html is in no object of its file.
STRICT = (
    "chromium__Norasi", "weasyprint__Sarabun", "typst__Laksaman", "gs-lo__Laksaman", "pdfkit__Laksaman", "pango-cairo__Norasi",
)  # fmt: skip
DAMAGED = (
    "charspace", "fakebold", "invisible", "marks_after", "notou_cmap", "rot90", "rot180", "rot_tm", "shuffle", "spacegap",
    "twocol",
)  # fmt: skip


def clean(text: str) -> str:
    return "\n".join(line.strip() for line in unicodedata.normalize("NFC", text).split("\n") if line.strip())


def error_of(pdf: Path, gold: Path) -> float:
    expected = clean(gold.read_text(encoding="utf-8"))
    found = clean("\n".join(page.text for page in read_pdf(pdf.read_bytes())))
    return Levenshtein.distance(expected, found) / len(expected)


@pytest.mark.parametrize("name", STRICT)
def test_producers_without_an_error(name: str, shared: Path) -> None:
    folder = shared / "data" / "textlayer"
    assert error_of(folder / "pdf" / f"strict__{name}.pdf", folder / "gold" / "strict.txt") == 0


@pytest.mark.parametrize("name", DAMAGED)
def test_damages_without_an_error(name: str, shared: Path) -> None:
    folder = shared / "data" / "textlayer"
    gold = folder / "gold" / f"dmg_{name}.txt"
    gold = gold if gold.exists() else folder / "gold" / "strict.txt"
    assert error_of(folder / "pdf" / f"dmg_{name}__raw__Laksaman.pdf", gold) == 0


@pytest.mark.parametrize("name", ["strict__gs-chromium__Sarabun", "dmg_notou_nocmap__raw__Laksaman"])
def test_hopeless_layers_give_no_text(name: str, shared: Path) -> None:
    pages = read_pdf((shared / "data" / "textlayer" / "pdf" / f"{name}.pdf").read_bytes())
    assert all(page.lines == () and page.reading is None for page in pages)


def test_pdftocairos_lost_tones(shared: Path) -> None:
    """Tones without any mapping, told by their outlines: 3.4 % wrong without."""
    folder = shared / "data" / "textlayer"
    assert error_of(folder / "pdf" / "strict__pdftocairo__Sarabun.pdf", folder / "gold" / "strict.txt") < 0.002
