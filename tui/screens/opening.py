"""What lies elsewhere: a paper's PDF, its page, its links."""

from __future__ import annotations

from tui.screens.annotating import Annotating


class Opening(Annotating):
    """The keys that open what lies elsewhere, on top of those that write."""
