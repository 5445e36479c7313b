"""What files are, what they are called, and which ones are given."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from extract import media_types
from extract.errors import DocumentError
from extract.limits import Limits
from extract.source import Source, check_file, given_files, names_of, open_source, sha256_of
from schemas.outcome import Status

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.4", "x.pdf", media_types.PDF),
        (b"junk\n" * 20 + b"%PDF-1.4", "x.bin", media_types.PDF),
        ("ข้อความ".encode(), "x.pdf", media_types.PDF),  # a broken one, never text
        (b"<html><body>404</body></html>", "x.pdf", media_types.PDF),
        (b"", "x.PDF", media_types.PDF),
        (b"\x89PNG\r\n\x1a\n", "x.pdf", "image/png"),
        (zipped("[Content_Types].xml", "word/document.xml"), "x.pdf", media_types.DOCX),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "x.zip", media_types.extension_type("a.xlsx")),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "x", media_types.extension_type("a.pptx")),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "x.odt", media_types.extension_type("a.odt")),
        (zipped("a.pdf", "b.txt"), "x.zip", media_types.ZIP),
        (b"PK\x03\x04broken", "x.docx", media_types.DOCX),
        (b"PK\x03\x04broken", "x.zip", media_types.ZIP),
        (OLE + "WordDocument".encode("utf-16-le"), "x.docx", "application/msword"),
        (OLE, "x.doc", "application/msword"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", media_types.ENCRYPTED_OFFICE),
        (b"Rar!\x1a\x07\x00", "x.zip", "application/vnd.rar"),
        (b"7z\xbc\xaf\x27\x1c", "x", "application/x-7z-compressed"),
        (b"{\\rtf1 x}", "x.doc", "application/rtf"),
        (b"From: a\nTo: b\nSubject: c\n\nx", "x", "message/rfc822"),
        (b"From: a", "x.eml", "message/rfc822"),
        ("\ufeff<!-- c --><!DOCTYPE HTML>".encode(), "x.txt", media_types.HTML),
        ("<html>".encode("utf-16"), "x", media_types.HTML),
        ("ข้อความ".encode(), "x.htm", media_types.HTML),
        (b"<?xml version='1.0'?><kpi/>", "x", "application/xml"),
        (b"a,b", "x.csv", "text/csv"),
        ("ข้อความ".encode("cp874"), "x.md", media_types.MARKDOWN),
        ("ข้อความ".encode(), "รายงาน", media_types.TEXT),
    ],
)
def test_media_type(data: bytes, name: str, expected: str) -> None:
    assert media_types.media_type(data, name) == expected


def test_open_source_refuses() -> None:
    for data, limits, status in (
        (b"", Limits(), Status.EMPTY),
        (b"xx", Limits(file_bytes=1), Status.TOO_LARGE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Limits(), Status.ENCRYPTED),
    ):
        with pytest.raises(DocumentError) as caught:
            open_source(Source("x.docx", data), limits)
        assert caught.value.status is status


def written(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def files(*paths: Path) -> list[str]:
    return sorted(names_of(given_files(paths)).values())


def test_names_below_a_folder_and_of_a_file(tmp_path: Path) -> None:
    written(tmp_path, "a/เขต/x.pdf", "a/y.txt", "a/.git/z", "a/.DS_Store", "a/~$y.docx", "a/._y.txt", "b.txt")
    assert files(tmp_path / "a", tmp_path / "b.txt") == ["b.txt", "y.txt", "เขต/x.pdf"]
    assert files(tmp_path / "a", tmp_path / "a", tmp_path / "a" / "y.txt") == ["y.txt", "เขต/x.pdf"]
    inner = tmp_path / "a" / "เขต" / "x.pdf"
    assert files(tmp_path / "a", inner) == files(inner, tmp_path / "a") == ["y.txt", "เขต/x.pdf"]
    assert files(inner) == ["x.pdf"]


def test_equal_names_keep_the_shortest_path_that_tells_them_apart(tmp_path: Path) -> None:
    written(tmp_path, "p/in/x.pdf", "q/in/x.pdf", "q/in/y.pdf", "r/x.pdf")
    assert files(tmp_path / "p/in", tmp_path / "q/in") == ["p/in/x.pdf", "q/in/x.pdf", "y.pdf"]
    assert files(tmp_path / "q/in", tmp_path / "p/in") == ["p/in/x.pdf", "q/in/x.pdf", "y.pdf"]
    assert files(tmp_path / "q/in/x.pdf", tmp_path / "r/x.pdf") == ["in/x.pdf", "r/x.pdf"]


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "รายงาน.txt".encode("cp874")
    for path in (raw, os.fsencode(tmp_path) + b"/\xff.txt"):
        with open(path, "wb") as file:
            file.write(b"x")
    written(tmp_path, "รายงาน.txt")
    assert files(tmp_path) == ["\\xff.txt", "รายงาน.txt", "รายงาน.txt (2)"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "dangling.pdf").symlink_to(tmp_path / "nowhere")
    written(tmp_path, "big.txt")
    reasons = {}
    for given in given_files([tmp_path]):
        with pytest.raises(DocumentError) as caught:
            check_file(given.path, Limits(file_bytes=1))
        reasons[given.path.name] = (caught.value.status, caught.value.reason)
    assert reasons == {
        "pipe.pdf": (Status.UNSUPPORTED, "not-a-file"),
        "dangling.pdf": (Status.DAMAGED, "cannot-open"),
        "big.txt": (Status.TOO_LARGE, "file-bytes"),
    }
    with pytest.raises(FileNotFoundError):
        given_files([tmp_path / "missing"])


def test_a_folder_that_cannot_be_listed_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "a/x.txt", "b/y.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if os.fspath(path).endswith("/a"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert files(tmp_path) == ["a", "b/y.txt"]
    with pytest.raises(DocumentError) as caught:
        check_file(tmp_path / "a")
    assert caught.value.reason == "cannot-open"


def test_hash(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert sha256_of(tmp_path / "x") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
