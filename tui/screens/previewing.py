"""The preview of an export: made beside the keyboard, the newest wish only, and never shown for another one."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

from textual import work
from textual.screen import ModalScreen

from tui.desk import Desk
from tui.desk.exporting import Taken
from tui.desk.into import Preview
from tui.errors import ExportError, PaperrackError
from tui.screens.wanted import Wanted, no_bib
from tui.widgets import export_text
from tui.widgets.blocks import Block

REST = 0.12
"""Seconds for which nothing must have been chosen before a preview is made."""

Made = Taken | Preview | PaperrackError


class Picture(NamedTuple):
    """What is shown of a preview: its text, and what is to be known of it."""

    text: tuple[Block, ...] = ()
    remarks: tuple[Block, ...] = ()


class Previewing(ModalScreen[tuple[str, bool] | None]):
    """Papers *names*, what is wanted of them, and what that would be; *fields* are those to begin with."""

    def __init__(self, desk: Desk, names: tuple[str, ...], fields: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.desk = desk
        self.names = names
        self.wanted = Wanted(fields=fields)
        self.made: Made | None = None
        self.picture = Picture()
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
                made, picture = await asyncio.to_thread(self._preview, wanted)
                if wanted == self.wanted.seen:
                    self.made, self.picture = made, picture
                    self._made_for, self.made_at = wanted, time.monotonic()
        finally:
            self._making = False
        self.show_made()

    def _preview(self, wanted: Wanted) -> tuple[Made, Picture]:
        # In a thread, and so is what colours it: five hundred papers take longer than a key may wait.
        try:
            if wanted.to != "into":
                taken = self.desk.exporting.export(self.names, wanted.format, wanted.fields)
                return taken, _of_taken(taken, wanted.format, self.desk.exporting.caution(taken))
            if complaint := no_bib(wanted.path):
                raise ExportError(complaint)
            preview = self.desk.into.preview(self.names, wanted.path, wanted.replace, wanted.fields, wanted.format)
            return preview, _of_preview(preview, wanted)
        except PaperrackError as error:
            return error, Picture(remarks=export_text.remarks((str(error),), ()))

    def show_made(self) -> None:
        """Show the preview, or that it is being made."""
        raise NotImplementedError  # the dialog knows where


def _of_taken(taken: Taken, format: str, caution: str) -> Picture:
    caution = caution[:1].upper() + caution[1:]
    text = export_text.preview(taken.text, format, taken.count)
    return Picture(text, export_text.remarks(taken.failures, taken.warnings, caution))


def _of_preview(preview: Preview, wanted: Wanted) -> Picture:
    replaced = sum(each.key in wanted.replace and not each.richer for each in preview.there)
    done = preview.sentence.rstrip(".") + (f", and {replaced:,} replaced" if replaced else "")
    return Picture(
        export_text.difference(preview.diff), export_text.remarks(preview.failures, preview.warnings, before=done)
    )
