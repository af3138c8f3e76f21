"""A round through sources: what is new is fetched, several hosts at a time, and taken in one source after the other.

The threads fetch and take apart; whoever goes through the round takes in. What was taken in is on the disk before its
source counts as fetched: a round that ends in the middle, however it ends, leaves nothing half, and the next one goes
on with the rest.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from tui.desk import visits
from tui.desk.fetching_sources import Fetch, Fetched, Fetching
from tui.desk.items import PASSED, Item, Met, Wanted, remembered, seen_in
from tui.desk.taking import Taken
from tui.errors import NetworkError, OfflineError, PaperrackError
from tui.identifiers import same_address
from tui.model import FollowedSource, Issue, Visits

if TYPE_CHECKING:
    from tui.library.sources import FollowedSources
    from tui.providers.web.conditional import Answered

Outcome = Literal["new", "unchanged", "failed", "waiting", "stopped", "offline", "elsewhere", "cancelled"]

Keep = Callable[[Issue, "str | None"], Taken]
"""Takes an issue in, in place of another edition where one is named."""


@dataclass(frozen=True)
class Refreshed:
    """What a round did with a source: ``source`` as it is now, and what was ``taken`` in.

    ``waiting`` and ``stopped`` were not asked, for what their visits say; ``elsewhere`` was fetched by another program
    just now. ``moved`` is where it is followed from now on, ``bare`` how many of its new items name no paper.
    """

    source: FollowedSource
    outcome: Outcome
    taken: tuple[Taken, ...] = ()
    why: str | None = None
    until: datetime | None = None
    moved: str | None = None
    bare: int = 0


class Round:
    """A round through *chosen* sources, gone through once; ``total`` is how many they are, ``done`` how far it is.

    With *everything*, items are taken, too, that a source had before it was followed; *named* are sources that the
    reader named, which are asked though it is not their time. *keep* takes an issue in, *has_issue* tells whether one
    is there, *finished* is called when every source was asked.
    """

    def __init__(
        self,
        kept: FollowedSources,
        chosen: Sequence[FollowedSource],
        fetch: Fetch,
        keep: Keep,
        has_issue: Callable[[str], bool],
        *,
        everything: bool = False,
        named: bool = False,
        clock: Callable[[], datetime] = visits.utc_now,
        finished: Callable[[], object] = lambda: None,
    ) -> None:
        from tui.providers.web.stopping import Stop

        self.total, self.done = len(chosen), 0
        self._kept, self._keep, self._has_issue = kept, keep, has_issue
        self._clock, self._finished = clock, finished
        self._stop = Stop()
        self._begun = visits.stamp(clock())
        self._met = Met({name: each.visits for name, each in kept.by_id().items()})
        now = clock()
        self._asked = [each for each in chosen if visits.due(each, now, named)]
        self._left = [each for each in chosen if each not in self._asked]
        self._fetching = Fetching(self._asked, fetch, self._still, self._met, self._stop, everything)

    @property
    def asking(self) -> Mapping[str, str]:
        """The sources that are asked at this moment: their names by their ids."""
        return dict(self._fetching.asking)

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before its end."""
        return self._stop.is_set

    def stop(self) -> None:
        """End it: what is being taken in is taken in, and nothing more is asked. Returns at once."""
        self._stop.set()

    def __iter__(self) -> Iterator[Refreshed]:
        """Yield what was done with each source, when it is done. Raises LibraryError."""
        for refreshed in self._outcomes():
            self.done += 1
            yield refreshed
        if not self._stop.is_set:
            self._finished()

    def _still(self, source: FollowedSource) -> bool:
        """Return whether nobody fetched the source, or removed it, since this round began."""
        now = self._kept.by_id().get(source.id)
        return now is not None and (now.visits.checked or "") <= max(self._begun, source.visits.checked or "")

    def _outcomes(self) -> Iterator[Refreshed]:
        yield from map(_not_asked, self._left)
        lost: list[Fetched] = []
        reached = False
        for fetched in self._fetching:
            if _is_lost(fetched.error):
                lost.append(fetched)
            else:
                reached = reached or fetched.answered is not None or getattr(fetched.error, "status", None) is not None
                yield self._outcome(fetched)
        for fetched in lost:
            # Where not one of them could be reached, it is this machine that cannot reach any.
            yield self._outcome(fetched) if reached else self._unreached(fetched)

    def _outcome(self, fetched: Fetched) -> Refreshed:
        source, error = fetched.source, fetched.error
        if fetched.cancelled:
            return Refreshed(source, "cancelled")
        if isinstance(error, OfflineError):
            return Refreshed(source, "offline", why=str(error))
        if error is not None:
            return self._failed(source, error)
        if fetched.answered is None:
            return Refreshed(self._kept.by_id().get(source.id, source), "elsewhere")
        return self._taken_in(fetched, fetched.answered)

    def _unreached(self, fetched: Fetched) -> Refreshed:
        source, why = fetched.source, str(fetched.error)
        if not isinstance(fetched.error, OfflineError):
            source = self._visited(source, lambda state: visits.unreached(state, why, self._clock()))
        return Refreshed(source, "offline", why=why)

    def _failed(self, source: FollowedSource, error: PaperrackError) -> Refreshed:
        why, until = str(error), getattr(error, "until", None)
        if until and getattr(error, "status", None) is None:
            source = self._visited(source, lambda state: visits.put_off(state, why, until))
            return Refreshed(source, "waiting", why=why, until=until)
        source = self._visited(source, lambda state: visits.failed(state, error, self._clock()))
        return Refreshed(source, "failed", why=why, until=visits.moment(source.visits.until))

    def _taken_in(self, fetched: Fetched, answered: Answered) -> Refreshed:
        source, now, found = fetched.source, self._clock(), fetched.apart
        if found is None:
            # What the server said of its state holds on (RFC 9110, 15.4.5).
            source = self._visited(source, lambda state: visits.succeeded(state, now, state.etag, state.modified))
            return self._moved(Refreshed(source, "unchanged"), answered)
        met: list[tuple[Item, str]] = list(found.others)
        taken: list[Taken] = []
        for wanted, issues in found.made:
            kept, name = self._keep_all(source, wanted, issues)
            taken += (each for each in kept if each.outcome != "known")
            met.append((wanted.item, name))
        met.sort(key=lambda pair: pair[0].date, reverse=True)

        def done_with(each: FollowedSource) -> FollowedSource:
            etag, modified = (answered.etag, answered.modified) if found.whole else (None, None)
            done = visits.succeeded(each.visits, now, etag, modified)
            title = each.title if each.named or not found.title else found.title
            return dataclasses.replace(each, title=title, home=found.home or each.home, visits=remembered(done, met))

        source = self._change(source, done_with)
        self._met.note(source.id, seen_in(source.visits))
        bare = sum(not issue.entries for _, issues in found.made for issue in issues)
        return self._moved(Refreshed(source, "new" if taken else "unchanged", tuple(taken), bare=bare), answered)

    def _keep_all(self, source: FollowedSource, wanted: Wanted, issues: Sequence[Issue]) -> tuple[list[Taken], str]:
        """Take in what was made of an item; return what came of it, and the first issue."""
        edition = wanted.edition
        # Another source of this round may have had it meanwhile.
        known = None if edition else self._met.known(source.id, wanted.item)
        if known and known.issue != PASSED:
            edition = known.issue or None
        if edition and not self._has_issue(edition):
            return [], edition  # the reader removed it
        taken = [
            self._keep(dataclasses.replace(issue, source=source.url), None if place else edition)
            for place, issue in enumerate(issues)
        ]
        return taken, taken[0].issue.id if taken else ""

    def _moved(self, done: Refreshed, answered: Answered) -> Refreshed:
        """Follow the source where it is from now on, if it says so, and remember that."""
        old, moved = done.source.url, answered.moved
        if moved is None or moved == old:
            return done
        others = [each for each in self._kept.by_id().values() if each.id != done.source.id]
        if any(same_address(each.url) == same_address(moved) for each in others):
            why = f"It moved to {moved}, which is followed already."
            source = self._visited(done.source, lambda state: dataclasses.replace(state, stopped="gone", why=why))
            return dataclasses.replace(done, source=source, outcome="stopped", why=why)

        def there(each: FollowedSource) -> FollowedSource:
            return dataclasses.replace(each, url=moved, visits=dataclasses.replace(each.visits, moved=old))

        return dataclasses.replace(done, source=self._change(done.source, there), moved=moved)

    def _visited(self, source: FollowedSource, change: Callable[[Visits], Visits]) -> FollowedSource:
        return self._change(source, lambda each: dataclasses.replace(each, visits=change(each.visits)))

    def _change(self, source: FollowedSource, change: Callable[[FollowedSource], FollowedSource]) -> FollowedSource:
        """Change the source as it is kept now; one that was removed meanwhile stays removed."""
        made = [source]

        def turn(now: FollowedSource | None) -> FollowedSource | None:
            made[0] = change(now or source)
            return made[0] if now else None

        self._kept.change({source.id: turn})
        return made[0]


def _not_asked(source: FollowedSource) -> Refreshed:
    state = source.visits
    outcome: Outcome = "stopped" if state.stopped else "waiting"
    return Refreshed(source, outcome, why=state.why, until=None if state.stopped else visits.moment(state.until))


def _is_lost(error: PaperrackError | None) -> bool:
    """Return whether *error* may be of this machine, which has no network."""
    return isinstance(error, OfflineError) or (isinstance(error, NetworkError) and hasattr(error, "sure"))
