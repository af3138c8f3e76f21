"""The library folder as a place: its rooms, its lock, which files changed, and where a damaged one goes."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import LibraryError
from tui.library.atomic import SYSTEM, System, is_temporary, sync_folder
from tui.library.documents import ISSUES, PAPERS

if TYPE_CHECKING:
    from filelock import FileLock

ROOMS = (ISSUES, PAPERS)

Stamp = tuple[int, int, int]
"""When a file was written, its size and its inode: every save changes at least the last, for it makes a new file."""

_NOWHERE: Stamp = (0, 0, 0)
_POLL = 0.01
"""Seconds between two tries for the lock; a save holds it for some milliseconds."""


class LockedError(LibraryError):
    """The library's lock cannot be had."""


class Folder:
    """A library folder. *patience* is how many seconds another program's save is waited for."""

    def __init__(self, path: Path, system: System = SYSTEM, patience: float = 10.0) -> None:
        self.path = path
        self.system = system
        self.patience = patience
        self._held: FileLock | None = None

    def prepare(self, create: bool) -> bool:
        """Make the folder where it is missing and may be made; return whether it can be written to.

        Raises LibraryError where there is none, or none can be made; without *create*, any other folder is none.
        """
        try:
            if create and not self.path.exists():
                self.path.mkdir(parents=True, mode=0o700)
            if not self.path.is_dir():
                why = "is not a folder" if self.path.exists() else "does not exist"
                raise LibraryError(f"The library folder {self.path} {why}.")
            if not create and not any((self.path / room).is_dir() for room in ROOMS):
                raise LibraryError(f"The folder {self.path} holds no library.")
            if self._takes_files(self.path):
                for room in ROOMS:
                    (self.path / room).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise LibraryError(f"The library folder {self.path} cannot be made: {reason(error)}.") from None
        return all(self._takes_files(self.path / room) for room in ("", *ROOMS))

    def _takes_files(self, folder: Path) -> bool:
        return os.access(folder, os.W_OK | os.X_OK)

    def stamps(self) -> dict[str, Stamp]:
        """Return the stamps of all documents by their names relative to the folder. Raises LibraryError."""
        found: dict[str, Stamp] = {}
        if not self.path.is_dir():
            # A disk that was pulled out is no order to forget everything.
            raise LibraryError(f"The library folder {self.path} is not there any more.")
        for room in ROOMS:
            for name in sorted(self._names(room)):
                if name.endswith(".json") and not name.startswith("."):
                    found[f"{room}/{name}"] = self.stamp(f"{room}/{name}") or _NOWHERE
        return found

    def stamp(self, name: str) -> Stamp | None:
        """Return the stamp of the file *name*, or None where it is not there or cannot be looked at."""
        with suppress(OSError):
            status = os.stat(self.path / name)
            return status.st_mtime_ns, status.st_size, status.st_ino
        return None

    def check_regular(self, name: str) -> None:
        """Raise OSError where *name* is there and no regular file: reading a pipe would wait for ever."""
        status = os.stat(self.path / name)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("it is not a regular file")

    def set_aside_files(self) -> tuple[str, ...]:
        """Return the names of the damaged files that were set aside and are still there."""
        return tuple(f"{room}/{name}" for room in ROOMS for name in sorted(self._names(room)) if ".corrupt-" in name)

    def _names(self, room: str) -> list[str]:
        try:
            return os.listdir(self.path / room)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LibraryError(f"The library folder {self.path / room} cannot be read: {reason(error)}.") from None

    @contextmanager
    def lock(self, patience: float | None = None) -> Iterator[None]:
        """Hold the library's lock: no other program reads to change, or writes, meanwhile.

        Raises LockedError, which names the lock, where it cannot be had in time. It may be held several times over.
        """
        # It brings asyncio along, which no reader of a library needs.
        from filelock import FileLock, Timeout

        path = self.path / "lock"
        seconds = self.patience if patience is None else patience
        if self._held is None:
            # One for all threads: who holds it for a whole operation must not shut the thread out that writes.
            self._held = FileLock(path, mode=0o600, thread_local=False)
        held = self._held
        try:
            held.acquire(timeout=seconds, poll_interval=_POLL)
        except Timeout:
            raise LockedError(
                f"Another program has held the library's lock {path} for more than {seconds:g} seconds."
            ) from None
        except OSError as error:
            raise LockedError(f"The library's lock {path} cannot be used: {reason(error)}.") from None
        try:
            yield
        finally:
            held.release()

    def tidy(self) -> None:
        """Delete what saves that were cut off left behind; not while another program saves."""
        litter = [self.path / room / name for room in ROOMS for name in self._names(room) if is_temporary(name)]
        if litter:
            with suppress(LibraryError), self.lock(patience=0):
                for path in litter:
                    with suppress(OSError):
                        path.unlink()

    def set_aside(self, name: str) -> str:
        """Rename the file *name*, and return what it is called from now on. The lock must be held. Raises OSError."""
        date = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        aside, count = f"{name}.corrupt-{date}", 1
        while (self.path / aside).exists():
            count += 1
            aside = f"{name}.corrupt-{date}-{count}"
        os.rename(self.path / name, self.path / aside)
        sync_folder(str((self.path / name).parent), self.system)
        return aside


def reason(error: BaseException) -> str:
    """Return why *error* happened, in a phrase without the path, which its sentence names already."""
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
