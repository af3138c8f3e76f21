"""The sources that are followed, in ``sources.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tui.library.atomic import System
from tui.library.folder import Folder
from tui.library.listed import ListedFile
from tui.model import FollowedSource

if TYPE_CHECKING:
    from tui.library.source_file import Change, Kept

SOURCES = "sources.json"


class FollowedSources:
    """The followed sources of the library in *folder*; see :class:`tui.library.listed.ListedFile`.

    A source is changed by what makes its new state of the one that it has then: two programs may refresh, and rename,
    at once.
    """

    def __init__(
        self,
        folder: Folder,
        writable: bool = True,
        report: Callable[[str], None] = lambda _: None,
        backup: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        empty: Kept | None = None
        self._file: ListedFile[Kept | None] = ListedFile(
            SOURCES, "followed sources", folder, _read, empty, writable, report, backup
        )

    def by_id(self) -> Mapping[str, FollowedSource]:
        """Return the sources by their ids, as they were added. Raises LibraryError."""
        kept = self._file.get()
        return kept.sources if kept else {}

    def change(self, changes: Mapping[str, Change]) -> None:
        """Change sources, by their ids; they are on the disk on return. Raises LibraryError, with none changed."""
        from tui.library.source_file import change_sources

        with self._file.changing() as (path, system):
            change_sources(path, changes, system)

    @property
    def begun(self) -> str | None:
        """When a round through the sources began that did not come to its end (ISO 8601), None without one."""
        kept = self._file.get()
        return kept.begun if kept else None

    def put_round(self, begun: str | None) -> None:
        """Keep when a round began, None that it came to its end. Raises LibraryError."""
        from tui.library.source_file import put_round

        if begun != self.begun:
            with self._file.changing() as (path, system):
                put_round(path, begun, system)


def _read(path: Path, system: System) -> Kept | None:
    # Most starts read none.
    from tui.library.source_file import read_sources

    return read_sources(path, system)
