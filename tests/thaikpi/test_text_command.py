"""`thaikpi text`: output, exit codes and messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.extract.pdf.making import Sheet
from tests.extract.pdf.test_reader import THAI, pages_of, written
from thaikpi.cli import main


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "รายงาน.pdf"
    path.write_bytes(pages_of(written(THAI), Sheet(), written(tuple(line.replace("ำ", "ํา") for line in THAI))))
    return path


def test_pages_are_parted_by_form_feeds(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(report)]) == 0
    page = "".join(f"{line}\n" for line in THAI)
    assert capsys.readouterr().out == f"{page}\f\f{page}"


def test_raw_is_what_the_file_says(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(report), "--raw"]) == 0
    assert "ดํา" in capsys.readouterr().out


def test_positions(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(report), "--positions"]) == 0
    pages = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [(page["number"], page["layer"], len(page["lines"])) for page in pages]
    assert kinds == [(1, "good", 4), (2, "blank", 0), (3, "repaired", 4)]
    line = pages[0]["lines"][0]
    assert len(line["x0"]) == len(line["x1"]) == len(line["printed"])
    assert line["x0"][0] == 40
    assert pages[2]["lines"][0]["repairs"]


def test_picture_of_every_page(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(report), "--picture", str(tmp_path / "page.png")]) == 0
    assert capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["page-2.png", "page-3.png", "page.png"]
    first = Image.open(tmp_path / "page.png")
    colours = {colour for _, colour in first.getcolors(1 << 20) or ()}
    assert (0xE0, 0x31, 0x31) not in colours  # no repair on a good page
    assert (0xE0, 0x31, 0x31) in {colour for _, colour in Image.open(tmp_path / "page-3.png").getcolors(1 << 20) or ()}


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(tmp_path / "no.pdf"), "--lang", "en"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_document_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert main(["text", str(tmp_path / "cut.pdf"), "--lang", "th"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "ไฟล์ขาดหรือเสียหาย" in captured.err


def test_other_kinds_of_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("บรรทัดแรก\nบรรทัดที่สอง\n", encoding="utf-8")
    assert main(["text", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr().out == "บรรทัดแรก\nบรรทัดที่สอง\n"
