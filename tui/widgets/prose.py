"""A pane of wrapped paragraphs on the line API: laid out once a width, drawn only where it is visible."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from tui.widgets.blocks import Block, Parts
from tui.widgets.hits import Find, lit, nowhere
from tui.widgets.scrolling import Scrolling
from tui.widgets.wrapping import wrapped

_BAR = "▎ "

_OURS = frozenset({"heading", "muted", "warning", "question", "key"})
"""Roles of words that are not the paper's own: a search did not find it by these."""

ROLES = {
    "title": "bold $foreground",
    "authors": "$foreground",
    "identifier": "$foreground",
    "key": "bold $accent",
    "mark": "$accent",
    "name": "$primary",
    "heading": "bold $primary",
    "muted": "$foreground 66%",
    "link": "$primary",
    "warning": "$warning",
    "question": "bold $accent",
    "differing": "underline $warning",
    "added": "$success",
    "removed": "$error",
    "hit": "bold underline $accent",
    "bar": "$primary 75%",
}
"""How the theme shows words of a role: the accent is for keys and for what the reader did, and for nothing else."""


class Prose(Scrolling, can_focus=True):
    """Paragraphs that the reader scrolls through."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._lines: list[Strip] = []
        self._dressed: dict[int, Strip] = {}
        self._starts: list[int] = []
        self._laid = 0
        self._stay = 0
        self._roomy = False
        self._find: Find = nowhere
        self._styles: dict[str, RichStyle] = {}

    def show(self, blocks: Sequence[Block], stay: bool = False, find: Find = nowhere) -> None:
        """Show *blocks* from their beginning, or, to *stay*, with the text on top that was there before.

        Shown again from its beginning, nothing is left of the lines that were kept free while it stayed.
        Where the reader has not scrolled, what is on top is the beginning. Where the text on top is gone, the first
        one after it that is still there stays where it was. What *find* finds in the words is lit.
        """
        if blocks == self._blocks and find is self._find and (stay or not self._stay):
            return
        self._find = find
        before = self._blocks, self._starts
        self._stay, self._roomy = self._staying() if stay else (0, False)
        self._blocks = blocks
        self._lay_out()
        self._scroll(self._found_again(*before) if stay else 0)

    def _staying(self) -> tuple[int, bool]:
        """Return the line at which the paragraph that stays begins, and whether it was given its room."""
        pairs = zip(self._blocks, self._starts, strict=False)
        return next(((start, bool(block.room)) for block, start in pairs if block.stays), (0, False))

    def _scroll(self, y: int) -> None:
        if y != round(self.scroll_y):
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def _found_again(self, blocks: Sequence[Block], starts: Sequence[int]) -> int:
        """Return the line to have on top now for the text that was on top, when *blocks* began at *starts*."""
        top = int(self.scroll_y)
        if not top or not blocks or not starts:
            return top
        there = dict(zip((block.anchor for block in self._blocks), self._starts, strict=False))
        first = max(0, bisect_right(starts, top) - 1)
        for place in chain(range(first, len(blocks)), reversed(range(first))):
            if (now := there.get(blocks[place].anchor)) is not None:
                return max(0, top + now - starts[place])
        return top

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

    def go_to(self, block: int) -> None:
        """Scroll the paragraph with that number (from 0) to the top, as far as the text goes."""
        if 0 <= block < len(self._starts):
            self.move_to(self._starts[block] + self._blocks[block].gap)

    def on_resize(self) -> None:
        """Wrap anew where the width changed."""
        if self.scrollable_content_region.width != self._laid:
            starts, self._stay, self._roomy = self._starts, 0, False
            self._lay_out()
            self._scroll(self._found_again(self._blocks, starts))

    def notify_style_update(self) -> None:
        """Paint anew: the theme changed."""
        super().notify_style_update()
        self._styles.clear()
        if self.is_mounted:
            self._lay_out()

    def _lay_out(self) -> None:
        self._laid = width = self.scrollable_content_region.width
        self._dressed.clear()
        laid = [self._strips(block, width) for block in self._blocks] if width else []
        for place, block in enumerate(self._blocks[: len(laid)]):
            if block.stays:
                lines = sum(map(len, laid[:place]))
                missing = max(self._stay, lines if self._roomy else lines + block.room) - lines
                laid[place - 1] += [Strip.blank(width, self.base)] * missing
        self._starts = list(accumulate((len(strips) for strips in laid), initial=0))[:-1]
        self._lines = [line for strips in laid for line in strips]
        self.measure(len(self._lines))
        self.refresh()

    def _strips(self, block: Block, width: int) -> list[Strip]:
        if not block.parts:
            return []
        base = self.base
        room = max(8, width - block.indent - 1)
        lead, parts = self._found(block.lead), self._found(block.parts)
        taken = sum(cell_len(text) for text, _ in lead)
        if taken > room // 2:
            lead, parts, taken = (), (*lead, *parts), 0
        edge = Segment(_BAR if block.bar else " " * block.indent, base + self._style("bar"))
        before = [edge, *self._segments(lead)]
        strips = [Strip.blank(width, base)] * block.gap
        for segments, cells in self._wrapped(parts, room - taken, block.cut):
            fill = width - len(edge.text) - taken - cells
            if fill > 0:
                strips.append(Strip([*before, *segments, Segment(" " * fill, base)], width))
            else:  # what is longer is cut
                strips.append(Strip([*before, *segments]).adjust_cell_length(width, base))
            if taken:
                before = [edge, Segment(" " * taken, base)]
        return strips

    def _wrapped(self, parts: Parts, width: int, cut: bool) -> Iterable[tuple[list[Segment], int]]:
        """Yield the lines of *parts* and how many cells each takes."""
        if not cut and not any("\t" in text for text, _ in parts):
            for pieces, cells in wrapped(parts, width):
                yield self._segments(pieces), cells
            return
        content = Content.assemble(*(Content.styled(text, self._rule(role)) for text, role in parts))
        for line in [content.truncate(width, ellipsis=True)] if cut else content.wrap(width):
            line = line.rstrip()
            yield line.render_segments(self.visual_style), line.cell_length

    def _segments(self, parts: Iterable[tuple[str, str]]) -> list[Segment]:
        return [Segment(text, self._style(role)) for text, role in parts if text]

    def _style(self, role: str) -> RichStyle:
        known = self._styles.get(role)
        if known is None:
            style = Style.parse(self._rule(role))
            known = self._styles[role] = (style if role == "bar" else self.visual_style + style).rich_style
        return known

    def _rule(self, role: str) -> str:
        return "dim" if role == "muted" and self.app.native_ansi_color else ROLES.get(role, "")

    def _found(self, parts: Parts) -> Parts:
        """Return *parts* with the words lit that a search found."""
        if self._find is nowhere:
            return parts
        return tuple(piece for text, role in parts for piece in self._lit(text, role))

    def _lit(self, text: str, role: str) -> Iterable[tuple[str, str]]:
        return ((text, role),) if role in _OURS else lit(text, role, self._find(text))

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is visible."""
        place = y + round(self.scroll_y)
        if 0 <= place < len(self._lines):
            return self._lines[place]
        return Strip.blank(self.scrollable_content_region.width, self.base)

    def line(self, y: int, left: int, width: int) -> Strip:
        """Return line *y* of what is visible, with *left* blank cells before it, *width* cells in all."""
        place = y + round(self.scroll_y)
        known = self._dressed.get(place)
        if known is None or known.cell_length != width:
            known = super().line(y, left, width)
            if not self.whole:
                known = Strip([segment for segment in known if segment.text], width)
            self._dressed[place] = known
        return known
