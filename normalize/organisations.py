"""Which office is meant: the 50 districts of Bangkok with both their codes, and the bureaus of the BMA.

`read_organization` reads a field, `find_organizations` a running text, `organization_in_name` a file's or folder's name,
`office_of_code` a code (1016, 5018, 5018-0817). All total. A damaged or misspelt name is read when it is nearer to one office
than to any other; two as near are Unread(AMBIGUOUS) with both as candidates. Data: districts.tsv, offices.yaml.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec

from normalize.digits import TO_ARABIC
from normalize.fields import nothing_said
from normalize.officenames import Named, nearest, skeleton, spelt_from
from schemas.values import Found, Reason, Unread

_FOLDER = Path(__file__).parent


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office of the BMA. code: district code 1001–1050, agency_code: 5001–5050; both None for a bureau.

    short: the district's name without สำนักงานเขต; name_en: None for a bureau.
    """

    name: str
    short: str
    code: str | None = None
    agency_code: str | None = None
    name_en: str | None = None


District = Office  # one of the 50, with codes


@cache
def districts() -> tuple[Office, ...]:
    """The 50 district offices, by agency code."""
    lines = (_FOLDER / "districts.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return tuple(
        Office(name=f"สำนักงานเขต{short}", short=short, code=code, agency_code=agency, name_en=english)
        for agency, code, short, english in rows
    )


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    import yaml

    loaded = yaml.safe_load((_FOLDER / "offices.yaml").read_text(encoding="utf-8"))
    return {"also": loaded["also"], "bureaus": {row["name"]: row.get("also", []) for row in loaded["bureaus"]}}


@cache
def bureaus() -> tuple[Office, ...]:
    """The bureaus (สำนัก) of the BMA: names only."""
    return tuple(Office(name=name, short=name) for name in _names()["bureaus"])


@cache
def _named_districts() -> tuple[Named[Office], ...]:
    also = _names()["also"]
    rows = [(spelling, office) for office in districts() for spelling in (office.short, *also.get(office.short, ()))]
    return tuple(Named(skeleton(spelling), office) for spelling, office in rows)


@cache
def _named_bureaus() -> tuple[Named[Office], ...]:
    rows = [(spelling, office) for office in bureaus() for spelling in (office.name, *_names()["bureaus"][office.name])]
    return tuple(Named(skeleton(spelling), office) for spelling, office in rows)


_CODE = re.compile(r"(?<![0-9])([15]0[0-9]{2})(?:-[0-9]{3,4})?(?![0-9])")


@cache
def _by_code() -> dict[str, Office]:
    return {code: office for office in districts() for code in (office.code, office.agency_code) if code}


def office_of_code(code: str) -> Office | None:
    """The district of a code: "1016" (district), "5018" (agency), "5018-0817" (KPI code; its first half is the agency)."""
    match = _CODE.fullmatch(code.translate(TO_ARABIC).strip())
    return _by_code().get(match[1]) if match else None


_OFFICE_WORD = r"(?:ส(?:ำ|ํา|า| า| ำ)?นั?กง[าำ]น|สนง\.?) ?เขต|สนข\.? ?(?:เขต)?"
_PLACE = re.compile(rf"(?P<office>{_OFFICE_WORD})|(?P<district>เขต)|(?P<bureau>ส(?:ำ|ํา|า| า)นัก|ส[จปย][สภป]\.)")
_BEGINNING = re.compile("เขต|สำน|สํา|สาน|ส า|ส ำ|ส[นจปย][ขงักสภป]")  # literals first: found several times as fast as _PLACE
_SPACES = re.compile(" {0,2}")
_NEARBY_NAMES = re.compile("ศรีอยุธยา")  # พระนครศรีอยุธยา is a province


def find_organizations(text: str) -> list[Found[Office]]:
    """Every office and district named in a text, in reading order: สำนักงานเขตบางนา, เขตบางนา, สนข.บางนา, สำนักการโยธา.

    After สำนักงานเขต a misspelt name counts as well; after a bare เขต only a right or merely damaged one does.
    A district's name without one of these words is no mention (it is also a road, a canal, a school).
    """
    found: list[Found[Office]] = []
    at = 0
    for beginning in _BEGINNING.finditer(text):
        match = _PLACE.match(text, beginning.start())
        if match is None or match.start() < at:
            continue
        mention = _bureau(text, match.start()) if match["bureau"] else _district(text, match)
        if isinstance(mention, Found):
            found.append(mention)
            at = mention.end
    return found


def _district(text: str, match: re.Match[str]) -> Found[Office] | Unread | None:
    spaces = _SPACES.match(text, match.end())
    at = spaces.end() if spaces else match.end()
    spelt = spelt_from(text, at)
    near = nearest(spelt, _named_districts(), misspelt=bool(match["office"]))
    if near is None:
        return None
    if len(near.values) > 1:
        return Unread(text[match.start() : near.end], Reason.AMBIGUOUS, tuple(office.name for office in near.values))
    if _NEARBY_NAMES.match(text, near.end):
        return None
    return Found(match.start(), near.end, near.values[0])


