"""Searches that are kept under a name, in ``searches.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tui.errors import UnknownError
from tui.library.atomic import System
from tui.library.folder import Folder
from tui.library.listed import ListedFile
from tui.model import SavedSearch
from tui.text import clean

SEARCHES = "searches.json"

MOST_LETTERS = 60
"""The longest name of a search: it stands in a narrow pane."""


class Searches:
    """The saved searches of the library in *folder*; see :class:`tui.library.listed.ListedFile`.

    No two names differ by capitals alone.
    """

    def __init__(
        self,
        folder: Folder,
        writable: bool = True,
        report: Callable[[str], None] = lambda _: None,
        backup: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        empty: tuple[SavedSearch, ...] = ()
        self._file = ListedFile(SEARCHES, "saved searches", folder, _read, empty, writable, report, backup)

    def list(self) -> tuple[SavedSearch, ...]:
        """Return the searches by name. Raises LibraryError, as :meth:`tui.library.listed.ListedFile.get` does."""
        return self._file.get()

    def named(self, name: str) -> SavedSearch | None:
        """Return the search with that name, whatever its capitals, or None. Raises as :meth:`list`."""
        wanted = clean(name).casefold()
        return next((search for search in self.list() if search.name.casefold() == wanted), None)

    def change(self, changes: Mapping[str, SavedSearch | None]) -> None:
        """Keep searches under their names, as they are spelt; None removes one. They are on the disk on return.

        Raises LibraryError, with the searches as they were.
        """
        from tui.library.search_file import change_searches

        with self._file.changing() as (path, system):
            change_searches(path, changes, system)


def _read(path: Path, system: System) -> tuple[SavedSearch, ...]:
    # Most starts read none.
    from tui.library.search_file import read_searches

    return read_searches(path, system)


def usable_name(name: str) -> str:
    """Return *name* as a search can be called. Raises UnknownError where it cannot."""
    found = clean(name)
    if not found:
        raise UnknownError("A saved search needs a name.")
    if len(found) > MOST_LETTERS:
        raise UnknownError(f"The name of a saved search has at most {MOST_LETTERS} letters, and this has {len(found)}.")
    return found
