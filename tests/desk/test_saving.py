"""Exports into files of their own: what stood there comes back, and what is the reader's is known from what is ours."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.desk import Desk, opening
from tui.desk.into import Into
from tui.errors import LibraryError
from tui.model import Entry, Issue
from tui.settings import Paths, Settings

PAPER = "arxiv:1706.03762"
MINE = b"@misc{mine, title = {Caf\xe9}}\r\n"  # no UTF-8


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    entry = Entry(title="Attention Is All You Need", identifiers={"arxiv": "1706.03762"})
    return make_desk(Issue("week", "Week", (entry,), "links"))


@pytest.mark.parametrize("name", ["refs.bib", "refs.RIS", "refs.json", "refs.md"])
def test_what_a_replaced_file_held_comes_back_byte_for_byte(desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MINE)
    path.chmod(0o640)
    desk.saving.save("ours\n", str(path), "1 entry written")
    assert path.read_bytes() == b"ours\n"
    assert desk.marking.undo() == "1 entry written"
    assert path.read_bytes() == MINE
    assert desk.marking.redo() == "1 entry written"
    assert path.read_bytes() == b"ours\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_goes_with_its_step_and_one_that_changed_since_stays(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    desk.saving.save("ours\n", str(path), "written")
    desk.marking.undo()
    assert not path.exists()
    desk.marking.redo()
    path.write_bytes(MINE)
    with pytest.raises(Exception, match="changed since"):
        desk.marking.undo()
    assert path.read_bytes() == MINE


def test_the_file_behind_a_link_is_meant(desk: Desk, tmp_path: Path) -> None:
    path, link = tmp_path / "refs.bib", tmp_path / "link.bib"
    path.write_bytes(MINE)
    link.symlink_to(path)
    assert desk.saving.in_the_way(str(link))
    desk.saving.save("ours\n", str(link), "written")
    assert not desk.saving.in_the_way(str(path))
    desk.marking.undo()
    assert link.is_symlink()
    assert path.read_bytes() == MINE


def test_what_no_step_could_give_back_says_so(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(MINE)
    desk.saving.save("ours\n", str(path), "written")
    with pytest.raises(LibraryError, match=r"“written” cannot be undone: the name of .* does not end in \.bib"):
        desk.marking.undo()
    assert path.read_bytes() == b"ours\n"
    assert desk.marking.undo() is None


def test_the_same_bytes_again_are_no_step(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    desk.saving.save("ours\n", str(path), "first")
    desk.saving.save("ours\n", str(path), "second")
    assert desk.marking.undo() == "first"


def test_only_an_export_as_it_was_written_is_ours(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    assert not desk.saving.in_the_way(str(path))
    path.write_bytes(MINE)
    assert desk.saving.in_the_way(str(path))
    desk.saving.save("ours\n", str(path), "written")
    assert not desk.saving.in_the_way(str(path))
    path.write_text("ours\n% and a line by hand\n", encoding="utf-8")
    assert desk.saving.in_the_way(str(path))


@pytest.mark.parametrize(
    "stated", [b"", b"[]", b"{", b'{"written": 7, "into": 7}', b'{"written": {"x": []}}', b"[" * 9]
)
def test_a_memory_of_any_shape_remembers_nothing_and_is_made_anew(desk: Desk, tmp_path: Path, stated: bytes) -> None:
    path, place = tmp_path / "refs.bib", Paths.of_platform().state
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(stated)
    path.write_bytes(MINE)
    assert desk.saving.in_the_way(str(path))
    desk.saving.save("ours\n", str(path), "written")
    assert not desk.saving.in_the_way(str(path))


def test_the_last_bib_file_and_the_exports_are_remembered_beside_one_another(desk: Desk, tmp_path: Path) -> None:
    refs, own = tmp_path / "refs.bib", tmp_path / "own.bib"
    desk.saving.save("ours\n", str(own), "written")
    desk.into.write(desk.into.preview([PAPER], str(refs)))
    for number in range(120):
        desk.saving.save("ours\n", str(tmp_path / f"{number}.bib"), "written")
    assert desk.into.files()[0] == refs
    assert not desk.saving.in_the_way(str(tmp_path / "119.bib"))
    assert desk.saving.in_the_way(str(own)), "the oldest of a hundred is forgotten"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_and_a_folder_are_in_no_way(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not desk.saving.in_the_way(str(tmp_path / "pipe"))
    assert not desk.saving.in_the_way(str(tmp_path))
    assert not desk.saving.in_the_way("a\0b")


def test_the_demo_offers_no_file_of_the_reader_s_and_remembers_none(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = tmp_path / "refs.bib"
    (tmp_path / "main.tex").write_text("\\documentclass{article}\n\\addbibresource{refs.bib}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    desk.into.write(desk.into.preview([PAPER], str(refs)))
    state = Paths.of_platform().state.read_bytes()
    with opening.throw_away(Settings(), recorded=True) as demo:
        assert isinstance(demo.into, Into)
        assert demo.into.files() == ()
        demo.take(demo.read([str(next(opening.samples().glob("*.*")))]).__next__())
        name = demo.papers()[0]
        demo.into.write(demo.into.preview([name], str(tmp_path / "demo.bib")))
        demo.saving.save("ours\n", str(tmp_path / "saved.bib"), "written")
        assert demo.saving.in_the_way(str(tmp_path / "saved.bib"))
    assert Paths.of_platform().state.read_bytes() == state
    assert desk.into.files() == (refs,)
