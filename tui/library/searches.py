"""Searches that are kept under a name, in ``searches.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.errors import LibraryError, UnknownError
from tui.library.atomic import replace_file
from tui.library.folder import Folder, reason
from tui.model import SavedSearch
from tui.text import clean

SEARCHES = "searches.json"

MOST_LETTERS = 60
"""The longest name of a search: it stands in a narrow pane."""


class Searches:
    """The saved searches of the library in *folder*; nothing is read before somebody asks, and nothing read twice.

    *writable* is whether they can be changed; *backup* gives the newest good copy of a file, and *report* hears a
    sentence on one that was damaged. No two names differ by capitals alone.
    """

    def __init__(
        self,
        folder: Folder,
        writable: bool = True,
        report: Callable[[str], None] = lambda _: None,
        backup: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._writable = writable
        self._report = report
        self._backup = backup
        self._stamp: object = None
        self._found: tuple[SavedSearch, ...] = ()

    def list(self) -> tuple[SavedSearch, ...]:
        """Return the searches by name. Raises LibraryError where a newer program keeps them, or nobody can read them.

        A damaged file is set aside, told of, and there is what its newest backup holds.
        """
        stamp = self._folder.stamp(SEARCHES)
        if stamp != self._stamp:
            self._found = self._read() if stamp else ()
            self._stamp = stamp
        return self._found

    def _read(self) -> tuple[SavedSearch, ...]:
        from tui.library.search_file import read_searches
        from tui.library.storage import DamagedError

        try:
            try:
                return read_searches(self._folder.place(SEARCHES), self._folder.system)
            except DamagedError as error:
                self._set_aside(str(error))
                return read_searches(self._folder.place(SEARCHES), self._folder.system)
        except (LibraryError, OSError) as error:
            raise LibraryError(f"The saved searches ({SEARCHES}) cannot be read: {_why(error)}.") from None

    def _set_aside(self, why: str) -> None:
        if not self._writable:
            raise LibraryError(f"they are damaged ({why})")
        with self._folder.lock(), self._folder.turn:
            good = self._backup(SEARCHES)
            aside = self._folder.set_aside(SEARCHES, leave=good is not None)
            then = "the saved searches are gone"
            if good is not None:
                replace_file(self._folder.place(SEARCHES), good, self._folder.system)
                then = "those of the newest backup are back"
        self._report(f"{SEARCHES} was damaged ({why}) and is kept as {aside}; {then}.")

    def named(self, name: str) -> SavedSearch | None:
        """Return the search with that name, whatever its capitals, or None. Raises as :meth:`list`."""
        wanted = clean(name).casefold()
        return next((search for search in self.list() if search.name.casefold() == wanted), None)

    def change(self, changes: Mapping[str, SavedSearch | None]) -> None:
        """Keep searches under their names, as they are spelt; None removes one. They are on the disk on return.

        Raises LibraryError, with the searches as they were.
        """
        from tui.library.search_file import change_searches

        if not self._writable:
            raise LibraryError(f"The library {self._folder.path} is read-only, so this cannot be kept.")
        with self._folder.lock(), self._folder.turn:
            self.list()  # a damaged file is set aside before anything is written
            try:
                change_searches(self._folder.place(SEARCHES), changes, self._folder.system)
            except (LibraryError, OSError) as error:
                raise LibraryError(f"The saved searches could not be kept: {_why(error)}.") from None


def usable_name(name: str) -> str:
    """Return *name* as a search can be called. Raises UnknownError where it cannot."""
    found = clean(name)
    if not found:
        raise UnknownError("A saved search needs a name.")
    if len(found) > MOST_LETTERS:
        raise UnknownError(f"The name of a saved search has at most {MOST_LETTERS} letters, and this has {len(found)}.")
    return found


def _why(error: Exception) -> str:
    return reason(error).removesuffix(".")
