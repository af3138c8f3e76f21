"""What an export gives back."""

from __future__ import annotations

from tui.frozen import dataclass


@dataclass(frozen=True)
class Written:
    """The text of an export and the number of its entries.

    ``failures`` are the entries left out, each with its key and one sentence; ``warnings`` are sentences for the
    reader on entries that were written.
    """

    text: str
    count: int
    failures: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
