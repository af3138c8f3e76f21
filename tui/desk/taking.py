"""Digests taken into the library: which papers they speak of, and which edition of which issue they are."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from tui.desk import editions
from tui.desk.filling import Filling
from tui.desk.identity import Identity
from tui.desk.intake import Source, is_address
from tui.desk.marking import count
from tui.desk.rack import NOTHING_ASKED, Rack
from tui.desk.uniting import NOTHING_KEPT, Uniting, filled
from tui.frozen import dataclass
from tui.library import PaperState
from tui.model import Inquiry, Issue, Marks

Outcome = Literal["new", "updated", "known"]


@dataclass(frozen=True)
class Taken:
    """An issue that was taken in, and what that changed; ``papers`` counts its distinct papers."""

    issue: Issue
    outcome: Outcome
    papers: int
    new_papers: int


@dataclass(frozen=True)
class Expected:
    """What taking *issue* in would change; ``known`` says of each entry whether its paper is in the library."""

    issue: Issue
    outcome: Outcome
    known: tuple[bool, ...]


@dataclass(frozen=True)
class Brought:
    """What came along with an entry from another library: the reader's own, and what services said."""

    state: PaperState = NOTHING_KEPT
    inquiry: Inquiry = NOTHING_ASKED


class Taking:
    """Takes issues in."""

    def __init__(self, rack: Rack, filling: Filling, identity: Identity, uniting: Uniting) -> None:
        self._rack = rack
        self._filling = filling
        self._identity = identity
        self._uniting = uniting

    def keep_all(
        self, issues: Sequence[tuple[Issue, Sequence[Brought | None]]], edition: str | None = None
    ) -> list[Taken]:
        """Take issues in, as one change; see :meth:`tui.desk.Desk.keep`. Raises LibraryError.

        They are known to be the *edition* with that id, if one is said, whatever they have in common with it.
        """
        # Another program may take in an issue at this moment; a name must not be given out twice.
        with self._rack.library.held():
            self._filling.sync()
            try:
                with self._rack.catalogue.change(), self._filling.gathered():
                    return [self._keep(issue, brought, edition) for issue, brought in issues]
            except BaseException:
                # The catalogue is as it was; the files that were written before are taken in by the next look.
                self._rack.forget_all()
                raise

    def expect(self, issue: Issue) -> Expected:
        """Return what taking *issue* in would change; nothing is changed."""
        identities = self._identity.of(issue.entries)
        papers = [best for best, _ in identities]
        listed = self._rack.catalogue.papers.known(papers)
        known = tuple(bool(olds) or listed.get(best, (0, False))[1] for best, olds in identities)
        name = self._edition_of(issue, {name for best, olds in identities for name in (best, *olds)})
        if name is None:
            return Expected(issue, "new", known)
        old = self._rack.issue(name)
        revised, _ = editions.revised(issue, papers, old, self._rack.order(name))
        same = editions.unchanged(dataclasses.replace(revised, kind=old.kind), old)
        return Expected(issue, "known" if same else "updated", known)

    def _keep(self, issue: Issue, brought: Sequence[Brought | None], edition: str | None) -> Taken:
        from tui.digests import label

        # Kept with the issue: a list of issues must not load every format to say what they are called.
        issue = dataclasses.replace(issue, kind=label(issue.format))
        identities = self._identity.of(issue.entries)
        papers = [best for best, _ in identities]
        known = edition if edition and self._rack.has_issue(edition) else None
        known = known or self._edition_of(issue, {name for best, olds in identities for name in (best, *olds)})
        listed = self._rack.catalogue.papers.known([best for best, _ in identities])
        there = {best for best, olds in identities if olds or listed.get(best, (0, False))[1]}
        # What the reader removed stays removed, and is nothing new.
        states = self._rack.catalogue.kept.states(papers)
        fresh = len(
            {name for name in papers if name not in there and not (name in states and states[name].marks.removed)}
        )
        for best, olds in identities:
            self._uniting.merge(best, olds)
        if known is None:
            taken = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
            name = editions.name_issue(issue, papers, self._rack.has_issue)
            issue, revised = dataclasses.replace(issue, id=name, taken=taken), tuple(papers)
        else:
            old = self._rack.issue(known)
            issue, revised = editions.revised(issue, papers, old, self._rack.order(known))
            if editions.unchanged(issue, old):
                # The same file again: what a crash kept from being written the first time is written now.
                self._adopt(papers, brought, there - self._never_asked(there))
                return Taken(old, "known", len(set(revised)), 0)
        # What is kept of papers before the issue that lists them: so each is described once.
        self._adopt(papers, brought, there)
        self._filling.put_issue(issue, revised)
        return Taken(issue, "new" if known is None else "updated", len(set(revised)), fresh)

    def _never_asked(self, papers: Collection[str]) -> set[str]:
        """Return those of *papers* that one issue alone speaks of, and of which nothing is kept that services said."""
        alone = self._rack.catalogue.papers.alone(papers)
        return alone - self._rack.catalogue.kept.inquired(list(alone))

    def _edition_of(self, issue: Issue, papers: Collection[str]) -> str | None:
        """Return the id under which the library holds an edition of *issue* already, or None."""
        catalogue, ours = self._rack.catalogue, frozenset(papers)
        numbers = [num for num, _ in catalogue.papers.known(papers).values()]
        for name in catalogue.issues.akin(issue, numbers):
            if editions.same_issue(issue, ours, self._rack.head_of(name), frozenset(self._rack.order(name))):
                return name
        return None

    def _adopt(self, papers: Sequence[str], brought: Sequence[Brought | None], there: Collection[str]) -> None:
        """Give papers what came with them, where nothing of that sort is kept yet.

        Of papers that were *there* before it says nothing about details: a digest may not speak for services.
        """
        states: dict[str, PaperState] = {}
        inquiries: dict[str, Inquiry] = {}
        known = self._rack.catalogue.kept.states([name for name, new in zip(papers, brought, strict=False) if new])
        for name, new in zip(papers, brought, strict=False):
            if new is None:
                continue
            state = new.state if name not in there else PaperState(new.state.marks)
            old = states.get(name) or known.get(name, NOTHING_KEPT)
            if (after := filled(old, state)) != old:
                states[name] = after
            if name not in there and new.inquiry != NOTHING_ASKED and name not in inquiries:
                inquiries[name] = new.inquiry
        # Marks come back where the same is added again after a crash; what services said and what was decided on it do
        # not, so that goes to the disk at once.
        decided = {name: state for name, state in states.items() if state.choices != NOTHING_KEPT.choices}
        for some, later in ((decided, False), ({n: s for n, s in states.items() if n not in decided}, True)):
            if some:
                self._filling.put_states(some, later)
        if inquiries:
            self._filling.put_inquiries(inquiries)


def brought_by(source: Source, place: int) -> list[Brought | None]:
    """Return what came along with each entry of the issue at *place* (from 0) of what was read."""
    if is_address(source.name):
        return []  # what stands on the web is nobody's own
    return [_brought(source.marks, source.asked, (place, n)) for n in range(len(source.issues[place].entries))]


def _brought(marks: Mapping[Any, Marks], asked: Mapping[Any, Any], place: tuple[int, int]) -> Brought | None:
    if place not in marks and place not in asked:
        return None
    inquiry, choices = asked.get(place, (NOTHING_ASKED, NOTHING_KEPT.choices))
    return Brought(PaperState(marks.get(place, NOTHING_KEPT.marks), choices), inquiry)


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
