"""Every key on one page, made from the keys as the reader has them; what is typed finds some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.screens import keys
from tui.screens.key_names import CHARACTERS
from tui.screens.keymap import ROWS, Keymap
from tui.text import fold
from tui.widgets.key_table import KeyTable, Told, Told_group
from tui.widgets.where import Heading

HINT = "type to find one   ↑ ↓ pgdn scroll   esc closes"


class Help(ModalScreen[str | None]):
    """The keys, and what each does; gives back the action that was clicked, or None.

    Of another screen than the main one, *groups* are its keys, and *does* knows the action behind the name of one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", priority=True, tooltip="Back to the papers"),
        Binding("f1", "close", "Close", show=False, priority=True),
        Binding("down", "scroll(1)", "Down", show=False, priority=True),
        Binding("up", "scroll(-1)", "Up", show=False, priority=True),
        Binding("pagedown,ctrl+d", "page(0.9)", "Page", show=False, priority=True),
        Binding("pageup,ctrl+u", "page(-0.9)", "Page up", show=False, priority=True),
    ]

    words = query_one("#help-words", Input)
    table = query_one("#help-text", KeyTable)

    def __init__(
        self, keymap: Keymap, groups: Sequence[Told_group] = (), does: Callable[[str], str] | None = None
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self.groups = tuple(groups) or tuple(pages(keymap))
        self.does = does or (lambda id: ROWS[id].action)

    def compose(self) -> ComposeResult:
        """Show a field over the keys."""
        with Vertical(id="help", classes="dialog"):
            yield Heading("Keys", id="help-heading")
            yield Input(placeholder="what it does, or a key", id="help-words", compact=True)
            yield KeyTable(id="help-text")

    def on_mount(self) -> None:
        """Fill the page and take the keys."""
        self.query_one("#help-heading", Heading).say("Keys", HINT)
        self.table.tell(self.groups)
        self.words.focus()

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        # A field takes every key that writes before a binding can have it: what opened the page closes it all the same.
        if event.value in {CHARACTERS.get(key) for key in self.keymap.names("help")}:
            self.dismiss(None)
        else:
            self.table.tell(found(self.groups, event.value))

    @on(KeyTable.Struck)
    def _struck(self, event: KeyTable.Struck) -> None:
        self.dismiss(self.does(event.id))

    def action_leave(self) -> None:
        """Show all keys again, else go back to the papers."""
        if self.words.value:
            self.words.value = ""
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Go back to the papers."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.table.move(by)

    def action_page(self, by: float) -> None:
        """Scroll by pages."""
        self.table.page(by)


def pages(keymap: Keymap) -> Iterator[Told_group]:
    """Yield the groups of actions with the keys that they have; one without any says so."""
    prefixes = {keys.CHORDS: "copy", keys.STATES: "make"}
    for group in keys.GROUPS:
        name, rows = group
        if group in prefixes and keymap.strokes[prefixes[group]]:
            name = f"After {keymap.key(prefixes[group])}"
        yield name, [Told(row.id, keymap.said(row.id) or "—", row.tooltip) for row in rows]


def found(groups: Sequence[Told_group], words: str) -> tuple[Told_group, ...]:
    """Return of *groups* the actions that hold every one of *words*; first what is on a key of that name."""
    sought = fold(words).split()
    if not sought:
        return tuple(groups)
    names = {row.id: fold(row.description) for _, group in keys.GROUPS for row in group}
    exact = [row for _, rows in groups for row in rows if words.strip() in row.keys.split(", ")]
    made: list[Told_group] = [(f"On {words.strip()}", exact)] if exact else []
    for name, rows in groups:
        kept = [
            row
            for row in rows
            if row not in exact and all(word in fold(f"{name} {row.does} {names[row.id]} {row.id}") for word in sought)
        ]
        made += [(name, kept)] if kept else []
    return tuple(made) or ((f"No key does “{words.strip()}”", ()),)
