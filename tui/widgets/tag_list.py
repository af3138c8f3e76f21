"""The list of tags in the dialog about them: on all of the papers, on some, on none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message

from tui.widgets.cells import fit, fit_right
from tui.widgets.lines import Lines, Parts

ALL, SOME, NONE = "■", "◧", "□"


@dataclass(frozen=True)
class TagRow:
    """A tag: on how many ``of`` the papers it would be, and how many of the library have it.

    One that is ``new`` no paper has yet.
    """

    name: str
    on: int
    of: int
    used: int = 0
    new: bool = False

    @property
    def sign(self) -> str:
        """The box before it."""
        return NONE if not self.on else ALL if self.on >= self.of else SOME


class TagList(Lines):
    """One row a tag; it has no keys of its own, for these belong to the field above it."""

    can_focus = False

    class Picked(Message):
        """A tag was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[TagRow] = ()

    def show(self, rows: Sequence[TagRow], cursor: int | None = None) -> None:
        """Show *rows*, with the cursor on row *cursor*, or where it was."""
        if rows != self._rows or (cursor is not None and cursor != self.cursor):
            self._rows = rows
            self.reset(self.cursor if cursor is None else cursor)

    @property
    def current(self) -> TagRow | None:
        """The tag under the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def __len__(self) -> int:
        """Return the number of tags."""
        return len(self._rows)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*: box, tag, and on how many papers it is."""
        row = self._rows[index]
        some = f"{row.on:,} of {row.of:,}" if 0 < row.on < row.of else ""
        said = "a new tag" if row.new else "   ".join(part for part in (some, f"{row.used:,}") if part)
        room = width - 2 - cell_len(said) - 3
        return [
            [
                (f"{row.sign} ", "mark" if row.on else "muted"),
                (fit(row.name, room), "strong" if row.on or row.new else "muted"),
                (fit_right(said, cell_len(said) + 2), "muted"),
                (" ", ""),
            ]
        ]

    def on_click(self, event: events.Click) -> None:
        """Turn the tag on or off that the mouse is on."""
        event.stop()
        index = (event.y + round(self.scroll_y)) // self.row_height
        if index < len(self):
            self.move_to(index)
            self.post_message(self.Picked(self._rows[index].name))
