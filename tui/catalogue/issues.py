"""Issues in the catalogue: their heads, which papers their entries speak of, and how many of these are unread."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tui.catalogue.statements import portions
from tui.catalogue.store import Store
from tui.frozen import dataclass
from tui.identifiers import same_address
from tui.library.contents import IssueContents
from tui.model import Issue, IssueRow
from tui.shapes import plain, restore
from tui.text import fold

_BODY = {"entries": (), "text": "", "introduction": None, "warnings": ()}
"""What of an issue stays in its file."""

_NONE: Mapping[tuple[Any, ...], IssueRow] = MappingProxyType({})


@dataclass(frozen=True)
class Place:
    """Where an entry lies: the issue's number and file, its position there (from 1), and its bytes in the file."""

    issue: int
    file: str
    position: int
    start: int
    length: int


class Issues:
    """The table of issues, and that of their entries."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, found: IssueContents, papers: Sequence[tuple[int, int]]) -> set[int]:
        """Hold the issue that was *found*, whose entries speak of *papers* (number as stated, number by now).

        Returns the numbers of all papers that it spoke of before or speaks of now.
        """
        issue = found.issue
        head = json.dumps(plain(dataclasses.replace(issue, **_BODY)), ensure_ascii=False)  # type: ignore[arg-type]  # the values are those of the fields
        address = same_address(issue.address) if issue.address else None
        named = (group_of(issue), issue.title, issue.number, issue.date)
        row = (found.file, head, *named, ranking(issue), address, issue.series, numbered(issue))
        with self._store.change() as connection:
            num = self.number(issue.id)
            touched: set[int] = set()
            if num is None:
                cursor = connection.execute(
                    "INSERT INTO issues (id, file, head, grp, title, number, date, ranking, address, series, numbered)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (issue.id, *row),
                )
                num = int(cursor.lastrowid or 0)
            else:
                connection.execute(
                    "UPDATE issues SET file = ?, head = ?, grp = ?, title = ?, number = ?, date = ?, ranking = ?,"
                    " address = ?, series = ?, numbered = ? WHERE num = ?",
                    (*row, num),
                )
                touched = self._take_out(num)
            connection.executemany(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (num, position, stated, paper, *place)
                    for position, ((stated, paper), place) in enumerate(zip(papers, found.places, strict=True), 1)
                ],
            )
        return touched | {paper for _, paper in papers}

    def _take_out(self, num: int) -> set[int]:
        touched = {paper for (paper,) in self._store.execute("SELECT paper FROM entries WHERE issue = ?", (num,))}
        self._store.execute("DELETE FROM entries WHERE issue = ?", (num,))
        return touched

    def remove(self, issue_id: str) -> set[int]:
        """Forget the issue, and return the numbers of the papers that it spoke of."""
        with self._store.change() as connection:
            num = self.number(issue_id)
            if num is None:
                return set()
            touched = self._take_out(num)
            connection.execute("DELETE FROM issues WHERE num = ?", (num,))
        return touched

    def number(self, issue_id: str) -> int | None:
        """Return the number of the issue, or None where it is not here."""
        found: int | None = self._store.one("SELECT num FROM issues WHERE id = ?", (issue_id,))
        return found

    def in_file(self, file: str) -> tuple[str, ...]:
        """Return the ids of the issues that were read from *file*: one at most, but for a stranger's library."""
        return tuple(name for (name,) in self._store.execute("SELECT id FROM issues WHERE file = ?", (file,)))

    def file_of(self, issue_id: str) -> str | None:
        """Return the file that the issue lies in, or None where it is not here."""
        found: str | None = self._store.one("SELECT file FROM issues WHERE id = ?", (issue_id,))
        return found

    def ids(self, start: str = "", most: int | None = None) -> tuple[str, ...]:
        """Return the ids of the issues that begin with *start*, sorted, *most* of them."""
        end = start + chr(0x10FFFF)
        rows = self._store.execute(
            "SELECT id FROM issues WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            (start, end, -1 if most is None else most),
        )
        return tuple(name for (name,) in rows)

    def heads(self, nums: Iterable[int]) -> dict[int, Issue]:
        """Return issues by their numbers, without entries, text, introduction and warnings."""
        found = {}
        for num in nums:
            head = self._store.one("SELECT head FROM issues WHERE num = ?", (num,))
            if head is not None:
                found[num] = restore(Issue, {"entries": (), **json.loads(head)})
        return found

    def places(self, papers: Sequence[int]) -> dict[int, list[Place]]:
        """Return where issues speak of the papers, in no order."""
        found: dict[int, list[Place]] = {paper: [] for paper in papers}
        for some, marks in portions(list(found)):
            rows = self._store.execute(
                "SELECT e.paper, e.issue, i.file, e.position, e.start, e.length"  # noqa: S608 - question marks alone
                f" FROM entries e JOIN issues i ON i.num = e.issue WHERE e.paper IN ({marks})",
                some,
            )
            for row in rows:
                found[row[0]].append(Place(*row[1:]))
        return found

    def order(self, issue_id: str) -> tuple[str, ...]:
        """Return the id of the paper that each entry of the issue speaks of, in order."""
        rows = self._store.execute(
            "SELECT p.id FROM issues i JOIN entries e ON e.issue = i.num JOIN papers p ON p.num = e.paper"
            " WHERE i.id = ? ORDER BY e.position",
            (issue_id,),
        )
        return tuple(name for (name,) in rows)

    def akin(self, issue: Issue, papers: Collection[int]) -> tuple[str, ...]:
        """Return the ids of the issues that could be another edition of *issue*, which speaks of *papers*.

        They share its address, its series and number, or a paper; one that names no paper, the title and the date.
        """
        found: dict[str, None] = {}
        if not papers and not issue.entries:
            statement = "SELECT id FROM issues WHERE papers = 0 AND title = ? AND date IS ?"
            found.update((name, None) for (name,) in self._store.execute(statement, (issue.title, issue.date)))
        if issue.address:
            rows = self._store.execute("SELECT id FROM issues WHERE address = ?", (same_address(issue.address),))
            found.update((name, None) for (name,) in rows)
        if key := numbered(issue):
            rows = self._store.execute("SELECT id FROM issues WHERE numbered = ?", (key,))
            found.update((name, None) for (name,) in rows)
        nums: set[int] = set()
        for some, marks in portions(list(papers)):
            rows = self._store.execute(f"SELECT DISTINCT issue FROM entries WHERE paper IN ({marks})", some)  # noqa: S608 - question marks alone
            nums.update(num for (num,) in rows)
        names = (self._store.one("SELECT id FROM issues WHERE num = ?", (num,)) for num in sorted(nums))
        found.update((name, None) for name in names)
        return tuple(found)

    def recount(self, papers: Iterable[int] = (), issues: Iterable[int] = ()) -> None:
        """Count anew the papers of *issues*, and of all issues that speak of *papers*."""
        with self._store.change() as connection:
            nums = set(issues)
            for paper in papers:
                nums.update(num for (num,) in connection.execute("SELECT issue FROM entries WHERE paper = ?", (paper,)))
            if not nums:
                return
            connection.execute("UPDATE totals SET counted = counted + 1")
            connection.executemany(
                "UPDATE issues SET counted = (SELECT counted FROM totals),"
                " (papers, unread) = (SELECT count(*), coalesce(sum(unread), 0) FROM papers"
                " WHERE listed AND num IN (SELECT paper FROM entries WHERE issue = issues.num)) WHERE num = ?",
                [(num,) for num in nums],
            )

    def rows(self, known: Mapping[tuple[Any, ...], IssueRow] = _NONE) -> dict[tuple[Any, ...], IssueRow]:
        """Return every issue as a list shows it, by all that is asked of it, what ranks it (the newest is the greatest)
        before its id and its group; what is *known* already is not made anew.
        """
        rows = self._store.execute("SELECT ranking, id, grp, title, number, date, papers, unread FROM issues")
        return {row: known.get(row) or IssueRow._make(row[1:]) for row in rows}

    def state(self) -> tuple[int, int]:
        """Return two numbers: the first is another one whenever :meth:`rows` gives more than other counts, the second
        is greater whenever it gives other counts.
        """
        shelved, counted = self._store.execute("SELECT shelved, counted FROM totals").fetchone()
        return shelved, counted

    def counted(self, since: int) -> list[tuple[str, int, int]]:
        """Return id, papers and unread papers of those issues that were counted *since* the second of these numbers."""
        return self._store.execute("SELECT id, papers, unread FROM issues WHERE counted > ?", (since,)).fetchall()


def group_of(issue: Issue) -> str:
    """Return what the issue is grouped under: its series, else its kind."""
    return issue.series or issue.kind or issue.format


def ranking(issue: Issue) -> str:
    """Return a text that sorts issues as :attr:`Issue.order` does."""
    date, digits, taken = issue.order
    # A blank sorts before a point, so that 1 comes before 1.1.
    return f"{date} {'.'.join(f'{number:09}' for number in digits)} {taken}"


def numbered(issue: Issue) -> str | None:
    """Return what issues of one series and number have in common, or None where either is not stated."""
    return f"{fold(issue.series)}\n{issue.number}" if issue.series and issue.number else None
