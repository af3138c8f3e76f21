"""When backups are made: every hour while somebody reads, and at the end of a run that changed something.

Nothing is loaded and no thread runs before it is time.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.errors import LibraryError
from tui.library import Library

FIRST = 120.0
"""Seconds after the start when it is looked for the first time whether a backup is due."""

OFTEN = 600.0
"""Seconds between two looks; a backup is due once an hour."""

_SHARE = 0.2
"""How much of the time a backup may work while somebody reads."""


class Keeping:
    """Makes the backups of *library*. ``on_error`` hears, in any thread, in a sentence why one could not be made."""

    def __init__(self, library: Library) -> None:
        self.on_error: Callable[[str], None] | None = None
        self._library = library
        self._stop = threading.Event()
        self._timer: threading.Timer | None = None
        self._early: threading.Thread | None = None
        self._working = threading.Lock()
        self._before = self._rooms()

    def start(self) -> None:
        """Look from time to time, from now on, whether a backup is due; for a run that lasts."""
        if self._library.writable and not self._stop.is_set():
            self._wait(FIRST)

    def close(self, patience: float | None = None) -> None:
        """Make a backup if this run changed anything and one is due, and stop; closing twice is no error.

        It ends after *patience* seconds whether it is done or not: another run makes it then.
        """
        if self._stop.is_set():
            return
        if self._timer is not None:
            self._timer.cancel()
        ending = None
        if patience is not None:
            ending = threading.Timer(patience, self._stop.set)
            ending.daemon = True
            ending.start()
        try:
            if self._early is not None:
                self._early.join()
            if self._library.writable and self._rooms() != self._before:
                self.keep()
        finally:
            self._stop.set()
            if ending is not None:
                ending.cancel()
            with self._working:  # one that was being made ends at its next pause
                pass

    def begin(self) -> None:
        """Make at once what :meth:`close` would make, in a thread, when all that was put so far is on the disk."""
        if self._library.writable and self._early is None and not self._stop.is_set():
            self._early = threading.Thread(target=self._begin, name="library backups", daemon=True)
            self._early.start()

    def _begin(self) -> None:
        with suppress(LibraryError):  # who closes the library is told
            self._library.flush()
            if self._rooms() != self._before:
                self.keep()

    def keep(self, share: float = 1.0) -> Path | None:
        """Make a backup if one is due, and put the older ones in order; return its path, or None.

        *share* is how much of the time it may work. What goes wrong is told to ``on_error``.
        """
        from tui.library.backups import Backups

        if not self._working.acquire(blocking=False):
            return None  # one is being made
        made = None
        try:
            backups = Backups(self._library.folder, written=self._library.written)
            now = datetime.datetime.now(datetime.UTC)
            if backups.due(now):
                made = backups.make(now, self._stop, share)
            if made is not None:
                backups.prune(now, self._stop, share)
        except LibraryError as error:
            if self.on_error is not None:
                self.on_error(str(error))
        finally:
            self._working.release()
        return made

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._look)
        self._timer.name = "library backups"
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        if self._stop.is_set():
            return
        self.keep(_SHARE)
        if not self._stop.is_set():
            self._wait(OFTEN)

    def _rooms(self) -> tuple[int, ...]:
        with suppress(LibraryError):
            return self._library.rooms()
        return ()
