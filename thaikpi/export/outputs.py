"""All output files of a run, written row by row from outcomes in the order of their files."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import msgspec

from schemas.finding import Finding
from schemas.outcome import Outcome
from thaikpi.export import tables
from thaikpi.export.cells import Table


class FindingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of findings.jsonl: the finding with its name and file."""

    finding_id: str
    file: str
    rule: str
    severity: str
    record_id: str | None
    where: list[str]
    message_th: str
    message_en: str
    expected: str | None
    found: str | None


class Outputs:
    """The files of tables.md in a folder. Use as a context manager; add in the order of `file`."""

    def __init__(self, folder: Path, language: str) -> None:
        self._language, self._stack = language, ExitStack()
        self._tables = {
            name: Table(self._stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline="")), columns)
            for name, columns in tables.COLUMNS.items()
        }
        self._records = self._stack.enter_context((folder / "records.jsonl").open("wb"))
        self._findings = self._stack.enter_context((folder / "findings.jsonl").open("wb"))
        self._seen = Counter[str]()

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def add_document(self, file: str, outcome: Outcome, records: int, duplicate_of: str | None = None) -> None:
        """The row of a given file. records: how many it stands for."""
        self._tables["documents"].add(tables.document_row(file, outcome, records, self._language, duplicate_of))

    def add_contents(self, outcome: Outcome) -> None:
        """Records and findings of a document."""
        for record in outcome.records:
            self._records.write(msgspec.json.encode(record) + b"\n")
            self._tables["indicators"].add(tables.indicator_row(record))
            for name, rows in (
                ("quarters", tables.quarter_rows),
                ("mentions", tables.mention_rows),
                ("series", tables.series_rows),
            ):
                for row in rows(record):
                    self._tables[name].add(row)
        for finding in outcome.findings:
            self.add_finding(outcome.file, finding)

    def add_finding(self, file: str, finding: Finding) -> None:
        plain = tables.finding_id(file, finding)
        identity = tables.finding_id(file, finding, self._seen[plain]) if self._seen[plain] else plain
        self._seen[plain] += 1
        line = FindingLine(finding_id=identity, file=file, **msgspec.structs.asdict(finding))
        self._findings.write(msgspec.json.encode(line) + b"\n")
        self._tables["findings"].add(tables.finding_row(identity, file, finding))
