"""Copies of the library in ``backups/``: archives that each hold what changed since the one before.

Copies and never links: a program that overwrites a file where it lies would take a linked copy along. An archive is
read back and compared before it has its name, and only then something older goes.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import MappingProxyType

from tui.errors import LibraryError
from tui.library.atomic import SYSTEM, System, read_file
from tui.library.backups import archives
from tui.library.backups.archive_folder import ArchiveFolder
from tui.library.backups.archives import ArchiveError, Writing, reading
from tui.library.backups.manifest import Known, Manifest
from tui.library.backups.pace import Pace, StoppedWorkError
from tui.library.backups.pruning import prune
from tui.library.backups.retention import Name
from tui.library.backups.whole import digest, fault, kept_files
from tui.library.contents import Stamp
from tui.library.folder import reason
from tui.library.storage import SCHEMA

BACKUPS = "backups"
_OFTEN = datetime.timedelta(hours=1)
NOTHING_WRITTEN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Backup:
    """An archive as a list shows it: when it was made, how many files are in it, its size in bytes, and what is wrong.

    ``why`` is a phrase, and None where every byte of it is as it was written.
    """

    name: str
    date: datetime.datetime
    files: int
    bytes: int
    why: str | None = None

    @property
    def sound(self) -> bool:
        """Whether documents can be had from it."""
        return self.why is None


class Backups:
    """The backups of the library in *folder*; nothing is read or made before a method is called.

    *written* are the sha256 of files as this program wrote them itself, by their names: one that has the same bytes yet
    is whole, and not taken apart to see that. Methods raise LibraryError, in a sentence, where the disk does not allow
    what they are to do.
    """

    def __init__(self, folder: Path, system: System = SYSTEM, written: Mapping[str, str] = NOTHING_WRITTEN) -> None:
        self.folder = folder
        self._written = written
        self.path = folder / BACKUPS
        self._archives = ArchiveFolder(self.path, system)

    def due(self, now: datetime.datetime) -> bool:
        """Return whether something changed since the last backup and that is an hour old, or there is none."""
        names = [name for name in self._archives.names() if not name.pinned]
        # A last backup from the future says that a clock was wrong, and nothing of how long ago it was.
        if names and datetime.timedelta() <= now - names[-1].date < _OFTEN:
            return False
        with _told("looked at"):
            return self._changed(names)

    def _changed(self, names: list[Name]) -> bool:
        now, last = kept_files(self.folder), self._archives.last(names, SCHEMA)
        if last is None:
            return bool(now)
        return now != {name: known.stamp for name, known in last.documents.items()}

    def make(self, now: datetime.datetime, stop: Event | None = None, share: float = 1.0) -> Path | None:
        """Make a backup of what changed since the last one, and return its path; None where nothing did, or *stop*.

        *share* is how much of the time it may work; see :class:`tui.library.backups.pace.Pace`.
        """
        pace = Pace(stop, share)
        with suppress(StoppedWorkError), _told("written"):
            names = self._archives.names()
            # An archive that cannot be read any more leaves a gap, and then everything is kept_files again.
            last = self._archives.last([name for name in names if self._archives.opens(name)], SCHEMA)
            before = last.documents if last else {}

            def fill(archive: Writing) -> dict[str, Known] | None:
                documents = dict(self._copy(archive, kept_files(self.folder), before, pace))
                return documents if documents != before else None

            return self._write(_next(names, now, all=last is None), SCHEMA, fill, pace)
        return None

    def make_of(self, files: Collection[str], now: datetime.datetime, why: str, schema: int = SCHEMA) -> Path | None:
        """Make a backup of *files* as they are, damaged or not, and return its path; None where none is there.

        It stays by itself for 90 days; *why* stands in its name: ``schema1`` or ``repair``.
        """
        there = {name: stamp for name, stamp in kept_files(self.folder).items() if name in files}
        with _told("written"):
            name = _next(self._archives.names(), now, pinned=why)
            return self._write(
                name, schema, lambda archive: dict(self._copy(archive, there, {}, lambda: None, faulty=True)) or None
            )

    def _write(
        self,
        name: Name,
        schema: int,
        fill: Callable[[Writing], dict[str, Known] | None],
        pace: Callable[[], None] = lambda: None,
    ) -> Path | None:
        def filled(archive: Writing) -> Manifest | None:
            documents = fill(archive)
            date = name.date.isoformat(timespec="seconds")
            return Manifest(schema, date, documents) if documents is not None else None

        self._archives.prepare()
        path = self.path / str(name)
        return path if archives.write(path, filled, self._archives.system, pace) else None

    def _copy(
        self,
        archive: Writing,
        there: Mapping[str, Stamp],
        before: Mapping[str, Known],
        pace: Callable[[], None],
        faulty: bool = False,
    ) -> Iterator[tuple[str, Known]]:
        """Put what changed since *before* into the archive, *faulty* ones too; yield all documents of *there*."""
        for name, (mtime, size, inode) in there.items():
            pace()
            known = before.get(name)
            if known and known.stamp == (mtime, size, inode):
                yield name, known
                continue
            try:
                raw, (mtime, size, inode) = read_file(self.folder / name)
            except FileNotFoundError:
                continue
            except OSError:
                yield name, Known(size, None, mtime, inode)
                continue
            # What is damaged at this moment must not take the place of the good copy that there may be.
            sha256: str | None = digest(raw)
            if not faulty and self._written.get(name) != sha256 and fault(name, raw, pace) is not None:
                sha256 = None
            if sha256 and not (known and known.sha256 == sha256):
                archive.put(name, raw, sha256)
            yield name, Known(size, sha256, mtime, inode)

    def holds(self, files: Collection[str], why: str) -> bool:
        """Return whether one of the backups made for the reason *why* has *files* as they are now."""
        there = kept_files(self.folder)
        for name in self._archives.names():
            with suppress(ArchiveError), reading(self.path / str(name)) as archive:
                documents = archive.manifest.documents
                if name.pinned == why and all(f in documents and documents[f].stamp == there.get(f) for f in files):
                    return True
        return False

    def newest(self, file: str) -> bytes | None:
        """Return the newest good copy of the document *file* over all backups, or None where there is none."""
        found = self.found(file)
        return found[0] if found else None

    def found(self, file: str) -> tuple[bytes, datetime.datetime] | None:
        """Return the newest good copy of the document *file* and when the backup that has it was made, or None."""
        with suppress(LibraryError):
            for name in reversed(self._archives.names()):
                with suppress(ArchiveError), reading(self.path / str(name)) as archive:
                    raw = archive.member(file)
                    if raw is not None and fault(file, raw) is None:
                        return raw, name.date
        return None

    def listed(self) -> tuple[Backup, ...]:
        """Return all backups, the newest first, each after every byte of it was read and compared."""
        return tuple(self._listed(name) for name in reversed(self._archives.names()))

    def _listed(self, name: Name) -> Backup:
        path = self.path / str(name)
        files = size = 0
        why = None
        try:
            size = path.stat().st_size
            with reading(path) as archive:
                files = len(archive.names())
            archives.check(path, lambda: None)
        except (ArchiveError, OSError) as error:
            why = str(error)
        return Backup(str(name), name.date, files, size, why)

    def prune(self, now: datetime.datetime, stop: Event | None = None, share: float = 1.0) -> None:
        """Make one archive of those that are too old to stay apart, and remove what is not needed any more.

        See :func:`tui.library.backups.retention.runs`. What cannot be read is left alone.
        """
        with suppress(StoppedWorkError), _told("put in order"):
            self._archives.tidy()
            prune(self._archives, now, Pace(stop, share))

    def set_aside(self, name: str) -> str:
        """Rename the damaged archive *name*, so that the next backup holds everything; return what it is called now."""
        with _told("set aside"):
            self._archives.names()  # which refuses a folder that lies elsewhere
            aside = f"{name}.corrupt"
            os.replace(self.path / name, self.path / aside)
            return f"{BACKUPS}/{aside}"


def _next(names: list[Name], now: datetime.datetime, all: bool = False, pinned: str = "") -> Name:
    """Return the name of the next archive; one that stays by itself takes no number away from the others."""
    last = max((name.last for name in names if not name.pinned), default=0)
    number = last if pinned else last + 1
    name = Name(number, now.astimezone(datetime.UTC).replace(microsecond=0), number, all, pinned)
    while name in names:
        name = dataclasses.replace(name, date=name.date + datetime.timedelta(seconds=1))
    return name


@contextmanager
def _told(done: str) -> Iterator[None]:
    """Make a sentence of what the disk says."""
    try:
        yield
    except (ArchiveError, OSError) as error:
        raise LibraryError(f"The backups of the library could not be {done}: {reason(error)}.") from None
