"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from thaikpi.errors import Exit, UserError


def jobs(text: str) -> int:
    """A number of processes, 1 to 256."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"--jobs needs a number from 1 to 256, not {text!r}")
    return int(text)


def forms_of(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Folders of forms, checked: a missing folder or a broken form stops the program before anything is read."""
    from extract.forms.load import FormError, load_forms

    folders = tuple(folder.absolute() for folder in folders)
    for folder in folders:
        if not folder.is_dir():
            raise UserError(Exit.USAGE, f"ไม่พบโฟลเดอร์แบบรายงาน {folder} (--forms)", f"--forms: {folder} is not a folder.")
    try:
        load_forms(*folders)
    except FormError as error:
        where = f"{error.path}:{error.line}"
        raise UserError(
            Exit.USAGE, f"แบบรายงานใช้ไม่ได้ {where}: {error.reason_th}", f"Broken form {where}: {error.reason_en}"
        ) from None
    return folders
