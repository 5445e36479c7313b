"""Options that several commands share."""

from __future__ import annotations

import argparse

from thaikpi import form_folders

forms_of = form_folders.checked


def jobs(text: str) -> int:
    """A number of processes, 1 to 256."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"--jobs needs a number from 1 to 256, not {text!r}")
    return int(text)
