"""The catalogue: what the library holds, in one SQLite file that is derived and may be deleted at any time.

It is a plain store. Which entries speak of one paper, what a paper is called and what is found in it is decided by
whoever fills it; :mod:`tui.catalogue.schema` says what the tables mean.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from tui.catalogue.files import Files
from tui.catalogue.issues import Issues, Place, group_of, ranking
from tui.catalogue.kept import Kept
from tui.catalogue.papers import Description, Papers
from tui.catalogue.store import Store
from tui.catalogue.tags import Tags

__all__ = ["Catalogue", "Description", "Place", "group_of", "ranking"]


class Catalogue:
    """The catalogue in the file *path*; None makes one that is gone when it is closed, as does a path without room."""

    def __init__(self, path: Path | None) -> None:
        self.store = Store(path)
        self.files = Files(self.store)
        self.issues = Issues(self.store)
        self.papers = Papers(self.store)
        self.kept = Kept(self.store)
        if self.store.one("SELECT 1 FROM meta WHERE name = 'many'"):
            from tui.catalogue.bulk import mend

            mend(self.store)
        self.tags = Tags(self.store)

    def many(self) -> AbstractContextManager[object]:
        """Make ready for very many changes by this thread; see :meth:`settle`."""
        from tui.catalogue.bulk import many

        return many(self.store)

    def settle(self) -> None:
        """Keep what was changed so far, and let others have their turn, where there are very many changes."""
        self.store.settle()

    def change(self) -> AbstractContextManager[object]:
        """Hold the catalogue for a change that is kept whole or not at all."""
        return self.store.change()

    @property
    def crowded(self) -> bool:
        """Whether a paper had so many texts that its last ones are not found: the catalogue is to be made anew."""
        return bool(self.store.one("SELECT value FROM meta WHERE name = 'crowded'"))

    def close(self) -> None:
        """Close it."""
        self.store.close()
