"""The SQLite file: opened, made and checked, with a connection for each thread.

Readers never wait for writers (WAL, https://sqlite.org/wal.html); where that cannot be had, as on some network file
systems, an ordinary journal does. The file is derived, so whatever is wrong with it is mended by making it anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.catalogue.schema import TABLES, VERSION
from tui.catalogue.statements import statements
from tui.errors import DamagedIndexError, LibraryError

WAIT = 10.0
"""Seconds that another program's change is waited for."""

_CACHE = 4_000
"""KiB of pages that a connection keeps."""

_STATEMENTS = 512
"""Statements that a connection need not prepare again."""


class IndexFile:
    """A SQLite file with the catalogue's tables; *path* None is one that is gone when it is closed.

    ``made`` says whether its tables were made just now, so that they are empty. Raises LibraryError where no file can
    be opened, not even a temporary one.
    """

    def __init__(self, path: Path | None) -> None:
        # Of its own, for who reads must not wait for who changes: that one may wait for the reader's file.
        self._register = threading.Lock()
        self._local = threading.local()
        self._all: set[sqlite3.Connection] = set()
        self._damaged = False
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
        elif not _is_ours(connection):
            raise sqlite3.DatabaseError("somebody else has put something into it")
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
        self._damaged = False
        self._close_all()
        if not self._removed():
            self.path = self._elsewhere()
        self._prepare()

    def look(self) -> None:
        """Take the file as it is now for what is known. Raises DamagedIndexError."""

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
        except UnicodeEncodeError:
            # Half of a pair, as Python gives bytes of no UTF-8: nothing in the index holds one.
            return None
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


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Return whether the file holds our tables, indexes and triggers alone, as :data:`TABLES` has them.

    A view in the place of a table, or a trigger, is a program of whoever put it there: it may run for ever, in SQLite,
    where ctrl+c does not reach it (https://sqlite.org/security.html).
    """
    ours = {"CREATE " + each.partition("CREATE ")[2].rstrip(";\n ") for each in statements(TABLES)}
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    # What FTS5 keeps a table's words in; SQLite makes those itself, and spells them as it likes.
    return all(
        sql in ours or (kind == "table" and name.startswith("words_") and sql.startswith("CREATE TABLE"))
        for kind, name, sql in found
    )
