"""A file that is not what the library wrote costs what was in it at most, and the reader hears of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.papers import ISSUE, MARKED, PAPERS, READ, file_of, json_values, made, neighbours
from tui.errors import LibraryError
from tui.library import Library, PaperState
from tui.library.storage import DamagedError, NewerError, parsed, serialised
from tui.model import Marks

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda raw: raw[: len(raw) // 2],
    "cut by a byte": lambda raw: raw[:-3],
    "zeroed": lambda raw: b"\0" * len(raw),
    "empty": lambda _: b"",
    "old tail": lambda raw: raw + raw[-20:],
    "foreign text": lambda _: b"\x89PNG\r\n\x1a\n",
    "foreign JSON": lambda _: b'[{"id": "arxiv:1"}]',
    "other tables": lambda _: b'{"songs": {"1": {"id": "x"}}}',
    "numbers for documents": lambda _: b'{"papers": {"1": 5}, "issue": {"1": 5}}',
    "names for numbers": lambda _: b'{"papers": {"x": {}}, "issue": {"x": {}}}',
    "deep": lambda _: b"[" * 100_000,
    "deep in a table": lambda _: b'{"papers": {"1": {"a": ' + b"[" * 990 + b"]" * 990 + b"}}}",
    "long number": lambda _: b'{"papers": {"1": {"a": ' + b"9" * 5000 + b"}}}",
    "not UTF-8": lambda raw: raw.replace("später".encode(), b"sp\xe4ter").replace("王".encode(), b"\xff"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_of_marks_is_set_aside_and_the_rest_opens(tmp_path: Path, damage: str) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    broken = DAMAGE[damage](path.read_bytes())
    path.write_bytes(broken)
    with Library(tmp_path) as library:
        assert library.issues() == (ISSUE,)
        assert library.states() == {PAPERS[1]: MARKED}
        (aside,) = path.parent.glob("*.corrupt-*")
        assert aside.read_bytes() == broken
        assert len(library.reports) == 1
        assert f"papers/{path.name} was damaged" in library.reports[0]
        assert f"papers/{aside.name}" in library.reports[0]
        assert library.health().set_aside == (f"papers/{aside.name}",)
        library.put_states({PAPERS[0]: READ})
    with Library(tmp_path) as again:
        assert again.reports == ()
        assert again.states() == {PAPERS[0]: READ, PAPERS[1]: MARKED}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_issue_is_set_aside_and_the_rest_opens(tmp_path: Path, damage: str) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, ISSUE.id)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with Library(tmp_path) as library:
        assert library.issues() == ()
        assert set(library.states()) == set(PAPERS)
        assert "issues/weekly-6.json was damaged" in library.reports[0]


def test_the_report_names_the_papers_that_the_bytes_still_name(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    path.write_bytes(path.read_bytes()[:-4])
    with Library(tmp_path) as library:
        assert f"; it spoke of {PAPERS[0]}." in library.reports[0]


def test_files_damaged_on_one_day_do_not_take_each_others_place(tmp_path: Path) -> None:
    for _ in range(3):
        made(tmp_path).close()
        file_of(tmp_path, PAPERS[0]).write_bytes(b"")
        Library(tmp_path).close()
    assert len(list((tmp_path / "papers").glob("*.corrupt-*"))) == 3


def test_a_file_damaged_while_it_was_open_is_written_again_from_memory(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        file_of(tmp_path, PAPERS[0]).write_bytes(b"{")
        file_of(tmp_path, ISSUE.id).write_bytes(b"")
        assert library.refresh() is False
        assert [sentence.split()[0] for sentence in library.reports] == [
            "issues/weekly-6.json",
            file_of(Path("papers"), PAPERS[0]).relative_to("papers").as_posix(),
        ]
    with Library(tmp_path) as again:
        assert again.reports == ()
        assert (again.issues(), again.states()) == ((ISSUE,), {PAPERS[0]: READ, PAPERS[1]: MARKED})


def test_a_file_found_damaged_by_a_save_is_written_again_whole(tmp_path: Path) -> None:
    first, second = neighbours(2)
    with made(tmp_path) as library:
        library.put_states({first: READ})
        library.flush()
        file_of(tmp_path, first).write_bytes(b"\0\0")
        library.put_states({second: MARKED})
        library.flush()
        assert "papers/00.json was damaged (it is empty)" in library.reports[0]
    with Library(tmp_path) as again:
        assert (again.states()[first], again.states()[second]) == (READ, MARKED)


def test_a_file_edited_by_hand_is_taken_over_and_reported_once(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    path.write_text(path.read_text("utf-8").replace("Two", "Three"), "utf-8")
    with Library(tmp_path) as library:
        assert library.states()[PAPERS[0]].marks.note == "Three\nlines"
        assert library.reports == (
            f"papers/{path.name} was changed by another program than paperrack; what it holds was taken over.",
        )
    with Library(tmp_path) as again:
        assert again.reports == ()
        assert again.states()[PAPERS[0]].marks.note == "Three\nlines"


def test_a_file_laid_out_anew_without_a_change_is_not_reported(tmp_path: Path) -> None:
    made(tmp_path).close()
    for path in tmp_path.rglob("*.json"):
        data = json.loads(path.read_text("utf-8"))
        path.write_bytes(json.dumps(data, indent=4).replace("\n", "\r\n").encode())
    with Library(tmp_path) as library:
        assert library.reports == ()
        assert (library.issues(), len(library.states())) == ((ISSUE,), 2)


def test_one_bad_document_costs_itself_and_is_reported(tmp_path: Path) -> None:
    made(tmp_path).close()
    for name, table, document in (
        (PAPERS[0], "papers", {"id": "x\x1b[2J", "marks": {"marked": True}}),
        (PAPERS[1], "papers", {"marks": {"marked": True}}),
        (ISSUE.id, "entries", {"entry": "?", "paper": "x"}),
    ):
        path = file_of(tmp_path, name)
        data = json.loads(path.read_text("utf-8"))
        data[table]["9"] = document
        path.write_text(json.dumps(data))
    with Library(tmp_path) as library:
        assert (library.issues(), library.states()) == ((ISSUE,), {PAPERS[0]: READ, PAPERS[1]: MARKED})
        assert sum("could not be read" in sentence for sentence in library.reports) == 3
        assert len(library.health().problems) >= 3


def test_a_paper_in_anothers_file_or_twice_in_its_own_is_passed_over_and_stays_there(tmp_path: Path) -> None:
    first, second, third = neighbours(3)
    with Library(tmp_path) as library:
        library.put_states({first: READ})
    path = file_of(tmp_path, first)
    data = json.loads(path.read_text("utf-8"))
    data["papers"] |= {"7": {"id": first, "marks": {"note": "later"}}, "8": {"id": PAPERS[0], "marks": {"note": "x"}}}
    path.write_text(json.dumps(data))
    with Library(tmp_path) as library:
        assert library.states() == {first: READ}
        assert any("2 of its papers could not be read or do not belong there" in each for each in library.reports)
        library.put_states({second: MARKED, third: MARKED})
    assert PAPERS[0] in path.read_text("utf-8")


def test_values_of_the_wrong_shape_become_the_default_and_hostile_text_is_cleaned(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    marks = {"marked": "yes", "state": "lost", "tags": [1, "a\x1b]0;x\x07b"], "note": "n\u202e", "starred": True}
    document = {"id": PAPERS[0], "marks": marks, "merged_into": 7}
    path.write_text(json.dumps({"papers": {"1": document}}))
    with Library(tmp_path) as library:
        assert library.states()[PAPERS[0]] == PaperState(Marks(starred=True, tags=("ab",), note="n"))


def test_numbers_and_letters_that_json_cannot_hold_do_not_stop_a_save(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    document = f'{{"id": "{PAPERS[0]}", "far": 1e999, "not": NaN, "half": "\\ud800", "marks": {{"marked": true}}}}'
    path.write_text(f'{{"papers": {{"1": {document}}}}}')
    with Library(tmp_path) as library:
        library.put_states({PAPERS[0]: READ})
    with Library(tmp_path) as again:
        assert again.states()[PAPERS[0]].marks == READ.marks
        assert again.states()[PAPERS[0]].extra == {"far": None, "not": None, "half": "\ud800"}


@pytest.mark.parametrize("shape", ["known", "unknown"])
def test_a_file_of_a_newer_program_is_never_written_or_set_aside(tmp_path: Path, shape: str) -> None:
    made(tmp_path).close()
    for name in (PAPERS[0], ISSUE.id):
        path = file_of(tmp_path, name)
        data = json.loads(path.read_text("utf-8"))
        data["_meta"]["1"]["schema"] = 2
        path.write_text(json.dumps(data if shape == "known" else {"_meta": data["_meta"], "papers": [1]}))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    with Library(tmp_path) as library:
        assert library.states().get(PAPERS[0], READ) == READ
        assert len(library.reports) == 2
        assert all("newer paperrack (schema 2" in sentence for sentence in library.reports)
        for put in (lambda: library.put_states({PAPERS[0]: MARKED}), lambda: library.put_issue(ISSUE, PAPERS)):
            with pytest.raises(LibraryError, match="newer paperrack"):
                put()
        assert library.states().get(PAPERS[0], READ) == READ
        library.put_states({PAPERS[1]: READ})
        library.flush()
        assert len(library.health().problems) == 2
    after = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert [path for path in before if before[path] != after[path]] == [file_of(tmp_path, PAPERS[1])]


def test_a_file_that_became_newer_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    library = made(tmp_path)
    path = file_of(tmp_path, PAPERS[0])
    path.write_text(path.read_text("utf-8").replace('"schema": 1', '"schema": 2'), "utf-8")
    before = path.read_bytes()
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError, match=r"arxiv:2010.10915 could not be saved: it was written by a newer"):
        library.close()
    assert path.read_bytes() == before


def test_conflict_copies_and_strangers_are_reported_and_not_read_as_papers(tmp_path: Path) -> None:
    made(tmp_path).close()
    issue, shard = file_of(tmp_path, ISSUE.id), file_of(tmp_path, PAPERS[0])
    (issue.parent / "weekly-6.sync-conflict-20261121.json").write_bytes(issue.read_bytes())
    (shard.parent / f"{shard.stem} (1).json").write_bytes(shard.read_bytes())
    (shard.parent / "README.txt").write_text("mine")
    with Library(tmp_path) as library:
        assert (library.issues(), len(library.states())) == ((ISSUE,), 2)
        assert [sentence.split(".json")[0] for sentence in library.reports] == [
            "issues/weekly-6.sync-conflict-20261121",
            f"papers/{shard.stem} (1)",
        ]
    assert len(list(tmp_path.rglob("*.corrupt-*"))) == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_neither_waited_for_nor_overwritten(tmp_path: Path) -> None:
    Library(tmp_path).close()
    os.mkfifo(file_of(tmp_path, PAPERS[0]))
    file_of(tmp_path, ISSUE.id).mkdir()
    with Library(tmp_path) as library:
        assert all("cannot be read: it is not a regular file." in sentence for sentence in library.reports)
        assert len(library.reports) == 2
        with pytest.raises(LibraryError, match="not a regular file"):
            library.put_states({PAPERS[0]: READ})


def test_what_saves_left_behind_is_gone_after_the_next_opening(tmp_path: Path) -> None:
    made(tmp_path).close()
    for room in ("issues", "papers"):
        (tmp_path / room / ".x.json.tmp-0123").write_bytes(b"{")
    Library(tmp_path).close()
    assert not list(tmp_path.rglob("*.tmp-*"))


tables = st.dictionaries(
    st.text(max_size=9).filter(lambda name: name != "_meta"),
    st.dictionaries(
        st.integers(1, 999).map(str), st.dictionaries(st.text(max_size=9), json_values, max_size=3), max_size=4
    ),
    max_size=3,
)


@given(tables)
def test_reading_what_was_written_is_identity_and_the_checksum_fits(
    data: dict[str, dict[str, dict[str, object]]],
) -> None:
    raw = serialised(data)
    found, schema, sound = parsed(raw)
    meta = found.pop("_meta")
    assert (found, schema, sound) == (data, 1, True)
    assert meta["1"]["documents"] == sum(len(table) for table in data.values())
    assert serialised({"_meta": {"1": {}}, **found}) == raw


@settings(deadline=None)
@given(tables.filter(lambda data: any(data.values())), st.data())
def test_no_changed_byte_goes_unnoticed(data: dict[str, dict[str, dict[str, object]]], draw: st.DataObject) -> None:
    raw = bytearray(serialised(data))
    start = raw.index(b"\n") + 1
    place = draw.draw(st.integers(start, len(raw) - 1))
    raw[place] ^= draw.draw(st.integers(1, 255))
    try:
        found, _, sound = parsed(bytes(raw))
    except (DamagedError, NewerError):
        return
    found.pop("_meta")
    assert not sound or found == data
