"""The way of a text through the repair: code points, vowels, marks, words."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from extract.repair.ambiguous import mend_words
from extract.repair.context import Context, survey
from extract.repair.draft import Draft
from extract.repair.glyphs import LATIN_TONES, MARKS
from extract.repair.mojibake import redecode
from extract.repair.rules import mend_code_points, mend_order, mend_sara_am, mend_spaced_aa, mend_spaced_marks
from extract.repair.telltales import telltale_patterns
from schemas.document import Line, Repair

# Whatever a rule could act on; what these do not find, no deterministic rule changes (tested). Each begins with a class of
# characters or a letter, over which the regex engine skips fast: together 50 µs a page.
_SUSPECTS = tuple(
    re.compile(pattern)
    for pattern in (
        f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ufffd\ue000-\uf8ffํ{''.join(LATIN_TONES)}]",
        f"[^\u0e01-\u0e5b0-9]+[{MARKS}าำ]",  # a space or a stray character in a Thai syllable
        f"[าำ][{MARKS}าำ]",
        f"[่้๊๋์][{MARKS}]",
        "[ัิีึืฺุู็ํ][ัิีึืฺุู็ํ]",
        "[\u00a1-\u00fb]{3}",
        "à[¸¹]",
        "เ[ธน][^\u0e40-\u0e4e]เ[ธน][^\u0e40-\u0e4e]เ[ธน]",
    )
)
_COMPOSED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


def is_clean(text: str, context: Context | None = None) -> bool:
    """Nothing in the text (a line, or all lines of a page) that the repair would act on. About 100 µs for a page."""
    if text.isascii():
        return True
    if context is not None and (context.mojibake or context.prices or context.rings):
        return False
    return not any(pattern.search(text) for pattern in (*_SUSPECTS, *telltale_patterns().values()))


def repair_text(text: str, context: Context | None = None) -> tuple[str, tuple[int, ...] | None, tuple[Repair, ...]]:
    """Mended text, index of the printed character for each of its characters (None: unchanged), and traces.

    context: survey of the page; without one the text itself is surveyed.
    """
    if is_clean(text, context):
        return text, None, ()
    draft = Draft(text)
    mend(draft, context if context is not None else survey([text]))
    return draft.text, None if draft.source is None else tuple(draft.source), draft.repairs()


def mend(draft: Draft, context: Context) -> None:
    """All steps in their order."""
    redecode(draft, context)
    mend_code_points(draft, context)
    mend_order(draft)
    if context.prices:
        mend_words(draft, context)
    mend_sara_am(draft)
    mend_spaced_aa(draft, context)
    mend_spaced_marks(draft)
    if not unicodedata.is_normalized("NFC", draft.text):
        draft.substitute("composed", _COMPOSED, lambda m: unicodedata.normalize("NFC", m.group()))


def repair_line(line: Line, context: Context | None = None) -> Line:
    """The line with its text mended; printed and places stay, source and traces are carried on."""
    text, source, repairs = repair_text(line.text, context)
    if source is None and not repairs:
        return line
    mapped = source if source is not None else tuple(range(len(text)))
    certainty = None if line.certainty is None else tuple(line.certainty[i] for i in mapped)
    through = mapped if line.source is None else tuple(line.source[i] for i in mapped)
    traces = tuple(_on_printed(line, r) for r in repairs)
    return msgspec.structs.replace(line, text=text, source=through, repairs=_merged(line, through, traces), certainty=certainty)


def _on_printed(line: Line, repair: Repair) -> Repair:
    """A trace whose printed span counts in line.text, counted in line.printed."""
    first, last = line.printed_span(repair.printed_start, repair.printed_end)
    return msgspec.structs.replace(repair, printed_start=first, printed_end=last)


def _merged(line: Line, source: tuple[int, ...], traces: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """Earlier traces moved to their new places, and the new ones."""
    moved = []
    for old in line.repairs:
        start = next((i for i, s in enumerate(source) if s >= old.printed_start), len(source))
        end = next((i for i, s in enumerate(source) if s >= old.printed_end), len(source))
        moved.append(msgspec.structs.replace(old, start=start, end=max(start, end)))
    return tuple(sorted((*moved, *traces), key=lambda r: (r.start, r.end)))
