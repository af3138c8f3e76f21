"""Making one archive of several, and removing what is not needed any more."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tui.library.backups import archives
from tui.library.backups.archive_folder import ArchiveFolder
from tui.library.backups.archives import ArchiveError, Reading, Writing, reading
from tui.library.backups.manifest import Manifest
from tui.library.backups.retention import Name, merged_name, runs, superseded
from tui.library.backups.whole import digest


def prune(folder: ArchiveFolder, now: datetime.datetime, pace: Callable[[], None]) -> None:
    """Make one archive of those that are too old to stay apart; see :func:`tui.library.backups.retention.runs`.

    What cannot be read is left alone. Raises OSError, ArchiveError and what *pace* raises; nothing is lost then.
    """
    bad = {name for name in folder.names() if not folder.opens(name)}
    for name in superseded([name for name in folder.names() if name not in bad], now):
        folder.remove(name)
    # One that cannot be read parts its neighbours: nothing may be said to hold what was in it.
    while found := runs(folder.names(), now, bad):
        try:
            _merge(folder, found[0], pace)
        except _RottenError as error:
            bad.add(error.name)


def _merge(folder: ArchiveFolder, run: list[Name], pace: Callable[[], None]) -> None:
    """Make one archive of those in *run*, and remove them. Raises _RottenError, which names one that is damaged."""
    merged = merged_name(run)
    with ExitStack() as stack:
        opened = {name: stack.enter_context(_usable(folder.path, name)) for name in reversed(run)}
        last = opened[run[-1]].manifest

        def fill(archive: Writing) -> Manifest:
            older: dict[str, str] = {}
            for file in sorted({file for each in opened.values() for file in each.names()} & last.documents.keys()):
                pace()
                raw = _newest(opened, file)
                sha256 = digest(raw)
                archive.put(file, raw, sha256)
                if sha256 != last.documents[file].sha256:
                    older[file] = sha256
            return dataclasses.replace(last, older=older)

        archives.write(folder.path / str(merged), fill, folder.system, pace)
    for name in run:
        if name != merged:
            folder.remove(name)


class _RottenError(Exception):
    """An archive among several that were to become one turned out to be damaged."""

    def __init__(self, name: Name) -> None:
        super().__init__(str(name))
        self.name = name


@contextmanager
def _usable(folder: Path, name: Name) -> Iterator[Reading]:
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(reading(folder / str(name)))
        except ArchiveError:
            raise _RottenError(name) from None
        yield archive


def _newest(opened: Mapping[Name, Reading], file: str) -> bytes:
    """Return the document *file* from the first of the archives that has it."""
    for name, archive in opened.items():
        try:
            raw = archive.member(file)
        except ArchiveError:
            raise _RottenError(name) from None
        if raw is not None:
            return raw
    raise KeyError(file)
