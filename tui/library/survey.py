"""Everything that lies in a library folder, looked at once: what there is, and what is not as it should be."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.errors import LibraryError
from tui.library.atomic import is_temporary, read_file
from tui.library.backups.archives import abandoned, is_unfinished
from tui.library.backups.retention import read_name
from tui.library.backups.whole import kept_files
from tui.library.documents import name_of
from tui.library.folder import reason
from tui.library.names import DETAILS, ISSUES, PAPERS, copied, details_file, issue_file, room_of, shard_file
from tui.library.search_file import read_searches
from tui.library.searches import SEARCHES
from tui.library.shards import state_of
from tui.library.source_file import read_sources
from tui.library.sources import SOURCES
from tui.library.state import PaperState
from tui.library.storage import SCHEMA, Document, NewerError, Tables, parsed
from tui.model import Issue
from tui.shapes import restore

SHARDED = {PAPERS: shard_file, DETAILS: details_file}
"""The rooms whose files hold documents of papers, and what says which file a paper's is in."""

_LISTS: Mapping[str, tuple[str, Callable[[Path], int]]] = {
    SEARCHES: ("searches", lambda path: len(read_searches(path))),
    SOURCES: ("sources", lambda path: len(read_sources(path).sources)),
}
"""The files that hold one list: the table that it is in, and what says how many of its documents are used."""

_ROOMS = (ISSUES, PAPERS, DETAILS, "history", "backups")
_NOTHING = PaperState()
_PASSED_OVER = {".gitignore", ".gitattributes", ".gitkeep", ".DS_Store", "desktop.ini", "Thumbs.db"}
"""What other programs put into any folder."""


@dataclass
class Survey:
    """What was found.

    ``damaged`` says why, by file; ``unsealed`` are files that another program changed, ``newer`` those of a newer
    paperrack, ``closed`` those that cannot be read, with the reason. ``misplaced`` are documents (file, id) in a file
    that is not theirs, ``double`` those that are there twice, ``nameless`` counts by file those that name no paper, and
    ``passed_over`` those of a list of searches or sources that are none or double;
    ``renamed`` are issues (id by file) in a file of another name. ``states`` says of each paper what it was merged
    into; of so many as ``kept`` says anything is kept. ``copies`` are files that synced folders and editors put beside
    others, by those; ``strangers`` other files that are none of the library's, ``litter`` what was cut off.
    """

    files: int = 0
    size: int = 0
    issues: set[str] = field(default_factory=set)
    entries: int = 0
    papers: set[str] = field(default_factory=set)
    states: dict[str, str | None] = field(default_factory=dict)
    kept: int = 0
    details: set[str] = field(default_factory=set)
    damaged: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    unsealed: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    misplaced: list[tuple[str, str]] = field(default_factory=list)
    double: list[tuple[str, str]] = field(default_factory=list)
    nameless: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    renamed: dict[str, str] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    litter: list[str] = field(default_factory=list)

    def canonical(self, name: str) -> str:
        """Return the id that the paper *name* goes by; in a ring, one of those in it."""
        seen = {name}
        while (into := self.states.get(name)) is not None and into not in seen:
            seen.add(into)
            name = into
        return name

    def rings(self) -> list[tuple[str, ...]]:
        """Return the rings of papers that were each merged into the next, each once, from its first id by spelling."""
        found: set[tuple[str, ...]] = set()
        done: set[str] = set()
        for start in self.states:
            trail: dict[str, None] = {}
            name: str | None = start
            while name is not None and name not in trail and name not in done:
                trail[name] = None
                name = self.states.get(name)
            if name is not None and name in trail:
                ring = list(trail)[list(trail).index(name) :]
                least = ring.index(min(ring))
                found.add((*ring[least:], *ring[:least]))
            done.update(trail)
        return sorted(found)


def survey(folder: Path) -> Survey:
    """Return what lies in the library *folder* after reading every file of it. Raises LibraryError."""
    found = Survey()
    try:
        stamps = kept_files(folder)
        found.files, found.size = len(stamps), sum(size for _, size, _ in stamps.values())
        for name in _others(folder, stamps):
            if (folder / name).is_symlink() and room_of(name):
                found.closed[name] = "it is a link that leads out of the library"
            else:
                _sort(found, name)
    except OSError as error:
        raise LibraryError(f"The library {folder} cannot be read: {reason(error)}.") from None
    lock = folder / "lock"
    if lock.is_symlink() or (lock.exists() and not lock.is_file()):
        found.closed["lock"] = "it is no file of its own, and without it nothing is saved (delete it)"
    for file in stamps:
        _look_at(found, folder, file)
    return found


