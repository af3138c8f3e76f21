"""What is chosen now (issue, order, filter, paper), and the panes that show it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterable, Iterator, Sequence

from textual import on, work
from textual.notifications import SeverityLevel

from tui.desk import Desk, listing
from tui.errors import PaperrackError
from tui.model import IssueRow, Paper
from tui.screens.panes import Panes
from tui.text import shown
from tui.widgets import paper_text
from tui.widgets.details_text import LookUp
from tui.widgets.issue_list import IssueList, label_of
from tui.widgets.paper_list import PaperList, Row

ALL = ""
"""What stands for all papers where an issue's id could."""

PATIENCE = 10.0
"""Seconds that a warning stays."""

CHUNK = 400
"""Papers that a filter looks through before it lets a key in."""


class Shown(Panes):
    """The panes, filled from the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.issue: str = ALL
        self.sort: listing.Sort = "issue"
        self.query_words = ""
        self.reading = ""
        self.progress = ""
        self.failure = ""
        self._warned = -PATIENCE

    def look_around(self) -> None:
        """Show what another program changed in the library meanwhile."""
        with self.telling():
            if self.desk.marking.sync():
                self.refresh_issues(details=False)
                self.refresh_details(stay=True)

    def refresh_issues(self, details: bool = True) -> None:
        """Show the issues anew, and with them the papers and, if wanted, the details."""
        rows = self.desk.shelf()
        if self.issue and self.issue not in self.desk.rack.issues:
            self.issue = ALL
        everything = self._everything(rows)
        self.issue_list.show(rows, everything, self.issue)
        self.refresh_papers(details=details)

    def _everything(self, rows: Sequence[IssueRow]) -> IssueRow:
        papers = list(self.desk.rack.ids())
        unread = sum(not self.desk.rack.marks(name).read for name in papers)
        return IssueRow(ALL, ALL, "All papers", None, None, len(papers), unread)

    def refresh_papers(self, chosen: str | None = None, details: bool = True) -> None:
        """Show the papers of the chosen issue, filtered and sorted, with the cursor on *chosen* or where it was."""
        names = self.desk.papers(self.issue or None, sort=self.sort)
        if not self.query_words:
            self._show(names, chosen or self.paper_list.current, details)
        else:
            self._sift(names, self.query_words, chosen or self.paper_list.current)

    @work(exclusive=True, group="filter", exit_on_error=False)
    async def _sift(self, names: Sequence[str], query: str, chosen: str | None) -> None:
        found: list[str] = []
        for start in range(0, len(names), CHUNK):
            found += self.desk.sift(names[start : start + CHUNK], query)
            await asyncio.sleep(0)
        if query == self.query_words:  # the reader may have gone on, or left the filter
            self._show(found, chosen)

    def _show(self, names: Iterable[str], chosen: str | None, details: bool = True) -> None:
        places = self.desk.places(self.issue) if self.issue else {}
        rows = [Row(places.get(name, number), name) for number, name in enumerate(names, 1)]
        self.paper_list.show(rows, chosen)
        self._say_where()
        if details:
            self.refresh_details()

    def _say_where(self) -> None:
        total = len(self.desk.places(self.issue)) if self.issue else sum(1 for _ in self.desk.rack.ids())
        rows = self.paper_list.rows
        row = self.issue_list.current
        self.where.place = (shown(row.group) + " › " if row and row.group else "") + (label_of(row) if row else "")
        self.say_counts()
        shown_of = f"{len(rows):,} of {total:,}" if self.query_words else f"{total:,}"
        order = "" if self.sort == "issue" else f" · {'unread first' if self.sort == 'unread' else 'by ' + self.sort}"
        unread = sum(not self.desk.rack.marks(row.paper).read for row in rows)
        beside = f"{unread:,} unread{order}"
        if self.filter.display:
            beside = "enter keeps, esc shows all" if self.focused is self.filter else f"{beside} · esc shows all"
        self.papers_heading.say(f"Papers  {shown_of}", beside)
        self.notice.say(self._notice(bool(rows), total))
        self.paper_list.display = bool(rows)

    def say_counts(self) -> None:
        """Show in the line on top what is under way and how much is marked."""
        marked = len(self.desk.marked())
        counts = (self.reading, self.progress, f"◆ {marked:,} marked" if marked else "")
        self.where.counts = " · ".join(part for part in counts if part)

    def _notice(self, rows: bool, total: int) -> str:
        if rows:
            return ""
        if self.reading:
            return "Reading …"
        if total:
            return f"No paper here holds “{self.query_words}”.\n\nesc shows all {total:,} again."
        failed = f"{self.failure}\n\n" if self.failure else ""
        return (
            f"{failed}No digest is on the rack yet.\n\nA  takes in a file, a folder or an address,\n"
            "   or the text of a digest that you paste.\n?  shows every key.\n\n"
            "paperrack demo  opens on sample digests."
        )

    def refresh_details(self, stay: bool = False) -> None:
        """Show the paper under the cursor; to *stay*, with the same text on top as before."""
        name = self.paper_list.current
        self.details_heading.say("Details", "B BibTeX")
        if name is None:
            self.details.show(())
        else:
            paper = self.desk.rack.paper(name)
            key = self.desk.exporting.keys([name])[name]
            self.details.show(paper_text.details(paper, self.issue or None, key, self.look_up(paper)), stay)

    def look_up(self, paper: Paper) -> LookUp:
        """Return how the look-up of *paper* stands."""
        raise NotImplementedError  # Looking knows

    @on(IssueList.Moved, "#issues")
    def _issue_moved(self) -> None:
        row = self.issue_list.current
        if row is not None and row.id != self.issue:
            self.issue = row.id
            self.refresh_papers()

    @on(PaperList.Moved, "#papers")
    def _paper_moved(self) -> None:
        self.refresh_details()

    @contextlib.contextmanager
    def telling(self) -> Iterator[None]:
        """Say what the desk refuses, instead of failing: a read-only library, a full disk."""
        try:
            yield
        except PaperrackError as error:
            self.tell(str(error), "error")

    def seen(self) -> str | None:
        """Return the paper under the cursor for an action on it; where it is out of sight, say so instead."""
        if self.pane == "issues" and self.where.alone:
            self.tell("enter opens the papers first.", "warning")
            return None
        return self.paper_list.current

    def tell(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader *sentence*; what stands in it is never markup."""
        if severity != "information":
            self._warned = time.monotonic()
        elif time.monotonic() - self._warned > PATIENCE:
            # One after the other: five in a pile would hide the papers. A warning stays until it was read.
            self.app.clear_notifications()
        self.app.notify(sentence, severity=severity, markup=False, timeout=5 if severity == "information" else PATIENCE)
