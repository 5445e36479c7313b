"""Thai performance reports to records that can be trusted. Users import from here; the rooms are private."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thaikpi.load import load_tables

__all__ = ["load_tables"]


def __getattr__(name: str) -> object:
    """Public names are imported when they are asked for: the command line starts without pandas."""
    if name == "load_tables":
        from thaikpi.load import load_tables

        return load_tables
    raise AttributeError(f"module 'thaikpi' has no attribute {name!r}")
