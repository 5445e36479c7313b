"""Thai dates read by thaikpi, dateparser and pythainlp, side by side on the project's corpus of dates.

    python benchmarks/dates.py            needs: pip install dateparser (pythainlp is there anyway)

Corpus: tests/normalize/corpus/dates.yaml. Each written form is given to each reader by itself, as a field would be. A reader is
right when its value equals the corpus's (EDTF), or when it gives none where there is none (impossible, refused, no year known);
it is silently wrong when it gives another value. dateparser tells day, month or year (`period`), which is taken into account;
its years are also tried less 543, the least that a Thai caller would do. pythainlp's `thai_strptime` needs a format: the first
of FORMATS that it accepts counts. Neither knows ranges or fiscal periods: those rows are for scale.

The corpus is our own test as well, so our figure says that it holds, not how unseen text fares: for that see the evaluation.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "normalize" / "corpus" / "dates.yaml"
FORMATS = ("%d %B %Y", "%d/%m/%Y", "%d-%m-%Y", "%B %Y", "%Y")  # pythainlp: %B every Thai month name, %Y two or four digits
Reader = Callable[[str, int | None], str | None]


def cases() -> list[tuple[str, str, int | None, str | None]]:
    """(class, text, fiscal year BE, EDTF or None) of the corpus."""
    corpus: dict[str, Any] = yaml.load(CORPUS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    rows = []
    for row in corpus["forms"]:
        value = row["value"]
        for form in row["forms"]:
            rows.append((kind_of(value["edtf"]), form, int(value["year"]) if "year" in value else None, value["edtf"]))
    for row in corpus["kept"]:
        kind = "no year known" if row["problem"] == "no-year" else "impossible"
        rows += [(kind, form, int(row["year"]) if "year" in row else None, None) for form in row["forms"]]
    rows += [("no date", text, 2564, None) for texts in corpus["refused"].values() for text in texts]
    return rows


def kind_of(edtf: str) -> str:
    """Class of a value: what other readers could give at all, and what they could not."""
    if "/" in edtf:
        return "range or period"
    return {10: "day", 7: "month", 4: "year"}[len(edtf)]


def thaikpi_reader() -> Reader:
    from normalize.dates import find_dates

    def read(text: str, year: int | None) -> str | None:
        found = find_dates(text, year)
        return found[0].value.edtf if found and found[0].value.text == text else None

    return read


def dateparser_reader(shift: bool) -> Reader:
    from dateparser.date import DateDataParser

    parser = DateDataParser(languages=["th", "en"])

    def read(text: str, year: int | None) -> str | None:
        answer = parser.get_date_data(text)
        if answer is None or answer.date_obj is None:
            return None
        ce = answer.date_obj.year - (543 if shift and answer.date_obj.year >= 2400 else 0)
        iso = f"{ce:04d}-{answer.date_obj:%m-%d}"
        return {"day": iso, "month": iso[:7], "year": iso[:4]}.get(answer.period, iso)

    return read


def pythainlp_reader() -> Reader:
    from pythainlp.util import thai_strptime

    def read(text: str, year: int | None) -> str | None:
        for form in FORMATS:
            try:
                day = thai_strptime(text, form, add_year=2500)
            except Exception:
                continue
            iso = f"{day:%Y-%m-%d}"
            return iso if "%d" in form else iso[:7] if "%B" in form else iso[:4]
        return None

    return read


def readers() -> dict[str, Reader]:
    named = {"thaikpi": thaikpi_reader()}
    try:
        named["dateparser"] = dateparser_reader(shift=False)
        named["dateparser, BE less 543"] = dateparser_reader(shift=True)
    except ImportError:
        print("dateparser is not installed: its columns are left out", file=sys.stderr)
    named["pythainlp"] = pythainlp_reader()
    return named


def main() -> int:
    rows = cases()
    kinds = list(dict.fromkeys(kind for kind, *_ in rows))
    print(f"| reader | {' | '.join(f'{kind} ({sum(k == kind for k, *_ in rows)})' for kind in kinds)} | right | silently wrong |")
    print("|---" * (len(kinds) + 3) + "|")
    good = True
    for name, read in readers().items():
        right: dict[str, int] = defaultdict(int)
        tally: Counter[str] = Counter()
        for kind, text, year, want in rows:
            got = read(text, year)
            right[kind] += got == want
            tally["right"] += got == want
            tally["wrong"] += got is not None and got != want
        print(f"| {name} | {' | '.join(str(right[k]) for k in kinds)} | {tally['right'] / len(rows):.3f} | {tally['wrong']} |")
        good &= name != "thaikpi" or (tally["right"] >= 0.99 * len(rows) and tally["wrong"] == 0)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
