"""The SQLite file: opened, made, checked, and changed in transactions by one thread at a time.

Readers never wait for writers (WAL, https://sqlite.org/wal.html); where that cannot be had, as on some network file
systems, an ordinary journal does. The file is derived, so whatever is wrong with it is mended by making it anew.
"""

from __future__ import annotations

import collections
import contextlib
import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.catalogue.schema import TABLES, VERSION
from tui.catalogue.statements import statements
from tui.errors import DamagedIndexError, LibraryError

WAIT = 10.0
"""Seconds that another program's change is waited for."""

_CACHE = 4_000
"""KiB of pages that a connection keeps."""

_MOST, _LONGEST = 2_000, 1.0
"""Rows, and seconds, that may wait until they are kept while one thread changes very much."""

_STATEMENTS = 512
"""Statements that a connection need not prepare again."""


class Store:
    """A SQLite file with the catalogue's tables; *path* None is one that is gone when it is closed.

    ``made`` says whether its tables were made just now, so that they are empty. Raises LibraryError where no file can
    be opened, not even a temporary one.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        # Of its own, for who reads must not wait for who changes: that one may wait for the reader's file.
        self._register = threading.Lock()
        self._local = threading.local()
        self._all: set[sqlite3.Connection] = set()
        self._depth = 0
        self._damaged = False
        self._lastly: collections.defaultdict[str, dict[int, Sequence[Any]]] = collections.defaultdict(dict)
        self._following: list[Callable[[], object]] = []
        self._heeding = False
        self._notes: collections.deque[Callable[[], object]] = collections.deque()
        self._sole: int | None = None
        self._since: float | None = None
        self._strange = False
        self._seen = 0
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.made = False
        self.path = path if path is not None else self._elsewhere()
        try:
            self._prepare()
        except (sqlite3.Error, OSError, DamagedIndexError) as error:
            # Damaged, or of a stranger: it is derived, so another one will do. What only cannot be opened now, as on a
            # full disk, stays, and this run has one elsewhere.
            self._close_all()
            if isinstance(error, (sqlite3.OperationalError, OSError)) or not self._removed():
                self.path = self._elsewhere()
            self._prepare_again()

    def _prepare_again(self) -> None:
        try:
            self._prepare()
        except (sqlite3.Error, OSError):
            self._close_all()
            self.path = self._elsewhere()
            try:
                self._prepare()
            except (sqlite3.Error, OSError) as error:
                raise LibraryError(f"No index can be made, not even in {self.path.parent}: {error}.") from None

    def _elsewhere(self) -> Path:
        self._temporary = self._temporary or tempfile.TemporaryDirectory(prefix="paperrack-index-")
        return Path(self._temporary.name) / "index.sqlite"

    @property
    def temporary(self) -> bool:
        """Whether the file is gone when the program ends."""
        return self._temporary is not None

    def _removed(self) -> bool:
        if self.path.is_symlink() or (self.path.exists() and not os.access(self.path.parent, os.W_OK)):
            return False
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError:
            return False
        return os.access(self.path.parent, os.W_OK)

    def _prepare(self) -> None:
        if self.path.is_symlink():
            raise OSError("the index is a symbolic link")
        if not self.path.exists():
            # SQLite would give it the mode of the umask.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = self.connection
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            self._make(connection)
        self.look()

    def _make(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == VERSION:
                return  # another program made it meanwhile
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("it is of another version")
            for statement in statements(TABLES):
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('changes', 0)")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            self.made = True
        finally:
            connection.execute("COMMIT" if self.made or version == VERSION else "ROLLBACK")

    def make_anew(self) -> None:
        """Drop the file, and make it anew with empty tables. Raises OSError where no file can be opened."""
        with self._lock:
            self._damaged = False
            self._close_all()
            if not self._removed():
                self.path = self._elsewhere()
            self._prepare()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = self._local.connection = self._connect()
        return known

    def _connect(self) -> sqlite3.Connection:
        # Other threads only interrupt it, which SQLite allows (sqlite3_interrupt).
        connection = sqlite3.connect(
            self.path, timeout=WAIT, isolation_level=None, check_same_thread=False, cached_statements=_STATEMENTS
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            connection.execute("PRAGMA temp_store = MEMORY")
        except sqlite3.Error:
            connection.close()
            raise
        with self._register:
            self._all.add(connection)
        return connection

    def release(self) -> None:
        """Close the connection of this thread, which is about to end."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            self._local.connection = None
            with self._register:
                self._all.discard(known)
            known.close()

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        """Run *statement* on the connection of this thread. Raises DamagedIndexError."""
        try:
            return self.connection.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise self._judged(error) from None

    def one(self, statement: str, values: Any = ()) -> Any:
        """Return the first column of the first row, or None where there is none. Raises DamagedIndexError."""
        try:
            row = self.connection.execute(statement, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise self._judged(error) from None
        return row[0] if row else None

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection of this thread, for one who asks it himself. Raises DamagedIndexError."""
        try:
            yield self.connection
        except sqlite3.DatabaseError as error:
            raise self._judged(error) from None

    def _judged(self, error: sqlite3.DatabaseError) -> Exception:
        """Return *error*, or, where the file is damaged, one that says so; then it is dropped when it is closed."""
        # Errors of the module itself have no code.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return error
        self._damaged = True
        return DamagedIndexError(f"The library's index {self.path} is damaged; the next start makes it anew.")

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

    def close(self) -> None:
        """Close every connection, and forget a temporary file, or a damaged one."""
        self._close_all()
        if self._damaged:
            self._removed()
        if self._temporary is not None:
            self._temporary.cleanup()

    def _close_all(self) -> None:
        with self._register:
            for connection in self._all:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._all.clear()
        self._local = threading.local()
