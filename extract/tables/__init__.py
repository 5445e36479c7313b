"""Tables of a page: drawn lines to cells that hold cut lines (edges → grid → cells → tables)."""

from __future__ import annotations

from extract.tables.finder import find_tables

__all__ = ["find_tables"]
