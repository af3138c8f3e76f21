"""A pane of wrapped paragraphs on the line API: laid out once a width, drawn only where it is visible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.paper_text import Block, Parts

_BAR = "▎ "


class Prose(ScrollView, can_focus=True):
    """Paragraphs that the reader scrolls through."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "prose--title",
        "prose--authors",
        "prose--identifier",
        "prose--heading",
        "prose--muted",
        "prose--link",
        "prose--warning",
        "prose--bar",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._lines: list[Strip] = []
        self._laid = 0

    def show(self, blocks: Sequence[Block], stay: bool = False) -> None:
        """Show *blocks* from their beginning, or, to *stay*, from the line that was on top."""
        if blocks == self._blocks:
            return
        self._blocks = blocks
        self._lay_out()
        if not stay:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    @property
    def plain(self) -> str:
        """The text as it is shown, a line a line."""
        return "\n".join(strip.text.rstrip() for strip in self._lines)

    def move(self, by: int) -> None:
        """Scroll *by* lines."""
        self.scroll_to(y=round(self.scroll_y) + by, animate=False, force=True, immediate=True)

    def page(self, by: float) -> None:
        """Scroll *by* pages."""
        self.move(int(by * max(1, self.size.height - 1)))

    def move_to(self, index: int) -> None:
        """Scroll line *index* to the top, as far as the text goes."""
        self.scroll_to(y=index, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Wrap anew where the width changed."""
        if self.scrollable_content_region.width != self._laid:
            self._lay_out()

    def notify_style_update(self) -> None:
        """Paint anew: the theme changed."""
        super().notify_style_update()
        if self.is_mounted:
            self._lay_out()

    def _lay_out(self) -> None:
        self._laid = width = self.scrollable_content_region.width
        self._lines = [line for block in self._blocks for line in self._strips(block, width)] if width else []
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _strips(self, block: Block, width: int) -> list[Strip]:
        base = self.rich_style
        room = max(8, width - block.indent - 1)
        lead, content = self._content(block.lead), self._content(block.parts)
        if lead.cell_length > room // 2:
            lead, content = Content(""), lead + content
        edge = Segment(_BAR if block.bar else " " * block.indent, base + self._bar_style)
        strips = [Strip.blank(width, base) for _ in range(block.gap)]
        for line in content.wrap(room - lead.cell_length):
            segments = [edge, *(lead + line.rstrip()).render_segments(self.visual_style)]
            strips.append(Strip(segments).adjust_cell_length(width, base))
            lead = Content(" " * lead.cell_length)
        return strips

    @property
    def _bar_style(self) -> RichStyle:
        return self.get_component_rich_style("prose--bar", partial=True)

    def _content(self, parts: Parts) -> Content:
        return Content.assemble(*(self._part(text, role) for text, role in parts))

    def _part(self, text: str, role: str) -> Content:
        return Content.styled(text, self.get_visual_style(f"prose--{role}", partial=True)) if role else Content(text)

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is visible."""
        place = y + round(self.scroll_y)
        if 0 <= place < len(self._lines):
            return self._lines[place]
        return Strip.blank(self.scrollable_content_region.width, self.rich_style)
