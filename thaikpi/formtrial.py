"""What each rule of a form found in a report: as text, and drawn on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from extract.forms.fields import Field, Findings, read_fields
from extract.forms.passage import Passage, Span
from extract.forms.recognise import Judgement, judge
from extract.forms.slots import Candidate
from schemas.document import Document
from schemas.form import Form
from thaikpi.errors import Exit, UserError
from thaikpi.places import slice_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SCALE = 1.6  # pixels a point
MOST_PAGES = 12
_WIDTH = 100  # characters of a text that are shown
_LABEL, _VALUE, _LEFT = (200, 30, 30), (30, 90, 200), (150, 150, 150)
_WORDS = {
    "th": {
        "recognised": "จำได้ว่าเป็นแบบนี้", "refused": "ไม่ใช่แบบนี้", "score": "คะแนน", "evidence": "หลักฐานที่พบ",
        "lacks": "ไม่พบ", "record": "ระเบียนที่", "missing": "ไม่พบป้าย", "left": "ไม่มีส่วนใดรับ",
        "page": "หน้า", "line": "บรรทัด", "errors": "อักษรผิด",
    },
    "en": {
        "recognised": "recognised", "refused": "not recognised", "score": "score", "evidence": "evidence found",
        "lacks": "not found", "record": "record", "missing": "label not found", "left": "taken by no section",
        "page": "page", "line": "line", "errors": "letters wrong",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    judgement: Judgement
    records: tuple[Findings, ...]


def try_form(document: Document, form: Form) -> Trial:
    """One form over a document, whether or not it is recognised."""
    judgement = judge(document, [form])[0]
    assert judgement.flow is not None
    assert judgement.matched is not None
    return Trial(judgement, tuple(read_fields(judgement.flow, judgement.matched)))


def report_trial(trial: Trial, language: str) -> str:
    """Several lines: the verdict with its evidence, then every record with each section's label and value."""
    judgement, words = trial.judgement, _WORDS[language]
    rule = judgement.form.recognition
    verdict = words["recognised" if judgement.recognised else "refused"]
    lines = [f"{judgement.form.id}: {verdict} ({words['score']} {judgement.score:g} / {rule.threshold:g})"]
    lines += [f"  {words['evidence']}: {text}" for text in judgement.evidence]
    if judgement.lacks:
        lines.append(f"  {words['lacks']}: {', '.join(judgement.lacks)}")
    for number, found in enumerate(trial.records, 1):
        lines += ["", f"{words['record']} {number}", *_record_lines(trial, found, words)]
    return "\n".join(lines)


def _record_lines(trial: Trial, found: Findings, words: dict[str, str]) -> Iterator[str]:
    flow, matched = trial.judgement.flow, trial.judgement.matched
    assert flow is not None
    assert matched is not None
    labels = {c.slot.order: c for c in found.match.labels}
    for field in found.fields:
        if field.slot.order < 0:
            yield f"  {'printed':22} {field.pointer} = {_shown(field.text.text)}"
    for slot in matched.slots:
        name = f"{slot.section.id}{f' {slot.quarter}' if slot.quarter else ''}"
        label = labels.get(slot.order)
        fields = [field for field in found.fields if field.slot.order == slot.order and not slot.title]
        where = _where(trial, label, words) if label else f"({words['missing']})"
        yield f"  {name:22} {slot.section.kind:12} {where}"
        for field in fields:
            yield from (f"  {'':22} {field.pointer} = {text}" for text in _values(field))
    for span in found.left:
        part = slice_of(flow, span)
        at = f"{words['page']} {part.page}" if part.page else f"{words['line']} {part.line.number}"
        yield f"  {words['left']}: {at}: {_shown(part.line.text[part.start : part.end])}"


def _where(trial: Trial, label: Candidate, words: dict[str, str]) -> str:
    assert trial.judgement.flow is not None
    row = trial.judgement.flow.rows[label.row]
    page = trial.judgement.flow.page_number(row)
    at = f"{words['page']} {page}" if page else f"{words['line']} {row.line.number}"
    wrong = f", {label.errors} {words['errors']}" if label.errors else ""
    return f"{at}: “{row.text[label.start : label.label_end if label.row == label.end_row else None].strip()}”{wrong}"


def _values(field: Field) -> Iterator[str]:
    if field.rows:
        yield from (" | ".join(f"{name}: {_shown(text.text, 40)}" for name, text in row.items()) for row in field.rows)
    elif field.items or field.none:
        yield from (f"[{at}] {_shown(item.text)}" for at, item in enumerate(field.items))
        if field.none:
            yield "[]"
    elif field.choice:
        yield f"{field.choice} ({_shown(field.text.text)})"
    elif field.parts:
        yield " | ".join(f"{name}: {_shown(text.text)}" for name, text in field.parts.items())
    else:
        yield _shown(field.text.text)


def _shown(text: str, width: int = _WIDTH) -> str:
    flat = " ⏎ ".join(text.split("\n"))
    return flat if len(flat) <= width else flat[: width - 1] + "…"


# ---- picture


def draw_trial(trial: Trial, data: bytes, path: Path) -> None:
    """The report's pages below one another: labels boxed red, values blue, what no section took grey."""
    import pypdfium2
    from PIL import Image, ImageDraw

    flow = trial.judgement.flow
    assert flow is not None
    document = pypdfium2.PdfDocument(data)
    pictures = [document[at].render(scale=SCALE).to_pil().convert("RGB") for at in range(min(len(document), MOST_PAGES))]
    draws = [ImageDraw.Draw(picture) for picture in pictures]
    for found in trial.records:
        for label in found.match.labels:
            for span in _label_spans(trial, label):
                _box(trial, draws, span, _LABEL, label.slot.section.id)
        for field in found.fields:
            for passage in (field.text, *field.items, *(text for row in field.rows for text in row.values())):
                _boxes(trial, draws, passage)
        for span in found.left:
            _box(trial, draws, span, _LEFT, "")
    whole = Image.new("RGB", (max(p.width for p in pictures), sum(p.height for p in pictures)), "white")
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    buffer = BytesIO()
    whole.save(buffer, "PNG")
    try:
        path.write_bytes(buffer.getvalue())
    except OSError as error:
        why = error.strerror
        raise UserError(Exit.OUTPUT, f"เขียน {path} ไม่ได้: {why}", f"{path} cannot be written: {why}") from error


def _label_spans(trial: Trial, label: Candidate) -> Iterator[Span]:
    assert trial.judgement.flow is not None
    if label.row == label.end_row:
        yield label.row, label.start, label.label_end
    else:
        yield label.row, label.start, len(trial.judgement.flow.rows[label.row].text)
        yield label.end_row, 0, label.label_end


def _boxes(trial: Trial, draws: list[ImageDraw], passage: Passage) -> None:
    for span in passage.spans():
        _box(trial, draws, span, _VALUE, "")


def _box(trial: Trial, draws: list[ImageDraw], span: Span, colour: tuple[int, int, int], name: str) -> None:
    assert trial.judgement.flow is not None
    row = trial.judgement.flow.rows[span[0]]
    box = row.line.box(span[1], span[2])
    if box is None or row.page >= len(draws):
        return
    edges = [box.x0 * SCALE - 1, box.top * SCALE - 1, box.x1 * SCALE + 1, box.bottom * SCALE + 1]
    draws[row.page].rectangle(edges, outline=colour)
    if name:
        draws[row.page].text((max(0, edges[0] - 2), edges[1] - 10), name, fill=colour)
