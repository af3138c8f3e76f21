"""What a look at every file finds, and what is mended of it without losing anything."""

from __future__ import annotations

import datetime
import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.library.failing import DeathError, Fail, calls_of, die, failing, full
from tests.library.papers import ISSUE, PAPERS, made
from tui.errors import LibraryError
from tui.library import Library
from tui.library.atomic import SYSTEM, System, replace_file
from tui.library.backups import Backups
from tui.library.backups.archives import reading
from tui.library.health import Health, examine
from tui.library.names import details_file, issue_file, shard_file
from tui.library.repair import repair
from tui.library.storage import parsed, serialised
from tui.library.survey import Survey, survey

NOW = datetime.datetime(2026, 11, 21, 10, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(hours=3)
INQUIRY = {"done": "2026-11-20T10:00:00Z"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with made(tmp_path / "library") as library:
        library.put_inquiries({PAPERS[0]: INQUIRY})
    Backups(tmp_path / "library").make(NOW)
    return tmp_path / "library"


def mended(folder: Path, system: System = SYSTEM) -> tuple[str, ...]:
    with Library(folder) as library:
        return repair(library, LATER, system)


def health(folder: Path) -> Health:
    return examine(folder, True)


def tables(folder: Path, file: str) -> Any:
    return {name: table for name, table in parsed((folder / file).read_bytes())[0].items() if name != "_meta"}


def put(folder: Path, file: str, *documents: dict[str, Any]) -> None:
    """Add documents to a file, wherever they belong."""
    room = file.partition("/")[0]
    there = tables(folder, file)[room] if (folder / file).exists() else {}
    new = {str(number): document for number, document in enumerate(documents, 100)}
    replace_file(folder / file, serialised({room: {**there, **new}}))


def documents(folder: Path, room: str) -> list[dict[str, Any]]:
    files = sorted(path.name for path in (folder / room).glob("*.json"))
    return [each for file in files for each in tables(folder, f"{room}/{file}")[room].values()]


# A look at everything


def test_a_library_in_order_is_counted_and_nothing_is_said_of_it(folder: Path) -> None:
    found = health(folder)
    assert (found.issues, found.entries, found.papers, found.states, found.details, found.orphans) == (1, 2, 2, 2, 1, 0)
    assert found.files == 4
    assert found.size == sum(path.stat().st_size for path in folder.rglob("*.json"))
    assert found.problems == found.notices == found.set_aside == ()
    assert [each.sound for each in found.backups] == [True]


def test_states_of_papers_that_no_issue_speaks_of_are_counted_and_fine(folder: Path) -> None:
    (folder / issue_file(ISSUE.id)).unlink()
    found = health(folder)
    assert found.orphans == found.states == 2
    assert found.problems == ()


def test_papers_are_counted_by_what_they_go_by_now(folder: Path) -> None:
    put(folder, shard_file("doi:1"), {"id": "doi:1", "merged_into": PAPERS[0]})
    found = health(folder)
    assert found.papers == 2
    assert found.orphans == 0


def test_what_is_only_to_be_known_is_no_problem(folder: Path) -> None:
    shutil.rmtree(folder / "backups")
    (folder / "papers" / "00 (conflicted copy 2026-11-21).json").write_bytes(b"{}")
    (folder / "searches (1).json").write_bytes(b"{}")
    (folder / "issues" / "readme.txt").write_bytes(b"?")
    (folder / "papers" / "00.json.corrupt-20261121T101010Z").write_bytes(b"?")
    (folder / "papers" / ".00.json.tmp-0011").write_bytes(b"?")
    put(folder, shard_file("arxiv:new"), {"id": "arxiv:new"})
    path = folder / shard_file("arxiv:new")
    path.write_bytes(path.read_bytes().replace(b'"schema": 2', b'"schema": 99'))
    found = health(folder)
    assert found.problems == ()
    assert found.set_aside == ("papers/00.json.corrupt-20261121T101010Z",)
    told = "\n".join(found.notices)
    for word in ("newer paperrack", "copy of papers/00.json", "copy of searches.json", "readme.txt", "not finished"):
        assert word in told
    assert found.notices[-1] == "There is no backup yet."


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"{", b"[]", serialised({"other": {}}), serialised({"issue": {}})])
def test_a_file_that_cannot_be_used_is_a_problem_with_its_reason(folder: Path, raw: bytes) -> None:
    for file in (shard_file(PAPERS[0]), details_file(PAPERS[0]), issue_file(ISSUE.id)):
        (folder / file).write_bytes(raw)
    problems = health(folder).problems
    assert len(problems) == 3
    assert all("cannot be used: it " in problem for problem in problems)


