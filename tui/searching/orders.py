"""Which texts hold, and the order of all papers: read from the catalogue once, and again when they changed.

Numbers of 8, 8 and 4 bytes for each paper, and 4 more for each further order: 2 MB for 100,000 papers.
Marks change none of it, so a search after each of them does not begin anew.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tui.catalogue.schema import EDITIONS, MARKED, ORDERS
from tui.searching.masks import Masks

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
    """The papers at one time. Their places are those in the order that most lists have: the newest paper first.

    ``recent`` are the numbers of all listed papers, by place. ``places`` is the place of each paper, by its number, and
    one behind the last for those in no list. ``texts`` is the rowid of the text by which each is found, -1 where there
    is none. ``masks`` are which papers meet conditions that were asked for, a byte for each place; ``words`` those that
    hold words.
    """

    recent: array[int]
    places: array[int]
    texts: array[int]
    orders: dict[Sort, array[int]] = field(default_factory=dict)
    masks: dict[Condition, bytes] = field(default_factory=dict)
    words: Masks = field(default_factory=Masks)

    def order(self, connection: sqlite3.Connection, sort: Sort) -> Sequence[int]:
        """Return the places of all listed papers, sorted."""
        if sort == "issue":
            return range(len(self.recent))
        known = self.orders.get(sort)
        if known is None:
            places = map(self.places.__getitem__, numbers(connection, _ORDERS[sort]))
            known = self.orders[sort] = array("i", places)
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
            before = known[2]
            state = State(before.recent, before.places, before.texts, orders, words=before.words)
        else:
            return known[2]
        self._known = (moved, changes, state)
        return state


def _state(connection: sqlite3.Connection) -> State:
    most = connection.execute("SELECT max(num) FROM papers").fetchone()[0] or 0
    rowids = numbers(connection, _RECENT)
    places, texts = array("i", [len(rowids)]) * (most + 1), array("q", [-1]) * (most + 1)
    for place, rowid in enumerate(rowids):
        num = rowid // EDITIONS
        places[num], texts[num] = place, rowid
    return State(array("q", (rowid // EDITIONS for rowid in rowids)), places, texts)


def numbers(connection: sqlite3.Connection, statement: str, values: tuple[object, ...] = ()) -> list[int]:
    """Return the numbers that *statement* gives as one text with commas between.

    A row each would take three times as long, and a turn of the interpreter's lock for every row: the screens would
    wait, and be waited for.
    """
    found = connection.execute(statement, values).fetchone()[0]
    numbers: list[int] = json.loads(f"[{found}]") if found else []
    return numbers
