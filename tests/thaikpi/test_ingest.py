"""Whole runs of `thaikpi ingest` and `thaikpi extract`, as their users start them: real processes, real folders."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.thaikpi.reports import ROOT, annual, command, environment, thaikpi
from thaikpi.batch.workspace import opened
from thaikpi.cli import main

OUTPUTS = (
    "records.jsonl", "findings.jsonl",
    "documents.csv", "indicators.csv", "quarters.csv", "mentions.csv", "series.csv", "findings.csv",
)  # fmt: skip


def documents(workspace: Path) -> dict[str, dict[str, str]]:
    with (workspace / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def records(workspace: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (workspace / "records.jsonl").read_text(encoding="utf-8").splitlines()]


def outputs(workspace: Path) -> dict[str, bytes]:
    return {name: (workspace / name).read_bytes() for name in OUTPUTS}


def reports(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"รายงาน {number:02}.txt").write_text(annual(number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document of every fate that costs no time."""
    folder = tmp_path_factory.mktemp("mixed") / "in"
    reports(folder / "ปี 2565", 3)
    (folder / "ซ้ำ.txt").write_text(annual(1), encoding="utf-8")
    (folder / "tis620.txt").write_bytes(annual(7).replace("☑", "[x]").replace("☐", "[ ]").encode("cp874"))
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Ty")
    (folder / "web.pdf").write_text("<html><body>404 not found</body></html>")
    (folder / "letter.txt").write_text("เรียน ผู้อำนวยการเขต\nขอเชิญประชุมในวันจันทร์ เวลา 9.00 น.\nขอแสดงความนับถือ\n", encoding="utf-8")
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "=cmd.txt").write_text(annual(9, target="=1+1"), encoding="utf-8")
    with zipfile.ZipFile(folder / "ส่ง.zip", "w") as archive:
        archive.writestr("เขต/รายงาน.txt", annual(20))
        archive.writestr("copy.txt", annual(2))
        archive.writestr("../out.txt", annual(21))
        archive.writestr("inner.zip", b"PK")
    return folder