def test_a_link_that_leads_out_is_a_problem_and_is_not_followed(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / shard_file(PAPERS[0]), tmp_path / "elsewhere.json")
    (folder / shard_file(PAPERS[0])).symlink_to(tmp_path / "elsewhere.json")
    found = health(folder)
    assert found.problems == (f"{shard_file(PAPERS[0])} cannot be used: it is a link that leads out of the library.",)
    assert found.states == 1


def test_a_folder_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(b"a file")
    assert survey(tmp_path).files == 0
    assert survey(tmp_path / "nowhere").files == 0


@pytest.mark.parametrize(
    ("led", "rings"),
    [
        ({"a": "b", "b": "c"}, []),
        ({"a": "a"}, [("a",)]),
        ({"a": "b", "b": "a", "c": "b", "d": "c"}, [("a", "b")]),
        ({"c": "b", "b": "a", "a": "c", "x": "y", "y": "x", "z": "gone"}, [("a", "c", "b"), ("x", "y")]),
        ({str(n): str((n + 1) % 500) for n in range(500)}, None),
    ],
)
def test_every_ring_is_found_once(led: dict[str, str | None], rings: list[tuple[str, ...]] | None) -> None:
    found = Survey(states=led)
    assert found.rings() == rings if rings is not None else len(found.rings()) == 1
    for name in led:
        found.canonical(name)  # and nobody runs round in it


def test_rings_are_looked_for_in_a_large_library_without_being_noticed() -> None:
    found = Survey(states={str(number): "0" if number % 3 else None for number in range(100_000)})
    started = time.process_time()
    assert found.rings() == []
    assert time.process_time() - started < 20  # a second; what looks at every paper for each other takes minutes


# Mending


