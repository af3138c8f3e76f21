"""From one schema of the library's files to the next: pure functions on what a file holds, and what applies them.

A step takes a file's tables and returns the tables of that file and of others as the next schema has them. To add
one, write a function ``to_N`` and name it in ``STEPS``; raise :data:`tui.library.storage.SCHEMA`, and put a library of
the old schema into ``tests/library/stored``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from tui.errors import LibraryError
from tui.library.atomic import read_file, read_part, replace_file
from tui.library.backups import BACKUPS, Backups
from tui.library.backups.whole import kept_files
from tui.library.folder import Folder, reason
from tui.library.storage import SCHEMA, Document, Tables, parsed, serialised

_HEAD = 400
"""Bytes in which a file says its schema."""


def to_2(file: str, tables: Tables) -> dict[str, Tables]:
    """Take what services said of papers out of ``papers/``: it goes into ``details/``, 4,096 files by hash.

    The reader's own is small then, and a mark costs no more for what machines wrote.
    """
    if not file.startswith("papers/") or "papers" not in tables:
        return {file: tables}
    made: dict[str, Tables] = {}
    kept: dict[str, Document] = {}
    for number, document in tables["papers"].items():
        name, inquiry = document.get("id"), document.get("inquiry")
        if isinstance(name, str) and isinstance(inquiry, dict):
            document = {field: value for field, value in document.items() if field != "inquiry"}
            into = made.setdefault(_details_file(name), {"details": {}})["details"]
            if inquiry:
                into[str(len(into) + 1)] = {"id": name, "inquiry": inquiry}
        if document.keys() != {"id"}:
            kept[number] = document
    # The file itself is the last: whatever ends the program, what was in it is in it or in the others.
    return {**{name: made for name, made in made.items() if made["details"]}, file: {**tables, "papers": kept}}


def _details_file(name: str) -> str:
    return f"details/{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:3]}.json"


STEPS: Mapping[int, Callable[[str, Tables], dict[str, Tables]]] = {1: to_2}
"""The step from each schema to the next."""

CHANGED = {1: "papers"}
"""The room whose files each step changes; the others are the same in the next schema."""


def united(there: Tables, new: Tables) -> Tables:
    """Return what a file holds with the documents of *new* that it has not, by their ids: what is there is newer."""
    made: Tables = {name: dict(table) for name, table in there.items()}
    for name, table in new.items():
        into = made.setdefault(name, {})
        # Anybody may have written an id, of any shape; as text it can be compared.
        known = {repr(document.get("id")) for document in into.values()}
        number = max(map(int, into), default=0)
        for document in table.values():
            if repr(document.get("id")) not in known:
                number += 1
                into[str(number)] = document
    return made


def outdated(folder: Folder) -> dict[str, int]:
    """Return which files of the library have to be migrated, and their schemas; only their beginnings are read."""
    stated = {file: _stated(folder, file) for file in kept_files(folder.path, set(CHANGED.values()))}
    return {
        file: schema
        for file, schema in stated.items()
        if file.partition("/")[0] in {CHANGED[each] for each in range(schema, SCHEMA)}
    }


def _stated(folder: Folder, file: str) -> int:
    with suppress(OSError, ValueError, KeyError, TypeError):
        head = read_part(folder.path / file, 0, _HEAD)[0].partition(b"\n")[0]
        schema = json.loads(head.removesuffix(b",") + b"}")["_meta"]["1"]["schema"]
        if type(schema) is int and schema in STEPS:
            return schema
    return SCHEMA  # whatever it is, a step from an older schema is nothing for it


def migrate(folder: Folder, now: datetime.datetime) -> tuple[str, ...]:
    """Bring all files to this program's schema, after a backup; return a sentence for the reader if there were any.

    Each new file is on the disk before the old one is changed, so that a run that was cut off is finished by another
    one. Raises LibraryError; then nothing is lost either.
    """
    if not outdated(folder):
        return ()
    with folder.lock():
        old = outdated(folder)  # another program may have done it while the lock was waited for
        if not old:
            return ()
        schema = min(old.values())
        backup = _backup(folder, old, schema, now)
        try:
            failures = [_migrate_file(folder, file, old[file]) for file in sorted(old)]
        except OSError as error:
            raise LibraryError(f"The library could not be brought to schema {SCHEMA}: {reason(error)}.") from None
    if None not in failures:
        return ()
    told = f"The library was brought from schema {schema} to {SCHEMA}; how it was is kept as {backup}."
    return (
        told,
        *(f"{file} stays as it is, for {why}." for file, why in zip(sorted(old), failures, strict=True) if why),
    )


def _backup(folder: Folder, files: Iterable[str], schema: int, now: datetime.datetime) -> str:
    backups, why = Backups(folder.path, folder.system), f"schema{schema}"
    if backups.holds(list(files), why):
        return BACKUPS  # a run that was cut off made it
    made = backups.make_of(kept_files(folder.path).keys(), now, why, schema)
    return f"{BACKUPS}/{made.name}" if made else BACKUPS


def _migrate_file(folder: Folder, file: str, schema: int) -> str | None:
    """Bring one file to this program's schema; return in a phrase why not, where it stays as it is. Raises OSError."""
    raw = read_file(folder.path / file)[0]
    try:
        tables, _, _ = parsed(raw)
    except LibraryError:
        return "it is damaged"  # whoever reads it sets it aside
    files = {file: _documents(tables)}
    for step in range(schema, SCHEMA):
        files = {name: made for old, held in files.items() for name, made in STEPS[step](old, held).items()}
    for name, new in files.items():
        if name != file:
            there = _read(folder, name)
            if there is None:
                return f"{name} cannot be read"
            new = united(there, new)
            if new == there:
                continue
        (folder.path / name).parent.mkdir(exist_ok=True, mode=0o700)
        replace_file(folder.path / name, serialised(new), folder.system)
    return None


def _read(folder: Folder, file: str) -> Tables | None:
    """Return the tables of *file*, none where it is not there, and None where it cannot be read."""
    try:
        return _documents(parsed(read_file(folder.path / file)[0])[0])
    except FileNotFoundError:
        return {}
    except LibraryError:
        return None


def _documents(tables: Mapping[str, dict[str, Any]]) -> Tables:
    return {name: table for name, table in tables.items() if name != "_meta"}
