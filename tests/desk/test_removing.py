"""A paper that the reader removed: in no list and no count, whatever speaks of it, until it is brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.desk import Desk
from tui.errors import UnknownError
from tui.library import Library
from tui.model import Entry, Issue
from tui.settings import Settings

ATTENTION, BERT = "arxiv:1706.03762", "arxiv:1810.04805"


def entry(title: str, name: str) -> Entry:
    return Entry(title=title, identifiers={"arxiv": name.partition(":")[2]})


ONE = Issue("", "Week one", (entry("Attention Is All You Need", ATTENTION), entry("BERT", BERT)), "links")
TWO = Issue("", "Week two", (entry("Attention again", ATTENTION), entry("GPT", "arxiv:2005.14165")), "links")


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(ONE)


def rows(desk: Desk) -> dict[str, tuple[int, int]]:
    return {row.id: (row.papers, row.unread) for row in desk.shelf()}


def test_it_leaves_every_list_search_and_count(desk: Desk) -> None:
    desk.marking.mark([ATTENTION, BERT])
    desk.annotating.tag([ATTENTION], ["nlp"])
    assert desk.marking.remove([ATTENTION]) == 1
    assert rows(desk) == {"week-one": (1, 1)}
    assert desk.counts()[:3] == (1, 1, 1)
    for found in (
        desk.listing(), desk.listing("week-one"), desk.listing(marked=True), desk.listing("week-one", marked=True),
        desk.listing("week-one", query="is:unread"), desk.listing(query="-nothing"), desk.listing(sort="title"),
    ):  # fmt: skip
        assert list(found) == [BERT]
    assert not desk.listing(query="attention")
    assert not desk.listing(query="tag:nlp")
    assert ATTENTION not in desk.rack
    assert [row.title for row in desk.removed()] == ["Attention Is All You Need"]
    with pytest.raises(UnknownError, match="was removed; paperrack restore brings it back"):
        desk.paper(ATTENTION)


def test_one_step_takes_it_back_with_all_that_was_done_and_does_it_again(desk: Desk) -> None:
    desk.annotating.tag([ATTENTION], ["nlp"])
    desk.annotating.note(ATTENTION, "twice")
    desk.marking.remove([ATTENTION, BERT])
    assert rows(desk) == {"week-one": (0, 0)}
    assert desk.marking.undo() == "2 papers removed"
    assert rows(desk) == {"week-one": (2, 2)}
    assert list(desk.listing(query="tag:nlp attention")) == [ATTENTION]
    assert desk.rack.marks(ATTENTION).note == "twice"
    assert not desk.removed()
    assert desk.marking.redo() == "2 papers removed"
    assert not desk.listing("week-one")


def test_another_issue_does_not_bring_it_back_and_it_is_nothing_new(desk: Desk) -> None:
    desk.marking.remove([ATTENTION])
    taken = desk.keep(TWO)
    assert taken.new_papers == 1
    assert rows(desk) == {"week-one": (1, 1), "week-two": (1, 1)}
    assert desk.marking.remove([ATTENTION], on=False) == 1
    assert rows(desk) == {"week-one": (2, 2), "week-two": (2, 2)}
    assert len(desk.paper(ATTENTION).mentions) == 2


def test_it_stays_removed_after_a_restart_and_in_an_index_made_anew(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(ONE, TWO)
    desk.marking.remove([ATTENTION])
    desk.library.flush()
    folder = desk.library.folder
    desk.close()
    for gone in ((), ("index.sqlite", "index.sqlite-wal", "index.sqlite-shm")):
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        with Desk(Library(folder), Settings()) as again:
            assert rows(again) == {"week-one": (1, 1), "week-two": (1, 1)}
            assert [row.id for row in again.removed()] == [ATTENTION]
            assert again.counts().papers == 2
    with Desk(Library(folder), Settings()) as again:
        assert again.marking.undo() == "1 paper removed"
        assert list(again.listing(query="attention")) == [ATTENTION]


def test_of_two_that_are_one_work_the_one_that_is_there_counts(desk: Desk) -> None:
    desk.marking.remove([ATTENTION])
    desk.marking.remove([ATTENTION], on=False)
    desk.unite([ATTENTION, BERT])
    assert rows(desk)["week-one"][0] == 1
    assert not desk.removed()


def test_an_issue_whose_papers_are_removed_goes_and_comes_back_without_them(desk: Desk) -> None:
    desk.marking.remove([ATTENTION])
    desk.remove(["week-one"])
    assert desk.marking.undo() == "Week one removed"
    assert rows(desk) == {"week-one": (1, 1)}
    assert desk.marking.undo() == "1 paper removed"
    assert rows(desk) == {"week-one": (2, 2)}
