"""Very many changes to the catalogue at once, such as the import of another library."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tui.catalogue.store import Store

_ROOMY, _SELDOM = 48_000, 10_000
"""KiB kept, and pages of 4 KiB after which what was changed goes to the file, where very much is changed."""

_PARTS, _MANY = 64, 2_000
"""Parts of the full text that may lie beside each other then, and new papers after which they are made one."""


@contextlib.contextmanager
def many(store: Store) -> Iterator[None]:
    """Make ready for very many changes by this thread: they cost less, and searches are swift again at the end."""
    store.execute(f"PRAGMA cache_size = -{_ROOMY}")
    store.execute(f"PRAGMA wal_autocheckpoint = {_SELDOM}")
    before = store.one("SELECT papers FROM totals")
    _merge(store, 0, _PARTS)
    try:
        yield
    finally:
        _merge(store, 4, 16)  # FTS5's own numbers
        if store.one("SELECT papers FROM totals") - before > _MANY:
            with store.change() as connection:
                connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def _merge(store: Store, automatically: int, at_last: int) -> None:
    """Let the full text's parts be merged by so many, and at the latest when there are so many of one size."""
    with store.change() as connection:
        connection.execute("INSERT INTO words (words, rank) VALUES ('automerge', ?)", (automatically,))
        connection.execute("INSERT INTO words (words, rank) VALUES ('crisismerge', ?)", (at_last,))
