"""A library keeps what it is given, for itself, for the next opening and for other programs."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from tests.library.papers import (
    FIELDS,
    ISSUE,
    MARKED,
    PAPERS,
    READ,
    choices,
    file_of,
    issues,
    json_values,
    made,
    marks,
    neighbours,
)
from tui.errors import LibraryError, UnknownError
from tui.library import Library, PaperState
from tui.library.atomic import System
from tui.library.documents import issue_file
from tui.library.saving import PAUSE
from tui.model import Issue, Marks
from tui.text import clean


def test_what_is_put_is_there_at_once_and_after_opening_again(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put_issue(ISSUE, PAPERS)
    library.put_states({PAPERS[0]: READ})
    assert (library.issues(), library.issue_ids(ISSUE.id), library.states()) == ((ISSUE,), PAPERS, {PAPERS[0]: READ})
    library.close()
    with Library(tmp_path) as again:
        assert (again.issues(), again.issue_ids(ISSUE.id), again.states()) == ((ISSUE,), PAPERS, {PAPERS[0]: READ})
        assert again.reports == ()


def test_a_corrected_edition_replaces_the_issue_and_leaves_the_marks(tmp_path: Path) -> None:
    corrected = dataclasses.replace(ISSUE, title="Week 6, corrected", entries=ISSUE.entries[:1])
    with made(tmp_path) as library:
        library.put_issue(corrected, PAPERS[:1])
    with Library(tmp_path) as again:
        assert again.issues() == (corrected,)
        assert again.issue_ids(ISSUE.id) == PAPERS[:1]
        assert again.states() == {PAPERS[0]: READ, PAPERS[1]: MARKED}


def test_a_removed_issue_is_gone_and_the_states_of_its_papers_stay(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        library.remove_issue(ISSUE.id)
        assert library.issues() == ()
    with Library(tmp_path) as again:
        assert again.issues() == ()
        assert set(again.states()) == set(PAPERS)
    assert not file_of(tmp_path, ISSUE.id).exists()


def test_a_state_that_is_the_default_one_is_not_kept(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        library.put_states({PAPERS[0]: PaperState()})
        assert set(library.states()) == {PAPERS[1]}
    with Library(tmp_path) as again:
        assert set(again.states()) == {PAPERS[1]}
    assert "2010.10915" not in file_of(tmp_path, PAPERS[0]).read_text("utf-8")


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
    with Library(tmp_path) as again:
        assert {first: MARKED, second: READ, third: MARKED}.items() <= dict(again.states()).items()


def test_many_changes_in_a_moment_are_one_write_of_a_file(tmp_path: Path) -> None:
    writes: list[str] = []

    def replace(old: str, new: str) -> None:
        writes.append(new)
        os.replace(old, new)

    with Library(tmp_path, system=System(replace=replace)) as library:
        started = time.monotonic()
        for number in range(300):
            library.put_states({"arxiv:1": PaperState(Marks(note=f"{number}"))})
            time.sleep(0.001)
        elapsed = time.monotonic() - started
    assert 1 <= len(writes) <= elapsed / PAUSE + 2
    with Library(tmp_path) as again:
        assert again.states()["arxiv:1"].marks.note == "299"


def test_the_files_are_tinydb_documents_with_schema_checksum_and_sorted_keys(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    with TinyDB(path, access_mode="r", encoding="utf-8") as database:
        found = database.table("papers").search(where("id") == PAPERS[0])
        meta = database.table("_meta").all()[0]
    assert found[0]["marks"]["tags"] == ["graphs", "später"]
    assert (meta["schema"], len(meta["checksum"])) == (1, 64)
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
    assert len(files[0]) == 3


def test_fields_of_a_newer_program_are_carried_along_by_readers_who_do_not_name_them(tmp_path: Path) -> None:
    made(tmp_path).close()
    path = file_of(tmp_path, PAPERS[0])
    with TinyDB(path, encoding="utf-8") as database:
        database.table("papers").update({"details": {"citations": 7}}, where("id") == PAPERS[0])
        database.table("papers").update(lambda each: each["marks"].update(colour="red"), where("id") == PAPERS[0])
    with Library(tmp_path) as library:
        assert library.states()[PAPERS[0]].extra == {"details": {"citations": 7}, "marks": {"colour": "red"}}
        library.put_states({PAPERS[0]: MARKED})
    with Library(tmp_path) as again:
        assert again.states()[PAPERS[0]].marks == MARKED.marks
        assert again.states()[PAPERS[0]].extra == {"details": {"citations": 7}, "marks": {"colour": "red"}}
        again.put_states({PAPERS[0]: PaperState()})
    with Library(tmp_path) as last:
        assert last.states()[PAPERS[0]].extra["details"] == {"citations": 7}


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
    ["../../escape", "con", "nul.x", "a/b", "a\\b", ".", "UPPER", "x" * 400, "نشرة", "a:b", "trailing.", "ok-1.2"],
)
def test_an_issue_of_any_name_is_kept_inside_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "library"
    issue = dataclasses.replace(ISSUE, id=name)
    with Library(folder) as library:
        library.put_issue(issue, PAPERS)
    assert [path.relative_to(folder).parts[0] for path in tmp_path.rglob("*.json")] == ["issues"]
    with Library(folder) as again:
        assert again.issues() == (issue,)
        again.remove_issue(name)
    assert not list(tmp_path.rglob("*.json"))


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=20))
def test_two_issues_never_share_a_file_not_even_where_case_does_not_count(names: list[str]) -> None:
    files = [issue_file(name).casefold() for name in names]
    assert len(set(files)) == len(files)
    assert all(file.isascii() and file.startswith("issues/") and file.count("/") == 1 for file in files)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(issue=issues.filter(lambda issue: issue.id), data=st.data())
def test_every_issue_comes_back_as_it_was_put(
    tmp_path_factory: pytest.TempPathFactory, issue: Issue, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("law")
    ids = [data.draw(st.text(min_size=1, max_size=9).filter(lambda n: clean(n) == n)) for _ in issue.entries]
    with Library(folder) as library:
        library.put_issue(issue, ids)
    with Library(folder) as again:
        assert again.reports == ()
        assert again.issues() == (issue,)
        assert again.issue_ids(issue.id) == tuple(ids)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=9).filter(lambda name: clean(name) == name),
        st.builds(
            PaperState,
            marks=marks,
            choices=choices,
            inquiry=st.dictionaries(st.text(max_size=9), json_values, max_size=3),
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
    with Library(folder) as again:
        assert again.reports == ()
        assert again.states() == {name: state for name, state in states.items() if state != PaperState()}


def test_states_are_a_view_that_cannot_be_written(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        view = library.states()
        library.put_states({"arxiv:1": MARKED})
        assert view["arxiv:1"] == MARKED
        with pytest.raises(TypeError):
            view["arxiv:2"] = MARKED  # type: ignore[index]  # that it is refused is the point


def test_an_issue_that_is_not_there_is_named(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        for ask in (library.issue_ids, library.remove_issue):
            with pytest.raises(UnknownError, match="no issue weekly-9"):
                ask("weekly-9")


def test_paper_ids_that_do_not_fit_the_entries_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        for ids in (PAPERS[:1], (*PAPERS, "x"), ("", "x"), ("a\x1b[2J", "b")):
            with pytest.raises(ValueError, match="id"):
                library.put_issue(ISSUE, ids)
        assert library.issues() == ()


def test_a_closed_library_takes_nothing_more_and_closing_twice_is_no_error(tmp_path: Path) -> None:
    library = made(tmp_path)
    library.close()
    library.close()
    library.flush()
    with pytest.raises(LibraryError, match="closed"):
        library.put_states({PAPERS[0]: MARKED})
    assert library.states()[PAPERS[0]] == READ


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
        assert library.issues() == (ISSUE,)


def test_a_library_whose_folder_has_gone_keeps_what_it_holds_and_says_so(tmp_path: Path) -> None:
    library = made(tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "pulled out")
    with pytest.raises(LibraryError, match="is not there any more"):
        library.refresh()
    assert (library.issues(), library.states()) == ((ISSUE,), {PAPERS[0]: READ, PAPERS[1]: MARKED})
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError, match="could not be saved"):
        library.flush()
    shutil.rmtree(tmp_path / "stick", ignore_errors=True)
    (tmp_path / "pulled out").rename(tmp_path / "stick")
    library.close()
    with Library(tmp_path / "stick") as again:
        assert again.states() == {PAPERS[0]: MARKED, PAPERS[1]: MARKED}


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
    with Library(tmp_path) as library:
        assert library.states() == {"arxiv:1": MARKED}


def test_opening_a_library_loads_no_lock_and_no_face(tmp_path: Path) -> None:
    made(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from tui.library import Library\n"
        "assert Library(Path(sys.argv[1])).issues()\n"
        "print([name for name in ('filelock', 'asyncio', 'textual', 'rich', 'httpx') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_health_counts_and_finds_nothing_wrong_in_a_good_library(tmp_path: Path) -> None:
    with made(tmp_path) as library:
        health = library.health()
        assert (health.issues, health.papers, health.states, health.files) == (1, 2, 2, 3)
        assert health.size == sum(path.stat().st_size for path in tmp_path.rglob("*.json"))
        assert (health.problems, health.set_aside, health.writable) == ((), (), True)


def test_health_names_papers_that_lead_back_to_themselves(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.put_states({"a": PaperState(merged_into="b"), "b": PaperState(merged_into="a")})
        library.put_states({"c": PaperState(merged_into="b"), "d": PaperState(merged_into="e")})
        problems = library.health().problems
    assert sorted(sentence.split()[2] for sentence in problems) == ["a", "b"]
