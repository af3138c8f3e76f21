"""Into a .bib file, through the desk: the way back, and which file is offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.desk import Desk
from tui.errors import ExportError
from tui.model import Entry, Issue

OLD = b"@misc{old, title = {An old one}}\n"


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    entries = (
        Entry(title="Attention Is All You Need", identifiers={"arxiv": "1706.03762"}),
        Entry(title="An old one"),
    )
    return make_desk(Issue("week", "Week", entries, "links"))


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_bytes(OLD)
    return path


def test_a_written_file_is_one_step_to_take_back_and_to_do_again(desk: Desk, refs: Path) -> None:
    preview = desk.into.preview(["arxiv:1706.03762"], str(refs))
    assert refs.read_bytes() == OLD, "a preview writes nothing"
    assert "+@misc" in preview.diff
    sentence = desk.into.write(preview)
    assert sentence == "refs.bib: 1 entry is added."
    new = refs.read_bytes()
    assert new.startswith(OLD)
    assert desk.marking.undo() == "1 entry written into refs.bib"
    assert refs.read_bytes() == OLD
    assert desk.marking.redo() == "1 entry written into refs.bib"
    assert refs.read_bytes() == new


def test_a_new_file_is_gone_after_undo_and_there_after_redo(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "new.bib"
    desk.into.write(desk.into.preview(["arxiv:1706.03762"], str(path)))
    new = path.read_bytes()
    desk.marking.undo()
    assert not path.exists()
    desk.marking.redo()
    assert path.read_bytes() == new


def test_a_file_that_was_changed_since_is_left_as_it_is_and_the_step_stays(desk: Desk, refs: Path) -> None:
    desk.into.write(desk.into.preview(["arxiv:1706.03762"], str(refs)))
    refs.write_bytes(refs.read_bytes() + b"% mine\n")
    with pytest.raises(ExportError, match="changed since"):
        desk.marking.undo()
    assert refs.read_bytes().endswith(b"% mine\n")
    refs.write_bytes(refs.read_bytes().removesuffix(b"% mine\n"))
    assert desk.marking.undo() == "1 entry written into refs.bib"
    assert refs.read_bytes() == OLD


def test_a_file_that_changed_after_the_preview_is_not_written(desk: Desk, refs: Path) -> None:
    preview = desk.into.preview(["arxiv:1706.03762"], str(refs))
    refs.write_bytes(OLD + b"% meanwhile\n")
    with pytest.raises(ExportError, match="meanwhile"):
        desk.into.write(preview)
    assert refs.read_bytes() == OLD + b"% meanwhile\n"
    assert desk.marking.undo() is None


def test_the_last_file_used_and_those_of_a_tex_project_are_offered(
    desk: Desk, refs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "paper"
    project.mkdir()
    (project / "main.tex").write_text("\\documentclass{article}\n\\addbibresource{own.bib}\n", encoding="utf-8")
    (project / "own.bib").write_bytes(b"")
    monkeypatch.chdir(project)
    assert desk.into.files() == (project / "own.bib",)
    desk.into.write(desk.into.preview(["arxiv:1706.03762"], str(refs)))
    assert desk.into.files() == (refs, project / "own.bib")


def test_a_key_that_the_file_has_is_kept_with_the_paper(desk: Desk, refs: Path) -> None:
    name = desk.papers(query="attention")[0]
    refs.write_bytes(b"@misc{mine, title={Attention is all you need}, eprint={1706.03762}, archivePrefix={arXiv}}\n")
    desk.into.write(desk.into.preview([name], str(refs)))
    assert desk.rack.paper(name).marks.key == "mine"


def test_a_key_of_one_s_own_is_taken_back_like_any_change(desk: Desk) -> None:
    name = "arxiv:1706.03762"
    desk.exporting.set_key(name, "mine")
    desk.exporting.set_key(name, "yours")
    desk.marking.undo()
    assert desk.rack.paper(name).marks.key == "mine"
    desk.marking.redo()
    assert desk.rack.paper(name).marks.key == "yours"
    desk.marking.undo()
    desk.marking.undo()
    assert desk.rack.paper(name).marks.key is None