def test_a_healthy_library_is_left_as_it_is(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert mended(folder) == ()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_file_changed_by_hand_is_sealed_as_it_is_and_kept_as_it_was(folder: Path) -> None:
    file = shard_file(PAPERS[0])
    path = folder / file
    path.write_bytes(changed := path.read_bytes().replace(b'"read"', b'"dropped"'))
    told = mended(folder)
    assert told[-1] == f"{file} was sealed again as it is."
    assert parsed(path.read_bytes())[2]
    assert tables(folder, file)["papers"]["1"]["marks"]["state"] == "dropped"
    assert health(folder).problems == ()
    with reading(next((folder / "backups").glob("*-repair.zip"))) as archive:
        assert archive.member(file) == changed


@pytest.mark.parametrize("file", [shard_file(PAPERS[0]), details_file(PAPERS[0]), issue_file(ISSUE.id)])
def test_a_damaged_file_is_set_aside_and_restored(folder: Path, file: str) -> None:
    good = (folder / file).read_bytes()
    (folder / file).write_bytes(good[:-20])
    told = mended(folder)
    assert any(sentence.startswith(f"{file} was damaged (it is no whole JSON document)") for sentence in told)
    assert (folder / file).read_bytes() == good
    aside = next(path for path in folder.rglob("*") if ".corrupt-" in path.name)
    assert aside.read_bytes() == good[:-20]
    assert health(folder).problems == ()
    assert health(folder).set_aside == (f"{file.partition('/')[0]}/{aside.name}",)
    assert [sentence.partition(":")[0] for sentence in mended(folder)] == ["A backup was made"]
    assert mended(folder) == ()
    assert aside.exists()


def test_searches_and_steps_are_restored_too_or_said_to_be_lost(folder: Path) -> None:
    good = serialised({"searches": {"1": {"name": "graphs", "query": "graph"}}})
    replace_file(folder / "searches.json", good)
    Backups(folder).make(NOW)
    (folder / "searches.json").write_bytes(b"{")
    (folder / "history").mkdir()
    (folder / "history" / "000000000001-3fa9c2d1.json").write_bytes(b"")
    told = mended(folder)
    assert any("it came back from the backup of 2026-11-21." in sentence for sentence in told)
    assert any("there is no backup of it." in sentence for sentence in told)
    assert (folder / "searches.json").read_bytes() == good
    assert health(folder).problems == ()
    assert len(health(folder).set_aside) == 2


@pytest.mark.parametrize(("room", "home"), [("papers", shard_file), ("details", details_file)])
def test_a_document_moves_to_where_it_belongs(folder: Path, room: str, home: Any) -> None:
    lost = {"id": "arxiv:lost", "later": {"x": 1}, "inquiry": INQUIRY}
    wrong = home("arxiv:elsewhere")
    assert wrong != home("arxiv:lost")
    put(folder, wrong, lost)
    assert health(folder).problems == (f"arxiv:lost in {wrong} does not belong there.",)
    assert mended(folder)[-1] == f"arxiv:lost was moved from {wrong} to {home('arxiv:lost')}."
    assert lost in tables(folder, home("arxiv:lost"))[room].values()
    assert lost not in tables(folder, wrong)[room].values()
    assert health(folder).problems == ()


def test_what_is_in_two_files_and_not_the_same_stays_in_both(folder: Path) -> None:
    wrong = next(file for file in ("papers/00.json", "papers/01.json") if file != shard_file(PAPERS[0]))
    put(folder, wrong, {"id": PAPERS[0], "marks": {"note": "another"}})
    before = documents(folder, "papers")
    assert mended(folder)[-1] == (
        f"{PAPERS[0]} is in {wrong} and in {shard_file(PAPERS[0])}, and not the same; it was left in both."
    )
    assert documents(folder, "papers") == before
    assert len(health(folder).problems) == 1


def test_what_is_in_two_files_and_the_same_stays_in_its_own(folder: Path) -> None:
    wrong = next(file for file in ("papers/00.json", "papers/01.json") if file != shard_file(PAPERS[0]))
    put(folder, wrong, *tables(folder, shard_file(PAPERS[0]))["papers"].values())
    mended(folder)
    assert [each["id"] for each in documents(folder, "papers")].count(PAPERS[0]) == 1
    assert health(folder).problems == ()


def test_what_is_in_a_file_twice_is_there_once_if_it_is_the_same(folder: Path) -> None:
    same, other = shard_file(PAPERS[0]), shard_file(PAPERS[1])
    put(folder, same, tables(folder, same)["papers"]["1"])
    put(folder, other, {"id": PAPERS[1], "marks": {"note": "another"}})
    told = mended(folder)
    assert f"{PAPERS[0]} was in {same} twice, and is there once now." in told
    assert f"{PAPERS[1]} is in {other} twice, and not the same; both were left." in told
    assert health(folder).problems == (f"{PAPERS[1]} is in {other} twice.",)


def test_a_ring_is_opened_and_loses_nothing_but_one_link(folder: Path) -> None:
    for name, into in (("b", "c"), ("c", "a"), ("a", "b"), ("d", "b")):
        put(folder, shard_file(name), {"id": name, "merged_into": into, "marks": {"note": name}})
    assert mended(folder)[-1] == "The papers a, b, c led in a ring; they all lead to a now."
    kept = {each["id"]: each for each in documents(folder, "papers")}
    assert "merged_into" not in kept["a"]
    assert [kept[name]["merged_into"] for name in "bcd"] == ["c", "a", "b"]
    assert all(kept[name]["marks"] == {"note": name} for name in "abcd")
    assert health(folder).problems == ()


def test_an_issue_under_another_name_gets_its_own_unless_that_is_taken(folder: Path) -> None:
    own = issue_file(ISSUE.id)
    (folder / own).rename(folder / "issues" / "other.json")
    assert mended(folder)[-1] == f"issues/other.json holds the issue {ISSUE.id} and is called {own} now."
    shutil.copy(folder / own, folder / "issues" / "other.json")
    assert mended(folder)[-1] == f"issues/other.json holds the issue {ISSUE.id}, as {own} does; it was left."
    assert (folder / "issues" / "other.json").exists()


def test_what_was_cut_off_is_deleted_and_what_somebody_else_put_there_stays(folder: Path) -> None:
    (folder / "papers" / ".00.json.tmp-0011").write_bytes(b"?")
    (folder / "backups" / ".x.zip.part-0011").write_bytes(b"?")
    copy = folder / "papers" / "00 (1).json"
    copy.write_bytes(b"{}")
    mended(folder)
    assert not [path for path in folder.rglob("*") if ".tmp-" in path.name or ".part-" in path.name]
    assert copy.exists()


def test_a_backup_that_cannot_be_relied_upon_is_set_aside_and_another_one_made(folder: Path) -> None:
    bad = next((folder / "backups").glob("*.zip"))
    bad.write_bytes(bad.read_bytes()[:-9])
    assert health(folder).problems == (f"The backup {bad.name} cannot be relied upon: it is no whole archive.",)
    told = mended(folder)
    assert told[0] == (
        f"The backup {bad.name} cannot be relied upon (it is no whole archive) "
        f"and is kept as backups/{bad.name}.corrupt."
    )
    assert told[1].startswith("A backup was made: backups/")
    found = health(folder)
    assert found.problems == ()
    assert [each.sound for each in found.backups] == [True]
    assert Backups(folder).newest(issue_file(ISSUE.id)) is not None
    assert (folder / "backups" / f"{bad.name}.corrupt").exists()


def test_what_a_newer_program_wrote_is_not_touched(folder: Path) -> None:
    file = shard_file(PAPERS[0])
    put(folder, file, {"id": PAPERS[0], "merged_into": PAPERS[0]}, {"id": "astray"})
    path = folder / file
    path.write_bytes(newer := path.read_bytes().replace(b'"schema": 2', b'"schema": 99'))
    mended(folder)
    assert path.read_bytes() == newer


def test_a_library_that_is_read_only_is_not_repaired(folder: Path) -> None:
    with Library(folder) as library:
        library.writable = False
        with pytest.raises(LibraryError, match="read-only"):
            repair(library, LATER)


def _wronged(folder: Path) -> None:
    """Put one of everything that can be mended into the library."""
    for name, into in (("a", "b"), ("b", "a")):
        put(folder, shard_file(name), {"id": name, "merged_into": into, "marks": {"note": name}})
    put(folder, shard_file("elsewhere"), {"id": "lost", "marks": {"note": "lost"}})
    path = folder / shard_file(PAPERS[0])
    path.write_bytes(path.read_bytes().replace(b"Two", b"Three"))


@pytest.mark.parametrize("fail", [die, full])
def test_whichever_call_of_a_repair_fails_nothing_is_lost_and_another_one_finishes(
    folder: Path, tmp_path: Path, fail: Fail
) -> None:
    _wronged(folder)
    notes = _notes(folder)
    assert {"a", "b", "lost", "Three\nlines"} <= notes

    def copy(name: str) -> Path:
        return Path(shutil.copytree(folder, tmp_path / name))

    calls = calls_of(lambda system: mended(copy("counted"), system))
    assert calls > 30
    for first in range(1, calls + 1):
        trial = copy(f"trial-{first}")
        try:
            told = mended(trial, failing(first, fail))
            assert any("Not everything could be repaired: No space left" in sentence for sentence in told)
        except (DeathError, LibraryError):
            pass
        assert _notes(trial) == notes
        mended(trial)
        assert health(trial).problems == ()
        assert _notes(trial) == notes


def _notes(folder: Path) -> set[str]:
    found = [json.loads(path.read_bytes())["papers"].values() for path in (folder / "papers").glob("*.json")]
    return {each.get("marks", {}).get("note", "") for table in found for each in table}
