"""The dialog on the sources that are followed: how each stands; add, rename, remove, fetch one or all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.desk import Desk
from tui.desk.marking import count
from tui.desk.pdf_queue import bar
from tui.errors import PaperrackError
from tui.model import FollowedSource, SourceRow
from tui.widgets.source_list import SourceList, told
from tui.widgets.where import Answers, Heading, Notice

if TYPE_CHECKING:
    from tui.desk.refreshing import Round

HINT = " · ".join(
    f"[@click=screen.{action}][bold $accent]{key}[/] {does}[/]"
    for action, key, does in (
        ("refresh(True)", "R", "fetches all"),
        ("refresh(False)", "r", "this one"),
        ("ask('add')", "a", "adds"),
        ("ask('rename')", "e", "renames"),
        ("remove", "x", "removes"),
        ("leave", "esc", "closes"),
    )
)

ADDING = "https://… of a feed or a page, or a file.opml"
EVERY = 0.5
"""Seconds between two looks at how far the fetching is."""


class Sources(ModalScreen[str | None]):
    """The sources; gives back the issue that the reader wants to see, if any.

    *refresh* fetches sources (all of them for None), *going* is the round that is under way, if any.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True, tooltip="Cancel what is fetched, or typed; else close"),
        Binding("q,W", "dismiss", "Close", tooltip="Back to the papers; what is fetched goes on"),
        Binding("a", "ask('add')", "Add", tooltip="Follow a feed, a page, or a list of them"),
        Binding("e", "ask('rename')", "Rename", tooltip="Call it otherwise"),
        Binding("x,D", "remove", "Remove", tooltip="Follow it no more; its issues stay"),
        Binding("u", "undo", "Undo", tooltip="Take the last change back"),
        Binding("r,f", "refresh(False)", "Fetch", tooltip="Fetch what is new of this one"),
        Binding("R,F", "refresh(True)", "Fetch all", tooltip="Fetch what is new of all of them"),
        Binding("enter", "choose", "Open", tooltip="To its newest issue"),
        Binding("j,down", "cursor(1)", "Down", show=False),
        Binding("k,up", "cursor(-1)", "Up", show=False),
        Binding("ctrl+d,pagedown,space", "page(0.5)", "Page", show=False),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(1000000000)", "Last", show=False),
    ]

    rows = query_one("#sources-list", SourceList)
    heading = query_one("#sources-heading", Heading)
    notice = query_one("#sources-notice", Notice)
    field = query_one("#sources-field", Input)

    def __init__(
        self,
        desk: Desk,
        refresh: Callable[[tuple[FollowedSource, ...] | None], object],
        going: Callable[[], Round | None],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.desk = desk
        self.clock = clock
        self._refresh = refresh
        self._going = going
        self._said = ""
        self._found: tuple[SourceRow, ...] = ()
        self._asks: Literal["add", "rename"] = "add"
        self._adding = self._new = ""

    def compose(self) -> ComposeResult:
        """Show the list, what is known of the one under the cursor, and the keys."""
        with Vertical(id="sources", classes="dialog"):
            yield Heading("Sources", id="sources-heading")
            yield SourceList(id="sources-list")
            field = Input(id="sources-field", compact=True)
            field.display = False
            yield field
            yield Notice(id="sources-notice", markup=False)
            yield Answers(Content.from_markup(HINT), id="sources-hint")

    def on_mount(self) -> None:
        """Fill the list and keep it up to date."""
        self.look()
        self.rows.focus()
        self.set_interval(EVERY, self._tick)

    def _tick(self) -> None:
        if self._going() is not None or self._adding:
            self.show()

    @work(exclusive=True, group="sources-rows", exit_on_error=False)
    async def look(self, to: str | None = None) -> None:
        """Read anew how everything stands, and show it; the cursor goes *to* that source, if one is said."""
        try:
            self._found = await asyncio.to_thread(self.desk.sources.rows)
        except PaperrackError as error:
            self._said = str(error)
        self.show()
        if to:
            # What was said of it stays while the cursor goes there.
            self._new = to
            self.rows.go_to(to)

    def show(self) -> None:
        """Show how everything stands, as far as it was read."""
        going = self._going()
        self.rows.show(self._found, frozenset(going.asking) if going else (), self.clock())
        if going:
            beside = f"{bar(going.done, going.total)} {going.done:,} of {going.total:,}"
        else:
            wrong = sum(row.source.state not in ("new", "ok", "waiting") for row in self._found)
            unread = sum(row.unread for row in self._found)
            beside = f"{len(self._found):,} followed, {unread:,} unread" + (f", {wrong:,} failed" if wrong else "")
        self.heading.say("Sources", beside if self._found or going else "")
        self._say()

    def _say(self) -> None:
        if self._adding:
            said = f"Looking for the feed at {self._adding} …"
        elif not self._found and not self._said:
            said = "No source is followed yet. a follows one: the address of a newsletter, a blog or a feed is enough."
        else:
            said = self._said or told(self.rows.current, self.clock())
        self.notice.say(said)

    @on(SourceList.Moved)
    def _moved(self) -> None:
        row = self.rows.current
        if row is None or row.source.id != self._new:
            self._said = self._new = ""
        self._say()

    # Moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which keys are alive: while a field is typed into, only escape."""
        return not isinstance(self.focused, Input) or action == "leave"

    def action_cursor(self, by: int) -> None:
        """Move by rows."""
        self.rows.move(by)

    def action_page(self, by: float) -> None:
        """Move by pages."""
        self.rows.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first row, or the last."""
        self.rows.move_to(to)

    @on(SourceList.Chosen)
    def action_choose(self) -> None:
        """Go to the newest issue of the source under the cursor."""
        row = self.rows.current
        if row and row.newest:
            self.dismiss(row.newest)
        elif row:
            self._tell("It gave no issue yet; r fetches it.")

    def action_leave(self) -> None:
        """Leave the field, else cancel what is fetched, else close."""
        going = self._going()
        if self.field.display:
            self._close_field()
        elif going is not None and not going.stopped:
            going.stop()
            self._tell("Cancelled; R goes on with the rest.")
        else:
            self.dismiss(None)

    # Changing

    def action_ask(self, what: Literal["add", "rename"]) -> None:
        """Open the field, for an address or for another title."""
        row = self.rows.current
        if what == "rename" and row is None:
            return
        self._asks = what
        self.field.value = row.source.name if row and what == "rename" else ""
        self.field.placeholder = ADDING if what == "add" else "its own title"
        self.field.display = True
        self.field.focus()

    def _close_field(self) -> None:
        self.field.display = False
        self.rows.focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        words, row = event.value.strip(), self.rows.current
        self._close_field()
        if self._asks == "rename" and row:
            try:
                self._tell(f"It is called {self.desk.sources.rename(row.source, words).name} now; u takes it back.")
            except PaperrackError as error:
                self._tell(str(error))
            self.look()
        elif self._asks == "add" and words:
            self._add(words)

    @work(exclusive=True, group="adding", exit_on_error=False)
    async def _add(self, words: str) -> None:
        self._adding = words
        self.show()
        made: tuple[FollowedSource, ...] = ()
        try:
            path = Path(words).expanduser()
            if not words.lower().startswith(("http://", "https://")) and path.is_file():
                done = await asyncio.to_thread(self.desk.sources.take_file, path)
                made = done.added
                remarks = f" {count(len(done.remarks), 'line')} not taken: {done.remarks[0]}." if done.remarks else ""
                self._said = f"{count(len(made), 'source')} followed, {done.known:,} were before.{remarks}"
            else:
                added = await asyncio.to_thread(self.desk.sources.add, words)
                made = () if added.known else (added.source,)
                others = f" The page names {count(len(added.others), 'other feed')}." if added.others else ""
                self._said = f"{added.source.name} is followed{' already' if added.known else ''}.{others}"
        except (PaperrackError, RuntimeError, OSError) as error:
            self._said = str(error)
        finally:
            self._adding = ""
        self.look(made[0].id if made else None)
        if made and self._going() is None:
            self._refresh(made)

    def action_remove(self) -> None:
        """Follow the source under the cursor no more."""
        if row := self.rows.current:
            try:
                self.desk.sources.remove([row.source])
                self._tell(f"{row.source.name} is followed no more; its issues stay. u takes it back.")
            except PaperrackError as error:
                self._tell(str(error))
            self.look()

    def action_undo(self) -> None:
        """Take the last change back."""
        try:
            label = self.desk.marking.undo()
            self._tell(f"Undone: {label}." if label else "There is nothing to undo.")
        except PaperrackError as error:
            self._tell(str(error))
        self.look()

    def action_refresh(self, every: bool) -> None:
        """Fetch what is new, of all sources or of the one under the cursor."""
        row = self.rows.current
        if self._going() is not None:
            self._tell("They are being fetched; esc cancels it.")
        elif row is not None:
            self._said = ""
            self._refresh(None if every else (row.source,))
            self.show()

    def _tell(self, sentence: str) -> None:
        self._said = sentence
        self._say()
