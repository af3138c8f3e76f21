"""The order in which issues and papers are shown, and which papers a query leaves."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any, get_args, overload

from tui.catalogue import Catalogue
from tui.catalogue.schema import ORDERS
from tui.identifiers import link_to
from tui.model import IssueRow, Paper, PaperRow
from tui.searching.orders import Sort as Sort

SORTS: tuple[Sort, ...] = get_args(Sort)

PAGE = 128
"""Papers whose rows are fetched at a time."""

PAGES = 8
"""Pages that are kept."""

NONE: Mapping[str, str] = MappingProxyType({})


class Listing(Sequence[str]):
    """Papers in an order, as their ids: what of it is looked at is fetched from the catalogue, a page at a time.

    *nums* are the papers' numbers there, *places* what stands before each row (from 1), where that is not its place
    in the list. ``words`` are those that a search found them by, ``corrected`` what it took for a misspelt word,
    ``hint`` what of the search is not finished, in a sentence.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        nums: array[int],
        places: Sequence[int] | None = None,
        words: tuple[str, ...] = (),
        corrected: Mapping[str, str] = NONE,
        hint: str = "",
    ) -> None:
        self.hint = hint
        self.words = words
        self.corrected = corrected
        self._catalogue = catalogue
        self._nums = nums
        self._places = places
        self._pages: dict[int, list[PaperRow]] = {}

    @property
    def nums(self) -> array[int]:
        """The papers' numbers in the catalogue, in order."""
        return self._nums

    def __len__(self) -> int:
        return len(self._nums)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return tuple(self._ids(self._nums[index]))
        place = range(len(self._nums))[index]
        known = self._pages.get(place // PAGE)
        return known[place % PAGE].id if known else self._catalogue.papers.name(self._nums[place])

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self._nums), 1000):
            yield from self._ids(self._nums[start : start + 1000])

    def _ids(self, nums: array[int]) -> list[str]:
        return self._catalogue.papers.names(nums)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(other) == len(self)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return id(self)

    def __contains__(self, name: object) -> bool:
        num = self._catalogue.papers.number(name) if isinstance(name, str) else None
        return num is not None and num in self._nums

    def index(self, name: str, start: int = 0, stop: int | None = None) -> int:
        """Return the place of the paper called *name*. Raises ValueError where it is not in the list."""
        num = self._catalogue.papers.number(name)
        if num is None:
            raise ValueError(f"{name} is not in the list")
        return self._nums.index(num, start, len(self._nums) if stop is None else stop)

    def row(self, index: int) -> PaperRow:
        """Return the row at *index* (from 0) as it was when its page was fetched."""
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            if len(self._pages) >= PAGES:
                self._pages.pop(next(iter(self._pages)))
            page = self._pages[number] = self._page(number)
        return page[place]

    def _page(self, number: int) -> list[PaperRow]:
        nums = self._nums[number * PAGE : (number + 1) * PAGE]
        rows = self._catalogue.papers.rows(nums)
        gone = PaperRow("", "", titled=False)
        return [rows.get(num, gone) for num in nums]

    def position(self, index: int) -> int:
        """Return what stands before the row: its place in the issue, else in this list (from 1)."""
        return self._places[index] if self._places is not None else index + 1

    def forget(self) -> None:
        """Fetch rows anew: what they show changed."""
        self._pages.clear()

    def __repr__(self) -> str:
        return f"Listing of {len(self):,} papers"


def everything(catalogue: Catalogue, sort: Sort = "issue", marked: bool = False) -> Listing:
    """Return all papers, or all that are marked; the newest first, where no other order is asked for."""
    which = "marked AND listed" if marked else "listed"
    order = f"SELECT num FROM papers WHERE {which} ORDER BY {ORDERS[sort]} LIMIT -1"  # noqa: S608 - our own words
    # As one text: stepping through 100,000 rows takes longer than finding them.
    found = catalogue.store.one(f"SELECT group_concat(num) FROM ({order})")  # noqa: S608 - our own words
    return Listing(catalogue, array("q", map(int, found.split(","))) if found else array("q"))


def of_issue(catalogue: Catalogue, issue: int, sort: Sort = "issue", marked: bool = False) -> Listing:
    """Return the papers of the issue with that number in the catalogue, in its order where no other is asked for."""
    which = "AND p.marked" if marked else ""
    order = "place_there" if sort == "issue" else ", ".join(f"p.{part}" for part in ORDERS[sort].split(", "))
    # An order that leaves two papers alike leaves them as the issue has them.
    rows = catalogue.store.execute(
        "SELECT p.num, min(e.position) AS place_there FROM entries e JOIN papers p ON p.num = e.paper"  # noqa: S608 - our own words
        f" WHERE e.issue = ? AND p.listed {which} GROUP BY p.num ORDER BY {order}, place_there",
        (issue,),
    ).fetchall()
    return Listing(catalogue, array("q", (num for num, _ in rows)), array("q", (place for _, place in rows)))


def places_in(catalogue: Catalogue, issue: int) -> list[tuple[int, int]]:
    """Return each paper of the issue with that number in the catalogue, with its place (from 1) there."""
    rows = catalogue.store.execute("SELECT paper, min(position) FROM entries WHERE issue = ? GROUP BY paper", (issue,))
    return rows.fetchall()


def hits(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where (start, end) *words*, as a listing has them, stand in *text*."""
    from tui.searching.hits import hits as found

    return found(text, words)


class Shelf:
    """The issues as a list shows them: grouped, the group with the newest issue first; made anew when they changed.

    A row that is as it was stays the same object: whoever shows it sees at a glance that it did not change.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: tuple[IssueRow, ...] = ()
        self._places: dict[str, int] = {}
        self._known: dict[tuple[Any, ...], IssueRow] = {}
        self._state: tuple[int, int] | None = None
        self._when = -1

    def rows(self) -> tuple[IssueRow, ...]:
        """Return a row an issue."""
        now = self._catalogue.store.changes
        if now != self._when:
            before, self._state = self._state, self._catalogue.issues.state()
            if before is None or before[0] != self._state[0]:
                self._made = self._fresh()
                self._places = {row.id: place for place, row in enumerate(self._made)}
            elif before != self._state:
                self._count(before[1])
            self._when = now
        return self._made

    def _count(self, since: int) -> None:
        """Let rows say what was counted *since*: most changes are a paper's that is read now."""
        made = list(self._made)
        for name, papers, unread in self._catalogue.issues.counted(since):
            place = self._places[name]
            if (made[place].papers, made[place].unread) != (papers, unread):
                made[place] = made[place]._replace(papers=papers, unread=unread)
        self._made = tuple(made)

    def _fresh(self) -> tuple[IssueRow, ...]:
        self._known = self._catalogue.issues.rows(self._known)
        groups: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for facts in self._known:
            groups[facts[2]].append(facts)
        for facts_of in groups.values():
            facts_of.sort(key=itemgetter(0), reverse=True)
        newest_first = sorted(sorted(groups), key=lambda group: groups[group][0][0], reverse=True)
        return tuple(self._known[facts] for group in newest_first for facts in groups[group])


def page_of(paper: Paper) -> str | None:
    """Return the address of the paper's page: by its strongest identifier, else the first link that is its own."""
    for scheme, value in paper.identifiers.items():
        if address := link_to(scheme, value):
            return address
    for rel in ("paper", "pdf", "project", "code", "other", "post"):
        for link in paper.links:
            if link.rel == rel:
                return link.url
    return None
