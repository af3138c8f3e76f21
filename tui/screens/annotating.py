"""What the reader writes on papers: tags, notes, reading states, stars."""

from __future__ import annotations

from tui.screens.triaging import Triaging


class Annotating(Triaging):
    """The keys that write on papers, on top of those that decide."""
