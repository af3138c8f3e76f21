"""The file of followed sources, a TinyDB document a source; apart from who keeps them, for most starts read none."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.library.atomic import SYSTEM, System
from tui.library.storage import AtomicJSONStorage, opened, unusable
from tui.model import FollowedSource
from tui.shapes import plain, restore

_TABLE = "sources"
_ROUND = "round"

_NAMES = frozenset(item.name for item in dataclasses.fields(FollowedSource))

Change = Callable[[FollowedSource | None], FollowedSource | None]
"""Makes of a source as it is now, None where there is none, what it is to be, None where it goes."""


@dataclass(frozen=True)
class Kept:
    """The sources, by their ids in the order in which they were added, and when a round through them began.

    ``begun`` (ISO 8601) is None where the last round came to its end.
    """

    sources: Mapping[str, FollowedSource]
    begun: str | None = None


def read_sources(path: Path, system: System = SYSTEM) -> Kept:
    """Return what the file *path* holds. Raises DamagedError, NewerError where it holds none, and OSError."""
    storage = AtomicJSONStorage(path, system)
    tables = storage.read() or {}
    if tables and not (_TABLE in tables or _ROUND in tables):
        raise unusable(storage.schema, "it holds no sources")
    found: dict[str, FollowedSource] = {}
    for _, document in sorted(tables.get(_TABLE, {}).items(), key=lambda pair: int(pair[0])):
        with suppress(ValueError):
            source = restore(FollowedSource, document)
            if source.id and source.url and source.id == document["id"]:
                found.setdefault(source.id, source)
    begun = next((each.get("begun") for each in tables.get(_ROUND, {}).values()), None)
    return Kept(found, begun if isinstance(begun, str) else None)


def change_sources(path: Path, changes: Mapping[str, Change], system: System = SYSTEM) -> None:
    """Change sources, by their ids, in the file *path*. Raises as :func:`read_sources`, and what a change raises."""
    with opened(path, system) as (database, _):
        table = database.table(_TABLE, persist_empty=_TABLE not in database.tables())
        there = {document.get("id"): (document.doc_id, document) for document in table.all()}
        for name, change in changes.items():
            number, old = there.get(name, (0, None))
            before = None if old is None else restore(FollowedSource, old)
            after = change(before)
            if after is None and number:
                table.remove(doc_ids=[number])
            elif after is not None and after != before:
                _put(table, number, dict(old or {}), after)


def _put(table: Any, number: int, old: dict[str, Any], source: FollowedSource) -> None:
    from tinydb.table import Document

    # Fields of a newer program stay.
    shape = {name: value for name, value in old.items() if name not in _NAMES} | plain(source)
    if number:
        table.remove(doc_ids=[number])
        table.insert(Document(shape, doc_id=number))
    else:
        table.insert(shape)


def put_round(path: Path, begun: str | None, system: System = SYSTEM) -> None:
    """Keep when a round began, or that it is over. Raises as :func:`read_sources`."""
    with opened(path, system) as (database, _):
        database.table(_TABLE, persist_empty=_TABLE not in database.tables())
        table = database.table(_ROUND)
        table.truncate()
        if begun:
            table.insert({"begun": begun})
