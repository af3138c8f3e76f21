"""What a shell offers when tab is pressed: names out of the library's index, which is only looked at.

It answers while a finger is still on the key, with 100,000 papers, so it stands apart from the desk and loads nothing
but SQLite. Where anything is wrong, or the index is another version's, it offers nothing: the next command says why.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

MOST = 200
"""Names that are offered at once: nobody reads more."""

_TITLE = 60
"""Letters of a title that stand beside a name."""

_MOST_BYTES = 5_000_000

_PATIENCE = 3.0
"""Seconds after which the index is given up: a finger is long off the key by then."""

Offer = tuple[str, str]
"""A name, and what it is."""

_PAPERS = "SELECT id, title FROM papers WHERE id >= :start AND id < :end AND listed LIMIT :most"
_KEYS = (
    "SELECT key, title FROM papers WHERE key IS NOT NULL AND lower(key) >= lower(:start) AND lower(key) < lower(:end)"
    " AND listed LIMIT :most"
)
_REMOVED = (
    "SELECT s.paper, p.title FROM states s JOIN papers p ON p.id = s.paper"
    " WHERE s.document LIKE '%\"removed\":%' AND s.paper >= :start AND s.paper < :end LIMIT :most"
)
_ISSUES = "SELECT id, title FROM issues WHERE id >= :start AND id < :end ORDER BY id LIMIT :most"
# From tag to tag: there are few tags, and very many papers that have them.
_TAGS = (
    "WITH RECURSIVE each (tag) AS (SELECT min(tag) FROM tags UNION ALL"
    " SELECT (SELECT min(tag) FROM tags WHERE tag > each.tag) FROM each WHERE each.tag IS NOT NULL)"
    " SELECT tag, '' FROM each WHERE tag IS NOT NULL"
)


def offers(kind: str, start: str, library: Path) -> list[Offer]:
    """Return the names of a *kind* (papers, issues, tags, searches, sources, removed) in *library* that begin so."""
    with contextlib.suppress(OSError, sqlite3.Error, ValueError, RecursionError):
        if kind == "searches":
            return _beginning(_listed(library, kind, "name", "query"), start)
        if kind == "sources":
            return _beginning(_listed(library, kind, "title", "url"), start)
        with contextlib.closing(_opened(library / "index.sqlite")) as connection:
            if kind == "papers":
                # By its id, and whoever knows it by its citation key has typed no colon.
                found = _rows(connection, _PAPERS, start)
                return found if ":" in start or not start else found + _rows(connection, _KEYS, start)
            if kind == "removed":
                return _rows(connection, _REMOVED, start)
            if kind == "issues":
                return _rows(connection, _ISSUES, start)
            if kind == "tags":
                return _beginning(connection.execute(_TAGS), start)
    return []


def _opened(index: Path) -> sqlite3.Connection:
    # Read-only: what a key press asks must neither make a file nor mend one.
    _check_file(index)
    connection = sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro", uri=True, timeout=0.1)
    # A stranger's index may hold a view without end; what SQLite is at, ctrl+c does not reach.
    end = time.monotonic() + _PATIENCE
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    return connection


def _rows(connection: sqlite3.Connection, question: str, start: str) -> list[Offer]:
    asked = {"start": start, "end": start + chr(0x10FFFF), "most": MOST}
    return [(name, (title or "")[:_TITLE]) for name, title in connection.execute(question, asked)]


def _beginning(names: Iterable[Offer], start: str) -> list[Offer]:
    wanted = start.casefold()
    return [each for each in names if each[0].casefold().startswith(wanted)][:MOST]


def _listed(library: Path, file: str, name: str, beside: str) -> Iterator[Offer]:
    """Yield the saved searches, or the followed sources, as :mod:`tui.library` keeps them."""
    path = library / f"{file}.json"
    _check_file(path)
    found: Any = json.loads(path.read_bytes()) if path.stat().st_size < _MOST_BYTES else {}
    table = found.get(file) if isinstance(found, Mapping) else None
    for each in table.values() if isinstance(table, Mapping) else ():
        called = (each.get(name) or each.get(beside)) if isinstance(each, Mapping) else None
        if isinstance(called, str) and called:
            yield called, str(each.get(beside, ""))[:_TITLE]


def _check_file(path: Path) -> None:
    """Raise ValueError where *path* is there and no plain file: a pipe may never give anything, a device never end."""
    if not path.is_file():
        raise ValueError(f"{path} is no file")
