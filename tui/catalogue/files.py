"""The library's files as the catalogue read them: their stamps, and what of them is still to be written."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence

from tui.catalogue.store import Store
from tui.library.contents import Stamp

_LONG = 60.0
"""Seconds after which a change is believed to be lost, whatever program has the number of its owner by now."""


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

    def abandoned(self) -> list[str]:
        """Return the files with changes that nobody will write: who put them has ended, or it was very long ago."""
        rows = self._store.execute("SELECT name, pending, owner FROM files WHERE pending IS NOT NULL").fetchall()
        long_ago = time.time() - _LONG
        return [name for name, pending, owner in rows if pending <= long_ago or not runs(owner)]

    @property
    def any_pending(self) -> bool:
        """Whether any change is not known to be in its file."""
        return self._store.one("SELECT 1 FROM files WHERE pending IS NOT NULL LIMIT 1") is not None

    def known(self, name: str) -> tuple[Stamp | None, bool]:
        """Return what :meth:`stamp` does, and whether a change was put to the file *name* since somebody read it."""
        row = self._store.execute("SELECT mtime, size, inode, pending FROM files WHERE name = ?", (name,)).fetchone()
        if not row:
            return None, False
        return None if row[0] is None else (row[0], row[1], row[2]), row[3] is not None

    def pend(self, names: Iterable[str]) -> None:
        """Note that changes to the files *names* are about to be written."""
        now = time.time()
        with self._store.change() as connection:
            connection.executemany(
                "INSERT INTO files (name, pending, owner) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET pending = excluded.pending, owner = excluded.owner",
                [(name, now, os.getpid()) for name in names],
            )

    def read(self, name: str, stamp: Stamp | None) -> None:
        """Note that the file was read with the stamp *stamp*, or that it is gone."""
        with self._store.change() as connection:
            if stamp is None:
                connection.execute("DELETE FROM files WHERE name = ?", (name,))
            else:
                connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL, NULL)", (name, *stamp))

    @property
    def rooms(self) -> tuple[int, ...]:
        """The stamps of the library's rooms when all files in them were known."""
        found = self._store.one("SELECT value FROM meta WHERE name = 'rooms'")
        return tuple(json.loads(found)) if found else ()

    @rooms.setter
    def rooms(self, stamps: Sequence[int]) -> None:
        with self._store.change() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('rooms', ?)", (json.dumps(list(stamps)),))


def runs(process: int | None) -> bool:
    """Return whether the process with that number runs, or can only be believed to."""
    if process is None:
        return False
    if os.name == "nt":  # there, this question would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    return True
