"""The catalogue follows the files: made anew, changed from outside, damaged, or in a place that takes no file."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import OFFLINE
from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tui.catalogue.schema import EDITIONS
from tui.desk import Desk
from tui.desk.taking import Brought
from tui.errors import LibraryError
from tui.library import Library, PaperState
from tui.model import Inquiry, Marks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two issues with three papers, two of them the reader's own."""
    with Desk(Library(tmp_path / "rack"), OFFLINE) as desk:
        desk.keep(weekly("6", COLA, PERFORMER))
        desk.keep(weekly("7", PERFORMER, HINTON))
        desk.marking.mark(["arxiv:2010.10915"])
        desk.marking.change(
            ["arxiv:2009.14794"], "noted", lambda m: dataclasses.replace(m, note="a kernel", tags=("ml",))
        )
    return tmp_path / "rack"


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[[], Desk]]:
    """Return what opens the library; all are closed at the end."""
    desks: list[Desk] = []

    def open_it() -> Desk:
        desks.append(Desk(Library(folder), OFFLINE, backups=False))
        return desks[-1]

    yield open_it
    for desk in desks:
        desk.close()


def _known(desk: Desk) -> object:
    """Everything that lists show."""
    rows = [desk.papers(sort=sort) for sort in ("issue", "title", "author", "year", "unread")]
    return (
        desk.shelf(), desk.counts(), [list(names) for names in rows], [rows[0].row(n) for n in range(len(rows[0]))],
        [list(desk.papers(query=query)) for query in ("audio", "kernel", "tag:ml", "is:marked", "attention -audio")],
    )  # fmt: skip


def test_an_index_that_was_deleted_is_made_anew_and_says_the_same(folder: Path, opened: Callable[[], Desk]) -> None:
    before = opened()
    known = _known(before)
    before.close()
    for file in folder.glob("index.sqlite*"):
        file.unlink()
    assert _known(opened()) == known


def test_an_index_that_lies_about_a_file_is_put_right_by_a_look_at_every_file(
    folder: Path, opened: Callable[[], Desk]
) -> None:
    desk = opened()
    known = _known(desk)
    with desk.catalogue.change():
        desk.catalogue.store.execute("UPDATE papers SET title = 'forged', unread = 0, marked = 1")
        desk.catalogue.store.execute("UPDATE files SET mtime = 1")
    assert _known(desk) != known
    assert desk.filling.sync(whole=True)
    assert _known(desk) == known


def test_a_file_written_over_in_place_is_noticed(folder: Path, opened: Callable[[], Desk]) -> None:
    desk = opened()
    path = next(path for path in folder.glob("issues/*.json") if "week 6" in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("General-Purpose", "Special-Purpose"), encoding="utf-8")
    assert desk.filling.sync(whole=True)
    assert desk.rack.paper("arxiv:2010.10915").title == "Contrastive Learning of Special-Purpose Audio"
    assert list(desk.papers(query="special-purpose")) == ["arxiv:2010.10915"]
    assert any("changed by another program" in report for report in desk.library.reports)


def test_a_file_that_goes_takes_its_papers_along_and_comes_back_with_them(
    folder: Path, opened: Callable[[], Desk]
) -> None:
    desk = opened()
    path = next(path for path in folder.glob("issues/*.json") if "week 6" in path.read_text("utf-8"))
    raw = path.read_bytes()
    path.unlink()
    assert desk.marking.sync()
    assert "arxiv:2010.10915" not in desk.rack
    assert desk.counts().papers == 2
    path.write_bytes(raw)
    assert desk.marking.sync()
    assert desk.rack.marks("arxiv:2010.10915").marked
    assert desk.counts()[:3] == (3, 3, 1)


def test_an_index_that_is_damaged_while_it_is_open_is_made_anew_by_the_search_that_finds_it(
    folder: Path, opened: Callable[[], Desk]
) -> None:
    desk = opened()
    known = _known(desk)
    desk.catalogue.store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.catalogue.store.release()
    path = folder / "index.sqlite"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (size - 8192))
    assert list(desk.papers(query="kernel")) == ["arxiv:2009.14794"]
    assert _known(desk) == known


