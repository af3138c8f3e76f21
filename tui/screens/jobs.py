"""The dialog on what is being looked up: how each service stands, and each paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from tui.desk import Desk
from tui.desk.marking import count
from tui.desk.pdf_queue import pdf_of
from tui.errors import PaperrackError
from tui.model import Job, ServiceState
from tui.widgets.job_list import JobList, told
from tui.widgets.where import Heading, Notice

HINT = "x cancels this one   ·   X cancels all   ·   esc closes"


class Jobs(ModalScreen[None]):
    """Services and papers, counted down every second."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,J", "dismiss", "Close", tooltip="Back to the papers"),
        Binding("j,down", "cursor(1)", "Down", show=False),
        Binding("k,up", "cursor(-1)", "Up", show=False),
        Binding("ctrl+d,pagedown,space", "page(0.5)", "Page", show=False),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(1000000000)", "Last", show=False),
        Binding("x", "cancel", "Cancel", tooltip="Cancel the look-up, the PDF, or all that a service is asked"),
        Binding("X", "cancel_all", "Cancel all", tooltip="Cancel every look-up and every PDF"),
    ]

    rows = query_one("#jobs-list", JobList)
    heading = query_one("#jobs-heading", Heading)
    notice = query_one("#jobs-notice", Notice)

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.desk = desk
        self.clock = clock
        self._said = ""

    def compose(self) -> ComposeResult:
        """Show the list between its heading and what is known of the row under the cursor."""
        with Vertical(id="jobs", classes="dialog"):
            yield Heading("Looking up", id="jobs-heading")
            yield JobList(id="jobs-list")
            yield Notice(id="jobs-notice", markup=False)

    def on_mount(self) -> None:
        """Fill the list and keep it up to date."""
        self.show()
        self.rows.focus()
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        """Show how everything stands now."""
        looking = self.desk.looking
        self.rows.show(looking.services(), looking.jobs(), self.clock(), self.desk.pdfs.queue.jobs())
        progress = looking.progress()
        beside = f"{progress.done:,} of {progress.total:,} done" if progress.total else "nothing is being looked up"
        self.heading.say("Looking up", beside)
        self._say()

    @on(JobList.Moved)
    def _moved(self) -> None:
        self._said = ""
        self._say()

    def _say(self) -> None:
        self.notice.say(f"{self._said or told(self.rows.current, self.clock())}\n{HINT}")

    def action_cursor(self, by: int) -> None:
        """Move by rows."""
        self.rows.move(by)

    def action_page(self, by: float) -> None:
        """Move by pages."""
        self.rows.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first row, or the last."""
        self.rows.move_to(to)

    def action_cancel(self) -> None:
        """Cancel what the cursor is on."""
        row = self.rows.current
        if isinstance(row, Job):
            about = pdf_of(row)
            if about is not None:
                self._stop(lambda: self.desk.pdfs.queue.cancel([about]), "PDF")
            else:
                self._stop(lambda: self.desk.looking.stop([row.paper]), "look-up")
        elif isinstance(row, ServiceState):
            self._stop(lambda: self.desk.looking.stop(service=row.name), "question")

    def action_cancel_all(self) -> None:
        """Cancel every look-up, and every PDF."""
        pdfs = self.desk.pdfs.queue.cancel()
        self._stop(lambda: self.desk.looking.stop() + pdfs, "job" if pdfs else "look-up")

    def _stop(self, stop: Callable[[], int], noun: str) -> None:
        try:
            stopped = stop()
        except PaperrackError as error:
            self._said = str(error)
        else:
            self._said = f"{count(stopped, noun)} cancelled." if stopped else "There is nothing to cancel here."
        self.show()
