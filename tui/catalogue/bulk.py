"""Very many changes to the catalogue at once, such as the import of another library."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping

from tui.catalogue.files import runs
from tui.catalogue.schema import TABLES
from tui.catalogue.statements import statements
from tui.catalogue.store import Store
from tui.errors import LibraryError

_ROOMY, _SELDOM = 48_000, 10_000
"""KiB kept, and pages of 4 KiB after which what was changed goes to the file, where very much is changed."""

_PARTS, _MANY = 64, 2_000
"""Parts of the full text that may lie beside each other then, and new papers after which they are made one."""

_USUAL = {"automerge": 4, "crisismerge": 16, "hashsize": 1 << 20}
"""FTS5's own numbers: parts that are merged by and by, parts that are merged at once, bytes that are held in memory."""

_SWIFT = {"automerge": 0, "crisismerge": _PARTS, "hashsize": 16 << 20}

_SPARED = ("papers_unread", "papers_marked", "papers_title", "papers_author", "papers_year", "papers_venue")
"""Indexes that are made anew at the end where most papers are new: they cost a third of that while papers come.

Without them lists are sorted, which is slower and right; searches name the others, and fail without.
"""

_INDEX = re.compile(r"CREATE INDEX (\w+)")


@contextlib.contextmanager
def many(store: Store) -> Iterator[None]:
    """Make ready for very many changes by this thread: they cost less, and searches are swift again at the end."""
    if store.is_alone:
        yield
        return
    store.execute(f"PRAGMA cache_size = -{_ROOMY}")
    store.execute(f"PRAGMA wal_autocheckpoint = {_SELDOM}")
    before = _papers(store)
    with store.change() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('many', ?)", (os.getpid(),))
        _set(store, _SWIFT)
        for name in _SPARED if before < _MANY else ():
            connection.execute(f"DROP INDEX IF EXISTS {name}")
    try:
        with store.alone():
            yield
    finally:
        _usual(store)
        if _papers(store) - before > _MANY:
            with store.change() as connection:
                connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def mend(store: Store) -> None:
    """Make the catalogue as it usually is where a program ended in the middle of very many changes."""
    owner = store.one("SELECT value FROM meta WHERE name = 'many'")
    if owner is not None and not runs(owner):
        with contextlib.suppress(LibraryError):  # it is only slow, and the next start tries again
            _usual(store)


def _usual(store: Store) -> None:
    with store.change() as connection:
        _set(store, _USUAL)
        for statement in statements(TABLES):
            if (found := _INDEX.search(statement)) and found[1] in _SPARED:
                connection.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))
        connection.execute("DELETE FROM meta WHERE name = 'many'")


def _papers(store: Store) -> int:
    return int(store.one("SELECT papers FROM totals"))


def _set(store: Store, numbers: Mapping[str, int]) -> None:
    store.connection.executemany("INSERT INTO words (words, rank) VALUES (?, ?)", numbers.items())
