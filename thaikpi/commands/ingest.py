"""`thaikpi ingest PATH … --to WORKSPACE`: folders, files and archives to a workspace of tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.outcome import Status
from thaikpi.batch import forkserver
from thaikpi.commands.options import reading_arguments, settings_of
from thaikpi.errors import Exit, UserError

if TYPE_CHECKING:
    from thaikpi.batch.run import Summary

_STATUS_TH = {
    Status.READ: "อ่านครบ",
    Status.PARTLY_READ: "อ่านได้บางส่วน",
    Status.NOT_A_REPORT: "ไม่ใช่แบบรายงานที่รู้จัก",
    Status.UNSUPPORTED: "ไม่รองรับชนิดไฟล์",
    Status.ENCRYPTED: "มีรหัสผ่าน",
    Status.EMPTY: "ว่างเปล่า",
    Status.DAMAGED: "เสียหาย",
    Status.TOO_LARGE: "ใหญ่เกินกำหนด",
    Status.NO_TEXT: "สแกนที่อ่านไม่ได้",
    Status.TIMEOUT: "ใช้เวลานานเกินกำหนด",
    Status.MEMORY_LIMIT: "ใช้หน่วยความจำเกินกำหนด",
    Status.CRASHED: "โปรแกรมอ่านหยุดทำงาน",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, folders and zip archives of reports")
    parser.add_argument(
        "--to", required=True, type=Path, metavar="WORKSPACE", help="folder for the tables (made if it is not there)"
    )
    reading_arguments(parser)
    parser.add_argument("--again", action="store_true", help="read also what this workspace has read before")
    parser.add_argument("--quiet", action="store_true", help="no progress, only the summary")


def run(options: argparse.Namespace) -> int:
    forkserver.begin()
    from thaikpi.batch.progress import Reporter
    from thaikpi.batch.run import ingest

    settings = settings_of(options)
    reporter = Reporter(options.lang, quiet=options.quiet)
    try:
        summary = ingest(options.paths, options.to, settings, reporter, again=options.again)
    except KeyboardInterrupt:
        raise UserError(
            Exit.UNREAD,
            "หยุดตามคำสั่ง สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ งานที่อ่านแล้วไม่หาย",
            "Stopped. Run the same command again to go on; what was read is kept.",
        ) from None
    print(_told(summary, options.to, options.lang), file=sys.stderr)
    return summary.exit_code


def _told(summary: Summary, folder: Path, language: str) -> str:
    """The summary that adds up: files given = the statuses' counts."""
    thai, total = language == "th", sum(summary.statuses.values())
    lines = [f"{'ไฟล์ที่ให้มา' if thai else 'Files given'}: {total}"]
    for status in Status:
        if count := summary.statuses[status]:
            lines.append(f"  {count:>6}  {status}{f' ({_STATUS_TH[status]})' if thai else ''}")
    if summary.kept:
        lines.append(f"{'อ่านไว้แล้วจากครั้งก่อน' if thai else 'Read before'}: {summary.kept}")
    lines.append(
        f"{'รายการตัวชี้วัด' if thai else 'Records'}: {summary.records}   {'ข้อสังเกต' if thai else 'Findings'}: {summary.findings}"
    )
    lines.append(f"{'ตารางอยู่ที่' if thai else 'Tables'}: {folder}")
    return "\n".join(lines)
