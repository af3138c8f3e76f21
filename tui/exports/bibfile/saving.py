"""The reader's file replaced whole, read again and compared before it takes the old one's name, and put back by undo.

As POSIX rename(2) and fsync(2) ask for: the new content goes to a neighbour and to the disk, is read back from there,
takes the old file's name in one step, and then the folder goes to the disk. Mode and owner stay.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.errors import ExportError
from tui.exports.bibfile.file import MAX_BYTES, BibFile, entries_in
from tui.exports.bibfile.merging import Merge
from tui.text import clean

_MARK = ".paperrack-"
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PIECE = 1 << 20


@dataclass(frozen=True)
class System:
    """The calls of the module :mod:`os` that a save makes, as a seam: tests hand in one that fails or dies."""

    open: Callable[[str, int, int], int] = os.open
    read: Callable[[int, int], bytes] = os.read
    write: Callable[[int, bytes], int] = os.write
    chmod: Callable[[str, int], None] = os.chmod
    fsync: Callable[[int], None] = os.fsync
    close: Callable[[int], None] = os.close
    replace: Callable[[str, str], None] = os.replace
    unlink: Callable[[str], None] = os.unlink


SYSTEM = System()
"""The one that programs run on."""


@dataclass(frozen=True)
class Undo:
    """What putting a file back needs: its bytes ``before`` (None where there was none) and the SHA-256 ``after``."""

    path: Path
    before: bytes | None
    after: str


def write(file: BibFile, merge: Merge, system: System = SYSTEM) -> Undo:
    """Make *merge* the content of *file*, whole or not at all, and return what :func:`undo` needs.

    Raises ExportError where the file has changed since it was read, may not be written, or would not read as it was
    meant; the old file is then in place and nothing beside it.
    """
    name = clean(str(file.path), 500)

    def check(content: bytes) -> None:
        found = [(entry.type, entry.key, entry.fields) for entry in entries_in(content, name, ours=True)]
        if content != merge.content or found != [(entry.type, entry.key, entry.fields) for entry in merge.entries]:
            raise ExportError(f"{name} was left as it is: what was written for it does not read back as it was meant.")

    before = file.content if file.exists else None
    if merge.changed:
        _replace(file.path, before, merge.content, check, system)
    return Undo(file.path, before, hashlib.sha256(merge.content).hexdigest())


def undo(undo: Undo, system: System = SYSTEM) -> None:
    """Put back what was in the file before. Raises ExportError where it is no longer what was written."""
    name = clean(str(undo.path), 500)
    with _said(name):
        now = _content(undo.path, system)
        if now is None or hashlib.sha256(now).hexdigest() != undo.after:
            raise ExportError(f"{name} has changed since it was written, so it was left as it is.")
        if undo.before is None:
            system.unlink(str(undo.path))
            _sync(undo.path.parent, system)
    if undo.before is not None and undo.before != now:
        _replace(undo.path, now, undo.before, lambda content: None, system)


def _replace(path: Path, old: bytes | None, new: bytes, check: Callable[[bytes], None], system: System) -> None:
    """Put *new* in the place of the file *path*, which must still hold *old*."""
    name = clean(str(path), 500)
    with _said(name):
        _sweep(path, system)
        state = _state(path, name)
        if _content(path, system) != old:
            raise ExportError(f"{name} was changed by another program meanwhile; look at it and try again.")
        neighbour = str(path.with_name(f".{path.name[:100]}{_MARK}{os.getpid()}-{os.urandom(4).hex()}"))
        try:
            check(_written(neighbour, new, state, system))
            if _content(path, system) != old:
                raise ExportError(f"{name} was changed by another program meanwhile; look at it and try again.")
            system.replace(neighbour, str(path))
        except BaseException:
            with contextlib.suppress(OSError):
                system.unlink(neighbour)
            raise
    # The file is in place; whether its name is on the disk too, no one is asked about.
    with contextlib.suppress(OSError):
        _sync(path.parent, system)


def _state(path: Path, name: str) -> os.stat_result | None:
    """Return what the file is, None where there is none. Raises ExportError where it may not be written."""
    try:
        state = os.stat(path)
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise ExportError(f"{name} could not be written: its folder is not there.") from None
        return None
    # Who owns the folder, and the administrator, could replace it all the same.
    if not state.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise ExportError(f"{name} could not be written: it is read-only.")
    return state


def _content(path: Path, system: System) -> bytes | None:
    """Return the bytes of the file, None where there is none."""
    try:
        handle = system.open(str(path), _OPEN, 0)
    except FileNotFoundError:
        return None
    try:
        return _all(handle, system)
    finally:
        system.close(handle)


def _all(handle: int, system: System) -> bytes:
    pieces = bytearray()
    while len(pieces) <= 2 * MAX_BYTES and (piece := system.read(handle, _PIECE)):
        pieces += piece
    return bytes(pieces)


def _written(neighbour: str, content: bytes, state: os.stat_result | None, system: System) -> bytes:
    """Write *content* to the new file *neighbour*, to the disk, and return what is read back from there."""
    handle = system.open(neighbour, _NEW_FILE, 0o666 if state is None else 0o600)
    try:
        rest = memoryview(content)
        while rest:  # a nearly full disk takes a part and says how much
            rest = rest[system.write(handle, bytes(rest[:_PIECE])) :]
        if state is not None:
            _own(neighbour, state, system)
        system.fsync(handle)
        os.lseek(handle, 0, os.SEEK_SET)
        return _all(handle, system)
    finally:
        system.close(handle)


def _own(neighbour: str, state: os.stat_result, system: System) -> None:
    """Give *neighbour* the owner, group and mode of the file whose place it takes."""
    mode = stat.S_IMODE(state.st_mode)
    if hasattr(os, "chown"):
        made = os.stat(neighbour)
        if made.st_uid != state.st_uid:
            os.chown(neighbour, state.st_uid, state.st_gid)
        elif made.st_gid != state.st_gid:
            try:
                os.chown(neighbour, -1, state.st_gid)
            except PermissionError:
                # Another group must not get what the file's own group was given.
                mode &= ~stat.S_IRWXG
    system.chmod(neighbour, mode)


def _sync(folder: Path, system: System) -> None:
    """Bring the names in *folder* to the disk, where the system can."""
    if os.name == "nt":  # Windows opens no folder
        return
    handle = system.open(str(folder), os.O_RDONLY, 0)
    try:
        system.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems have no fsync for folders
            raise
    finally:
        system.close(handle)


def _sweep(path: Path, system: System) -> None:
    """Remove the neighbours of *path* that saves left behind whose program was killed."""
    if os.name != "posix":
        return
    pattern = re.compile(re.escape(f".{path.name[:100]}{_MARK}") + r"(\d{1,10})-[0-9a-f]{8}")
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):
            match = pattern.fullmatch(name)
            if match and not _runs(int(match[1])):
                system.unlink(str(path.parent / name))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextlib.contextmanager
def _said(name: str) -> Iterator[None]:
    """Turn the system's errors into a sentence."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error).rstrip(".")
        raise ExportError(f"{name} could not be written: {clean(why, 200)}.") from None
