"""The dialog that takes in a digest: a path, an address, or the text itself, pasted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
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
from tui.desk.intake import Opened, Source, is_address, open_one, open_text
from tui.errors import PaperrackError
from tui.widgets.where import Heading, Notice

HINT = "enter reads it   ·   ctrl+v takes the clipboard's text   ·   esc leaves"


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
        Binding("escape", "dismiss", "Leave", priority=True, tooltip="Back without adding"),
        Binding("ctrl+v", "clipboard", "Clipboard", priority=True, tooltip="Read the clipboard's text as a digest"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._stop: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Show one field and what can stand in it."""
        with Vertical(id="add", classes="dialog"):
            yield Heading("Add a digest")
            yield Words(placeholder="file, folder or https://…, or paste the digest's text", id="add-words")
            yield Notice(HINT, id="add-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(Input).focus()

    def on_unmount(self) -> None:
        """End the request for a page that is still on its way."""
        self._stop()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        words = event.value.strip()
        try:
            path = Path(words).expanduser()
        except RuntimeError:
            path = Path(words)
        if words and not is_address(words) and not path.exists():
            self._say(f"{words} does not exist.")
        elif words:
            self._read(partial(open_one, words, self.desk.settings, self._asking), words)

    def _asking(self, stop: Callable[[], None]) -> None:
        self._stop()  # another address was given while the first one's page was on its way
        self._stop = stop

    @on(Words.Digest)
    def _pasted(self, event: Words.Digest) -> None:
        self._read(partial(open_text, event.text, "pasted text"))

    @work(exclusive=True, exit_on_error=False)
    async def action_clipboard(self) -> None:
        """Read what the clipboard holds."""
        try:
            text = await asyncio.to_thread(self.desk.exporting.paste)
        except PaperrackError as error:
            self._say(str(error))
            return
        if len(text.strip().splitlines()) > 1:
            self._read(partial(open_text, text, "clipboard"))
        else:
            self.query_one(Input).value = text.strip()

    @work(exclusive=True, exit_on_error=False)
    async def _read(self, opens: Callable[[], Opened | None], words: str = "") -> None:
        """Read what *opens*, and show it before it is kept; folders and large files go in as they are read."""
        self._say("Reading …")
        try:
            opened = await asyncio.to_thread(opens)
            if opened is None:
                self.dismiss(words)
                return
            source = await asyncio.to_thread(opened.read)
            expected = await asyncio.to_thread(self.desk.expect, source)
        except PaperrackError as error:
            self._say(str(error))
            return
        self._say("")
        from tui.screens.previewing_digest import PreviewDigest

        self.app.push_screen(PreviewDigest(self.desk, opened, source, expected), self._previewed)

    def _previewed(self, source: Source | None) -> None:
        if source is not None:
            self.dismiss(source)

    def _say(self, sentence: str) -> None:
        self.query_one("#add-notice", Notice).say(f"{sentence}\n{HINT}" if sentence else HINT)
