"""Words asked of FTS5, in one state of the catalogue.

Of 100,000 papers nearly all hold a word that begins with a given letter, so that the first letter of a search is the
dearest (25 ms): single letters are looked for while nothing is typed yet, and their masks kept, packed in 10 kB each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.catalogue.schema import EDITIONS
from tui.errors import OutdatedError
from tui.searching.matching import expression
from tui.searching.orders import Orders, State, numbers
from tui.searching.terms import ANYWHERE, Words

FIRST = "scapmdrtiefglnbhovwuqkjyxz2130456789"
"""What words begin with, the most frequent first."""
LARGE = 10_000
"""Papers from which on single letters are looked for before they are typed."""

_MATCHED = "SELECT group_concat(rowid) FROM words WHERE words MATCH ?"


def matching(connection: sqlite3.Connection, state: State, matched: str) -> bytes:
    """Return the mask of the papers of *state* that the expression *matched* finds."""
    mask = state.words.get(matched)
    if mask is None:
        mask = _looked_up(connection, state, matched)
        state.words.put(matched, mask)
    return mask


def _looked_up(connection: sqlite3.Connection, state: State, matched: str) -> bytes:
    texts, places = state.texts, state.places
    flags = bytearray(len(state.recent) + 1)
    for rowid in numbers(connection, _MATCHED, (matched,)):
        num = rowid // EDITIONS
        if texts[num] == rowid:
            flags[places[num]] = 1
    return bytes(flags[:-1])


def make_ready(connection: sqlite3.Connection, orders: Orders, goes_on: Callable[[], bool]) -> None:
    """Read what every search needs, and look for single letters where there are many papers.

    It ends early where *goes_on* says so, asked before each letter. Raises OutdatedError where another thread called
    ``connection.interrupt()``.
    """
    with at_rest(connection):
        state = orders.state(connection)
        if len(state.recent) < LARGE:
            return
        for letter in FIRST:
            if not goes_on():
                return
            matched = expression(Words(ANYWHERE, letter))
            if matched and matched not in state.words:
                state.words.pack(matched, _looked_up(connection, state, matched))


@contextmanager
def at_rest(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the catalogue, whatever is changed meanwhile.

    Raises OutdatedError where another thread called ``connection.interrupt()``.
    """
    outer = connection.in_transaction
    try:
        if not outer:
            connection.execute("BEGIN")
        yield
    except sqlite3.OperationalError as error:
        if _is_interrupt(error):
            raise OutdatedError("The search was given up for a newer one.") from None
        raise
    finally:
        while not outer and connection.in_transaction:
            _end(connection)


def _end(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        # The end can be interrupted too, and is then still to come.
        if not _is_interrupt(error):
            raise


def _is_interrupt(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
