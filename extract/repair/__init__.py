"""Mending of damaged Thai text layers, with a trace of every change.

`repair_text` and `repair_line` mend one text; `survey` makes the Context of a page, which decides what one line alone cannot
show; `signals` measures how good a text is. A clean text comes back at once.
"""

from extract.repair.context import Context, survey
from extract.repair.mend import is_clean, repair_line, repair_text
from extract.repair.signals import Signals, signals

__all__ = ["Context", "Signals", "is_clean", "repair_line", "repair_text", "signals", "survey"]
