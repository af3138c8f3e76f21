"""What a file of the library holds, as it is handed to whoever keeps the catalogue; apart from what reads files.

A place is ``(start, length)``, in bytes, of one document in its file: the JSON object alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.errors import LibraryError
from tui.frozen import dataclass
from tui.library.state import PaperState
from tui.model import Issue

Stamp = tuple[int, int, int]
"""When a file was written (ns), its size and its inode: a save changes at least the last, for it makes a new file."""

NOWHERE: Stamp = (0, 0, 0)
"""The stamp of a file that is not there."""

Place = tuple[int, int]


class StaleError(LibraryError):
    """A file is another one than it was when its places were noted: read it again."""


@dataclass(frozen=True)
class IssueContents:
    """An issue; of each entry in order the paper that it speaks of, and the place of ``{"entry": …, "paper": …}``."""

    file: str
    stamp: Stamp
    issue: Issue
    papers: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class DetailContents:
    """What services said of papers, in the plain shape of an inquiry, and the place of ``{"id": …, "inquiry": …}``."""

    file: str
    stamp: Stamp
    inquiries: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, Place]


@dataclass(frozen=True)
class StateContents:
    """What the reader did with the papers of a shard.

    ``details`` is what services said where the file still holds that too, as those of schema 1 do; what lies in
    ``details/`` of the same paper is newer than it.
    """

    file: str
    stamp: Stamp
    states: Mapping[str, PaperState]
    details: DetailContents | None = None


Contents = IssueContents | StateContents | DetailContents


@dataclass(frozen=True)
class Saved:
    """A file was written, and is on the disk.

    ``stamp`` is its own now, None where it was removed, and ``before`` the one that it had, None where there was no
    file; what the file holds besides *keys*, the papers or the issue written, is as it was then. ``contents`` is all
    that it holds, None for shards of states and for what was removed. ``rooms_before`` and ``rooms`` are
    :meth:`tui.library.Library.rooms` right before and after: only the rooms of *file*, and of files that were written
    with it, were changed in between. Of those the last one alone tells of other rooms.
    """

    file: str
    stamp: Stamp | None
    before: Stamp | None
    contents: Contents | None
    keys: tuple[str, ...]
    rooms_before: tuple[int, ...]
    rooms: tuple[int, ...]


class Listeners:
    """Who is told, and who is asked, by a library that is at work.

    ``on_error`` hears, in the thread that writes, a sentence on changes that could not be saved. ``on_saved`` hears of
    each file that is on the disk, in the thread that wrote it: for an issue the one that put it, for all else one of
    the library's own; no lock is held then. ``remembered`` is asked for all states that belong into a shard that was
    found damaged, before the backups are looked into.
    """

    on_error: Callable[[str], None] | None = None
    on_saved: Callable[[Saved], None] | None = None
    remembered: Callable[[str], Mapping[str, PaperState]] | None = None
