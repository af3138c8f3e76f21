"""Searching as one types: the field, what runs beside the keyboard, and the way back to where the reader was."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from functools import partial
from typing import Literal

from textual import on, work
from textual.widgets import Input
from textual.worker import Worker, WorkerError

from tui.desk import Desk, listing
from tui.errors import OutdatedError, PaperrackError, QueryError
from tui.frozen import dataclass
from tui.model import IssueRow, PlaceRow, SearchRow
from tui.screens.beside import Beside
from tui.screens.panes import Pane
from tui.screens.shown import ALL
from tui.widgets.issue_list import IssueList

Scope = Literal["", "here", "everywhere"]

PLACEHOLDERS = {"here": "filter these papers", "everywhere": "search every paper"}

HINT = 'author: title: year:2019..2021 is:unread has:code tag: "a phrase" -not OR ( )'
ORDERS = {
    "issue": "",
    "unread": "unread first",
    "state": "by reading state",
    "starred": "starred first",
    "noted": "notes first",
    "tags": "by tag",
    "mentions": "most talked about first",
}
"""How orders are called that are not called by a field."""

RANKED = "most relevant first"


@dataclass(frozen=True)
class Origin:
    """Where the reader was when the field was opened."""

    issue: str
    search: SearchRow | None
    paper: str | None
    pane: Pane


@dataclass(frozen=True)
class Asked:
    """What a list is asked for."""

    issue: str | None
    query: str
    sort: listing.Sort


class Searching(Beside):
    """The field over the papers; with it the list is what the words leave, of these papers or of all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.scope: Scope = ""
        self._text = ""
        self._origin: Origin | None = None
        self._wanted: Asked | None = None
        self._wrong = False
        self._worker: Worker[None] | None = None

    @property
    def words(self) -> str:
        """What the field holds that the list is searched for."""
        return self._text

    @property
    def sought(self) -> str:
        """All that the list is searched for: what was saved, and the field's words within it."""
        saved = self.search.query if self.search else ""
        return f"({saved}) {self._text}" if saved and self._text else saved or self._text

    @property
    def typing(self) -> bool:
        """Whether letters go into the field."""
        return self.focused is self.filter

    # Opening the field, and leaving it

    def action_filter(self) -> None:
        """Open the field for the papers of the list; from this key on, letters are written into it."""
        self._open_field(self.scope or "here")

    def action_search(self) -> None:
        """Open the field for all papers; words that stand in it already stay."""
        self._open_field("everywhere")

    def action_widen(self) -> None:
        """Open the field for all papers, or, from within it, look for its words in all."""
        self._open_field("everywhere")

    async def search_for(self, words: str) -> None:
        """Search every paper for *words*, and keep what is found as the list."""
        self.action_search()
        self.filter.value = words
        await self.keep()

    def _open_field(self, scope: Scope) -> None:
        if self._origin is None:
            self._origin = Origin(self.issue, self.search, self.paper_list.current, self.pane)
        wider = scope == "everywhere" != self.scope
        self.scope, self.pane = scope, "papers"
        self.lay_out()
        self.filter.placeholder = PLACEHOLDERS[scope]
        self.filter.display = True
        self.set_focus(self.filter)
        if wider:
            self.issue, self.search = ALL, None
            self.show_issues()
            if self._text or self._origin.issue != ALL or self._origin.search:
                self.refresh_papers()
        self._say_line()
        self.say_where()
        self.call_after_refresh(self._make_ready)

    async def keep(self) -> None:
        """Keep what was found as the list, and give it the keys; words that cannot be meant stay in the field."""
        await self.written()
        if self._wanted is not None and self._worker is not None:
            with contextlib.suppress(WorkerError):  # it is told where workers are watched
                await self._worker.wait()
        if self._wrong:
            return  # the list is not what the words ask for, and the line under the field says why
        self.filter.display = bool(self._text)
        if not self._text:
            self.scope, self._origin = "", None
        self._say_line(kept=True)
        self.go_to("papers")
        self.say_where()

    async def leave(self) -> None:
        """Leave the field, and go back to where the reader was."""
        await self.written()
        origin, typed = self._origin, self.typing
        # What was found in the issue that is read, and kept, is where the reader is now.
        paper = self.paper_list.current if self.scope == "here" and not typed else None
        self.end_search()
        if origin:
            self.issue, self.search = origin.issue, origin.search
            self.refresh_issues(paper or origin.paper)
        self.go_to(origin.pane if origin and typed else "papers")

    def end_search(self) -> None:
        """Forget the words, and close the field."""
        self._give_up()
        self.scope, self._text, self._origin = "", "", None
        with self.filter.prevent(Input.Changed):
            self.filter.value = ""
        self.filter.display = False
        self.filter_line.say("")

    async def written(self) -> None:
        """Wait until the field has written what was typed ahead, and search for it."""
        if not self.typing:
            return
        done = asyncio.Event()
        self.filter.call_later(done.set)
        await done.wait()
        self._take(self.filter.value)

    # Searching

    @work(group="ready", exit_on_error=False)
    async def _make_ready(self) -> None:
        # Until the first letter comes the thread has nothing else to do.
        with contextlib.suppress(PaperrackError):  # a search will say what is wrong
            await self.beside(partial(self.desk.make_ready, lambda: self._wanted is None and bool(self.scope)))

    @on(Input.Changed, "#filter")
    def _field_changed(self, event: Input.Changed) -> None:
        if self.scope:  # else it is left already
            self._take(event.value)

    def _take(self, value: str) -> None:
        if (words := value.strip()) == self._text:
            return
        self._text = words
        self._wanted, self._wrong = Asked(self.issue or None, self.sought, self.sort), False
        self.interrupt()
        if self._worker is None or self._worker.is_finished:
            self._worker = self._run()

    def _give_up(self) -> None:
        self._wanted, self._wrong = None, False
        self.interrupt()

    @work(group="search", exit_on_error=False)
    async def _run(self) -> None:
        # One after the other; while one runs, the newest wish is the next.
        while (asked := self._wanted) is not None:
            try:
                find = partial(self.desk.listing, asked.issue, asked.query, sort=asked.sort)
                found = await self.beside(find)
            except OutdatedError:
                continue
            except QueryError as error:
                if self._wanted is asked:
                    self._wanted, self._wrong = None, True
                    self.explain(str(error))
                continue
            if self._wanted is asked:
                self._wanted = None
                self.show_papers(found, None if self._text or not self._origin else self._origin.paper)
                self._say_line()
                if not self._text:
                    self.call_after_refresh(self._make_ready)

    def on_unmount(self) -> None:
        """Search no more."""
        self._give_up()

    # What is said of it

    def explain(self, why: str) -> None:
        """Say under the field why nothing can be searched for that way; the list stays."""
        if self.filter.display:
            self.filter_line.say(why, "warning")
        else:
            self.notice.say(why)

    def _say_line(self, kept: bool = False) -> None:
        corrected = self.paper_list.papers.corrected
        if not self._text:
            self.filter_line.say("" if kept else HINT)
        elif corrected:
            # It stays, also over a list that was kept: nobody typed these words.
            self.filter_line.say(", ".join(f"{word} → {other}" for word, other in corrected.items()), "corrected")
        elif hint := self.paper_list.papers.hint:
            self.filter_line.say(hint, "warning")
        else:
            keys = (
                f"{self.key('open')} keeps · ↑↓ move · {self.key('escape')} goes back · {self.key('save-search')} saves"
            )
            self.filter_line.say("" if kept else keys)

    def heading(self, total: int) -> tuple[str, str]:
        """Return the heading of the papers, *total* of them without the field's words, and what stands beside it."""
        found, row = len(self.paper_list), self.issue_list.current
        name = "Search" if self.scope == "everywhere" else "Papers"
        order = ORDERS.get(self.sort, f"by {self.sort}")
        if self._text:
            ranked = RANKED if self.scope == "everywhere" else ""
            does = "goes back" if self.scope == "everywhere" else "shows all"
            back = "" if self.typing else f"{self.key('escape')} {does}"
            return f"{name}  {found:,} of {total:,}", " · ".join(part for part in (order or ranked, back) if part)
        unread = f"{row.unread:,} unread" if isinstance(row, IssueRow) else ""
        ranked = RANKED if self.search and not isinstance(self.search, PlaceRow) and not order else ""
        return f"{name}  {found:,}", " · ".join(part for part in (unread, order or ranked) if part)

    def way_back(self, total: int) -> str:
        """Return how to see again what was listed before the words were typed, *total* papers without them."""
        if self.scope == "everywhere":
            return f"{self.key('escape')} goes back to where you were."
        return f"{self.key('escape')} shows all {total:,} again; {self.key('search-all')} looks in every paper."

    # Other issues meanwhile

    @on(IssueList.Moved, "#issues")
    def _issue_moved(self) -> None:
        row = self.issue_list.current
        search = row if isinstance(row, SearchRow) else None
        issue = row.id if isinstance(row, IssueRow) else ALL
        if row is None or (issue, search) == (self.issue, self.search):
            return
        if self.scope == "everywhere":
            self.end_search()  # the reader went to an issue instead
        elif self._origin:
            self._origin = replace(self._origin, issue=issue, search=search)
        self.issue, self.search = issue, search
        self.refresh_papers()
