"""What every labelled field may hold instead of its value."""

from __future__ import annotations

from schemas.values import Reason, Unread

_DASHES = frozenset("-–—")
_NOTHING = frozenset(("ไม่มี", "ไม่ระบุ"))


def nothing_said(text: str, longest: int) -> Unread | None:
    """Why a field has no value to read: blank, a dash, ไม่มี, or longer than `longest` characters; None = go on and read.

    The white space around it is not counted; the refusal keeps the text as printed.
    """
    printed = text.strip()
    if not printed:
        return Unread(text, Reason.BLANK)
    if printed in _DASHES:
        return Unread(text, Reason.DASH)
    if printed in _NOTHING:
        return Unread(text, Reason.NONE)
    return Unread(text, Reason.TOO_LONG) if len(printed) > longest else None
