"""What the library holds in memory: the truth for everyone who reads, ahead of the files by what is being saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from tui.library.state import PaperState
from tui.model import Issue


class Kept(NamedTuple):
    """An issue and the paper id of each of its entries, in order."""

    issue: Issue
    papers: tuple[str, ...]


Key = tuple[str, str]
"""A file's name and the paper or the issue in it that a change concerns; an empty one is the file itself."""

Change = PaperState | Kept | Literal["remove", "seal"]
"""What becomes of it; ``seal`` writes a file as it is, with the checksum that fits."""

Batch = Mapping[Key, Change]

_NOTHING = PaperState()


class Holdings:
    """Issues and states by their ids, and by the files that they belong into."""

    def __init__(self) -> None:
        self.issues: dict[str, Kept] = {}
        self.states: dict[str, PaperState] = {}
        self._names: defaultdict[str, set[str]] = defaultdict(set)

    def put(self, key: Key, change: Change) -> None:
        """Hold *change*; a state that is the default one is held by holding none."""
        file, name = key
        if change == "seal":
            return
        if isinstance(change, Kept):
            self.issues[name] = change
        elif change == "remove":
            self.issues.pop(name, None)
        elif change == _NOTHING:
            self.states.pop(name, None)
        else:
            self.states[name] = change
        if name in self.issues or name in self.states:
            self._names[file].add(name)
        else:
            self._names[file].discard(name)

    def of_file(self, file: str) -> dict[Key, Change]:
        """Return all that is held of what belongs into *file*: the changes that would write it anew."""
        # The thread that saves asks too, so it looks at copies.
        names = self._names[file].copy() if file in self._names else ()
        found = ((name, self.issues.get(name) or self.states.get(name)) for name in names)
        return {(file, name): change for name, change in found if change is not None}

    def replace(self, file: str, found: Mapping[Key, Change], unsaved: Collection[Key]) -> bool:
        """Hold what was *found* in *file*, and nothing else of it; return whether anything held is different by it.

        What *unsaved* names stays as it is held: it is about to be written.
        """
        held = self.of_file(file)
        different = [key for key in {**held, **found} if key not in unsaved and held.get(key) != found.get(key)]
        for key in different:
            gone: Change = "remove" if isinstance(held.get(key), Kept) else _NOTHING
            self.put(key, found.get(key, gone))
        return bool(different)
