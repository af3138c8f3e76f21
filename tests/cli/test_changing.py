"""The commands that change what is kept, each in a run of its own: what one did, another takes back."""

from __future__ import annotations

import io
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tui.cli import run

NOTE = "# Reading\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n- [BERT](https://arxiv.org/abs/1810.04805)\n"
ATTENTION, BERT = "arxiv:1706.03762", "arxiv:1810.04805"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    """Return what runs a command in this process, on a library with two papers."""

    def call(*words: str) -> Done:
        capsys.readouterr()
        try:
            status = run(words, lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    call("add", str(tmp_path / "note.md"))
    return call


def shown(call: Call, name: str = ATTENTION) -> dict[str, object]:
    document: dict[str, object] = call("show", name, "--json").json
    return document


def test_what_one_run_did_the_next_takes_back_and_the_one_after_does_again(call: Call) -> None:
    call("star", ATTENTION, BERT)
    call("read", ATTENTION)
    done = call("undo")
    assert (done.status, done.err) == (0, "1 paper read: undone.\n")
    assert call("undo", "--json").json == {"undone": "2 papers starred"}
    assert not shown(call)["starred"]
    done = call("undo", "--json")
    assert (done.status, done.json) == (0, {"undone": None})
    assert call("redo", "--json").json == {"redone": "2 papers starred"}
    assert shown(call)["starred"]
    assert shown(call)["state"] == "new"
    call("unstar", BERT)
    assert call("redo").err == "There is nothing to redo.\n"


def test_tags_are_added_and_taken_away_whatever_their_capitals(call: Call) -> None:
    assert call("tag", ATTENTION, BERT, "--add", "To Cite", "--add", "später").status == 0
    assert call("tag", ATTENTION, "--add", "to cite", "--remove", "SPÄTER", "--json").json[0]["tags"] == ["To Cite"]
    assert shown(call, BERT)["tags"] == ["To Cite", "später"]
    assert call("undo").err == "1 paper tagged +To Cite, -SPÄTER: undone.\n"
    assert shown(call)["tags"] == ["To Cite", "später"]
    for words in (("--add", ""), ("--add", "a,b"), ("--add", "x" * 61)):
        done = call("tag", ATTENTION, *words)
        assert done.status == 1
        assert "A tag has from 1 to 60 letters" in done.err
    assert call("tag", ATTENTION).status == 2


@pytest.mark.parametrize(("words", "state"), [("to-read", "to read"), ("to read", "to read"), ("Dropped", "dropped")])
def test_a_state_is_set_however_it_is_spelt(call: Call, words: str, state: str) -> None:
    assert [paper["state"] for paper in call("state", ATTENTION, BERT, words, "--json").json] == [state] * 2
    assert call("state", ATTENTION, "lost").err.startswith("There is no state 'lost'; there are new, to read,")


def test_a_note_is_written_printed_and_taken_away(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("note", ATTENTION).out == ""
    assert call("note", ATTENTION, "read", "again").status == 0
    assert call("note", ATTENTION).out == "read again\n"
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"One\nzwei \x1b[2J\n")))
    call("note", ATTENTION, "-")
    assert call("note", ATTENTION).out == "One\nzwei\n"
    assert call("note", ATTENTION, "--json").json["note"] == "One\nzwei"
    call("note", ATTENTION, "")
    assert call("note", ATTENTION).out == ""
    call("undo")
    assert call("note", ATTENTION).out == "One\nzwei\n"


def test_papers_are_made_one_and_two_again(call: Call) -> None:
    call("tag", BERT, "--add", "kept")
    done = call("merge", BERT, ATTENTION)
    assert (done.status, done.out) == (0, f"{ATTENTION}\n")
    assert shown(call, BERT)["id"] == ATTENTION
    assert shown(call)["tags"] == ["kept"]
    call("undo")
    assert shown(call, BERT)["tags"] == ["kept"]
    assert shown(call)["tags"] == []
    assert call("merge", BERT, "nothing").status == 1


