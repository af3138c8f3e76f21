"""A list that draws only what is visible: a hundred rows or a hundred thousand cost the same.

A subclass gives the number of rows and paints one; the cursor, scrolling, the mouse and the cache are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from tui.widgets.scrolling import Scrolling

Parts = Sequence[tuple[str, str]]
"""A line as (text, role) pairs; a role is a name of :data:`ROLES`, or empty."""

ROLES = {
    "cursor": "$foreground on $primary-muted",
    "rest": "$foreground on $panel",
    "range": "$foreground on $primary 14%",
    "muted": "$foreground 66%",
    "cursor muted": "$foreground 82%",
    "strong": "$foreground",
    "accent": "$primary",
    "mark": "$accent",
    "heading": "bold $foreground 78%",
    "hit": "bold underline $accent",
}
"""How the theme shows words of a role; as component classes they would be matched and made at every focus.

A role on a row of a kind (``cursor muted``) comes before the role alone: what is quiet elsewhere must be read there.
"""

PLAIN = ROLES | {
    "cursor": "reverse",
    "rest": "underline",
    "range": "bold",
    "muted": "dim",
    "accent": "bold $primary",
    "mark": "bold $accent",
    "heading": "bold",
    "cursor muted": "",
    "cursor accent": "bold",
    "cursor mark": "bold",
    "cursor heading": "bold",
    "cursor hit": "bold underline",
}
"""The same where colours are the terminal's own sixteen, or none (https://no-color.org): by weight and reversed."""

GROUNDS = ("", "cursor", "rest", "range")
"""The roles of what a row stands on: nothing, the cursor with the keys and without them, a range of rows."""

KEPT = 400
"""So many rows, beside those in view, stay painted: each takes kilobytes, with what Textual keeps of its lines."""


