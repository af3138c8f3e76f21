"""What the reader chooses: issue and paper, filter and order, marks and reading states."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from tui.desk import listing
from tui.screens.copying import Copying
from tui.widgets.paper_list import PaperList


class Choosing(Copying):
    """The keys that choose, on top of those that copy."""

    @on(PaperList.Chosen)
    def _row_chosen(self) -> None:
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

    def action_filter(self) -> None:
        """Open the field; from this key on, letters are written into it."""
        self.pane = "papers"
        self.lay_out()
        self.filter.display = True
        self.set_focus(self.filter)
        self._say_where()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        self.query_words = event.value.strip()
        self.refresh_papers()

    @on(Input.Submitted, "#filter")
    def _filter_submitted(self) -> None:
        self.filter.display = bool(self.query_words)
        self.go_to("papers")
        self._say_where()

    def action_sort(self) -> None:
        """Take the next order."""
        self.sort = listing.SORTS[(listing.SORTS.index(self.sort) + 1) % len(listing.SORTS)]
        orders = {"issue": "in the issue's order", "unread": "unread first"}
        self.tell(f"Sorted {orders.get(self.sort, 'by ' + self.sort)}.")
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
            with self.telling():
                self.desk.marking.mark(marked, False)
                self.tell(f"{len(marked):,} cleared, u restores.")
            self.refresh_marks()

    def refresh_marks(self) -> None:
        """Show changed marks where papers are listed; nothing moves."""
        self.paper_list.repaint()
        rows = self.desk.shelf()
        self.issue_list.show(rows, self._everything(rows), self.issue)
        self._say_where()

    def action_mark(self) -> None:
        """Mark the paper, or take its mark away, and go to the next."""
        if name := self.seen():
            with self.telling():
                self.desk.marking.mark([name], not self.desk.rack.marks(name).marked)
            if self.pane == "papers":
                self.paper_list.move(1)
            self.refresh_marks()

    def action_mark_all(self) -> None:
        """Mark every paper that the list shows."""
        if not self.paper_list.rows:
            self.tell("There is no paper to mark.", "warning")
            return
        with self.telling():
            count = self.desk.marking.mark([row.paper for row in self.paper_list.rows])
            self.tell(f"{count:,} marked, {len(self.desk.marked()):,} in all." if count else "All of these are marked.")
        self.refresh_marks()

    def action_read(self) -> None:
        """Make the paper read, or new again."""
        if name := self.seen():
            with self.telling():
                self.desk.marking.mark_read([name], not self.desk.rack.marks(name).read)
            self.refresh_marks()

    def action_undo(self) -> None:
        """Take the last change back."""
        with self.telling():
            label = self.desk.marking.undo()
            self.tell(f"Taken back: {label}." if label else "There is nothing to undo.")
        self._refresh_decided()

    def action_redo(self) -> None:
        """Do the change again that was undone."""
        with self.telling():
            label = self.desk.marking.redo()
            self.tell(f"Done again: {label}." if label else "There is nothing to do again.")
        self._refresh_decided()

    def _refresh_decided(self) -> None:
        # It may have been a choice of the reader's, which the details show.
        self.refresh_marks()
        self.refresh_details(stay=True)
