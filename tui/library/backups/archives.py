"""One archive of documents: a zip file that is written whole, read back and checked before it has its name.

Beside the documents it holds a manifest; see :mod:`tui.library.backups.manifest`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import LibraryError
from tui.library.atomic import LARGEST, System, new_file, sync_folder
from tui.library.backups.manifest import Manifest, read_manifest
from tui.library.backups.pace import StoppedWorkError
from tui.library.backups.whole import digest

if TYPE_CHECKING:
    from zipfile import ZipFile

MANIFEST = "manifest.json"
LIMIT = LARGEST
"""Bytes of the largest member that is read: as many as a document has at most, so that each can be kept."""
MANIFEST_LIMIT = 1 << 26
"""Bytes of the largest manifest that is read."""

_PIECE = 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Opening a pipe to read it waits for whoever writes, and a link leads anywhere: neither is an archive."""
_UNFINISHED = ".part-"
"""What stands in the name of an archive that is not finished: another sign than that of saves, which take moments."""
_STAMPED = (1980, 1, 1, 0, 0, 0)
"""The time that zip files want of each member; what is known of times stands in the manifest."""


class ArchiveError(LibraryError):
    """An archive is no whole archive; the text is a phrase that says why."""


class Writing:
    """An archive that is being written."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.added: dict[str, str] = {}

    def put(self, name: str, raw: bytes, sha256: str) -> None:
        """Put the member *name* into the archive; *sha256* is that of its bytes."""
        from zipfile import ZIP_DEFLATED, ZipInfo

        info = ZipInfo(name, _STAMPED)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        self._archive.writestr(info, raw, compresslevel=1)
        self.added[name] = sha256


def write(
    path: Path, fill: Callable[[Writing], Manifest | None], system: System, pace: Callable[[], None]
) -> Manifest | None:
    """Make the archive *path* of what *fill* puts into it and the manifest that it returns; return that.

    Nothing is made where it returns None. The archive is on the disk, read back and compared before it takes its
    name. Raises ArchiveError where it cannot be read back, OSError, StoppedWorkError, and what *fill* does; nothing
    is left then.
    """
    temporary = str(path.parent / f".{path.name}{_UNFINISHED}{os.urandom(6).hex()}")
    try:
        manifest = _written(temporary, fill, system)
        if manifest is not None:
            if check(Path(temporary), pace) != manifest:
                raise ArchiveError("its manifest is not what was put there")
            system.replace(temporary, str(path))
    except BaseException:
        with suppress(OSError):
            system.unlink(temporary)
        raise
    if manifest is None:
        system.unlink(temporary)
        return None
    sync_folder(str(path.parent), system)
    return manifest


def _written(temporary: str, fill: Callable[[Writing], Manifest | None], system: System) -> Manifest | None:
    from zipfile import ZipFile

    handle = new_file(temporary, system)
    try:
        _hold(handle)
        sink = _Sink(handle, system)
        with ZipFile(sink, "w") as archive:
            writing = Writing(archive)
            manifest = fill(writing)
            if manifest is not None:
                raw = manifest.dumped()
                writing.put(MANIFEST, raw, digest(raw))
        sink.drain()
        system.fsync(handle)
    finally:
        system.close(handle)
    return manifest


def check(path: Path, pace: Callable[[], None]) -> Manifest:
    """Return the manifest of the archive *path* after every byte of it was read and compared. Raises ArchiveError."""
    with reading(path) as archive:
        for name in archive.names():
            archive.member(name)
            pace()
        return archive.manifest


class Reading:
    """An archive that was opened: its manifest and its members."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        raw = _bytes(archive, MANIFEST)
        try:
            self.manifest = read_manifest(raw)
        except ValueError as error:
            raise ArchiveError(str(error)) from None

    def names(self) -> list[str]:
        """Return the names of the documents in the archive."""
        return [name for name in self._archive.namelist() if name != MANIFEST]

    def member(self, name: str) -> bytes | None:
        """Return the document *name*, or None where it is not in this archive. Raises ArchiveError."""
        if name not in self._archive.NameToInfo:
            return None
        raw = _bytes(self._archive, name)
        if digest(raw) != self.manifest.sha256(name):
            raise ArchiveError(f"{name} in it is not what was put there")
        return raw


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """Open the archive *path*. Raises ArchiveError where it cannot be read."""
    from zipfile import ZipFile

    with _failures():
        handle = _opened(path)
    with open(handle, "rb") as file:
        with _failures():
            archive = ZipFile(file)
        with archive:
            yield Reading(archive)


def _opened(path: Path) -> int:
    """Return a handle to read the regular file *path* by. Raises ArchiveError for anything else, and OSError."""
    try:
        handle = os.open(path, _READ)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ArchiveError("it is a link") from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ArchiveError("it is not a regular file")
    except BaseException:
        os.close(handle)
        raise
    return handle


def _bytes(archive: ZipFile, name: str) -> bytes:
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    with _failures():
        info = archive.getinfo(name)
        if info.file_size > (MANIFEST_LIMIT if name == MANIFEST else LIMIT):
            raise ArchiveError(f"{name} in it is too large")
        # Of these two zipfile unpacks no more than it was asked for, and never more than the size that is stated; the
        # others it unpacks by the piece, of which one may be gigabytes.
        if info.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
            raise ArchiveError(f"{name} in it is packed as paperrack packs nothing")
        with archive.open(info) as member:
            return b"".join(iter(lambda: member.read(_PIECE), b""))


@contextmanager
def _failures() -> Iterator[None]:
    """Make an ArchiveError of whatever a damaged zip file raises: there are a dozen kinds, and none is documented."""
    try:
        yield
    except (LibraryError, StoppedWorkError, MemoryError):
        raise
    except Exception as error:
        raise ArchiveError("it is no whole archive") from error


class _Sink:
    """What zipfile writes into: bytes go to the file in large pieces, and nothing goes back."""

    def __init__(self, handle: int, system: System) -> None:
        self._handle = handle
        self._system = system
        self._waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self._waiting += data
        if len(self._waiting) >= _PIECE:
            self.drain()
        return len(data)

    def flush(self) -> None:
        """Do nothing: what counts is on the disk at the end."""

    def close(self) -> None:
        """Do nothing: who opened the file closes it."""

    def drain(self) -> None:
        """Hand everything over that waits. Raises OSError."""
        rest = memoryview(bytes(self._waiting))
        self._waiting.clear()
        while rest:  # a nearly full disk takes a part and says how much
            rest = rest[self._system.write(self._handle, bytes(rest)) :]


def _hold(handle: int) -> None:
    """Show other programs that the file behind *handle* has somebody who is writing it, while that is so."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_unfinished(name: str) -> bool:
    """Return whether *name* is that of an archive which is being written, or was cut off."""
    return name.startswith(".") and _UNFINISHED in name


def abandoned(path: Path) -> bool:
    """Return whether nobody is writing the unfinished archive *path* any more."""
    try:
        import fcntl
    except ImportError:
        return True  # Windows deletes no file that somebody has open
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
