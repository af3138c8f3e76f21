"""Deciding what to read: a key a decision, and the next unread paper comes by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Literal

from tui.desk import Desk
from tui.desk.marking import count
from tui.model import IssueRow, Papers
from tui.screens.choosing import AT_ONCE, Choosing, brief
from tui.widgets.issue_list import label_of
from tui.widgets.paper_list import place_of

if TYPE_CHECKING:
    from tui.desk.triaging import Decided
    from tui.screens.sure import Sure
    from tui.screens.triage import Triage

Decision = Literal["read", "keep", "skip"]

MANY_READ = 20
"""Papers of a list that become read at a stroke without a question."""

MANY = 50
"""Papers of a range that are decided on without a question, and those among which an undone one is looked for."""

VERBS = {"read": "read", "keep": "to be read", "skip": "dropped"}


class Triaging(Choosing):
    """The keys that decide, on top of those that choose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._triage: Triage | None = None

    # Deciding

    async def action_decide(self, decision: Decision) -> None:
        """Make the paper read (or new again), to be read, or dropped; then go to the next unread one."""
        if (name := self.seen()) is None:
            return
        places = self.paper_list.range
        if places is None or len(places) <= MANY:
            await self._decide(self.ranged() or (name,), decision)
            return
        from tui.screens.sure import Sure

        chosen = await asyncio.to_thread(self.ranged)
        papers = count(len(chosen), "paper")
        said = f"The range from its first paper to the cursor: {papers} become {VERBS[decision]}."
        dialog = Sure(f"{papers}: {VERBS[decision]}?", said, "decides")
        self._ask_first(dialog, partial(self._decide, chosen, decision))

    def _ask_first(self, dialog: Sure, action: Callable[[], Awaitable[None]]) -> None:
        def answered(sure: bool | None) -> None:
            if sure:
                # In its turn among the keys: the next one is meant for what is shown then.
                self.app.call_later(action)

        self.app.push_screen(dialog, answered)

    async def _decide(self, names: tuple[str, ...], decision: Decision) -> None:
        decided: Decided | None = None
        with self.telling():
            decide = partial(self.desk.triaging.decide, names, decision)
            decided = decide() if len(names) <= AT_ONCE else await asyncio.to_thread(decide)
        if decided is None:
            return
        self.end_range()
        self.refresh_marks(names)
        said = self.said(decided.sentence) if len(names) > 1 else ""
        if decided.state == "new":
            self.refresh_details(stay=True)
        elif not self._to_next():
            said = f"{said} {self.none_left()}".strip()
            self.refresh_details(stay=True)
        if said:
            self.tell(said)

    def _to_next(self) -> bool:
        """Go to the next unread paper of the list, from its end on to its beginning; return whether there is one."""
        papers, triaging = self.paper_list.papers, self.desk.triaging
        place = triaging.next_unread(papers, self.paper_list.cursor)
        if place is None:
            place = triaging.next_unread(papers, -1)
        if place is not None:
            self.paper_list.move_to(place)
        return place is not None

    def none_left(self) -> str:
        """Return the sentence that nothing is unread here, and where something is."""
        row = self.desk.triaging.next_issue(self.issue)
        if row is None:
            return "Nothing unread is left anywhere."
        key = self.keymap.key("next-unread")
        return f"Nothing unread is left here; {key} goes to {brief(label_of(row))} ({row.unread:,} unread)."

    def said(self, done: str) -> str:
        """Return the sentence on what was *done* to several papers, with the way back."""
        return f"{done.rstrip('.')}, {self.keymap.key('undo')} takes it back."

    def action_star(self) -> None:
        """Star the paper, or all of the range; where all have a star, take it away. What is decided on them stays."""
        name = self.seen()
        if name is None:
            return
        names = self.ranged() or (name,)
        on = not all(self.desk.rack.marks(each).starred for each in names)
        with self.telling():
            changed = self.desk.annotating.star(names, on)
            if len(names) > 1:
                self.tell(self.said(f"{count(changed, 'paper')} {'starred' if on else 'without a star now'}"))
        self.end_range()
        self.refresh_marks(names, unread=False)
        self.refresh_details(stay=True)

    async def action_read_all(self) -> None:
        """Make read what is unread in the list as it is shown now, and nothing that came in meanwhile."""
        unread = await asyncio.to_thread(self.desk.triaging.unread, self.paper_list.papers)
        if not len(unread):
            self.tell(self.none_left())
        elif len(unread) <= MANY_READ:
            await self._read_all(unread)
        else:
            from tui.screens.sure import Sure

            papers = count(len(unread), "paper")
            said = (
                f"{papers} on which nothing is decided yet, in “{self.where.place}” as it is shown now."
                " What you keep to be read stays, and so does what comes in meanwhile."
            )
            self._ask_first(Sure(f"Make {papers} read?", said, "makes them read"), partial(self._read_all, unread))

    async def _read_all(self, papers: Papers) -> None:
        with self.telling():
            decided = await asyncio.to_thread(self.desk.triaging.read_all, papers)
            self.tell(self.said(decided.sentence))
        self.refresh_marks()
        self.refresh_details(stay=True)

    # Going to what is unread

    def action_unread(self, by: int) -> None:
        """Go to the next unread paper, or the one before: of the list, else of the other issues, round the shelf."""
        papers, triaging = self.paper_list.papers, self.desk.triaging
        place = triaging.next_unread(papers, self.paper_list.cursor, by)
        if place is None and not self.issue:
            # All papers, or a search: what is unread in it comes before any issue.
            place = triaging.next_unread(papers, -1 if by > 0 else len(papers), by)
        if place is not None:
            self.paper_list.move_to(place)
            self.leave_issues()
        elif row := triaging.next_issue(self.issue, by):
            self.app.clear_notifications()  # one may say that nothing is left here, and name the key that was struck
            self.go_to_issue(row, by)
        else:
            self.tell("Nothing unread is left anywhere.")

    def go_to_issue(self, row: IssueRow, by: int = 1) -> None:
        """Show the issue, with the cursor on its first unread paper, or the last where *by* is less than 0."""
        self.end_range()
        self.end_search()
        papers = self.desk.listing(row.id, sort=self.sort)
        place = self.desk.triaging.next_unread(papers, -1 if by > 0 else len(papers), by)
        self.issue, self.search = row.id, None
        self.refresh_issues(papers[place] if place is not None else None)
        self.leave_issues()

    def leave_issues(self) -> None:
        """Give the papers the keys where the issues have them; who reads details stays there."""
        self.go_to("papers" if self.pane == "issues" else self.pane)

    def show_paper(self, name: str) -> bool:
        """Put the cursor on the paper, in this list or in an issue that speaks of it; return whether it is there."""
        place = place_of(self.paper_list.papers, name)
        if place is None and self.issue and not self.words and name in self.desk.rack:
            self.issue = self.desk.rack.paper(name).mentions[0].issue
            self.refresh_issues(name)
            place = place_of(self.paper_list.papers, name)
        if place is not None:
            self.paper_list.move_to(place)
        return place is not None

    # The way back

    async def action_undo(self) -> None:
        """Take the last change back, and go to the paper that it was about."""
        await super().action_undo()
        self._show_turned()

    async def action_redo(self) -> None:
        """Do the change again that was undone, and go to the paper that it is about."""
        await super().action_redo()
        self._show_turned()

    def _show_turned(self) -> None:
        names = self.desk.marking.turned
        turned = tuple(map(self.desk.rack.canonical, names)) if len(names) <= MANY else ()
        if not turned or self.paper_list.current in turned:
            return
        papers = self.paper_list.papers
        places = [place for name in turned if (place := place_of(papers, name)) is not None]
        if places:
            self.paper_list.move_to(min(places))
        elif len(turned) == 1:
            self.show_paper(turned[0])

    # One card a paper

    async def action_triage(self) -> None:
        """Decide on what is unread in the list, one card a paper."""
        from tui.screens.triage import Triage

        self.end_range()
        papers, cursor = self.paper_list.papers, self.paper_list.cursor
        round = await asyncio.to_thread(self.desk.triaging.round, papers, cursor)
        if round.current is None:
            self.tell(self.none_left())
            return

        def back(name: str | None) -> None:
            self._triage = None
            self.refresh_marks()
            if name is not None:
                self.show_paper(name)
            self.refresh_details()

        self._triage = Triage(self, round)
        self.app.clear_notifications()
        self.app.push_screen(self._triage, back)

    @property
    def named(self) -> str:
        """What the list is called, without the series that it is of."""
        row = self.issue_list.current
        return label_of(row) if row else ""

    def ask(self, names: Iterable[str], refresh: bool = False, quiet: bool = False, front: bool = True) -> None:
        """Look *names* up; *quiet* says nothing where all is known."""
        raise NotImplementedError  # Looking knows

    def show_on_card(self, names: Iterable[str]) -> None:
        """Show papers that are different now on the card, if one of them is seen there."""
        if self._triage is not None:
            self._triage.show_changed(names)

    def show_elsewhere(self) -> None:
        """Show the library anew, on the card too: another program changed it."""
        super().show_elsewhere()
        if self._triage is not None:
            self._triage.show_elsewhere()
