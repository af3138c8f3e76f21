"""What follows from what services said of a paper and from what the reader decided: its details.

Every field knows who gave it and what the others say. A version's record is one service's, never a mixture; only the
identifiers of the work, and what the reader wrote or chose, are put into it. What things are called is there at once;
what compares records is loaded with the first paper that was looked up.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tui.provenance.names import EDITABLE, FACTS, LABELS, RECORD_FIELDS

if TYPE_CHECKING:
    from tui.provenance.assembling import details_of, note_details
    from tui.provenance.believing import believed, other_versions
    from tui.provenance.fields import read

__all__ = [
    "EDITABLE",
    "FACTS",
    "LABELS",
    "RECORD_FIELDS",
    "believed",
    "details_of",
    "note_details",
    "other_versions",
    "read",
]

_LATER = {
    **dict.fromkeys(("details_of", "note_details"), "assembling"),
    **dict.fromkeys(("believed", "other_versions"), "believing"),
    "read": "fields",
}


def __getattr__(name: str) -> object:
    """Return what is loaded when it is first asked for (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
