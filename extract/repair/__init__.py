"""Mending of damaged Thai text layers, with a trace of every change.

`repair_text` and `repair_line` mend one text; `survey` makes the Context of a page, which decides what one line alone cannot
show; `signals` measures how good a text is, `hopeless` says that OCR should read the page instead.
A clean text comes back at once.
"""

from extract.repair.context import Context
from extract.repair.mend import repair_line, repair_lines, repair_page, repair_text
from extract.repair.signals import Signals, hopeless, signals
from extract.repair.survey import following, survey
from extract.repair.suspects import looks_sound

__all__ = [
    "Context",
    "Signals",
    "following",
    "hopeless",
    "looks_sound",
    "repair_line",
    "repair_lines",
    "repair_page",
    "repair_text",
    "signals",
    "survey",
]
