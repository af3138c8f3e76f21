"""Files replaced whole: after a crash at any moment there is the old file or the new one, never a mixture.

The order of calls is the one that POSIX rename(2) and fsync(2) ask for: the new content goes to a temporary neighbour
and to the disk, takes the old file's name in one step, and then the folder goes to the disk too.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TEMPORARY = ".tmp-"
"""What stands in the name of a file that is not finished; whoever holds the library's lock may delete such files."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class System:
    """The calls of the module :mod:`os` that a save makes, as a seam: tests hand in one that fails or dies."""

    open: Callable[[str, int, int], int] = os.open
    write: Callable[[int, bytes], int] = os.write
    fsync: Callable[[int], None] = os.fsync
    close: Callable[[int], None] = os.close
    replace: Callable[[str, str], None] = os.replace
    unlink: Callable[[str], None] = os.unlink


SYSTEM = System()
"""The one that programs run on."""


def replace_file(path: Path, content: bytes, system: System = SYSTEM) -> None:
    """Make *content* the whole content of the file *path*, readable by its owner alone; it is on the disk on return.

    A symbolic link stays one: the file that it leads to is replaced. Raises OSError, with the old file in place and
    no litter beside it, unless the very last step failed: then the new file is in place and may not be on the disk.
    """
    folder, name = os.path.split(os.path.realpath(path))
    temporary = os.path.join(folder, f".{name}{TEMPORARY}{os.urandom(6).hex()}")
    try:
        _write_new(temporary, content, system)
        system.replace(temporary, os.path.join(folder, name))
    except BaseException:
        with suppress(OSError):
            system.unlink(temporary)
        raise
    sync_folder(folder, system)


def remove_file(path: Path, system: System = SYSTEM) -> None:
    """Remove the file *path*, for good on return; that it is not there is no error. Raises OSError."""
    with suppress(FileNotFoundError):
        system.unlink(str(path))
        sync_folder(str(path.parent), system)


def sync_folder(folder: str, system: System = SYSTEM) -> None:
    """Bring the names in *folder* to the disk, where the system can."""
    if os.name == "nt":  # Windows opens no folder; its rename is written through by the file system's own journal
        return
    handle = system.open(folder, os.O_RDONLY, 0)
    try:
        system.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems have no fsync for folders
            raise
    finally:
        system.close(handle)


def new_file(path: str, system: System = SYSTEM) -> int:
    """Return the handle of a new file, to be written by its owner alone. Raises OSError where there is one already."""
    return system.open(path, _NEW_FILE, 0o600)


def is_temporary(name: str) -> bool:
    """Return whether *name* is that of a file which a save left behind."""
    return name.startswith(".") and TEMPORARY in name


def _write_new(path: str, content: bytes, system: System) -> None:
    handle = new_file(path, system)
    try:
        rest = memoryview(content)
        while rest:  # a nearly full disk takes a part and says how much
            rest = rest[system.write(handle, bytes(rest[: 1 << 20])) :]
        system.fsync(handle)
    finally:
        system.close(handle)
