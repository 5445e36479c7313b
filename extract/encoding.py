"""Bytes to text: UTF-8 with or without BOM, UTF-16 and UTF-32, TIS-620 (cp874, ISO 8859-11), also mixed.

Thai in a one-byte code page is told from other code pages by Thai orthography: a vowel or tone mark needs a consonant
before it, a leading vowel one behind it. So Latin-1, Shift-JIS or random bytes are refused rather than read as Thai.
"""

from __future__ import annotations

import codecs
import re

from extract.errors import DocumentError
from schemas.outcome import Status

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# C1 controls stay: text that went through a wrong code page is mended from them
_CONTROLS = dict.fromkeys((*range(32), 127, 65279)) | {9: "\t", 10: "\n", 13: "\r", 11: " ", 12: " "}
_BINARY_SHARE = 0.3  # control characters beside white space; text files with stray NULs stay under it

_CONSONANT, _MARK, _LEADING = rb"\xa1-\xce", rb"\xd1\xd4-\xda\xe7-\xee", rb"\xe0-\xe4"
_MARKS = re.compile(rb"[%b]" % _MARK)
_STRAY_MARKS = re.compile(rb"(?<![%b%b])[%b]" % (_CONSONANT, _MARK, _MARK))
_LEADINGS = re.compile(rb"[%b]" % _LEADING)
_STRAY_LEADINGS = re.compile(rb"[%b](?![%b])" % (_LEADING, _CONSONANT))
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = re.compile(rb"[\xa1-\xda\xdf-\xfb]")
_PUNCTUATION = re.compile(rb"[\x80\x85\x91-\x97\xa0]")
_ALONE = re.compile(rb"(?<![\xa1-\xfb])[\xa1-\xfb](?![\xa1-\xfb])")
_CP874 = {code: chr(0xE00 + code - 0xA0) for code in (*range(0xA1, 0xDB), *range(0xDF, 0xFC))} | {
    0x80: "€", 0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—", 0xA0: "\xa0",
}  # fmt: skip


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of `data`, without BOM and control characters; line ends stay as they are.

    declared: encoding that the file names itself; used where the bytes do not say otherwise.
    Raises DocumentError: unsupported/binary, damaged/encoding.
    """
    text = _decoded(data, declared)
    controls = sum(1 for c in text if c < " " and c not in "\t\n\r\f\v\0")
    if controls > max(8, _BINARY_SHARE * len(text)):
        raise DocumentError(Status.UNSUPPORTED, "binary")
    return text.translate(_CONTROLS)


def lines_of(text: str) -> list[str]:
    """Lines as an editor counts them: ended by LF, CR LF or CR, by nothing else."""
    return re.split("\r\n|\n|\r", text)


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if is_thai_bytes(data):
        return data.decode("latin-1").translate(_CP874)
    if (text := _as_declared(data, declared)) is not None:
        return text
    return _mixed(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without BOM: every second byte is 00 (Latin) or 0E (Thai), the other ones are not."""
    if len(data) < 8 or len(data) % 2:
        return None
    even, odd = data[0:4096:2], data[1:4096:2]
    high = [sum(half.count(byte) for byte in (b"\0", b"\x0e")) / len(half) for half in (even, odd)]
    if max(high) > 0.8 and min(high) < 0.2:
        return "utf-16-be" if high[0] > high[1] else "utf-16-le"
    return None


def is_thai_bytes(data: bytes) -> bool:
    """Whether the bytes above 7F are Thai in TIS-620, cp874 or ISO 8859-11."""
    high, letters = len(_HIGH.findall(data)), len(_LETTERS.findall(data))
    if letters <= 0.5 * high or letters + len(_PUNCTUATION.findall(data)) < 0.98 * high:
        return False
    marks, leading = len(_MARKS.findall(data)), len(_LEADINGS.findall(data))
    stray = len(_STRAY_MARKS.findall(data)) + len(_STRAY_LEADINGS.findall(data))
    return stray <= 0.1 * (marks + leading) and len(_ALONE.findall(data)) <= 0.2 * high


def _as_declared(data: bytes, declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "?").name
        return data.decode(name) if name not in ("utf-8", "tis-620", "cp874") else None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _mixed(data: bytes) -> str:
    """Line by line UTF-8, else TIS-620, else UTF-8 with U+FFFD for what is neither. Refused when that is most of it."""
    lines, lost, high = [], 0, len(_HIGH.findall(data))
    for line in re.split(rb"(\r\n|\n|\r)", data):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            if is_thai_bytes(line):
                lines.append(line.decode("latin-1").translate(_CP874))
            else:
                lines.append(line.decode("utf-8", "replace"))
                lost += lines[-1].count("�")
    if lost > 0.2 * high:
        raise DocumentError(Status.DAMAGED, "encoding")
    return "".join(lines)
