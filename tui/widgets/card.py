"""The widgets of a card of triage: the line on top, the head that stands still, and the text that is scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.blocks import Block
from tui.widgets.card_text import HEAD
from tui.widgets.prose import Prose

LEAST = 6
"""Lines of the abstract that are seen before anything is scrolled, where the abstract has so many."""

BAR = 10
"""Cells of the line for each of the bar that shows how far the round is."""

ROLES = {"name": "bold $primary", "place": "$foreground", "muted": "$foreground 66%", "count": "$accent"}


class RoundLine(Widget):
    """Where the round goes through, what was decided so far, and how many papers are left."""

    said: reactive[tuple[str, str, int, int]] = reactive(("", "", 0, 0))
    """The place, what was decided, how many papers are left, and of how many."""

    def render(self) -> Content:
        """Return the line, the place cut where the counts need the room."""
        place, decided, left, count = self.said
        width = self.content_size.width
        cells = width // BAR
        full = cells * (count - left) // count if count else cells
        bar = ("━" * full, ROLES["count"]), ("─" * (cells - full), ROLES["muted"])
        right = Content.assemble((f"{decided}   " if decided else "", ROLES["muted"]), *bar)
        right = Content.assemble(right, (f"  {left:,} left", ROLES["count"]))
        name = Content.styled("Triage   ", ROLES["name"])
        room = max(0, width - name.cell_length - right.cell_length - 2)
        where = Content.styled(place, ROLES["place"]).truncate(room, ellipsis=True)
        gap = max(1, width - name.cell_length - where.cell_length - right.cell_length)
        return Content.assemble(name, where, " " * gap, right)


class CardHead(Widget):
    """Lines of which the first, the title, may take two; the others take one each and are cut."""

    lines: reactive[tuple[Content, ...]] = reactive(())

    def render(self) -> Content:
        """Return :data:`~tui.widgets.card_text.HEAD` lines; what the title leaves free is below."""
        width = max(8, self.content_size.width)
        if not self.lines:
            return Content("")
        title, *rest = self.lines
        wrapped = title.wrap(width)
        lines = list(wrapped[:2])
        if len(wrapped) > 2:
            over = Content(" ").join([wrapped[1].rstrip(), wrapped[2]])
            lines[1] = over.truncate(width - 1, ellipsis=False).rstrip() + Content("…")
        lines += [line.truncate(width, ellipsis=True) for line in rest]
        return Content("\n").join(lines[:HEAD])


class CardText(Prose, can_focus=False):
    """What the issue says and the abstract, in an order that leaves room for the abstract."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._card: tuple[Sequence[Block], Sequence[Block], Sequence[Block]] = ((), (), ())

    def present(
        self, warning: Sequence[Block], said: Sequence[Block], abstract: Sequence[Block], stay: bool = False
    ) -> None:
        """Show *warning*, what the issue *said*, and *abstract*; to *stay*, with the same text on top.

        Where what was said leaves less than :data:`LEAST` lines to the abstract, that comes first.
        """
        self._card = (warning, said, abstract)
        self.show(self._ordered(), stay)

    def on_resize(self) -> None:
        """Wrap anew where the width changed, and let the abstract have its room where the height did."""
        super().on_resize()
        if any(self._card):
            self.show(self._ordered(), stay=True)

    def _ordered(self) -> tuple[Block, ...]:
        warning, said, abstract = self._card
        width = self.scrollable_content_region.width
        if width:
            lines = [sum(len(self._strips(block, width)) for block in blocks) for blocks in self._card]
            heading = sum(len(self._strips(block, width)) for block in abstract[:-1])
            need = lines[0] + lines[1] + heading + min(LEAST, lines[2] - heading)
            if need > self.scrollable_content_region.height:
                return (*warning, *abstract, *said)
        return (*warning, *said, *abstract)
