"""The library's files as the catalogue read them: their stamps, and what of them is still to be written."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence

from tui.catalogue.store import Store
from tui.library.contents import Stamp


class Files:
    """What is known of files. A file with a change that is not known to be in it is *pending*."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def stamps(self) -> dict[str, Stamp]:
        """Return the stamps of all files as they were read."""
        rows = self._store.execute("SELECT name, mtime, size, inode FROM files WHERE mtime IS NOT NULL")
        return {name: (mtime, size, inode) for name, mtime, size, inode in rows}

    def stamp(self, name: str) -> Stamp | None:
        """Return the stamp of the file *name* as it was read, or None where it was not."""
        row = self._store.execute("SELECT mtime, size, inode FROM files WHERE name = ?", (name,)).fetchone()
        return (row[0], row[1], row[2]) if row and row[0] is not None else None

    def pending(self, seconds: float) -> list[str]:
        """Return the files with changes that have been waiting for at least so many *seconds*."""
        rows = self._store.execute("SELECT name FROM files WHERE pending <= ?", (time.time() - seconds,))
        return [name for (name,) in rows]

    def waits(self, name: str) -> bool:
        """Return whether the file *name* is pending still: nobody has read it anew since a change to it was put."""
        row = self._store.execute("SELECT pending FROM files WHERE name = ?", (name,)).fetchone()
        return bool(row) and row[0] is not None

    def pend(self, names: Iterable[str]) -> None:
        """Note that changes to the files *names* are about to be written."""
        now = time.time()
        with self._store.change() as connection:
            connection.executemany(
                "INSERT INTO files (name, pending) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET pending = ?",
                [(name, now, now) for name in names],
            )

    def read(self, name: str, stamp: Stamp | None) -> None:
        """Note that the file was read with the stamp *stamp*, or that it is gone."""
        with self._store.change() as connection:
            if stamp is None:
                connection.execute("DELETE FROM files WHERE name = ?", (name,))
            else:
                connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL)", (name, *stamp))

    @property
    def rooms(self) -> tuple[int, ...]:
        """The stamps of the library's rooms when all files in them were known."""
        found = self._store.one("SELECT value FROM meta WHERE name = 'rooms'")
        return tuple(json.loads(found)) if found else ()

    @rooms.setter
    def rooms(self, stamps: Sequence[int]) -> None:
        with self._store.change() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('rooms', ?)", (json.dumps(list(stamps)),))
