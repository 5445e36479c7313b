"""Automatic list numbers of a Word document, rendered as Word prints them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from extract.ooxml import child, name_of, value_of
from normalize.digits import TO_THAI

_THAI_LETTERS = "".join(map(chr, (0xE01, 0xE02, 0xE04, *range(0xE07, 0xE24), 0xE25, *range(0xE27, 0xE2F))))
_BOXES = frozenset("\uf0fe\uf0a8\uf06f\uf0fd\uf071\uf072☐☑☒")  # bullets that are boxes keep their look
_DEPTH = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restarts: bool = False  # the list begins anew at its first paragraph


class Numbering:
    """Counts paragraphs in document order; `label` gives each its number."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # numId -> levels
        self._lists: dict[str, str] = {}  # numId -> abstractNumId: they count together
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._styles = _style_numbers(styles)
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: etree._Element | None) -> str:
        """What Word prints before this paragraph ("" for none), with the gap behind it."""
        number, depth = self._place(properties)
        levels = self._levels.get(number or "")
        if levels is None or depth not in levels:
            return ""
        counts = self._advance(number or "", depth, levels)
        level = levels[depth]
        text = _bullet(level.text) if level.format == "bullet" else self._written(level, levels, counts)
        return text + ("" if level.suffix == "nothing" or not text else " ")

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """numId and level of a paragraph: its own, else its style's."""
        own = child(properties, "numPr")
        number, depth = value_of(child(own, "numId")), value_of(child(own, "ilvl"))
        style = self._styles.get(value_of(child(properties, "pStyle")) or "", (None, None))
        number, depth = number or style[0], depth or style[1]
        return number, min(int(depth), _DEPTH - 1) if depth and depth.isdecimal() else 0

    def _advance(self, number: str, depth: int, levels: dict[int, _Level]) -> list[int | None]:
        counts = self._counts.setdefault(self._lists[number], [None] * _DEPTH)
        if number not in self._begun:  # a list that restarts by override begins anew
            self._begun.add(number)
            for at, level in levels.items():
                if level.restarts:
                    counts[at:] = [None] * (_DEPTH - at)
        current = counts[depth]
        counts[depth] = levels[depth].start if current is None else current + 1
        counts[depth + 1 :] = [None] * (_DEPTH - depth - 1)
        return counts

    @staticmethod
    def _written(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
        def part(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            count = counts[at]
            return _number(other.start if count is None else count, other.format)

        return re.sub(r"%([1-9])", part, level.text)

    def _read(self, numbering: etree._Element) -> None:
        abstract = {value_of(item, "abstractNumId") or "": _levels(item) for item in numbering if name_of(item) == "abstractNum"}
        for item in numbering:
            if name_of(item) != "num":
                continue
            number, list_ = value_of(item, "numId") or "", value_of(child(item, "abstractNumId")) or ""
            levels = dict(abstract.get(list_, {}))
            for override in (o for o in item if name_of(o) == "lvlOverride"):
                at = _int(value_of(override, "ilvl"), 0)
                if (own := child(override, "lvl")) is not None:
                    levels[at] = _level(own)
                if (start := child(override, "startOverride")) is not None:
                    levels[at] = replace(levels.get(at, _Level()), start=_int(value_of(start), 1), restarts=True)
            self._levels[number], self._lists[number] = levels, list_


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {_int(value_of(item, "ilvl"), 0): _level(item) for item in abstract if name_of(item) == "lvl"}


def _level(item: etree._Element) -> _Level:
    format_ = child(item, "numFmt")
    return _Level(
        _int(value_of(child(item, "start")), 1),
        value_of(format_) or "decimal",
        (value_of(child(item, "lvlText")) or "")[:200],
        value_of(child(item, "suff")) or "tab",
    )


def _style_numbers(styles: etree._Element | None) -> dict[str, tuple[str | None, str | None]]:
    """numId and level of every paragraph style, its parents' where it has none."""
    own: dict[str, tuple[str | None, str | None]] = {}
    parents: dict[str, str] = {}
    for item in styles if styles is not None else ():
        if name_of(item) == "style" and (name := value_of(item, "styleId")):
            number = child(item, "pPr", "numPr")
            own[name] = value_of(child(number, "numId")), value_of(child(number, "ilvl"))
            parents[name] = value_of(child(item, "basedOn")) or ""
    return {name: _inherited(name, own, parents) for name in own}


def _inherited(
    name: str, own: dict[str, tuple[str | None, str | None]], parents: dict[str, str]
) -> tuple[str | None, str | None]:
    for _ in range(12):
        if name not in own or own[name][0] is not None:
            break
        name = parents[name]
    return own.get(name, (None, None))


def _bullet(text: str) -> str:
    """A box keeps its look; any other bullet, mostly a letter of a symbol face, is a dot or the character itself."""
    if len(text) == 1 and (text in _BOXES or text in "-–—*•·"):
        return text
    return "•" if len(text) <= 1 else text


def _number(value: int, format_: str) -> str:
    """A count in a number format; formats that are not known are Arabic."""
    if format_ in ("thaiNumbers", "thaiCounting"):
        return str(value).translate(TO_THAI)
    if format_ == "none":
        return ""
    if format_ == "decimalZero":
        return f"{value:02d}"
    letters = {
        "thaiLetters": _THAI_LETTERS,
        "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
        "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    }
    if format_ in letters and value > 0:
        alphabet = letters[format_]
        return alphabet[(value - 1) % len(alphabet)] * min(8, (value - 1) // len(alphabet) + 1)
    if format_ in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        return _roman(value) if format_ == "upperRoman" else _roman(value).lower()
    return str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    ):
        written += sign * (value // worth)
        value %= worth
    return written


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
