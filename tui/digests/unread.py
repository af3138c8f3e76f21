"""What a file states and the library does not keep: said once for each kind of thing, however often it stands there."""

from __future__ import annotations

from collections.abc import Iterator

from tui.digests.records import kept_key
from tui.model import Remark

MAX_KINDS = 60
"""More kinds of things than these are said as one."""


class Unread:
    """Counts what is not kept, by name and reason, and remembers where it stood first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[int, int]] = {}
        self._left = self._first_left = 0

    def add(self, name: str, line: int, why: str) -> None:
        """Count the thing *name* in *line*; *why* is a phrase that goes on the sentence ``... is not kept:``."""
        first, count = self._found.get((name, why), (line, 0))
        if not count and len(self._found) >= MAX_KINDS:
            self._left += 1
            self._first_left = min(self._first_left or line, line)
            return
        self._found[name, why] = (min(first, line), count + 1)

    def remarks(self) -> Iterator[Remark]:
        """Yield one remark for each kind of thing."""
        for (name, why), (line, count) in self._found.items():
            often = "" if count == 1 else f" ({count:,} times in this file)"
            yield Remark(line, name, f"“{name[:60]}”{often} is not kept: {why}")
        if self._left:
            yield Remark(self._first_left, "", f"{self._left:,} more fields of other names are not kept")


def new_key(stated: str, keys: set[str], line: int, unread: Unread) -> str | None:
    """Return the citation key that a file states for a paper, and put it among its *keys*.

    One that BibTeX could not take, or that is another paper's already, is None and goes to *unread*.
    """
    key = kept_key(stated) if stated else None
    if stated and key is None:
        unread.add(stated[:200], line, "BibTeX cannot take it as a key, and the paper gets another")
    elif key and key.lower() in keys:
        unread.add(stated, line, "it is the key of another paper already")
        return None
    keys.add((key or "").lower())
    return key
