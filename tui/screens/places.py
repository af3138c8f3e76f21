"""The places that are always there among the issues: all that is marked, to be read, starred; and the way back."""

from __future__ import annotations

from tui.desk import Desk
from tui.frozen import dataclass
from tui.model import PlaceRow, SearchRow
from tui.screens.copying import Copying
from tui.screens.panes import Pane
from tui.screens.searching import Origin, Scope
from tui.screens.shown import ALL
from tui.widgets.paper_list import place_of

BACK = "' goes back"


@dataclass(frozen=True)
class Left:
    """Where the reader was before going to a place: the list, the words that it was searched for, and the paper."""

    issue: str = ALL
    search: SearchRow | None = None
    paper: str | None = None
    pane: Pane = "papers"
    scope: Scope = ""
    words: str = ""
    origin: Origin | None = None


class Placed(Copying):
    """The key that goes to a place and back, on top of those that take along."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._left: Left | None = None

    async def action_place(self, place: str) -> None:
        """Go to the list of all that is ``marked``, ``to-read`` or ``starred``; from there back to where one was."""
        if isinstance(self.search, PlaceRow) and self.search.id == place:
            await self._go_back()
        else:
            self.go_to_place(place)

    def go_to_place(self, place: str) -> None:
        """Show the papers of *place*, with the cursor on the paper that it is on, where that is among them."""
        row = next(row for row in self.places if row.id == place)
        self._left = Left(
            self.issue, self.search, self.paper_list.current, self.pane, self.scope, self.words, self._origin
        )
        self.end_search()
        self.issue, self.search = ALL, row
        self.refresh_issues()
        self.go_to("papers")

    async def _go_back(self) -> None:
        left, self._left = self._left or Left(paper=self.paper_list.current), None
        self.end_search()
        self.issue, self.search = left.issue, left.search
        self.refresh_issues(left.paper)
        if left.words:
            self._origin = left.origin
            self._open_field(left.scope)
            self.filter.value = left.words
            await self.keep()
            self.paper_list.move_to(place_of(self.paper_list.papers, left.paper) or 0)
        self.go_to(left.pane)

    def heading(self, total: int) -> tuple[str, str]:
        """Return the heading of the papers; in a place to which a key led, with the way back."""
        text, beside = super().heading(total)
        if isinstance(self.search, PlaceRow) and self._left and not self.words:
            beside = f"{beside} · {BACK}" if beside else BACK
        return text, beside
