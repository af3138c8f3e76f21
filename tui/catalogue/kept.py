"""What is kept of papers beyond what issues print: the reader's own, and where lies what services said."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.catalogue.statements import portions
from tui.catalogue.store import Store
from tui.library.contents import DetailContents
from tui.library.state import PaperState
from tui.model import Choices, Marks
from tui.shapes import plain, restore

_NOTHING = PaperState()

_SHORT = 200
"""Letters of a document that is read once and then known: of most papers the same few words are kept."""


class Kept:
    """The tables of states and inquiries, by the papers' ids as the files have them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # The reader's own

    def state(self, name: str) -> PaperState:
        """Return what the reader did with the paper called *name*."""
        document = self._store.one("SELECT document FROM states WHERE paper = ?", (name,))
        return _state(document) if document else _NOTHING

    def states(self, names: Sequence[str]) -> dict[str, PaperState]:
        """Return what the reader did with those of the papers *names* with which it is anything."""
        found: dict[str, PaperState] = {}
        for some, marks in portions(names):
            rows = self._store.execute(f"SELECT paper, document FROM states WHERE paper IN ({marks})", some)  # noqa: S608 - question marks alone
            found.update((name, _state(document)) for name, document in rows)
        return found

    def inquired(self, names: Sequence[str]) -> set[str]:
        """Return those of the papers *names* of which services said anything."""
        found: set[str] = set()
        for some, marks in portions(names):
            rows = self._store.execute(f"SELECT paper FROM inquiries WHERE paper IN ({marks})", some)  # noqa: S608 - question marks alone
            found.update(name for (name,) in rows)
        return found

    def removed(self) -> list[str]:
        """Return the ids of the papers that the reader removed."""
        rows = self._store.execute("SELECT paper, document FROM states WHERE document LIKE '%\"removed\":%'").fetchall()
        return [name for name, document in rows if _state(document).marks.removed]

    def states_in(self, file: str) -> dict[str, PaperState]:
        """Return all states that belong into *file*."""
        rows = self._store.execute("SELECT paper, document FROM states WHERE file = ?", (file,))
        return {name: _state(document) for name, document in rows}

    def names(self) -> Iterator[str]:
        """Yield the ids of all papers with a state."""
        return (name for (name,) in self._store.execute("SELECT paper FROM states").fetchall())

    def put_states(self, changed: Iterable[tuple[str, str, PaperState]]) -> None:
        """Keep states, each with the paper's id and the file it belongs into; the default one forgets."""
        gone, kept = [], []
        for name, file, state in changed:
            if state == _NOTHING:
                gone.append((name,))
            else:
                kept.append((name, file, _document(state)))
        with self._store.change() as connection:
            connection.executemany("DELETE FROM states WHERE paper = ?", gone)
            connection.executemany("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", kept)

    # What services said

    def inquiry(self, name: str) -> tuple[str, int, int, Mapping[str, Any] | None] | None:
        """Return file, start and length of what services said of the paper, and itself while it is not there yet."""
        row = self._store.execute(
            "SELECT file, start, length, document FROM inquiries WHERE paper = ?", (name,)
        ).fetchone()
        return (row[0], row[1], row[2], json.loads(row[3]) if row[3] else None) if row else None

    def put_inquiries(self, changed: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
        """Keep what services said, with the paper's id and the file, until the file has it; an empty one forgets."""
        found = [
            (name, file, json.dumps(shape, ensure_ascii=False) if shape else None) for name, file, shape in changed
        ]
        with self._store.change() as connection:
            connection.executemany(
                "DELETE FROM inquiries WHERE paper = ?", [(n,) for n, _, shape in found if not shape]
            )
            connection.executemany(
                "INSERT OR REPLACE INTO inquiries VALUES (?, ?, 0, 0, ?)", [each for each in found if each[2]]
            )

    def found(self, contents: DetailContents, saved: bool = False) -> set[str]:
        """Note where the file has what services said; return the ids of papers of which it may be another thing now.

        *saved* means that this program has just written the file: what was put since stays.
        """
        rows = self._store.execute("SELECT paper, document FROM inquiries WHERE file = ?", (contents.file,))
        there = dict(rows.fetchall())
        waiting = {name for name, document in there.items() if saved and document is not None}
        waiting = {name for name in waiting if json.loads(there[name]) != contents.inquiries.get(name)}
        gone = there.keys() - contents.inquiries.keys() - waiting
        with self._store.change() as connection:
            connection.executemany("DELETE FROM inquiries WHERE paper = ?", [(name,) for name in gone])
            connection.executemany(
                "INSERT OR REPLACE INTO inquiries VALUES (?, ?, ?, ?, NULL)",
                [(name, contents.file, *place) for name, place in contents.places.items() if name not in waiting],
            )
        return set() if saved else there.keys() | contents.inquiries.keys()

    def forget_file(self, file: str) -> set[str]:
        """Forget what was read from *file*, and return the ids of the papers that this concerns."""
        names: set[str] = set()
        with self._store.change() as connection:
            for table in ("states", "inquiries"):
                names |= {n for (n,) in connection.execute(f"SELECT paper FROM {table} WHERE file = ?", (file,))}  # noqa: S608 - our own names
                connection.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608 - our own names
        return names


def _document(state: PaperState) -> str:
    parts = {
        "marks": plain(state.marks),
        "choices": plain(state.choices),
        "to": state.merged_into,
        "extra": dict(state.extra),
    }
    return json.dumps({name: part for name, part in parts.items() if part}, ensure_ascii=False)


def _state(document: str) -> PaperState:
    return _short(document) if len(document) <= _SHORT else _read(document)


@functools.lru_cache(maxsize=1024)
def _short(document: str) -> PaperState:
    return _read(document)


def _read(document: str) -> PaperState:
    parts = json.loads(document)
    return PaperState(
        marks=restore(Marks, parts.get("marks", {})),
        choices=restore(Choices, parts["choices"]) if "choices" in parts else Choices(),
        merged_into=parts.get("to"),
        extra=parts.get("extra", {}),
    )
