"""Dates and periods in Thai text, as record.md defines them: days, months, years, ranges, quarters, fiscal years.

`find_dates` reads a running text, `read_date` a field. Both are total: no text makes them raise, and their time is linear in
its length. Texts keep their own digits and wording; values are CE. Eras: a year from 2400 is BE, 1900–2199 CE, two digits BE.
"""

from __future__ import annotations

import re

from normalize.datechains import Group, read_chain
from normalize.datewords import Kind, Scan, scan
from normalize.dateyears import CALENDAR, DAY, HALF, MONTH, QUARTER, TERM, Context, Part
from normalize.fields import nothing_said
from normalize.fiscal import FIRST_BE, LAST_BE, half_period, quarter_period, term_period, year_kind_period
from normalize.months import OFFICES_TOO
from normalize.periods import Period, day_period, month_period, open_period, span_period, year_period
from schemas.values import DateValue, Found, Reason, Unread

_STARTS = frozenset(
    {Kind.SINCE, Kind.BETWEEN, Kind.DAY_WORD, Kind.MONTH_WORD, Kind.NUMBER, Kind.MONTH, Kind.NUMERIC_DATE,
     Kind.YEAR_WORD, Kind.YEAR_KIND, Kind.ERA, Kind.QUARTER, Kind.HALF, Kind.TERM}
)  # fmt: skip


# How a text goes on after a day or the first year of (2561 - 2565): most numbers are counts and seen off here.
_AFTER_DAY = re.compile(" {0,4}(?:[มกพสตธA-Za-z,&./?-]|เ[มด]|และ|ถึง|จนถึง)")


def find_dates(text: str, fiscal_year_be: int | None = None) -> list[Found[DateValue]]:
    """All dates of a text, in reading order, repeats included; text[found.start:found.end] == found.value.text.

    fiscal_year_be: the report's year, which places months, days and quarters that are printed without one; a number that no
    BE year can be (64, 2021) is no help and counts as unknown.
    Kept with nulls: a date that does not exist (problem IMPOSSIBLE or CONTRADICTION) and one without any year (NO_YEAR).
    Not dates: clock times, relative ones (เดือนถัดไป), recurring ones (ของทุกเดือน), meeting and letter numbers (ครั้งที่ 2/2567).
    """
    known = fiscal_year_be is not None and FIRST_BE <= fiscal_year_be <= LAST_BE
    context = Context(scan(text), fiscal_year_be if known else None)
    found: list[Found[DateValue]] = []
    index, tokens = 0, context.scan.tokens
    while index < len(tokens):
        token = tokens[index]
        if token.kind not in _STARTS or (token.kind is Kind.NUMBER and not _AFTER_DAY.match(context.scan.plain, token.end)):
            index += 1
            continue
        chain = read_chain(context, index)
        for group in chain.groups:
            if _is_meant(context.scan, group, len(chain.groups)):
                found.append(_found(context, group))
        index = max(chain.next, index + 1)
    return found


_HEADING = re.compile(" ?(?:[:=]|- )")
_EVERY = re.compile(" ?(?:ของ)?(?:ทุก|แต่ละ)(?:ปี|เดือน|สัปดาห์|ไตรมาส)")
_OFFICE = re.compile(r"(?:สำนักงาน|ระเบียบ|คณะกรรมการ|หลักสูตร|เลขาธิการ|หนังสือ|ทุน|มติ|แบบ|เอกสาร|ว\.) ?$")


def _is_meant(text: Scan, group: Group, neighbours: int) -> bool:
    """Whether a group is a date at all: not สำนักงาน ก.พ., not ส.ค.1, not the 5th of every month."""
    first = group.first
    if _EVERY.match(text.plain, group.end):
        return False
    if first.grain != MONTH or first.marked:
        return True
    if _OFFICE.search(text.plain, max(0, first.start - 12), first.start):
        return False
    if first.sure or group.last is not None or neighbours > 1:
        return True
    alone = first.start == 0 or text.plain[first.start - 1] in " \n("
    return alone and (first.month not in OFFICES_TOO or bool(_HEADING.match(text.plain, first.end)))


