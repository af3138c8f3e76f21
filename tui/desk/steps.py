"""A step: what one action of the reader changed, of papers, issues, searches, sources and a file; and the way back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, NamedTuple

from tui.errors import LibraryError
from tui.frozen import dataclass
from tui.library import PaperState
from tui.library.changes import MERGED, Change, apply, difference
from tui.model import FollowedSource, Issue, SavedSearch

EXPORTED = (".bib", ".json", ".md", ".ris")
"""How the names of files end that are put back: as those of exports do, and nothing else is given to a step."""

_RING = 20
"""How far a name is followed that was merged into another; a damaged library could hold a ring."""


class UnusableStepError(LibraryError):
    """The next step in the history can neither be used nor passed over: the reader may have it forgotten."""


@dataclass(frozen=True)
class FileChange:
    """A file of the reader's that was written: its bytes before (None where there was none) and after."""

    path: Path
    before: bytes | None
    after: bytes


class Shelved(NamedTuple):
    """An issue, and the id of the paper that each of its entries speaks of."""

    issue: Issue
    papers: tuple[str, ...]


Turn = tuple[Any, Any]
"""What something was before a step and after it; None is that it was not there."""


@dataclass(frozen=True)
class Step:
    """One action of the reader's: what it is called ("12 papers unmarked") and what it changed.

    ``changes`` are by paper, ``shelf`` by issue (of :class:`Shelved`), ``searches`` by name (of
    :class:`tui.model.SavedSearch`), ``sources`` by id (of :class:`tui.model.FollowedSource`); ``final`` says why the
    step cannot be taken back, where it cannot, and ``left``, in words with its path, why a file is left as it is while
    the rest is.
    """

    label: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    file: FileChange | None = None
    shelf: Mapping[str, Turn] = field(default_factory=dict)
    searches: Mapping[str, Turn] = field(default_factory=dict)
    sources: Mapping[str, Turn] = field(default_factory=dict)
    when: str = ""
    final: str | None = None
    left: str | None = None

    @classmethod
    def between(cls, label: str, before: Mapping[str, PaperState], after: Mapping[str, PaperState]) -> Step:
        """Return the step that gave each paper in *after* its state there, the default one where *before* has none."""
        nothing = PaperState()
        pairs = ((name, difference(before.get(name, nothing), state)) for name, state in after.items())
        return cls(label, {name: change for name, change in pairs if change})

    def states(self, now: Callable[[str], PaperState], back: bool) -> dict[str, PaperState]:
        """Return the papers that are different by this step, or by taking it *back*, with their states from then on.

        *now* gives a paper's state. What was done to a paper that has become another one since is done to that one.
        """
        found: dict[str, PaperState] = {}

        def current(name: str) -> PaperState:
            return found[name] if name in found else now(name)

        for name, change in self.changes.items():
            there = name if MERGED in change.after else _followed(name, current)
            state = current(there)
            if (made := apply(state, change, back)) != state:
                found[there] = made
        return found

    def issues(self, now: Callable[[str], Issue | None], back: bool) -> dict[str, Shelved | None]:
        """Return the issues that are different by this step, or by taking it *back*; None is that one goes.

        *now* gives an issue. One that is another edition by now than the step left stays.
        """
        found: dict[str, Shelved | None] = {}
        for name, (before, after) in self.shelf.items():
            expected, wanted = (after, before) if back else (before, after)
            if now(name) == (expected.issue if expected else None) and wanted != expected:
                found[name] = wanted
        return found

    def saved(self, now: Mapping[str, SavedSearch], back: bool) -> dict[str, SavedSearch | None]:
        """Return the saved searches that are different by this step, or by taking it *back*; None is that one goes."""
        found: dict[str, SavedSearch | None] = {}
        for name, (before, after) in self.searches.items():
            expected, wanted = (after, before) if back else (before, after)
            if now.get(name) == expected and wanted != expected:
                found[name] = wanted
        return found

    def followed(self, now: Mapping[str, FollowedSource], back: bool) -> dict[str, FollowedSource | None]:
        """Return the sources that are different by this step, or by taking it *back*; None is that one goes.

        What visits did to a source, and where it moved, is not the reader's doing and stays.
        """
        found: dict[str, FollowedSource | None] = {}
        for name, (before, after) in self.sources.items():
            expected, wanted = (after, before) if back else (before, after)
            there = now.get(name)
            if _called(there) == _called(expected) and _called(wanted) != _called(expected):
                if there is not None and wanted is not None:
                    wanted = dataclasses.replace(there, title=wanted.title, named=wanted.named, folder=wanted.folder)
                found[name] = wanted
        return found


def _called(source: FollowedSource | None) -> tuple[str, str | None] | None:
    """Return what the reader chose of a source; a title of its own is not the reader's."""
    return None if source is None else (source.title if source.named else "", source.folder)


def _followed(name: str, state: Callable[[str], PaperState]) -> str:
    for _ in range(_RING):
        into = state(name).merged_into
        if into is None:
            break
        name = into
    return name
