"""How many of the wrong numbers announce themselves, and how many right ones are doubted for nothing.

    python -m benchmarks.trust collect CACHE --kinds scan:worst:150,scan:copy:200 --count 90 [--fonts a,b] [--model W]
    python -m benchmarks.trust measure CACHE… [--escaped]    what was read again from the cache, with today's rules, in seconds

`collect` reads generated documents once (OCR is the dear part) and keeps what the readers gave: the Document with the certainty
of every character, and gold. `measure` and `benchmarks.calibration` do the rest again: forms, confidence, audit. A number is
wrong when its value is: target, result, quarters, scoring, and the narratives' quantities whose value stands nowhere in that
narrative. Units do not count. Flagged: a `number-uncertain` finding points at it.
"""

from __future__ import annotations

import argparse
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from extract.forms.load import load_forms
from extract.pages import read_pages
from extract.source import Source, open_source
from samples.generator import face
from samples.generator.__main__ import document
from samples.generator.contents import FORMS
from schemas.document import Document
from schemas.record import Record
from thaikpi.audit import audit_document
from thaikpi.export.explain import at
from thaikpi.records import read_records
from thaikpi.settings import Settings, Trust

SECTIONS = [*(f"/quarters/{at}" for at in range(4)), "/summary"]
FIGURES = [f"/{name}/{key}" for name in ("target", "result") for key in ("value", "upper")]
FIGURES += [f"/quarters/{at}/value" for at in range(4)]
THRESHOLDS = (0.0, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
BELOW = Trust().below
HEAD = "{:34}  numbers  wrong  of these flagged  right flagged  silently wrong"
Gold = dict[str, Any]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One document of a cache: how it was made, what the readers gave, what is right. model: weights, None: the shipped ones."""

    kind: str
    form: str
    font: str
    model: str | None
    document: Document
    golds: list[Gold]


class Number(NamedTuple):
    """One printed number as read. pointer: of the value object. sure: its confidence; doubted: by a trigger other than that.
    want: what could have been right."""

    kept: Kept
    record: Record
    pointer: str
    right: bool
    sure: float
    doubted: bool
    want: Any
    have: Any

    def flagged(self, below: float = BELOW) -> bool:
        return self.doubted or self.sure < below


def collect(folder: Path, count: int, seed: str, fonts: Sequence[str], kinds: Sequence[str], model: Path | None) -> None:
    """Reads `count` generated documents, kinds, forms and fonts in turn. What is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    if model:
        _read_with(model)
    names = list(FORMS)
    for k in range(count):
        kind, form = kinds[k % len(kinds)], names[(k + k // len(kinds)) % len(names)]
        font = fonts[(k + k // len(fonts)) % len(fonts)]
        out = folder / f"{seed}-{k:05}.kept"
        if out.exists():
            continue
        data, ending, golds, _ = document(f"trust/{seed}/{k}", form, kind, [font])
        opened = open_source(Source(f"{k}.{ending}", data), Settings().limits)
        pages = tuple(read_pages(opened.data, opened.media_type))
        read = Document(file=opened.file, sha256=opened.sha256, media_type=opened.media_type, pages=pages)
        kept = Kept(kind=kind, form=form, font=font, model=model.stem if model else None, document=read, golds=golds)
        out.write_bytes(zlib.compress(msgspec.msgpack.encode(kept, enc_hook=_plain), 3))
        print(f"{k + 1}/{count} {kind} {form} {font}", file=sys.stderr, flush=True)


def _plain(value: Any) -> Any:
    return value.tolist()  # rows of numpy


def _read_with(model: Path) -> None:
    """Other weights than those of the package: figures for typefaces that a recogniser has not seen."""
    from extract.ocr import reader
    from extract.ocr.decode import Decoder
    from extract.ocr.recogniser import Recogniser

    shipped = reader.reader()
    other = Recogniser(model)
    made = reader.Reader(other, Decoder(other.classes, shipped.decoder.model), Decoder(other.classes))
    reader.reader = lambda: made  # type: ignore[assignment]


def kept(folders: Sequence[Path]) -> Iterator[Kept]:
    for folder in folders:
        for file in sorted(folder.glob("*.kept")):
            yield msgspec.msgpack.decode(zlib.decompress(file.read_bytes()), type=Kept)


def numbers(folders: Sequence[Path]) -> Iterator[Number]:
    """Every number of a cache, read with today's forms and rules."""
    forms = load_forms()
    for one in kept(folders):
        reading = read_records(one.document, forms)
        findings = audit_document(reading.records, reading.doubts, Trust(below=0.0))
        flags = {(f.record_id, where) for f in findings if f.rule == "number-uncertain" for where in f.where}
        for gold, record in zip(one.golds, reading.records, strict=False):
            for pointer, right, want, have in judged(gold, msgspec.to_builtins(record)):
                proof = record.provenance.get(pointer)
                sure = 1.0 if proof is None or (proof.reading == "text" and not proof.repairs) else proof.confidence
                yield Number(one, record, pointer, right, sure, (record.record_id, pointer) in flags, want, have)


def judged(gold: Gold, record: Gold) -> Iterator[tuple[str, bool, Any, Any]]:
    """Pointer, right or not, wanted, read: of every number that was read and can be judged."""
    for pointer in FIGURES:
        want, have = at(gold, pointer), at(record, pointer)
        if have is not None:
            whole = pointer if pointer.startswith("/quarters") else pointer.rpartition("/")[0]
            yield whole, close(want, have), want, have
    levels = [(s["level"], s["score"]) for s in gold.get("scoring") or []]
    for k, score in enumerate(record["scoring"] or []):
        yield f"/scoring/{k}", (score["level"], score["score"]) in levels, levels, (score["level"], score["score"])
    for section in SECTIONS:
        left = Counter(q["value"] for q in at(gold, f"{section}/quantities") or [])
        for k, quantity in enumerate(at(record, f"{section}/quantities") or []):
            value = quantity["value"]
            right = left[value] > 0
            left[value] -= right
            if value is not None:
                yield f"{section}/quantities/{k}", right, +left if not right else None, value


def close(a: Any, b: Any) -> bool:
    """Equal, but for what a float loses."""
    return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def measure(found: Sequence[Number], escaped: bool) -> None:
    """Shares by everything, condition, font, form."""
    print(HEAD.format("group"))
    for name, key in (
        ("all", lambda n: ""),
        ("condition", lambda n: n.kept.kind.split(":")[1]),
        ("kind", lambda n: n.kept.kind),
        ("font", lambda n: n.kept.font),
        ("form", lambda n: n.kept.form),
    ):
        groups: dict[str, list[Number]] = defaultdict(list)
        for number in found:
            groups[key(number)].append(number)
        for group, members in sorted(groups.items()):
            print(f"{name + ' ' + group:34} {_shares(members)}")
    for n in found if escaped else ():
        if not n.right and not n.flagged():
            proof = n.record.provenance.get(n.pointer)
            printed = " ".join(place.text for place in proof.places) if proof else ""
            where = f"{n.record.source.file} {n.kept.kind} {n.kept.font} {n.pointer}"
            print(f"{where}: {n.have} {printed!r} {n.sure} wanted {n.want}")


def prices(found: Sequence[Number]) -> None:
    """What a threshold costs, the other triggers on."""
    print("\n" + HEAD.format("flagged below"))
    for below in THRESHOLDS:
        print(f"{below if below else 'other triggers alone':<34} {_shares(found, below)}")


def _shares(members: Sequence[Number], below: float = BELOW) -> str:
    wrong, right = [n for n in members if not n.right], [n for n in members if n.right]
    caught, lost = sum(n.flagged(below) for n in wrong), sum(n.flagged(below) for n in right)
    return (
        f"{len(members):8} {len(wrong):6} {caught / max(1, len(wrong)):17.3f} {lost / max(1, len(right)):14.4f} "
        f"{len(wrong) - caught:6} {(len(wrong) - caught) / max(1, len(members)):8.5f}"
    )


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m benchmarks.trust", description=__doc__)
    p.add_argument("what", choices=("collect", "measure"))
    p.add_argument("caches", type=Path, nargs="+")
    p.add_argument("--count", type=int, default=90)
    p.add_argument("--seed", default="1")
    p.add_argument("--fonts")
    p.add_argument("--font-folder", type=Path, help="with other fonts than the system's")
    p.add_argument("--kinds", default="pdf:none")
    p.add_argument("--model", type=Path, help="other weights: lines.onnx with its lines.json beside it")
    p.add_argument("--escaped", action="store_true", help="list the wrong numbers that nothing flagged")
    a = p.parse_args()
    if a.what == "collect":
        face.ROOTS = (*face.ROOTS, *([str(a.font_folder)] if a.font_folder else []))
        fonts = a.fonts.split(",") if a.fonts else face.families()
        collect(a.caches[0], a.count, a.seed, fonts, a.kinds.split(","), a.model)
    else:
        found = list(numbers(a.caches))
        measure(found, a.escaped)
        prices(found)


if __name__ == "__main__":
    main()
