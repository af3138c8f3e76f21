"""What the reader chooses: issue and paper, filter and order, marks and reading states."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from functools import partial
from typing import Protocol, cast

from textual import on

from tui.desk.marking import count
from tui.model import Papers, PlaceRow
from tui.screens.ranging import Ranging
from tui.screens.shown import ALL
from tui.text import shown
from tui.widgets.paper_list import PaperList

AT_ONCE = 1_000
"""Papers that are marked without a question, and before the screen is drawn again; more are marked beside it."""

CLEARED = 50
"""Marks that are cleared without a dialog that asks."""

MOMENT = 5.0
"""Seconds within which the key that clears the marks is struck again: as long as it is told."""

BRIEF = 60
"""Letters of a title in a sentence about something else."""


class Counting(Protocol):
    """The application, as far as it counts keys."""

    strikes: int


class Choosing(Ranging):
    """The keys that choose, on top of those that begin a range."""

    _warned_of_clearing: tuple[int, float] = (-1, 0.0)
    """At which key the reader was told that another clears the marks, and when."""

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

    async def action_escape(self) -> None:
        """Leave a prefix, else end the range, else go back from details that hide the list, else leave the search.

        Else clear the marks, when it was struck twice: after a search or a dialog it is easily struck once too often.
        """
        if self.prefix:
            self.leave_prefix()
        elif self.paper_list.range and not self.typing:
            self.end_range()
        elif self.pane == "details" and self.where.alone:
            self.go_to("papers")
        elif self.scope:
            await self.leave()
        elif marked := self.desk.counts().marked:
            await self._clear(marked)

    async def _clear(self, marked: int) -> None:
        if marked <= CLEARED:
            if self._struck_again():
                await self._clear_all()
            else:
                self.tell(f"{self.key('escape')} again clears {count(marked, 'mark')}.")
            return
        papers = count(marked, "paper")
        said = f"The marks of {papers} are taken away, in whatever issue they are; {self.key('undo')} restores them."
        self.ask_first(f"Clear {marked:,} marks?", said, "clears them", self._clear_all)

    def _struck_again(self) -> bool:
        """Return whether this key, and no other, was the last one too, and that a moment ago."""
        strikes, now = cast(Counting, self.app).strikes, time.monotonic()
        before, then = self._warned_of_clearing
        again = strikes == before + 1 and now - then < MOMENT
        self._warned_of_clearing = (-1, 0.0) if again else (strikes, now)
        return again

    async def _clear_all(self) -> None:
        with self.telling():
            cleared = await self._mark(self.desk.marked(), False)
            self.tell(f"{cleared:,} cleared, {self.key('undo')} restores.")
        self.refresh_marks(unread=False)
        if isinstance(self.search, PlaceRow) and self.search.id == "marked":
            self.refresh_papers()

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

    async def action_mark(self) -> None:
        """Mark the paper, or take its mark away, and go to the next; of a range, all of it."""
        if places := self.paper_list.range:
            await self._mark_range(places)
        elif name := self.seen():
            self._turn_mark(name)
            if self.pane == "papers":
                self.paper_list.move(1)

    def _turn_mark(self, name: str) -> None:
        with self.telling():
            self.desk.marking.mark([name], not self.desk.rack.marks(name).marked)
        self.refresh_marks([name], unread=False)

    @on(PaperList.Turned, "#papers")
    def _mark_clicked(self, event: PaperList.Turned) -> None:
        self._turn_mark(event.paper)

    async def _mark_range(self, places: range) -> None:
        papers = self.paper_list.papers
        self.end_range()
        if len(places) <= AT_ONCE:
            await self._mark_or_clear(papers, places)
            return
        said = f"All of {count(len(places), 'paper')} are marked; where they are all marked already, they are unmarked."
        heading = f"Mark {len(places):,} papers?"
        self.ask_first(heading, said, "marks them", partial(self._mark_or_clear, papers, places))

    async def _mark_or_clear(self, papers: Papers, places: range) -> None:
        with self.telling():
            changed, done = await self._mark(papers, True, places), "marked"
            if not changed:
                changed, done = await self._mark(papers, False, places), "unmarked"
            self.tell(f"{changed:,} {done}, {self.desk.counts().marked:,} in all.")
        self.refresh_marks(unread=False)

    async def action_mark_all(self) -> None:
        """Mark every paper that the list shows."""
        papers = self.paper_list.papers
        if not len(papers):
            self.tell("There is no paper to mark.", "warning")
        elif len(papers) <= AT_ONCE:
            await self._mark_all(papers)
        else:
            what = "that the search leaves " if self.sought else ""
            said = f"Every paper of this list {what}is marked, {len(papers):,} of them, seen or not; u takes it back."
            self.ask_first(f"Mark {len(papers):,} papers?", said, "marks them", partial(self._mark_all, papers))

    async def _mark_all(self, papers: Papers) -> None:
        with self.telling():
            changed = await self._mark(papers, True)
            marked = self.desk.counts().marked
            self.tell(f"{changed:,} marked, {marked:,} in all." if changed else "All of these are marked.")
        self.refresh_marks(unread=False)

    async def _mark(self, papers: Papers, on: bool, places: range | None = None) -> int:
        def mark() -> int:
            return self.desk.marking.mark(papers[places.start : places.stop] if places else papers, on)

        number = len(places or papers)
        if number <= AT_ONCE:
            return mark()
        # The next key waits, for it may be meant for what is marked then; the screen does not.
        self.tell(f"{'Marking' if on else 'Clearing'} {number:,} papers …")
        return await asyncio.to_thread(mark)

    async def action_undo(self) -> None:
        """Take the last change back; the next key waits, for the change may have been of very many papers."""
        with self.telling():
            label = await asyncio.to_thread(self.desk.marking.undo)
            self.tell(self._turned("Taken back", label) if label else "There is nothing to undo.")
        self._refresh_decided()

    async def action_redo(self) -> None:
        """Do the change again that was undone."""
        with self.telling():
            label = await asyncio.to_thread(self.desk.marking.redo)
            self.tell(self._turned("Done again", label) if label else "There is nothing to do again.")
        self._refresh_decided()

    def _turned(self, done: str, label: str) -> str:
        """Return the sentence on a change that was *done*; where it is of one paper, with its title.

        Ten decisions that are taken back one after the other would else look like one, and the paper need not be seen.
        """
        names = self.desk.marking.turned
        title = self.desk.rack.paper(names[0]).title if len(names) == 1 and names[0] in self.desk.rack else None
        return f"{done}: {label}, “{brief(title)}”." if title else f"{done}: {label}."

    def _refresh_decided(self) -> None:
        # It may have been a choice of the reader's, which the details show.
        self.load_searches()
        self.refresh_marks()
        if isinstance(self.search, PlaceRow) and not len(self.paper_list.papers):
            self.refresh_papers()  # nothing can move: what was taken out of an empty place, and came back, is seen
        self.refresh_details(stay=True)


def brief(title: str) -> str:
    """Return the beginning of a title, for a sentence: a toast has two lines or three."""
    title = shown(title)
    return title if len(title) <= BRIEF else title[: BRIEF - 1].rsplit(" ", 1)[0] + "…"
