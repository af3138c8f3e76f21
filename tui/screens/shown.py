"""What is chosen now (issue or saved search, order, words, paper), and the panes that show it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from functools import lru_cache, partial

from textual import on
from textual.notifications import SeverityLevel
from textual.timer import Timer

from tui.desk import Desk, listing
from tui.errors import PaperrackError, QueryError
from tui.model import IssueRow, NoPapers, Paper, Papers, PlaceRow, SearchRow
from tui.screens.panes import Panes
from tui.text import shown
from tui.widgets import paper_text
from tui.widgets.details_text import LookUp
from tui.widgets.hits import Find, nowhere
from tui.widgets.issue_list import SEARCHES, label_of
from tui.widgets.paper_list import PaperList

ALL = ""
"""What stands for all papers where an issue's id could."""

EMPTY = {
    "marked": "Nothing is marked.\n\n{mark}  marks a paper, in any list; {escape}, struck twice, clears all marks.",
    "to-read": "Nothing is put to be read.\n\n{keep}  keeps a paper to be read.",
    "starred": "Nothing is starred.\n\n{star}  stars a paper.",
}
"""What is said in the places that are always there while they are empty; actions stand for their keys."""

MOST_WORDS = 1_000
"""Letters that are shown of the introduction of an issue without papers."""

PATIENCE = 10.0
"""Seconds that a warning stays."""

SOON = 0.03
"""Seconds between two papers in the details while the cursor runs: the last one is always shown."""


