"""Zip archives of reports: members one at a time, each with its name or the reason why it is not read.

Nothing is written here and no name is used as a path. Sizes are capped by what really comes out, not by what the archive
says. Archives inside archives are refused by name.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extract import media_types
from extract.encoding import is_thai_bytes
from extract.errors import DocumentError
from extract.limits import LIMITS, Limits
from extract.source import is_litter
from schemas.outcome import Status

_BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error, struct.error, MemoryError)
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP: the name in UTF-8
_UNPACKED = "more came out than is allowed"
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))


@dataclass(frozen=True, slots=True)
class Member:
    """name: path inside the archive, clean ("/" between, no "..", each once). data, or why there is none."""

    name: str
    data: bytes
    problem: DocumentError | None = None


def read_archive(data: bytes, limits: Limits = LIMITS) -> Iterator[Member]:
    """Members in the archive's order. Raises DocumentError: damaged/zip, too_large/members or zip-bomb, empty/no-members."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info)]
    except (*_BROKEN, NotImplementedError) as error:
        raise DocumentError(Status.DAMAGED, "zip", str(error)) from error
    if not infos:
        raise DocumentError(Status.EMPTY, "no-members")
    if len(infos) > limits.archive_members:
        raise DocumentError(Status.TOO_LARGE, "members", str(limits.archive_members))
    left, seen = limits.archive_bytes, Counter[str]()
    for info in infos:
        most = min(left, limits.file_bytes)
        member = _member(archive, info, most, limits)
        left -= most if member.problem and member.problem.detail == _UNPACKED else len(member.data)
        if left <= 0:
            raise DocumentError(Status.TOO_LARGE, "zip-bomb", str(limits.archive_bytes))
        seen[member.name] += 1
        yield member if seen[member.name] == 1 else Member(f"{member.name} ({seen[member.name]})", member.data, member.problem)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, limits: Limits) -> Member:
    name = member_name(info)
    try:
        _check(info, name, limits)
        return Member(_clean(name), _bytes(archive, info, most))
    except DocumentError as problem:
        return Member(_clean(name), b"", problem)


def _check(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DocumentError(Status.UNSUPPORTED, "link")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in info.orig_filename:
        raise DocumentError(Status.UNSUPPORTED, "unsafe-name")
    if media_types.is_archive_name(name):
        raise DocumentError(Status.UNSUPPORTED, "archive-in-archive")
    if info.flag_bits & 1:
        raise DocumentError(Status.ENCRYPTED, "zip-password")
    if info.compress_type not in _METHODS:
        raise DocumentError(Status.UNSUPPORTED, "compression")
    if info.file_size > 1 << 20 and info.file_size > limits.archive_ratio * max(1, info.compress_size):
        raise DocumentError(Status.TOO_LARGE, "zip-bomb")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(info) as stream:
            data = stream.read(most + 1)
    except (*_BROKEN, NotImplementedError) as error:
        raise DocumentError(Status.DAMAGED, "zip", str(error)) from error
    if len(data) > most:
        raise DocumentError(Status.TOO_LARGE, "zip-bomb", _UNPACKED)
    if media_types.media_type(data, "") in media_types.ARCHIVES:
        raise DocumentError(Status.UNSUPPORTED, "archive-in-archive")
    return data


def member_name(info: zipfile.ZipInfo) -> str:
    """The name in UTF-8 (flag, extra field or bytes), TIS-620, or the old DOS code page; "/" between."""
    if info.flag_bits & 0x800:
        name = info.orig_filename
    else:
        raw = info.orig_filename.encode("cp437", "replace")
        name = _unicode_path(info, raw) or _decoded(raw)
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp874" if is_thai_bytes(raw) else "cp437", "replace")


def _unicode_path(info: zipfile.ZipInfo, raw: bytes) -> str | None:
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


def _clean(name: str) -> str:
    """Only the parts that name something; control characters out."""
    parts = ("".join(char for char in part if char >= " ").strip() for part in name.split("\0")[0].split("/"))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "?"


def _is_litter(info: zipfile.ZipInfo) -> bool:
    name = member_name(info)
    return name.startswith("__MACOSX/") or is_litter(name.rpartition("/")[2])
