"""(being written)"""

from __future__ import annotations

from tui.digests.document import Document
from tui.model import Issue

NAME = "shamra"
LABEL = "shamra"


def recognises(document: Document) -> bool:
    """Return whether."""
    return False


def parse(document: Document) -> tuple[Issue, ...]:
    """Return."""
    return ()
