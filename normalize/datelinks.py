"""What stands between two dates, and rows of dates that are linked: by a dash or ถึง to a range, by a comma or และ to a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.datewords import Kind, Scan
from normalize.dateyears import Part, Read, token_at

LONGEST_CHAIN = 40  # parts; bounds the work on a hostile text, the longest list seen in reports has 12
RANGE, LIST = "range", "list"


class Row:
    """Parts of one family with the links between them."""

    def __init__(self, read: Read) -> None:
        self.parts: list[Part] = [read.part]
        self.links: list[str] = []
        self.next = read.next
        self.links_and = False  # some link is และ

    def add(self, link: str, read: Read) -> None:
        self.links.append(link)
        self.parts.append(read.part)
        self.next = read.next


class Link(NamedTuple):
    kind: str
    token: Kind | None
    next: int
    at: int


_CLOCK = re.compile(r" ?(?:เวลา)? ?[0-9]{1,2}[.:][0-9]{2} ?(?:น\.?|นาฬิกา)? ?(?=(?:จน)?ถึง|-)")
_ABOUT = re.compile(" ?(?:ต้น|กลาง|ปลาย|สิ้น|ช่วง|ประมาณ)(?= ?(?:เดือน|ปี|[ก-ฮ]))")


def past_about(scan: Scan, at: int) -> int:
    """Past ต้น, กลาง, ปลาย, สิ้น before a month or year (จนถึงสิ้นเดือนก.ย. 64): the whole of it is meant."""
    match = _ABOUT.match(scan.plain, at)
    return match.end() if match else at


def read_link(scan: Scan, index: int, after: int) -> Link | None:
    """What links the part before offset `after` to the one that follows."""
    if match := _CLOCK.match(scan.plain, after):  # วันที่ 1 ต.ค. 63 เวลา 08.00 น. ถึงวันที่ 2 ต.ค. 63
        after = match.end()
        while index < len(scan.tokens) and scan.tokens[index].start < after:
            index += 1
    token = token_at(scan, index, after)
    if token is None:
        return None
    if token.kind in (Kind.DASH, Kind.TO):
        return Link(RANGE, token.kind, index + 1, past_about(scan, token.end))
    if token.kind is Kind.COMMA:
        following = token_at(scan, index + 1, token.end)
        if following and following.kind is Kind.AND:
            return Link(LIST, Kind.AND, index + 2, following.end)
        return Link(LIST, token.kind, index + 1, token.end)
    if token.kind is Kind.AND:
        return Link(LIST, token.kind, index + 1, token.end)
    return Link(LIST, None, index, after) if token.kind in (Kind.MONTH, Kind.MONTH_WORD) else None