class Shown(Panes):
    """The panes, filled from the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.issue: str = ALL
        self.search: SearchRow | None = None
        self.searches: tuple[SearchRow, ...] = ()
        self.places: tuple[PlaceRow, ...] = ()
        self.sort: listing.Sort = "issue"
        self.find: Find = nowhere
        self.reading = ""
        self.progress = ""
        self.failure = ""
        self.due = False
        self._shown_at = 0.0
        self._later: Timer | None = None
        self._warned = -PATIENCE

    # What the list is of

    @property
    def words(self) -> str:
        """What the field holds that the list is searched for."""
        raise NotImplementedError  # Searching knows

    @property
    def sought(self) -> str:
        """All that the list is searched for."""
        raise NotImplementedError  # Searching knows

    def heading(self, total: int) -> tuple[str, str]:
        """Return the heading of the papers, *total* of them without the field's words, and what stands beside it."""
        raise NotImplementedError  # Searching knows

    def way_back(self, total: int) -> str:
        """Return how to see again what was listed before the words were typed, *total* papers without them."""
        raise NotImplementedError  # Searching knows

    def explain(self, why: str) -> None:
        """Say why nothing can be searched for that way."""
        raise NotImplementedError  # Searching knows where

    # Showing it

    def look_around(self) -> None:
        """Show what another program changed in the library meanwhile."""
        with self.telling():
            if self.desk.marking.sync():
                self.show_elsewhere()

    def show_elsewhere(self) -> None:
        """Show the library anew: another program changed it."""
        self.refresh_issues(details=False)
        self.refresh_details(stay=True)

    def refresh_issues(self, chosen: str | None = None, details: bool = True) -> None:
        """Show the issues anew, and with them the papers and, if wanted, the details."""
        if self.issue and not self.desk.rack.has_issue(self.issue):
            self.issue = ALL
        self.show_issues()
        self.refresh_papers(chosen, details)

    def show_issues(self) -> None:
        """Show the issues, and how many papers are unread in each."""
        counts = self.desk.counts()
        everything = IssueRow(ALL, ALL, "All papers", None, None, counts.papers, counts.unread)
        self._count_places()
        rows: tuple[IssueRow | PlaceRow, ...] = (everything, *self.places)
        self.issue_list.show(self.desk.shelf(), rows, self.search or self.issue, self.searches)

    def show_places(self) -> None:
        """Show how many papers are in each of the places that are always there."""
        self._count_places()
        self.issue_list.show_places(self.places)

    def _count_places(self) -> None:
        counts = self.desk.counts()
        self.places = (
            PlaceRow("Marked", "is:marked", counts.marked, "marked", "◆"),
            PlaceRow("To read", "is:to-read", counts.to_read, "to-read", "◇"),
            PlaceRow("Starred", "is:starred", counts.starred, "starred", "★"),
        )
        if isinstance(here := self.search, PlaceRow):
            self.search = next(row for row in self.places if row.id == here.id)

    def refresh_papers(self, chosen: str | None = None, details: bool = True) -> None:
        """List the papers anew, with the cursor on *chosen* or where it was."""
        try:
            papers: Papers = self.desk.listing(self.issue or None, self.sought, sort=self.sort)
        except QueryError as error:
            if self.search and not self.words:
                self.show_papers(NoPapers(), None, details)
            self.explain(str(error))
        else:
            self.show_papers(papers, chosen or self.paper_list.current, details)

    def show_papers(self, papers: Papers, chosen: str | None, details: bool = True) -> None:
        """Show *papers*, with the cursor on *chosen* where it is among them."""
        self.find = _finding(papers.words)
        self.paper_list.show(papers, chosen, self._total(), self.find)
        self.say_where()
        if details:
            self.refresh_details()

    def _total(self) -> int:
        row = self.issue_list.current
        return row.papers or 0 if row else 0

    def say_where(self) -> None:
        """Show in the line on top and over the papers what these are, and how many."""
        row, total = self.issue_list.current, self._total()
        group = row.group if isinstance(row, IssueRow) else SEARCHES if type(row) is SearchRow else ""
        self.where.place = (shown(group) + " › " if group else "") + (label_of(row) if row else "")
        self.say_counts()
        self.papers_heading.say(*self.heading(total))
        there = bool(len(self.paper_list))
        self.notice.say(self.lessons() if there else self._notice(total))
        self.paper_list.display = there

    def say_counts(self) -> None:
        """Show in the line on top what is under way and how much is marked."""
        marked = self.desk.counts().marked
        counts = (self.reading, self.progress, f"◆ {marked:,} marked" if marked else "")
        self.where.counts = " · ".join(part for part in counts if part)

    def _notice(self, total: int) -> str:
        if self.words:
            return f"No paper here holds “{self.words}”.\n\n{self.way_back(total)}"
        if self.reading:
            return "Reading …"
        if isinstance(self.search, PlaceRow):
            keys = {id: self.key(id) for id in ("mark", "escape", "keep", "star")}
            return EMPTY[self.search.id].format(**keys)
        if self.search:
            return "No paper is found by this search now."
        said = [self.failure] if self.failure else []
        shelf = bool(self.desk.shelf())
        if self.issue:
            said += self._nothing_in_it()
        else:
            said.append("No issue on the rack names a paper." if shelf else "No digest is on the rack yet.")
        if not self.desk.counts().papers:
            said.append("\n".join(self.lesson()))
        if not shelf:
            said.append("paperrack demo  opens on sample digests.")
        return "\n\n".join(said)

    def _nothing_in_it(self) -> Iterator[str]:
        """Yield that the issue has no paper, and what it says instead, as much of that as is read in a notice."""
        issue = None
        with contextlib.suppress(PaperrackError):
            issue = self.desk.rack.issue(self.issue)
        yield "No paper of this issue is left." if issue and issue.entries else "This issue names no paper."
        text = shown(issue.introduction or "") if issue else ""
        if text:
            yield text if len(text) <= MOST_WORDS else f"{text[:MOST_WORDS].rsplit(' ', 1)[0]} …"

    def lessons(self) -> str:
        """Return what stands over the papers where there are some; when it changes, the panes are laid out anew."""
        return ""

    def lesson(self) -> tuple[str, ...]:
        """Return in three lines what to begin with."""
        key = self.keymap.key
        moving = f"{key('cursor-down')} {key('cursor-up')}"
        if not self.keymap.strokes["cursor-down"]:
            moving = f"{key('arrow-down')} {key('arrow-up')}"
        return (
            f"{key('add'):<5}  takes in a file, a folder, an address, a text",
            f"{moving:<5}  move · {key('mark')} marks · {key('copy-bibtex')} copies BibTeX",
            f"{key('help'):<5}  shows every key",
        )

    # The details

    def lay_out(self) -> None:
        """Show the panes that fit; details that nobody saw were not made, and are now."""
        super().lay_out()
        if self.due:
            self.refresh_details()

    def refresh_details(self, stay: bool = False) -> None:
        """Show the paper under the cursor; to *stay*, with the same text on top as before."""
        self.due = not self.details_pane.display
        if self.due:
            return
        self._shown_at = time.monotonic()
        self.details_heading.say("Details", f"{self.keymap.key('show-bibtex')} BibTeX")
        paper = self.current_paper()
        if paper is None:
            self.details.show(())
        else:
            key = self.desk.exporting.keys([paper.id])[paper.id]
            blocks = paper_text.details(paper, self.issue or None, key, self.look_up(paper))
            self.details.show(blocks, stay, self.find)

    def current_paper(self) -> Paper | None:
        """Return the paper under the cursor, or None where there is none (any more)."""
        name = self.paper_list.current
        try:
            return self.desk.rack.paper(self.desk.rack.canonical(name)) if name else None
        except KeyError:
            return None  # another program removed the issue that spoke of it

    def look_up(self, paper: Paper) -> LookUp:
        """Return how the look-up of *paper* stands."""
        raise NotImplementedError  # Looking knows

    @on(PaperList.Moved, "#papers")
    def _paper_moved(self) -> None:
        # A key that is held down moves the cursor faster than details can be read: they follow a little later.
        if time.monotonic() - self._shown_at > SOON:
            self.refresh_details()
        elif self._later is None:
            self.due = True
            self._later = self.set_timer(SOON, self._catch_up)

    def _catch_up(self) -> None:
        self._later = None
        if self.due:
            self.refresh_details()

    # What is told

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
            self.tell(f"{self.key('open')} opens the papers first.", "warning")
            return None
        return self.paper_list.current

    def tell(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader *sentence*; what stands in it is never markup."""
        if severity != "information":
            self._warned = time.monotonic()
        elif time.monotonic() - self._warned > PATIENCE:
            # One after the other: five in a pile would hide the papers. A warning stays until it was read.
            self.app.clear_notifications()
        else:
            for each in [one for one in self.app._notifications if one.severity == "information"]:
                self.app._unnotify(each, refresh=False)
        self.app.notify(sentence, severity=severity, markup=False, timeout=5 if severity == "information" else PATIENCE)


@lru_cache(maxsize=2)
def _finding(words: tuple[str, ...]) -> Find:
    """Return what finds *words* in a text; the same for the same words, so that nothing is laid out twice."""
    if not words:
        return nowhere
    return partial(listing.hits, words=words)
