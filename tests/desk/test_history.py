"""Undo and redo over a restart, by two programs, of every kind of step; and steps that cannot be taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import OFFLINE
from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.library import papers
from tests.library.test_changes import states
from tui.desk import Desk
from tui.desk.history import FileChange, History, Shelved, Step
from tui.desk.step_documents import document_of, step_of
from tui.errors import ExportError, LibraryError, UnknownError
from tui.library import Library, PaperState
from tui.library.folder import Folder
from tui.library.history import Steps
from tui.library.steps import MOST_FILE_BYTES, read_step, write_step
from tui.model import Choices, Marks, SavedSearch

Make = Callable[..., Desk]
MARKED = PaperState(Marks(marked=True))
NOTED = PaperState(Marks(marked=True, note="read twice"))


class Fake:
    """What of a library the history needs, and papers beside it; changes are on the disk at once."""

    def __init__(self, folder: Path) -> None:
        place = Folder(folder)
        place.prepare(True)
        self.steps = Steps(place)
        self.states: dict[str, PaperState] = {}
        self.history = History(self)

    def put_step(self, change: Callable[[Steps], object], first: bool = False) -> None:
        change(self.steps)

    def flush(self) -> None:
        pass

    def now(self, name: str) -> PaperState:
        return self.states.get(name, PaperState())

    def do(self, label: str, after: dict[str, PaperState]) -> None:
        before = {name: self.now(name) for name in after}
        self.states |= after
        self.history.add(Step.between(label, before, after))

    def undo(self) -> str | None:
        with self.history.undo() as step:
            return self.turned(step, back=True)

    def redo(self) -> str | None:
        with self.history.redo() as step:
            return self.turned(step, back=False)

    def turned(self, step: Step | None, back: bool) -> str | None:
        if step is None:
            return None
        self.states |= step.states(self.now, back)
        return step.label


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(tmp_path / "library")


def test_steps_are_undone_and_done_again_in_order(fake: Fake) -> None:
    fake.do("marked", {"a": MARKED})
    fake.do("noted", {"a": NOTED, "b": MARKED})
    assert [fake.undo(), fake.undo(), fake.undo()] == ["noted", "marked", None]
    assert fake.states == {"a": PaperState(), "b": PaperState()}
    assert [fake.redo(), fake.redo(), fake.redo()] == ["marked", "noted", None]
    assert fake.states == {"a": NOTED, "b": MARKED}


def test_a_failure_on_the_way_leaves_the_step_where_it_was(fake: Fake) -> None:
    fake.do("marked", {"a": MARKED})
    with pytest.raises(LibraryError, match="full"), fake.history.undo():
        raise LibraryError("The disk is full.")
    assert fake.redo() is None
    assert fake.undo() == "marked"
    with pytest.raises(KeyboardInterrupt), fake.history.redo():
        raise KeyboardInterrupt
    assert fake.undo() is None
    assert fake.redo() == "marked"


def test_a_step_whose_file_is_another_by_now_stands_in_the_way_until_it_was_tried_twice(fake: Fake) -> None:
    fake.do("marked", {"a": MARKED})
    fake.history.add(Step("written", file=FileChange(Path("refs.bib"), b"old", b"new")))
    seen: list[FileChange | None] = []
    for _ in range(2):
        with pytest.raises(ExportError, match="changed since"), fake.history.undo() as step:
            _refuse(step, seen)
    assert seen == [FileChange(Path("refs.bib"), b"old", b"new")] * 2
    assert fake.undo() == "marked"


def _refuse(step: Step | None, seen: list[FileChange | None]) -> None:
    seen.append(step.file if step else None)
    raise ExportError("It has changed since.")


def test_a_file_too_large_to_keep_is_said_once_and_no_longer_stands_in_the_way(fake: Fake) -> None:
    fake.do("marked", {"a": MARKED})
    fake.history.add(Step("written", file=FileChange(Path("/x/refs.bib"), b"", b"x" * (MOST_FILE_BYTES + 1))))
    with pytest.raises(
        LibraryError, match=r"^“written” cannot be undone: refs.bib is too large to be kept as it was\.$"
    ):
        fake.undo()
    assert fake.undo() == "marked"
    assert not list((fake.steps._path).glob("*.bytes"))


def test_of_an_undone_step_only_its_own_fields_come_back(fake: Fake) -> None:
    fake.do("marked", {"a": MARKED})
    key = PaperState(Marks(marked=True, key="cola2020"), Choices(version="preprint"))
    fake.states["a"] = key
    fake.undo()
    assert fake.states["a"] == dataclasses.replace(key, marks=Marks(key="cola2020"))


def test_what_was_done_to_a_paper_that_became_another_is_taken_back_there(fake: Fake) -> None:
    fake.do("marked", {"a": MARKED, "b": MARKED})
    fake.states |= {"a": PaperState(merged_into="b"), "b": PaperState(merged_into="c"), "c": NOTED}
    fake.undo()
    assert fake.states["c"] == PaperState(Marks(note="read twice"))
    assert fake.states["a"] == PaperState(merged_into="b")
    fake.states |= {"c": PaperState(merged_into="a")}
    fake.redo()


def test_a_merge_is_taken_back_at_the_paper_that_went(fake: Fake) -> None:
    fake.states = {"old": MARKED, "new": PaperState(Marks(note="n"))}
    fake.do("one", {"old": dataclasses.replace(MARKED, merged_into="new"), "new": PaperState(Marks(True, note="n"))})
    fake.undo()
    assert fake.states == {"old": MARKED, "new": PaperState(Marks(note="n"))}


def test_taking_back_what_is_back_already_changes_nothing(fake: Fake) -> None:
    """As after a crash between the papers and their step."""
    fake.do("marked", {"a": MARKED})
    with fake.history.undo() as step:
        assert step is not None
        fake.states |= step.states(fake.now, back=True)
        assert step.states(fake.now, back=True) == {}
    assert fake.states["a"] == PaperState()


def test_a_step_over_many_papers_is_small(tmp_path: Path) -> None:
    names = [f"arxiv:2010.{number:05}" for number in range(5000)]
    step = Step.between("all", {}, dict.fromkeys(names, MARKED))
    document = document_of(step)
    assert len(document.parts["changes"]) == 1
    assert write_step(tmp_path / "s.json", tmp_path / "s.bytes", document) < 22 * len(names)
    assert step_of(read_step(tmp_path / "s.json", tmp_path / "s.bytes")) == step


@given(
    st.lists(
        st.tuples(st.sampled_from(["do", "undo", "redo"]), st.dictionaries(st.sampled_from("abc"), states, max_size=3)),
        max_size=14,
    )
)
@settings(deadline=None, max_examples=40)
def test_any_walk_through_the_history_shows_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, walk: list[tuple[str, dict[str, PaperState]]]
) -> None:
    fake = Fake(tmp_path_factory.mktemp("walk"))
    seen, place = [dict(fake.states)], 0
    for action, change in walk:
        if action == "do":
            own = {name: dataclasses.replace(state, merged_into=None, extra={}) for name, state in change.items()}
            fake.do("step", own)
            seen, place = [*seen[: place + 1], dict(fake.states)], place + 1
        elif action == "undo":
            assert (fake.undo() is None) == (place == 0)
            place = max(0, place - 1)
        else:
            assert (fake.redo() is None) == (place == len(seen) - 1)
            place = min(len(seen) - 1, place + 1)
        for name in "abc":
            assert fake.now(name) == seen[place].get(name, PaperState())


searches = st.builds(SavedSearch, papers.words, papers.words, papers.words)
turns = st.tuples(st.none() | searches, st.none() | searches)
shelved = papers.issues.map(lambda issue: Shelved(issue, tuple(f"p:{place}" for place, _ in enumerate(issue.entries))))


@given(
    st.dictionaries(st.sampled_from("abc"), st.tuples(states, states)),
    st.dictionaries(papers.words, st.tuples(shelved, st.none()), max_size=2),
    st.dictionaries(papers.words, turns, max_size=2),
    st.none()
    | st.builds(FileChange, st.just(Path("/x/y.bib")), st.none() | st.binary(max_size=9), st.binary(max_size=9)),
)
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_a_step_comes_back_from_the_disk_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    changed: dict[str, tuple[PaperState, PaperState]],
    shelf: dict[str, tuple[Shelved, None]],
    saved: dict[str, tuple[SavedSearch | None, SavedSearch | None]],
    file: FileChange | None,
) -> None:
    before, after = ({name: pair[side] for name, pair in changed.items()} for side in (0, 1))
    step = dataclasses.replace(Step.between("label", before, after), shelf=shelf, searches=saved, file=file)
    folder = tmp_path_factory.mktemp("step")
    write_step(folder / "step.json", folder / "step.bytes", document_of(step))
    assert step_of(read_step(folder / "step.json", folder / "step.bytes")) == step


# On a desk, with its library closed and opened again between


@pytest.fixture
def reopened(make_desk: Make) -> Iterator[Callable[[Desk], Desk]]:
    made: list[Desk] = []

    def reopen(desk: Desk) -> Desk:
        desk.close()
        made.append(Desk(Library(desk.library.folder), OFFLINE))
        return made[-1]

    yield reopen
    for desk in made:
        desk.close()


Reopened = Callable[[Desk], Desk]


def test_marks_are_undone_and_done_again_after_a_restart(make_desk: Make, reopened: Reopened) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    desk.marking.mark(desk.papers())
    desk.marking.mark_read(["arxiv:2010.10915"])
    desk = reopened(desk)
    assert desk.marking.undo() == "1 paper read"
    assert desk.marking.undo() == "2 papers marked"
    assert len(desk.marked()) == 0
    desk = reopened(desk)
    assert desk.marking.undo() is None
    assert desk.marking.redo() == "2 papers marked"
    assert len(desk.marked()) == 2
    assert desk.marking.redo() == "1 paper read"
    assert desk.paper("2010.10915").marks.read


def test_a_removed_issue_is_back_whole_after_undo(make_desk: Make, reopened: Reopened) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER), weekly("7", HINTON, COLA))
    name = desk.issue("ai-weekly-7").id
    issue, order, papers = desk.rack.issue(name), desk.rack.order(name), set(desk.papers())
    desk.remove([name])
    assert len(desk.shelf()) == 1
    desk = reopened(desk)
    assert desk.marking.undo() == "week 7 removed"
    assert desk.rack.issue(name) == issue
    assert desk.rack.order(name) == order
    assert set(desk.papers()) == papers
    desk = reopened(desk)
    assert desk.marking.redo() == "week 7 removed"
    assert len(desk.shelf()) == 1


def test_an_issue_that_was_taken_in_again_since_is_left_as_it_is(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA))
    desk.remove(["ai-weekly-6"])
    desk.keep(weekly("6", COLA, PERFORMER))
    desk.marking.undo()
    assert len(desk.rack.issue("ai-weekly-6").entries) == 2


def test_two_programs_undo_each_others_changes(make_desk: Make) -> None:
    here = make_desk(weekly("6", COLA, PERFORMER))
    with Desk(Library(here.library.folder), OFFLINE) as there:
        here.marking.mark(["arxiv:2010.10915"])
        here.library.flush()
        there.marking.mark_read(["arxiv:2010.10915"])
        there.library.flush()
        assert here.marking.undo() == "1 paper read"
        assert here.paper("2010.10915").marks == Marks(marked=True)
        here.library.flush()
        assert there.marking.undo() == "1 paper marked"
        assert there.paper("2010.10915").marks == Marks()
        there.library.flush()
        assert here.marking.redo() == "1 paper marked"


def test_papers_made_one_are_two_again(make_desk: Make, reopened: Reopened) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    desk.marking.mark(["arxiv:2010.10915"])
    best = desk.unite(["arxiv:2010.10915", "arxiv:2009.14794"])
    assert len(desk.papers()) == 1
    assert desk.paper(best).marks.marked
    desk = reopened(desk)
    assert desk.marking.undo() == "2 papers made one"
    assert len(desk.papers()) == 2
    assert desk.paper("2010.10915").marks.marked
    assert not desk.paper("2009.14794").marks.marked


def test_a_saved_search_is_kept_renamed_removed_and_each_taken_back(make_desk: Make, reopened: Reopened) -> None:
    desk = make_desk(weekly("6", COLA))
    saved = desk.searches.save("Sound", "audio", "year")
    assert desk.searches.list() == (saved,)
    renamed = desk.searches.rename("sound", "Audio")
    assert desk.searches.list() == (renamed,)
    desk.searches.remove("AUDIO")
    desk = reopened(desk)
    assert desk.searches.list() == ()
    assert desk.marking.undo() == "search Audio removed"
    assert desk.searches.list() == (renamed,)
    assert desk.marking.undo() == "search Sound renamed"
    assert desk.searches.list() == (saved,)
    assert desk.marking.undo() == "search Sound saved"
    assert desk.searches.list() == ()
    assert desk.marking.redo() == "search Sound saved"
    assert desk.searches.list() == (saved,)


def test_a_search_saved_under_a_name_that_is_there_takes_its_place_whatever_the_capitals(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA))
    old = desk.searches.save("Sound", "audio")
    new = desk.searches.save("sound", "music")
    assert desk.searches.list() == (new,)
    desk.marking.undo()
    assert desk.searches.list() == (old,)
    assert desk.searches.save("Sound", "audio") == old
    assert desk.marking.undo() == "search Sound saved"
    assert desk.searches.list() == ()


def test_what_cannot_be_done_to_a_search_is_said(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA))
    desk.searches.save("a", "audio")
    desk.searches.save("b", "music")
    for wrong, why in (
        (lambda: desk.searches.remove("c"), "There is no saved search called 'c'"),
        (lambda: desk.searches.rename("a", "B"), "There is a saved search called 'b' already"),
        (lambda: desk.searches.save("c", "  "), "without words finds every paper"),
        (lambda: desk.searches.save("", "x"), "needs a name"),
    ):
        with pytest.raises(UnknownError, match=why):
            wrong()
    assert desk.searches.rename("a", "A").name == "A"
