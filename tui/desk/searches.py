"""Searches that the reader keeps under a name; saving, renaming and removing one are steps that can be undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Protocol

from tui.desk.steps import Step
from tui.errors import UnknownError
from tui.library.searches import Searches, usable_name
from tui.model import SavedSearch
from tui.text import clean


class Keeper(Protocol):
    """What of a library keeps searches."""

    @property
    def searches(self) -> Searches:
        """The searches in its folder."""
        ...


class SavedSearches:
    """The searches that *library* keeps; *note* makes a step of what was done."""

    def __init__(self, library: Keeper, note: Callable[[Step], object]) -> None:
        self._library = library
        self._note = note

    def list(self) -> tuple[SavedSearch, ...]:
        """Return the searches by name. Raises LibraryError."""
        return self._library.searches.list()

    def named(self, name: str) -> SavedSearch:
        """Return the search with that name, whatever its capitals. Raises UnknownError, and LibraryError."""
        found = self._library.searches.named(name)
        if found is None:
            raise UnknownError(f"There is no saved search called {clean(name, 60)!r}.")
        return found

    def save(self, name: str, query: str, order: str = "issue") -> SavedSearch:
        """Keep a search under *name*, in place of one that is called so. Raises UnknownError, and LibraryError.

        What the query means is not looked at: who saves one has seen what it finds.
        """
        made = SavedSearch(usable_name(name), query, order)
        if not made.query:
            raise UnknownError("A search without words finds every paper, so it was not saved.")
        old = self._library.searches.named(made.name)
        self._change(f"search {made.name} saved", old, made)
        return made

    def rename(self, name: str, new: str) -> SavedSearch:
        """Call a search *new* from now on. Raises UnknownError where another is called so, and LibraryError."""
        old = self.named(name)
        made = dataclasses.replace(old, name=usable_name(new))
        other = self._library.searches.named(made.name)
        if other is not None and other != old:
            raise UnknownError(f"There is a saved search called {other.name!r} already.")
        self._change(f"search {old.name} renamed", old, made)
        return made

    def remove(self, name: str) -> SavedSearch:
        """Forget a search and return it. Raises UnknownError, and LibraryError."""
        old = self.named(name)
        self._change(f"search {old.name} removed", old, None)
        return old

    def step(self, step: Step, back: bool) -> None:
        """Do again what *step* did to searches, or take it *back*. Raises LibraryError."""
        if step.searches and (changes := step.saved({each.name: each for each in self.list()}, back)):
            self._library.searches.change(changes)

    def _change(self, label: str, old: SavedSearch | None, new: SavedSearch | None) -> None:
        if old == new:
            return
        before = {old.name: old} if old else {}
        after = {new.name: new} if new else {}
        self._library.searches.change({name: after.get(name) for name in {**before, **after}})
        self._note(Step(label, searches={name: (before.get(name), after.get(name)) for name in {**before, **after}}))
