"""Several files replaced at once: each whole or not at all, as one is, and the disk is waited for less often.

A folder goes to the disk once for all of them, and the system has all that it is to write before it is asked to.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from tui.library.atomic import LARGEST, SYSTEM, TEMPORARY, TOO_LARGE, System, new_file, stamp_of, sync_folder, write_all
from tui.library.contents import NOWHERE, Stamp

MOST = 32
"""Files that are replaced at once: each is open until all are on the disk."""

_THREADS = 4
"""Threads that wait for the disk at once: a journal takes in one turn what several wait for."""


class _New:
    """What takes the place of the file *path*."""

    def __init__(self, path: Path, content: bytes, system: System) -> None:
        self.folder, name = os.path.split(os.path.realpath(path))
        self.stamp: Stamp = NOWHERE
        self.error: OSError | None = None
        self._target = os.path.join(self.folder, name)
        self._temporary = os.path.join(self.folder, f".{name}{TEMPORARY}{os.urandom(6).hex()}")
        self._content = content
        self._system = system
        self._handle = -1
        self._there = False

    def attempt(self, step: Callable[[_New], None]) -> None:
        """Do *step*, unless one before it failed."""
        if self.error is None:
            try:
                step(self)
            except OSError as error:
                self.error = error

    def write(self) -> None:
        """Write the content beside the file."""
        if len(self._content) > LARGEST:
            raise OSError(TOO_LARGE)
        self._handle = new_file(self._temporary, self._system)
        self._there = True
        write_all(self._handle, self._content, self._system)

    def sync(self) -> None:
        """Bring what was written to the disk."""
        self._system.fsync(self._handle)
        self.stamp = stamp_of(os.fstat(self._handle))
        self._close()

    def rename(self) -> None:
        """Give it the file's name."""
        if self.stamp == NOWHERE:  # whatever kept it from the disk, and was no error of the system's
            raise OSError("it is not known to be on the disk")
        self._system.replace(self._temporary, self._target)
        self._there = False

    def tidy(self) -> None:
        """Take away what was begun and not done."""
        with suppress(OSError):
            self._close()
        if self._there:
            self._there = False
            with suppress(OSError):
                self._system.unlink(self._temporary)

    def _close(self) -> None:
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            self._system.close(handle)


def _all(news: Iterable[_New], step: Callable[[_New], None]) -> None:
    for each in news:
        each.attempt(step)


def _sync_at_once(news: Sequence[_New]) -> None:
    """Bring all of *news* to the disk; when this returns, or raises, no thread is at it any more."""
    threads: list[threading.Thread] = []
    try:
        for start in range(1, min(_THREADS, len(news))):
            some = news[start::_THREADS]
            thread = threading.Thread(target=_all, args=(some, _New.sync), name="library disk")
            try:
                thread.start()
            except RuntimeError:  # there are too many of them, or Python is ending
                _all(some, _New.sync)
            else:
                threads.append(thread)
        _all(news[::_THREADS], _New.sync)
    finally:
        for thread in threads:
            thread.join()


def replace_files(files: Sequence[tuple[Path, bytes]], system: System = SYSTEM) -> list[Stamp | OSError]:
    """Make each content the whole content of its file, as :func:`tui.library.atomic.replace_file` does.

    Returns the stamp of each new file, which is on the disk then, or why it could not be made.
    """
    news = [_New(path, content, system) for path, content in files]
    try:
        # All is on the disk before any of it takes a name.
        _all(news, _New.write)
        if system is SYSTEM:
            _sync_at_once(news)
        else:
            _all(news, _New.sync)
        _all(news, _New.rename)
    finally:
        for each in news:
            each.tidy()
    for folder in dict.fromkeys(each.folder for each in news if each.error is None):
        try:
            sync_folder(folder, system)
        except OSError as error:
            for each in news:
                each.error = each.error or (error if each.folder == folder else None)
    return [each.error or each.stamp for each in news]
