"""The three panes on one screen: which are seen at which width, which has the keys, and moving in them."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.desk import Desk
from tui.screens import keymap, keys
from tui.screens.bound import bind
from tui.screens.pace import Pace
from tui.screens.patching import Patching
from tui.widgets.field import Field
from tui.widgets.issue_list import IssueList
from tui.widgets.key_line import KeyLine
from tui.widgets.lines import Lines
from tui.widgets.paper_list import PaperList
from tui.widgets.prose import Prose
from tui.widgets.where import PANES, Heading, Line, Notice, Where

Pane = Literal["issues", "papers", "details"]

TWO, THREE = 100, 140
"""From these widths on two and three panes stand side by side."""


class Panes(Screen[None]):
    """Issues, papers and details, and the keys that move between and in them."""

    AUTO_FOCUS = "#papers"
    where = query_one("#where", Where)
    issue_list = query_one("#issues", IssueList)
    paper_list = query_one("#papers", PaperList)
    details = query_one("#details", Prose)
    details_pane = query_one("#details-pane", Vertical)
    filter = query_one("#filter", Field)
    filter_line = query_one("#filter-line", Line)
    papers_heading = query_one("#papers-heading", Heading)
    details_heading = query_one("#details-heading", Heading)
    notice = query_one("#notice", Notice)

    def __init_subclass__(cls, opened: bool = False) -> None:
        """Let Textual set up the class that is *opened*, and none of the layers below it, whose names it finds there.

        It looks through all names and bindings of each subclass, and there are twenty layers.
        """
        if opened:
            super().__init_subclass__()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._compositor = Patching()
        self._pace: Pace | None = None
        self.desk = desk
        self.keymap = keymap.of(desk.settings)
        bind(self, self.keymap.bindings())
        self.pane: Pane = "papers"
        self.prefix = ""

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        self.set_class(self.desk.settings.appearance.density == "compact", "-dense")
        yield Where(id="where")
        with Horizontal(id="panes"):
            with self._dressed("issues"):
                yield Heading("Issues", id="issues-heading")
                yield IssueList(id="issues")
            with self._dressed("papers"):
                yield Heading("Papers", id="papers-heading")
                yield Field(id="filter", compact=True, select_on_focus=False)
                yield Line(id="filter-line")
                yield Notice(id="notice", markup=False)
                papers = PaperList(id="papers")
                papers.dense = self.desk.settings.appearance.density == "compact"
                yield papers
            with self._dressed("details"):
                yield Heading("Details", id="details-heading")
                yield Prose(id="details")
        yield KeyLine(keys.SPARE, keys.ORDER, keys.IN_A_FIELD)

    @property
    def _update_timer(self) -> Timer:
        """What paints the screen when something on it changed; Textual has its ticks here."""
        if self._pace is None:
            self._pace = Pace(self, self._on_timer_update)
            self._pace._start()
            self._timers.add(self._pace)
        return self._pace

    # Which panes are seen

    def on_resize(self) -> None:
        """Show as many panes as there is room for; the cursor stays where it was."""
        self.lay_out()

    def lay_out(self) -> None:
        """Show the pane that has the keys and as many beside it as fit."""
        for name in PANES:
            self._dress(self.query_one(f"#{name}-pane"), name)
        self.where.pane = self.pane
        self.where.alone = len(self._seen()) == 1

    def _seen(self) -> tuple[str, ...]:
        width = self.size.width or self.app.size.width
        if width >= THREE:
            return PANES
        if width >= TWO:
            return ("issues", "papers") if self.pane == "issues" else ("papers", "details")
        return (self.pane,)

    def _dressed(self, name: str) -> Vertical:
        """Return a new pane as it will be seen: one that changes after it was mounted is styled twice."""
        pane = Vertical(id=f"{name}-pane", classes="pane")
        self._dress(pane, name, update=False)
        return pane

    def _dress(self, pane: Widget, name: str, update: bool = True) -> None:
        seen = self._seen()
        pane.display = name in seen
        for has, name_of_class in (
            (name == self.pane, "-focused"),
            (name == seen[0], "-first"),
            (len(seen) == 1, "-alone"),
        ):
            pane.set_class(has, name_of_class, update=update)

    def go_to(self, pane: Pane) -> None:
        """Give *pane* the keys."""
        self.pane = pane
        self.lay_out()
        self.set_focus(self.current)

    @property
    def current(self) -> Lines | Prose:
        """The list or text of the pane that has the keys."""
        if self.pane == "details":
            return self.details
        return self.issue_list if self.pane == "issues" else self.paper_list

    # Moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which keys are alive: after a prefix only its choices, in a field only those that write nothing."""
        if action == "chord":
            return parameters[0] == self.prefix and (bool(self.prefix) or not isinstance(self.focused, Input))
        if self.prefix:
            return action == "escape"
        if isinstance(self.focused, Input):
            return action in keys.WHILE_TYPING
        return True

    def key(self, id: str) -> str:
        """Return how the reader strikes the action called *id*, for a sentence."""
        return self.keymap.key(id)

    def action_cursor(self, by: int) -> None:
        """Move the cursor, or scroll the details, by rows."""
        self.current.move(by)

    def action_arrow(self, by: int) -> None:
        """Move as the letters do, also while the filter is typed."""
        self.current.move(by)

    def action_page(self, by: float) -> None:
        """Move by pages."""
        self.current.page(by)

    def action_turn(self, by: float) -> None:
        """Move by pages, also while the filter is typed."""
        self.current.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first row, or the last."""
        self.current.move_to(0 if to < 0 else 10**9)

    def action_pane(self, by: int) -> None:
        """Go to the pane on the left or right, and no further than the last."""
        place = PANES.index(self.pane) + by
        if 0 <= place < len(PANES):
            self.go_to(_pane(place))

    def action_next_pane(self, by: int) -> None:
        """Go round the panes."""
        self.go_to(_pane((PANES.index(self.pane) + by) % len(PANES)))

    def on_descendant_focus(self) -> None:
        """Follow the mouse: the pane that was clicked has the keys."""
        for name in PANES:
            if self.focused is self.query_one(f"#{name}") and name != self.pane:
                self.pane = _pane(PANES.index(name))
                self.lay_out()


def _pane(place: int) -> Pane:
    panes: tuple[Pane, ...] = ("issues", "papers", "details")
    return panes[place]
