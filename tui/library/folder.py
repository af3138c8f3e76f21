"""The library folder as a place: its rooms, its lock, which files there are, and where a damaged one goes."""

from __future__ import annotations

import datetime
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tui.errors import LibraryError
from tui.library.atomic import SYSTEM, System, is_temporary, read_file, replace_file, stamp_of, sync_folder
from tui.library.contents import Stamp
from tui.library.lock import Lock
from tui.library.names import ROOMS, copied, room_of

_OTHER_ROOMS = ("", "history", "backups")
"""Where saves that were cut off may have left something behind too."""


class LockedError(LibraryError):
    """The library's lock cannot be had."""


@dataclass
class Found:
    """What lies in the rooms of a library: documents, and what is beside them.

    ``copies`` are files that synced folders and editors put beside documents, each with the one it is a copy of;
    ``strangers`` are other files named like documents, ``leading_out`` links that lead out of the library.
    """

    stamps: dict[str, Stamp] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    leading_out: list[str] = field(default_factory=list)
    litter: list[str] = field(default_factory=list)


class Folder:
    """A library folder. *patience* is how many seconds another program's save is waited for.

    ``turn`` is for this program's threads what the lock is for programs: who reads a file to change it holds both, the
    lock first.
    """

    def __init__(self, path: Path, system: System = SYSTEM, patience: float = 10.0) -> None:
        self.path = path
        self.system = system
        self.patience = patience
        self.turn = threading.RLock()
        self._home = os.path.realpath(path)
        self._lock = Lock(path / "lock")

    def prepare(self, create: bool) -> bool:
        """Make the folder where it is missing and may be made; return whether it can be written to.

        Raises LibraryError where there is none, or none can be made; without *create*, any other folder is none.
        """
        try:
            self._find(create)
            if self._takes_files(self.path):
                for room in ROOMS:
                    (self.path / room).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise LibraryError(f"The library folder {self.path} cannot be made: {reason(error)}.") from None
        self._home = os.path.realpath(self.path)
        for room in ROOMS:
            if self._leads_out(self.path / room):
                raise LibraryError(f"The folder {self.path / room} is a link that leads out of the library.")
        return all(self._takes_files(self.path / room) for room in ("", *ROOMS))

    def _find(self, create: bool) -> None:
        if create and not self.path.exists():
            self.path.mkdir(parents=True, mode=0o700)
        if not self.path.is_dir():
            why = "is not a folder" if self.path.exists() else "does not exist"
            raise LibraryError(f"The library folder {self.path} {why}.")
        if not create and not any((self.path / room).is_dir() for room in ROOMS):
            raise LibraryError(f"The folder {self.path} holds no library.")

    def _takes_files(self, folder: Path) -> bool:
        return os.access(folder, os.W_OK | os.X_OK)

    def _leads_out(self, path: str | Path) -> bool:
        return not os.path.realpath(path).startswith(self._home.rstrip(os.sep) + os.sep)

    def place(self, name: str) -> Path:
        """Return where the file *name* lies. Raises OSError where a link leads out of the library."""
        path = self.path / name
        if path.is_symlink() and self._leads_out(path):
            raise OSError("it is a link that leads out of the library")
        return path

    def rooms(self) -> tuple[int, ...]:
        """Return when a file was last added to each room, removed or replaced there (ns). Raises LibraryError."""
        found = []
        for room in ROOMS:
            try:
                found.append(os.stat(self.path / room).st_mtime_ns)
            except FileNotFoundError:
                found.append(0)
            except OSError as error:
                raise LibraryError(f"The library folder {self.path / room} cannot be read: {reason(error)}.") from None
        if not any(found):
            # A disk that was pulled out is no order to forget everything.
            raise LibraryError(f"The library folder {self.path} is not there any more.")
        return tuple(found)

    def touch(self, name: str, before: tuple[int, ...]) -> None:
        """Give the room of the file *name* a time of its own, later than it had *before*. The lock must be held.

        The kernel's times move on every few milliseconds alone: what somebody else writes right after would not show.
        """
        room = name.partition("/")[0]
        now = max(time.time_ns(), before[ROOMS.index(room)] + 1)
        with suppress(OSError):  # the folder is another user's
            os.utime(self.path / room, ns=(now, now))

    def look(self) -> Found:
        """Return what lies in the rooms. Raises LibraryError."""
        self.rooms()
        found = Found()
        for room in ROOMS:
            for entry in sorted(self._entries(room), key=lambda each: each.name):
                self._look_at(f"{room}/{entry.name}", entry, found)
        for room in _OTHER_ROOMS:
            with suppress(LibraryError):
                found.litter += [entry.path for entry in self._entries(room) if is_temporary(entry.name)]
        return found

    def _look_at(self, name: str, entry: os.DirEntry[str], found: Found) -> None:
        if room_of(name) is not None:
            if entry.is_symlink() and self._leads_out(entry.path):
                found.leading_out.append(name)
                return
            with suppress(OSError):  # it is gone by now, or a link to nothing
                found.stamps[name] = stamp_of(entry.stat() if os.name == "posix" else os.stat(entry.path))
        elif is_temporary(entry.name):
            found.litter.append(entry.path)
        elif of := copied(entry.name):
            found.copies[name] = f"{name.partition('/')[0]}/{of}"
        elif entry.name.endswith(".json") and not entry.name.startswith("."):
            found.strangers.append(name)

    def stamp(self, name: str) -> Stamp | None:
        """Return the stamp of the file *name*, or None where it is not there or cannot be looked at."""
        with suppress(OSError):
            return stamp_of(os.stat(self.place(name)))
        return None

    def _entries(self, room: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.path / room) as entries:
                return list(entries)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LibraryError(f"The library folder {self.path / room} cannot be read: {reason(error)}.") from None

    @contextmanager
    def lock(self, patience: float | None = None) -> Iterator[None]:
        """Hold the library's lock: no other program reads to change, or writes, meanwhile.

        Raises LockedError, which names the lock, where it cannot be had in time. It may be held several times over.
        """
        path = self.path / "lock"
        seconds = self.patience if patience is None else patience
        try:
            held = self._lock.acquire(seconds)
        except OSError as error:
            raise LockedError(f"The library's lock {path} cannot be used: {reason(error)}.") from None
        if not held:
            raise LockedError(f"Another program has held the library's lock {path} for more than {seconds:g} seconds.")
        try:
            yield
        finally:
            self._lock.release()

    def tidy(self, litter: list[str]) -> None:
        """Delete *litter*, which saves that were cut off left behind; not while another program saves."""
        if litter:
            with suppress(LibraryError), self.lock(patience=0), self.turn:
                for path in litter:
                    with suppress(OSError):
                        os.unlink(path)

    def set_aside(self, name: str, leave: bool = False) -> str:
        """Rename the file *name*, and return what it is called from now on. The lock must be held. Raises OSError.

        With *leave* it is there under its old name too, to be replaced: a crash in between forgets nothing.
        """
        date = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        aside, count = f"{name}.corrupt-{date}", 1
        while (self.path / aside).exists():
            count += 1
            aside = f"{name}.corrupt-{date}-{count}"
        if leave:
            self._copy(name, aside)
        else:
            os.rename(self.path / name, self.path / aside)
        sync_folder(str((self.path / name).parent), self.system)
        return aside

    def _copy(self, name: str, copy: str) -> None:
        try:
            os.link(self.path / name, self.path / copy)
        except OSError:  # not every file system has links
            replace_file(self.path / copy, read_file(self.path / name)[0], self.system)


def reason(error: BaseException) -> str:
    """Return why *error* happened, in a phrase without the path, which its sentence names already."""
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
