"""The least that Textual can do with our three panes, to stand beside: ``python -m tests.bench.floor [ROWS]``.

Without ROWS three panes of plain text; with them the middle one is a list on the line API whose rows are made when
they are painted, and a move of the cursor paints two. READY is on the screen when it can be used; ``q`` ends it.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

_AT, _ELSE = Style.parse("black on cyan"), Style.parse("white")


class BareList(ScrollView, can_focus=True):
    """A list of *rows* rows and a cursor."""

    BINDINGS: ClassVar = [
        Binding("down,j", "move(1)"),
        Binding("up,k", "move(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
    ]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows
        self.cursor = 0

    def on_mount(self) -> None:
        """Take the keys."""
        self.virtual_size = Size(80, self.rows)
        self.focus()

    def render_line(self, y: int) -> Strip:
        """Return the row at the line *y*."""
        row, width = y + self.scroll_offset.y, self.size.width
        text = f"{row:07} {'READY' if row == 0 else 'a title that is about as long as most titles of papers are'}"
        return Strip([Segment(text[:width].ljust(width), _AT if row == self.cursor else _ELSE)], width)

    def action_page(self, way: int) -> None:
        """Move by what is seen."""
        self.action_move(way * (self.size.height - 1))

    def action_move(self, by: int) -> None:
        """Move the cursor by *by* rows and follow it."""
        before, self.cursor = self.cursor, max(0, min(self.rows - 1, self.cursor + by))
        top = self.scroll_offset.y
        wanted = min(max(top, self.cursor - self.size.height + 1), self.cursor)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
            self.refresh()
        else:
            for row in (before, self.cursor):
                self.refresh(Region(0, row - top, self.size.width, 1))


class Floor(App[None]):
    """Three panes."""

    CSS = "Static { width: 30; } BareList { width: 1fr; }"
    BINDINGS: ClassVar = [("q", "quit")]

    def compose(self) -> ComposeResult:
        """Lay them side by side."""
        rows = int(sys.argv[1]) if sys.argv[1:] else 0
        with Horizontal():
            yield Static("issues")
            yield BareList(rows) if rows else Static("READY")
            yield Static("details")


if __name__ == "__main__":
    Floor().run()
