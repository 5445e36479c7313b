"""Folders of an office's own forms, checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from thaikpi.errors import Exit, UserError


def checked(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Folders of forms, checked: a missing folder or a broken form stops the program before anything is read."""
    folders = tuple(folder.absolute() for folder in folders)
    if not folders:  # the packaged forms are tested
        return ()
    for folder in folders:
        if not folder.is_dir():
            raise UserError(Exit.USAGE, f"ไม่พบโฟลเดอร์แบบรายงาน {folder} (--forms)", f"--forms: {folder} is not a folder.")
    from extract.forms.load import FormError, load_forms

    try:
        load_forms(*folders)
    except FormError as error:
        where = f"{error.path}:{error.line}"
        raise UserError(
            Exit.USAGE, f"แบบรายงานใช้ไม่ได้ {where}: {error.reason_th}", f"Broken form {where}: {error.reason_en}"
        ) from None
    return folders
