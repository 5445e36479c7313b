"""`python -m samples.generator OUT --count 1000 --seed 7`: documents with NAME.gold.json beside each.

Kinds are taken in turn: PDF with each damage in turn, pageless formats, scans with each condition in turn (--scans).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from samples.generator.contents import FORMS, Report, make_report
from samples.generator.face import families, open_face
from samples.generator.files import WRITERS, as_text
from samples.generator.page import Look, set_report
from samples.generator.pdf import DAMAGES, write_pdf
from samples.generator.scan import CONDITIONS, as_pdf, scanned
from samples.generator.strangers import as_report, strangers

GOLD_ONLY_DAMAGES = tuple(d for d in DAMAGES if d not in ("unmapped-am", "lost-am", "no-tounicode"))
SPACED = 0.12  # em between letters of spaced text
HEADER = "รายงานผลตัวชี้วัด กรุงเทพมหานคร"


def look_for(r: Random, fonts: Sequence[str], spacing: float = 0.0) -> Look:
    return Look(open_face(r.choice(list(fonts)), spacing), r.choice((13.0, 14.0, 15.0, 16.0)), r.choice((48.0, 62.0, 70.0)))


Made = tuple[bytes, str, list[Any], dict[str, Any]]


def document(seed: str, form: str, kind: str, fonts: Sequence[str], ordinals: int = 1) -> Made:
    """One document: bytes, ending, gold records, what was done to it.

    kind: "pdf:DAMAGE", "scan:CONDITION:DPI", or an ending of files.WRITERS. A PDF may have two more words: "spaced" (wide
    letter-spacing) and "running" (a header and page numbers on every page): "pdf:none:spaced".
    """
    r = Random(f"{seed}/look")
    reports: list[Report] = [make_report(f"{seed}/{k}", form) for k in range(ordinals)]
    name, *options = kind.split(":")
    about: dict[str, Any] = {"form": form, "damage": None, "scan": None}
    if name in WRITERS:
        gold = reports[0].gold | {"source": {"ordinal": 1, "pages": None, "reading": "text"}}
        return WRITERS[name](reports[0]), name, [gold], about
    look = look_for(r, fonts, SPACED if "spaced" in options else 0.0)
    for report in reports if "running" in options else ():
        report.furniture = report.furniture or HEADER
    sheets, golds = set_report(reports, look)
    about["font"] = look.face.path.stem
    if name == "pdf":
        damage = options[0] if options else "none"
        about["damage"] = None if damage == "none" else damage
        return write_pdf(sheets, look.face, damage), "pdf", golds, about
    condition, dpi = options[0], int(options[1])
    pictures = scanned(write_pdf(sheets, look.face), condition, dpi, [*seed.encode()])
    for gold in golds:
        gold["source"]["reading"] = "ocr"
    about["scan"] = {"dpi": dpi, "conditions": [condition], "container": "pdf"}
    return as_pdf(pictures, dpi), "pdf", golds, about


def kinds_of(scans: bool) -> Iterator[str]:
    """Endless: which kind comes next."""
    pageless = list(WRITERS)
    while True:
        for k, damage in enumerate((*GOLD_ONLY_DAMAGES, "am-all+space-aa", "none:spaced:running")):
            yield f"pdf:{damage}"
            yield "pdf:none"
            if scans:
                yield f"scan:{list(CONDITIONS)[k % len(CONDITIONS)]}:{(150, 200, 300)[k % 3]}"
            yield pageless[k % len(pageless)]


def write_all(out: Path, count: int, seed: int, forms: Sequence[str], fonts: Sequence[str], scans: bool = False) -> None:
    out.mkdir(parents=True, exist_ok=True)
    kinds = kinds_of(scans)
    for k in range(count):
        form, kind = forms[k % len(forms)], next(kinds)
        data, ending, golds, about = document(f"{seed}/{k}", form, kind, fonts)
        name = f"{form}-{k:04}.{ending}"
        (out / name).write_bytes(data)
        for gold in golds:
            gold["source"]["file"] = name
        gold_file = {"document": {"file": name, **about}, "records": golds, "findings": []}
        text = json.dumps(gold_file, ensure_ascii=False, indent=1) + "\n"
        (out / f"{form}-{k:04}.gold.json").write_text(text, encoding="utf-8")


def write_strangers(out: Path, count: int, seed: int, root: Path | None) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for k, (name, lines) in enumerate(strangers(count, str(seed), root)):
        report = as_report(lines)
        if k % 3 == 0 and families():
            look = look_for(Random(f"{seed}/{k}"), families())
            (out / f"{name}.pdf").write_bytes(write_pdf(set_report([report], look)[0], look.face))
        elif k % 3 == 1:
            (out / f"{name}.txt").write_bytes(as_text(report))
        else:
            ending = ("html", "docx", "md")[k // 3 % 3]
            (out / f"{name}.{ending}").write_bytes(WRITERS[ending](report))


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m samples.generator", description=__doc__)
    p.add_argument("out", type=Path)
    p.add_argument("--count", type=int, default=30)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--forms", default=",".join(FORMS), help=f"of {', '.join(FORMS)}")
    p.add_argument("--fonts", help="comma-separated file stems; default: the usual ones that are installed")
    p.add_argument("--scans", action="store_true", help="scans too")
    p.add_argument("--strangers", action="store_true", help="documents that are no KPI reports instead")
    a = p.parse_args()
    if a.strangers:
        write_strangers(a.out, a.count, a.seed, Path(__file__).resolve().parents[2])
    else:
        write_all(a.out, a.count, a.seed, a.forms.split(","), a.fonts.split(",") if a.fonts else families(), a.scans)


if __name__ == "__main__":
    main()