def test_a_library_that_takes_no_file_has_its_index_elsewhere(
    folder: Path, opened: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = _known(opened())
    monkeypatch.setattr("tui.library.folder.Folder.prepare", lambda *_: False)
    desk = opened()
    assert desk.catalogue.store.temporary
    assert _known(desk) == known


def test_a_paper_that_was_noted_more_often_than_the_index_counts_is_found_by_its_last_note(
    opened: Callable[[], Desk],
) -> None:
    desk = opened()
    for number in range(EDITIONS + 2):
        state = desk.rack.state("arxiv:2009.14794")
        desk.marking.put({"arxiv:2009.14794": dataclasses.replace(state, marks=Marks(note=f"note{number:04}"))})
    desk.library.flush()
    desk.filling.sync()
    assert list(desk.papers(query=f"note{EDITIONS + 1:04}")) == ["arxiv:2009.14794"]
    assert list(desk.papers(query="note0003")) == []


def test_what_one_program_marks_another_sees_at_once(opened: Callable[[], Desk]) -> None:
    ours, theirs = opened(), opened()
    ours.marking.mark_read(["arxiv:2010.10915"])
    assert theirs.rack.marks("arxiv:2010.10915").read
    assert theirs.counts() == ours.counts()


def test_two_programs_change_one_paper_at_one_moment_and_both_changes_are_kept(
    folder: Path, opened: Callable[[], Desk]
) -> None:
    ours, theirs = opened(), opened()
    ours.marking.mark(["arxiv:2009.14794"])
    theirs.marking.mark_read(["arxiv:2009.14794"])
    theirs.library.flush()
    ours.library.flush()
    kept = [d for path in folder.glob("papers/*.json") for d in json.loads(path.read_text("utf-8"))["papers"].values()]
    marks = next(each["marks"] for each in kept if each["id"] == "arxiv:2009.14794")
    assert (marks["marked"], marks["state"], marks["note"]) == (True, "read", "a kernel")


@pytest.mark.parametrize("look", [False, True])
def test_what_was_written_into_a_file_by_hand_stays_when_its_paper_is_marked(
    folder: Path, opened: Callable[[], Desk], look: bool
) -> None:
    desk = opened()
    path = next(path for path in folder.glob("papers/*.json") if "a kernel" in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("a kernel", "a kernel method"), encoding="utf-8")
    if look:
        desk.filling.sync()
    desk.marking.mark(["arxiv:2009.14794"])
    desk.library.flush()
    assert "a kernel method" in path.read_text("utf-8")
    desk.filling.sync(whole=True)
    marks = desk.rack.marks("arxiv:2009.14794")
    assert (marks.marked, marks.note) == (True, "a kernel method")


def test_an_index_that_forgot_a_note_does_not_take_it_from_the_file(folder: Path, opened: Callable[[], Desk]) -> None:
    desk = opened()
    with desk.catalogue.change():
        desk.catalogue.store.execute("DELETE FROM states")
    desk.marking.mark(["arxiv:2009.14794"])
    desk.library.flush()
    desk.close()
    assert any("a kernel" in path.read_text("utf-8") for path in folder.glob("papers/*.json"))


@pytest.mark.parametrize("place", ["-5, 10", "10, 99999999999", "'text', 7", "0, 0"])
def test_an_index_that_says_where_nothing_can_lie_is_refused_in_words(opened: Callable[[], Desk], place: str) -> None:
    desk = opened()
    with desk.catalogue.change():
        start, length = place.split(", ")
        desk.catalogue.store.execute(f"UPDATE entries SET start = {start}, length = {length}")
    with pytest.raises(LibraryError):
        desk.rack.paper("arxiv:2010.10915")


def test_a_file_that_is_taken_in_while_an_issue_is_described_has_papers_of_its_own(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = make_desk(), make_desk(weekly("5", HINTON))
    other.library.flush()
    read = desk.rack.shape

    def stale(name: str) -> object:
        # What services said has just been written anew, so every file is looked at: one has come from elsewhere.
        for path in other.library.folder.glob("issues/*.json"):
            if not (place := desk.library.folder / "issues" / path.name).exists():
                shutil.copy(path, place)
                assert desk.filling.sync(whole=True)
        return read(name)

    monkeypatch.setattr(desk.rack, "shape", stale)
    said = Brought(PaperState(), Inquiry(done="2026-11-21T10:00:00Z"))
    desk.keep(weekly("6", PERFORMER, COLA), [None, said])
    assert len(desk.shelf()) == 2
    assert {desk.rack.paper(name).title for name in desk.papers()} == {PERFORMER.title, COLA.title, HINTON.title}
    assert len(set(desk.papers())) == desk.counts().papers == 3
