"""Which form a document is, or which one it is nearest to and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.forms.flow import Flow, lay_out, with_furniture
from extract.forms.labels import TIMEOUT
from extract.forms.match import Matched, match_form
from extract.forms.wording import skeleton, wording
from schemas.document import Document
from schemas.form import Evidence, Form

CLEAR = 1.5  # share of the threshold; the twelve budget books have 2.0, the made reports of other forms 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A form's case. share: score by threshold, 1 or more = recognised. lacks: titles and labels that were not found.

    matched: its labels over `flow`; None for a form whose records are rows of tables.
    """

    form: Form
    score: float
    share: float
    recognised: bool
    lacks: tuple[str, ...]
    evidence: tuple[str, ...]
    flow: Flow | None
    matched: Matched | None


def judge(document: Document, forms: Sequence[Form]) -> list[Judgement]:
    """All forms, the likeliest first: recognised ones before others, then by share of their threshold, then by id.

    A book of tables that shows nearly all evidence of its form is not searched for the labels of the others: of its sixty
    pages that would take longer than reading them.
    """
    text = _Text(document)
    flow: Flow | None = None
    found = [_judgement(form, text, None, None) for form in forms if form.record.rows is not None]
    if any(judgement.share >= CLEAR for judgement in found):
        return sorted(found, key=lambda j: (-j.share, j.form.id))
    for form in forms:
        if form.record.rows is not None:
            continue
        flow = flow or lay_out(document)
        laid = with_furniture(flow, form)
        found.append(_judgement(form, text, laid, match_form(laid, form)))
    return sorted(found, key=lambda j: (not j.recognised, -j.share, j.form.id))


def _judgement(form: Form, text: _Text, flow: Flow | None, matched: Matched | None) -> Judgement:
    rule = form.recognition
    speaks = [evidence for evidence in rule.evidence if text.has(evidence)]
    against = [evidence for evidence in rule.against if text.has(evidence)]
    labels = matched.found if matched else set()
    score = sum(e.weight for e in speaks) - sum(e.weight for e in against) + rule.label_weight * len(labels)
    enough = len(labels) >= rule.needs_labels if matched else True
    lacks = [_name(e) for e in rule.evidence if e not in speaks and e.where == "title"]
    absent = [s for s in form.sections if s.labels and s.id not in labels and s.kind != "caption"]
    lacks += [section.labels[0].replace("{quarter}", "1") for section in sorted(absent, key=lambda s: not s.required)]
    share = score / rule.threshold
    return Judgement(form, score, share, share >= 1 and enough, tuple(lacks), tuple(map(_name, speaks)), flow, matched)


def _name(evidence: Evidence) -> str:
    return evidence.text or evidence.pattern or ""


class _Text:
    """The document's text for evidence: line by line, and as one skeleton (wordings may be wrapped)."""

    def __init__(self, document: Document) -> None:
        self.lines = [line.text for page in document.pages if page.reading is not None for line in page.lines]
        self.cores = [skeleton(line) for line in self.lines]
        self.whole = "".join(self.cores)

    def has(self, evidence: Evidence) -> bool:
        if evidence.pattern is not None:
            return any(self._matches(evidence.pattern))
        word = wording(evidence.text or "")
        if evidence.where == "text":
            return word.core in self.whole or any(word.begins(core) for core in self.cores)
        return any(self._titles(evidence.text or ""))

    def _matches(self, pattern: str) -> Iterator[bool]:
        compiled = regex.compile(pattern)
        for line in self.lines:
            try:
                if compiled.search(line, timeout=TIMEOUT):
                    yield True
            except TimeoutError:
                continue

    def _titles(self, text: str) -> Iterator[bool]:
        """Lines, or two or three lines on end, that are nothing but the wording (a number or date behind it aside)."""
        word = wording(text)
        slack = max(6, len(word.core) // 3)
        for at in range(len(self.cores)):
            for count in (1, 2, 3):
                core = "".join(self.cores[at : at + count])
                if len(core) > len(word.core) + slack:
                    break
                if word.begins(core):
                    yield True
