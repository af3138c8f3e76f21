"""Which files of a library folder are worth a copy, and whether what lies in one is whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tui.errors import LibraryError
from tui.library.atomic import is_temporary, stamp_of
from tui.library.contents import Stamp
from tui.library.names import ROOMS, room_of
from tui.library.storage import NewerError, parsed

_OTHERS = {"history": re.compile(r"[^.].*"), "": re.compile(r"(?:searches|sources)\.json")}
"""What lies in the other rooms, and in the folder itself, that the reader would miss."""


def kept_files(folder: Path, rooms: Iterable[str] = (*ROOMS, *_OTHERS)) -> dict[str, Stamp]:
    """Return the stamps of all files of the library in *folder*, by name: those that a backup holds. Raises OSError.

    The index, the lock, unfinished files, files that were set aside, copies that other programs put there and links
    that lead elsewhere are not among them.
    """
    return {name: stamp for room in rooms for name, stamp in _of_room(folder, room)}


def _of_room(folder: Path, room: str) -> Iterator[tuple[str, Stamp]]:
    home = os.path.realpath(folder)
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder / room) as entries:
        for entry in entries:
            name = f"{room}/{entry.name}" if room else entry.name
            if not _is_kept(room, name, entry.name):
                continue
            if entry.is_symlink() and not os.path.realpath(entry.path).startswith(home + os.sep):
                continue
            with suppress(OSError):  # it went just now, or leads nowhere
                if entry.is_file():
                    yield name, stamp_of(entry.stat() if os.name == "posix" else os.stat(entry.path))


def _is_kept(room: str, name: str, own: str) -> bool:
    if room in ROOMS:
        return room_of(name) is not None
    return bool(_OTHERS[room].fullmatch(own)) and ".corrupt-" not in own and not is_temporary(own)


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
