"""How the reader left the screens: kept in one small file, whatever is wrong with it."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from tui.desk import layout
from tui.desk.layout import MOST, Layout, Left, Place

HERE = Path("/libraries/here")


def test_what_was_left_is_there_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "state" / "layout.json"
    first = layout.read(file)
    assert (first.teach, first.place(HERE)) == (True, Place())
    first.keep(HERE, Place("week", "arxiv:1", "week", "to-read"), Left(theme="nord", under="dark", issues=30))
    assert not first.teach
    again = layout.read(file)
    assert (again.teach, again.left.theme, again.left.issues) == (False, "nord", 30)
    assert again.place(HERE) == Place("week", "arxiv:1", "week", "to-read")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_programs_that_leave_two_libraries_keep_both_places(tmp_path: Path) -> None:
    one, other = layout.read(tmp_path / "layout.json"), layout.read(tmp_path / "layout.json")
    one.keep(HERE, Place("a"), one.left)
    other.keep(Path("/libraries/there"), Place("b"), other.left)
    left = layout.read(tmp_path / "layout.json")
    assert (left.place(HERE), left.place(Path("/libraries/there"))) == (Place("a"), Place("b"))


def test_of_very_many_libraries_those_left_longest_ago_are_forgotten(tmp_path: Path) -> None:
    one = layout.read(tmp_path / "layout.json")
    for number in range(MOST + 1):
        one.keep(Path(f"/{number}"), Place(str(number)), one.left)
    one.keep(Path("/2"), Place("again"), one.left)
    one.keep(Path("/new"), Place("new"), one.left)
    left = layout.read(tmp_path / "layout.json")
    assert len(left.left.places) == MOST
    assert left.place(Path("/1")) == left.place(Path("/0")) == Place()
    assert left.place(Path("/2")) == Place("again")


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"\xff", b"[" * 50_000, b"null", b'{"places": []}',
     b'{"places": {"/libraries/here": 3}, "issues": "x"}',
     b" " * 200_000 + b'{"theme": "nord"}'],
    ids=["empty", "cut", "bytes", "deep", "null", "list", "shapes", "large"],
)  # fmt: skip
def test_a_damaged_file_keeps_nobody_from_reading(tmp_path: Path, damaged: bytes) -> None:
    file = tmp_path / "layout.json"
    file.write_bytes(damaged)
    found = layout.read(file)
    assert (found.left.theme, found.left.issues, found.place(HERE)) == ("", 0, Place())
    found.keep(HERE, Place("a"), replace(found.left, theme="nord"))
    assert layout.read(file).left.theme == "nord"


def test_what_cannot_be_written_is_passed_over_and_holds_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    one = Layout(tmp_path / "file" / "layout.json")
    one.keep(HERE, Place("a"), Left(theme="nord"))
    assert (one.left.theme, one.place(HERE)) == ("nord", Place("a"))
    nowhere = Layout()
    nowhere.keep(HERE, Place("a"), Left())
    assert nowhere.place(HERE) == Place("a")


def test_it_lies_beside_the_state_and_not_in_a_library() -> None:
    one = layout.of_platform()
    one.keep(HERE, Place("a"), Left())
    assert one.file
    assert one.file.name == "layout.json"
    assert json.loads(one.file.read_text())["places"] == {str(HERE): {"issue": "a"}}
