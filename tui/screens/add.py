"""The dialog that takes in a digest: a path, an address, or the text itself, pasted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.desk import Desk
from tui.desk.intake import Source, is_address, read_text
from tui.errors import PaperrackError
from tui.widgets.where import Heading, Notice

HINT = "enter adds   ·   ctrl+v takes the clipboard's text   ·   esc leaves"


class Words(Input):
    """A field for a path or an address; a paste of several lines is no path but a digest."""

    class Digest(Message):
        """A whole text was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.strip().splitlines()) > 1:
            event.stop()
            # Textual's own field would keep the first line and drop the rest.
            event.prevent_default()
            self.post_message(self.Digest(event.text))


class Add(ModalScreen[str | Source | None]):
    """Asks for a digest; gives back its path or address, or what a pasted text was read as."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", tooltip="Back without adding"),
        Binding("ctrl+v", "clipboard", "Clipboard", priority=True, tooltip="Read the clipboard's text as a digest"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """Show one field and what can stand in it."""
        with Vertical(id="add", classes="dialog"):
            yield Heading("Add a digest")
            yield Words(placeholder="file, folder or https://…, or paste the digest's text", id="add-words")
            yield Notice(HINT, id="add-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        words = event.value.strip()
        if words and not is_address(words) and not Path(words).expanduser().exists():
            self._say(f"{words} does not exist.")
        elif words:
            self.dismiss(words)

    @on(Words.Digest)
    def _pasted(self, event: Words.Digest) -> None:
        self._read(event.text, "pasted text")

    @work(exclusive=True, exit_on_error=False)
    async def action_clipboard(self) -> None:
        """Read what the clipboard holds."""
        try:
            text = await asyncio.to_thread(self.desk.exporting.paste)
        except PaperrackError as error:
            self._say(str(error))
            return
        if len(text.strip().splitlines()) > 1:
            self._read(text, "clipboard")
        else:
            self.query_one(Input).value = text.strip()

    @work(exclusive=True, exit_on_error=False)
    async def _read(self, text: str, name: str) -> None:
        source = await asyncio.to_thread(read_text, text, name)
        if source.error:
            self._say(source.error)
        else:
            self.dismiss(source)

    def _say(self, sentence: str) -> None:
        self.query_one("#add-notice", Notice).say(f"{sentence}\n{HINT}")