@pytest.fixture(scope="module")
def workspace(mixed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("ws") / "ws"
    return folder, thaikpi("ingest", mixed, "--to", folder, "--lang", "en")


def test_every_file_is_a_row_with_its_status(workspace: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, run = workspace
    rows = documents(folder)
    assert {name: (row["status"], row["reason"], row["records"]) for name, row in rows.items()} == {
        "'=cmd.txt": ("partly_read", "fields-missing", "1"),
        "cut.pdf": ("damaged", "cut", "0"),
        "empty.pdf": ("empty", "no-bytes", "0"),
        "letter.txt": ("not_a_report", rows["letter.txt"]["reason"], "0"),
        "old.doc": ("unsupported", "media-type", "0"),
        "table.xlsx": ("unsupported", "media-type", "0"),
        "tis620.txt": ("read", "", "1"),
        "web.pdf": ("damaged", "not-a-pdf", "0"),
        "ซ้ำ.txt": ("read", "", "1"),
        "ปี 2565/รายงาน 00.txt": ("read", "", "1"),
        "ปี 2565/รายงาน 01.txt": ("read", "", "0"),
        "ปี 2565/รายงาน 02.txt": ("read", "", "1"),
        "ส่ง.zip": ("read", "", "1"),
        "ส่ง.zip/copy.txt": ("read", "", "0"),
        "ส่ง.zip/inner.zip": ("unsupported", "archive-in-archive", "0"),
        "ส่ง.zip/out.txt": ("unsupported", "unsafe-name", "0"),
        "ส่ง.zip/เขต/รายงาน.txt": ("read", "", "1"),
    }
    assert rows["ปี 2565/รายงาน 01.txt"]["duplicate_of"] == "ซ้ำ.txt"
    assert rows["ส่ง.zip/copy.txt"]["duplicate_of"] == "ปี 2565/รายงาน 02.txt"
    assert list(rows) == sorted(rows, key=lambda name: name.lstrip("'"))
    assert run.returncode == 3
    assert all(row["message"] for row in rows.values())


def test_the_summary_adds_up(workspace: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, run = workspace
    lines = run.stderr.split("Files given: ")[1].splitlines()
    counts = Counter(row["status"] for row in documents(folder).values())
    told = {line.split()[1]: int(line.split()[0]) for line in lines[1:] if line.startswith("  ")}
    assert told == counts
    assert int(lines[0]) == sum(counts.values())


def test_records_and_tables_agree(workspace: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = workspace
    found = records(folder)
    assert [(record["source"]["file"], record["source"]["ordinal"]) for record in found] == sorted(
        (record["source"]["file"], record["source"]["ordinal"]) for record in found
    )
    for name, per_record in (("indicators", 1), ("quarters", 4)):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert [row["record_id"] for row in csv.DictReader(file)] == [
                r["record_id"] for r in found for _ in range(per_record)
            ]
    findings = [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {finding["record_id"] for finding in findings if finding["rule"] == "date-impossible"} == {
        r["record_id"] for r in found
    }
    assert len({finding["finding_id"] for finding in findings}) == len(findings)


def test_every_line_keeps_to_the_published_schemas(workspace: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = workspace
    for name, schema in (("records", "record"), ("findings", "finding")):
        validator = jsonschema.Draft202012Validator(
            json.loads((ROOT / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8"))
        )
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            validator.validate(json.loads(line))


def test_tables_are_plain_and_no_cell_is_a_formula(workspace: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = workspace
    for path in folder.glob("*.csv"):
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [
            cell for cell in cells if len(cell) > 1 and cell[0] in "=+-@\t\r\n" and not cell[1:].replace(".", "").isdecimal()
        ]


def test_originals_are_untouched(mixed: Path, workspace: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = workspace
    rows = documents(folder)
    assert (folder / "originals" / rows["cut.pdf"]["sha256"]).read_bytes() == (mixed / "cut.pdf").read_bytes()
    assert (folder / "originals" / rows["ส่ง.zip/เขต/รายงาน.txt"]["sha256"]).read_text(encoding="utf-8") == annual(20)
    assert not [path for path in mixed.parent.rglob("*") if path.name in ("out.txt", "ws")]


def test_order_jobs_and_a_second_run_change_no_byte(
    mixed: Path, workspace: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    folder, _ = workspace
    before = outputs(folder)
    other = thaikpi("ingest", mixed / "ส่ง.zip", mixed / "ปี 2565", mixed, "--to", tmp_path / "jobs", "--jobs", "2", "--lang", "en")
    assert other.returncode == 3
    assert outputs(tmp_path / "jobs") == before
    again = thaikpi("ingest", mixed, "--to", folder, "--lang", "en")
    assert "Read before: 12" in again.stderr
    assert outputs(folder) == before


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 12)
    thaikpi("ingest", folder, "--to", tmp_path / "whole")
    process = subprocess.Popen(
        command("ingest", folder, "--to", tmp_path / "cut"), env=environment(), stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[4/"):
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (tmp_path / "cut" / "documents.csv").exists()
    run = thaikpi("ingest", folder, "--to", tmp_path / "cut", "--lang", "en")
    assert run.returncode == 0
    kept = int(run.stderr.split("Read before: ")[1].split()[0])
    assert kept >= 4
    assert outputs(tmp_path / "cut") == outputs(tmp_path / "whole")
    _nobody_left(process.pid)


def _nobody_left(parent: int) -> None:
    """The killed run's workers end by themselves."""
    for _ in range(100):
        alive = [path for path in Path("/proc").glob("[0-9]*/stat") if _parent_of(path) == parent]
        if not alive:
            return
        time.sleep(0.1)
    pytest.fail(f"children of {parent} live on")


def _parent_of(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def test_outputs_that_were_complete_are_put_in_place(
    workspace: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    folder = shutil.copytree(workspace[0], tmp_path / "ws")
    before = outputs(folder)
    (folder / ".outputs-complete").mkdir()
    for name in OUTPUTS[:3]:
        (folder / name).rename(folder / ".outputs-complete" / name)
    (folder / ".outputs-being-written").mkdir()
    with opened(folder):
        pass
    assert outputs(folder) == before
    assert not list(folder.glob(".outputs*"))


def test_files_that_changed_came_or_went(tmp_path: Path) -> None:
    folder, space = reports(tmp_path / "in", 3), tmp_path / "ws"
    thaikpi("ingest", folder, "--to", space)
    (folder / "รายงาน 00.txt").unlink()
    (folder / "รายงาน 01.txt").write_text(annual(1, result="99.00"), encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "รายงาน 02.txt").write_text(annual(50), encoding="utf-8")
    thaikpi("ingest", folder, "--to", space)
    thaikpi("ingest", tmp_path / "more", "--to", space)
    assert list(documents(space)) == ["in/รายงาน 02.txt", "more/รายงาน 02.txt", "รายงาน 01.txt"]
    assert [record["result"]["value"] for record in records(space)] == [85.5, 85.5, 99.0]
    together = tmp_path / "together"
    thaikpi("ingest", tmp_path / "more", folder, "--to", together)
    assert outputs(space) == outputs(together)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 1)
    (tmp_path / "ws").mkdir()
    with (tmp_path / "ws" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = thaikpi("ingest", folder, "--to", tmp_path / "ws", "--lang", "en")
    assert run.returncode == 5
    assert "Another run" in run.stderr


def test_usage_and_output_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = reports(tmp_path / "in", 1)
    (tmp_path / "file").write_text("x")
    cases = [
        (["ingest", folder / "missing", "--to", tmp_path / "ws"], 2),
        (["ingest", folder, "--to", folder], 2),  # holds other files
        (["ingest", folder, "--to", tmp_path / "file"], 2),
        (["ingest", folder, "--to", tmp_path / "file" / "below"], 4),
        (["ingest", folder, "--to", tmp_path / "ws", "--forms", tmp_path / "none"], 2),
        (["extract", folder / "missing"], 2),
    ]
    for words, code in cases:
        for language in ("th", "en"):
            assert main([*map(str, words), "--lang", language]) == code
            assert capsys.readouterr().err.strip()
    with pytest.raises(SystemExit, match="2"):
        main(["ingest", str(folder), "--to", str(tmp_path / "ws"), "--jobs", "0"])
    assert "--jobs" in capsys.readouterr().err


def test_a_full_disk_ends_the_run_and_nothing_is_half_written(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 2)

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    run = subprocess.run(
        command("ingest", folder, "--to", tmp_path / "ws", "--lang", "en"),
        env=environment(), capture_output=True, encoding="utf-8", check=False, cwd=ROOT, preexec_fn=small_disk,
    )  # fmt: skip
    assert run.returncode == 4, run.stderr
    assert "Cannot write" in run.stderr
    assert not [name for name in OUTPUTS if (tmp_path / "ws" / name).exists()]


def test_an_empty_folder_still_makes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    run = thaikpi("ingest", tmp_path / "in", "--to", tmp_path / "ws")
    assert run.returncode == 0
    assert {name for name in OUTPUTS if (tmp_path / "ws" / name).exists()} == set(OUTPUTS)


def test_extract_writes_records_and_speaks_on_the_other_stream(mixed: Path) -> None:
    run = thaikpi("extract", mixed / "tis620.txt", mixed / "empty.pdf", mixed / "ส่ง.zip", "--lang", "th")
    assert run.returncode == 3
    found = json.loads(run.stdout)
    assert [record["source"]["file"] for record in found] == ["tis620.txt", "ส่ง.zip/copy.txt", "ส่ง.zip/เขต/รายงาน.txt"]
    assert "0 ไบต์" in run.stderr
    lines = thaikpi("extract", mixed / "tis620.txt", "--format", "jsonl")
    assert [json.loads(line) for line in lines.stdout.splitlines()] == found[:1]
    table = thaikpi("extract", mixed / "tis620.txt", "--format", "csv")
    (row,) = csv.DictReader(table.stdout.splitlines())
    assert (row["target_value"], row["organization_code"], row["fiscal_year_be"]) == ("80", "1047", "2565")
    assert (lines.returncode, table.returncode) == (0, 0)


def test_explain_names_field_value_and_place(mixed: Path) -> None:
    run = thaikpi("extract", mixed / "tis620.txt", "--explain", "--lang", "en")
    target = next(line for line in run.stdout.splitlines() if "/target" in line)
    assert [cell.strip() for cell in target.split("│")[1:4]] == ["/target", "= 80 percent", "line 9"]


def test_names_cannot_move_the_terminals_cursor(tmp_path: Path) -> None:
    name = "a\x1b[2Jb\u202ec\n.txt"
    (tmp_path / name).write_text("x", encoding="utf-8")
    run = thaikpi("extract", tmp_path / name, "--lang", "en")
    assert "\x1b" not in run.stderr
    assert "\u202e" not in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_the_environment_does_not_matter(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 1)
    results = []
    for number, locale in enumerate(("C", "th_TH.TIS-620")):
        space = tmp_path / f"ws{number}"
        words = command("ingest", folder, "--to", space, "--lang", "th")
        subprocess.run(
            words,
            env=environment() | {"LC_ALL": locale, "PYTHONUTF8": "0", "TZ": "Asia/Bangkok"},
            check=True,
            cwd=ROOT,
            capture_output=True,
        )
        results.append(outputs(space))
    assert results[0] == results[1]


def test_hostile_sample(shared: Path, tmp_path: Path) -> None:
    """Forty broken and odd files of the hostile set: a row each, no record, and the run lives."""
    import tarfile

    with tarfile.open(shared / "data/hostile/hostile.tar.gz") as archive:
        members = sorted(
            (member for member in archive.getmembers() if member.isfile() and member.size < 100_000), key=lambda m: m.name
        )
        for number, member in enumerate(members[::10]):
            data = archive.extractfile(member)
            assert data is not None
            (tmp_path / "in").mkdir(exist_ok=True)
            (tmp_path / "in" / f"{number:03}{Path(member.name).suffix}").write_bytes(data.read())
    run = thaikpi("ingest", tmp_path / "in", "--to", tmp_path / "ws", "--jobs", "2")
    assert run.returncode in (0, 3)
    rows = documents(tmp_path / "ws")
    assert set(os.listdir(tmp_path / "in")) <= set(rows)
    assert not records(tmp_path / "ws")
    assert not [name for name, row in rows.items() if row["status"] == "crashed"]
