"""What an export is given: papers under their keys, and how they are wanted."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tui.frozen import dataclass
from tui.model import Paper, Record


class Item(NamedTuple):
    """A paper that leaves: its citation key, its one record, and the paper itself for an export that says more."""

    key: str
    record: Record
    paper: Paper | None = None


@dataclass(frozen=True)
class Options:
    """How an export is wanted: ``fields`` are written beyond the usual ones, as ``[bibtex] fields`` has them."""

    fields: tuple[str, ...] = ()
    encoding: Literal["latex", "unicode"] = "latex"
