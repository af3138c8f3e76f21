"""A page of keys and what they do, under the names of their groups: in two columns where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.widgets.blocks import Block
from tui.widgets.prose import Prose

TWO = 104
"""Cells from which on there are two columns."""

_BETWEEN = 3
_MOST = 22

Column = list[tuple[Strip, str]]
"""Lines, and the id of the key that each tells of."""


class Told(NamedTuple):
    """An action: its id, its keys as they are printed, and what it does."""

    id: str
    keys: str
    does: str


Told_group = tuple[str, Sequence[Told]]


class KeyTable(Prose):
    """The page; a click on what a key does says so."""

    class Struck(Message):
        """The reader clicked on the action called *id*."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: list[Column] = []
        self._column = 1

    def tell(self, groups: Sequence[Told_group]) -> None:
        """Show *groups*, each under its name."""
        lead = min(_MOST, 2 + max((len(row.keys) for _, rows in groups for row in rows), default=0))
        self.show(tuple(_blocks(groups, lead)))

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        count = 2 if width >= TWO else 1
        self._laid = width
        self._dressed.clear()
        self._column = max(1, (width - 1 - _BETWEEN * (count - 1)) // count)
        groups = list(self._grouped(self._column)) if width else []
        blank, between = Strip.blank(self._column, self.base), Strip.blank(_BETWEEN, self.base)
        self._columns = [_joined(part, blank) for part in _halves(groups, count)]
        height = max(map(len, self._columns), default=0)
        self._lines = []
        for line in range(height):
            cells = [column[line][0] if line < len(column) else blank for column in self._columns]
            row = [part for cell in cells for part in (between, cell)][1:]
            self._lines.append(Strip.join(row).adjust_cell_length(width, self.base))
        self._starts = []
        self.measure(height)
        self.refresh()

    def _grouped(self, width: int) -> Iterator[Column]:
        """Yield the lines of each group, *width* cells wide."""
        group: Column = []
        for block in self._blocks:
            if not block.name and group:
                yield group
                group = []
            group += [(strip.adjust_cell_length(width, self.base), block.name) for strip in self._strips(block, width)]
        if group:
            yield group

    def on_click(self, event: events.Click) -> None:
        """Say which action the mouse is on."""
        place, line = event.x // (self._column + _BETWEEN), event.y + round(self.scroll_y)
        column = self._columns[place] if place < len(self._columns) else ()
        if line < len(column) and (id := column[line][1]):
            self.post_message(self.Struck(id))


def _blocks(groups: Sequence[Told_group], lead: int) -> Iterator[Block]:
    for name, rows in groups:
        yield Block(((name, "heading"),))
        for row in rows:
            # A blank at least between the keys and what they do, however many they are.
            yield Block(((row.does, ""),), lead=((f"{row.keys:<{lead - 1}} ", "key"),), name=row.id)


def _halves(groups: Sequence[Column], count: int) -> list[Sequence[Column]]:
    """Return *groups* in *count* columns, one or two, as equally long as their order allows."""
    if count == 1 or len(groups) < 2:
        return [groups]
    lengths = [len(group) + 1 for group in groups]
    best = min(range(1, len(groups)), key=lambda place: max(sum(lengths[:place]), sum(lengths[place:])))
    return [groups[:best], groups[best:]]


def _joined(groups: Sequence[Column], blank: Strip) -> Column:
    """Return the lines of *groups* with a *blank* one between each two."""
    made: Column = []
    for group in groups:
        if made:
            made.append((blank, ""))
        made += group
    return made
