"""A library of an older schema becomes one of this, and nothing of it is lost, whatever ends the program meanwhile."""

from __future__ import annotations

import datetime
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.library.failing import DeathError, Fail, calls_of, die, failing, full
from tui.errors import LibraryError
from tui.library import Library
from tui.library.backups import Backups
from tui.library.backups.whole import kept_files
from tui.library.contents import DetailContents, StateContents
from tui.library.folder import Folder
from tui.library.migrations import STEPS, migrate, outdated, to_2, united
from tui.library.names import details_file, shard_file
from tui.library.storage import SCHEMA, parsed, serialised

STORED = Path(__file__).parent / "stored" / "schema1"
NOW = datetime.datetime(2026, 11, 21, 10, 0, tzinfo=datetime.UTC)
ASKED = "arxiv:2010.10915"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(STORED, tmp_path / "library")
    return tmp_path / "library"


def documents(folder: Path, room: str) -> dict[str, dict[str, Any]]:
    """Return what the files of *room* hold, by paper, read with nothing of ours but JSON."""
    tables = [json.loads(path.read_bytes()) for path in sorted((folder / room).glob("*.json"))]
    return {each["id"]: each for table in tables for each in table[room].values()}


OLD = documents(STORED, "papers")


def assert_whole(folder: Path, documents_before: dict[str, dict[str, Any]] = OLD) -> None:
    """Everything that the library kept of papers is there, in the files of this schema."""
    papers, details = documents(folder, "papers"), documents(folder, "details")
    for name, old in documents_before.items():
        rest = {field: value for field, value in old.items() if field != "inquiry"}
        assert papers.get(name, {"id": name}) == rest
        assert details.get(name, {}).get("inquiry") == old.get("inquiry")
    for path in [*folder.glob("papers/*.json"), *folder.glob("details/*.json")]:
        tables, schema, sound = parsed(path.read_bytes())
        assert sound
        assert schema == SCHEMA or "details" not in tables


def test_what_services_said_goes_into_files_of_its_own_and_the_rest_stays(folder: Path) -> None:
    assert set(outdated(Folder(folder)).values()) == {1}
    told = migrate(Folder(folder), NOW)
    assert_whole(folder)
    assert outdated(Folder(folder)) == {}
    backup = next((folder / "backups").glob("*-schema1.zip"))
    assert told == (f"The library was brought from schema 1 to {SCHEMA}; how it was is kept as backups/{backup.name}.",)
    assert migrate(Folder(folder), NOW) == ()


