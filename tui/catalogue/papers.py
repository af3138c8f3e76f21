"""Papers in the catalogue: what lists show, sort and choose by, and what they go by now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui.catalogue.schema import EDITIONS
from tui.catalogue.store import Store
from tui.model import Marks, PaperRow

_ROW = "id, title, titled, authors, more, year, marked, starred, read, asks"
_MOST = 500
"""Values in one statement; SQLite before 3.32 took 999."""

_STEPS = 20
"""Names that lead from one to the next before a ring is suspected: a damaged library could hold one."""


@dataclass(frozen=True)
class Description:
    """What the catalogue is told of a paper; the meaning of the fields is that of the columns in the schema."""

    row: PaperRow
    marks: Marks
    venue: str | None
    recency: str
    place: int
    title_key: str | None
    author_key: str | None
    waiting: bool = False
    done: bool = False
    has: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


_DESCRIBE = (
    "UPDATE papers SET listed = 1, title = ?, titled = ?, authors = ?, more = ?, year = ?, venue = ?, recency = ?,"
    " place = ?, title_key = ?, author_key = ?, key = ?, state = ?, read = ?, marked = ?, starred = ?, asks = ?,"
    " waiting = ?, done = ?, has = ?, edition = ? WHERE num = ?"
)
_MARK = "UPDATE papers SET key = ?, state = ?, read = ?, marked = ?, starred = ? WHERE num = ?"
_WORDS = "INSERT INTO words (rowid, title, authors, abstract, said, notes, tags, ids) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Papers:
    """The table of papers, and those of their tags and clues."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Names and numbers

    def number(self, name: str) -> int | None:
        """Return the number of the paper called *name*, listed or not, or None where it was never heard of."""
        found: int | None = self._store.one("SELECT num FROM papers WHERE id = ?", (name,))
        return found

    def made(self, name: str) -> tuple[int, int]:
        """Return the number of the paper called *name*, made where there is none, and of the one that it is now."""
        num = self.number(name)
        if num is None:
            with self._store.change() as connection:
                num = int(connection.execute("INSERT INTO papers (id) VALUES (?)", (name,)).lastrowid or 0)
            return num, num
        return num, self.now(num)

    def now(self, num: int) -> int:
        """Return the number of the paper that the paper *num* is by now."""
        for _ in range(_STEPS):
            after = self._store.one("SELECT goes_to FROM papers WHERE num = ?", (num,))
            if after is None:
                break
            num = after
        return num

    def name(self, num: int) -> str:
        """Return the id of the paper *num*. Raises KeyError where there is none."""
        found: str | None = self._store.one("SELECT id FROM papers WHERE num = ?", (num,))
        if found is None:
            raise KeyError(num)
        return found

    def names(self, nums: Sequence[int]) -> list[str]:
        """Return the ids of the papers *nums*, in their order; those that are gone are passed over."""
        found = self._by_number("num, id", nums)
        return [found[num][1] for num in nums if num in found]

    def rows(self, nums: Sequence[int]) -> dict[int, PaperRow]:
        """Return the papers *nums* as a list shows them."""
        found = self._by_number(f"num, {_ROW}", nums)
        return {num: _paper_row(row[1:]) for num, row in found.items()}

    def _by_number(self, columns: str, nums: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        found: dict[int, tuple[Any, ...]] = {}
        for start in range(0, len(nums), _MOST):
            some = tuple(nums[start : start + _MOST])
            marks = ", ".join("?" * len(some))
            rows = self._store.execute(f"SELECT {columns} FROM papers WHERE num IN ({marks})", some)  # noqa: S608 - our own names
            found.update((row[0], row) for row in rows)
        return found

    def listed(self, name: str) -> bool:
        """Return whether an issue speaks of the paper called *name*."""
        return bool(self._store.one("SELECT listed FROM papers WHERE id = ?", (name,)))

    def beginning(self, start: str, most: int) -> list[str]:
        """Return the ids of at most *most* listed papers that begin with *start*."""
        rows = self._store.execute(
            "SELECT id FROM papers WHERE id >= ? AND id < ? AND listed LIMIT ?", (start, start + chr(0x10FFFF), most)
        )
        return [name for (name,) in rows]

    # What becomes of them

    def describe(self, num: int, what: Description) -> None:
        """Let the paper *num*, of which an issue speaks, be what *what* says."""
        row, marks = what.row, what.marks
        with self._store.change() as connection:
            edition = connection.execute("SELECT edition FROM papers WHERE num = ?", (num,)).fetchone()[0]
            edition = 0 if edition is None else edition + 1
            if edition < EDITIONS:
                connection.execute(_WORDS, (num * EDITIONS + edition, *what.texts))
            else:
                # The texts are due to be written anew; until then this one is found as it was.
                edition = EDITIONS - 1
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('crowded', 1)")
            shown = (row.title, row.titled, "\n".join(row.authors), row.more_authors, row.year, what.venue)
            sorting = (what.recency, what.place, what.title_key, what.author_key)
            chosen = (marks.key, marks.state, marks.read, marks.marked, marks.starred)
            rest = (row.asks, what.waiting, what.done, f" {' '.join(what.has)} ", edition)
            connection.execute(_DESCRIBE, (*shown, *sorting, *chosen, *rest, num))
            connection.executemany(
                "INSERT OR IGNORE INTO clues VALUES (?, ?)", [(clue_hash(clue), num) for clue in what.clues]
            )
            self._tag(num, marks.tags)

    def _tag(self, num: int, tags: Collection[str]) -> None:
        there = {tag for (tag,) in self._store.execute("SELECT tag FROM tags WHERE paper = ?", (num,))}
        if there != set(tags):
            self._store.execute("DELETE FROM tags WHERE paper = ?", (num,))
            self._store.connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(tag, num) for tag in tags])

    def mark(self, changed: Mapping[int, Marks]) -> None:
        """Let the papers have these marks; tags and notes are found again only when they are described anew."""
        with self._store.change() as connection:
            connection.executemany(
                _MARK, [(m.key, m.state, m.read, m.marked, m.starred, num) for num, m in changed.items()]
            )
            for num, marks in changed.items():
                self._tag(num, marks.tags)

    def unlist(self, num: int) -> None:
        """Let the paper, of which no issue speaks any more, be in no list."""
        with self._store.change() as connection:
            connection.execute("UPDATE papers SET listed = 0, edition = coalesce(edition + 1, 0) WHERE num = ?", (num,))
            connection.execute("DELETE FROM tags WHERE paper = ?", (num,))

    def lead(self, name: str, to: str | None) -> set[int]:
        """Let the paper called *name* be the paper *to* from now on, or itself again; return whose entries changed."""
        with self._store.change() as connection:
            num, before = self.made(name)
            goal = None if to is None else self.made(to)[0]
            connection.execute("UPDATE papers SET goes_to = ? WHERE num = ?", (goal, num))
            now = self.now(num)
            if now == before:
                return set()
            names = [num]
            for each in names:  # it grows by those that lead to it
                rows = connection.execute("SELECT num FROM papers WHERE goes_to = ?", (each,))
                names += [other for (other,) in rows if other not in names]
            for each in names:
                connection.execute("UPDATE entries SET paper = ? WHERE stated = ?", (self.now(each), each))
        return {before, now, *names}

    # Finding

    def likely(self, clues: Iterable[str]) -> list[int]:
        """Return the numbers of listed papers that one of *clues* was once a clue to; somebody must look."""
        hashes = [clue_hash(clue) for clue in clues]
        marks = ", ".join("?" * len(hashes))
        rows = self._store.execute(
            "SELECT DISTINCT p.num FROM clues c JOIN papers p ON p.num = c.paper"
            f" WHERE c.clue IN ({marks}) AND p.listed",
            hashes,
        )
        return sorted(num for (num,) in rows)

    def with_key(self, key: str, most: int = 2) -> list[str]:
        """Return the ids of papers that go by the citation key *key*, whatever its case."""
        rows = self._store.execute(
            "SELECT id FROM papers WHERE lower(key) = lower(?) AND key IS NOT NULL LIMIT ?", (key, most)
        )
        return [name for (name,) in rows]

    def totals(self) -> tuple[int, int, int]:
        """Return how many papers are listed, unread and marked."""
        papers, unread, marked = self._store.execute("SELECT papers, unread, marked FROM totals").fetchone()
        return papers, unread, marked

    def tags(self) -> dict[str, int]:
        """Return every tag, with how many papers have it."""
        return dict(self._store.execute("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag"))

    def waiting(self) -> list[str]:
        """Return the ids of the papers whose look-up waits."""
        return [name for (name,) in self._store.execute("SELECT id FROM papers WHERE waiting AND listed ORDER BY num")]


def clue_hash(clue: str) -> int:
    """Return *clue* as a number of 64 bits, the same in every run."""
    return int.from_bytes(hashlib.blake2b(clue.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _paper_row(row: Sequence[Any]) -> PaperRow:
    name, title, titled, authors, more, year, marked, starred, read, asks = row
    return PaperRow(
        name, title or name, bool(titled), tuple(authors.split("\n")) if authors else (), more, year,
        bool(marked), bool(starred), bool(read), bool(asks),
    )  # fmt: skip


def as_json(shape: Mapping[str, Any]) -> str:
    """Return *shape* as the catalogue keeps it."""
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
