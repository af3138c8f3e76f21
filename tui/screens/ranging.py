"""Ranges of papers, from where one was begun to the cursor; and the question before something is done to many."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual import on

from tui.desk.marking import count
from tui.screens.copying import What
from tui.screens.places import Placed
from tui.widgets.paper_list import PaperList

COPIED = 500
"""Papers of which something is copied without a question."""

COPIES = {
    "bibtex": "entries",
    "key": "citation keys",
    "cite": "keys within \\cite{}",
    "title": "titles",
    "url": "addresses",
}


class Ranging(Placed):
    """The key that begins and ends a range, on top of those that go to places."""

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

    @on(PaperList.Moved, "#papers")
    def _range_moved(self) -> None:
        if self.paper_list.range:
            self.papers_heading.say(*self.heading(self._total()))

    def heading(self, total: int) -> tuple[str, str]:
        """Return the heading of the papers; of a range, how many are in it."""
        text, beside = super().heading(total)
        if places := self.paper_list.range:
            name = text.partition("  ")[0]
            text = f"{name}  {len(places):,} in range"
            beside = f"of {len(self.paper_list):,} · space marks them · v ends it"
        return text, beside

    # What is done to many

    def ask_first(self, heading: str, sentence: str, verb: str, then: Callable[[], object]) -> None:
        """Say what will be done to how many; where the reader wants it, *then* does it, and the next key waits for it.

        *verb* is what enter does, as ``looks them up``.
        """
        from tui.screens.sure import Sure

        async def answered(sure: bool | None) -> None:
            done = then() if sure else None
            if isinstance(done, Awaitable):
                await done

        self.app.clear_notifications()  # one would hide what is asked
        self.app.push_screen(Sure(heading, sentence, verb), answered)

    def action_copy(self, what: What) -> None:
        """Copy *what* of the chosen papers; what is done to a range ends it."""
        super().action_copy(what)
        self.end_range()

    def copy_of(self, names: tuple[str, ...], what: What) -> None:
        """Copy *what* of *names*, where these are very many after a question."""
        if len(names) <= COPIED:
            super().copy_of(names, what)
            return
        papers = count(len(names), "paper")
        self.ask_first(
            f"Copy from {papers}?",
            f"The {COPIES[what]} of {papers} would stand on the clipboard; e can put them into a file instead.",
            "copies them",
            partial(super().copy_of, names, what),
        )

    def action_export(self) -> None:
        """Show what an export of the chosen papers would be; it ends a range."""
        super().action_export()
        self.end_range()
