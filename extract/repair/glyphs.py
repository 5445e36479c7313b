"""Thai letter classes, and the tables from misused code points to what they stand for."""

from __future__ import annotations

CONSONANTS = "ก-ฮ"
TONES = "่้๊๋"
UNMAPPED = "\ufffd"  # a glyph that the file maps to no character
MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"  # all that stand above or below a consonant

# Beginnings of a syllable that cannot end in ำ: after เ, and a tone over ป ฝ ฟ ฬ (words: เป้า เก้า เหล้า ป้าย ฝ้า ฟ้า).
NO_AM_AFTER = f"เ[{CONSONANTS}][{TONES}]|เ[กขคตปผพ][รลว][{TONES}]|เห[งญนมยรลว][{TONES}]|[ปฝฟฬ][{TONES}]"

# Private-use variants (shifted left, lowered) of Thai glyphs, U+F700–F71A: the scheme of the Microsoft and TLWG Thai fonts.
THAI_PRIVATE = dict(zip(range(0xF700, 0xF71B), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู", strict=True))

# Symbol fonts keep their glyphs at U+F000 + code. Wingdings and Wingdings 2 for boxes and ticks, Symbol for signs and bullets
# (vendors' code charts); where two fonts share a code, the sign that a report prints.
SYMBOL_PRIVATE = {
    0xF020: " ", 0xF025: "%", 0xF02B: "+", 0xF02D: "−", 0xF03C: "<", 0xF03D: "=", 0xF03E: ">",
    0xF04F: "✗", 0xF050: "✓", 0xF051: "☒", 0xF052: "☑", 0xF053: "☒", 0xF054: "☒", 0xF06C: "●", 0xF06D: "❍", 0xF06E: "■",
    0xF06F: "☐", 0xF070: "☐", 0xF071: "☐", 0xF072: "☐", 0xF075: "◆", 0xF076: "❖", 0xF078: "☒", 0xF09F: "•", 0xF0A1: "○",
    0xF0A3: "☐", 0xF0A4: "◉", 0xF0A7: "▪", 0xF0A8: "☐", 0xF0AE: "→", 0xF0B0: "°", 0xF0B1: "±", 0xF0B3: "≥", 0xF0B4: "×",
    0xF0B7: "•", 0xF0B8: "÷", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0D7: "⋅", 0xF0D8: "➢", 0xF0DF: "←", 0xF0E0: "→", 0xF0E8: "➔",
    0xF0F0: "⇨", 0xF0FB: "✗", 0xF0FC: "✓", 0xF0FD: "☒", 0xF0FE: "☑",
}  # fmt: skip
PRIVATE = {**THAI_PRIVATE, **SYMBOL_PRIVATE}

# Thai fonts whose tone marks were put at the codes of Latin capitals (seen in official Bangkok files).
LATIN_TONES = dict(zip("ÉÊËÌÍ", "่้๊๋์", strict=True))

# Where Windows-1252 has other characters than Latin-1: byte by character.
_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
BYTE_OF = {chr(b): b for b in range(0x80, 0x100)} | {c: c.encode("cp1252")[0] for c in _WINDOWS}

_CONSONANT_BYTES = bytes(range(0xA1, 0xCF))  # in TIS-620


def count_consonants(text: str) -> int:
    """How many Thai consonants the text has; ten times as fast as a pattern."""
    encoded = text.encode("cp874", "replace")
    return len(encoded) - len(encoded.translate(None, _CONSONANT_BYTES))


def is_consonant(char: str) -> bool:
    """One Thai consonant; the empty string is none."""
    return "ก" <= char <= "ฮ"
