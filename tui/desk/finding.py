"""Issues and papers found: by words that name one, as lists in an order, and by searching."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.desk import listing
from tui.desk.identity import Identity
from tui.desk.listing import Listing, Shelf, Sort
from tui.desk.rack import Rack
from tui.errors import DamagedIndexError, UnknownError
from tui.model import Issue, IssueRow, Paper, PaperRow
from tui.searching.orders import Orders

if TYPE_CHECKING:
    import sqlite3


class Counts(NamedTuple):
    """How many papers there are, and how many of them are unread, marked, starred, and to be read."""

    papers: int
    unread: int
    marked: int
    starred: int
    to_read: int


class Finding:
    """What there is in the library; *anew* makes a catalogue anew that turns out to be damaged."""

    def __init__(self, rack: Rack, anew: Callable[[], object]) -> None:
        self.rack = rack
        self.catalogue = rack.catalogue
        self.identity = Identity(rack)
        self._anew = anew
        self._shelf = Shelf(rack.catalogue)
        self._orders = Orders()
        self._finding: sqlite3.Connection | None = None

    def issue(self, words: str) -> Issue:
        """Return the issue whose id, or start of it, *words* are, without its entries and text.

        :meth:`tui.desk.rack.Rack.issue` has it whole. Raises UnknownError where none or several fit.
        """
        words = _sayable(words)
        found = (words,) if self.rack.has_issue(words) else self.rack.issue_ids(words) if words else ()
        if len(found) == 1:
            return self.rack.head_of(found[0])
        raise UnknownError(_no_single("issue", words, found))

    def paper(self, words: str) -> Paper:
        """Return the paper that *words* name (CLI.md). Raises UnknownError where they fit none or several."""
        words = _sayable(words)
        found = self.identity.resolve(words)
        if len(found) == 1:
            return self.rack.paper(found[0])
        if not found and self.rack.marks(self.rack.canonical(words.strip())).removed:
            raise UnknownError(f"{words!r} was removed; paperrack restore brings it back.")
        raise UnknownError(_no_single("paper", words, found))

    def removed(self) -> tuple[PaperRow, ...]:
        """Return the papers that the reader removed, by id, as lists would show them."""
        papers = self.catalogue.papers
        nums = [num for name in sorted(self.catalogue.kept.removed()) if (num := papers.number(name)) is not None]
        rows = papers.rows(nums)
        return tuple(rows[num] for num in nums)

    def shelf(self) -> tuple[IssueRow, ...]:
        """Return the issues as a list shows them: grouped by series, the group with the newest issue first."""
        return self._shelf.rows()

    def counts(self) -> Counts:
        """Return how many papers are listed, and what of them the reader chose."""
        return Counts(*self.catalogue.papers.totals())

    def listing(self, issue: str | None = None, query: str = "", marked: bool = False, sort: Sort = "issue") -> Listing:
        """Return the papers of one issue, or of all, that *query* finds, sorted; it may run in a thread.

        With a query and no other order asked for, the best hits come first. Raises QueryError where the query means
        nothing, UnknownError where there is no such issue, and OutdatedError where :meth:`interrupt` was called.
        """
        try:
            return self._listing(issue, query, marked, sort)
        except DamagedIndexError:
            # It is derived, so another one is as good.
            self._anew()
            return self._listing(issue, query, marked, sort)

    def _listing(self, issue: str | None, query: str, marked: bool, sort: Sort) -> Listing:
        num = self.catalogue.issues.number(self.issue(issue).id) if issue else None
        if issue is None and query.strip() == "is:marked":
            return listing.everything(self.catalogue, sort, True)  # an index has them
        if query.strip():
            return self._found(query, num, marked, sort)
        if num is not None:
            return listing.of_issue(self.catalogue, num, sort, marked)
        return listing.everything(self.catalogue, sort, marked)

    papers = listing

    def _found(self, query: str, issue: int | None, marked: bool, sort: Sort) -> Listing:
        from tui.searching.finding import find
        from tui.searching.query import parse

        places = dict(listing.places_in(self.catalogue, issue)) if issue is not None else None
        asked = parse(query)
        with self.catalogue.store.reading() as finding:
            self._finding = finding
            try:
                found = find(finding, asked, issue=issue, marked=marked, sort=sort, orders=self._orders)
            finally:
                if self._finding is finding:
                    self._finding = None
        there = array("q", (places.get(num, 0) for num in found.nums)) if places is not None else None
        return Listing(self.catalogue, found.nums, there, found.words, found.corrected, asked.hint)

    def make_ready(self, goes_on: Callable[[], bool]) -> None:
        """Read what a search will need, before one is asked for; it may run in a thread.

        It ends early where *goes_on*, asked now and then, says so. Raises OutdatedError where :meth:`interrupt` was
        called.
        """
        from tui.searching.looking_up import make_ready

        with self.catalogue.store.reading() as finding:
            self._finding = finding
            try:
                make_ready(finding, self._orders, goes_on)
            finally:
                if self._finding is finding:
                    self._finding = None

    def interrupt(self) -> None:
        """Give up the search that runs in another thread; it raises OutdatedError there."""
        if (finding := self._finding) is not None:
            finding.interrupt()

    def marked(self) -> Listing:
        """Return the marked papers, in whatever issue they are."""
        return listing.everything(self.catalogue, marked=True)


def _sayable(words: str) -> str:
    """Return *words* without what no index can be asked: halves of pairs, by which Python gives bytes of no UTF-8."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _no_single(kind: str, words: str, found: Sequence[str]) -> str:
    if not found:
        return f"There is no {kind} called {words!r} in the library."
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return f"{words!r} could be {len(found)} {kind}s: {_listed(found[:3])}{more}."
