"""Lines that a browser printed around a page: date and title over it, address and page count under it. Not the report's text.

They go only when both are there and the count is that of this very page, so that no report's own header is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.document import Line

MARGIN = 0.08  # share of the page's height at either end where browsers print them (12 mm of 297: 0.04)
_DATE = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AP]M| น\.)?(?: .*)?$")
_COUNT = re.compile(r"(?:(?:https?|file|about|chrome|data|blob):\S* ?)?(\d+) ?/ ?(\d+)$")


def without_furniture(lines: Sequence[Line], number: int, pages: int, height: float) -> list[Line]:
    """The lines without a browser's header and footer. number: of the page, from 1; pages: of the document."""
    head = [line for line in lines if line.bottom <= MARGIN * height and _DATE.match(line.printed)]
    foot = [line for line in lines if line.top >= (1 - MARGIN) * height and _is_count(line.printed, number, pages)]
    if not head or not foot:
        return list(lines)
    gone = {id(head[0]), id(foot[-1])}
    return [line for line in lines if id(line) not in gone]


def _is_count(text: str, number: int, pages: int) -> bool:
    match = _COUNT.match(text)
    return bool(match) and (int(match.group(1)), int(match.group(2))) == (number, pages)  # type: ignore[union-attr]
