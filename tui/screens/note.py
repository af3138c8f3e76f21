"""The dialog in which the note on a paper is written, in place or in the reader's own editor."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import TextArea

from tui import editor
from tui.desk import Desk
from tui.errors import EditorError, PaperrackError
from tui.text import clean_source, clean_written, shown
from tui.widgets.where import Heading, Notice

HINT = "ctrl+s saves   ·   ctrl+e opens your editor   ·   esc leaves"
AGAIN = "It is not saved: ctrl+s saves it, esc again leaves without saving."


class Note(ModalScreen[str | None]):
    """Asks for the note on one paper, beginning with the present one; gives back what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True, tooltip="Back; what was changed is asked about once"),
        Binding("ctrl+s,ctrl+enter", "save", "Save", priority=True, tooltip="Save the note; an empty one is removed"),
        Binding("ctrl+e", "editor", "Editor", priority=True, tooltip="Write on in $VISUAL or $EDITOR"),
    ]

    area = query_one("#note-text", TextArea)
    notice = query_one("#note-notice", Notice)

    def __init__(self, desk: Desk, paper: str) -> None:
        super().__init__()
        self.desk = desk
        self.paper = paper
        self.before = desk.annotating.note_on(paper)
        self._text = self.before
        self._asked = self._elsewhere = self._done = False

    def compose(self) -> ComposeResult:
        """Show which paper it is, and its note."""
        title = self.desk.rack.paper(self.paper).title
        with Vertical(id="note", classes="dialog"):
            heading = Heading("Note")
            heading.say("Note", shown(title) if title else "on a paper without a title")
            yield heading
            yield TextArea(
                self.before,
                id="note-text",
                compact=True,
                soft_wrap=True,
                tab_behavior="indent",
                show_line_numbers=False,
            )
            yield Notice(HINT, id="note-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys, behind what is written already."""
        self.area.indent_width = 2
        self.area.focus()
        self.area.move_cursor(self.area.document.end)

    @property
    def changed(self) -> bool:
        """Whether what stands here would be another note."""
        return clean_written(self._text) != self.before

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._text = self.area.text
        if self._asked or self._elsewhere:
            self._asked = self._elsewhere = False
            self.notice.remove_class("-asking")
            self.notice.say(HINT)

    async def _written(self) -> None:
        """Wait until what was typed ahead of a key is written."""
        done = asyncio.Event()
        self.area.call_later(done.set)
        await done.wait()
        self._text = self.area.text

    async def action_save(self) -> None:
        """Keep what is written; where it cannot be kept, say why and stay."""
        await self._written()
        if not self.changed:
            self._end(None)
            return
        try:
            if self.desk.annotating.note_on(self.paper) != self.before and not self._elsewhere:
                self._elsewhere = True
                self.notice.say(
                    "The note was changed elsewhere meanwhile; ctrl+s again puts yours in its place.\n" + HINT
                )
                return
            self.desk.annotating.note(self.paper, self._text)
        except PaperrackError as error:
            self.notice.say(f"{error}\n{HINT}")
        else:
            self._end(said(self._text))

    async def action_leave(self) -> None:
        """Leave; something that is not saved is asked about once."""
        await self._written()
        if self.changed and not self._asked:
            self._asked = True
            self.notice.add_class("-asking")
            self.notice.say(AGAIN)
        else:
            self._end(None)

    async def action_editor(self) -> None:
        """Write on in the editor; what comes of it stands here then, and is saved or left from here."""
        await self._written()
        text = clean_source(self._text).rstrip()
        found: list[str] = []
        try:
            with_editor(self.app, text, found.append)
        except PaperrackError as error:
            self.notice.say(f"{error}\n{HINT}")
            return
        if found:
            self.area.replace(clean_source(found[0]).rstrip(), self.area.document.start, self.area.document.end)
        else:
            self.notice.say(f"The editor left the text as it was.\n{HINT}")

    def on_unmount(self) -> None:
        """Keep what is written where the program ends meanwhile: nobody said that it should be lost."""
        if not self._done and self.changed:
            with contextlib.suppress(PaperrackError):
                self.desk.annotating.note(self.paper, self._text)
        # Textual keeps a field for ever, with all that was typed, among what it tells of another theme.
        for told in getattr(self.app, "__watchers", {}).values():
            told[:] = [each for each in told if not each[0]._closing]

    def _end(self, sentence: str | None) -> None:
        self._done = True
        self.dismiss(sentence)


def said(text: str) -> str:
    """Return what to tell of a note that was kept."""
    return "The note is saved; u takes that back." if text.strip() else "The note is removed; u brings it back."


def with_editor(app: App[Any], text: str, keep: Callable[[str], object]) -> bool:
    """Give the terminal to the reader's editor with *text*; return whether *keep* was handed another one.

    Raises EditorError, also where the terminal cannot be given away, with the program on the screen again.
    """
    done: bool | Exception = False
    try:
        with app.suspend():
            # Textual takes the terminal back only where nothing is raised in here.
            try:
                done = editor.edit(text, keep)
            except Exception as error:
                done = error
    except SuspendNotSupported:
        raise EditorError("The terminal cannot be given to an editor here; n writes the note in place.") from None
    if isinstance(done, Exception):
        raise done
    return done
