"""Where the reader is: the list that is open, the paper that is current, and which papers words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.desk import Desk
from tui.desk.listing import SORTS, Listing, Sort
from tui.desk.marking import count
from tui.errors import UnknownError
from tui.model import FollowedSource, IssueRow, SavedSearch
from tui.text import clean, shown

_SPAN = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")

MEANT = "a number of the list, 3-7, 3,5, all, marked, or an id"
"""What names papers."""


class Reading:
    """A desk, and what of it is before the reader. Places in the list count from 0, numbers that are said from 1."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.issues: Sequence[IssueRow] = desk.shelf()
        self.saved: Sequence[SavedSearch] = ()
        self.sources: Sequence[FollowedSource] = ()
        self.papers: Listing = desk.listing(query="", marked=True)
        self.called = "Marked"
        self.issue: str | None = None
        self.place: int | None = None
        self.sort: Sort = "issue"
        self._query, self._marked = "", False

    # The list

    def open(self, called: str, issue: str | None = None, query: str = "", marked: bool = False) -> None:
        """Let the papers of *issue*, or those that *query* finds, or the marked ones be the list. Raises QueryError."""
        self.papers = self.desk.listing(issue, query, marked, self.sort)
        self.called, self.issue, self._query, self._marked = called, issue, query, marked
        self.place = None

    def open_issue(self, issue: str) -> None:
        """Let the papers of the issue with the id *issue* be the list."""
        self.open(shown(self.desk.issue(issue).title), issue)

    def sort_by(self, order: str) -> None:
        """Have this and every list in another order; the paper stays the current one. Raises UnknownError."""
        found = next((each for each in SORTS if each == order), None)
        if found is None:
            raise UnknownError(f"There is no order {clean(order, 40)!r}; there are {', '.join(SORTS)}.")
        current = None if self.place is None else self.papers[self.place]
        self.sort = found
        self.open(self.called, self.issue, self._query, self._marked)
        if current is not None and current in self.papers:
            self.place = self.papers.index(current)

    def renew(self) -> None:
        """Take in what other programs changed, and read rows anew."""
        self.desk.marking.sync()
        self.papers.forget()

    @property
    def head(self) -> str:
        """What the list is, in a sentence."""
        fixed = ", ".join(f"{other} is searched for instead of {word}" for word, other in self.papers.corrected.items())
        hint = f" {self.papers.hint}" if self.papers.hint else ""
        return f"{self.called}: {count(len(self.papers), 'paper')}{f'; {fixed}' if fixed else ''}.{hint}"

    # The paper

    def current(self) -> str:
        """Return the paper that the reader is at. Raises UnknownError before the first one."""
        if self.place is None:
            raise UnknownError("No paper is current yet; say the number of one, or next.")
        return self._now(self.papers[self.place])

    def _now(self, name: str) -> str:
        """Return what a paper of the list goes by now. Raises UnknownError where another program took it away."""
        now = self.desk.rack.canonical(name)
        if now not in self.desk.rack:
            raise UnknownError("A paper of this list is gone by now; open says what is there.")
        return now

    def move(self, by: int) -> None:
        """Go so many papers on, or back. Raises UnknownError at the ends of the list."""
        first = 0 if by > 0 else len(self.papers)
        place = first + by - 1 if self.place is None and by > 0 else (first if self.place is None else self.place) + by
        if not 0 <= place < len(self.papers):
            end = "last" if by > 0 else "first"
            raise UnknownError(f"That was the {end} paper of {self.called}." if len(self.papers) else self.head)
        self.place = place

    def next_unread(self) -> bool:
        """Go to the next unread paper of the list, else of the next issue that has one; return whether there is one."""
        triaging = self.desk.triaging
        place = triaging.next_unread(self.papers, -1 if self.place is None else self.place)
        if place is None and (row := triaging.next_issue(self.issue or "")) is not None:
            self.open_issue(row.id)
            place = triaging.next_unread(self.papers, -1)
        self.place = self.place if place is None else place
        return place is not None

    # What words mean

    def span(self, words: str) -> range:
        """Return the places that ``3-7`` means, either way round, or ``3``, to the end. Raises UnknownError."""
        matched = _SPAN.fullmatch(words.replace(" ", ""))
        if not matched:
            raise UnknownError(f"{clean(words, 40)!r} is no number of the list; say 3, or 3-7.")
        first, last = int(matched[1]), int(matched[2] or max(len(self.papers), int(matched[1])))
        first, last = min(first, last), max(first, last)
        self._check(first)
        return range(first - 1, min(last, len(self.papers)))

    def chosen(self, words: str) -> list[str]:
        """Return the papers that *words* name, else all that are marked, else the current one. Raises UnknownError."""
        return self.named(words) or list(self.desk.marked()) or [self.current()]

    def named_or_current(self, words: str) -> list[str]:
        """Return the papers that *words* name, else the current one. Raises UnknownError."""
        return self.named(words) or [self.current()]

    def named(self, words: str) -> list[str]:
        """Return the papers that *words* name, each once, none for no words. Raises UnknownError."""
        return list(dict.fromkeys(name for word in words.replace(",", " ").split() for name in self._named(word)))

    def _named(self, word: str) -> Iterator[str]:
        if word == "all":
            yield from self.papers
        elif word == "marked":
            yield from self.desk.marked()
        elif matched := _SPAN.fullmatch(word):
            first, last = int(matched[1]), int(matched[2] or matched[1])
            for number in (first, last):
                self._check(number)
            yield from map(self._now, self.papers[min(first, last) - 1 : max(first, last)])
        else:
            yield self.desk.paper(word).id

    def _check(self, number: int) -> None:
        if not 1 <= number <= len(self.papers):
            raise UnknownError(f"There is no number {number:,}: {self.called} has {count(len(self.papers), 'paper')}.")

    def split(self, words: str) -> tuple[list[str], str]:
        """Return the papers that the first of *words* names, else the current one, and the rest of them."""
        first, _, rest = words.partition(" ")
        if first in ("all", "marked") or ":" in first or re.fullmatch(r"\d[\d,-]*", first):
            return self.named(first), rest.strip()
        return [self.current()], words
