"""Opening the one document that a command was given. Apart from the shared options, which load the form engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thaikpi.errors import Exit, UserError

if TYPE_CHECKING:
    from extract.source import Opened


def opened_file(path: Path) -> Opened:
    """Raises UserError when there is no such file, DocumentError when it is nothing that can be read."""
    from extract.source import Source, check_file, open_source

    if path.is_dir() or not path.exists():
        raise UserError(Exit.USAGE, f"ไม่พบไฟล์ {path} โปรดตรวจชื่อไฟล์", f"No such file: {path}. Check the name.")
    check_file(path)
    return open_source(Source(path.name, path.read_bytes()))
