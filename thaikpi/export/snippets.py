"""The places of uncertain numbers, cut out of their pages: one picture that a person looks through in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from normalize.digits import TO_ARABIC
from schemas.finding import Finding
from schemas.outcome import Outcome
from schemas.record import Place, Record

DPI = 150
WIDTH, MARGIN, LABEL = 1100, 12, 22  # pixels of the sheet
AROUND = 0.6  # of the snippet's height: paper kept above and below a number; the whole line is kept beside it
MOST = 200  # snippets of a sheet
_FRAME = "#e03131"


class Snippet(NamedTuple):
    """A cut of a page and the words under it."""

    picture: Image.Image
    label: str


def sheet_of(outcomes: Sequence[Outcome], files: Mapping[str, Path]) -> Image.Image | None:
    """Snippets one under the other; None where no number is uncertain or none has a place on a page.

    files: path of a document by its sha256; what is not there (an archive's member) is left out.
    """
    snippets = [s for outcome in outcomes for s in _snippets(outcome, files)][:MOST]
    if not snippets:
        return None
    height = MARGIN + sum(s.picture.height + LABEL + MARGIN for s in snippets)
    sheet = Image.new("RGB", (WIDTH, height), "white")
    draw, y = ImageDraw.Draw(sheet), MARGIN
    for snippet in snippets:
        sheet.paste(snippet.picture, (MARGIN, y))
        draw.text((MARGIN, y + snippet.picture.height + 3), snippet.label, fill="black", font=ImageFont.load_default(14))
        y += snippet.picture.height + LABEL + MARGIN
    return sheet


def _snippets(outcome: Outcome, files: Mapping[str, Path]) -> Iterator[Snippet]:
    records = {record.record_id: record for record in outcome.records}
    doubted = [f for f in outcome.findings if f.rule == "number-uncertain" and f.record_id in records]
    path = files.get(outcome.sha256)
    if path is None or not doubted:
        return
    pages = _Pages(path.read_bytes(), outcome.media_type)
    for finding in doubted:
        record = records[finding.record_id or ""]
        for place in record.provenance[finding.where[0]].places[:1]:
            if place.page is not None and place.bbox is not None:
                yield Snippet(_cut(pages.page(place.page), place), _label(record, finding))


def _label(record: Record, finding: Finding) -> str:
    """In letters that every machine's default font has; the Thai text stands on the snippet itself."""
    why = finding.message_en.partition("(")[2].partition("); look at")[0]
    offered = f"; would fit: {finding.expected}" if finding.expected else ""
    said = " ".join(f"{why}{offered}".translate(TO_ARABIC).encode("ascii", "ignore").decode().split())
    return f"{record.record_id}  {finding.where[0]}  {said}"


def _cut(page: Image.Image, place: Place) -> Image.Image:
    assert place.bbox is not None
    left, top, right, bottom = (v * DPI / 72 for v in place.bbox)
    around = AROUND * (bottom - top)
    first, last = max(0, int(top - around)), min(page.height, int(bottom + around) + 1)
    band = page.crop((0, first, page.width, max(first + 1, last)))
    ImageDraw.Draw(band).rectangle((left - 3, top - first - 2, right + 3, bottom - first + 2), outline=_FRAME, width=2)
    room = WIDTH - 2 * MARGIN
    return band if band.width <= room else band.resize((room, max(1, round(band.height * room / band.width))))


class _Pages:
    """Pages of a document at DPI, rendered once each."""

    def __init__(self, data: bytes, media_type: str) -> None:
        self.data, self.media_type = data, media_type
        self.made: dict[int, Image.Image] = {}

    def page(self, number: int) -> Image.Image:
        if number not in self.made:
            self.made[number] = self._rendered(number) if self.media_type == "application/pdf" else self._picture(number)
        return self.made[number]

    def _rendered(self, number: int) -> Image.Image:
        import pypdfium2 as pdfium

        document = pdfium.PdfDocument(self.data)
        try:
            picture: Image.Image = document[number - 1].render(scale=DPI / 72).to_pil().convert("RGB")
        finally:
            document.close()
        return picture

    def _picture(self, number: int) -> Image.Image:
        from extract.ocr.images import pictures

        for at, (array, dpi) in enumerate(pictures(self.data), 1):
            if at == number:
                whole = Image.fromarray(array).convert("RGB")
                return whole.resize((max(1, round(whole.width * DPI / dpi)), max(1, round(whole.height * DPI / dpi))))
        raise IndexError(number)
