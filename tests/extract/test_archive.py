"""Zip archives: names, refusals, bombs. The archives are made here."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from extract.archive import Member, read_archive
from extract.errors import DocumentError
from extract.limits import Limits
from schemas.outcome import Status


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def members(data: bytes, limits: Limits | None = None) -> list[Member]:
    return list(read_archive(data, limits or Limits()))


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Another name of the same length in both of a zip's directories, without the UTF-8 flag."""
    assert len(old) == len(new)
    assert data.count(old) == 2
    return data.replace(old, new)


def test_names_with_and_without_the_flag() -> None:
    data = packed(("รายงาน.pdf", b"%PDF-1"), ("x" * 10 + ".txt", b"y"))
    data = renamed(data, b"x" * 10 + b".txt", "รายงานเขต.".encode("cp874")[:10] + b".txt")
    assert [member.name for member in members(data)] == ["รายงาน.pdf", "รายงานเขต..txt"]


def test_utf8_bytes_without_the_flag_and_dos_names() -> None:
    name = "น้ำ.txt".encode()
    data = renamed(packed(("z" * (len(name) - 4) + ".txt", b"y")), b"z" * (len(name) - 4) + b".txt", name)
    assert members(data)[0].name == "น้ำ.txt"
    data = renamed(packed(("zzzz.txt", b"y")), b"zzzz.txt", "café.txt".encode("cp437"))
    assert members(data)[0].name == "café.txt"


def test_unicode_path_field() -> None:
    info = zipfile.ZipInfo("plain.txt")
    name = "รายงาน.txt".encode()
    body = b"\x01" + struct.pack("<I", zlib.crc32(b"plain.txt")) + name
    info.extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert members(packed((info, b"y")))[0].name == "รายงาน.txt"


def test_folders_litter_and_same_names() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(
            ("a/", b""),
            ("a/x.txt", b"1"),
            ("a\\x.txt", b"2"),
            ("a/x.txt", b"3"),
            ("__MACOSX/a/._x.txt", b""),
            ("a/.DS_Store", b""),
        )
    assert [(member.name, member.data) for member in members(data)] == [
        ("a/x.txt", b"1"),
        ("a/x.txt (2)", b"2"),
        ("a/x.txt (3)", b"3"),
    ]


@pytest.mark.parametrize("name", ["../../evil.pdf", "/etc/evil.pdf", "a/../../evil.pdf", "C:\\evil.pdf", "..\\evil.pdf"])
def test_names_that_point_outside(name: str) -> None:
    (member,) = members(packed((name, b"x")))
    assert member.problem is not None
    assert member.problem.reason == "unsafe-name"
    assert not member.data
    assert ".." not in member.name.split("/")
    assert not member.name.startswith("/")


def test_links_archives_and_passwords() -> None:
    link = zipfile.ZipInfo("link.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    inner = packed(("x.txt", b"x"))
    data = packed((link, b"/etc/passwd"), ("inner.zip", inner), ("inner.7z", b"x"), ("renamed.pdf", inner), ("ok.txt", b"ok"))
    reasons = [member.problem and member.problem.reason for member in members(data)]
    assert reasons == ["link", "archive-in-archive", "archive-in-archive", "archive-in-archive", None]
    locked = packed(("x.txt", b"x")).replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0")
    (member,) = members(locked)
    assert member.problem is not None
    assert member.problem.status is Status.ENCRYPTED


def test_documents_that_are_zips_themselves_are_members() -> None:
    report = packed(("[Content_Types].xml", b""), ("word/document.xml", b"<x/>"))
    (member,) = members(packed(("r.docx", report)))
    assert member.problem is None
    assert member.data == report


def test_a_bomb_is_refused_whatever_it_says() -> None:
    zeros = bytes(5 << 20)
    (member,) = members(packed(("bomb.txt", zeros)))
    assert member.problem is not None
    assert member.problem.reason == "zip-bomb"
    honest = packed(("bomb.txt", zeros))
    lying = honest.replace(struct.pack("<I", len(zeros)), struct.pack("<I", 100))
    (member,) = members(lying, Limits(file_bytes=1 << 20))
    assert member.problem is not None
    assert not member.data
    with pytest.raises(DocumentError) as caught:
        members(packed(*((f"{n}.txt", bytes(900_000)) for n in range(8))), Limits(archive_bytes=5 << 20))
    assert (caught.value.status, caught.value.reason) == (Status.TOO_LARGE, "zip-bomb")


def test_too_many_none_and_broken() -> None:
    for data, limits, reason in (
        (packed(*((f"{n}.txt", b"") for n in range(5))), Limits(archive_members=4), "members"),
        (packed(("folder/", b"")), Limits(), "no-members"),
        (b"PK\x03\x04" + bytes(50), Limits(), "zip"),
    ):
        with pytest.raises(DocumentError) as caught:
            members(data, limits)
        assert caught.value.reason == reason


def test_a_damaged_member_does_not_take_the_others_along() -> None:
    data = bytearray(packed(("a.txt", b"abcdefgh" * 30), ("b.txt", b"fine")))
    data[40] ^= 0xFF
    first, second = members(bytes(data))
    assert first.problem is not None
    assert first.problem.status is Status.DAMAGED
    assert second.data == b"fine"
