"""The catalogue's file: made, made anew, shared by threads and programs, and changed as a whole or not at all."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from tui.catalogue.schema import VERSION
from tui.catalogue.store import Store
from tui.errors import DamagedIndexError


def _file(store: Store, name: str) -> None:
    with store.change() as connection:
        connection.execute("INSERT INTO files (name) VALUES (?)", (name,))


def _files(store: Store) -> list[str]:
    with store.reading() as connection:
        return [name for (name,) in connection.execute("SELECT name FROM files ORDER BY name")]


def test_it_is_made_for_its_owner_alone_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    store = Store(path)
    assert store.made
    _file(store, "a")
    store.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Store(path)
    assert not again.made
    assert _files(again) == ["a"]
    again.close()


def _of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE files (other)")
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


_ENDLESS = "WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT max(x) FROM r"


@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE VIEW papers AS SELECT *, ({_ENDLESS}) FROM moved",
        f"CREATE TRIGGER files_added AFTER INSERT ON files BEGIN UPDATE files SET size = ({_ENDLESS}); END",
        "CREATE TABLE other (one)",
        "CREATE VIRTUAL TABLE words_other USING fts5 (one)",
        "CREATE INDEX papers_other ON files (size)",
    ],
)
def test_what_a_stranger_put_into_it_is_never_run(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "index.sqlite"
    store = Store(path)
    _file(store, "a")
    store.close()
    with sqlite3.connect(path) as connection:
        if "VIEW papers" in statement:
            connection.execute("PRAGMA legacy_alter_table = 1")
            connection.execute("ALTER TABLE papers RENAME TO moved")
        connection.execute(statement)
    connection.close()
    store = Store(path)
    assert store.made
    assert store.path == path
    _file(store, "b")
    assert _files(store) == ["b"]
    store.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"no database at all " * 1000),
        lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000),
        _of_another_version,
    ],
)
def test_what_is_no_catalogue_of_this_version_is_made_anew(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "index.sqlite"
    spoil(path)  # type: ignore[operator]  # parametrised with functions
    store = Store(path)
    assert store.made
    assert store.path == path
    assert _files(store) == []
    store.close()


def test_damage_in_the_middle_is_told_of_and_another_one_is_made(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    store = Store(path)
    with store.change() as connection:
        connection.executemany("INSERT INTO files (name) VALUES (?)", [(f"{n:0200}",) for n in range(3000)])
    store.close()
    raw = bytearray(path.read_bytes())
    half = len(raw) // 2
    raw[half:] = b"\xa5" * (len(raw) - half)
    path.write_bytes(raw)
    damaged = Store(path)
    with pytest.raises(DamagedIndexError):
        _files(damaged)
    damaged.close()
    again = Store(path)
    assert again.made
    assert _files(again) == []
    again.close()


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    path = tmp_path / "index.sqlite"
    path.symlink_to(precious)
    store = Store(path)
    assert store.temporary
    _file(store, "a")
    store.close()
    assert precious.read_text() == "mine"


def test_a_temporary_one_is_gone_at_the_end() -> None:
    store = Store(None)
    assert store.temporary
    assert store.path.exists()
    store.close()
    assert not store.path.parent.exists()


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "index.sqlite")

    def fail() -> None:
        with store.change():
            _file(store, "a")  # a change within a change is part of it
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _files(store) == []
    _file(store, "b")
    assert _files(store) == ["b"]
    store.close()


def test_threads_change_it_one_after_the_other_and_read_meanwhile(tmp_path: Path) -> None:
    store = Store(tmp_path / "index.sqlite")
    begun, seen = threading.Event(), threading.Event()

    def work() -> None:
        with store.change() as connection:
            connection.execute("INSERT INTO files (name) VALUES ('slow')")
            begun.set()
            seen.wait(10)
        store.release()

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    assert _files(store) == []
    seen.set()
    thread.join()
    _file(store, "later")
    assert _files(store) == ["later", "slow"]
    store.close()


def test_what_another_program_changed_is_noticed_and_ones_own_changes_are_not(tmp_path: Path) -> None:
    ours, theirs = Store(tmp_path / "index.sqlite"), Store(tmp_path / "index.sqlite")
    _file(ours, "a")
    assert not ours.strange
    _file(theirs, "b")
    assert ours.strange
    _file(ours, "c")  # a change of one's own does not hide the other's
    assert ours.strange
    ours.look()
    assert not ours.strange
    ours.close()
    theirs.close()
