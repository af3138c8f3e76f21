"""Searches under a name: kept, changed and found by name, by two programs too, and set aside where they are damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.test_faults import DeathError, Faults, die
from tui.errors import LibraryError, UnknownError
from tui.library.folder import Folder
from tui.library.listed import ListedFile
from tui.library.searches import MOST_LETTERS, SEARCHES, Searches, usable_name
from tui.model import SavedSearch

GRAPHS = SavedSearch("Graphs", "graph is:unread")
SOUND = SavedSearch("sound", 'author:"Aaqib Saeed"', "year")


def made(folder: Path, *searches: SavedSearch, **options: Any) -> Searches:
    place = Folder(folder)
    place.prepare(True)
    found = Searches(place, **options)
    if searches:
        found.change({search.name: search for search in searches})
    return found


def test_searches_are_there_after_a_restart_by_name(tmp_path: Path) -> None:
    assert made(tmp_path).list() == ()
    made(tmp_path, SOUND, GRAPHS)
    assert made(tmp_path).list() == (GRAPHS, SOUND)
    assert made(tmp_path).named(" graphs ") == GRAPHS
    assert made(tmp_path).named("nothing") is None


def test_one_is_replaced_renamed_and_removed_and_the_others_stay(tmp_path: Path) -> None:
    searches = made(tmp_path, GRAPHS, SOUND)
    again = SavedSearch("Graphs", "graph OR network")
    searches.change({"Graphs": again})
    assert searches.list() == (again, SOUND)
    searches.change({"Graphs": None, "Networks": SavedSearch("Networks", again.query)})
    assert [each.name for each in searches.list()] == ["Networks", "sound"]
    searches.change({"Networks": None, "sound": None, "never there": None})
    assert made(tmp_path).list() == ()


def test_an_order_that_is_taken_back_is_the_usual_one_again(tmp_path: Path) -> None:
    searches = made(tmp_path, SOUND)
    searches.change({"sound": SavedSearch("sound", "x")})
    assert made(tmp_path).list() == (SavedSearch("sound", "x"),)


def test_two_programs_see_each_others_searches_at_once(tmp_path: Path) -> None:
    here, there = made(tmp_path), made(tmp_path)
    here.change({"Graphs": GRAPHS})
    assert there.list() == (GRAPHS,)
    there.change({"sound": SOUND})
    assert here.list() == (GRAPHS, SOUND)


def test_the_file_is_not_read_again_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searches = made(tmp_path, GRAPHS)
    assert searches.list() == (GRAPHS,)
    monkeypatch.setattr(ListedFile, "_read", lambda self: pytest.fail("it was read again"))
    assert searches.list() == (GRAPHS,)
    (tmp_path / SEARCHES).unlink()
    assert searches.list() == ()


def test_fields_of_a_newer_program_stay(tmp_path: Path) -> None:
    made(tmp_path, GRAPHS)
    path = tmp_path / SEARCHES
    data = json.loads(path.read_text("utf-8"))
    data["searches"]["1"]["colour"] = "red"
    path.write_text(json.dumps(data), "utf-8")
    made(tmp_path).change({"Graphs": SavedSearch("Graphs", "new")})
    assert made(tmp_path).list() == (SavedSearch("Graphs", "new"),)
    assert json.loads(path.read_text("utf-8"))["searches"]["1"]["colour"] == "red"


def test_what_a_stranger_wrote_into_it_is_passed_over_or_cleaned(tmp_path: Path) -> None:
    made(tmp_path, GRAPHS)
    path = tmp_path / SEARCHES
    data = json.loads(path.read_text("utf-8"))
    strange = [{}, {"name": 7, "query": "x"}, {"name": "a\x1b[2J", "query": "x"}, {"name": "b", "query": "c\x1b[2Jd"}]
    data["searches"] |= {str(number): each for number, each in enumerate(strange, 2)}
    path.write_text(json.dumps(data), "utf-8")
    assert made(tmp_path).list() == (SavedSearch("b", "cd"), GRAPHS)


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 99, b"[]", b'{"papers": {}}', b"\xff\xfe"])
def test_a_damaged_file_is_set_aside_and_told_of(tmp_path: Path, content: bytes) -> None:
    made(tmp_path, GRAPHS)
    (tmp_path / SEARCHES).write_bytes(content)
    told: list[str] = []
    searches = made(tmp_path, report=told.append)
    assert searches.list() == ()
    assert len(told) == 1
    assert told[0].endswith("; the saved searches are gone.")
    searches.change({"sound": SOUND})
    assert made(tmp_path).list() == (SOUND,)
    assert [path.read_bytes() for path in tmp_path.glob("*.corrupt-*")] == [content]


def test_the_newest_backup_takes_the_place_of_a_damaged_file(tmp_path: Path) -> None:
    made(tmp_path, GRAPHS)
    good = (tmp_path / SEARCHES).read_bytes()
    (tmp_path / SEARCHES).write_bytes(b"{")
    told: list[str] = []
    searches = made(tmp_path, report=told.append, backup=lambda name: good if name == SEARCHES else None)
    assert searches.list() == (GRAPHS,)
    assert searches.list() == (GRAPHS,)
    assert told[0].endswith("; those of the newest backup are back.")
    assert len(told) == 1


def test_a_newer_programs_searches_are_shown_and_not_changed(tmp_path: Path) -> None:
    made(tmp_path, GRAPHS)
    path = tmp_path / SEARCHES
    data = json.loads(path.read_text("utf-8"))
    data["_meta"]["1"]["schema"] = 99
    path.write_text(json.dumps(data), "utf-8")
    before = path.read_bytes()
    searches = made(tmp_path)
    assert searches.list() == (GRAPHS,)
    with pytest.raises(LibraryError, match="newer paperrack"):
        searches.change({"sound": SOUND})
    path.write_text(json.dumps({"_meta": data["_meta"], "other": {}}), "utf-8")
    with pytest.raises(LibraryError, match="newer paperrack"):
        searches.list()
    path.write_bytes(before)
    assert searches.list() == (GRAPHS,)


def test_a_library_that_is_read_only_keeps_its_searches_as_they_are(tmp_path: Path) -> None:
    made(tmp_path, GRAPHS)
    searches = made(tmp_path, writable=False)
    assert searches.list() == (GRAPHS,)
    with pytest.raises(LibraryError, match="is read-only, so this cannot be kept"):
        searches.change({"sound": SOUND})
    (tmp_path / SEARCHES).write_bytes(b"{")
    with pytest.raises(LibraryError, match="cannot be read: they are damaged"):
        searches.list()
    assert not list(tmp_path.glob("*.corrupt-*"))


@pytest.mark.parametrize("first", range(1, 9))
def test_searches_are_old_or_new_whichever_call_of_a_save_is_the_last(tmp_path: Path, first: int) -> None:
    made(tmp_path, GRAPHS)
    place = Folder(tmp_path, Faults(first, die, 99).system)
    with pytest.raises(DeathError):
        Searches(place).change({"Graphs": None, "sound": SOUND})
    assert made(tmp_path).list() in ((GRAPHS,), (SOUND,))


@pytest.mark.parametrize(
    ("name", "why"), [("", "needs a name"), (" \x1b[2J", "needs a name"), ("x" * 61, "at most 60 letters")]
)
def test_a_name_that_cannot_be_shown_is_refused_in_words(name: str, why: str) -> None:
    with pytest.raises(UnknownError, match=why):
        usable_name(name)


@given(st.text(max_size=99))
def test_a_usable_name_stays_what_it_is(text: str) -> None:
    try:
        name = usable_name(text)
    except UnknownError:
        return
    assert usable_name(name) == name
    assert 0 < len(name) <= MOST_LETTERS
    assert SavedSearch(name, "x").name == name
