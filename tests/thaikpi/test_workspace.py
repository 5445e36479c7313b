"""Originals of a workspace: read at once, on the disk before their outcome is noted, whatever the file system can do."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from thaikpi.batch.workspace import opened

DATA = "รายงาน".encode() * 1000
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.mark.parametrize("links", [True, False])
def test_an_original_can_be_read_at_once_and_lasts(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, target: Path) -> None:
        raise PermissionError(1, "no hard links here")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refused)
    with opened(tmp_path / "ws") as workspace:
        workspace.keep(io.BytesIO(DATA), NAME)
        assert workspace.place(NAME).read_bytes() == DATA
        workspace.wait_for(NAME)
        assert workspace.original(NAME).read_bytes() == DATA
        assert workspace.place(NAME).read_bytes() == DATA
    assert [path.name for path in (tmp_path / "ws" / "originals").iterdir()] == [NAME]
    assert not (tmp_path / "ws" / ".scratch").exists()


def test_bytes_that_changed_since_they_were_hashed_are_no_original(tmp_path: Path) -> None:
    with opened(tmp_path / "ws") as workspace:
        with pytest.raises(ValueError, match=NAME):
            workspace.keep(io.BytesIO(DATA + b"."), NAME)
        assert not workspace.original(NAME).exists()


def test_what_a_killed_run_left_half_copied_is_not_used(tmp_path: Path) -> None:
    scratch = tmp_path / "ws" / ".scratch"
    with opened(tmp_path / "ws"):
        pass
    scratch.mkdir()
    (scratch / NAME).write_bytes(DATA[:100])
    with opened(tmp_path / "ws") as workspace:
        assert not (scratch / NAME).exists()
        workspace.keep_spooled(NAME)
        assert not workspace.original(NAME).exists()
