"""What the reader chooses: issue and paper, filter and order, marks and reading states."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual import on

from tui.desk import listing
from tui.model import Papers
from tui.screens.places import Placed
from tui.screens.shown import ALL
from tui.widgets.paper_list import PaperList

AT_ONCE = 1_000
"""Papers that are marked before the screen is drawn again; more are marked beside it."""


class Choosing(Placed):
    """The keys that choose, on top of those that go to places."""

    # Ranges

    def ranged(self) -> tuple[str, ...]:
        """Return the papers of the range, none without one."""
        places = self.paper_list.range
        return tuple(self.paper_list.papers[places.start : places.stop]) if places else ()

    def end_range(self) -> None:
        """End the range, if there is one; the cursor stays."""
        if self.paper_list.range:
            self.paper_list.end_range()
            self.say_where()

    def chosen(self) -> tuple[str, ...]:
        """Return the papers that an action is for: the range, else all that are marked, else the current one."""
        return self.ranged() or super().chosen()

    def action_range(self) -> None:
        """Begin a range at the cursor, or end the one that there is."""
        if self.paper_list.range:
            self.end_range()
        elif self.seen():
            self.go_to("papers")
            self.paper_list.begin_range()
            self.say_where()

    @on(PaperList.Chosen)
    async def _row_chosen(self) -> None:
        await self.action_open()

    async def action_open(self) -> None:
        """Go from the field or the issue to the papers, from the paper to its details."""
        if self.typing:
            await self.keep()
        else:
            self.go_to("papers" if self.pane == "issues" else "details")

    def action_issue(self, by: int) -> None:
        """Go to the issue above or below in the list, with its papers."""
        self.issue_list.step(by)

    def show_issue(self, issue: str) -> None:
        """Show the papers of *issue*."""
        self.end_search()
        self.issue, self.search = issue, None
        self.refresh_issues()
        self.go_to("papers")

    def show_search(self, name: str) -> None:
        """Show the papers of the saved search called *name*."""
        self.end_search()
        self.issue, self.search = ALL, next((row for row in self.searches if row.name == name), None)
        self.refresh_issues()
        self.go_to("papers")

    def action_sort(self) -> None:
        """Take the next order."""
        self.sort = listing.SORTS[(listing.SORTS.index(self.sort) + 1) % len(listing.SORTS)]
        orders = {"issue": "in the issue's order", "unread": "unread first"}
        self.tell(f"Sorted {orders.get(self.sort, 'by ' + self.sort)}.")
        self.refresh_papers()

    async def action_escape(self) -> None:
        """Leave a prefix, else end the range, else leave the search, else clear the marks."""
        if self.prefix:
            self.leave_prefix()
        elif self.paper_list.range and not self.typing:
            self.end_range()
        elif self.scope:
            await self.leave()
        elif marked := self.desk.marked():
            with self.telling():
                await self._mark(marked, False)
                self.tell(f"{len(marked):,} cleared, u restores.")
            self.refresh_marks(unread=False)

    def refresh_marks(self, papers: Iterable[str] | None = None, unread: bool = True) -> None:
        """Show changed marks, all or those of *papers*, where papers are listed; nothing moves.

        Without *unread*, no issue has more or fewer unread papers by it.
        """
        self.paper_list.read_anew(papers)
        if unread:
            self.show_issues()
        else:
            self.show_places()
        self.say_where()
        self.count_searches()

    def action_mark(self) -> None:
        """Mark the paper, or take its mark away, and go to the next."""
        if name := self.seen():
            with self.telling():
                self.desk.marking.mark([name], not self.desk.rack.marks(name).marked)
            if self.pane == "papers":
                self.paper_list.move(1)
            self.refresh_marks([name], unread=False)

    async def action_mark_all(self) -> None:
        """Mark every paper that the list shows."""
        papers = self.paper_list.papers
        if not len(papers):
            self.tell("There is no paper to mark.", "warning")
            return
        with self.telling():
            count = await self._mark(papers, True)
            marked = self.desk.counts().marked
            self.tell(f"{count:,} marked, {marked:,} in all." if count else "All of these are marked.")
        self.refresh_marks(unread=False)

    async def _mark(self, papers: Papers, on: bool) -> int:
        if len(papers) <= AT_ONCE:
            return self.desk.marking.mark(papers, on)
        # The next key waits, for it may be meant for what is marked then; the screen does not.
        self.tell(f"{'Marking' if on else 'Clearing'} {len(papers):,} papers …")
        return await asyncio.to_thread(self.desk.marking.mark, papers, on)

    async def action_undo(self) -> None:
        """Take the last change back; the next key waits, for the change may have been of very many papers."""
        with self.telling():
            label = await asyncio.to_thread(self.desk.marking.undo)
            self.tell(f"Taken back: {label}." if label else "There is nothing to undo.")
        self._refresh_decided()

    async def action_redo(self) -> None:
        """Do the change again that was undone."""
        with self.telling():
            label = await asyncio.to_thread(self.desk.marking.redo)
            self.tell(f"Done again: {label}." if label else "There is nothing to do again.")
        self._refresh_decided()

    def _refresh_decided(self) -> None:
        # It may have been a choice of the reader's, which the details show.
        self.load_searches()
        self.refresh_marks()
        self.refresh_details(stay=True)
