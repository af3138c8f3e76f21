"""Every operation of paperrack, once: taking in, listing, searching, marking, exporting, undoing.

Both faces (``tui.cli`` and ``tui.screens``) go through :class:`Desk` and neither has an operation of its own. The
desk knows no screen and no command line; what takes time and touches no library (:meth:`Desk.read`) may run in a
thread, the rest belongs to the thread that made the desk.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tui.desk import editions, intake, listing
from tui.desk.exporting import Exporting
from tui.desk.marking import Marking, count
from tui.desk.rack import NO_MARKS, Rack
from tui.desk.uniting import NOTHING_KEPT, filled, united
from tui.errors import UnknownError
from tui.library import Library, PaperState
from tui.model import Issue, IssueRow, Paper
from tui.settings import Settings
from tui.shapes import plain

if TYPE_CHECKING:
    from tui.desk.deciding import Deciding
    from tui.desk.into import Into
    from tui.desk.looking import Looking
    from tui.desk.services import Services

Outcome = Literal["new", "updated", "known"]


@dataclass(frozen=True)
class Taken:
    """An issue that was taken in, and what that changed; ``papers`` counts its distinct papers."""

    issue: Issue
    outcome: Outcome
    papers: int
    new_papers: int


class Desk:
    """A library, open on the desk. Close it, or use it in a ``with`` statement; closing writes what is unwritten.

    *services* are who knows papers, the settings' own where none are handed in.
    """

    def __init__(self, library: Library, settings: Settings, services: Services | None = None) -> None:
        self.library = library
        self.settings = settings
        self.rack = Rack(library.states(), settings.bibtex.prefer)
        self.marking = Marking(library, self.rack)
        self.exporting = Exporting(library, self.rack, self.marking, settings)
        self._services = services
        for issue in library.issues():
            self.rack.shelve(issue, library.issue_ids(issue.id))

    # What only some runs need is loaded when it is first asked for: a start should not wait for it.

    @cached_property
    def into(self) -> Into:
        """The way into the reader's ``.bib`` files."""
        from tui.desk.into import Into

        return Into(self.exporting, self.marking)

    @cached_property
    def deciding(self) -> Deciding:
        """The reader's decisions on details."""
        from tui.desk.deciding import Deciding

        return Deciding(self.rack, self.marking)

    @cached_property
    def looking(self) -> Looking:
        """The look-ups."""
        from tui.desk.looking import Looking
        from tui.desk.services import Services

        services = self._services or Services(self.settings)
        return Looking(self.library, self.rack, self.marking, self.settings, services, self._merge)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End what is being fetched, write what is unwritten and close the library."""
        if "looking" in self.__dict__:
            self.looking.close()
        self.library.close()

    # Taking in

    def read(self, words: Iterable[str], format: str | None = None) -> Iterator[intake.Source]:
        """Yield what the files, folders and addresses *words* hold, without keeping it; for any thread."""
        return intake.read_sources(words, self.settings, format)

    def take(self, source: intake.Source, place: int = 0) -> Taken:
        """Take the issue at *place* (from 0) of what was read into the library, with the marks that came with it."""
        issue = source.issues[place]
        places = [(place, index) for index in range(len(issue.entries))]
        return self.keep(issue, [_brought(source, each) for each in places])

    def keep(self, issue: Issue, brought: Sequence[PaperState | None] = ()) -> Taken:
        """Take *issue* into the library and return what that changed; its papers keep the reader's marks.

        An edition that is known already changes nothing; see :func:`tui.desk.editions.revised` for another one.
        What is *brought* along from another library, one state an entry, is the reader's own.
        """
        # Another program may take in an issue at this moment; a name must not be given out twice.
        with self.library.alone() as changed:
            if changed:
                self.marking.reload()
            return self._keep(issue, brought)

    def _keep(self, issue: Issue, brought: Sequence[PaperState | None]) -> Taken:
        from tui.digests import label

        # Kept with the issue: a list of issues must not load every format to say what they are called.
        issue = dataclasses.replace(issue, kind=label(issue.format))
        identities = [self.rack.identity(entry) for entry in issue.entries]
        papers = [best for best, _ in identities]
        known = editions.find_edition(
            issue, (name for pair in identities for name in (pair[0], *pair[1])), self.rack.issues, self.rack.order
        )
        old = self.rack.issues[known] if known else None
        there = {best for best, olds in identities if best in self.rack or olds}
        fresh = sum(best not in self.rack and not olds for best, olds in dict(identities).items())
        for best, olds in identities:
            self._merge(best, olds)
        if old:
            issue, revised = editions.revised(issue, papers, old, self.rack.order[old.id])
            if editions.unchanged(issue, old):
                self._adopt(papers, brought, there)
                return Taken(old, "known", len(set(revised)), 0)
        else:
            taken = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            name = editions.name_issue(issue, papers, self.rack.issues)
            issue, revised = dataclasses.replace(issue, id=name, taken=taken), tuple(papers)
        self.library.put_issue(issue, revised)
        self.rack.shelve(issue, revised)
        self._adopt(papers, brought, there)
        return Taken(issue, "updated" if old else "new", len(set(revised)), fresh)

    def _merge(self, best: str, olds: Collection[str]) -> None:
        if not olds:
            return
        states = self.library.states()
        known = [states[name] for name in (best, *olds) if name in states]
        changed = {old: PaperState(marks=self.rack.marks(old), merged_into=best) for old in olds}
        if known:
            changed[best] = dataclasses.replace(united(known), merged_into=None)
        self.library.put_states(changed)
        for old in olds:
            self.rack.merge(old, best)
        self.rack.forget([best])

    def _adopt(self, papers: Sequence[str], brought: Sequence[PaperState | None], there: Collection[str]) -> None:
        """Give papers what came with them, where nothing of that sort is kept yet.

        Of papers that were *there* before it says nothing about details: a digest may not speak for services.
        """
        states = self.library.states()
        adopted: dict[str, PaperState] = {}
        for name, new in zip(papers, brought, strict=False):
            old = adopted.get(name) or states.get(name, NOTHING_KEPT)
            if new is not None and name in there:
                new = PaperState(new.marks)
            if new is not None and (after := filled(old, new)) != old:
                adopted[name] = after
        if adopted:
            self.marking.put(adopted)

    def remove(self, names: Iterable[str]) -> int:
        """Remove the issues *names* from the library and return how many; marks of their papers are kept."""
        found = [self.issue(name).id for name in names]
        for name in found:
            self.library.remove_issue(name)
            self.rack.unshelve(name)
        return len(found)

    # Knowing

    def formats(self) -> dict[str, list[dict[str, str]]]:
        """Return the kinds of digest and of export that are known, each with name and label."""
        from tui.digests import formats
        from tui.exports import EXPORTS

        return {
            "digest": [{"name": each.NAME, "label": each.LABEL} for each in formats()],
            "export": [{"name": each.NAME, "label": each.LABEL} for each in EXPORTS],
        }

    # Finding

    def issue(self, words: str) -> Issue:
        """Return the issue whose id, or start of it, *words* are. Raises UnknownError where none or several fit."""
        issues = self.rack.issues
        found = [words] if words in issues else [name for name in issues if words and name.startswith(words)]
        if len(found) == 1:
            return issues[found[0]]
        raise UnknownError(_no_single("issue", words, found))

    def paper(self, words: str) -> Paper:
        """Return the paper that *words* name (CLI.md). Raises UnknownError where they fit none or several."""
        found = self.rack.resolve(words)
        if len(found) == 1:
            return self.rack.paper(found[0])
        raise UnknownError(_no_single("paper", words, found))

    def shelf(self) -> tuple[IssueRow, ...]:
        """Return the issues as a list shows them: grouped by series, the group with the newest issue first."""
        return listing.shelf(self.rack)

    def papers(
        self, issue: str | None = None, query: str = "", marked: bool = False, sort: listing.Sort = "issue"
    ) -> tuple[str, ...]:
        """Return the ids of the papers of one issue, or of all, that hold every word of *query*, sorted.

        With a query and no issue, and no other order asked for, those that match in the title come first.
        """
        ids: Iterable[str] = dict.fromkeys(self.rack.order[self.issue(issue).id]) if issue else self.rack.ids()
        chosen = [name for name in ids if not marked or self.rack.marks(name).marked]
        return listing.arranged(self.rack, chosen, query, sort, ranked=issue is None)

    def sift(self, names: Iterable[str], query: str) -> tuple[str, ...]:
        """Return those of the papers *names* that hold every word of *query*, in their order."""
        return listing.sifted(self.rack, names, query)

    def places(self, issue: str) -> dict[str, int]:
        """Return the place (from 1) of each paper in the issue with the id *issue*."""
        places: dict[str, int] = {}
        for place, name in enumerate(self.rack.order[issue], 1):
            places.setdefault(name, place)
        return places

    def marked(self) -> tuple[str, ...]:
        """Return the ids of the marked papers, in whatever issue they are."""
        states = self.library.states()
        return tuple(name for name, state in states.items() if state.marks.marked and name in self.rack)


def _brought(source: intake.Source, place: tuple[int, int]) -> PaperState | None:
    if intake.is_address(source.name):
        return None  # what stands on the web is nobody's own
    marks = source.marks.get(place, NO_MARKS)
    if place not in source.asked:
        return PaperState(marks, NOTHING_KEPT.choices) if marks != NO_MARKS else None
    inquiry, choices = source.asked[place]
    state = PaperState(marks, choices, plain(inquiry))
    return state if state != NOTHING_KEPT else None


def summary(taken: Sequence[Taken]) -> str:
    """Return what a reader is told of issues that were taken in."""
    if len(taken) == 1:
        each = taken[0]
        if each.outcome == "known":
            return f"{each.issue.title} is on the rack already; nothing changed."
        verb = "updated" if each.outcome == "updated" else "added"
        return f"{each.issue.title} {verb}: {count(each.papers, 'paper')}, {each.new_papers:,} new."
    changed = sum(each.outcome != "known" for each in taken)
    new = sum(each.new_papers for each in taken)
    return f"{count(changed, 'issue')} of {len(taken):,} taken in, {count(new, 'new paper')}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _no_single(kind: str, words: str, found: Sequence[str]) -> str:
    if not found:
        return f"There is no {kind} called {words!r} in the library."
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return f"{words!r} could be {len(found)} {kind}s: {_listed(found[:3])}{more}."
