"""Damage that only words can tell from sound text: ำ lost or exchanged. The decoder decides, or says that it cannot."""

from __future__ import annotations

from functools import lru_cache

from extract.repair.channels import CHANNELS
from extract.repair.context import Context
from extract.repair.decoder import Change, Decoder
from extract.repair.draft import Draft, Edit
from extract.repair.lexicon import load_lexicon
from extract.repair.telltales import telltale_patterns

# Nats (odds 9 : 1) below which a place is flagged and left as printed.
DOUBTFUL = 2.2
_LETTERS = {"am-all": "ำ", "lost-am": "า"}  # without it a line cannot have the damage


def mend_words(draft: Draft, context: Context) -> None:
    """Decode the text through the channels that the page's context names."""
    prices = tuple((kind, price) for kind, price in context.prices if kind == "clean" or _may_have(kind, draft.text, context))
    if len(prices) < 2:
        return
    changes = _decode(draft.text, prices)
    for kind in dict.fromkeys(c.kind for c in changes):
        for change in changes:
            if change.kind == kind and change.margin < DOUBTFUL:
                draft.flag(f"{_named(kind)}?", change.start, change.end, change.confidence)
    sure = [c for c in changes if c.margin >= DOUBTFUL and c.text != draft.text[c.start : c.end]]
    _apply(draft, sure)


def _may_have(kind: str, text: str, context: Context) -> bool:
    """A line of a page that is damaged throughout, or one that shows the damage itself."""
    if _LETTERS[kind] not in text:
        return False
    return kind in context.throughout or kind == "am-all" or telltale_patterns()[kind].search(text) is not None


def _apply(draft: Draft, changes: list[Change]) -> None:
    """One pass for all kinds, since the places count in one text."""
    draft.edit_kinds([(_named(c.kind), Edit(c.start, c.end, c.text, c.confidence)) for c in changes])


def _named(kind: str) -> str:
    return "space-aa" if kind == "clean" else kind


@lru_cache(maxsize=4096)
def _decode(text: str, prices: tuple[tuple[str, float], ...]) -> tuple[Change, ...]:
    return tuple(_decoder().decode(text, dict(prices)))


@lru_cache(maxsize=1)
def _decoder() -> Decoder:
    return Decoder(load_lexicon(), CHANNELS)
