"""The keys that have papers looked up: one, a range, all that are marked, or a whole list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

from textual import work

from tui.desk.marking import count
from tui.screens.looking import Looking

MANY = 50
"""Papers that are asked about without a question; more are asked about a few at a time."""

Names = Callable[[], Iterable[str]]


class Asking(Looking):
    """The keys that ask, on top of what takes in the answers."""

    def ask(self, names: Iterable[str], refresh: bool = False, quiet: bool = False, front: bool = True) -> None:
        """Look *names* up, once it is known whom services may write to; *quiet* says nothing where all is known."""
        chosen = tuple(names)
        looking = self.desk.looking
        if not chosen or (quiet and not refresh and not looking.wanted(chosen)):
            return

        def go_on() -> None:
            with self.telling():
                asked = looking.ask(chosen, refresh=refresh, front=front)
                self._say_asked(asked, chosen, quiet)
            self.show_changed(chosen)
            self.say_progress()

        self._introduced(go_on)

    def _introduced(self, go_on: Callable[[], object]) -> None:
        """Ask for the address that services may write to, where that was never done; then *go_on*."""
        if self.desk.looking.needs_contact:
            from tui.screens.contact import Contact

            def introduced(_: object) -> None:
                go_on()

            self.app.push_screen(Contact(self.desk), introduced)
        else:
            go_on()

    def _say_asked(self, asked: int, names: tuple[str, ...], quiet: bool) -> None:
        if quiet:
            return
        progress = self.desk.looking.progress()
        if asked:
            if len(names) > 1:
                of = f" of {len(names):,}" if asked < len(names) else ""
                self.tell(f"Looking up {asked:,}{of} papers; {self.key('jobs')} shows how far each is.")
        elif progress.done < progress.total:
            self.tell(
                f"Under way already: {progress.done:,} of {progress.total:,} done. {self.key('jobs')} shows the rest."
            )
        else:
            self.tell(f"There is nothing new to ask; {self.key('refresh')} asks again.")

    def _ask_about(self, number: int, names: Names, of: str, refresh: bool = False) -> None:
        """Ask about papers, where they are many after a question and a few at a time; *of* says which they are."""
        if number <= MANY:
            self.ask(names(), refresh=refresh, front=number == 1)
            return
        papers = count(number, "paper")
        which = "; also where they have answered" if refresh else " that they have not answered about before"
        self.ask_first(
            f"Ask again about {papers}?" if refresh else f"Look up {papers}?",
            f"Services are asked about {of}{which}. It goes on while you read; "
            f"{self.key('jobs')} shows how far it is, and cancels it.",
            "asks",
            partial(self._introduced, partial(self._ask_many, names, refresh)),
        )

    @work(group="asking", exit_on_error=False)
    async def _ask_many(self, names: Names, refresh: bool) -> None:
        chosen = await asyncio.to_thread(lambda: tuple(names()))
        with self.telling():
            coming = self.desk.looking.ask_later(chosen, refresh)
            self.tell(f"Looking up {count(coming, 'paper')}; {self.key('jobs')} shows how far it is.")
        self.say_progress()

    def _range(self) -> tuple[int, Names]:
        """Return how many papers are in the range, and what names them; the range ends by it."""
        places, papers = self.paper_list.range or range(0), self.paper_list.papers
        self.end_range()
        return len(places), lambda: papers[places.start : places.stop]

    # The keys

    def action_look_up(self) -> None:
        """Ask about the paper under the cursor, or about a range."""
        if self.paper_list.range:
            self._ask_about(*self._range(), "all papers of the range")
        elif name := self.seen():
            self.ask([name])

    async def action_open(self) -> None:
        """Go from the field or the issue to the papers; open the paper, and look it up if that was never done."""
        opened = self.paper_list.current if self.pane != "issues" and not self.typing else None
        await super().action_open()
        if opened:
            self.ask([opened], quiet=True)

    def action_look_up_all(self) -> None:
        """Ask about a range, else about all marked papers, else about every paper that the list shows."""
        papers = self.paper_list.papers
        if self.paper_list.range:
            self._ask_about(*self._range(), "all papers of the range")
        elif marked := self.desk.marked():
            self._ask_about(len(marked), lambda: marked, "all that is marked")
        elif len(papers):
            self._ask_about(len(papers), lambda: papers[:], "every paper of this list")
        else:
            self.tell("There is no paper to look up.", "warning")

    def action_refresh(self) -> None:
        """Ask again about what the pane that has the keys shows, or about a range."""
        current, papers = self.paper_list.current, self.paper_list.papers
        if current is None:
            self.tell("There is no paper to ask about.", "warning")
        elif self.pane == "details":
            self.ask([current], refresh=True)
        elif self.paper_list.range:
            self._ask_about(*self._range(), "all papers of the range", refresh=True)
        else:
            self._ask_about(len(papers), lambda: papers[:], "every paper of this list", refresh=True)
