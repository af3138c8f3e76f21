"""The sources that are followed: the keys that fetch what is new of them, and show how they stand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from tui.desk import Desk
from tui.model import FollowedSource
from tui.screens.deciding import Deciding

if TYPE_CHECKING:
    from tui.desk.refreshing import Refreshed, Round


class Following(Deciding):
    """The keys that fetch, on top of those that decide."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.going: Round | None = None
        self._begun = False

    def action_sources(self) -> None:
        """Show the sources, and what can be done with them."""
        from tui.screens.sources import Sources

        def chosen(issue: str | None) -> None:
            if issue:
                self.show_issue(issue)

        self.app.push_screen(Sources(self.desk, self.refresh_sources, lambda: self.going, self.clock), chosen)

    def action_refresh(self) -> None:
        """Fetch what is new of sources where the issues have the keys, else ask again about papers."""
        if self.pane != "issues":
            super().action_refresh()
        elif self._begun:
            self.tell(f"They are being fetched; {self.key('sources')} shows how far it is, and cancels it.")
        else:
            self.refresh_sources(None)

    def say_counts(self) -> None:
        """Show in the line on top how far the fetching is, and what else is under way."""
        super().say_counts()
        if self.going is not None:
            from tui.desk.pdf_queue import bar

            far = f"sources {bar(self.going.done, self.going.total)} {self.going.done:,}/{self.going.total:,}"
            self.where.counts = " · ".join(part for part in (far, self.where.counts) if part)

    def on_unmount(self) -> None:
        """End what is being fetched: the program waits for its threads."""
        if self.going is not None:
            self.going.stop()

    def refresh_sources(self, chosen: tuple[FollowedSource, ...] | None) -> None:
        """Fetch what is new of the *chosen* sources, or of all of them, beside the keyboard."""
        if not self._begun:
            self._begun = True
            self._go_through(chosen)

    @work(group="sources", exit_on_error=False)
    async def _go_through(self, chosen: tuple[FollowedSource, ...] | None) -> None:
        done: list[Refreshed] = []
        stopped = False
        try:
            with self.telling():
                going = self.going = await asyncio.to_thread(self.desk.sources.refresh, chosen)
                if not going.total:
                    self.tell(f"No source is followed; {self.key('sources')} follows one.")
                self.say_counts()
                results = iter(going)
                while (each := await asyncio.to_thread(next, results, None)) is not None:
                    done.append(each)
                    self._show_refreshed(each)
                stopped = going.stopped
        finally:
            self.going, self._begun = None, False
            self._fetched(done, stopped)

    def _show_refreshed(self, each: Refreshed) -> None:
        if not self.is_running:
            return
        self.say_counts()
        if each.taken:
            self.show_elsewhere()
        self._tell_dialog()

    def _fetched(self, done: list[Refreshed], stopped: bool) -> None:
        from tui.desk.source_rows import summary

        if not self.is_running:
            return
        self.say_counts()
        self._tell_dialog()
        for each in done:
            if each.moved:
                self.tell(f"{each.source.name} moved, and is followed at {each.moved} from now on.")
        wrong = any(each.outcome in ("failed", "offline") for each in done)
        offline = next((each.why for each in done if each.outcome == "offline"), None)
        more = f" {self.key('sources')} shows why." if any(each.outcome == "failed" for each in done) else ""
        ended = f" {self.key('refresh')} goes on with the rest." if stopped else ""
        if done:
            self.tell(f"{offline or summary(done)}{more}{ended}", "warning" if wrong else "information")

    def _tell_dialog(self) -> None:
        """Have the dialog look again, where it is open."""
        from tui.screens.sources import Sources

        if isinstance(self.app.screen, Sources):
            self.app.screen.look()
