"""Seals on the files that a step of the history gives back: only what this machine wrote does it write again.

A library may be shared or synced, so a step may be anybody's; HMAC-SHA256 (RFC 2104) with a key that never leaves the
state folder says which of them are this reader's own.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import stat
import tempfile
from pathlib import Path

from tui.desk.steps import EXPORTED, FileChange
from tui.settings import Paths

_BYTES = 32
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def seal(change: FileChange) -> str | None:
    """Return the seal on *change*, in hexadecimal; None where there is no key and none can be kept."""
    key = _key() or _new_key()
    return _sealed(change, key) if key else None


def broken(change: FileChange, stated: object) -> str | None:
    """Return in a phrase with the path why *change* must not be done to its file, None where *stated* is its seal."""
    if change.path.suffix.lower() not in EXPORTED:
        return "is no export"
    key = _key()
    try:
        fits = key is not None and hmac.compare_digest(_sealed(change, key).encode(), str(stated).encode())
    except ValueError:  # a path that no file can have
        fits = False
    return None if fits else "was written on another machine"


def _sealed(change: FileChange, key: bytes) -> str:
    """Return the HMAC over path, before and after, each behind its length, so that no two changes have one text."""
    made = hmac.new(key, digestmod="sha256")
    for part in (os.fsencode(change.path), change.before, change.after):
        made.update(b"-" if part is None else b"%d:" % len(part))
        made.update(part or b"")
    return made.hexdigest()


def _place() -> Path:
    return Paths.of_platform().state.with_name("history.key")


def _key() -> bytes | None:
    """Return this machine's key, None where there is none or it cannot be used."""
    with contextlib.suppress(OSError), open(os.open(_place(), _READ), "rb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            key = file.read(_BYTES + 1)
            return key if len(key) == _BYTES else None
    return None


def _new_key() -> bytes | None:
    """Make a key where there is none, readable by its owner alone, and return the one that is there by then."""
    place = _place()
    with contextlib.suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, neighbour = tempfile.mkstemp(dir=place.parent, prefix=".history-key-")
        try:
            with open(handle, "wb") as file:
                file.write(os.urandom(_BYTES))
                file.flush()
                os.fsync(file.fileno())
            # A link takes no other's place: of two programs that make a key at once, one is first.
            os.link(neighbour, place)
        finally:
            os.unlink(neighbour)
    return _key()