def _sort(found: Survey, name: str) -> None:
    """Put the file *name*, which is no document, where it belongs."""
    own = os.path.basename(name)
    if ".corrupt" in own:
        found.set_aside.append(name)
    elif is_temporary(own) or is_unfinished(own):
        found.litter.append(name)
    elif of := copied(own):
        found.copies[name] = f"{os.path.dirname(name)}/{of}".removeprefix("/")
    else:
        found.strangers.append(name)


def _others(folder: Path, known: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files in the library's rooms that are none of its documents, index, lock and backups."""
    for room in ("", *_ROOMS):
        for entry in sorted(os.listdir(folder / room)) if (folder / room).is_dir() else ():
            name = f"{room}/{entry}" if room else entry
            if room == "backups":
                ours = read_name(entry) is not None or (is_unfinished(entry) and not abandoned(folder / name))
            else:
                ours = name in known or (not room and _is_elsewhere(entry))
            if not ours and entry not in _PASSED_OVER:
                yield name


def _is_elsewhere(entry: str) -> bool:
    """Return whether *entry*, which lies beside the rooms, is nothing that a look at the documents is about."""
    return ".json" not in entry and not is_temporary(entry)


def _look_at(found: Survey, folder: Path, file: str) -> None:
    tables = _opened(found, folder, file) if file.endswith(".json") else None
    room = file.partition("/")[0]
    if tables is not None and room == ISSUES:
        _look_at_issue(found, file, tables)
    elif tables is not None and room in SHARDED:
        _look_at_shard(found, room, file, tables)
    elif tables is not None and file in _LISTS:
        _look_at_list(found, folder, file, tables)


def _opened(found: Survey, folder: Path, file: str) -> Tables | None:
    try:
        tables, schema, sound = parsed(read_file(folder / file)[0])
    except NewerError:
        found.newer.append(file)
    except LibraryError as error:
        found.damaged[file] = str(error)
    except FileNotFoundError:
        pass  # another program removed it just now
    except OSError as error:
        found.closed[file] = reason(error)
    else:
        if schema > SCHEMA:
            found.newer.append(file)
        elif not sound:
            found.unsealed.append(file)
        return tables
    return None


def _look_at_issue(found: Survey, file: str, tables: Tables) -> None:
    issues = list(tables.get("issue", {}).values())
    try:
        if len(issues) != 1:
            raise ValueError(f"it holds {len(issues)} issues instead of one")
        issue = restore(Issue, {**issues[0], "entries": []})
    except ValueError as error:
        found.damaged[file] = str(error)
        return
    if issue_file(issue.id) != file:
        found.renamed[file] = issue.id
        return
    found.issues.add(issue.id)
    for document in tables.get("entries", {}).values():
        name = name_of(document.get("paper"))
        if name is None or not isinstance(document.get("entry"), dict):
            found.nameless[file] += 1
        else:
            found.entries += 1
            found.papers.add(name)


def _look_at_list(found: Survey, folder: Path, file: str, tables: Tables) -> None:
    table, read = _LISTS[file]
    try:
        there = read(folder / file)
    except (LibraryError, OSError) as error:
        found.damaged[file] = str(error) if isinstance(error, LibraryError) else reason(error)
    else:
        found.passed_over[file] += max(0, len(tables.get(table, {})) - there)


def _look_at_shard(found: Survey, room: str, file: str, tables: Tables) -> None:
    if room not in tables:
        found.damaged[file] = "it holds nothing of papers"
        return
    seen: set[str] = set()
    for _, document in sorted(tables[room].items(), key=lambda pair: int(pair[0])):  # the first is the one that is read
        name = name_of(document.get("id"))
        if name is None:
            found.nameless[file] += 1
        elif SHARDED[room](name) != file:
            found.misplaced.append((file, name))
        elif name in seen:
            found.double.append((file, name))
        else:
            seen.add(name)
            _count(found, room, name, document)


def _count(found: Survey, room: str, name: str, document: Document) -> None:
    if room == DETAILS:
        found.details.add(name)
        return
    found.states[name] = name_of(document.get("merged_into"))
    found.kept += state_of(document) != _NOTHING
    if document.get("inquiry"):
        found.details.add(name)  # as schema 1 kept it
