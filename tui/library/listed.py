"""A small file of the library that is read whole and kept in memory: saved searches, followed sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from tui.errors import LibraryError
from tui.library.atomic import System, replace_file
from tui.library.folder import Folder, reason

T = TypeVar("T")


class ListedFile(Generic[T]):
    """The file *name* of the library in *folder*; nothing is read before somebody asks, and nothing read twice.

    It holds what the reader calls *what* ("saved searches"); *read* returns that of a path, *empty* is there without a
    file. *writable* is whether it can be changed; *backup* gives the newest good copy of a file, and *report* hears a
    sentence on one that was damaged.
    """

    def __init__(
        self,
        name: str,
        what: str,
        folder: Folder,
        read: Callable[[Path, System], T],
        empty: T,
        writable: bool = True,
        report: Callable[[str], None] = lambda _: None,
        backup: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self._name = name
        self._what = what
        self._folder = folder
        self._read_path = read
        self._empty = empty
        self._writable = writable
        self._report = report
        self._backup = backup
        self._stamp: object = None
        self._found = empty

    def get(self) -> T:
        """Return what it holds. Raises LibraryError where a newer program keeps it, or nobody can read it.

        A damaged file is set aside, told of, and there is what its newest backup holds.
        """
        stamp = self._folder.stamp(self._name)
        if stamp != self._stamp:
            self._found = self._read() if stamp else self._empty
            self._stamp = stamp
        return self._found

    def _read(self) -> T:
        from tui.library.storage import DamagedError

        try:
            try:
                return self._read_path(self._folder.place(self._name), self._folder.system)
            except DamagedError as error:
                self._set_aside(str(error))
                return self._read_path(self._folder.place(self._name), self._folder.system)
        except (LibraryError, OSError) as error:
            raise LibraryError(f"The {self._what} ({self._name}) cannot be read: {_why(error)}.") from None

    def _set_aside(self, why: str) -> None:
        if not self._writable:
            raise LibraryError(f"they are damaged ({why})")
        with self._folder.lock(), self._folder.turn:
            good = self._backup(self._name)
            aside = self._folder.set_aside(self._name, leave=good is not None)
            then = f"the {self._what} are gone"
            if good is not None:
                replace_file(self._folder.place(self._name), good, self._folder.system)
                then = "those of the newest backup are back"
        self._report(f"{self._name} was damaged ({why}) and is kept as {aside}; {then}.")

    @contextmanager
    def changing(self) -> Iterator[tuple[Path, System]]:
        """Yield the file's place while nobody else changes it, to be changed. Raises LibraryError."""
        if not self._writable:
            raise LibraryError(f"The library {self._folder.path} is read-only, so this cannot be kept.")
        with self._folder.lock(), self._folder.turn:
            self.get()  # a damaged file is set aside before anything is written
            try:
                yield self._folder.place(self._name), self._folder.system
            except (LibraryError, OSError) as error:
                raise LibraryError(f"The {self._what} could not be kept: {_why(error)}.") from None


def _why(error: Exception) -> str:
    return reason(error).removesuffix(".")
