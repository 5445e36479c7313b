"""The journal of a workspace: what was given, what became of it, every record and finding. SQLite in WAL mode, through
SQLAlchemy Core tables that PostgreSQL takes as well.

A document counts as read when its outcome is committed; one commit a document, on the disk before it returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from extract.errors import DocumentError
from schemas.finding import Finding
from schemas.outcome import Outcome, Status
from schemas.record import Record
from thaikpi.batch.task import Input

_metadata = sa.MetaData()
_inputs = sa.Table(
    "inputs",
    _metadata,
    sa.Column("key", sa.Text, primary_key=True),  # absolute path of the file that was given
    sa.Column("member", sa.Text, primary_key=True),  # path inside the archive; "" for the file itself
    sa.Column("shown", sa.Text, nullable=False),  # the path as text, "/" between
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("archive", sa.Boolean, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),  # "" where the bytes could not be read
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("status", sa.Text),  # status, reason, detail: why it is not read at all
    sa.Column("reason", sa.Text),
    sa.Column("detail", sa.Text),
)
_outcomes = sa.Table(
    "outcomes",
    _metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, primary_key=True),  # the name is part of what was read: office and year may be inferred from it
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),  # Outcome without records and findings, as JSON
    sa.Column("trace", sa.Text),
)
_records = sa.Table(
    "records",
    _metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("record_id", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
)
_findings = sa.Table(
    "findings",
    _metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),  # order within the document
    sa.Column("rule", sa.Text, nullable=False, index=True),
    sa.Column("record_id", sa.Text, index=True),
    sa.Column("body", sa.Text, nullable=False),
)


def open_journal(url: str) -> sa.Engine:
    """The journal behind a database URL, its tables made."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _durable)
    _metadata.create_all(engine)
    return engine


def _durable(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


class Journal:
    """The questions and answers of a run."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        self._engine.dispose()

    def replace_inputs(self, inputs: Sequence[Input], gone: Iterable[str]) -> None:
        """Notes what was given. gone: keys that are given no more. At once or not at all."""
        with self._engine.begin() as connection:
            for key in {*gone, *(one.key for one in inputs)}:
                connection.execute(sa.delete(_inputs).where(_inputs.c.key == key))
            if inputs:
                connection.execute(sa.insert(_inputs), [_input_row(one) for one in inputs])

    def inputs(self) -> list[Input]:
        with self._engine.connect() as connection:
            return [_input(row) for row in connection.execute(sa.select(_inputs).order_by(_inputs.c.key, _inputs.c.member))]

    def versions(self) -> dict[tuple[str, str], str]:
        """Version of the program that read each (sha256, file)."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_outcomes.c.sha256, _outcomes.c.file, _outcomes.c.version))
            return {(row.sha256, row.file): row.version for row in rows}

    def save(self, outcome: Outcome, version: str, trace: str | None = None) -> None:
        """An outcome with its records and findings, in place of an earlier one."""
        key = {"sha256": outcome.sha256, "file": outcome.file}
        bare = msgspec.structs.replace(outcome, records=(), findings=())
        with self._engine.begin() as connection:
            self._forget(connection, outcome.sha256, outcome.file)
            connection.execute(sa.insert(_outcomes), key | {"version": version, "body": _json(bare), "trace": trace})
            for record in outcome.records:
                row = {"ordinal": record.source.ordinal, "record_id": record.record_id, "body": _json(record)}
                connection.execute(sa.insert(_records), key | row)
            for place, finding in enumerate(outcome.findings):
                row = {"place": place, "rule": finding.rule, "record_id": finding.record_id, "body": _json(finding)}
                connection.execute(sa.insert(_findings), key | row)

    def forget_except(self, kept: set[tuple[str, str]]) -> None:
        """Drops the outcomes of documents that are given no more, or under another name."""
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(_outcomes.c.sha256, _outcomes.c.file)).all()
            for sha256, file in rows:
                if (sha256, file) not in kept:
                    self._forget(connection, sha256, file)

    @staticmethod
    def _forget(connection: sa.Connection, sha256: str, file: str) -> None:
        for table in (_outcomes, _records, _findings):
            connection.execute(sa.delete(table).where(table.c.sha256 == sha256, table.c.file == file))

    def outcome(self, sha256: str, file: str) -> Outcome | None:
        """With its records and findings, in order."""
        with self._engine.connect() as connection:
            body = connection.execute(_select(_outcomes, sha256, file)).scalar()
            if body is None:
                return None
            records = connection.execute(_select(_records, sha256, file).order_by(_records.c.ordinal)).scalars()
            findings = connection.execute(_select(_findings, sha256, file).order_by(_findings.c.place)).scalars()
            return msgspec.structs.replace(
                msgspec.json.decode(body, type=Outcome),
                records=tuple(msgspec.json.decode(record, type=Record) for record in records),
                findings=tuple(msgspec.json.decode(finding, type=Finding) for finding in findings),
            )

    def traces(self) -> Iterator[tuple[str, str]]:
        """(file, trace) of documents on which the program itself failed."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_outcomes.c.file, _outcomes.c.trace).where(_outcomes.c.trace.is_not(None)))
            yield from ((row.file, row.trace) for row in rows)


def _select(table: sa.Table, sha256: str, file: str) -> sa.Select[Any]:
    return sa.select(table.c.body).where(table.c.sha256 == sha256, table.c.file == file)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _input_row(one: Input) -> dict[str, object]:
    problem = one.problem
    return {
        "key": one.key,
        "member": one.member,
        "shown": "/".join(one.shown),
        "depth": one.depth,
        "archive": one.archive,
        "sha256": one.sha256,
        "bytes": one.bytes,
        "status": problem and str(problem.status),
        "reason": problem and problem.reason,
        "detail": problem and problem.detail,
    }


def _input(row: Any) -> Input:
    problem = DocumentError(Status(row.status), row.reason, row.detail) if row.status else None
    return Input(row.key, row.member, tuple(row.shown.split("/")), row.depth, row.archive, row.sha256, row.bytes, problem)
