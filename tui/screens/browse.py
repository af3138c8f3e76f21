"""The screen that paperrack is: what is read, filtered and sorted now, and what the reader does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on, work
from textual.notifications import SeverityLevel
from textual.widgets import Input
from textual.worker import Worker, WorkerState, get_current_worker

from tui.desk import Desk, Taken, listing, summary
from tui.desk.intake import Source
from tui.errors import PaperrackError
from tui.model import IssueRow
from tui.screens.copying import Copying
from tui.text import shown
from tui.widgets import paper_text
from tui.widgets.issue_list import IssueList, label_of
from tui.widgets.paper_list import PaperList, Row

ALL = ""
"""What stands for all papers where an issue's id could."""

CHUNK = 400
"""Papers that a filter looks through before it lets a key in."""


class Browse(Copying):
    """Issues, papers and details of one library."""

    def __init__(self, desk: Desk, words: Sequence[str] = (), format: str | None = None) -> None:
        super().__init__(desk)
        self._words = words
        self._format = format
        self.issue: str = ALL
        self.sort: listing.Sort = "issue"
        self.query_words = ""
        self.reading = ""
        self.failure = ""
        self.bibtex_shown = False

    def on_mount(self) -> None:
        """Show the library as it is, then take in what was named on the command line."""
        self.desk.library.on_error = self._not_saved
        self.filter.display = False
        newest = next(iter(self.desk.shelf()), None)
        self.issue = newest.id if newest else ALL
        self.refresh_issues(details=False)
        self.go_to("papers")
        # What an export needs is loaded after the first picture is out.
        self.call_after_refresh(self.refresh_details)
        if self._words:
            self.take_in(self._words, quiet=True)

    def _not_saved(self, sentence: str) -> None:
        self.app.call_from_thread(self.tell, sentence, "error")

    # What is shown

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
        marked = len(self.desk.marked())
        self.where.counts = " · ".join(
            part for part in (self.reading, f"◆ {marked:,} marked" if marked else "") if part
        )
        shown_of = f"{len(rows):,} of {total:,}" if self.query_words else f"{total:,}"
        order = "" if self.sort == "issue" else f" · {'unread first' if self.sort == 'unread' else 'by ' + self.sort}"
        unread = sum(not self.desk.rack.marks(row.paper).read for row in rows)
        self.papers_heading.say(f"Papers  {shown_of}", f"{unread:,} unread{order}")
        self.notice.say(self._notice(bool(rows), total))
        self.paper_list.display = bool(rows)

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

    def refresh_details(self) -> None:
        """Show the paper under the cursor, as words or as BibTeX."""
        name = self.paper_list.current
        if self.bibtex_shown:
            self.details_heading.say("BibTeX, as it would be copied", "B details")
        else:
            self.details_heading.say("Details", "B BibTeX")
        if name is None:
            self.details.show(())
        elif self.bibtex_shown:
            taken = self.desk.exporting.export([name])
            self.details.show(paper_text.bibtex(taken.text, (*taken.failures, *taken.warnings)))
        else:
            paper = self.desk.rack.paper(name)
            key = self.desk.exporting.keys([name])[name]
            self.details.show(paper_text.details(paper, self.issue or None, key))

    @on(IssueList.Moved, "#issues")
    def _issue_moved(self) -> None:
        row = self.issue_list.current
        if row is not None and row.id != self.issue:
            self.issue = row.id
            self.refresh_papers()

    @on(PaperList.Moved, "#papers")
    def _paper_moved(self) -> None:
        self.refresh_details()

    @on(PaperList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Go from the issue to its papers, from the paper to its details."""
        self.go_to("papers" if self.pane == "issues" else "details")

    def action_issue(self, by: int) -> None:
        """Go to the issue above or below in the list, with its papers."""
        self.issue_list.move(by)

    def show_issue(self, issue: str) -> None:
        """Show the papers of *issue*."""
        self.issue = issue
        self.refresh_issues()
        self.go_to("papers")

    def action_bibtex(self) -> None:
        """Show the entry as it would be copied, or the details again."""
        self.bibtex_shown = not self.bibtex_shown
        self.refresh_details()
        if self.where.alone:
            self.go_to("details")

    # Filter and order

    def action_filter(self) -> None:
        """Open the field; from this key on, letters are written into it."""
        self.pane = "papers"
        self.lay_out()
        self.filter.display = True
        self.set_focus(self.filter)

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        self.query_words = event.value.strip()
        self.refresh_papers()

    @on(Input.Submitted, "#filter")
    def _filter_submitted(self) -> None:
        self.filter.display = bool(self.query_words)
        self.go_to("papers")

    def action_sort(self) -> None:
        """Take the next order."""
        self.sort = listing.SORTS[(listing.SORTS.index(self.sort) + 1) % len(listing.SORTS)]
        self.refresh_papers()

    def action_escape(self) -> None:
        """Leave a prefix, else the filter, else clear the marks."""
        if self.prefixed:
            self.leave_prefix()
        elif self.filter.display:
            self.query_words = ""
            self.filter.value = ""
            self.filter.display = False
            self.go_to("papers")
            self.refresh_papers()
        elif marked := self.desk.marked():
            self.desk.marking.mark(marked, False)
            self.tell(f"{len(marked):,} cleared, u restores.")
            self.refresh_marks()

    # Marks

    def refresh_marks(self) -> None:
        """Show changed marks where papers are listed; nothing moves."""
        self.paper_list.repaint()
        rows = self.desk.shelf()
        self.issue_list.show(rows, self._everything(rows), self.issue)
        self._say_where()

    def action_mark(self) -> None:
        """Mark the paper, or take its mark away, and go to the next."""
        if name := self.paper_list.current:
            self.desk.marking.mark([name], not self.desk.rack.marks(name).marked)
            if self.pane == "papers":
                self.paper_list.move(1)
            self.refresh_marks()

    def action_mark_all(self) -> None:
        """Mark every paper that the list shows."""
        count = self.desk.marking.mark([row.paper for row in self.paper_list.rows])
        self.tell(f"{count:,} marked, {len(self.desk.marked()):,} in all." if count else "All of these are marked.")
        self.refresh_marks()

    def action_read(self) -> None:
        """Make the paper read, or new again."""
        if name := self.paper_list.current:
            self.desk.marking.mark_read([name], not self.desk.rack.marks(name).read)
            self.refresh_marks()

    def action_undo(self) -> None:
        """Take the last change back."""
        label = self.desk.marking.undo()
        self.tell(f"Undone: {label}." if label else "There is nothing to undo.")
        self.refresh_marks()

    def action_redo(self) -> None:
        """Do the change again that was undone."""
        label = self.desk.marking.redo()
        self.tell(f"Done again: {label}." if label else "There is nothing to do again.")
        self.refresh_marks()

    # Taking in

    def action_add(self) -> None:
        """Ask for a digest."""
        from tui.screens.add import Add

        def take(words: str | Source | None) -> None:
            if isinstance(words, str):
                self.take_in([words])
            elif words is not None:
                self._report([words], [self.desk.take(words, place) for place in range(len(words.issues))], False)

        self.app.push_screen(Add(self.desk), take)

    @work(group="reading", exit_on_error=False)
    async def take_in(self, words: Sequence[str], quiet: bool = False) -> None:
        """Take in what *words* name; *quiet* says only what went wrong."""
        self.reading = "reading …"
        self._say_where()
        sources: list[Source] = []
        taken: list[Taken] = []
        worker = get_current_worker()
        reading = self.desk.read(words, self._format)
        while not worker.is_cancelled and (source := await asyncio.to_thread(next, reading, None)) is not None:
            sources.append(source)
            taken += [self.desk.take(source, place) for place in range(len(source.issues))]
            self.reading = f"reading … {len(sources):,}"
            self._say_where()
        self.reading = ""
        self._report(sources, taken, quiet)

    def _report(self, sources: Sequence[Source], taken: Sequence[Taken], quiet: bool) -> None:
        """Show what was taken in, the newest of it first, and say in one sentence what that changed."""
        for source in sources:
            if source.error:
                self.failure = source.error
                self.tell(source.error, "error")
        if taken and not quiet:
            self.tell(summary(taken))
        shelf = {row.id: place for place, row in enumerate(self.desk.shelf())}
        newest = min((each.issue.id for each in taken), key=lambda name: shelf.get(name, len(shelf)), default=None)
        self.issue = newest or self.issue
        self.refresh_issues()
        if newest:
            self.paper_list.move_to(0)

    def tell(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader *sentence*; what stands in it is never markup."""
        self.app.notify(sentence, severity=severity, markup=False, timeout=10 if severity == "error" else 5)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say when something that ran beside the keyboard failed in a way that nobody foresaw."""
        if event.state is WorkerState.ERROR:
            self.reading = ""
            self.tell(f"That failed: {type(event.worker.error).__name__}: {event.worker.error}", "error")

    # The rest

    def action_browser(self) -> None:
        """Open the paper's page in the browser."""
        if name := self.paper_list.current:
            self._open(name)

    @work(group="browser", exit_on_error=False)
    async def _open(self, name: str) -> None:
        try:
            address = await asyncio.to_thread(self.desk.exporting.open, name)
        except PaperrackError as error:
            self.tell(str(error), "error")
        else:
            self.tell(f"Opened {paper_text.host_of(address)}.")

    def action_help(self) -> None:
        """Show every key."""
        from tui.screens.help import Help

        self.app.push_screen(Help())

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()

    def action_interrupt(self) -> None:
        """Say how to quit: ctrl+c is struck by habit."""
        self.tell("q quits paperrack.")
