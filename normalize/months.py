"""Thai (and English) month names in running text: full, abbreviated, without dots, spaced, misspelt within bounds.

Texts here are `plain`: same length as the printed text, digits Arabic, dashes and odd spaces made ASCII (datewords.plain_text).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.spelling import slips_from

FULL = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
        "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")  # fmt: skip
# As officials often write them: read as the month without asking for more.
USUAL_MISSPELLINGS = {"กุมภาพันธ": 2, "กุมภาพันธุ์": 2, "กรกฏาคม": 7, "พฤษจิกายน": 11}
SHORT = {"มค": 1, "กพ": 2, "มีค": 3, "เมย": 4, "พค": 5, "มิย": 6, "กค": 7, "สค": 8, "กย": 9, "ตค": 10, "พย": 11, "ธค": 12}
INFORMAL = {"มกรา": 1, "กุมภา": 2, "มีนา": 3, "เมษา": 4, "พฤษภา": 5, "มิถุนา": 6,
            "กรกฎา": 7, "สิงหา": 8, "กันยา": 9, "ตุลา": 10, "พฤศจิกา": 11, "ธันวา": 12}  # fmt: skip
ENGLISH = ("january", "february", "march", "april", "may", "june",
           "july", "august", "september", "october", "november", "december")  # fmt: skip
# Months whose abbreviation means something else in an office: สำนักงาน ก.พ., ก.ค. (the teachers' commission), ส.ค.1 (land).
OFFICES_TOO = frozenset({2, 7, 8})

LETTER = "ก-ฮะ-ฺเ-๎"  # Thai letters, vowels and marks; not digits, ฯ or ฿
_STEM = "(?:มี|มิ|เม|[มกพสตธ])"
_FULL = "|".join(sorted([*FULL, *USUAL_MISSPELLINGS], key=len, reverse=True))
# A dot before the last letter, or after it; none at all only where a year follows (5 มค 64).
SHORT_PATTERN = (
    rf"{_STEM}[.,][คพย][.,]?(?= ?(?:25[0-9]{{2}}|[4-9][0-9])(?![0-9,.]))"  # a scan's comma for a dot
    rf"|{_STEM} ?\. ?[คพย](?: ?\.|(?![{LETTER}]))"
    rf"|{_STEM}[คพย] ?\."
    rf"|{_STEM}[คพย](?= ?(?:25|20)?[0-9]{{2}}(?![0-9]))"
)
INFORMAL_PATTERN = rf"(?:{'|'.join(sorted(INFORMAL, key=len, reverse=True))})(?![{LETTER}])"
ENGLISH_PATTERN = (
    r"(?<![A-Za-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![A-Za-z])\.?"
)
PATTERN = f"(?P<full>{_FULL})|(?P<short>{SHORT_PATTERN})|(?P<informal>{INFORMAL_PATTERN})|(?P<english>(?i:{ENGLISH_PATTERN}))"
_LETTERS = re.compile("[^ .,]+")
_WORD = re.compile(f"[มกเพสตธ][{LETTER}]{{3,13}}")
# A piece of a name that one or two slips leave intact: asked first, it is cheap.
_HINT = re.compile("คม|ยน|พัน|กราค|ตุลา|กันย|เมษ|มิถ|สิงห|ธันว|พฤษ|พฤศ|จิกา|กุมภ|รกฎ|รกฏ")
LONG_NAME = 8  # letters from which two slips are allowed


class Month(NamedTuple):
    """A printed month. strength: "full", "short" (abbreviated) or "weak" (needs a day or a year beside it)."""

    number: int
    strength: str
    start: int
    end: int


def month_of(match: re.Match[str]) -> Month | None:
    """The month that a match of PATTERN stands for; None for a pair of letters that is no month (ม.ย.)."""
    start, end = match.span()
    if (full := match["full"]) is not None:
        number = USUAL_MISSPELLINGS.get(full) or FULL.index(full) + 1
        return Month(number, "full", start, end)
    if (informal := match["informal"]) is not None:
        return Month(INFORMAL[informal], "weak", start, end)
    if (english := match["english"]) is not None:
        name = english.rstrip(".").lower()
        return Month(next(i for i, full in enumerate(ENGLISH, 1) if full.startswith(name[:3])), "weak", start, end)
    letters = "".join(_LETTERS.findall(match["short"]))
    number = SHORT.get(letters, 0)
    return Month(number, "short" if "." in match["short"] else "weak", start, end) if number else None


def misspelt_month(plain: str, at: int) -> Month | None:
    """A full name with one wrong, missing or extra letter (two in names of eight letters and more), when no other month is
    as near. Ask only where a month is expected: after a day or เดือน."""
    match = _WORD.match(plain, at)
    if match is None or not _HINT.search(plain, at, match.end()):
        return None
    near = []
    for number, name in enumerate(FULL, 1):
        if slips := slips_from(match.group(), name, 2 if len(name) >= LONG_NAME else 1):
            near.append((*slips, number))
    near.sort()
    if not near or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    _, length, number = near[0]
    return Month(number, "weak", at, at + length)