class Lines(Scrolling, can_focus=True):
    """A vertical list on Textual's line API with one row under the cursor."""

    own_letters: bool = False
    """Whether its rows have letters of their own, which come before the keys of its dialog."""

    class Moved(Message):
        """The cursor came to another row."""

        def __init__(self, lines: Lines) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> Lines:
            """The list whose cursor moved."""
            return self.lines

    class Chosen(Moved):
        """The row under the cursor was chosen with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self._strips: dict[tuple[int, str], list[Strip]] = {}
        self._shape = (0, 0)
        self._styles: dict[tuple[str, str], RichStyle] = {}

    # What a subclass gives

    def __len__(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError  # a list without rows is no list

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return the lines of row *index*, :attr:`row_height` of them, each as wide as *width* cells."""
        raise NotImplementedError  # a list that cannot paint is no list

    def selectable(self, index: int) -> bool:
        """Return whether the cursor may rest on row *index*."""
        return True

    def ground(self, index: int) -> str:
        """Return the role of the ground that row *index* stands on, one of :data:`GROUNDS`."""
        return "" if index != self.cursor else "cursor" if self.has_focus else "rest"

    @property
    def row_height(self) -> int:
        """Lines a row."""
        return 1

    # The cursor

    def reset(self, cursor: int = 0) -> None:
        """Take new rows: forget what was painted, put the cursor on *cursor* and bring it into view."""
        self.cursor = max(0, min(cursor, len(self) - 1))
        if len(self) and not self.selectable(self.cursor):
            self.cursor = self._next_selectable(self.cursor, 1)
        self.repaint()
        self._measure()
        self._show_cursor()

    def repaint(self) -> None:
        """Paint the visible rows anew: what they show has changed."""
        self._strips.clear()
        self.refresh()

    def repaint_rows(self, indexes: Iterable[int]) -> None:
        """Paint the rows *indexes* anew, those of them that are visible."""
        seen = self.in_view
        for index in indexes:
            for ground in GROUNDS:
                self._strips.pop((index, ground), None)
            if index in seen:
                self._refresh_row(index)

    def forget_others(self, indexes: range) -> None:
        """Forget how rows out of *indexes* were painted."""
        self._strips = {key: strips for key, strips in self._strips.items() if key[0] in indexes}

    @property
    def in_view(self) -> range:
        """The rows of which something is visible."""
        top, height = round(self.scroll_y), self.row_height
        return range(top // height, min(len(self), -(-(top + self.size.height) // height)))

    def move(self, by: int) -> None:
        """Move the cursor *by* rows, as far as the list goes."""
        self.move_to(self.cursor + by, 1 if by > 0 else -1)

    def move_to(self, index: int, direction: int = 1) -> None:
        """Put the cursor on row *index*, or on the next one in *direction* that it may rest on."""
        if not len(self):
            return
        index = max(0, min(index, len(self) - 1))
        if not self.selectable(index):
            index = self._next_selectable(index, direction)
        if index != self.cursor:
            old, self.cursor = self.cursor, index
            self._refresh_row(old)
            self._refresh_row(index)
            self.post_message(self.Moved(self))
        self._show_cursor()

    def page(self, by: float) -> None:
        """Move the cursor *by* pages, forward or back."""
        self.move(int(by * max(1, self.size.height // self.row_height)))

    def _next_selectable(self, index: int, direction: int) -> int:
        for step in (direction, -direction):
            place = index
            while 0 <= place < len(self):
                if self.selectable(place):
                    return place
                place += step
        return index

    def _show_cursor(self) -> None:
        top, height, row = round(self.scroll_y), self.size.height, self.row_height
        if not height:
            return
        first = self.cursor * row
        # A heading right above the first row of its group belongs into the picture.
        if self.cursor and not self.selectable(self.cursor - 1):
            first -= row
        wanted = min(max(top, (self.cursor + 1) * row - height), first)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
            self.refresh()

    # Drawing

    def _measure(self) -> None:
        self.measure(len(self) * self.row_height)

    def on_mount(self) -> None:
        """Measure the rows that were given before the list had a size."""
        self._measure()

    def on_resize(self) -> None:
        """Rows are as wide as the list; the cursor stays where it was and in view."""
        self._strips.clear()
        self._measure()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Forget painted rows: a theme or a class changed their colours."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def on_focus(self) -> None:
        """The cursor is brighter in the pane that has the keys."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """The cursor is brighter in the pane that has the keys."""
        self._refresh_row(self.cursor)

    def _refresh_row(self, index: int) -> None:
        top = index * self.row_height - round(self.scroll_y)
        self.refresh(Region(0, top, self.size.width, self.row_height))

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is visible."""
        height = self.row_height
        if self._shape != (shape := (self.size.width, height)):
            # A window that is pulled about is drawn before the list is told of its size.
            self._strips.clear()
            self._shape = shape
        index, line = divmod(y + round(self.scroll_y), height)
        if not 0 <= index < len(self):
            return Strip.blank(self.room, self.base)
        base = self.ground(index)
        strips = self._strips.get((index, base))
        if strips is None:
            if len(self._strips) > KEPT + len(GROUNDS) * self.size.height:
                self.forget_others(self.in_view)
            width = self.scrollable_content_region.width
            strips = [self._strip(parts, base, width) for parts in self.paint(index, width)]
            self._strips[index, base] = strips
        return strips[line]

    def _strip(self, parts: Parts, base: str, width: int) -> Strip:
        segments = [Segment(text, self._style(base, role)) for text, role in parts if text or self.whole]
        return Strip(segments).adjust_cell_length(max(width, self.room), self._style(base, ""))

    def _style(self, base: str, role: str) -> RichStyle:
        """Return the colours of *role* on a row of the kind *base*; a role that is partly transparent is blended."""
        known = self._styles.get((base, role))
        if known is None:
            style = self.visual_style
            roles = PLAIN if self.app.native_ansi_color else ROLES
            for rule in (roles.get(base, ""), roles.get(f"{base} {role}", roles.get(role, ""))):
                style += Style.parse(rule)
            known = self._styles[base, role] = style.rich_style
        return known

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click chooses."""
        index = (event.y + round(self.scroll_y)) // self.row_height
        if index < len(self) and self.selectable(index):
            self.clicked(index, event)

    def clicked(self, index: int, event: events.Click) -> None:
        """Do what a click on row *index* does."""
        self.move_to(index)
        if event.chain > 1:
            self.post_message(self.Chosen(self))
