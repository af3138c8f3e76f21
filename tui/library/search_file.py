"""The file of saved searches, a TinyDB document a search; apart from who keeps them, for most starts read none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tinydb import where

from tui.library.atomic import SYSTEM, System
from tui.library.storage import AtomicJSONStorage, opened, unusable
from tui.model import SavedSearch
from tui.shapes import restore

_TABLE = "searches"


def read_searches(path: Path, system: System = SYSTEM) -> tuple[SavedSearch, ...]:
    """Return the searches in the file *path* by name, none where there is no file.

    Raises DamagedError, NewerError where it holds none, and OSError.
    """
    storage = AtomicJSONStorage(path, system)
    tables = storage.read() or {}
    if tables and _TABLE not in tables:
        raise unusable(storage.schema, "it holds no searches")
    found: dict[str, SavedSearch] = {}
    for document in tables.get(_TABLE, {}).values():
        with suppress(ValueError):
            search = restore(SavedSearch, document)
            if search.name and search.name == document["name"]:
                found.setdefault(search.name.casefold(), search)
    return tuple(search for _, search in sorted(found.items()))


def change_searches(path: Path, changes: Mapping[str, SavedSearch | None], system: System = SYSTEM) -> None:
    """Keep searches under their names in the file *path*; None removes one. Raises as :func:`read_searches`."""
    with opened(path, system) as (database, _):
        table = database.table(_TABLE, persist_empty=_TABLE not in database.tables())
        for name, search in changes.items():
            ours = where("name") == name
            if search is None:
                table.remove(ours)
                continue
            # Fields of a newer program stay; all of ours are said, the defaults too, for they replace what was.
            document = {"name": search.name, "query": search.query, "order": search.order}
            if not table.update(document, ours):
                table.insert(document)
