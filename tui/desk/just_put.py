"""The entries of issues that were just put: what is printed twice is soon printed again, and need not be read then."""

from __future__ import annotations

from collections.abc import Sequence

from tui.desk.describing import bare
from tui.library.contents import NOWHERE, IssueContents, Stamp
from tui.model import Entry

_MOST = 3_000
"""Entries that are kept: those of some ninety issues as most are."""


class JustPut:
    """The last entries that were put, by their files: nobody waits until those are on the disk."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Stamp, Sequence[Entry]]] = {}
        self._count = 0

    def __contains__(self, file: str) -> bool:
        return file in self._files

    def __len__(self) -> int:
        return self._count

    def hold(self, put: IssueContents) -> None:
        """Keep the entries of an issue that is on its way to the disk, until many more were put."""
        self._drop(put.file)
        self._files[put.file] = put.stamp, tuple(map(bare, put.issue.entries))
        self._count += len(put.issue.entries)
        while self._count > _MOST:
            self._drop(next(iter(self._files)))

    def _drop(self, file: str) -> None:
        self._count -= len(self._files.pop(file, (NOWHERE, ()))[1])

    def saved(self, kept: IssueContents) -> None:
        """Note that the issue *kept* is on the disk, in a file with a stamp."""
        found = self._files.get(kept.file)
        if found is not None and found[0] == NOWHERE:
            self._files[kept.file] = kept.stamp, found[1]

    def entry(self, file: str, stamp: Stamp | None, position: int) -> Entry | None:
        """Return the entry at *position* (from 1) of *file*, None where the file with this *stamp* is not held."""
        found = self._files.get(file)
        return found[1][position - 1] if found is not None and found[0] == stamp else None

    def clear(self) -> None:
        """Keep nothing any more."""
        self._files.clear()
        self._count = 0
