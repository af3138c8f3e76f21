"""Which files of a library folder are worth a copy, and whether what lies in one is whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tui.errors import LibraryError
from tui.library.atomic import is_temporary
from tui.library.storage import NewerError, parsed

Stamp = tuple[int, int, int]

_DOCUMENTS = {
    "issues": re.compile(r"[a-z0-9_](?:[a-z0-9_-]|\.(?=[a-z0-9]))*\.json"),
    "papers": re.compile(r"[0-9a-f]{2}\.json"),
    "details": re.compile(r"[0-9a-f]{3}\.json"),
    "history": re.compile(r"[^.].*"),
    "": re.compile(r"searches\.json"),
}
"""The names that the library gives, by room: what a synced folder puts beside them is not copied as if it were ours."""


def copied(folder: Path) -> dict[str, Stamp]:
    """Return the stamps of all files of the library in *folder* that a backup holds, by name. Raises OSError.

    The index, the lock, unfinished files, files that were set aside and links that lead elsewhere are not among them.
    """
    return {name: stamp for room in _DOCUMENTS for name, stamp in _of_room(folder, room)}


def _of_room(folder: Path, room: str) -> Iterator[tuple[str, Stamp]]:
    home = os.path.realpath(folder)
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder / room) as entries:
        for entry in entries:
            if not _DOCUMENTS[room].fullmatch(entry.name) or ".corrupt-" in entry.name or is_temporary(entry.name):
                continue
            if entry.is_symlink() and not os.path.realpath(entry.path).startswith(home + os.sep):
                continue
            with suppress(OSError):  # it went just now, or leads nowhere
                if entry.is_file():
                    yield (f"{room}/{entry.name}" if room else entry.name), stamp_of(entry.stat())


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file: when it was changed (ns), its size (bytes) and its inode."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_stamped(path: Path) -> tuple[bytes, Stamp]:
    """Return the content of the file *path* and the stamp that it had when it was read. Raises OSError."""
    with path.open("rb") as file:
        stamp = stamp_of(os.fstat(file.fileno()))
        return file.read(), stamp


def digest(raw: bytes) -> str:
    """Return the sha256 of *raw*, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def fault(name: str, raw: bytes, pace: Callable[[], None] = lambda: None) -> str | None:
    """Return in a phrase why *raw* is not what the library writes under *name*, or None where it is.

    Of a file that is no JSON by its name nothing is known that could be wrong. *pace* is called between documents.
    """
    if not name.endswith(".json") or _fits(raw, pace):
        return None
    try:
        _, _, sound = parsed(raw)
    except NewerError:
        return None  # whole, and for a newer program to read
    except LibraryError as error:
        return str(error)
    return None if sound else "its checksum does not fit"


def _fits(raw: bytes, pace: Callable[[], None]) -> bool:
    """Return whether *raw* is in the library's own layout, its checksum fits, and each of its lines is JSON.

    A line at a time, for parsing a large file at once keeps every other thread waiting meanwhile.
    """
    head, _, rest = raw.partition(b"\n")
    body = rest.removesuffix(b"}\n")
    try:
        stated = json.loads(head.removesuffix(b",") + b"}")["_meta"]["1"]["checksum"]
        if stated != hashlib.sha256(body).hexdigest():
            return False
        for line in body.split(b"\n"):
            pace()
            if line.rstrip(b",") != b"}" and not line.endswith(b": {"):
                json.loads(b"{" + line.removesuffix(b",") + b"}")
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return True
