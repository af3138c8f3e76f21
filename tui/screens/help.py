"""Every key on one page, made from the bindings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.screens import keys
from tui.widgets.blocks import Block
from tui.widgets.prose import Prose
from tui.widgets.where import Heading


class Help(ModalScreen[None]):
    """The keys, and what each does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Close", tooltip="Back to the papers"),
        Binding("j,down", "scroll(1)", "Down", show=False),
        Binding("k,up", "scroll(-1)", "Up", show=False),
        Binding("ctrl+d,pagedown,space", "scroll(10)", "Page", show=False),
        Binding("ctrl+u,pageup", "scroll(-10)", "Page up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Show the keys under the names of their groups."""
        with Vertical(id="help", classes="dialog"):
            yield Heading("Keys   ·   esc closes, j and k scroll")
            yield Prose(id="help-text")

    def on_mount(self) -> None:
        """Fill the page and take the keys."""
        prose = self.query_one(Prose)
        prose.show(tuple(_page()))
        prose.focus()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(Prose).move(by)


def _page() -> Iterator[Block]:
    for number, (name, bindings) in enumerate(keys.GROUPS):
        yield Block(((name, "heading"),), gap=1 if number else 0)
        for binding in bindings:
            yield Block(((binding.tooltip, ""),), lead=((f"{keys.key_of(binding):<16}", "identifier"),))
