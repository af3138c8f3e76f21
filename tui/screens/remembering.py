"""What the screens remember from one start to the next: place, order, theme and widths; and the first lesson."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, cast, get_args

from textual import events, on

from tui.desk import Desk, listing
from tui.desk.layout import Layout, Place
from tui.model import PlaceRow
from tui.screens.following import Following
from tui.screens.panes import Pane
from tui.screens.shown import ALL
from tui.widgets.paper_list import PaperList
from tui.widgets.where import PANES, Heading, Where

ISSUES, DETAILS = 36, 50
"""Cells of the issue pane, and hundredths of the rest for the details, where the reader never changed them."""

_STEP, _LEAST, _MOST = 4, {"issues": 20, "details": 26}, {"issues": 64, "details": 74}


class Themed(Protocol):
    """The application, as its screens know it."""

    theme: str
    chosen_theme: str

    def theme_names(self) -> Sequence[str]:
        """Return the names of all themes."""

    def choose_theme(self, name: str) -> None:
        """Show the theme *name*, and keep it."""


class Remembering(Following):
    """The keys that lay the panes out, on top of those that decide; *layout* knows how they were left."""

    def __init__(self, desk: Desk, layout: Layout | None = None) -> None:
        super().__init__(desk)
        self.remembered = layout or Layout()
        left = self.remembered.left
        self._widths = {"issues": left.issues or ISSUES, "details": left.details or DETAILS}
        self.teaching = self.remembered.teach
        self._list: PaperList | None = None
        if left.sort in get_args(listing.Sort):
            self.sort = cast(listing.Sort, left.sort)

    # The place

    def return_to(self) -> str | None:
        """Begin where the reader left, or with a newer issue that came since; return the paper, where there is one."""
        self._list = self.paper_list  # to be asked once it is gone from the screen
        newest = self._newest()
        place = self.remembered.place(self.desk.library.folder)
        same = place.newest == newest and newest and (place.issue == ALL or self.desk.rack.has_issue(place.issue))
        self.issue = place.issue if same else self._first()
        if same and place.among:
            self._count_places()
            self.search = next((row for row in self.places if row.id == place.among), None)
            if self.search and not self.search.papers:
                self.issue, self.search = self._first(), None  # an empty list says nothing, and shows no way out of it
                return None
        return place.paper or None if same else None

    def _newest(self) -> str:
        """Return the newest issue that names a paper; one that names none is no news to read."""
        shelf = self.desk.shelf()
        newest = next((row for row in shelf if row.papers), None) or next(iter(shelf), None)
        return newest.id if newest else ALL

    def _first(self) -> str:
        """Return the newest issue in which something is unread, else the newest one that names a paper."""
        unread = [row for row in self.desk.shelf() if row.unread]
        # The first group has the newest issue; further ones need not be older than the rest of it.
        newest = self._newest()
        if not unread or unread[0].id == newest:
            return newest
        return max(unread, key=lambda row: row.date or "").id

    def on_unmount(self) -> None:
        """Keep how the reader leaves."""
        app = cast(Themed, self.app)
        left = self.remembered.left
        if app.chosen_theme:
            left = replace(left, theme=app.chosen_theme, under=self.desk.settings.appearance.theme or "")
        issues, details = self._widths["issues"], self._widths["details"]
        left = replace(
            left,
            sort=self.sort,
            issues=0 if issues == ISSUES else issues,
            details=0 if details == DETAILS else details,
        )
        among = self.search.id if isinstance(self.search, PlaceRow) else ""
        place = Place(self.issue, (self._list.current if self._list else None) or "", self._newest(), among)
        self.remembered.keep(self.desk.library.folder, place, left)

    # Widths

    def lay_out(self) -> None:
        """Show the panes that fit, as wide as the reader made them."""
        super().lay_out()
        if self._widths != {"issues": ISSUES, "details": DETAILS}:
            self._widen()

    def _widen(self) -> None:
        alone = self.where.alone
        issues = self.query_one("#issues-pane")
        issues.styles.width = "1fr" if alone else self._widths["issues"]
        details = self._widths["details"]
        self.details_pane.styles.width = "1fr" if alone else f"{details}fr"
        beside = self.details_pane.display and not alone
        self.query_one("#papers-pane").styles.width = f"{100 - details}fr" if beside else "1fr"

    def action_width(self, by: int) -> None:
        """Make the pane that has the keys wider, or narrower: the papers at the cost of the details or the issues."""
        if self.where.alone:
            self.tell("There is one pane here; a wider terminal has two or three.", "warning")
            return
        name, way = (self.pane, by) if self.pane != "papers" else ("details", -by)
        if name == "details" and not self.details_pane.display:
            name = "issues"
        self._widths[name] = max(_LEAST[name], min(_MOST[name], self._widths[name] + way * _STEP))
        self._widen()

    # The mouse

    @on(Where.Struck)
    async def _where_struck(self, event: Where.Struck) -> None:
        if event.name == "paperrack":
            await self.app.run_action("command_palette")
        elif event.name == "marked":
            await self.run_action("place('marked')")
        elif event.name in PANES:
            self.go_to(cast(Pane, event.name))

    def on_click(self, event: events.Click) -> None:
        """A click on the heading of a pane gives it the keys."""
        name = (event.widget.id or "").removesuffix("-heading") if isinstance(event.widget, Heading) else ""
        if name in PANES and not self.prefix:
            self.go_to(cast(Pane, name))

    # The first lesson

    def lessons(self) -> str:
        """Return, at the first start, three lines that teach."""
        if not self.teaching:
            return ""
        return "\n".join((*self.lesson(), f"{self.keymap.key('escape'):<5}  hides these lines"))

    async def action_escape(self) -> None:
        """Leave a prefix, a range or the search, then hide the lesson, else, struck twice, clear the marks."""
        if self.teaching and self.paper_list.display and not (self.prefix or self.scope or self.ranged()):
            self.teaching = False
            self.say_where()
        else:
            await super().action_escape()
