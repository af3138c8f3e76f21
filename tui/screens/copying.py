"""What the reader takes along: BibTeX, keys, titles and addresses on the clipboard."""

from __future__ import annotations

import asyncio
from typing import Literal

from textual import events, work

from tui.errors import PaperrackError
from tui.screens.shown import Shown

What = Literal["bibtex", "key", "cite", "title", "url"]


class Copying(Shown):
    """The copying keys, on top of the panes."""

    def chosen(self) -> tuple[str, ...]:
        """Return the papers that an action is for: all that are marked, in whatever issue, else the current one."""
        current = self.paper_list.current
        return self.desk.marked() or ((current,) if current else ())

    def action_prefix(self) -> None:
        """Wait for the letter that says what is copied; the footer shows the choices."""
        self.prefixed = True
        self.refresh_bindings()

    def leave_prefix(self) -> None:
        """Give all keys their meaning back."""
        self.prefixed = False
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """A key that is no choice after the prefix leaves it, and does nothing else."""
        if self.prefixed:
            event.stop()
            event.prevent_default()
            self.leave_prefix()

    def action_yank(self, what: What) -> None:
        """Copy what the letter after the prefix stands for."""
        self.leave_prefix()
        self.action_copy(what)

    def action_copy(self, what: What) -> None:
        """Copy *what* of the chosen papers."""
        names = self.chosen()
        if names:
            self._copy(names, what)
        else:
            self.tell("There is no paper to copy from.", "warning")

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
            with self.telling():
                exporting.keep_keys(taken.keys)
            self.tell(exporting.said(taken, copied), "information" if copied.certain else "warning")

    def _osc52(self, text: str) -> None:
        self.app.call_from_thread(self.app.copy_to_clipboard, text)