def test_a_removed_issue_is_back_with_its_papers(call: Call) -> None:
    (issue,) = call("issues", "--json").json
    call("mark", ATTENTION)
    call("remove", issue["id"])
    assert call("papers", "--json").json == []
    assert call("undo").status == 0
    assert call("issues", "--json").json == [issue]
    assert shown(call)["marked"]


def test_what_was_written_into_a_file_is_taken_out_again_unless_it_changed(call: Call, tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text("% mine\n")
    call("mark", BERT)
    call("export", ATTENTION, "--into", str(refs))
    assert "@" in refs.read_text()
    assert call("undo").status == 0
    assert refs.read_text() == "% mine\n"
    call("redo")
    refs.write_text("% another\n")
    for _ in range(2):
        done = call("undo")
        assert done.status == 1
        assert "changed since" in done.err
        assert done.err.endswith("undo --skip leaves it so and goes on to what was done before.\n")
    assert call("undo", "--skip").err == "1 entry written into refs.bib: can no longer be undone.\n"
    assert call("undo").err == "1 paper marked: undone.\n"
    assert refs.read_text() == "% another\n"


def test_a_step_that_cannot_be_used_is_forgotten_when_it_is_skipped(call: Call, tmp_path: Path) -> None:
    call("mark", BERT)
    (tmp_path / "library" / "history" / "999999999999-deadbeef.json").mkdir()
    done = call("undo")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "undo --skip" in done.err
    assert call("undo", "--skip").err == "Step 999999999999-deadbeef: can no longer be undone.\n"
    assert call("undo").err == "1 paper marked: undone.\n"


def test_a_file_of_another_machine_is_left_and_said(call: Call, tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    call("export", ATTENTION, "--into", str(refs))
    written = refs.read_bytes()
    for key in (tmp_path / "home").rglob("history.key"):
        key.unlink()
    left = f"({refs} was written on another machine and is left as it is)"
    assert call("undo").err == f"1 entry written into refs.bib {left}: undone.\n"
    assert refs.read_bytes() == written


def test_searches_are_kept_listed_renamed_and_removed(call: Call) -> None:
    assert call("searches").err == "No search is saved.\n"
    assert call("searches", "add", "Transformers", "attention", "is:unread").err == (
        "Transformers was saved; it finds 1 paper now.\n"
    )
    assert call("searches").out == "Transformers: attention is:unread (1 paper)\n"
    assert call("searches", "rename", "transformers", "Sequences").status == 0
    call("read", ATTENTION)
    assert call("searches", "--json").json == [
        {"name": "Sequences", "query": "attention is:unread", "order": "issue", "papers": 0}
    ]
    assert call("searches", "remove", "Sequences").status == 0
    assert call("searches", "--json").json == []
    assert call("undo").err == "search Sequences removed: undone.\n"
    assert len(call("searches", "--json").json) == 1


def test_what_cannot_be_saved_is_one_sentence(call: Call) -> None:
    assert call("searches", "add", "x").status == 2
    assert call("searches", "forget", "x").status == 2
    wrong = call("searches", "add", "x", "year:abc")
    assert (wrong.status, wrong.err.count("\n")) == (1, 1)
    assert call("searches", "remove", "x").err == "There is no saved search called 'x'.\n"
    assert call("searches", "--json").json == []


def test_tags_are_listed_renamed_and_removed(call: Call) -> None:
    assert call("tags").err == "No paper has a tag.\n"
    assert call("tags", "--json").json == []
    call("tag", ATTENTION, BERT, "--add", "to cite")
    call("tag", BERT, "--add", "nlp")
    assert call("tags").out == "to cite (2 papers)\nnlp (1 paper)\n"
    assert call("tags", "rename", "TO CITE", "cited", "--json").json == [
        {"tag": "cited", "papers": 2},
        {"tag": "nlp", "papers": 1},
    ]
    assert call("tags", "remove", "cited").err == "cited was removed from 2 papers.\n"
    assert call("undo").err == "tag cited removed: undone.\n"
    assert call("undo").err == "tag to cite renamed cited: undone.\n"
    assert call("tags").out == "to cite (2 papers)\nnlp (1 paper)\n"
    for words in (("rename", "nlp"), ("remove",)):
        assert call("tags", *words).status == 2
    missing = call("tags", "remove", "lost")
    assert (missing.status, missing.err) == (1, "There is no tag 'lost'.\n")


def test_papers_are_listed_in_any_order_and_asked_for_by_what_was_written_on_them(call: Call) -> None:
    call("note", BERT, "x")
    call("tag", ATTENTION, "--add", "b")
    call("state", ATTENTION, "reading")

    def ids(*words: str) -> list[str]:
        return [paper["id"] for paper in call("papers", "--json", *words).json]

    assert ids("--sort", "noted") == [BERT, ATTENTION]
    assert ids("--sort", "tags") == ids("--sort", "state") == ids("--sort", "title") == [ATTENTION, BERT]
    assert ids("--query", "is:noted") == ids("--query=-is:tagged") == ids("--query", "note:x") == [BERT]
    assert ids("--query", "is:tagged") == ids("--query", "tag:b", "--sort", "year") == [ATTENTION]
    assert call("papers", "--sort", "colour").status == 2


def test_show_says_what_the_reader_made_of_a_paper(call: Call) -> None:
    call("star", BERT)
    call("tag", BERT, "--add", "b")
    call("note", BERT, "One line")
    out = call("show", BERT).out
    assert "state: new, starred\ntags: b\nnote: One line\n" in out


def test_the_editor_writes_a_note_where_there_is_a_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = call("note", BERT, "--edit")
    assert (refused.status, refused.err.startswith("An editor needs a terminal")) == (1, True)
    assert call("note", BERT, "x", "--edit").status == 2
    given: list[str] = []

    def edit(text: str, keep: Callable[[str], object]) -> bool:
        given.append(text)
        if len(given) < 3:
            keep("" if text else "# A\n  b\n")
        return len(given) < 3

    monkeypatch.setattr("tui.editor.edit", edit)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert call("note", BERT, "--edit").err == "The note is saved.\n"
    assert call("note", BERT).out == "# A\n  b\n"
    assert call("note", BERT, "--edit").err == "The note is removed.\n"
    assert call("note", BERT, "--edit").err == "The note was left as it was.\n"
    assert given == ["", "# A\n  b", ""]


def test_a_note_that_is_too_long_is_one_sentence(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"x" * 200_001)))
    done = call("note", BERT, "-")
    assert (done.status, done.err) == (1, "A note has at most 200,000 letters; this one has 200,001.\n")