def _bureau(text: str, at: int) -> Found[Office] | None:
    near = nearest(spelt_from(text, at, spaced=True), _named_bureaus(), misspelt=False)
    return Found(at, near.end, near.values[0]) if near and len(near.values) == 1 else None


def find_organization(text: str) -> Found[Office] | Unread:
    """The one office that a report speaks of: the only one named, or the one named at least twice as often as any other.

    สำนักงานเขต… counts before a bare เขต…: a report names other districts' areas, hardly their offices.
    """
    mentions = find_organizations(text)
    offices = [each for each in mentions if not text.startswith("เขต", each.start)] or mentions
    if not offices:
        return Unread(text[:80], Reason.UNKNOWN)
    ranked = Counter(each.value.name for each in offices).most_common()
    if len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]:
        return Unread(text[:80], Reason.AMBIGUOUS, tuple(name for name, _ in ranked))
    return next(each for each in offices if each.value.name == ranked[0][0])


LONGEST_FIELD = 300


def read_organization(text: str) -> Office | Unread:
    """The office that a labelled field names: "สำนักงานเขตบางกอกใหญ่", "เขต บางนา", "บางนา", "ฝ่ายรายได้ สนข.บางนา", "5018"."""
    printed = text.strip(" \t\n:：.")
    if refused := nothing_said(printed, LONGEST_FIELD):
        return Unread(text, refused.reason)
    if office := office_of_code(printed):
        return office
    mentioned = {each.value.name: each.value for each in find_organizations(printed)}
    if len(mentioned) == 1:
        return next(iter(mentioned.values()))
    if mentioned:
        return Unread(text, Reason.AMBIGUOUS, tuple(mentioned))
    return _bare_name(text, printed)


_LEADING = re.compile(rf"^(?:หน่วยงาน ?:? ?)?(?:{_OFFICE_WORD}|เขต) {{0,2}}")


def _bare_name(text: str, printed: str) -> Office | Unread:
    """A name without สำนักงานเขต, or one that is only begun: บางกอก could be two."""
    bare = _LEADING.sub("", printed)
    spelt = spelt_from(bare, 0)
    near = nearest(spelt, (*_named_districts(), *_named_bureaus()), misspelt=True, whole=True)
    if near is None:
        return _in_english(printed) or _begun(text, spelt.letters)
    if len(near.values) > 1:
        return Unread(text, Reason.AMBIGUOUS, tuple(office.name for office in near.values))
    return near.values[0]


SHORTEST_BEGINNING = 4  # letters of a name that is only begun


def _begun(text: str, letters: str) -> Office | Unread:
    if len(letters) < SHORTEST_BEGINNING:
        return Unread(text, Reason.UNKNOWN)
    begun = {named.value.name: named.value for named in _named_districts() if named.letters.startswith(letters)}
    if len(begun) == 1:
        return next(iter(begun.values()))
    return Unread(text, Reason.AMBIGUOUS if begun else Reason.UNKNOWN, tuple(begun))


def _in_english(printed: str) -> Office | None:
    squeezed = re.sub("[^a-z]", "", printed.lower().replace("district", "").replace("office", ""))
    return _by_english().get(squeezed)


@cache
def _by_english() -> dict[str, Office]:
    return {re.sub("[^a-z]", "", (office.name_en or "").lower()): office for office in districts()}


@cache
def _in_name_pattern() -> re.Pattern[str]:
    english = (re.escape(office.name_en or "").replace("\\ ", "[ _.-]?") for office in districts())
    also = (spelling for spellings in _names()["also"].values() for spelling in spellings)
    thai = (*(office.short for office in districts()), *also)
    alternatives = sorted((*thai, *(rf"(?<![a-z]){name}(?![a-z])" for name in english)), key=len, reverse=True)
    return re.compile("|".join(alternatives), re.IGNORECASE)


def organization_in_name(name: str) -> Found[Office] | Unread:
    """The office that a file's or folder's name holds: รายงาน_จอมทอง_2566.pdf, mykpi_5049.pdf, Bang-Kapi.docx.

    A name counts before a code, an agency code (5018) before a district code (1016). Two different offices → AMBIGUOUS.
    """
    plain = name.translate(TO_ARABIC)
    named = [Found(m.start(), m.end(), _of_spelling(m.group())) for m in _in_name_pattern().finditer(plain)]
    coded = [Found(m.start(), m.end(), _by_code()[m[1]]) for m in _CODE.finditer(plain) if m[1] in _by_code()]
    agencies = [each for each in coded if plain[each.start] == "5"]
    for row in (named, agencies, coded):
        offices = {each.value.name for each in row}
        if len(offices) > 1:
            return Unread(name, Reason.AMBIGUOUS, tuple(sorted(offices)))
        if row:
            return row[0]
    return Unread(name, Reason.UNKNOWN)


def _of_spelling(spelling: str) -> Office:
    if english := _in_english(spelling):
        return english
    letters = skeleton(spelling)
    return next(named.value for named in _named_districts() if named.letters == letters)
