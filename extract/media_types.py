"""What a file is: by its bytes first, by its name where these do not tell. Media types as in documents.csv.

A file named .pdf whose bytes are text stays a PDF (a broken one): it never falls through to the text reader.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import PurePosixPath

PDF = "application/pdf"
TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/encrypted-office"
IMAGES = frozenset(("image/png", "image/jpeg", "image/tiff", "image/bmp"))
BINARY = "application/octet-stream"

_BY_NAME = {
    **dict.fromkeys(("txt", "text", "log"), TEXT),
    **dict.fromkeys(("md", "markdown", "mdown"), MARKDOWN),
    **dict.fromkeys(("html", "htm", "xhtml", "xht"), HTML),
    "pdf": PDF,
    "docx": DOCX,
    "docm": DOCX,
    "zip": ZIP,
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
    "eml": "message/rfc822",
    **dict.fromkeys(("mht", "mhtml"), "multipart/related"),
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "tar": "application/x-tar",
    **dict.fromkeys(("gz", "tgz"), "application/gzip"),
    "bz2": "application/x-bzip2",
    "xz": "application/x-xz",
    "png": "image/png",
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif"), "image/jpeg"),
    **dict.fromkeys(("tif", "tiff"), "image/tiff"),
    "bmp": "image/bmp",
    "gif": "image/gif",
    "webp": "image/webp",
    **dict.fromkeys(("heic", "heif"), "image/heic"),
    **dict.fromkeys(("jp2", "j2k", "jpx"), "image/jp2"),
    "sgi": "image/x-sgi",
}
ARCHIVES = frozenset(
    (ZIP, *(_BY_NAME[name] for name in ("rar", "7z", "tar", "gz", "bz2", "xz"))),
)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\0\0\0\x0cjP  ", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"{\\rtf", "application/rtf"),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_PARTS = (
    ("word/", DOCX),
    ("xl/", _BY_NAME["xlsx"]),
    ("ppt/", _BY_NAME["pptx"]),
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.{0,2000}?-->|\s)*"
    r"<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|meta|title|ul|ol|center|font)\b",
    re.I | re.S,
)
_MAIL_START = re.compile(
    r"(?:(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To|X-[\w-]+):[^\n]*\n[ \t]?){3}", re.I
)


def media_type(data: bytes, name: str) -> str:
    """The media type of a file. name: file name, only its extension counts."""
    return _by_magic(data, name) or _by_text(data, name)


def extension_type(name: str) -> str | None:
    """What the name alone says."""
    return _BY_NAME.get(PurePosixPath(name).suffix[1:].lower())


def is_archive_name(name: str) -> bool:
    return extension_type(name) in ARCHIVES


def _by_magic(data: bytes, name: str) -> str | None:
    head = data[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_type(data, name)
    if head.startswith(_OLE_MAGIC):
        return _ole_type(data, name)
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc") else BINARY
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and len(data) > 26 and struct.unpack("<I", data[2:6])[0] in (len(data), 0):
        return "image/bmp"
    if data[257:262] == b"ustar":
        return "application/x-tar"
    known = next((found for magic, found in _MAGIC if head.startswith(magic)), None)
    return known or (PDF if b"%PDF-" in head else None)


def _zip_type(data: bytes, name: str) -> str:
    """A zip's kind by its parts; by its name where its directory cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names[:1] == ["mimetype"]:
                kind = archive.open("mimetype").read(100).decode("ascii", "replace").strip()
                return next((found for found in _BY_NAME.values() if kind.startswith(found)), BINARY)
    except Exception:  # any damage: the reader of the kind that the name says will report it
        return extension_type(name) or ZIP
    if "[Content_Types].xml" in names or any(part.endswith(".rels") for part in names):
        return next((kind for prefix, kind in _OFFICE_PARTS if any(part.startswith(prefix) for part in names)), BINARY)
    return next((kind for prefix, kind in _OFFICE_PARTS if f"{prefix}document.xml" in names), ZIP)


def _ole_type(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ENCRYPTED_OFFICE
    by_name = extension_type(name) or ""
    if by_name in (
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.ms-outlook",
    ):
        return by_name
    streams = (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"), ("__properties_version1.0", "msg"))
    return next((_BY_NAME[kind] for stream, kind in streams if stream.encode("utf-16-le") in data), OLE)


def _by_text(data: bytes, name: str) -> str:
    by_name = extension_type(name)
    if by_name is not None and by_name not in (TEXT, MARKDOWN, HTML):
        return by_name  # a broken PDF, an e-mail, a picture without its magic
    head = _head(data)
    if _HTML_START.match(head):
        return HTML
    if by_name is None and head.lstrip().startswith("<?xml"):
        return "application/xml"
    if by_name is None and _MAIL_START.match(head):
        return "message/rfc822"
    return by_name or TEXT


def _head(data: bytes) -> str:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")
