"""What a run may be told: one frozen settings object a stage. Command lines fill them; workers get them whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extract.limits import Limits
from extract.ocr.tesseract import Tesseract


@dataclass(frozen=True, slots=True)
class Isolation:
    """What one document may cost before its process is stopped. Time is granted a page at a time, so that a book gets more
    than a letter. CPU seconds are those of the worker alone; wall-clock time only catches what waits for ever.

    Measured on 2 busy cores (docs/decisions/isolation.md): a text page 0.02-0.1 CPU s, a page by OCR 1-4 s.
    """

    memory_bytes: int = 1536 << 20  # above what the worker takes when it starts
    opening_seconds: int = 20  # CPU, until the first page
    page_seconds: int = 30  # CPU for one page, and for the fields of all pages …
    matching_seconds: int = 2  # … this much more for each page that was read
    document_seconds: int = 120  # CPU for all pages together …
    seconds_a_page: int = 10  # … and this much more for each
    waiting_seconds: int = 600  # wall clock without a page finished
    documents_a_worker: int = 100  # then a fresh process takes over


@dataclass(frozen=True, slots=True)
class Trust:
    """When a number that was read by OCR or changed by a repair is called uncertain. docs/confidence.md has the prices."""

    below: float = 0.95  # calibrated confidence
    years_away: int = 1  # of a date's year from the report's fiscal year


@dataclass(frozen=True, slots=True)
class Settings:
    """Of a whole run. forms: folders with an office's own forms, later ones win."""

    forms: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    isolation: Isolation = field(default_factory=Isolation)
    jobs: int = 1
    trust: Trust = field(default_factory=Trust)
    second_reader: Tesseract | None = None  # of numbers on scans; off unless asked for
