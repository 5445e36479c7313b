"""Messages: every status speaks both languages, and every reason that the program can give is in the docs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from extract import media_types
from schemas.outcome import Status
from thaikpi.messages import message, rows

ROOT = Path(__file__).resolve().parents[2]


def raised() -> set[tuple[str, str]]:
    """(status name, reason) of every DocumentError that the rooms raise with a literal reason."""
    found = set()
    for path in [*(ROOT / "extract").rglob("*.py"), *(ROOT / "thaikpi").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "DocumentError" and len(node.args) > 1:
                statuses = re.findall(r"Status\.([A-Z_]+)", ast.unparse(node.args[0]))
                reasons = re.findall(r"(?<!b)'([a-z-]+)'", ast.unparse(node.args[1]))
                found |= {(status, reason) for status in statuses for reason in reasons}
    return found


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_message_in_both_languages(status: Status) -> None:
    thai, english = message(status, None, "x")
    assert re.search("[ก-๙]", thai)
    assert not re.search("[ก-๙]", english)


def test_no_placeholder_is_left_and_details_are_not_templates() -> None:
    for status, reason in [*rows(), *((Status[name], reason) for name, reason in raised())]:
        for detail in ("", "{x}%s{0}"):
            thai, english = message(status, reason, detail, "image/gif")
            assert "{detail}" not in thai + english
            assert thai.endswith(thai.strip())


def test_every_reason_is_documented() -> None:
    text = (ROOT / "docs" / "outcomes.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z-]+)`", text))
    kinds = {
        "word",
        "sheet",
        "slides",
        "mail",
        "archive",
        "picture",
        "data",
    }  # rows for media types, behind the reason media-type
    given = {reason for _, reason in raised()} | {reason for _, reason in rows() if reason}
    assert given - kinds - documented == set()


def test_every_kind_of_file_that_is_not_read_says_what_to_save_it_as() -> None:
    for name in "xlsx doc odt rar 7z eml pptx rtf msg xls ppt tar gz gif heic csv json xml svg epub mht".split():
        kind = media_types.extension_type(f"x.{name}")
        thai, english = message(Status.UNSUPPORTED, "media-type", "", kind or "")
        assert re.search(r"PDF|DOCX|ZIP|attachments", english), name
        assert re.search(r"PDF|DOCX|ZIP|ไฟล์แนบ", thai), name
