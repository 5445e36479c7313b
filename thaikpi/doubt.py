"""A doubt about one number: why, in both languages, and what would fit instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.finding import Finding
from schemas.record import Record


@dataclass(frozen=True, slots=True)
class Doubt:
    """expected: the reading that would fit, where exactly one does; what was read stays.

    decides: the number is called uncertain for it; else it is told where another doubt decides.
    """

    why_th: str
    why_en: str
    expected: str | None = None
    decides: bool = True


Doubts = Mapping[str, tuple[Doubt, ...]]  # JSON Pointer of a value object -> its doubts


def together(doubts: Iterable[Doubt]) -> Doubt:
    """One doubt for several about the same number. What would fit is offered where they do not offer different things."""
    known = list(dict.fromkeys(doubts))
    offered = {doubt.expected for doubt in known if doubt.expected is not None}
    return Doubt(
        "; ".join(dict.fromkeys(doubt.why_th for doubt in known)),
        "; ".join(dict.fromkeys(doubt.why_en for doubt in known)),
        offered.pop() if len(offered) == 1 else None,
    )


def uncertain(record: Record, pointer: str, printed: str, doubt: Doubt) -> Finding:
    """The finding at the record's value object. printed: how it stands on the page."""
    return Finding(
        rule="number-uncertain", severity="warning", record_id=record.record_id, where=[pointer],
        message_th=f"ตัวเลขนี้อาจอ่านผิด ({doubt.why_th}) โปรดดูที่หน้าเอกสาร: {printed}",
        message_en=f"This number may be read wrongly ({doubt.why_en}); look at the page: {printed}",
        expected=doubt.expected, found=printed,
    )  # fmt: skip
