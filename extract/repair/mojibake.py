"""Thai bytes that were read with the wrong code page, read again with the right one.

Three accidents are known: TIS-620 read as Latin-1 or Windows-1252, UTF-8 read as one of these, UTF-8 read as TIS-620.
"""

from __future__ import annotations

import re

from extract.repair.context import Context
from extract.repair.draft import Draft
from extract.repair.glyphs import BYTE_OF, CONSONANTS, MARKS

_CONTINUATION = "".join(re.escape(c) for c, byte in BYTE_OF.items() if byte < 0xC0)
_UTF8_THAI = re.compile(f"à[¸¹][{_CONTINUATION} ]")
_UTF8 = re.compile(f"[Â-ß][{_CONTINUATION}]|[à-ï][{_CONTINUATION}][{_CONTINUATION} ]|[ð-ô][{_CONTINUATION}]{{3}}")
_TIS_THIRD = "€…‘’“”•–—\u0080-\u009f\u00a0ก-ฟ"
_UTF8_IN_TIS = re.compile(f"เ[ธน][{_TIS_THIRD}](?:เ[ธน][{_TIS_THIRD}]){{2,}}")  # three in a row: เธ… and เน… stand alone in Thai
_HIGH = re.compile("[\u00a1-\u00fb]+")
_CONTROL = re.compile("[\x80-\x9f]")  # dashes and quotes of both Windows code pages
_SIGN_ALONE = re.compile("°(?=[CF])|(?<![\u00a1-\u00fb])[×±](?![\u00a1-\u00fb])")
_THAI_TEXT = re.compile(f"(?:[เแโใไ]?[{CONSONANTS}][{MARKS}]*[ะาๅๆฯ]?|[๐-๙])+")
_LETTER_BESIDE = re.compile("[A-Za-z\u0e01-\u0e4e\u0100-\u017f]")


def redecode(draft: Draft, context: Context) -> None:
    """Read wrongly decoded spans again; Latin words with accents stay."""
    high = _HIGH.search(draft.text) is not None
    if context.utf8:
        draft.substitute("mojibake", _UTF8, lambda m: _as_utf8(m.group()))
    elif high:
        spans = [(at, at + len(line)) for at, line in draft.lines() if is_utf8(line)]
        found = [m for start, end in spans for m in _UTF8.finditer(draft.text, start, end)]
        draft.edit([("mojibake", *m.span(), _as_utf8(m.group()), 1.0) for m in found])
    draft.substitute("mojibake", _UTF8_IN_TIS, lambda m: _tis_as_utf8(m.group()))
    if context.mojibake:
        draft.substitute("mojibake", _CONTROL, lambda m: bytes([ord(m.group())]).decode("cp1252", "replace"))
        kept = {m.start() for m in _SIGN_ALONE.finditer(draft.text)}
        found = [m for m in _HIGH.finditer(draft.text) if m.start() not in kept]
        draft.edit([("mojibake", *m.span(), _as_thai(m.group()), 1.0) for m in found])
    elif high:
        text = draft.text
        draft.substitute("mojibake", _HIGH, lambda m: _lonely_word(m, text))


def is_utf8(text: str) -> bool:
    """Most of the high characters form three-byte sequences of Thai (เธ and เน in mistaken TIS-620 start the same way)."""
    sequences = len(_UTF8_THAI.findall(text))
    return sequences > 0 and 6 * sequences >= sum(c in BYTE_OF for c in text)


def _lonely_word(match: re.Match[str], text: str) -> str:
    """A word of nothing but high characters inside another text: Thai when it spells Thai, three letters or more."""
    word = match.group()
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    if len(word) < 3 or _LETTER_BESIDE.search(beside):
        return word
    thai = _as_thai(word)
    return thai if _THAI_TEXT.fullmatch(thai.replace("ํา", "ำ").replace("ำ", "า")) else word


def _as_thai(high: str) -> str:
    """U+00A1–U+00FB to the Thai letter of the same TIS-620 byte; the four bytes without a letter stay."""
    return "".join(chr(ord(c) - 0xA0 + 0x0E00) if not 0xDB <= ord(c) <= 0xDE else c for c in high)


def _as_utf8(text: str) -> str:
    """The characters' bytes as UTF-8; unchanged where they are none. A space may have been U+00A0."""
    raw = bytes(0xA0 if c == " " else BYTE_OF[c] for c in text)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return text


def _tis_as_utf8(text: str) -> str:
    try:
        return b"".join(_tis_byte(c) for c in text).decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def _tis_byte(char: str) -> bytes:
    return bytes([ord(char)]) if char <= "\u009f" else char.encode("cp874")
