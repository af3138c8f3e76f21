"""The list of works that are in the reader's file and of which more is known here; each is replaced only if wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.text import shown
from tui.widgets.cells import fit
from tui.widgets.choices import LABEL
from tui.widgets.lines import Lines, Parts


@dataclass(frozen=True)
class Richer:
    """An entry of the file: its key there, what is known beyond it, and whether it is to be replaced."""

    key: str
    why: str
    replaced: bool = False


class RicherList(Lines):
    """One row an entry; space says that it is to be replaced, or is to stay after all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "pick", "Replace", show=False)]

    class Picked(Message):
        """The reader wants the entry *key* replaced, or wants it no more."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Richer] = ()

    def show(self, rows: Sequence[Richer]) -> None:
        """Show *rows*; the cursor stays where it was."""
        if rows != self._rows:
            self._rows = rows
            self.reset(self.cursor)

    @property
    def current(self) -> Richer | None:
        """The entry under the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._rows)

    def action_pick(self) -> None:
        """Want the entry under the cursor replaced, or no more."""
        if self.current:
            self.post_message(self.Picked(self.current.key))

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*: whether it is replaced, and why it could be."""
        row = self._rows[index]
        why = fit(shown(row.why), width - LABEL - 2)
        return [
            [
                (fit("" if index else "Replace", LABEL), "muted"),
                ("■ " if row.replaced else "□ ", "mark"),
                (why, "strong" if row.replaced else "muted"),
            ]
        ]
