"""A search that the reader keeps under a name."""

from __future__ import annotations

from tui.frozen import dataclass
from tui.model.clean import Clean


@dataclass(frozen=True)
class SavedSearch(Clean):
    """A search under a name: what is looked for, and the order in which its papers are shown."""

    name: str
    query: str
    order: str = "issue"