def test_papers_are_removed_listed_as_removed_and_brought_back(call: Call) -> None:
    assert call("star", ATTENTION).status == 0
    done = call("remove", ATTENTION, "1810.04805", "nothing")
    assert (done.status, done.err) == (
        1,
        "There is no issue called 'nothing' in the library.\n2 papers removed.\n",
    )
    assert call("papers", "--json").json == []
    assert call("show", ATTENTION).err == f"'{ATTENTION}' was removed; paperrack restore brings it back.\n"
    assert call("restore").out == f"{ATTENTION} Attention Is All You Need\n{BERT} BERT\n"
    assert call("restore", "--json").json[1] == {"id": BERT, "title": "BERT"}
    done = call("restore", "arxiv:17", BERT, "arxiv:9", "--json")
    assert (done.status, done.err) == (1, "arxiv:9 was not removed.\n2 papers brought back.\n")
    assert [paper["starred"] for paper in done.json] == [True, False]
    assert call("undo").err == "2 papers brought back: undone.\n"
    assert call("undo").err == "2 papers removed: undone.\n"
    assert len(call("papers", "--json").json) == 2


def test_a_step_that_was_undone_can_be_passed_over(call: Call) -> None:
    call("star", ATTENTION)
    call("read", ATTENTION)
    call("undo")
    call("undo")
    assert call("redo", "--skip", "--json").json == {"redone": "1 paper starred"}
    assert call("redo").err == "1 paper read: done again.\n"
    assert not shown(call)["starred"]
    assert call("redo", "--skip").err == "There is nothing to redo.\n"
