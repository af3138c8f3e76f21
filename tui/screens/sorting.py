"""The dialog that asks in which order papers are listed: a letter for each order."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from tui.desk.listing import Sort
from tui.widgets.letter_list import Letter, LetterList
from tui.widgets.where import Heading, Notice

LETTERS: dict[Sort, tuple[str, str]] = {
    "issue": ("i", "place in the issue, newest issue first"),
    "title": ("t", "title"),
    "author": ("a", "first author"),
    "year": ("y", "year, newest first"),
    "unread": ("u", "unread first"),
    "state": ("r", "reading state: reading, to read, new, read, dropped"),
    "starred": ("s", "starred first"),
    "noted": ("n", "those with a note first"),
    "tags": ("g", "tags, those without last"),
    "mentions": ("m", "most talked about first"),
}
"""The letter of each order, and what it is called."""


class Sorting(ModalScreen[Sort | None]):
    """Shows the orders, *present* marked; gives back the one that is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(letter, f"take('{name}')", label, show=False, priority=True)
            for name, (letter, label) in LETTERS.items()
        ),
        Binding("enter,space", "take", "Take", priority=True, tooltip="Take the order under the cursor"),
        Binding("escape,q", "leave", "Leave", priority=True, tooltip="The order stays as it was"),
        Binding("j,down", "move(1)", "Down", show=False, priority=True),
        Binding("k,up", "move(-1)", "Up", show=False, priority=True),
    ]

    orders = query_one("#sorting-list", LetterList)

    def __init__(self, present: Sort) -> None:
        super().__init__()
        self.present = present

    def compose(self) -> ComposeResult:
        """Show the orders."""
        rows = [Letter(name, letter, label, name == self.present) for name, (letter, label) in LETTERS.items()]
        with Vertical(id="sorting", classes="dialog"):
            yield Heading("Sort by")
            yield LetterList(rows, id="sorting-list")
            yield Notice("enter sorts, as a letter does   ·   esc leaves", id="sorting-notice")

    def on_mount(self) -> None:
        """Take the keys."""
        self.orders.focus()

    def action_take(self, name: Sort | None = None) -> None:
        """Take the order *name*, or the one under the cursor."""
        chosen = name or self.orders.current.name
        self.dismiss(next(each for each in LETTERS if each == chosen))

    @on(LetterList.Picked)
    def _picked(self, event: LetterList.Picked) -> None:
        self.action_take(next(each for each in LETTERS if each == event.name))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.orders.move(by)

    def action_leave(self) -> None:
        """Leave the order as it was."""
        self.dismiss(None)
