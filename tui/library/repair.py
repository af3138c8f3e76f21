"""Mending a library without losing anything: what is changed lies in a backup first, and what cannot be told stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import LibraryError
from tui.library.atomic import SYSTEM, System, read_file, replace_file, sync_folder
from tui.library.backups import BACKUPS, Backups
from tui.library.folder import reason
from tui.library.names import issue_file, room_of, shard_file
from tui.library.storage import Document, Tables, parsed, serialised
from tui.library.survey import SHARDED, Survey, survey
from tui.text import clean

if TYPE_CHECKING:
    from tui.library import Library


def repair(library: Library, now: datetime.datetime, system: System = SYSTEM) -> tuple[str, ...]:
    """Mend what can be mended of the library, after a backup; return a sentence on each thing that was done, or not.

    Damaged files are set aside and restored, files that were changed by hand sealed again, documents moved to where
    they belong, rings of papers opened, backups that cannot be relied upon set aside, what was cut off deleted.
    Raises LibraryError where the library cannot be had alone or the backup cannot be made; nothing is changed then.
    """
    if not library.writable:
        raise LibraryError(f"The library {library.folder} is read-only, so it cannot be repaired.")
    with library.alone():
        mending = _Mending(library, now, system)
        return tuple(mending.mended())


class _Mending:
    def __init__(self, library: Library, now: datetime.datetime, system: System) -> None:
        self._library = library
        self._folder = library.folder
        self._system = system
        self._now = now
        self._backups = Backups(library.folder, system)

    def mended(self) -> Iterator[str]:
        """Do all of it, a sentence at a time."""
        yield from self._mend_backups()
        found = survey(self._folder)
        if files := _concerned(found):
            made = self._backups.make_of(files, self._now, "repair")
            if made is not None:
                yield f"What is repaired was kept as it was in {BACKUPS}/{made.name}."
        works = (self._restore, self._seal, self._move, self._drop_doubles, self._rename, self._open_rings, self._tidy)
        for work in works:
            try:
                yield from work(survey(self._folder))
            except OSError as error:
                yield f"Not everything could be repaired: {reason(error)}."

    def _mend_backups(self) -> Iterator[str]:
        for each in self._backups.listed():
            if not each.sound:
                aside = self._backups.set_aside(each.name)
                yield f"The backup {each.name} cannot be relied upon ({each.why}) and is kept as {aside}."
        if made := self._backups.make(self._now):
            yield f"A backup was made: {BACKUPS}/{made.name}."

    def _restore(self, found: Survey) -> Iterator[str]:
        for file, why in found.damaged.items():
            yield from self._restore_file(file, why)

    def _restore_file(self, file: str, why: str) -> Iterator[str]:
        """Set a damaged file aside, restore what there is, and tell of it."""
        if room_of(file) is not None:
            before = len(self._library.reports)
            self._library.read(file)  # which knows what the catalogue remembers, and the papers concerned
            yield from self._library.reports[before:]
            return
        copy = self._backups.found(file)
        aside = f"{file}.corrupt-{self._now:%Y%m%dT%H%M%SZ}"
        self._system.replace(str(self._folder / file), str(self._folder / aside))
        if copy is None:
            yield f"{file} was damaged ({why}) and is kept as {aside}; there is no backup of it."
            return
        replace_file(self._folder / file, copy[0], self._system)
        yield f"{file} was damaged ({why}) and is kept as {aside}; it came back from the backup of {copy[1]:%Y-%m-%d}."

    def _seal(self, found: Survey) -> Iterator[str]:
        for file in found.unsealed:
            self._write(file, self._tables(file))
            yield f"{file} was sealed again as it is."

    def _move(self, found: Survey) -> Iterator[str]:
        for file, name in found.misplaced:
            room = file.partition("/")[0]
            tables, target = self._tables(file), SHARDED[room](name)
            if target in found.newer or file in found.newer or target in found.damaged:
                continue
            there = self._tables(target)
            documents = _documents_of(tables, room, name)
            known = _documents_of(there, room, name)
            if any(document != documents[0] for document in (*documents, *known)):
                yield f"{clean(name)} is in {file} and in {target}, and not the same; it was left in both."
                continue
            if not known:
                self._write(target, _added(there, room, documents[0]))
            self._write(file, _without(tables, room, name))
            yield f"{clean(name)} was moved from {file} to {target}."

    def _drop_doubles(self, found: Survey) -> Iterator[str]:
        for file, name in dict.fromkeys(found.double):
            room, tables = file.partition("/")[0], self._tables(file)
            documents = _documents_of(tables, room, name)
            if file in found.newer or any(document != documents[0] for document in documents):
                yield f"{clean(name)} is in {file} twice, and not the same; both were left."
                continue
            self._write(file, _added(_without(tables, room, name), room, documents[0]))
            yield f"{clean(name)} was in {file} twice, and is there once now."

    def _rename(self, found: Survey) -> Iterator[str]:
        for file, issue in found.renamed.items():
            target = issue_file(issue)
            if (self._folder / target).exists() or file in found.newer:
                yield f"{file} holds the issue {clean(issue)}, as {target} does; it was left."
                continue
            self._system.replace(str(self._folder / file), str(self._folder / target))
            sync_folder(str((self._folder / target).parent), self._system)
            yield f"{file} holds the issue {clean(issue)} and is called {target} now."

    def _open_rings(self, found: Survey) -> Iterator[str]:
        for ring in found.rings():
            # The first of a ring by spelling stays the paper: whichever does, the others lead to it and lose nothing.
            name = ring[0]
            file = shard_file(name)
            if file in found.newer:
                continue
            tables = self._tables(file)
            papers = {
                number: {field: value for field, value in document.items() if field != "merged_into"}
                if document.get("id") == name
                else document
                for number, document in tables["papers"].items()
            }
            self._write(file, {**tables, "papers": papers})
            yield f"The papers {', '.join(ring)} led in a ring; they all lead to {name} now."

    def _tidy(self, found: Survey) -> Iterator[str]:
        for name in found.litter:
            with suppress(FileNotFoundError):
                self._system.unlink(str(self._folder / name))
                yield f"{clean(name)}, which was not finished, was deleted."

    def _tables(self, file: str) -> Tables:
        """Return what the file holds, nothing where it is not there. Raises OSError."""
        try:
            tables, _, _ = parsed(read_file(self._folder / file)[0])
        except FileNotFoundError:
            return {file.partition("/")[0]: {}}
        except LibraryError as error:
            raise OSError(f"{file} cannot be used: {error}") from None
        return {name: table for name, table in tables.items() if name != "_meta"}

    def _write(self, file: str, tables: Tables) -> None:
        (self._folder / file).parent.mkdir(exist_ok=True, mode=0o700)
        replace_file(self._folder / file, serialised(tables), self._system)


def _concerned(found: Survey) -> set[str]:
    """Return the files that a repair may change."""
    targets = {SHARDED[file.partition("/")[0]](name) for file, name in found.misplaced}
    rings = {shard_file(ring[0]) for ring in found.rings()}
    named = {file for file, _ in (*found.misplaced, *found.double)}
    return {*found.damaged, *found.unsealed, *found.renamed} | named | targets | rings


def _documents_of(tables: Tables, room: str, name: str) -> list[Document]:
    return [document for document in tables.get(room, {}).values() if document.get("id") == name]


def _added(tables: Tables, room: str, document: Document) -> Tables:
    number = max(map(int, tables.get(room, {})), default=0) + 1
    return {**tables, room: {**tables.get(room, {}), str(number): document}}


def _without(tables: Tables, room: str, name: str) -> Tables:
    return {**tables, room: {n: document for n, document in tables.get(room, {}).items() if document.get("id") != name}}
