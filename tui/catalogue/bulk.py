"""Very many changes to the catalogue at once, such as the import of another library."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from tui.catalogue.store import Store

_ROOMY, _SELDOM = 48_000, 10_000
"""KiB kept, and pages of 4 KiB after which what was changed goes to the file, where very much is changed."""

_PARTS, _MANY = 64, 2_000
"""Parts of the full text that may lie beside each other then, and new papers after which they are made one."""

_USUAL = {"automerge": 4, "crisismerge": 16, "hashsize": 1 << 20}
"""FTS5's own numbers: parts that are merged by and by, parts that are merged at once, bytes that are held in memory."""

_SWIFT = {"automerge": 0, "crisismerge": _PARTS, "hashsize": 16 << 20}


@contextlib.contextmanager
def many(store: Store) -> Iterator[None]:
    """Make ready for very many changes by this thread: they cost less, and searches are swift again at the end."""
    store.execute(f"PRAGMA cache_size = -{_ROOMY}")
    store.execute(f"PRAGMA wal_autocheckpoint = {_SELDOM}")
    before = store.one("SELECT papers FROM totals")
    _set(store, _SWIFT)
    try:
        with store.alone():
            yield
    finally:
        _set(store, _USUAL)
        if store.one("SELECT papers FROM totals") - before > _MANY:
            with store.change() as connection:
                connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def _set(store: Store, numbers: Mapping[str, int]) -> None:
    with store.change() as connection:
        connection.executemany("INSERT INTO words (words, rank) VALUES (?, ?)", numbers.items())
