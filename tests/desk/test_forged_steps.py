"""Steps that somebody else put into the history: no file of the reader's is touched, and none stands in the way."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.test_taking_in import COLA, weekly
from tests.library.papers import json_values
from tui.desk import Desk
from tui.desk.history import FileChange, Step, UnusableStepError
from tui.desk.step_documents import document_of, step_of
from tui.errors import ExportError, LibraryError, PaperrackError
from tui.library import PaperState
from tui.library.steps import StepDocument, write_step
from tui.settings import Paths

PAPER = "arxiv:2010.10915"
OLD, NEW = b"@misc{old}\n", b"@misc{old}\n@misc{new}\n"


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    desk = make_desk(weekly("6", COLA))
    desk.marking.mark([PAPER])
    desk.library.flush()
    return desk


def forge(desk: Desk, document: StepDocument, undone: bool = False) -> Path:
    """Put *document* into the history as the newest step."""
    stem = desk.library.folder / "history" / "000000000099-deadbeef"
    path = stem.with_suffix(".undone.json" if undone else ".json")
    write_step(path, stem.with_suffix(".bytes"), document)
    return path


def key() -> Path:
    return Paths.of_platform().state.with_name("history.key")


def sealed(change: FileChange) -> StepDocument:
    return document_of(Step("written", file=change))


def forged(document: StepDocument, **head: Any) -> StepDocument:
    return dataclasses.replace(document, head={**document.head, **head})


def of_another_machine(change: FileChange) -> StepDocument:
    key().unlink(missing_ok=True)
    document = sealed(change)
    key().unlink()
    sealed(change)
    return document


def test_the_key_is_made_once_and_is_the_reader_s_alone(tmp_path: Path) -> None:
    assert not key().exists()
    first = sealed(FileChange(tmp_path / "a.bib", None, NEW))
    raw = key().read_bytes()
    assert len(raw) == 32
    assert stat.S_IMODE(key().stat().st_mode) == 0o600
    assert sealed(FileChange(tmp_path / "a.bib", None, NEW)) == first
    assert key().read_bytes() == raw
    assert sorted(os.listdir(key().parent)) == [key().name]


@pytest.mark.parametrize("unseal", ["none", "wrong", "number", "letters", "machine", "path", "before", "after", "key"])
@pytest.mark.parametrize("back", [True, False])
@pytest.mark.parametrize("before", [OLD, None])
def test_a_file_that_was_not_written_here_is_left_and_the_rest_is_taken_back(
    desk: Desk, tmp_path: Path, unseal: str, back: bool, before: bytes | None
) -> None:
    refs = tmp_path / "refs.bib"
    change = FileChange(refs, before, NEW)
    document = sealed(change)
    seal = document.head["seal"]
    if unseal == "machine":
        document = of_another_machine(change)
    elif unseal == "key":
        key().write_bytes(b"short")
    elif unseal in ("path", "before", "after"):
        other = {"path": tmp_path / "other.bib", "before": b"another", "after": b"another"}[unseal]
        document = forged(sealed(dataclasses.replace(change, **{unseal: other})), file=str(refs), seal=seal)
        if unseal == "path":
            document = forged(document, seal=sealed(dataclasses.replace(change, path=other)).head["seal"])
    else:
        document = forged(document, seal={"none": None, "wrong": "0" * 64, "number": 7, "letters": "ü\ud800"}[unseal])
    marks = {"papers": [PAPER], "before": {"marks.note": ""}, "after": {"marks.note": "forged"}}
    document = dataclasses.replace(document, parts={"changes": [marks]})
    there = document.contents["after"] if back else document.contents.get("before")
    if there is not None:
        refs.write_bytes(there)
    if back:
        desk.annotating.note(PAPER, "forged")
        desk.library.flush()
    forge(desk, document, undone=not back)
    told = desk.marking.undo() if back else desk.marking.redo()
    assert told == f"written ({refs} was written on another machine and is left as it is)"
    assert (refs.read_bytes() if refs.exists() else None) == there
    assert desk.rack.marks(PAPER).note == ("" if back else "forged")


def test_a_sealed_file_that_is_no_export_is_left(desk: Desk, tmp_path: Path) -> None:
    profile = tmp_path / ".profile"
    profile.write_bytes(NEW)
    forge(desk, sealed(FileChange(profile, OLD, NEW)))
    assert desk.marking.undo() == f"written ({profile} is no export and is left as it is)"
    assert profile.read_bytes() == NEW


@pytest.mark.parametrize(
    "path",
    ["/x/a\0b.bib", "\ud800.bib", "", None, ["x.bib"], "/" + "x" * 5000 + ".bib"],
    ids=["zero", "half a pair", "empty", "none", "list", "long"],
)
def test_a_path_that_cannot_be_is_left(desk: Desk, path: object) -> None:
    forge(desk, forged(sealed(FileChange(Path("/x/y.bib"), OLD, NEW)), file=path))
    assert "is left as it is" in str(desk.marking.undo())


def test_what_cannot_be_sealed_cannot_be_undone(desk: Desk, tmp_path: Path) -> None:
    key().mkdir(parents=True)
    document = sealed(FileChange(tmp_path / "refs.bib", OLD, NEW))
    assert document.contents == {}
    forge(desk, document)
    with pytest.raises(PaperrackError, match=r"cannot be undone: the key .* cannot be kept\.$"):
        desk.marking.undo()
    assert desk.marking.undo() == "1 paper marked"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_in_the_key_s_place_is_not_waited_for(tmp_path: Path) -> None:
    key().parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(key())
    assert "seal" not in sealed(FileChange(tmp_path / "refs.bib", OLD, NEW)).head


ISSUE = {"id": "x", "before": {"issue": {"id": "x", "title": "X", "entries": [{"title": "t"}]}, "papers": []}}
unusable = pytest.mark.parametrize(
    "parts",
    [
        {"unknown\x1b[2J": [{"a": 1}]},
        {"changes": [{"papers": [PAPER], "before": 7, "after": []}]},
        {"changes": [{"papers": [PAPER], "before": {"marks.marked": True}, "after": {}}]},
        {"changes": [{"papers": [PAPER], "before": {"marks.future": 1}, "after": {"marks.future": 2}}]},
        {"changes": [{"papers": ["\ud800"], "before": {"marks.note": "a"}, "after": {"marks.note": "b"}}]},
        {"issues": [{"before": {}}]},
        {"issues": [ISSUE]},
        {"issues": [{"id": "x", "before": [1]}]},
        {"issues": [{"id": "x", "before": {"issue": None, "papers": {}}}]},
        {"searches": [{"name": "a", "after": "text"}]},
        {"searches": [{"after": {}}]},
    ],
    ids=str,
)


@unusable
def test_a_step_of_a_wrong_shape_is_one_sentence_and_can_be_forgotten(desk: Desk, parts: dict[str, Any]) -> None:
    path = forge(desk, StepDocument({"label": "forged"}, parts))
    for _ in range(2):
        with pytest.raises(UnusableStepError, match=r"^The next step in the history [^\n\x1b]*\.$"):
            desk.marking.undo()
    assert desk.marking.skip() == "Step 000000000099-deadbeef"
    assert not path.exists()
    assert desk.marking.undo() == "1 paper marked"


@pytest.mark.parametrize("kind", ["pipe", "folder", "full folder", "pipe beside"])
def test_what_is_named_like_a_step_and_is_no_file_can_be_forgotten(desk: Desk, kind: str) -> None:
    path = forge(desk, sealed(FileChange(Path("/x/y.bib"), OLD, NEW)))
    trap = path.with_suffix(".bytes") if kind == "pipe beside" else path
    trap.unlink()
    if "pipe" in kind:
        os.mkfifo(trap)
    else:
        trap.mkdir()
        if kind == "full folder":
            (trap / "kept").write_bytes(b"x")
    with pytest.raises(UnusableStepError, match=r"^The history of the library cannot be read: [^\n]*\.$"):
        desk.marking.undo()
    assert desk.marking.skip() == "Step 000000000099-deadbeef"
    assert not os.path.lexists(path)
    assert len(list(path.parent.glob("*.corrupt-*/kept"))) == (kind == "full folder")
    assert desk.marking.undo() == "1 paper marked"


def test_what_no_shape_shows_to_be_wrong_is_an_error_of_ours_too(desk: Desk) -> None:
    forge(desk, StepDocument({"label": "forged"}))

    def wrong() -> None:
        with desk.marking._history.undo():
            raise ValueError("embedded null byte")

    with pytest.raises(UnusableStepError, match="cannot be used"):
        wrong()
    assert desk.marking.skip() == "forged"


def test_only_what_is_named_like_an_export_is_put_back(tmp_path: Path) -> None:
    from tui.desk.writing import put_back

    path = tmp_path / "notes.txt"
    with pytest.raises(ExportError, match=r"notes\.txt is no export"):
        put_back(FileChange(path, None, NEW), back=False)
    assert not path.exists()


def shape(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, json_values))


fields = st.dictionaries(st.sampled_from(["marks.note", "marks.tags", "choices.values", "merged_into"]), json_values)
whole = st.fixed_dictionaries({"papers": st.just([PAPER, "b"]), "before": fields, "after": fields})
issues = st.fixed_dictionaries({"id": json_values, "before": shape("issue", "papers")})
searches = st.fixed_dictionaries({"name": json_values, "after": shape("name", "query", "order")})
parts = st.fixed_dictionaries(
    {},
    optional={
        "changes": st.lists(whole | shape("papers", "before", "after"), max_size=2),
        "issues": st.lists(issues | shape("id", "before", "after"), max_size=2),
        "searches": st.lists(searches | shape("name", "before", "after"), max_size=2),
    },
)


@given(shape("label", "when", "file", "final", "seal"), parts)
@settings(deadline=None, max_examples=300)
def test_whatever_is_in_a_step_it_can_be_worked_out_or_is_an_error_of_ours(
    head: dict[str, Any], parts: dict[str, Any]
) -> None:
    try:
        step = step_of(StepDocument(head, parts, {"after": NEW}))
    except LibraryError:
        return
    assert step.file is None
    for back in (True, False):
        step.states(lambda _: PaperState(), back)
        step.issues(lambda _: None, back)
        step.saved({}, back)


MERGED = {"before": {"merged_into": None}, "after": {"merged_into": PAPER}}
ENTRY = {"id": "x", "title": "X", "entries": [{"title": "t"}]}


@pytest.mark.parametrize(
    "parts",
    [
        {"changes": [{"papers": [PAPER], **MERGED}]},
        {"changes": [{"papers": ["nowhere", "", "../../x", "a\0b", "x" * 5000], **MERGED}]},
        {"changes": [{"papers": ["nowhere", PAPER], "before": {"marks.note": "x"}, "after": {"marks.note": ""}}]},
        {"issues": [{"id": "../../x", "after": {"issue": {**ENTRY, "id": "../../x"}, "papers": [PAPER]}}]},
        {"issues": [{"id": "x", "before": {"issue": {**ENTRY, "id": "../../x"}, "papers": ["../y"]}}]},
        {"issues": [{"id": "x", "before": {"issue": {**ENTRY, "id": "x" * 5000}, "papers": ["a\0b"]}}]},
        {"issues": [{"id": "x", "before": {"issue": {**ENTRY, "id": ""}, "papers": ["\ud800"]}}]},
        {"searches": [{"name": "a", "before": {"name": "a\ud800", "query": "((", "order": "none"}}]},
    ],
    ids=range(8),
)
@pytest.mark.parametrize("back", [True, False])
def test_what_a_forged_step_says_of_papers_is_taken_or_refused_in_a_sentence(
    desk: Desk, parts: dict[str, Any], back: bool
) -> None:
    forge(desk, StepDocument({"label": "forged"}, parts), undone=not back)
    with contextlib.suppress(PaperrackError):
        desk.marking.undo() if back else desk.marking.redo()
        desk.library.flush()
    assert desk.rack.paper(PAPER).marks.marked
    assert not list(desk.library.folder.parent.glob("x*"))
    assert desk.papers()