def _found(context: Context, group: Group) -> Found[DateValue]:
    text = context.scan.text[group.start : group.end]
    problem = group.first.problem or (group.last.problem if group.last else None)
    period = None if problem else _group_period(context, group)
    if period is None:
        problem = problem or (Reason.NO_YEAR if _lacks_year(context, group) else Reason.IMPOSSIBLE)
        return Found(group.start, group.end, DateValue(edtf=None, start=None, end=None, text=text), problem)
    return Found(group.start, group.end, DateValue(edtf=period.edtf, start=period.start, end=period.end, text=text))


_LEAP_YEAR = 2000  # has every day that any year has


def _lacks_year(context: Context, group: Group) -> bool:
    """Whether a year is all that is missing: 31 ก.พ. is impossible in any, ก.ย. - ต.ค. does not lie in one fiscal year."""
    parts = [part for part in (group.first, group.last) if part is not None]
    if any(part.day is not None and day_period(_LEAP_YEAR, part.month or 0, part.day) is None for part in parts):
        return False
    return any(_year(context, part) is None for part in parts) or (len(parts) == 2 and all(part.placed for part in parts))


def _year(context: Context, part: Part) -> int | None:
    """The part's year; that of the report for a quarter or half without one."""
    if part.year is None and part.grain in (QUARTER, HALF):
        return context.fiscal_year_be
    return part.year


def _group_period(context: Context, group: Group) -> Period | None:
    first = _period(context, group.first)
    if group.last is not None:
        return span_period(first, _period(context, group.last))
    return open_period(first) if group.on else first


def _period(context: Context, part: Part) -> Period | None:
    year = _year(context, part)
    if year is None:
        return None
    if part.grain == DAY:
        return day_period(year, part.month or 0, part.day or 0)
    if part.grain == MONTH:
        return month_period(year, part.month or 0)
    if part.until is not None:
        return span_period(_year_period(year, part.kind), _year_period(part.until, part.kind))
    if part.grain in (QUARTER, HALF, TERM):
        return _numbered_period(part, year)
    return _year_period(year, part.kind)


def _year_period(year: int, kind: str) -> Period | None:
    return year_period(year) if kind == CALENDAR else year_kind_period(year, kind)


def _numbered_period(part: Part, year: int) -> Period | None:
    number = part.number or 0
    if part.grain == TERM:
        return term_period(year, number)
    if part.grain == HALF:
        return half_period(year, number)
    return quarter_period(year, number, part.kind) if 1 <= number <= 4 else None


_RELATIVE = re.compile(
    "(?:วัน|สัปดาห์|เดือน|ไตรมาส|ปี|ปีงบประมาณ|ภาคเรียน)(?:ถัดไป|ถัดมา|หน้า|ก่อน|ก่อนหน้า|ที่แล้ว|ที่ผ่านมา|เดียวกัน|นี้)"
    "|วันนี้|พรุ่งนี้|เมื่อวาน|วานนี้|ปัจจุบัน"
)
LONGEST_FIELD = 400  # characters of a date field; record.md's longest date has 60


def read_date(text: str, fiscal_year_be: int | None = None) -> DateValue | Unread:
    """The one date that a field holds. Two dates → AMBIGUOUS with both; เดือนถัดไป → RELATIVE; 31 ก.พ. 64 → IMPOSSIBLE."""
    if refused := nothing_said(text, LONGEST_FIELD):
        return refused
    found = find_dates(text, fiscal_year_be)
    if len(found) == 1:
        return Unread(text, found[0].problem) if found[0].problem else found[0].value
    if found:
        return Unread(text, Reason.AMBIGUOUS, tuple(each.value.text for each in found))
    return Unread(text, Reason.RELATIVE if _RELATIVE.search(text) else Reason.UNKNOWN)