def test_the_backup_before_holds_every_file_as_it_was_one_changed_by_hand_too(folder: Path) -> None:
    path = folder / shard_file(ASKED)
    path.write_bytes(path.read_bytes().replace(b"Two", b"Three"))
    old = {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*.json")}
    migrate(Folder(folder), NOW)
    with zipfile.ZipFile(next((folder / "backups").glob("*-schema1.zip"))) as archive:
        assert {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"} == old


def test_a_library_that_is_opened_is_migrated_and_says_what_it_said_before(folder: Path) -> None:
    with Library(folder) as library:
        found = [library.read(file) for file in library.stamps()]
        found += [library.read(file) for file in library.stamps()]
        assert len([report for report in library.reports if "was brought from schema 1" in report]) == 1
        assert len(library.reports) == 1
        states = {
            name: state for each in found if isinstance(each, StateContents) for name, state in each.states.items()
        }
        inquiries = {n: shape for e in found if isinstance(e, DetailContents) for n, shape in e.inquiries.items()}
    assert_whole(folder)
    assert inquiries == {name: old["inquiry"] for name, old in OLD.items() if "inquiry" in old}
    assert states[ASKED].marks.note == "Two\nlines"
    assert states[ASKED].marks.tags == ("audio", "später")
    assert states[ASKED].choices.values == {"venue": "ICASSP"}
    assert states["doi:10.1109/icassp39728.2021.9413528"].merged_into == ASKED
    assert states["arxiv:0000.00001"].marks.note == "of an issue that is gone"


def test_what_a_newer_program_added_is_carried_along(folder: Path) -> None:
    migrate(Folder(folder), NOW)
    kept = documents(folder, "papers")[ASKED]
    assert kept["mood"] == {"colour": "green"}
    assert kept["marks"]["stars"] == 4
    with Library(folder) as library:
        found = library.read(shard_file(ASKED))
        assert isinstance(found, StateContents)
        assert found.states[ASKED].extra["mood"] == {"colour": "green"}


@pytest.mark.parametrize("fail", [die, full])
def test_whichever_call_is_the_last_another_run_finishes_it(folder: Path, tmp_path: Path, fail: Fail) -> None:
    for name in ("arxiv:1706.03762", "title:wang-graph", "arxiv:0000.00001"):
        (folder / shard_file(name)).unlink()  # one file of each sort will do
    old = documents(folder, "papers")
    calls = calls_of(lambda system: migrate(Folder(_copy(folder, tmp_path / "counted"), system), NOW))
    assert calls > 30
    for first in range(1, calls + 1):
        trial = _copy(folder, tmp_path / f"trial-{first}")
        with pytest.raises((DeathError, LibraryError), match=r"No space left|^$"):
            migrate(Folder(trial, failing(first, fail)), NOW)
        # Nothing is lost in between: what is gone from the old file is in the new one.
        papers = documents(trial, "papers")
        details = documents(trial, "details") if (trial / "details").exists() else {}
        for name, document in old.items():
            assert details.get(name, papers.get(name, {})).get("inquiry") == document.get("inquiry")
        migrate(Folder(trial), NOW)
        assert_whole(trial, old)
        assert list((trial / "backups").glob("*-schema1.zip"))
        assert not [path for path in trial.rglob("*") if ".part-" in path.name]
        shutil.rmtree(trial)


def test_without_a_backup_nothing_is_changed(folder: Path) -> None:
    (folder / "backups").write_bytes(b"no folder")
    with pytest.raises(LibraryError, match="backups of the library could not be written"):
        migrate(Folder(folder), NOW)
    assert documents(folder, "papers") == OLD
    assert not list(folder.glob("details/*.json"))


def test_a_run_that_was_cut_off_makes_no_second_backup_of_the_same(folder: Path) -> None:
    with pytest.raises(LibraryError):
        migrate(Folder(folder, failing(_calls_of_backup(folder) + 3, full)), NOW)
    migrate(Folder(folder), NOW)
    assert len(list((folder / "backups").glob("*.zip"))) == 1


def _calls_of_backup(folder: Path) -> int:
    trial = _copy(folder, folder.parent / "backup only")
    return calls_of(lambda system: Backups(trial, system).make_of(kept_files(trial), NOW, "schema1", 1))


def test_what_is_in_details_already_is_newer(folder: Path) -> None:
    newer = {"id": ASKED, "inquiry": {"done": "2026-11-20T10:00:00Z"}}
    path = folder / details_file(ASKED)
    path.parent.mkdir()
    path.write_bytes(serialised({"details": {"7": newer, "9": {"id": "other", "inquiry": {"waiting": True}}}}))
    migrate(Folder(folder), NOW)
    assert documents(folder, "details")[ASKED] == newer
    assert documents(folder, "details")["other"]["inquiry"] == {"waiting": True}


def test_a_damaged_file_is_left_to_whoever_reads_it_and_the_others_are_migrated(folder: Path) -> None:
    bad = folder / shard_file("arxiv:1706.03762")
    raw = bad.read_bytes()[:-20]
    bad.write_bytes(raw)
    assert len(told := migrate(Folder(folder), NOW)) == 2
    assert told[1] == f"papers/{bad.name} stays as it is, for it is damaged."
    assert bad.read_bytes() == raw
    assert ASKED in documents(folder, "details")


def test_an_old_file_waits_where_the_one_it_would_go_into_cannot_be_read(folder: Path) -> None:
    path = folder / details_file(ASKED)
    path.parent.mkdir()
    path.write_bytes(b"{")
    told = migrate(Folder(folder), NOW)
    assert told[1] == f"{shard_file(ASKED)} stays as it is, for {details_file(ASKED)} cannot be read."
    path.unlink()
    migrate(Folder(folder), NOW)
    assert_whole(folder)


@pytest.mark.parametrize(
    "document",
    [{"id": 5, "inquiry": {"done": "x"}}, {"inquiry": {"done": "x"}}, {"id": "a", "inquiry": 5}, {"id": "a"}, {}],
)
def test_a_document_of_another_shape_stays_as_it_is(document: dict[str, Any]) -> None:
    made = to_2("papers/00.json", {"papers": {"1": document}})
    assert made == {"papers/00.json": {"papers": {"1": document} if document != {"id": "a"} else {}}}


def test_the_file_itself_is_the_last_to_be_written_and_no_table_is_changed_in_place() -> None:
    tables = {"papers": {"1": {"id": "a", "inquiry": {"done": "x"}, "marks": {"marked": True}}}, "later": {"1": {}}}
    before = json.dumps(tables)
    made = to_2("papers/00.json", tables)
    assert list(made) == [details_file("a"), "papers/00.json"]
    assert made["papers/00.json"] == {"papers": {"1": {"id": "a", "marks": {"marked": True}}}, "later": {"1": {}}}
    assert json.dumps(tables) == before
    assert to_2("issues/x.json", {"issue": {}}) == {"issues/x.json": {"issue": {}}}
    assert to_2("papers/00.json", {"other": {}}) == {"papers/00.json": {"other": {}}}


def test_uniting_twice_is_uniting_once() -> None:
    there, new = {"details": {"4": {"id": "a"}}}, {"details": {"1": {"id": "a", "x": 1}, "2": {"id": "b"}}}
    once = united(there, new)
    assert once == {"details": {"4": {"id": "a"}, "5": {"id": "b"}}}
    assert united(once, new) == once


def test_every_schema_before_this_has_its_step() -> None:
    assert set(STEPS) == set(range(1, SCHEMA))


def _copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target
