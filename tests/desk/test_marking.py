"""Marks, reading states, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tui.desk import Desk
from tui.desk.listing import Shelf

Make = Callable[..., Desk]


def test_undo_restores_what_was_cleared_and_redo_clears_it_again(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    papers = desk.papers()
    assert desk.marking.mark(papers) == 2
    assert desk.marking.mark(papers, False) == 2
    assert desk.marking.undo() == "2 papers unmarked"
    assert set(desk.marked()) == set(papers)
    assert desk.marking.redo() == "2 papers unmarked"
    assert desk.marked() == ()


def test_nothing_to_undo_is_no_error(make_desk: Make) -> None:
    marking = make_desk(weekly("6", COLA)).marking
    assert marking.undo() is None
    assert marking.redo() is None


def test_marking_what_is_marked_is_no_step(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA))
    assert desk.marking.mark(desk.papers()) == 1
    assert desk.marking.mark(desk.papers()) == 0
    desk.marking.undo()
    assert desk.marked() == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["mark", "unmark", "read", "unread"]), st.integers(0, 2)), max_size=12))
def test_undoing_everything_gives_the_beginning_back(make_desk: Make, steps: list[tuple[str, int]]) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER, HINTON))
    papers = desk.papers()
    before = [desk.rack.paper(name).marks for name in papers]
    for action, which in steps:
        change = desk.marking.mark if "mark" in action else desk.marking.mark_read
        change([papers[which]], not action.startswith("un"))
    while desk.marking.undo():
        pass
    assert [desk.rack.paper(name).marks for name in papers] == before


def test_the_list_of_issues_that_follows_changes_is_the_one_that_is_made_anew(make_desk: Make) -> None:
    desk = make_desk(weekly("5", HINTON), weekly("6", COLA, PERFORMER, HINTON))

    def follows() -> bool:
        return desk.shelf() == Shelf(desk.catalogue).rows()

    before = desk.shelf()
    desk.marking.mark_read([desk.paper("2010.10915").id])
    assert follows()
    assert [row.unread for row in desk.shelf()] == [2, 1]
    # The row of an issue that has no more and no fewer unread papers stays the same object.
    assert desk.shelf()[1] is before[1]
    desk.marking.undo()
    assert follows()
    desk.keep(weekly("7", COLA))
    assert follows()
    desk.marking.mark_read(desk.papers())
    desk.remove([desk.shelf()[0].id])
    assert follows()
    desk.filling.anew()
    assert follows()
    assert [row.unread for row in desk.shelf()] == [0, 0]
