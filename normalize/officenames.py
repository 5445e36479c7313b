"""Names compared by their letters: damage to tone marks and ำ does not count, a slip of a letter does.

A name's skeleton drops what text layers lose or double (tone marks, ์, ็, spaces, the ring of ำ): บางกอกใหญ่ → บางกอกใหญ, and
สานักงาน, สํานักงาน, สำนักงาน are one.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from normalize.spelling import slips_from

T = TypeVar("T")
_DROPPED = dict.fromkeys(map(ord, "่้๊๋์็ํฺ๎\u200b \u00a0"))
_SAME = {ord("ำ"): "า", ord("ฏ"): "ฎ", ord("ฤ"): "ร"}
_SKELETON = {**_DROPPED, **_SAME}
SHORTEST_BEGINNING = 5  # letters of a name that is broken off
WINDOW = 72  # characters looked at: the longest bureau's name has 66


class Named(NamedTuple, Generic[T]):
    """A spelling by its skeleton, and what it names."""

    letters: str
    value: T


class Spelt(NamedTuple):
    """The letters from a place in a text on. ends[i]: offset after the i-th letter with its marks; ends[0]: the place itself."""

    letters: str
    ends: tuple[int, ...]


class Near(NamedTuple, Generic[T]):
    """The nearest values (more than one: as near as each other) and where the name ends in the text."""

    values: tuple[T, ...]
    end: int


def skeleton(name: str) -> str:
    """A name's letters without marks that damage touches."""
    return name.translate(_SKELETON)


def spelt_from(text: str, at: int, *, spaced: bool = False) -> Spelt:
    """The Thai letters of a text from offset `at`, up to WINDOW characters; to the first space unless `spaced`."""
    letters: list[str] = []
    ends = [at]
    for offset, character in enumerate(text[at : at + WINDOW], at):
        kept = character.translate(_SKELETON)
        if kept and not ("ก" <= character <= "๎" or character in "ฯ."):
            break
        if kept:
            letters.append(kept)
            ends.append(offset + 1)
        elif character == " " and not spaced:
            break
        elif character not in " \u00a0":
            ends[-1] = offset + 1
    return Spelt("".join(letters), tuple(ends))


def nearest(spelt: Spelt, names: tuple[Named[T], ...], *, misspelt: bool, whole: bool = False) -> Near[T] | None:
    """The name that `spelt` begins with (or is, when `whole`): right, damaged, or misspelt within bounds when allowed.

    Slips allowed: none in a skeleton under 5 letters, one up to 8, two from 9. The longest right name wins; a misspelt one must
    be nearer than any other, else all that are as near come back.
    """
    right = [name for name in names if (spelt.letters == name.letters if whole else spelt.letters.startswith(name.letters))]
    if right:
        longest = max(right, key=lambda name: len(name.letters))
        return Near((longest.value,), spelt.ends[len(longest.letters)])
    if not misspelt or not spelt.letters:
        return None
    ranked = []
    for name in names:
        if slips := _slips(spelt.letters, name.letters, whole):
            ranked.append((*slips, name))
    if not ranked:
        return None
    fewest = min(slips for slips, _, _ in ranked)
    best = [(length, name) for slips, length, name in ranked if slips == fewest]
    values = tuple(dict.fromkeys(name.value for _, name in best))
    return Near(values, spelt.ends[best[0][0]])


def _allowed(length: int) -> int:
    return 0 if length < 5 else 1 if length < 9 else 2


def _slips(spelt: str, name: str, whole: bool) -> tuple[int, int] | None:
    """Slips of a spelling from a name, and the length of the name as spelt. A name that is broken off has one, however much
    is missing."""
    if len(spelt) >= SHORTEST_BEGINNING and name.startswith(spelt):
        return 1, len(spelt)
    if not _begin_alike(spelt, name):
        return None
    found = slips_from(spelt, name, _allowed(len(name)))
    return found if found and (not whole or found[1] == len(spelt)) else None


def _begin_alike(spelt: str, name: str) -> bool:
    """Whether the first letters leave at most one slip among them; it spares the distance to most of the names."""
    return spelt[0] in name[:2] or spelt[1:2] == name[0] or spelt[1:3] == name[1:3]
