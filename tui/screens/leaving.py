"""How an export leaves, once it was seen: to the clipboard, into a file, into a .bib; nothing is written twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from textual import work
from textual.worker import Worker, WorkerState

from tui.desk import Desk
from tui.desk.exporting import Taken
from tui.desk.into import Preview
from tui.desk.marking import count
from tui.errors import PaperrackError
from tui.screens.previewing import Previewing
from tui.screens.wanted import Wanted, exists
from tui.text import clean

GLANCE = 0.3
"""Seconds for which a difference must have been there before enter writes it: keys typed ahead have not seen it."""

FIRST = "The difference comes first; then enter writes it."
WAIT = "One moment …"
PASSING = (FIRST, WAIT)
"""What is said until the preview is there."""


class Leaving(Previewing):
    """What enter does in the dialog."""

    def __init__(self, desk: Desk, names: tuple[str, ...], fields: tuple[str, ...] = ()) -> None:
        super().__init__(desk, names, fields)
        self._agreed: Wanted | None = None
        self._hurried = self._going = False

    def say(self, sentence: str) -> None:
        """Show *sentence* in the dialog."""
        raise NotImplementedError  # the dialog knows where

    def think_again(self) -> None:
        """Something else is wanted: what was agreed to is agreed to no more."""
        self._agreed, self._hurried = None, False

    def go_on(self) -> None:
        """Do what enter was struck for before the preview was there."""
        if self._hurried and self.current is not None:
            self._hurried = False
            self.action_go()

    def action_go(self) -> None:
        """Copy, save or write what is seen."""
        made = self.current
        if self._going:
            return  # enter was struck twice
        if made is None:
            # What goes into a file of the reader's is seen first; a copy only has to be ready.
            self._hurried = self.wanted.to != "into"
            self.say(WAIT if self._hurried else FIRST)
        elif isinstance(made, PaperrackError):
            self.say("As it stands, nothing can be written.")
        elif isinstance(made, Preview):
            self._write(made)
        else:
            self._take(made)

    def _take(self, taken: Taken) -> None:
        """Copy or save what is seen."""
        path = self.wanted.path
        if not taken.count:
            self.say("There is no entry to take along.")
        elif self.wanted.to == "clipboard":
            self._leave(taken, lambda: self._copy(taken))
        elif refused := self._refused(path):
            self.say(refused)
        else:
            self._leave(taken, lambda: self._save(taken, path))

    def _write(self, preview: Preview) -> None:
        if time.monotonic() - self.made_at < GLANCE:
            self.say(FIRST)
            return
        try:
            sentence = self.desk.into.write(preview)
        except PaperrackError as error:
            # The file may be another one by now: its difference is made anew, and the reason stays.
            self.forget()
            self.want(self.wanted)
            self.say(str(error))
        else:
            self.dismiss((sentence, True))

    def _refused(self, path: str) -> str | None:
        """Return why nothing is written to *path* now: it is no file, or there is one that enter would replace."""
        if not path:
            return "Name the file."
        if not exists(path):
            return None
        if not Path(path).expanduser().is_file():
            return f"{path} is no file."
        if self._agreed == self.wanted:
            return None
        self._agreed = self.wanted
        instead = "; i adds to it" if path.lower().endswith(".bib") else ""
        return f"{path} is there already: enter again replaces the whole file{instead}."

    @work(group="leaving", exit_on_error=False)
    async def _leave(self, taken: Taken, go: Callable[[], tuple[str, bool]]) -> None:
        self._going = True
        try:
            said = await asyncio.to_thread(go)
        except PaperrackError as error:
            self.say(str(error))
            return
        finally:
            self._going = False
        try:
            self.desk.exporting.keep_keys(taken.keys)
        except PaperrackError as error:
            said = f"{said[0]} {error}", False
        self.dismiss(said)

    def _copy(self, taken: Taken) -> tuple[str, bool]:
        # In a thread, as _save is.
        copied = self.desk.exporting.copy(taken.text, self._osc52)
        return self.desk.exporting.said(taken, copied), copied.certain

    def _save(self, taken: Taken, path: str) -> tuple[str, bool]:
        self.desk.saving.save(taken.text, path, f"{count(taken.count, 'entry')} saved in {clean(path, 60)}")
        caution = self.desk.exporting.caution(taken)
        return f"{count(taken.count, 'entry')} saved in {path}{'; ' if caution else ''}{caution}.", True

    def _osc52(self, text: str) -> None:
        self.app.call_from_thread(self.app.copy_to_clipboard, text)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say when something that ran beside the keyboard failed in a way that nobody foresaw."""
        if event.state is WorkerState.ERROR:
            self.say(f"That failed: {type(event.worker.error).__name__}: {event.worker.error}")
