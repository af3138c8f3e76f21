"""Sources that the reader follows: feeds and pages. Adding, renaming and removing one are steps that can be undone."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tui.desk import visits
from tui.desk.history import Step
from tui.desk.source_rows import row_of, source_named
from tui.errors import OfflineError, StoppedError, UnknownError, UnreadableError
from tui.identifiers import same_address
from tui.model import FollowedSource, IssueRow, SourceRow
from tui.text import clean, fold

if TYPE_CHECKING:
    from tui.desk.reading_sources import Found
    from tui.desk.refreshing import Keep, Round
    from tui.desk.services import Services
    from tui.library.sources import FollowedSources
    from tui.providers.web.conditional import Answered
    from tui.providers.web.stopping import Stop

MOST_LETTERS = 200
"""The longest title of a source."""

AGAIN = timedelta(hours=1)
"""How long a round that was cut off is gone on with; a later one begins anew."""


class Keeper(Protocol):
    """What of a library keeps sources."""

    @property
    def sources(self) -> FollowedSources:
        """The sources in its folder."""
        ...


@dataclass(frozen=True)
class Added:
    """A source that is followed from now on, or was ``known``; ``others`` are further feeds that its page names."""

    source: FollowedSource
    known: bool = False
    items: int | None = None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Imported:
    """What an OPML file gave: sources that were added, how many were followed before, and what was not taken."""

    added: tuple[FollowedSource, ...]
    known: int
    remarks: tuple[str, ...]


class Sources:
    """The sources that *library* keeps; *note* makes a step of what was done.

    *services* is how they are fetched, *keep* takes an issue in, *has_issue* says whether one is there, *shelf* are the
    issues as they are listed.
    """

    def __init__(
        self,
        library: Keeper,
        services: Callable[[], Services],
        keep: Keep,
        has_issue: Callable[[str], bool],
        shelf: Callable[[], Sequence[IssueRow]],
        note: Callable[[Step], object],
        offline: bool = False,
        clock: Callable[[], datetime] = visits.utc_now,
    ) -> None:
        self._library = library
        self._services = services
        self._keep = keep
        self._has_issue = has_issue
        self._shelf = shelf
        self._note = note
        self._offline = offline
        self._clock = clock

    # Knowing

    def list(self) -> tuple[FollowedSource, ...]:
        """Return the sources, by folder and name. Raises LibraryError."""
        found = self._library.sources.by_id().values()
        return tuple(sorted(found, key=lambda each: (fold(each.folder or ""), fold(each.name), each.id)))

    def rows(self) -> tuple[SourceRow, ...]:
        """Return the sources with what came of them. Raises LibraryError."""
        shelf = {row.id: row for row in self._shelf()}
        return tuple(row_of(source, shelf) for source in self.list())

    def named(self, words: str) -> FollowedSource:
        """Return the source that *words* name: its address, its title or its id, or what only one of these begins with.

        Raises UnknownError, and LibraryError.
        """
        return source_named(self.list(), words)

    # Changing

    def add(self, words: str, folder: str | None = None, stop: Stop | None = None) -> Added:
        """Follow the feed that is, or is named by, the page at the address *words*; else the page itself.

        Raises NetworkError, UnreadableError where there is nothing to follow, and LibraryError.
        """
        from tui.desk.reading_sources import address_of, find

        url = address_of(words)
        if known := self._at(url):
            return Added(known, known=True)
        self._check_online()
        found = find(url, lambda each: self._visit(each, stop))
        if known := self._at(found.url):
            return Added(known, known=True, items=found.items, others=found.others)
        made = self._made(found.url, found.title, folder, found)
        self._change(f"{made.name} followed", {made.id: (None, made)})
        return Added(made, items=found.items, others=found.others)

    def take_opml(self, data: bytes, name: str) -> Imported:
        """Follow what the OPML file *data* lists, as one step; nothing is fetched. Raises UnreadableError."""
        from tui.desk.opml import read_opml

        listed = read_opml(data, clean(name, 500))
        added: dict[str, FollowedSource] = {}
        known = 0
        for each in listed.outlines:
            if self._at(each.url):
                known += 1
                continue
            made = self._made(each.url, clean(each.title, MOST_LETTERS), each.folder)
            made = dataclasses.replace(
                made, home=each.home, kind="page" if each.page else "feed", named=bool(each.title),
                attributes=dict(each.attributes),
            )  # fmt: skip
            added[made.id] = made
        if added:
            label = (
                f"{len(added):,} sources followed" if len(added) > 1 else f"{next(iter(added.values())).name} followed"
            )
            self._change(label, {name: (None, each) for name, each in added.items()})
        return Imported(tuple(added.values()), known, listed.remarks)

    def take_file(self, path: Path) -> Imported:
        """Follow what the OPML file at *path* lists; raises as :meth:`take_opml`."""
        from tui.desk.opml import MOST_BYTES

        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise UnreadableError(f"{clean(str(path), 500)} cannot be read: {error.strerror or error}.") from None
        return self.take_opml(data, str(path))

    def opml(self) -> str:
        """Return all sources as an OPML file. Raises LibraryError."""
        from tui.desk.opml import write_opml

        return write_opml(self.list(), self._clock())

    def remove(self, sources: Iterable[FollowedSource]) -> int:
        """Follow *sources* no more, as one step, and return how many; what they gave stays. Raises LibraryError."""
        there = self._library.sources.by_id()
        gone = [there[each.id] for each in sources if each.id in there]
        if gone:
            label = f"{len(gone):,} sources removed" if len(gone) > 1 else f"{gone[0].name} removed"
            self._change(label, {each.id: (each, None) for each in gone})
        return len(gone)

    def rename(self, source: FollowedSource, title: str) -> FollowedSource:
        """Call *source* so from now on, as a step; with an empty title, as it calls itself. Raises LibraryError."""
        new = clean(title, MOST_LETTERS)
        before = self._library.sources.by_id().get(source.id)
        if before is None:
            raise UnknownError(f"{source.name} is not followed any more.")
        after = dataclasses.replace(before, title=new, named=bool(new))
        if after != before:
            self._change(f"{before.name} renamed", {source.id: (before, after)})
        return after

    # Refreshing

    def refresh(self, chosen: Sequence[FollowedSource] | None = None, everything: bool = False) -> Round:
        """Return a round through the *chosen* sources, to be gone through, or through all of them.

        One through all that was cut off a while ago is gone on with. *everything* takes what was passed over when a
        source was followed. Raises OfflineError where the network is switched off, and LibraryError.
        """
        from tui.desk.refreshing import Round

        self._check_online()
        every, kept = self.list(), self._library.sources
        now = self._clock()
        left: Sequence[FollowedSource] = every if chosen is None else chosen
        if chosen is None:
            begun = visits.moment(kept.begun)
            if begun and now - AGAIN < begun <= now:
                when = visits.stamp(begun)
                left = [each for each in every if (each.visits.checked or "") < when] or every
            if len(left) == len(every):
                kept.put_round(visits.stamp(now))
        return Round(
            kept,
            left,
            lambda each, stop, still: self._fetch(each, stop, still, everything),
            self._keep,
            self._has_issue,
            everything=everything,
            named=chosen is not None,
            clock=self._clock,
            finished=(lambda: kept.put_round(None)) if chosen is None else lambda: None,
        )

    def _fetch(
        self, source: FollowedSource, stop: Stop, still: Callable[[], bool], everything: bool
    ) -> Answered | None:
        state = source.visits
        etag, modified = (None, None) if everything else (state.etag, state.modified)
        return self._services().visit(source.url, etag, modified, stop, still)

    def _visit(self, url: str, stop: Stop | None) -> Answered:
        answered = self._services().visit(url, stop=stop)
        if answered is None:
            raise StoppedError("The look-up was stopped.")
        return answered

    def _check_online(self) -> None:
        if self._offline:
            raise OfflineError("No source was asked: the network is switched off (offline).")

    # Steps

    def step(self, step: Step, back: bool) -> None:
        """Do again what *step* did to sources, or take it *back*. Raises LibraryError."""
        changes = step.followed(self._library.sources.by_id(), back) if step.sources else {}
        # Anybody may have written a step, and a source is kept under its own id.
        changes = {name: each for name, each in changes.items() if each is None or each.id == name}
        if changes:
            self._library.sources.change({name: _always(each) for name, each in changes.items()})

    def _change(self, label: str, turns: Mapping[str, tuple[FollowedSource | None, FollowedSource | None]]) -> None:
        self._library.sources.change({name: _turned(before, after) for name, (before, after) in turns.items()})
        self._note(Step(label, sources=dict(turns)))

    def _at(self, url: str) -> FollowedSource | None:
        """Return the source that is followed at *url*, or was before it moved."""
        wanted = same_address(url)
        every = self._library.sources.by_id().values()
        now = (each for each in every if same_address(each.url) == wanted)
        before = (each for each in every if each.visits.moved and same_address(each.visits.moved) == wanted)
        return next(now, None) or next(before, None)

    def _made(self, url: str, title: str, folder: str | None, found: Found | None = None) -> FollowedSource:
        name = hashlib.sha256(same_address(url).encode()).hexdigest()[:12]
        kind, home = (found.kind, found.home) if found else ("feed", None)
        added = visits.stamp(self._clock())
        return FollowedSource(
            name, url, clean(title, MOST_LETTERS), kind, clean(folder or "", 300) or None, added, home=home
        )


Change = Callable[[FollowedSource | None], FollowedSource | None]


def _always(after: FollowedSource | None) -> Change:
    return lambda _now: after


def _turned(before: FollowedSource | None, after: FollowedSource | None) -> Change:
    """Return the change from *before* to *after*; what a visit did to it meanwhile stays."""

    def turn(now: FollowedSource | None) -> FollowedSource | None:
        if now is None or after is None or before is None:
            return after
        return dataclasses.replace(now, title=after.title, named=after.named, folder=after.folder)

    return turn
