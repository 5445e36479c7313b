"""Report forms: which form a document is, where its records and labels stand, and what stands under them.

load (form files) → flow (lines and tables in order) → recognise → match (labels) → fields; rows* for tables of records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.forms.load import FormError, load_form, load_forms

__all__ = ["FormError", "load_form", "load_forms"]


def __getattr__(name: str) -> Any:
    """Late, so that a reader of tables alone needs no YAML."""
    if name not in __all__:
        raise AttributeError(f"module 'extract.forms' has no attribute {name!r}")
    from extract.forms import load

    return getattr(load, name)
