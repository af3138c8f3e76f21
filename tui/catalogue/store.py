"""The catalogue's file, changed in transactions by one thread at a time."""

from __future__ import annotations

import collections
import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.catalogue.index_file import IndexFile
from tui.errors import LibraryError

_MOST, _LONGEST = 2_000, 1.0
"""Rows, and seconds, that may wait until they are kept while one thread changes very much."""


class Store(IndexFile):
    """The file, and who changes it."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._lastly: collections.defaultdict[str, dict[int, Sequence[Any]]] = collections.defaultdict(dict)
        self._following: list[Callable[[], object]] = []
        self._heeding = False
        self._notes: collections.deque[Callable[[], object]] = collections.deque()
        self._sole: int | None = None
        self._since: float | None = None
        self._strange = False
        self._seen = 0
        super().__init__(path)

    def make_anew(self) -> None:
        """Drop the file, and make it anew with empty tables. Raises OSError where no file can be opened."""
        with self._lock:
            self._lastly.clear()
            self._let_go()
            super().make_anew()

    @contextlib.contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Hold the file for one change, kept whole or not at all; it may be held several times over by one thread.

        Raises LibraryError where the disk has no room for it, or another program holds the file for too long.
        """
        try:
            with self._lock:
                yield from self._changing()
        finally:
            self._heed()

    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self.reading():
            connection = self.connection
        try:
            if self._depth == 0:
                self._begin(connection)
            self._depth += 1
            try:
                yield connection
            finally:
                self._depth -= 1
            if self._depth == 0:
                self._end(connection)
        except BaseException as error:
            if self._depth == 0:
                self._roll_back(connection)
            raise self._told(error) from error

    def _told(self, error: BaseException) -> BaseException:
        """Return what whoever makes a change is told of *error*."""
        if isinstance(error, sqlite3.DatabaseError):
            told = self._judged(error)
            if isinstance(told, sqlite3.Error):
                told = LibraryError(f"The library's index {self.path} cannot be changed: {error}.")
            return told
        return error

    def _begin(self, connection: sqlite3.Connection) -> None:
        if self._since is None:
            connection.execute("BEGIN IMMEDIATE")
            self._strange = self.strange
            if self.is_alone:
                # Until all of it is kept, other threads wait for this one, and not for the file.
                self._lock.acquire()
                self._since = time.monotonic()

    def _end(self, connection: sqlite3.Connection) -> None:
        if self._since is None:
            self._commit(connection)
        elif time.monotonic() - self._since > _LONGEST or any(len(rows) > _MOST for rows in self._lastly.values()):
            self._commit(connection)
            self._let_go()
        self._follow()

    def _commit(self, connection: sqlite3.Connection) -> None:
        for statement, rows in self._lastly.items():
            connection.executemany(statement, [rows[number] for number in sorted(rows)])
        self._lastly.clear()
        connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
        changes = self.changes
        connection.execute("COMMIT")
        if not self._strange:
            self._seen = changes

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        self._lastly.clear()
        self._following.clear()
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        self._let_go()

    def _let_go(self) -> None:
        if self._since is not None:
            self._since = None
            self._lock.release()

    def settle(self) -> None:
        """Keep at once what this thread changed while it is :meth:`alone`. Raises LibraryError, with none kept."""
        if self._since is None or self._depth or not self.is_alone:
            return
        try:
            self._commit(self.connection)
        except BaseException as error:
            self._roll_back(self.connection)
            raise self._told(error) from error
        self._let_go()

    def lastly(self, statement: str, rows: Mapping[int, Sequence[Any]]) -> None:
        """Have *statement* run with each of *rows*, by their order, in the change that is held.

        While this thread is :meth:`alone` that is when the change is kept, and then a later row takes the place of one
        with its number.
        """
        if self.is_alone:
            self._lastly[statement].update(rows)
        else:
            self.connection.executemany(statement, [rows[number] for number in sorted(rows)])

    def afterwards(self, action: Callable[[], object]) -> None:
        """Have *action* done when the change that is held is kept, and not where it fails."""
        with self._lock:
            self._following.append(action)
            if not self._depth:
                self._follow()

    def note(self, action: Callable[[], object]) -> None:
        """Have *action* done at once, or, while another thread changes the file, by that one right behind its change.

        So whoever calls waits for nobody. What such an action raises is passed over, and what it changed by then too.
        """
        if self._changes_now():
            action()
            return
        self._notes.append(action)
        if self._sole is None or self.is_alone:
            self._heed()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep the changes of this thread together meanwhile, some thousands or those of a second at a time.

        Where one fails all of them are undone: the library's files have them, and are looked at again. What others note
        is heeded by this thread: each connection has pages of its own, and loses them where another changes the file.
        """
        self._sole = threading.get_ident()
        try:
            yield
        finally:
            try:
                self.settle()
            finally:
                self._sole = None
                self._heed()

    @property
    def is_alone(self) -> bool:
        """Whether this thread is :meth:`alone`."""
        return self._sole == threading.get_ident()

    def _changes_now(self) -> bool:
        """Return whether this thread is in the middle of a change."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._depth > 0
        finally:
            self._lock.release()

    def _heed(self) -> None:
        # Who holds the lock looks again once it is given back, so that no note is left.
        while self._notes and self._lock.acquire(blocking=False):
            try:
                if self._depth or self._heeding:
                    return  # a change is being made, or a note heeded, by this thread: it heeds the rest behind that
                self._heeding = True
                try:
                    with contextlib.suppress(Exception):
                        self._heed_all()
                finally:
                    self._heeding = False
            finally:
                self._lock.release()

    def _heed_all(self) -> None:
        """Do what was noted, as one change, for each costs a turn of the disk's."""
        with self.change() as connection:
            while self._notes:
                connection.execute("SAVEPOINT note")
                try:
                    self._notes.popleft()()
                except Exception:
                    connection.execute("ROLLBACK TO note")
                connection.execute("RELEASE note")

    def _follow(self) -> None:
        actions, self._following = self._following, []
        for action in actions:
            action()

    @property
    def strange(self) -> bool:
        """Whether another program changed the file since :meth:`look` was called."""
        return self.changes != self._seen

    def look(self) -> None:
        """Take the file as it is now for what is known."""
        with self._lock:
            self._seen = self.changes

    @property
    def changes(self) -> int:
        """How often the file was changed, by whomever."""
        return int(self.one("SELECT value FROM meta WHERE name = 'changes'") or 0)
