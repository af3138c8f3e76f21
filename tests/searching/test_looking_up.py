"""Words looked for ahead, and remembered: what is found is what FTS5 finds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.searching.shelf import Shelf
from tests.searching.test_finding import ALL, FINDS, NIGHT, SKY
from tui.catalogue import Catalogue
from tui.errors import OutdatedError, QueryError
from tui.model import Entry
from tui.searching import looking_up, masks
from tui.searching.looking_up import FIRST, make_ready
from tui.searching.masks import Masks


@pytest.fixture(autouse=True)
def _every_library_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_up, "LARGE", 0)


def _ready(shelf: Shelf, goes_on: object = lambda: True) -> None:
    make_ready(shelf.catalogue.store.connection, shelf.orders, goes_on)  # type: ignore[arg-type]


def _unknowing(shelf: Shelf, query: str) -> list[str]:
    """Return what *query* finds for one who remembers nothing."""
    return Shelf(shelf.catalogue).ids(query)


def _statements(shelf: Shelf, query: str) -> list[str]:
    """Return the statements that search the full text for *query*."""
    connection, seen = shelf.catalogue.store.connection, list[str]()
    connection.set_trace_callback(seen.append)
    try:
        shelf.find(query)
    finally:
        connection.set_trace_callback(None)
    return [each for each in seen if "group_concat(rowid) FROM words WHERE words MATCH" in each]


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_what_was_looked_for_ahead_finds_the_same(query: str, found: set[str], shelf: Shelf) -> None:
    _ready(shelf)
    for typed in (query[:end] for end in range(1, len(query) + 1)):
        try:
            expected = _unknowing(shelf, typed)
        except QueryError:
            continue
        assert shelf.ids(typed) == shelf.ids(typed) == expected
    assert set(shelf.ids(query)) == found


def test_a_letter_that_was_looked_for_is_not_looked_for_again(shelf: Shelf) -> None:
    assert _statements(shelf, "s")
    fresh = Shelf(shelf.catalogue)
    _ready(fresh)
    assert [_statements(fresh, letter) for letter in FIRST] == [[]] * len(FIRST)
    before = shelf.catalogue.store.connection.total_changes
    _ready(fresh)  # there is nothing left to do
    assert shelf.catalogue.store.connection.total_changes == before


def test_words_that_are_known_are_joined_without_asking_again(shelf: Shelf) -> None:
    _ready(shelf)
    shelf.find("transformer")
    assert shelf.ids("transformer r") == [SKY, "doi:10.1145/3.x"]
    assert not [each for each in _statements(shelf, "transformer r") if "AND" in each and "ORDER" not in each]


def test_letters_taken_back_are_not_looked_for_again(shelf: Shelf) -> None:
    shelf.find("sk")
    shelf.find("sky")
    assert not [each for each in _statements(shelf, "sk") if "ORDER" not in each]


def test_a_mark_leaves_what_words_find_and_a_text_does_not(shelf: Shelf) -> None:
    _ready(shelf)
    with shelf.catalogue.store.change() as connection:
        connection.execute("UPDATE papers SET starred = 1 WHERE id = ?", (SKY,))
    assert not _statements(shelf, "l")
    assert shelf.ids("l") == _unknowing(shelf, "l")
    shelf.mark(NIGHT, note="Quixotic")
    assert shelf.ids("q") == [NIGHT] == shelf.ids("qu")
    _ready(shelf)
    assert shelf.ids("q") == [NIGHT]
    assert set(shelf.ids("-q")) == ALL - {NIGHT}


def test_it_ends_as_soon_as_something_else_is_wanted(shelf: Shelf) -> None:
    turns = iter((True, True, False))
    _ready(shelf, lambda: next(turns))
    assert [bool(_statements(shelf, letter)) for letter in FIRST[:3]] == [False, False, True]
    assert not shelf.catalogue.store.connection.in_transaction


def test_a_small_library_is_not_searched_ahead(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_up, "LARGE", 10_000)
    _ready(shelf, lambda: pytest.fail("there is nothing to go on with"))
    assert _statements(shelf, "s")


def test_a_letter_that_is_interrupted_is_outdated(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    shelf = Shelf(catalogue)
    shelf.put("One", "2021-01-01", [("title:a", Entry(title="a b c"))])
    connection = catalogue.store.connection

    def interrupted() -> None:
        connection.set_progress_handler(None, 1)
        connection.interrupt()

    def given_up() -> bool:
        connection.set_progress_handler(interrupted, 1)  # as another thread would, in the middle of a statement
        return True

    with pytest.raises(OutdatedError):
        make_ready(connection, shelf.orders, given_up)
    assert not connection.in_transaction
    assert shelf.ids("b") == ["title:a"]
    catalogue.close()


def test_faults_of_the_catalogue_are_told(shelf: Shelf) -> None:
    shelf.catalogue.store.connection.execute("DROP TABLE words")
    with pytest.raises(sqlite3.OperationalError):
        _ready(shelf)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.binary(min_size=5, max_size=5)), max_size=40))
def test_masks_are_given_back_as_they_were_and_take_no_more_room_than_they_may(kept: list[tuple[str, bytes]]) -> None:
    known, last = Masks(), dict[str, bytes]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(masks, "ROOM", 15)
        known.pack("packed", b"\0\1" * 100)
        for name, mask in kept:
            known.put(name, mask)
            last.pop(name, None)
            last[name] = mask
            last = dict(list(last.items())[-3:])
            assert {each: known.get(each) for each in last} == last
            assert all((each in known) == (each in last) for each in "abcdefgh")
    assert known.get("packed") == b"\0\1" * 100
    assert known.get("never") is None
