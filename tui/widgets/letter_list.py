"""A short list in a dialog, each row with the letter that takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.widgets.cells import fit
from tui.widgets.lines import Lines, Parts


@dataclass(frozen=True)
class Letter:
    """A row: what it stands for, its letter, what it is called, and whether it is what holds now."""

    name: str
    letter: str
    label: str
    on: bool = False


class LetterList(Lines):
    """The rows; a click takes one, as its letter does."""

    own_letters = True

    class Picked(Message):
        """The row that stands for *name* was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, rows: Sequence[Letter], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows
        self.cursor = next((place for place, row in enumerate(rows) if row.on), 0)

    @property
    def current(self) -> Letter:
        """The row under the cursor."""
        return self._rows[self.cursor]

    @property
    def letters(self) -> Mapping[str, str]:
        """What the rows stand for, by their letters."""
        return {row.letter: row.name for row in self._rows}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*."""
        row = self._rows[index]
        return [
            [
                ("● " if row.on else "  ", "accent"),
                (f"{row.letter}  ", "mark"),
                (fit(row.label, max(0, width - 6)), "strong" if row.on else "muted"),
                (" ", ""),
            ]
        ]

    def on_click(self, event: events.Click) -> None:
        """Take the row that the mouse is on."""
        event.stop()
        index = (event.y + round(self.scroll_y)) // self.row_height
        if index < len(self):
            self.post_message(self.Picked(self._rows[index].name))
