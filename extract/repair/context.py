"""What a page as a whole shows about its damage, so that a short line of it can be judged."""

from __future__ import annotations

import msgspec


class Context(msgspec.Struct, frozen=True):
    """Made by `survey`.

    sound: the whole page shows nothing to mend. rings: characters that stand for the ring of ำ. strays: characters that stand
    for marks, and for which. mojibake: single Latin-1 characters are Thai bytes too; utf8: they are parts of UTF-8.
    spaced_marks: spaces stand before marks of all kinds, so that one before tone + า belongs to the tone.
    prices: channels that the decoder has to weigh, with the price of entering each (−ln of how likely it is here); empty:
    nothing to decode. throughout: classes that mark the whole page, so that lines without a telltale are decoded too.
    """

    sound: bool = False
    rings: frozenset[str] = frozenset()
    strays: tuple[tuple[str, str], ...] = ()
    mojibake: bool = False
    utf8: bool = False
    spaced_marks: bool = False
    prices: tuple[tuple[str, float], ...] = ()
    throughout: frozenset[str] = frozenset()

    @property
    def wide(self) -> bool:
        """Lines that break no rule by themselves have to be mended too; what asks for words is in `prices`."""
        return bool(self.mojibake or self.utf8 or self.rings or self.strays)
