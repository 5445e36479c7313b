"""AM-ALL: a font whose every า was mapped to ำ, and whose true ำ to a space (or zero-width space) and ำ.

One page mixes such fonts with sound ones, so the class is decided for each Thai run, never for the file.
"""

from __future__ import annotations

import re

from extract.repair.context import Context
from extract.repair.draft import Draft, Edit
from extract.repair.glyphs import CONSONANTS, MARKS, TONES

_RUN = re.compile("[\u0e01-\u0e4e]+(?:[ \u00a0\u200bํ]+[่้๊๋]?ำ[\u0e01-\u0e4e]*)*")
_VOWEL = re.compile(f"([ \u00a0\u200bํ]*)([{TONES}]?)([ \u00a0\u200bํ]*)ำ([{TONES}]?)")
_CLUE = re.compile(f"(?<=[{CONSONANTS}{MARKS}])[ \u00a0\u200bํ]+ำ")


def mend_am_all(draft: Draft, context: Context) -> None:
    """Every bare ำ of an AM-ALL run to า, every announced one to ำ."""
    if not context.am_all:
        return
    edits: list[Edit] = []
    for run in _RUN.finditer(draft.text):
        if "า" not in run.group():
            edits += [_vowel(draft.text, m) for m in _VOWEL.finditer(draft.text, run.start(), run.end())]
    draft.edit("am-all", edits)


def _vowel(text: str, match: re.Match[str]) -> Edit:
    before, tone, between, behind = match.groups()
    after_e = re.search(f"เ(?:[กขคตปผพ][รลว]|ห[งญนมยรลว]|[{CONSONANTS}])[{TONES}]?$", text[: match.start()])
    true_am = bool(before or between) and after_e is None
    return Edit(match.start(), match.end(), f"{tone}{behind}{'ำ' if true_am else 'า'}")
