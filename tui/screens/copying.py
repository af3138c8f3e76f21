"""What the reader takes along: BibTeX, keys, titles and addresses on the clipboard, exports, and a key of one's own."""

from __future__ import annotations

import asyncio
from typing import Literal

from textual import events, work
from textual.notifications import SeverityLevel
from textual.screen import Screen, ScreenResultType

from tui.desk import Desk
from tui.errors import PaperrackError
from tui.screens.saved import Saved
from tui.widgets.paper_list import place_of

What = Literal["bibtex", "key", "cite", "title", "url"]


class Taking(Screen[ScreenResultType]):
    """The copying keys of any screen that shows papers of a desk."""

    desk: Desk
    prefix: str

    def chosen(self) -> tuple[str, ...]:
        """Return the papers that an action is for."""
        raise NotImplementedError  # the screen knows what it shows

    def tell(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader *sentence*; what stands in it is never markup."""
        raise NotImplementedError  # the screen knows when

    def look_around(self) -> None:
        """Show what another program changed in the library meanwhile."""
        raise NotImplementedError  # the screen knows where

    def show_keys(self) -> None:
        """Show keys that were given out, or changed."""
        raise NotImplementedError  # the screen knows where

    def action_prefix(self, action: str) -> None:
        """Wait for the letter that says what *action* does; the footer shows the choices."""
        self.prefix = action
        self.refresh_bindings()

    def leave_prefix(self) -> None:
        """Give all keys their meaning back."""
        self.prefix = ""
        self.refresh_bindings()

    async def action_chord(self, prefix: str, action: str) -> None:
        """Do what the key after the prefix stands for, and give all keys their meaning back."""
        self.leave_prefix()
        await self.run_action(action)

    def on_key(self, event: events.Key) -> None:
        """A key that is no choice after the prefix leaves it, and does nothing else."""
        if self.prefix:
            event.stop()
            event.prevent_default()
            self.leave_prefix()

    def action_yank(self, what: What) -> None:
        """Copy what the letter after the prefix stands for."""
        self.action_copy(what)

    def action_copy(self, what: What) -> None:
        """Copy *what* of the chosen papers."""
        # What another program found meanwhile belongs into the copy, and into the keys that it gives out.
        self.look_around()
        names = self.chosen()
        if names:
            self.copy_of(names, what)
        else:
            self.tell("There is no paper to copy from.", "warning")

    def copy_of(self, names: tuple[str, ...], what: What) -> None:
        """Copy *what* of the papers *names*."""
        self._copy(names, what)

    @work(group="copying", exit_on_error=False)
    async def _copy(self, names: tuple[str, ...], what: What) -> None:
        exporting = self.desk.exporting
        try:
            taken = await asyncio.to_thread(exporting.take, names, what)
            copied = await asyncio.to_thread(exporting.copy, taken.text, self._osc52) if taken.text else None
        except PaperrackError as error:
            self.tell(str(error), "error")
            return
        for failure in taken.failures[:3]:
            self.tell(failure, "warning")
        if copied:
            try:
                exporting.keep_keys(taken.keys)
            except PaperrackError as error:
                self.tell(str(error), "error")
            self.tell(exporting.said(taken, copied), "information" if copied.certain else "warning")

    def _osc52(self, text: str) -> None:
        self.app.call_from_thread(self.app.copy_to_clipboard, text)

    def ask_key(self, name: str) -> None:
        """Ask for another citation key of the paper *name*."""
        from tui.screens.citation_key import CitationKey

        def changed(sentence: str | None) -> None:
            if sentence:
                self.tell(sentence)
                self.show_keys()

        self.app.push_screen(CitationKey(self.desk, name), changed)


class Copying(Saved, Taking[None]):
    """The keys that take along, on top of the panes."""

    def chosen(self) -> tuple[str, ...]:
        """Return the papers that an action is for: all that are marked, in whatever issue, else the current one."""
        current = self.paper_list.current
        return tuple(self.desk.marked()) or ((current,) if current else ())

    def show_keys(self) -> None:
        """Show keys that were given out, or changed."""
        self.refresh_details(stay=True)

    def action_export(self) -> None:
        """Show what an export of the chosen papers would be, and where it can go."""
        from tui.screens.export import Export

        names = self.chosen()
        if not names:
            self.tell("There is no paper to export.", "warning")
            return
        there = frozenset(self.desk.rack.order(self.issue)) if self.issue else frozenset()
        issue = self.issue if there.issuperset(names) else None

        def left(said: tuple[str, bool] | None) -> None:
            if said:
                self.tell(said[0], "information" if said[1] else "warning")
                self.show_keys()

        self.app.clear_notifications()  # one would hide what can be chosen
        self.app.push_screen(Export(self.desk, names, issue), left)

    def action_key(self) -> None:
        """Ask for another citation key of the paper under the cursor."""
        if name := self.seen():
            self.ask_key(name)

    def action_bibtex(self) -> None:
        """Show the entry of the paper under the cursor on the whole screen; the cursor comes along to the next ones."""
        from tui.screens.entry import Entry

        papers = self.paper_list.papers
        if self.seen() is None:
            return

        def back(place: int | None) -> None:
            # The list may be another one by now.
            now = None if place is None else place_of(self.paper_list.papers, papers[place])
            if now is not None:
                self.paper_list.move_to(now)
            self.show_keys()

        self.app.clear_notifications()  # one would hide what is shown
        self.app.push_screen(Entry(self.desk, papers, self.paper_list.cursor), back)
