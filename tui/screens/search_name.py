"""The dialog that asks under which name a search is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.text import clean
from tui.widgets.where import Heading, Notice

HINT = "enter saves it   ·   esc leaves it"

LONGEST = 60
"""Letters that a name may have."""


class SearchName(ModalScreen[str | None]):
    """Asks for the name of *query*; *taken* are the names that there are, *name* is the one that it has."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", priority=True, tooltip="Nothing is saved"),
    ]

    field = query_one("#search-words", Input)
    notice = query_one("#search-notice", Notice)

    def __init__(self, query: str, taken: Mapping[str, str], name: str | None = None) -> None:
        super().__init__()
        self.words = query
        self.taken = taken
        self.old = name

    def compose(self) -> ComposeResult:
        """Show the query, its name, and what would be wrong with what is written."""
        with Vertical(id="search", classes="dialog"):
            yield Heading("Rename this search" if self.old else "Save this search")
            words = Notice(id="search-query", markup=False)
            words.say(self.words)
            yield words
            name = self.old or clean(self.words, LONGEST).strip()
            yield Input(name, id="search-words", compact=True, select_on_focus=True, max_length=LONGEST)
            yield Notice(id="search-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        self.field.focus()
        self._say(self.field.value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._say(event.value)

    def _say(self, value: str) -> None:
        name = value.strip()
        if not name:
            said = "A name is needed."
        elif name != self.old and name in self.taken:
            said = f"There is a search of that name; it gives way to this one: {self.taken[name]}"
        else:
            said = "It will stand on top of the issues, and stay up to date."
        self.notice.say(f"{said}\n{HINT}")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if name := event.value.strip():
            self.dismiss(name)
