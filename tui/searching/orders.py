"""Which texts hold, and the order of all papers: read from the catalogue once, and again when it changed.

A number of 8 bytes and one of 2 for each paper, and 8 more for each further order: 2 MB for 100,000 papers.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from dataclasses import dataclass, field
from typing import Literal

from tui.catalogue.schema import EDITIONS

Sort = Literal["issue", "title", "author", "year", "unread"]

ORDERS: dict[Sort, str] = {
    "issue": "recency DESC, place",
    "title": "title_key IS NULL, title_key",
    "author": "author_key IS NULL, author_key",
    "year": "year IS NULL, year DESC",
    "unread": "read, recency DESC, place",
}


@dataclass
class State:
    """The papers as they were when the catalogue had been changed *changes* times.

    ``editions`` is which text of each paper holds, by its number; -1 where none does. ``listed`` is 1 where the paper
    is in a list, by its number.
    """

    changes: int
    editions: array[int]
    listed: bytes
    orders: dict[Sort, array[int]] = field(default_factory=dict)

    def order(self, connection: sqlite3.Connection, sort: Sort) -> array[int]:
        """Return the numbers of all listed papers, sorted."""
        known = self.orders.get(sort)
        if known is None:
            known = self.orders[sort] = _sorted(connection, sort)
        return known


class Orders:
    """Remembers the last state of one catalogue, for any of its connections."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._sorted: dict[Sort, tuple[int, array[int]]] = {}

    def sorted(self, connection: sqlite3.Connection, sort: Sort) -> array[int]:
        """Return the numbers of all listed papers, sorted."""
        known = self._sorted.get(sort)
        changes = _changes(connection)
        if known is None or known[0] != changes:
            known = self._sorted[sort] = (changes, _sorted(connection, sort))
        return known[1]

    def state(self, connection: sqlite3.Connection) -> State:
        """Return the papers as they are now; *connection* is in a transaction."""
        changes = _changes(connection)
        state = self._state
        if state is None or state.changes != changes:
            state = self._state = _state(connection, changes)
        return state


def _changes(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()[0])


def _sorted(connection: sqlite3.Connection, sort: Sort) -> array[int]:
    # The limit keeps SQLite from dropping the order, which an aggregate does not ask for.
    found = numbers(
        connection,
        "SELECT group_concat(num) FROM (SELECT num FROM papers WHERE listed"  # noqa: S608 - our own words
        f" ORDER BY {ORDERS[sort]} LIMIT -1)",
    )
    return array("q", found)


def _state(connection: sqlite3.Connection, changes: int) -> State:
    most = connection.execute("SELECT max(num) FROM papers").fetchone()[0] or 0
    editions, listed = array("h", [-1]) * (most + 1), bytearray(most + 1)
    found = numbers(
        connection,
        f"SELECT group_concat(num * {EDITIONS} + coalesce(edition, {EDITIONS - 1})) FROM papers WHERE listed",  # noqa: S608 - our own number
    )
    for rowid in found:
        editions[rowid // EDITIONS] = rowid % EDITIONS
        listed[rowid // EDITIONS] = 1
    return State(changes, editions, bytes(listed))


def numbers(connection: sqlite3.Connection, statement: str, values: tuple[object, ...] = ()) -> list[int]:
    """Return the numbers that *statement* gives as one text with commas between.

    A row each would take three times as long, and a turn of the interpreter's lock for every row: the screens would
    wait, and be waited for.
    """
    found = connection.execute(statement, values).fetchone()[0]
    numbers: list[int] = json.loads(f"[{found}]") if found else []
    return numbers
