"""Files replaced whole: after a crash at any moment there is the old file or the new one, never a mixture.

The order of calls is the one that POSIX rename(2) and fsync(2) ask for: the new content goes to a temporary neighbour
and to the disk, takes the old file's name in one step, and then the folder goes to the disk too.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.frozen import dataclass
from tui.library.contents import Stamp

TEMPORARY = ".tmp-"
"""What stands in the name of a file that is not finished; whoever holds the library's lock may delete such files."""

LARGEST = 1 << 27
"""Bytes of the largest file that is read or written: what is larger is no document of a library."""

TOO_LARGE = "it is larger than any document of a library"
_PIECE = 1 << 16
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Opening a pipe to read it waits for whoever writes, unless it is told not to."""
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


def read_file(path: str | os.PathLike[str]) -> tuple[bytes, Stamp]:
    """Return the content of the file *path*, and the stamp that it had then.

    Raises OSError, also for what is no regular file and for what is larger than :data:`LARGEST`.
    """
    handle = os.open(path, _READ)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("it is not a regular file")
        if status.st_size > LARGEST:
            raise OSError(TOO_LARGE)
        return _read_all(handle, status.st_size), stamp_of(status)
    finally:
        os.close(handle)


def _read_all(handle: int, size: int) -> bytes:
    """Return all bytes behind *handle*, which were *size* a moment ago: whoever writes there may go on writing."""
    pieces = [os.read(handle, size + 1)]
    length = len(pieces[0])
    while pieces[-1]:
        if length > LARGEST:
            raise OSError(TOO_LARGE)
        pieces.append(os.read(handle, _PIECE))
        length += len(pieces[-1])
    return b"".join(pieces)


def read_part(path: str | os.PathLike[str], start: int, length: int) -> tuple[bytes, Stamp]:
    """Return *length* bytes of the file *path* from *start* on, fewer where it ends, and the stamp that it has."""
    handle = os.open(path, _READ)
    try:
        stamp = stamp_of(os.fstat(handle))
        if hasattr(os, "pread"):
            return os.pread(handle, length, start), stamp
        os.lseek(handle, start, os.SEEK_SET)
        return os.read(handle, length), stamp
    finally:
        os.close(handle)


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file whose status is *status*."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def replace_file(path: Path, content: bytes, system: System = SYSTEM) -> Stamp:
    """Make *content* the whole content of the file *path*, readable by its owner alone; it is on the disk on return.

    Returns the stamp of the new file. What is larger than :data:`LARGEST` is not written: it could not be read again.

    A symbolic link stays one: the file that it leads to is replaced. Raises OSError, with the old file in place and
    no litter beside it, unless the very last step failed: then the new file is in place and may not be on the disk.
    """
    if len(content) > LARGEST:
        raise OSError(TOO_LARGE)
    folder, name = os.path.split(os.path.realpath(path))
    temporary = os.path.join(folder, f".{name}{TEMPORARY}{os.urandom(6).hex()}")
    try:
        stamp = _write_new(temporary, content, system)
        system.replace(temporary, os.path.join(folder, name))
    except BaseException:
        with suppress(OSError):
            system.unlink(temporary)
        raise
    sync_folder(folder, system)
    return stamp


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


def write_all(handle: int, content: bytes, system: System) -> None:
    """Write all of *content* behind *handle*. Raises OSError."""
    rest = memoryview(content)
    while rest:  # a nearly full disk takes a part and says how much
        rest = rest[system.write(handle, bytes(rest[: 1 << 20])) :]


def _write_new(path: str, content: bytes, system: System) -> Stamp:
    handle = new_file(path, system)
    try:
        write_all(handle, content, system)
        system.fsync(handle)
        return stamp_of(os.fstat(handle))
    finally:
        system.close(handle)
