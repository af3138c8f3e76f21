"""The folder ``backups/``: which archives lie in it, which of them can be read, and what is left over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tui.errors import LibraryError
from tui.library.atomic import System, replace_file, sync_folder
from tui.library.backups.archives import ArchiveError, abandoned, is_unfinished, reading
from tui.library.backups.manifest import Manifest
from tui.library.backups.retention import Name, chained, read_name
from tui.library.folder import reason

_IGNORE = b"# Copies of what lies in this library; a repository has its own.\n*\n"


class ArchiveFolder:
    """The folder *path* with archives in it, or without; nothing is made before :meth:`prepare`."""

    def __init__(self, path: Path, system: System) -> None:
        self.path = path
        self.system = system

    def names(self) -> list[Name]:
        """Return the names of all archives, from the oldest to the newest.

        Raises LibraryError where the folder cannot be read, or is a link that leads out of the library.
        """
        self._refuse_link()
        try:
            found = os.listdir(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise LibraryError(f"The folder {self.path} cannot be read: {reason(error)}.") from None
        return sorted(name for name in map(read_name, found) if name)

    def _refuse_link(self) -> None:
        """Raise LibraryError where the folder lies elsewhere: archives would be written and deleted there."""
        home = os.path.realpath(self.path.parent)
        if self.path.is_symlink() and not os.path.realpath(self.path).startswith(home.rstrip(os.sep) + os.sep):
            raise LibraryError(f"The folder {self.path} is a link that leads out of the library.")

    def last(self, names: Iterable[Name], schema: int) -> Manifest | None:
        """Return what the newest archive says, or None where *names* do not hold everything of *schema*."""
        regular = [name for name in sorted(names) if not name.pinned]
        if not chained(regular):
            return None
        with suppress(ArchiveError), reading(self.path / str(regular[-1])) as archive:
            return archive.manifest if archive.manifest.schema == schema else None
        return None

    def opens(self, name: Name) -> bool:
        """Return whether the archive can be opened; what is in it is not looked at."""
        with suppress(ArchiveError), reading(self.path / str(name)):
            return True
        return False

    def prepare(self) -> None:
        """Make the folder where there is none, and delete what was left over. Raises OSError."""
        self._refuse_link()
        fresh = not self.path.exists()
        self.path.mkdir(exist_ok=True, mode=0o700)
        if fresh:
            sync_folder(str(self.path.parent), self.system)
        if not self.names() and not (self.path / ".gitignore").exists():
            replace_file(self.path / ".gitignore", _IGNORE, self.system)
        self.tidy()

    def tidy(self) -> None:
        """Delete what archives that were cut off left behind."""
        for path in self.litter():
            with suppress(OSError):
                path.unlink()

    def litter(self) -> list[Path]:
        """Return the unfinished archives that nobody is writing any more. Raises LibraryError for a link out."""
        self._refuse_link()
        with suppress(OSError):
            return [each for each in self.path.iterdir() if is_unfinished(each.name) and abandoned(each)]
        return []

    def remove(self, name: Name) -> None:
        """Remove the archive, for good on return. Raises OSError."""
        with suppress(FileNotFoundError):
            self.system.unlink(str(self.path / str(name)))
            sync_folder(str(self.path), self.system)
