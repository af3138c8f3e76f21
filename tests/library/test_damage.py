"""A file that is not what the library wrote costs what was in it at most, and the reader hears of it."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.papers import (
    ASKED,
    ISSUE,
    MARKED,
    PAPERS,
    READ,
    WHOLE,
    Held,
    details_of,
    file_of,
    held,
    json_values,
    kept,
    made,
    neighbours,
)
from tui.errors import LibraryError
from tui.library import DetailContents, IssueContents, Library, PaperState, atomic
from tui.library.atomic import LARGEST, System
from tui.library.backups import Backups
from tui.library.folder import Folder
from tui.library.migrations import outdated
from tui.library.names import copied, room_of
from tui.library.repair import repair
from tui.library.storage import SCHEMA, DamagedError, NewerError, parsed, serialised
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


def _places(folder: Path) -> dict[str, Path]:
    """Return a file of each kind."""
    return {"states": file_of(folder, PAPERS[0]), "details": details_of(folder), "issue": file_of(folder, ISSUE.id)}


def _without(kind: str) -> Held:
    """Return what the library of :func:`made` holds without the file of a kind."""
    return Held(
        issues={} if kind == "issue" else WHOLE.issues,
        papers={} if kind == "issue" else WHOLE.papers,
        states={PAPERS[1]: MARKED} if kind == "states" else WHOLE.states,
        inquiries={} if kind == "details" else WHOLE.inquiries,
    )


@pytest.mark.parametrize("kind", ["states", "details", "issue"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_set_aside_and_the_rest_opens(tmp_path: Path, damage: str, kind: str) -> None:
    made(tmp_path).close()
    path = _places(tmp_path)[kind]
    broken = DAMAGE[damage](path.read_bytes())
    if broken == path.read_bytes():
        pytest.skip("nothing in this file that the damage could hurt")
    path.write_bytes(broken)
    with Library(tmp_path) as library:
        assert held(library) == _without(kind)
        (aside,) = path.parent.glob("*.corrupt-*")
        assert aside.read_bytes() == broken
        (report,) = library.reports
        assert f"{path.parent.name}/{path.name} was damaged" in report
        assert f"{aside.parent.name}/{aside.name}" in report
        library.put_states({PAPERS[0]: READ})
        library.put_inquiries({PAPERS[0]: ASKED})
        library.put_issue(ISSUE, PAPERS)
    assert kept(tmp_path) == WHOLE


@pytest.mark.parametrize("kind", ["states", "details", "issue"])
@pytest.mark.parametrize("damage", ["cut", "zeroed", "foreign JSON", "deep"])
def test_a_damaged_file_comes_back_from_the_newest_good_backup(tmp_path: Path, damage: str, kind: str) -> None:
    made(tmp_path).close()
    now = datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC)
    assert Backups(tmp_path).make(now) is not None
    path = _places(tmp_path)[kind]
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with Library(tmp_path) as library:
        assert held(library) == WHOLE
        (report,) = library.reports
        assert "the backup of 2026-11-21 10:00 UTC" in report
        assert PAPERS[0] in report
        assert len(list(path.parent.glob("*.corrupt-*"))) == 1
    assert kept(tmp_path) == WHOLE


def test_what_is_remembered_of_a_damaged_shard_is_newer_than_a_backup(tmp_path: Path) -> None:
    made(tmp_path).close()
    Backups(tmp_path).make(datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
    path = file_of(tmp_path, PAPERS[0])
    path.write_bytes(b"")
    with Library(tmp_path) as library:
        library.remembered = lambda file: {PAPERS[0]: MARKED} if file == f"papers/{path.name}" else {}
        assert held(library).states[PAPERS[0]] == MARKED
        assert f"; {PAPERS[0]} came back from the catalogue." in library.reports[0]
    assert kept(tmp_path).states[PAPERS[0]] == MARKED


def test_a_memory_that_fails_leaves_the_backups(tmp_path: Path) -> None:
    def memory(_: str) -> dict[str, PaperState]:
        raise OSError("the catalogue is locked")

    made(tmp_path).close()
    Backups(tmp_path).make(datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
    file_of(tmp_path, PAPERS[0]).write_bytes(b"")
    with Library(tmp_path) as library:
        library.remembered = memory
        assert held(library) == WHOLE


def test_the_report_names_the_papers_that_the_bytes_still_name(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    path.write_bytes(path.read_bytes()[:-4])
    with Library(tmp_path) as library:
        held(library)
        assert library.reports[0].endswith(f"; it spoke of {PAPERS[0]}.")


def test_the_report_names_the_papers_that_no_copy_had(tmp_path: Path) -> None:
    first, second = neighbours(2)
    with Library(tmp_path) as library:
        library.put_states({first: READ})
        library.flush()
        Backups(tmp_path).make(datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
        library.put_states({second: READ})
    path = tmp_path / "papers" / "00.json"
    path.write_bytes(path.read_bytes()[:-4])
    with Library(tmp_path) as library:
        assert held(library).states == {first: READ}
        assert f"; {first} came back from the backup" in library.reports[0]
        assert library.reports[0].endswith(f"; nothing was left of {second}.")


def test_files_damaged_on_one_day_do_not_take_each_others_place(tmp_path: Path) -> None:
    for _ in range(3):
        made(tmp_path).close()
        file_of(tmp_path, PAPERS[0]).write_bytes(b"")
        with Library(tmp_path) as library:
            held(library)
    assert len(list((tmp_path / "papers").glob("*.corrupt-*"))) == 3


@pytest.mark.parametrize("room", ["papers", "details"])
def test_a_file_found_damaged_by_a_save_is_restored_and_then_changed(tmp_path: Path, room: str) -> None:
    file = f"{room}/{'00' if room == 'papers' else '000'}.json"
    first, second = neighbours(2, file)
    with made(tmp_path) as library:
        put = library.put_states if room == "papers" else library.put_inquiries
        values: Any = (READ, MARKED) if room == "papers" else (ASKED, {"waiting": True})
        put({first: values[0]})
        library.flush()
        Backups(tmp_path).make(datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
        (tmp_path / file).write_bytes(b"\0\0")
        put({second: values[1]})
        library.flush()
        assert f"{file} was damaged (it is empty)" in library.reports[0]
    found = kept(tmp_path)
    of_room: Any = found.states if room == "papers" else found.inquiries
    assert (of_room[first], of_room[second]) == values


def test_an_issue_takes_the_place_of_a_damaged_one(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        file_of(tmp_path, ISSUE.id).write_bytes(b"{")
        library.put_issue(ISSUE, PAPERS)
        assert len(library.reports) == 1
    assert kept(tmp_path) == WHOLE


def test_a_damaged_issue_can_be_removed(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        file_of(tmp_path, ISSUE.id).write_bytes(b"{")
        library.remove_issue(ISSUE.id)
    assert kept(tmp_path).issues == {}


def test_a_full_disk_leaves_a_damaged_file_where_it_is_and_no_litter(tmp_path: Path) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    made(tmp_path).close()
    Backups(tmp_path).make(datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
    path = file_of(tmp_path, PAPERS[0])
    path.write_bytes(b"{")
    with Library(tmp_path, system=System(write=full)) as library:
        assert held(library) == _without("states")
        (report,) = library.reports
        assert report.endswith("(it is no whole JSON document) and stays where it is, for No space left on device.")
    assert path.read_bytes() == b"{"
    assert list(path.parent.glob(".*")) == list(path.parent.glob("*.corrupt-*")) == []
    with Library(tmp_path) as library:
        assert held(library) == WHOLE


def test_a_file_edited_by_hand_is_taken_over_and_reported_once(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    path.write_text(path.read_text("utf-8").replace("Two", "Three"), "utf-8")
    with Library(tmp_path) as library:
        assert held(library).states[PAPERS[0]].marks.note == "Three\nlines"
        assert held(library).states[PAPERS[0]].marks.note == "Three\nlines"
        assert library.reports == (
            f"papers/{path.name} was changed by another program than paperrack; what it holds was taken over.",
        )
    assert kept(tmp_path).states[PAPERS[0]].marks.note == "Three\nlines"


@pytest.mark.parametrize("indent", [None, 0, 4])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_file_laid_out_anew_without_a_change_is_read_by_place_and_not_reported(
    tmp_path: Path, indent: int | None, ascii_only: bool
) -> None:
    made(tmp_path).close()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    for path in before:
        text = json.dumps(json.loads(path.read_text("utf-8")), indent=indent, ensure_ascii=ascii_only)
        path.write_bytes(text.replace("\n", "\r\n").encode())
    with Library(tmp_path) as library:
        library.writable = library._reading.writable = False
        _check_places(library)
        assert held(library) == WHOLE
        assert {path: path.read_bytes() for path in before} != before
    with Library(tmp_path) as library:
        _check_places(library)
        assert held(library) == WHOLE
        assert library.reports == ()
    assert {path: path.read_bytes() for path in before} == before


def _check_places(library: Library) -> None:
    issue, details = library.read(f"issues/{ISSUE.id}.json"), library.read(f"details/{details_of(Path()).name}")
    assert isinstance(issue, IssueContents)
    assert isinstance(details, DetailContents)
    found = [library.entry(issue.file, issue.stamp, *place) for place in issue.places]
    assert found == list(zip(ISSUE.entries, PAPERS, strict=True))
    assert library.inquiry(details.file, details.stamp, *details.places[PAPERS[0]]) == ASKED


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
        assert held(library) == WHOLE
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
        assert held(library).states == {first: READ}
        assert any("2 of its papers could not be read or do not belong there" in each for each in library.reports)
        library.put_states({first: MARKED, second: MARKED, third: MARKED})
    assert PAPERS[0] in path.read_text("utf-8")
    with Library(tmp_path) as library:
        assert held(library).states == dict.fromkeys((first, second, third), MARKED)


@pytest.mark.parametrize("left", [MARKED, PaperState()], ids=["changed", "nothing left"])
def test_of_a_paper_that_is_there_twice_the_first_alone_is_changed_and_stays_the_first(
    tmp_path: Path, left: PaperState
) -> None:
    name = PAPERS[0]
    made(tmp_path).close()
    for path, second in (
        (file_of(tmp_path, name), {"id": name, "marks": {"note": "other"}}),
        (details_of(tmp_path), {"id": name, "inquiry": {"done": "other"}}),
    ):
        data = json.loads(path.read_text("utf-8"))
        (table,) = (each for each in data if each != "_meta")
        data[table] = {"9": second, **data[table]}
        path.write_text(json.dumps(data))
    asked = {"done": "now"} if left is MARKED else {}
    with Library(tmp_path) as library:
        library.put_states({name: left})
        library.put_inquiries({name: asked})
        library.flush()
    with Library(tmp_path) as library:
        found = held(library)
        assert found.states.get(name, PaperState()) == left
        assert found.inquiries.get(name, {}) == asked
        assert sum("1 of its papers could not be read or do not belong" in each for each in library.reports) == 2
        told = repair(library, datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
        assert sum("twice, and not the same; both were left." in each for each in told) == 2
    assert parsed(file_of(tmp_path, name).read_bytes())[0]["papers"]["9"]["marks"] == {"note": "other"}
    assert parsed(details_of(tmp_path).read_bytes())[0]["details"]["9"]["inquiry"] == {"done": "other"}


@pytest.mark.parametrize("kind", ["states", "details"])
def test_two_documents_under_one_number_are_both_taken_over_and_told(tmp_path: Path, kind: str) -> None:
    first, second = neighbours(2) if kind == "states" else neighbours(2, "details/000.json")
    with Library(tmp_path) as library:
        library.put_states({first: READ})
        library.put_inquiries({first: {"done": "first"}})
    path = file_of(tmp_path, first) if kind == "states" else details_of(tmp_path, first)
    line = f'"1": {{"id": "{second}", "inquiry": {{"done": "second"}}, "marks": {{"marked": true}}}}'
    path.write_text(path.read_text("utf-8").replace("\n}}", f",\n{line}\n}}}}"), "utf-8")
    for writable in (False, True):
        with Library(tmp_path) as library:
            library.writable = library._reading.writable = writable
            found = held(library)
            assert (found.states if kind == "states" else found.inquiries).keys() >= {first, second}
            assert library.reports == (
                f"{path.parent.name}/{path.name} was changed by another program than paperrack; what it holds was taken"
                " over.",
            )
            if kind == "details":
                details = library.read(f"details/{path.name}")
                assert isinstance(details, DetailContents)
                for name, done in ((first, "first"), (second, "second")):
                    place = details.places[name]
                    assert library.inquiry(details.file, details.stamp, *place) == {"done": done}
    again = kept(tmp_path)
    assert (again.states if kind == "states" else again.inquiries).keys() >= {first, second}


@pytest.mark.parametrize("stated", [0, -1, False, True, 1.5, "2", None, [], 1e999])
def test_what_is_no_schema_s_number_is_taken_for_this_program_s_sealed_again_and_told(
    tmp_path: Path, stated: object
) -> None:
    made(tmp_path).close()
    before = {path: path.read_bytes() for path in _places(tmp_path).values()}
    for path, raw in before.items():
        path.write_bytes(raw.replace(b'"schema": 2', b'"schema": ' + json.dumps(stated).encode()))
    assert outdated(Folder(tmp_path)) == {}
    with Library(tmp_path) as library:
        assert held(library) == WHOLE
        assert len(library.reports) == 3
        assert all("was changed by another program than paperrack" in each for each in library.reports)
    assert {path: path.read_bytes() for path in before} == before
    assert not list(tmp_path.glob("backups/*schema*"))


def test_a_schema_of_many_digits_is_newer_and_not_printed_whole(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    path.write_bytes(before := path.read_bytes().replace(b'"schema": 2', b'"schema": ' + b"9" * 4000))
    with Library(tmp_path) as library:
        assert held(library) == WHOLE
        with pytest.raises(LibraryError) as failure:
            library.put_states({PAPERS[0]: MARKED})
        told = (*library.reports, str(failure.value))
    assert all("newer paperrack (schema of many digits" in each and len(each) < 300 for each in told)
    assert path.read_bytes() == before


def test_a_file_larger_than_any_document_is_told_and_neither_read_nor_written(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    os.truncate(path, LARGEST + 1)  # zeros, which take no room
    tracemalloc.start()
    try:
        with Library(tmp_path) as library:
            assert held(library) == _without("states")
            assert library.reports == (
                f"papers/{path.name} cannot be read: it is larger than any document of a library.",
            )
            with pytest.raises(LibraryError, match="larger than any document of a library"):
                library.put_states({PAPERS[0]: MARKED})
            assert any("larger than any document" in each for each in library.health().problems)
        assert tracemalloc.get_traced_memory()[1] < LARGEST // 4
    finally:
        tracemalloc.stop()
    assert path.stat().st_size == LARGEST + 1


def test_a_file_that_grows_while_it_is_read_is_not_read_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x" * 10)
    monkeypatch.setattr(atomic, "LARGEST", 100_000)
    monkeypatch.setattr(os, "read", lambda _, count: b"x" * count)
    with pytest.raises(OSError, match="larger than any document"):
        atomic.read_file(path)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = made(tmp_path)
    before = file_of(tmp_path, ISSUE.id).read_bytes()
    monkeypatch.setattr(atomic, "LARGEST", len(before) - 1)
    with pytest.raises(LibraryError, match="larger than any document of a library"):
        library.put_issue(dataclasses.replace(ISSUE, id="weekly-7", text="long" * len(before)), PAPERS)
    monkeypatch.undo()
    library.close()
    assert kept(tmp_path) == WHOLE


def test_after_a_document_of_the_highest_number_others_are_kept_and_read_again(tmp_path: Path) -> None:
    first, second = neighbours(2)
    with Library(tmp_path) as library:
        library.put_states({first: READ})
    path = file_of(tmp_path, first)
    path.write_text(path.read_text("utf-8").replace('\n"1": ', f'\n"{"9" * 15}": '), "utf-8")
    with Library(tmp_path) as library:
        library.put_states({second: MARKED})
    assert kept(tmp_path).states == {first: READ, second: MARKED}


def test_values_of_the_wrong_shape_become_the_default_and_hostile_text_is_cleaned(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    marks = {"marked": "yes", "state": "lost", "tags": [1, "a\x1b]0;x\x07b"], "note": "n\u202e", "starred": True}
    document = {"id": PAPERS[0], "marks": marks, "merged_into": 7}
    path.write_text(json.dumps({"papers": {"1": document}}))
    with Library(tmp_path) as library:
        assert held(library).states[PAPERS[0]] == PaperState(Marks(starred=True, tags=("ab",), note="n"))


def test_numbers_and_letters_that_json_cannot_hold_do_not_stop_a_save(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    document = f'{{"id": "{PAPERS[0]}", "far": 1e999, "not": NaN, "half": "\\ud800", "marks": {{"marked": true}}}}'
    path.write_text(f'{{"papers": {{"1": {document}}}}}')
    with Library(tmp_path) as library:
        library.put_states({PAPERS[0]: READ})
    state = kept(tmp_path).states[PAPERS[0]]
    assert (state.marks, state.extra) == (READ.marks, {"far": None, "not": None, "half": "\ud800"})


@pytest.mark.parametrize("shape", ["known", "unknown"])
def test_a_file_of_a_newer_program_is_never_written_or_set_aside(tmp_path: Path, shape: str) -> None:
    made(tmp_path).close()
    for path in _places(tmp_path).values():
        data = json.loads(path.read_text("utf-8"))
        data["_meta"]["1"]["schema"] = SCHEMA + 1
        path.write_text(json.dumps(data if shape == "known" else {"_meta": data["_meta"], "papers": [1]}))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    with Library(tmp_path) as library:
        assert held(library) == (WHOLE if shape == "known" else Held(states={PAPERS[1]: MARKED}))
        assert len(library.reports) == 3
        assert all(f"newer paperrack (schema {SCHEMA + 1}" in sentence for sentence in library.reports)
        for put in (
            lambda: library.put_states({PAPERS[0]: MARKED}),
            lambda: library.put_inquiries({PAPERS[0]: {}}),
            lambda: library.put_issue(ISSUE, PAPERS),
            lambda: library.remove_issue(ISSUE.id),
        ):
            with pytest.raises(LibraryError, match="newer paperrack"):
                put()
        library.put_states({PAPERS[1]: READ})
        library.flush()
    after = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert [path for path in before if before[path] != after[path]] == [file_of(tmp_path, PAPERS[1])]


def test_a_file_that_became_newer_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    library = made(tmp_path)
    for path in _places(tmp_path).values():
        text = path.read_text("utf-8")
        path.write_text(text.replace(f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}'), "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    for put in (lambda: library.put_issue(ISSUE, PAPERS), lambda: library.remove_issue(ISSUE.id)):
        with pytest.raises(LibraryError, match=r"weekly-6 could not be \w+: it was written by a newer paperrack"):
            put()
    library.put_inquiries({PAPERS[0]: {}})
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError, match=r"arxiv:2010.10915 could not be saved: it was written by a newer"):
        library.close()
    assert {path: path.read_bytes() for path in before} == before


COPIES = {
    "weekly-6 (conflicted copy 2026-11-21).json": "weekly-6.json",
    "weekly-6 (Jane's conflicted copy 2026-11-21).json": "weekly-6.json",
    "weekly-6.sync-conflict-20261121-101010-ABCDEFG.json": "weekly-6.json",
    "weekly-6.sync-conflict-20261121.json": "weekly-6.json",
    "weekly-6 (1).json": "weekly-6.json",
    "weekly-6 2.json": "weekly-6.json",
    "weekly-6.json~": "weekly-6.json",
    ".#weekly-6.json": "weekly-6.json",
    "#weekly-6.json#": "weekly-6.json",
}


@pytest.mark.parametrize("name", COPIES)
def test_a_conflict_copy_is_known_by_its_name(name: str) -> None:
    assert copied(name) == COPIES[name]
    assert room_of(f"issues/{name}") is None


@pytest.mark.parametrize("name", ["weekly-6.json", "a.b-1.json", "_0123456789abcdef0123456789abcdef.json"])
def test_an_issue_s_own_name_is_no_copy(name: str) -> None:
    assert copied(name) is None
    assert room_of(f"issues/{name}") == "issues"


def test_conflict_copies_and_strangers_are_reported_once_and_not_read_as_papers(tmp_path: Path) -> None:
    made(tmp_path).close()
    issue, shard = file_of(tmp_path, ISSUE.id), file_of(tmp_path, PAPERS[0])
    for name in COPIES:
        (issue.parent / name).write_bytes(issue.read_bytes())
    (shard.parent / "songs.json").write_bytes(shard.read_bytes())
    (shard.parent / "README.txt").write_text("mine")
    with Library(tmp_path) as library:
        assert held(library) == held(library) == WHOLE
        strangers, copies = library.reports
        assert strangers == "papers/songs.json is no file of this library and was passed over."
        assert f"and {len(COPIES) - 3} more are copies that a synced folder or an editor left" in copies
        (shard.parent / f"{shard.stem} (1).json").write_bytes(shard.read_bytes())
        assert held(library) == WHOLE
        assert library.reports[2].startswith(f"papers/{shard.stem} (1).json is a copy that")
        assert library.read(f"papers/{shard.stem} (1).json") is None
    assert len(list(tmp_path.rglob("*.corrupt-*"))) == 0


def test_an_issue_under_another_name_is_passed_over(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, ISSUE.id)
    path.with_name("other.json").write_bytes(path.read_bytes())
    with Library(tmp_path) as library:
        assert held(library) == WHOLE
        assert library.reports == (
            "issues/other.json holds the issue weekly-6 under another name and was passed over.",
        )


def test_links_that_lead_out_are_neither_read_nor_written_and_others_are(tmp_path: Path) -> None:
    folder, elsewhere, other = tmp_path / "library", tmp_path / "elsewhere.json", neighbours(1)[0]
    made(folder).close()
    shard, issue = file_of(folder, PAPERS[0]), file_of(folder, ISSUE.id)
    shard.rename(elsewhere)
    issue.rename(folder / "kept here")
    try:
        shard.symlink_to(elsewhere)
        issue.symlink_to("../kept here")
        (folder / "papers" / "00.json").symlink_to(tmp_path / "none.json")
    except OSError:
        pytest.skip("this system makes no links")
    before = elsewhere.read_bytes()
    with Library(folder) as library:
        library.put_states({other: MARKED})
        with pytest.raises(LibraryError, match="it is a link that leads out of the library"):
            library.flush()
        assert held(library) == _without("states")
        assert [report.split()[0] for report in library.reports] == ["papers/00.json", f"papers/{shard.name}"]
        for name in (PAPERS[0], other):
            with pytest.raises(LibraryError, match="link that leads out"):
                library.put_states({name: MARKED})
        library.put_issue(ISSUE, PAPERS)
        (tmp_path / "none.json").write_bytes(b"")
        (folder / "papers" / "00.json").unlink()
    assert (elsewhere.read_bytes(), (tmp_path / "none.json").read_bytes()) == (before, b"")
    assert issue.is_symlink()
    assert (folder / "kept here").stat().st_ino == issue.stat().st_ino


def test_a_library_may_be_a_link_and_a_room_that_leads_out_may_not(tmp_path: Path) -> None:
    made(tmp_path / "library").close()
    try:
        (tmp_path / "link").symlink_to("library")
    except OSError:
        pytest.skip("this system makes no links")
    with Library(tmp_path / "link") as library:
        library.put_states({PAPERS[0]: MARKED})
    assert kept(tmp_path / "library").states[PAPERS[0]] == MARKED
    (tmp_path / "library" / "details").rename(tmp_path / "details")
    (tmp_path / "library" / "details").symlink_to(tmp_path / "details")
    with pytest.raises(LibraryError, match=r"library/details is a link that leads out of the library\.$"):
        Library(tmp_path / "library")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_neither_waited_for_nor_overwritten(tmp_path: Path) -> None:
    Library(tmp_path).close()
    os.mkfifo(file_of(tmp_path, PAPERS[0]))
    file_of(tmp_path, ISSUE.id).mkdir()
    with Library(tmp_path) as library:
        assert held(library) == Held()
        assert all("cannot be read: it is not a regular file." in sentence for sentence in library.reports)
        assert len(library.reports) == 2
        with pytest.raises(LibraryError, match="not a regular file"):
            library.put_states({PAPERS[0]: READ})


def test_what_saves_left_behind_is_gone_after_the_next_look(tmp_path: Path) -> None:
    made(tmp_path).close()
    for room in ("issues", "papers", "details", ""):
        (tmp_path / room / ".x.json.tmp-0123").write_bytes(b"{")
    assert kept(tmp_path) == WHOLE
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
    assert (found, schema, sound) == (data, SCHEMA, True)
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
