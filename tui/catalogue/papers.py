"""Papers in the catalogue: what lists show, sort and choose by, and what they go by now."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tui.catalogue.schema import EDITIONS
from tui.catalogue.statements import portions
from tui.catalogue.store import Store
from tui.frozen import dataclass
from tui.model import Marks, PaperRow

_ROW = "id, title, titled, authors, more, year, marked, starred, state, asks, issues, has, tags"
_NONE: Mapping[str, int] = MappingProxyType({})
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


_DESCRIBED = (
    "title", "titled", "authors", "more", "year", "venue", "recency", "place", "title_key", "author_key", "key",
    "state", "unread", "marked", "starred", "tags", "asks", "issues", "waiting", "done", "has", "edition",
)  # fmt: skip
"""The columns that :func:`_described` returns."""
_DESCRIBE = f"UPDATE papers SET listed = 1, {', '.join(f'{name} = ?' for name in _DESCRIBED)} WHERE num = ?"  # noqa: S608 - our own names
_ADD = f"INSERT INTO papers (listed, {', '.join(_DESCRIBED)}, id) VALUES (1, {', '.join('?' * len(_DESCRIBED))}, ?)"  # noqa: S608 - our own names
_MARK = "UPDATE papers SET key = ?, state = ?, unread = ?, marked = ?, starred = ?, tags = ? WHERE num = ?"
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

    def known(self, names: Collection[str]) -> dict[str, tuple[int, bool]]:
        """Return for those of *names* that were ever heard of the number of what each is now, and if that is listed."""
        found: dict[str, tuple[int, bool]] = {}
        for some, marks in portions(list(dict.fromkeys(names))):
            rows = self._store.execute(
                f"SELECT id, num, goes_to, listed FROM papers WHERE id IN ({marks})",  # noqa: S608 - question marks alone
                some,
            ).fetchall()
            for name, num, goes_to, listed in rows:
                if goes_to is not None:
                    num = self.now(num)
                    listed = self._store.one("SELECT listed FROM papers WHERE num = ?", (num,))
                found[name] = num, bool(listed)
        return found

    def made(self, names: Sequence[str], new: Mapping[str, int] = _NONE) -> list[tuple[int, int]]:
        """Return the number of the paper called by each of *names*, made where there is none, and the one it is now.

        Of those that :meth:`add` has just made, *new* are the numbers.
        """
        with self._store.change() as connection:
            stated: dict[str, tuple[int, int | None]] = {name: (num, None) for name, num in new.items()}
            stated |= self.heard_of(name for name in names if name not in new)
            if unheard := [name for name in dict.fromkeys(names) if name not in stated]:
                connection.executemany("INSERT INTO papers (id) VALUES (?)", [(name,) for name in unheard])
                stated |= self.heard_of(unheard)
        return [(num, num if goes_to is None else self.now(num)) for num, goes_to in map(stated.__getitem__, names)]

    def heard_of(self, names: Iterable[str]) -> dict[str, tuple[int, int | None]]:
        """Return for those of *names* that were ever heard of the number of each, and that of what it leads to."""
        found: dict[str, tuple[int, int | None]] = {}
        for some, marks in portions(list(dict.fromkeys(names))):
            rows = self._store.execute(f"SELECT id, num, goes_to FROM papers WHERE id IN ({marks})", some)  # noqa: S608 - question marks alone
            found.update((name, (num, goes_to)) for name, num, goes_to in rows)
        return found

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

    def numbered(self, nums: Sequence[int]) -> dict[int, str]:
        """Return the ids of the papers *nums*, by number."""
        return {num: row[1] for num, row in self._by_number("num, id", nums).items()}

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
        for some, marks in portions(nums):
            rows = self._store.execute(f"SELECT {columns} FROM papers WHERE num IN ({marks})", some)  # noqa: S608 - our own names
            found.update((row[0], row) for row in rows)
        return found

    def alone(self, names: Collection[str]) -> set[str]:
        """Return those of the papers called *names* that one issue alone speaks of."""
        found: set[str] = set()
        for some, marks in portions(list(names)):
            rows = self._store.execute(f"SELECT id FROM papers WHERE listed AND issues = 1 AND id IN ({marks})", some)  # noqa: S608 - question marks alone
            found.update(name for (name,) in rows)
        return found

    def listed(self, name: str) -> bool:
        """Return whether an issue speaks of the paper called *name*."""
        return bool(self._store.one("SELECT listed FROM papers WHERE id = ?", (name,)))

    def listed_of(self, names: Sequence[str]) -> dict[str, int]:
        """Return the numbers of those papers called by *names* of which an issue speaks."""
        found: dict[str, int] = {}
        for some, marks in portions(names):
            rows = self._store.execute(f"SELECT id, num FROM papers WHERE id IN ({marks}) AND listed", some)  # noqa: S608 - question marks alone
            found.update(rows)
        return found

    def beginning(self, start: str, most: int) -> list[str]:
        """Return the ids of at most *most* listed papers that begin with *start*."""
        rows = self._store.execute(
            "SELECT id FROM papers WHERE id >= ? AND id < ? AND listed LIMIT ?", (start, start + chr(0x10FFFF), most)
        )
        return [name for (name,) in rows]

    # What becomes of them

    def add(self, what: Mapping[str, Description]) -> dict[str, int]:
        """Let there be papers, by their names, that were never heard of before, and return the number of each.

        Each is what *what* says: that is half the work of making it first, and describing it then.
        """
        with self._store.change() as connection:
            connection.executemany(_ADD, [(*_described(0, each), name) for name, each in what.items()])
            # They are asked for: only SQLite knows which number is next.
            numbers = {name: num for name, (num, _) in self.heard_of(what).items()}
            named = {num: what[name] for name, num in numbers.items()}
            self._found_by(named, dict.fromkeys(named, 0))
            tags = [(tag, num) for num, each in named.items() for tag in each.marks.tags]
            connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", tags)
        return numbers

    def describe(self, what: Mapping[int, Description]) -> None:
        """Let the papers, by their numbers, of which issues speak, be what *what* says."""
        with self._store.change() as connection:
            before = self._by_number("num, edition", list(what))
            editions = {num: old[1] + 1 if (old := before.get(num)) and old[1] is not None else 0 for num in what}
            sound = {num: edition for num, edition in editions.items() if edition < EDITIONS}
            if len(sound) < len(editions):
                # Their texts are due to be written anew; until then these are found as they were.
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('crowded', 1)")
            self._found_by(what, sound)
            connection.executemany(
                _DESCRIBE, [(*_described(sound.get(num, EDITIONS - 1), each), num) for num, each in what.items()]
            )
            self._tag({num: each.marks.tags for num, each in what.items()})

    def _found_by(self, what: Mapping[int, Description], editions: Mapping[int, int]) -> None:
        """Let papers, by their numbers, be found by clues, and those of *editions* by their texts."""
        words = {num: (num * EDITIONS + edition, *what[num].texts) for num, edition in editions.items()}
        # FTS5 writes out what it was given whenever a rowid is less than the one before, and whenever a trigger of
        # another table runs (https://sqlite.org/fts5.html, "hashsize"); many small parts make it slow.
        self._store.lastly(_WORDS, words)
        self._store.connection.executemany(
            "INSERT OR IGNORE INTO clues VALUES (?, ?)",
            [(clue_hash(clue), num) for num, each in what.items() for clue in each.clues],
        )

    def _tag(self, tagged: Mapping[int, Collection[str]]) -> None:
        there: dict[int, set[str]] = {num: set() for num in tagged}
        for some, marks in portions(list(tagged)):
            rows = self._store.execute(f"SELECT paper, tag FROM tags WHERE paper IN ({marks})", some)  # noqa: S608 - question marks alone
            for num, tag in rows:
                there[num].add(tag)
        for num, tags in tagged.items():
            if there[num] != set(tags):
                self._store.execute("DELETE FROM tags WHERE paper = ?", (num,))
                pairs = [(tag, num) for tag in tags]
                self._store.connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", pairs)

    def mark(self, changed: Mapping[int, Marks]) -> None:
        """Let the papers have these marks; tags and notes are found again only when they are described anew."""
        with self._store.change() as connection:
            connection.executemany(_MARK, [(*_chosen(marks), num) for num, marks in changed.items()])
            self._tag({num: marks.tags for num, marks in changed.items()})

    def unlist(self, num: int) -> None:
        """Let the paper, of which no issue speaks any more, be in no list."""
        with self._store.change() as connection:
            connection.execute("UPDATE papers SET listed = 0, edition = coalesce(edition + 1, 0) WHERE num = ?", (num,))
            connection.execute("DELETE FROM tags WHERE paper = ?", (num,))

    def lead(self, name: str, to: str | None) -> set[int]:
        """Let the paper called *name* be the paper *to* from now on, or itself again; return whose entries changed."""
        with self._store.change() as connection:
            num, before = self.made([name])[0]
            goal = None if to is None else self.made([to])[0][0]
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

    def likely(self, clues: Iterable[str]) -> dict[str, list[str]]:
        """Return by clue the ids of listed papers that it was once a clue to; somebody must look."""
        hashes = {clue_hash(clue): clue for clue in clues}
        found: dict[str, list[str]] = {}
        for some, marks in portions(list(hashes)):
            which = f"c.clue IN ({marks}) AND p.listed ORDER BY p.num"
            rows = self._store.execute(
                f"SELECT c.clue, p.id FROM clues c JOIN papers p ON p.num = c.paper WHERE {which}",  # noqa: S608 - question marks alone
                some,
            )
            for clue, name in rows:
                found.setdefault(hashes[clue], []).append(name)
        return found

    def with_key(self, key: str, most: int = 2) -> list[str]:
        """Return the ids of papers that go by the citation key *key*, whatever its case."""
        rows = self._store.execute(
            "SELECT id FROM papers WHERE lower(key) = lower(?) AND key IS NOT NULL LIMIT ?", (key, most)
        )
        return [name for (name,) in rows]

    def totals(self) -> tuple[int, int, int, int, int]:
        """Return how many papers are listed, unread, marked, starred, and to be read."""
        papers, unread, marked, starred, to_read = self._store.execute(
            "SELECT papers, unread, marked, starred, to_read FROM totals"
        ).fetchone()
        return papers, unread, marked, starred, to_read

    def waiting(self) -> list[str]:
        """Return the ids of the papers whose look-up waits."""
        return [name for (name,) in self._store.execute("SELECT id FROM papers WHERE waiting AND listed ORDER BY num")]


def _described(edition: int, what: Description) -> tuple[Any, ...]:
    row, marks = what.row, what.marks
    shown = (
        row.title,
        row.titled,
        "\n".join(row.authors),
        _number(row.more_authors) or 0,
        _number(row.year),
        what.venue,
    )
    sorting = (what.recency, what.place, what.title_key, what.author_key)
    said = (row.asks, row.issues, what.waiting, what.done, f" {' '.join(what.has)} ")
    return (*shown, *sorting, *_chosen(marks), *said, edition)


def _chosen(marks: Marks) -> tuple[object, ...]:
    return marks.key, marks.state, marks.unread, marks.marked, marks.starred, ",".join(marks.tags)


def _number(number: int | None) -> int | None:
    """Return *number*, which may be any that a stranger wrote, as far as SQLite has room for it."""
    return number if number is not None and abs(number) < 1 << 40 else None


@functools.lru_cache(maxsize=4096)
def clue_hash(clue: str) -> int:
    """Return *clue* as a number of 64 bits, the same in every run."""
    return int.from_bytes(hashlib.blake2b(clue.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _paper_row(row: Sequence[Any]) -> PaperRow:
    name, title, titled, authors, more, year, marked, starred, state, asks, issues, has, tags = row
    return PaperRow(
        name, title or name, bool(titled), tuple(authors.split("\n")) if authors else (), more, year,
        bool(marked), bool(starred), state, bool(asks), issues, " note " in has, tuple(tags.split(",")) if tags else (),
    )  # fmt: skip
