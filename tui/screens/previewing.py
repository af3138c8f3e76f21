"""The preview of an export: made beside the keyboard, the newest wish only, and never shown for another one."""

from __future__ import annotations

import asyncio
import time

from textual import work
from textual.screen import ModalScreen

from tui.desk import Desk
from tui.desk.exporting import Taken
from tui.desk.into import Preview
from tui.errors import ExportError, PaperrackError
from tui.screens.wanted import Wanted, no_bib

REST = 0.12
"""Seconds for which nothing must have been chosen before a preview is made."""

Made = Taken | Preview | PaperrackError


class Previewing(ModalScreen[tuple[str, bool] | None]):
    """Papers *names*, what is wanted of them, and what that would be; *fields* are those to begin with."""

    def __init__(self, desk: Desk, names: tuple[str, ...], fields: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.desk = desk
        self.names = names
        self.wanted = Wanted(fields=fields)
        self.made: Made | None = None
        self._made_for: Wanted | None = None
        self.made_at = 0.0
        self._making = False
        self._chosen = 0.0

    @property
    def current(self) -> Made | None:
        """The preview of what is wanted now, or None while it is being made."""
        return self.made if self._made_for == self.wanted.seen else None

    def want(self, wanted: Wanted) -> None:
        """Have a preview made of *wanted*, if it is not there."""
        self.wanted = wanted
        self._chosen = time.monotonic()
        if self.current is None and not self._making:
            self._making = True
            self._make()
        self.show_made()

    def forget(self) -> None:
        """Have the next preview made anew, though nothing else is wanted."""
        self._made_for = None

    @work(group="preview", exit_on_error=False)
    async def _make(self) -> None:
        try:
            # One at a time, for a thread goes on when its answer is no longer wanted.
            while self.current is None:
                while (rest := self._chosen + REST - time.monotonic()) > 0:
                    await asyncio.sleep(rest)
                wanted = self.wanted.seen
                made = await asyncio.to_thread(self._preview, wanted)
                if wanted == self.wanted.seen:
                    self.made, self._made_for, self.made_at = made, wanted, time.monotonic()
        finally:
            self._making = False
        self.show_made()

    def _preview(self, wanted: Wanted) -> Made:
        # In a thread.
        try:
            if wanted.to != "into":
                return self.desk.exporting.export(self.names, wanted.format, wanted.fields)
            if complaint := no_bib(wanted.path):
                return ExportError(complaint)
            return self.desk.into.preview(self.names, wanted.path, wanted.replace, wanted.fields, wanted.format)
        except PaperrackError as error:
            return error

    def show_made(self) -> None:
        """Show the preview, or that it is being made."""
        raise NotImplementedError  # the dialog knows where
