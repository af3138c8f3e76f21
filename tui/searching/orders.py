"""Which texts hold, and the order of all papers: read from the catalogue once, and again when they changed.

A number of 8 bytes, one of 2 and a byte for each paper, and 8 more for each further order: 2 MB for 100,000 papers.
Marks change none of it, so a search after each of them does not begin anew.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tui.catalogue.schema import EDITIONS, MARKED, ORDERS

if TYPE_CHECKING:
    from tui.searching.terms import Condition

Sort = Literal["issue", "title", "author", "year", "unread", "state", "starred", "noted", "tags", "mentions"]

# The index is named where another one, of which less can be read at once, could seem as good to SQLite.
_RECENT = (
    f"SELECT group_concat(text) FROM (SELECT num * {EDITIONS} + coalesce(edition, {EDITIONS - 1}) AS text FROM papers"  # noqa: S608 - our own numbers
    " INDEXED BY papers_recent WHERE listed ORDER BY recency DESC, place LIMIT -1)"
)
_ORDER = "SELECT group_concat(num) FROM (SELECT num FROM papers WHERE listed ORDER BY {} LIMIT -1)"
# The limits keep SQLite from dropping an order that an aggregate does not ask for.
_ORDERS = {name: _ORDER.format(by) for name, by in ORDERS.items() if name != "issue"}


@dataclass
class State:
    """The papers at one time.

    ``editions`` is which text of each paper holds, by its number; -1 where none does. ``listed`` is 1 where the paper
    is in a list, by its number. ``masks`` are which papers meet conditions that were asked for.
    """

    editions: array[int]
    listed: bytes
    orders: dict[Sort, array[int]] = field(default_factory=dict)
    masks: dict[Condition, bytes] = field(default_factory=dict)

    def order(self, connection: sqlite3.Connection, sort: Sort) -> array[int]:
        """Return the numbers of all listed papers, sorted."""
        known = self.orders.get(sort)
        if known is None:
            known = self.orders[sort] = array("q", numbers(connection, _ORDERS[sort]))
        return known


class Orders:
    """Remembers the last state of one catalogue, for any of its connections."""

    def __init__(self) -> None:
        self._known: tuple[int, int, State] | None = None

    def state(self, connection: sqlite3.Connection) -> State:
        """Return the papers as they are now; *connection* is in a transaction."""
        moved = connection.execute("SELECT moved FROM totals").fetchone()[0]
        changes = connection.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()[0]
        known = self._known
        if known is None or known[0] != moved:
            state = _state(connection)
        elif known[1] != changes:
            # The rest of it goes by what no mark changes.
            orders = {name: order for name, order in known[2].orders.items() if name not in MARKED}
            state = State(known[2].editions, known[2].listed, orders)
        else:
            return known[2]
        self._known = (moved, changes, state)
        return state


def _state(connection: sqlite3.Connection) -> State:
    most = connection.execute("SELECT max(num) FROM papers").fetchone()[0] or 0
    editions, listed, order = array("h", [-1]) * (most + 1), bytearray(most + 1), array("q")
    for rowid in numbers(connection, _RECENT):
        num = rowid // EDITIONS
        editions[num] = rowid % EDITIONS
        listed[num] = 1
        order.append(num)
    return State(editions, bytes(listed), {"issue": order})


def numbers(connection: sqlite3.Connection, statement: str, values: tuple[object, ...] = ()) -> list[int]:
    """Return the numbers that *statement* gives as one text with commas between.

    A row each would take three times as long, and a turn of the interpreter's lock for every row: the screens would
    wait, and be waited for.
    """
    found = connection.execute(statement, values).fetchone()[0]
    numbers: list[int] = json.loads(f"[{found}]") if found else []
    return numbers
