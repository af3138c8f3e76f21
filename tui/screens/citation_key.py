"""The dialog for a citation key of the reader's own, checked while it is written."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.desk import Desk
from tui.errors import PaperrackError
from tui.text import shown
from tui.widgets.where import Heading, Notice

HINT = "enter keeps it, for good   ·   empty: as proposed   ·   esc leaves it"


class CitationKey(ModalScreen[str | None]):
    """Asks for the key of one paper, beginning with the present one; gives back what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", priority=True, tooltip="The key stays as it was"),
    ]

    field = query_one("#key-words", Input)
    notice = query_one("#key-notice", Notice)

    def __init__(self, desk: Desk, paper: str) -> None:
        super().__init__()
        self.desk = desk
        self.paper = paper
        self.key = desk.exporting.keys([paper])[paper]

    def compose(self) -> ComposeResult:
        """Show which paper it is, the key, and what would be wrong with what is written."""
        paper = self.desk.rack.paper(self.paper)
        with Vertical(id="key", classes="dialog"):
            yield Heading("Citation key")
            title = Notice(id="key-title", markup=False)
            title.say(shown(paper.title or "A paper without a title"))
            yield title
            yield Input(self.key, id="key-words", compact=True, select_on_focus=False)
            yield Notice(id="key-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys, and say whether the present key was given out already."""
        self.field.focus()
        self._check(self.key)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._check(event.value.strip())

    def _check(self, key: str) -> None:
        kept = self.desk.rack.marks(self.paper).key
        if why := self.desk.exporting.refused_key(self.paper, key):
            said = why
        elif not key:
            said = "Without one of your own, the key is made from author, year and title."
        elif key != self.key:
            said = f"{key} is free." + (f" Documents that cite {kept} have to be changed." if kept else "")
        else:
            said = "It was given out with this key." if kept else "The key that it would get; it was not given out yet."
        self.notice.say(f"{said}\n{HINT}")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        try:
            sentence = self.desk.exporting.set_key(self.paper, event.value)
        except PaperrackError as error:
            self.notice.say(f"{error}\n{HINT}")
        else:
            self.dismiss(sentence)
