"""A library keeps what it is given, for itself, for the next opening and for other programs."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from tests.library.papers import (
    ASKED,
    FIELDS,
    ISSUE,
    MARKED,
    PAPERS,
    READ,
    WHOLE,
    choices,
    details_of,
    file_of,
    held,
    issues,
    json_values,
    kept,
    made,
    marks,
    neighbours,
)
from tui.errors import LibraryError, UnknownError
from tui.library import DetailContents, Library, PaperState, Saved, StaleError, StateContents
from tui.library.atomic import System
from tui.library.names import issue_file, room_of
from tui.model import Issue, Marks
from tui.text import clean


def test_what_is_put_is_there_after_opening_again(tmp_path: Path) -> None:
    made(tmp_path).close()
    assert kept(tmp_path) == WHOLE


def test_an_issue_is_on_the_disk_when_it_was_put(tmp_path: Path) -> None:
    library = Library(tmp_path)
    contents = library.put_issue(ISSUE, PAPERS)
    assert library.read(contents.file) == contents
    with Library(tmp_path) as other:
        assert held(other).issues == {ISSUE.id: ISSUE}
    library.close()


def test_a_corrected_edition_replaces_the_issue_and_leaves_the_marks(tmp_path: Path) -> None:
    corrected = dataclasses.replace(ISSUE, title="Week 6, corrected", entries=ISSUE.entries[:1])
    with made(tmp_path) as library:
        contents = library.put_issue(corrected, PAPERS[:1])
        assert library.read(contents.file) == contents
    found = kept(tmp_path)
    assert (found.issues, found.papers) == ({ISSUE.id: corrected}, {ISSUE.id: PAPERS[:1]})
    assert found.states == WHOLE.states


def test_a_removed_issue_is_gone_and_what_is_kept_of_its_papers_stays(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        library.remove_issue(ISSUE.id)
        assert not file_of(tmp_path, ISSUE.id).exists()
    found = kept(tmp_path)
    assert (found.issues, found.states, found.inquiries) == ({}, WHOLE.states, WHOLE.inquiries)


def test_a_state_that_is_the_default_one_and_an_empty_inquiry_are_not_kept(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        library.put_states({PAPERS[0]: PaperState()})
        library.put_inquiries({PAPERS[0]: {}})
    found = kept(tmp_path)
    assert (found.states, found.inquiries) == ({PAPERS[1]: MARKED}, {})
    for path in (file_of(tmp_path, PAPERS[0]), details_of(tmp_path)):
        assert "2010.10915" not in path.read_text("utf-8")


def test_a_change_of_one_paper_writes_one_file_and_leaves_its_neighbours_there_as_they_are(tmp_path: Path) -> None:
    first, second, third = neighbours(3)
    with made(tmp_path) as library:
        library.put_states({first: MARKED, second: READ})
        library.flush()
        before = {path: path.stat().st_ino for path in tmp_path.rglob("*.json")}
        library.put_states({third: MARKED})
        library.flush()
        changed = [path.name for path in tmp_path.rglob("*.json") if path.stat().st_ino != before.get(path)]
    assert changed == ["00.json"]
    assert {first: MARKED, second: READ, third: MARKED}.items() <= kept(tmp_path).states.items()


def test_of_many_changes_at_once_the_first_waits_for_nobody_and_the_rest_goes_together(tmp_path: Path) -> None:
    writes: list[str] = []
    first, rest = threading.Event(), threading.Event()

    def replace(old: str, new: str) -> None:
        writes.append(new)
        first.set()
        rest.wait(30)
        os.replace(old, new)

    names = neighbours(40)
    with Library(tmp_path, system=System(replace=replace)) as library:
        library.put_states({names[0]: MARKED})
        assert first.wait(30)
        for name in names[1:]:
            library.put_states({name: READ})
        assert library.unsaved_files() == {"papers/00.json"}
        rest.set()
        library.flush()
        assert library.unsaved_files() == frozenset()
        assert len(writes) == 2
    assert kept(tmp_path).states == {names[0]: MARKED, **dict.fromkeys(names[1:], READ)}


def test_the_files_are_tinydb_documents_with_schema_checksum_and_sorted_keys(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    with TinyDB(path, access_mode="r", encoding="utf-8") as database:
        found = database.table("papers").search(where("id") == PAPERS[0])
        meta = database.table("_meta").all()[0]
    assert found[0]["marks"]["tags"] == ["graphs", "später"]
    assert (meta["schema"], len(meta["checksum"])) == (2, 64)
    text = path.read_text("utf-8")
    data = json.loads(text)
    assert list(data) == sorted(data)
    assert "später" in text
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_content_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        made(tmp_path / name).close()
    files = [
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.json")}
        for name in ("one", "two")
    ]
    assert files[0] == files[1]
    assert len(files[0]) == 4


def test_fields_of_a_newer_program_are_carried_along_by_readers_who_do_not_name_them(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    with TinyDB(path, encoding="utf-8") as database:
        database.table("papers").update({"details": {"citations": 7}}, where("id") == PAPERS[0])
        database.table("papers").update(lambda each: each["marks"].update(colour="red"), where("id") == PAPERS[0])
    with Library(tmp_path) as library:
        extra = {"details": {"citations": 7}, "marks": {"colour": "red"}}
        assert held(library).states[PAPERS[0]].extra == extra
        library.put_states({PAPERS[0]: MARKED})
    assert kept(tmp_path).states[PAPERS[0]] == dataclasses.replace(MARKED, extra=extra)
    with Library(tmp_path) as again:
        again.put_states({PAPERS[0]: PaperState()})
    assert kept(tmp_path).states[PAPERS[0]].extra["details"] == {"citations": 7}


def test_fields_of_a_newer_program_beside_an_inquiry_are_carried_along(tmp_path: Path) -> None:
    made(tmp_path).close()
    with TinyDB(details_of(tmp_path), encoding="utf-8") as database:
        database.table("details").update({"cover": "a.png"})
    for shape in ({"waiting": True}, {}):
        with Library(tmp_path) as library:
            library.put_inquiries({PAPERS[0]: shape})
        with TinyDB(details_of(tmp_path), access_mode="r", encoding="utf-8") as database:
            (document,) = database.table("details").all()
        assert document == {"id": PAPERS[0], "cover": "a.png", **({"inquiry": shape} if shape else {})}


def test_fields_of_a_newer_program_in_an_issue_are_carried_along(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, ISSUE.id)
    with TinyDB(path, encoding="utf-8") as database:
        database.table("issue").update({"cover": "a.png"})
    with Library(tmp_path) as library:
        library.put_issue(dataclasses.replace(ISSUE, title="again"), PAPERS)
    with TinyDB(path, encoding="utf-8") as database:
        assert database.table("issue").all()[0]["cover"] == "a.png"


@pytest.mark.parametrize(
    "name",
    [
        "../../escape",
        "con",
        "nul.x",
        "a/b",
        "a\\b",
        ".",
        "UPPER",
        "x" * 400,
        "نشرة",
        "a:b",
        "trailing.",
        "ok-1.2",
        "a.sync-conflict-1",
    ],
)
def test_an_issue_of_any_name_is_kept_inside_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "library"
    issue = dataclasses.replace(ISSUE, id=name)
    with Library(folder) as library:
        library.put_issue(issue, PAPERS)
    assert [path.relative_to(folder).parts[0] for path in tmp_path.rglob("*.json")] == ["issues"]
    assert kept(folder).issues == {name: issue}
    with Library(folder) as again:
        again.remove_issue(name)
    assert not list(tmp_path.rglob("*.json"))


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=20))
def test_two_issues_never_share_a_file_not_even_where_case_does_not_count(names: list[str]) -> None:
    files = [issue_file(name).casefold() for name in names]
    assert len(set(files)) == len(files)
    assert all(file.isascii() and room_of(file) == "issues" for file in files)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(issue=issues.filter(lambda issue: issue.id), data=st.data())
def test_every_issue_comes_back_as_it_was_put(
    tmp_path_factory: pytest.TempPathFactory, issue: Issue, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("law")
    ids = [data.draw(st.text(min_size=1, max_size=9).filter(lambda n: clean(n) == n)) for _ in issue.entries]
    with Library(folder) as library:
        put = library.put_issue(issue, ids)
        assert library.read(put.file) == put
        found = [library.entry(put.file, put.stamp, *place) for place in put.places]
        assert found == list(zip(issue.entries, ids, strict=True))
    assert (kept(folder).issues, kept(folder).papers) == ({issue.id: issue}, {issue.id: tuple(ids)})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=9).filter(lambda name: clean(name) == name),
        st.builds(
            PaperState,
            marks=marks,
            choices=choices,
            merged_into=st.none() | st.text(min_size=1, max_size=9).filter(lambda name: clean(name) == name),
            extra=st.dictionaries(st.text(max_size=9).filter(lambda n: n not in FIELDS), json_values),
        ),
        max_size=4,
    )
)
def test_every_state_comes_back_as_it_was_put(
    tmp_path_factory: pytest.TempPathFactory, states: dict[str, PaperState]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    with Library(folder) as library:
        library.put_states(states)
    assert kept(folder).states == {name: state for name, state in states.items() if state != PaperState()}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(
            st.text(min_size=1, max_size=9).filter(lambda name: clean(name) == name),
            st.dictionaries(st.text(max_size=9), json_values, max_size=3),
            max_size=4,
        ),
        max_size=3,
    )
)
def test_every_inquiry_comes_back_as_it_was_put_last_whole_and_by_its_place(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, dict[str, object]]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    last: dict[str, dict[str, object]] = {}
    told: dict[str, Saved] = {}
    with Library(folder) as library:
        library.on_saved = lambda saved: told.update({saved.file: saved})
        for shapes in rounds:
            library.put_inquiries(shapes)
            library.flush()
            last |= shapes
    with Library(folder) as again:
        for saved in told.values():
            assert isinstance(saved.contents, DetailContents)
            assert again.read(saved.file) == saved.contents
            for name, place in saved.contents.places.items():
                assert again.inquiry(saved.file, saved.contents.stamp, *place) == last[name]
    assert kept(folder).inquiries == {name: shape for name, shape in last.items() if shape}


def test_an_issue_that_is_not_there_is_named(tmp_path: Path) -> None:
    with Library(tmp_path) as library, pytest.raises(UnknownError, match="no issue weekly-9"):
        library.remove_issue("weekly-9")


def test_paper_ids_that_do_not_fit_the_entries_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        for ids in (PAPERS[:1], (*PAPERS, "x"), ("", "x"), ("a\x1b[2J", "b")):
            with pytest.raises(ValueError, match="id"):
                library.put_issue(ISSUE, ids)
        assert library.stamps() == {}


def test_a_closed_library_takes_nothing_more_and_closing_twice_is_no_error(tmp_path: Path) -> None:
    library = made(tmp_path)
    library.close()
    library.close()
    library.flush()
    with pytest.raises(LibraryError, match="closed"):
        library.put_states({PAPERS[0]: MARKED})
    assert held(library) == WHOLE


def test_a_place_is_good_for_the_file_that_it_was_noted_of_and_for_no_other(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        issue = library.put_issue(ISSUE, PAPERS)
        details = library.read("details/" + details_of(tmp_path).name)
        assert isinstance(details, DetailContents)
        assert library.entry(issue.file, issue.stamp, *issue.places[1]) == (ISSUE.entries[1], PAPERS[1])
        assert library.inquiry(details.file, details.stamp, *details.places[PAPERS[0]]) == ASKED
        start, length = issue.places[0]
        library.put_issue(dataclasses.replace(ISSUE, title="another"), PAPERS)
        library.put_inquiries({PAPERS[0]: {"waiting": True}})
        library.flush()
        for ask in (
            lambda: library.entry(issue.file, issue.stamp, start, length),
            lambda: library.entry(issue.file, library.stamp(issue.file) or (0, 0, 0), start + 1, length),
            lambda: library.entry(issue.file, library.stamp(issue.file) or (0, 0, 0), start, 10**9),
            lambda: library.entry("issues/none.json", (0, 0, 0), start, length),
            lambda: library.inquiry(details.file, details.stamp, *details.places[PAPERS[0]]),
        ):
            with pytest.raises(StaleError):
                ask()


def test_whoever_keeps_a_catalogue_hears_of_each_file_what_it_was_and_is(tmp_path: Path) -> None:
    told: list[Saved] = []
    with Library(tmp_path) as library:
        library.on_saved = told.append
        library.put_issue(ISSUE, PAPERS)
        library.put_states({PAPERS[0]: READ})
        library.put_inquiries({PAPERS[0]: ASKED})
        library.flush()
        library.put_states({PAPERS[0]: MARKED})
        library.flush()
        library.remove_issue(ISSUE.id)
    issue, first, details, second, removed = told
    assert [each.keys for each in told] == [(ISSUE.id,), *[(PAPERS[0],)] * 3, (ISSUE.id,)]
    assert [each.before is None for each in told] == [True, True, True, False, False]
    assert (removed.stamp, removed.contents, removed.before) == (None, None, issue.stamp)
    assert second.before == first.stamp
    assert isinstance(second.contents, StateContents)
    assert dict(second.contents.states) == {PAPERS[0]: MARKED}
    assert (issue.file, details.file) == (f"issues/{ISSUE.id}.json", f"details/{details_of(tmp_path).name}")
    for earlier, later in itertools.pairwise(told):
        assert earlier.rooms == later.rooms_before
    with Library(tmp_path) as library:
        assert library.rooms() == removed.rooms
        for saved in (second, details):
            assert saved.contents is not None
            assert (library.stamp(saved.file), saved.contents.stamp) == (saved.stamp, saved.stamp)


def test_a_listener_that_fails_keeps_nothing_from_being_saved(tmp_path: Path) -> None:
    def listener(_: Saved) -> None:
        raise RuntimeError("the catalogue is gone")

    with Library(tmp_path) as library:
        library.on_saved = listener
        library.put_issue(ISSUE, PAPERS)
        library.put_states(WHOLE.states)
        library.put_inquiries(WHOLE.inquiries)
    assert kept(tmp_path) == WHOLE


def test_a_listener_may_keep_others_waiting_without_a_lock(tmp_path: Path) -> None:
    turn = threading.RLock()

    def listener(_: Saved) -> None:
        with turn:
            pass

    library = Library(tmp_path)
    library.on_saved = listener
    with turn:
        library.put_states({PAPERS[0]: READ})
        library.flush()
        library.put_issue(ISSUE, PAPERS)
    library.close()
    assert kept(tmp_path).issues == {ISSUE.id: ISSUE}


def test_rooms_change_with_every_file_that_is_replaced_added_or_removed(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        seen = [library.rooms()]
        for number in range(20):
            library.put_states({PAPERS[number % 2]: PaperState(Marks(note=str(number)))})
            library.flush()
            seen.append(library.rooms())
        library.put_inquiries({PAPERS[0]: {}})
        library.flush()
        seen.append(library.rooms())
        library.remove_issue(ISSUE.id)
        seen.append(library.rooms())
        assert held(library).issues == {}
        assert library.rooms() == seen[-1]
    assert len(set(seen)) == 23


def test_a_clock_that_goes_back_hides_no_change(tmp_path: Path) -> None:
    later = time.time_ns() + 10**18
    with made(tmp_path) as library:
        for path in (tmp_path / "papers", file_of(tmp_path, PAPERS[0])):
            os.utime(path, ns=(later, later))
        rooms, stamps = library.rooms(), library.stamps()
        library.put_states({PAPERS[0]: MARKED})
        library.flush()
        assert library.rooms() > rooms
        changed = {name for name, stamp in library.stamps().items() if stamps[name] != stamp}
        assert changed == {file_of(tmp_path, PAPERS[0]).relative_to(tmp_path).as_posix()}
    assert kept(tmp_path).states[PAPERS[0]] == MARKED


def test_a_step_is_kept_after_what_was_put_before_it(tmp_path: Path) -> None:
    seen: list[bool] = []
    with Library(tmp_path) as library:
        library.put_states({PAPERS[0]: READ})
        library.put_step(lambda _: seen.append(file_of(tmp_path, PAPERS[0]).exists()))
        library.flush()
        assert seen == [True]


def test_a_folder_that_is_missing_is_made_or_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="does not exist"):
        Library(tmp_path / "no", create=False)
    assert not (tmp_path / "no").exists()
    Library(tmp_path / "yes" / "deep").close()
    assert (tmp_path / "yes" / "deep" / "issues").is_dir()


def test_a_folder_that_holds_something_else_is_opened_only_to_make_a_library_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "thesis.tex").write_text("x")
    with pytest.raises(LibraryError, match="holds no library"):
        Library(folder, create=False)
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]
    made(folder).close()
    with Library(folder, create=False) as library:
        assert library.writable
        assert held(library) == WHOLE


def test_a_library_whose_folder_has_gone_says_so_and_saves_once_it_is_back(tmp_path: Path) -> None:
    library = made(tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "pulled out")
    for ask in (library.rooms, library.stamps):
        with pytest.raises(LibraryError, match="is not there any more"):
            ask()
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError, match="could not be saved"):
        library.flush()
    shutil.rmtree(tmp_path / "stick", ignore_errors=True)
    (tmp_path / "pulled out").rename(tmp_path / "stick")
    library.close()
    assert kept(tmp_path / "stick").states == {PAPERS[0]: MARKED, PAPERS[1]: MARKED}


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="is not a folder"):
        Library(tmp_path / "file")
    with pytest.raises(LibraryError, match="cannot be made"):
        Library(tmp_path / "file" / "below")


def test_what_was_put_is_saved_at_exit_though_nobody_closes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tui.library import Library, PaperState\n"
        "from tui.model import Marks\n"
        "Library(Path(sys.argv[1])).put_states({'arxiv:1': PaperState(Marks(marked=True))})"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert kept(tmp_path).states == {"arxiv:1": MARKED}


def test_reading_and_saving_loads_no_lock_and_no_face(tmp_path: Path) -> None:
    made(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from tui.library import Library\n"
        "from tui.library import PaperState; from tui.model import Marks\n"
        "with Library(Path(sys.argv[1])) as library:\n"
        "    assert [library.read(file) for file in library.stamps()]\n"
        "    library.put_states({'arxiv:1': PaperState(Marks(marked=True))})\n"
        "heavy = 'filelock', 'asyncio', 'sqlite3', 'zipfile', 'textual', 'rich', 'httpx'\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_health_counts_and_finds_nothing_wrong_in_a_good_library(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        health = library.health()
        assert (health.issues, health.papers, health.states, health.files) == (1, 2, 2, 4)
        assert health.size == sum(path.stat().st_size for path in tmp_path.rglob("*.json"))
        assert (health.problems, health.set_aside, health.writable) == ((), (), True)


def test_health_names_papers_that_lead_back_to_themselves(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.put_states({"a": PaperState(merged_into="b"), "b": PaperState(merged_into="a")})
        library.put_states({"c": PaperState(merged_into="b"), "d": PaperState(merged_into="e")})
        library.flush()
        (problem,) = library.health().problems
    assert problem == "The paper a leads back to itself through what it was merged into: a, b."


def test_a_library_of_schema_1_is_read_as_it_is_and_brought_up_by_who_may_write(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(Path(__file__).parent / "stored" / "schema1", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    with Library(folder) as library:
        library.writable = library._reading.writable = False
        found = held(library)
        assert library.reports == ()
        for file in library.stamps():
            contents = library.read(file)
            details = contents.details if isinstance(contents, StateContents) else None
            for name, place in details.places.items() if details else ():
                assert details is not None
                assert library.inquiry(file, details.stamp, *place) == details.inquiries[name]
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before
    assert len(found.inquiries) >= 1
    with Library(folder) as library:
        assert held(library) == found
        assert "from schema 1 to 2" in library.reports[0]
        assert sorted(path.stem for path in (folder / "details").iterdir()) != []
    assert kept(folder) == found


def test_a_change_to_a_file_of_schema_1_that_nobody_read_leaves_what_services_said(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(Path(__file__).parent / "stored" / "schema1", folder)
    with Library(folder) as library:
        library.writable = library._reading.writable = False
        found = held(library)
    (name, *_) = found.inquiries
    with Library(folder) as library:
        library.put_states({name: MARKED})
    again = kept(folder)
    assert again.inquiries == found.inquiries
    assert again.states[name].marks == MARKED.marks
