"""A lock that one program has at a time, by a file: flock(2), or what Windows has for it.

The operating system frees it when its holder ends, however it ends. It is the lock that the package filelock takes on
such a file too; taken here without it, for it loads asyncio, which costs more than all else that a save needs.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from pathlib import Path

_POLL = 0.002
"""Seconds between two tries; a save holds the lock for some milliseconds."""

_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


class Lock:
    """The lock at *path*, of this program: all its threads hold it together, and may take it several times over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._depth = 0
        self._handle = -1

    def acquire(self, patience: float) -> bool:
        """Return whether the lock is held now; at most *patience* seconds are waited for it. Raises OSError."""
        with self._turn:
            if not self._depth:
                until = time.monotonic() + patience
                while (handle := self._try()) is None:
                    if time.monotonic() >= until:
                        return False
                    time.sleep(_POLL)
                self._handle = handle
            self._depth += 1
            return True

    def release(self) -> None:
        """Give back what was taken once."""
        with self._turn:
            self._depth -= 1
            if not self._depth:
                os.close(self._handle)  # which frees it

    def _try(self) -> int | None:
        # Through a link that somebody put there a file would be made elsewhere.
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            if _taken(handle) and self._is_there(handle):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        return None

    def _is_there(self, handle: int) -> bool:
        """Return whether *handle* is the file that others would lock: somebody may have deleted it meanwhile."""
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self._path))
        except FileNotFoundError:
            return False


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _BUSY:
            raise
        return False
    return True
