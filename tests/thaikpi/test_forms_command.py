"""`thaikpi forms`: list, check, try, picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.forms.load import PACKAGED
from tests.own_reports import ANNUAL
from thaikpi.cli import main

FORM = str(PACKAGED / "bma-kpi-annual.yaml")


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--lang", "en"]) == 0
    assert capsys.readouterr().out.split("\n")[1].startswith("bma-kpi-annual ")


def test_check_tells_file_line_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("model: 1\nid: x\nlabel: y\n", encoding="utf-8")
    assert main(["forms", "check", str(path), "--lang", "en"]) == 2
    assert f"Broken form {path}:" in capsys.readouterr().err
    assert main(["forms", "check", str(path), "--lang", "th"]) == 2
    assert f"แบบรายงานใช้ไม่ได้ {path}:" in capsys.readouterr().err


def test_check_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert main(["forms", "check", str(tmp_path / "none.yaml")]) == 2


def test_broken_forms_stop_other_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.yaml").write_text("model: 1\n", encoding="utf-8")
    (tmp_path / "r.txt").write_text(ANNUAL, encoding="utf-8")
    assert main(["extract", str(tmp_path / "r.txt"), "--forms", str(tmp_path), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert "x.yaml:1:" in captured.err
    assert captured.out == ""


def test_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "r.txt"
    report.write_text(ANNUAL.replace("8. อุปสรรคต่อการดำเนินงาน :\n:: ไม่มี\n", "") + "ภาคผนวก\n", encoding="utf-8")
    assert main(["forms", "try", FORM, str(report), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "bma-kpi-annual: recognised" in shown
    assert "line 9: “3. คำนียาม”" in shown
    assert "/target = ไม่น้อยกว่า 80 (ร้อยละ)" in shown
    assert "(label not found)" in next(line for line in shown.split("\n") if line.strip().startswith("obstacles"))
    assert "taken by no section: line 31: ภาคผนวก" in shown


def test_try_what_is_not_that_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "r.txt"
    report.write_text("เรียน ผู้อำนวยการ\n", encoding="utf-8")
    assert main(["forms", "try", FORM, str(report), "--lang", "en"]) == 0
    assert "not recognised (score 0 / 5)" in capsys.readouterr().out


def test_picture_needs_pages(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(ANNUAL, encoding="utf-8")
    assert main(["forms", "try", FORM, str(report), "--picture", str(tmp_path / "o.png")]) == 2


def test_report_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "r.pdf"
    broken.write_bytes(b"%PDF-1.4 cut")
    assert main(["forms", "try", FORM, str(broken)]) == 3
    assert main(["forms", "try", FORM, str(tmp_path / "none.txt")]) == 2


def test_picture(tmp_path: Path, shared: Path) -> None:
    report = shared / "textlayer" / "pdf" / "strict__xelatex__Sarabun.pdf"
    report = report if report.is_file() else shared / "data" / "textlayer" / "pdf" / "strict__xelatex__Sarabun.pdf"
    out = tmp_path / "o.png"
    assert main(["forms", "try", FORM, str(report), "--picture", str(out)]) == 0
    assert out.read_bytes().startswith(b"\x89PNG")
