"""Decisions on papers, which unread paper is the next, and a round through a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk.test_taking_in import weekly
from tui.desk import Desk
from tui.desk.triaging import NEAR, Decision
from tui.model import Entry, State

Make = Callable[..., Desk]


def papers(count: int, of: str = "paper") -> tuple[Entry, ...]:
    """Return *count* papers, each of them another one."""
    return tuple(Entry(title=f"{of} number {n}", identifiers={"doi": f"10.1234/{of}.{n}"}) for n in range(count))


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("6", *papers(6)))


def states(desk: Desk, *names: str) -> list[State]:
    """Return the states of the papers."""
    return [desk.rack.marks(name).state for name in names]


# What a decision does


@pytest.mark.parametrize(
    ("decision", "state"), [("read", "read"), ("keep", "to read"), ("skip", "dropped"), ("star", "to read")]
)
def test_a_decision_gives_a_state_and_leaves_the_unread_count(desk: Desk, decision: Decision, state: State) -> None:
    name = desk.papers()[2]
    assert desk.triaging.decide([name], decision) == (state, 1)
    assert (states(desk, name), desk.counts().unread) == ([state], 5)
    assert desk.rack.marks(name).starred is (decision == "star")
    assert desk.marking.undo()
    assert desk.marking.turned == (name,)
    assert (states(desk, name), desk.counts().unread) == (["new"], 6)
    assert not desk.rack.marks(name).starred


@pytest.mark.parametrize("decision", ["read", "keep", "skip", "star"])
def test_the_same_decision_again_takes_it_back(desk: Desk, decision: Decision) -> None:
    name = desk.papers()[0]
    desk.triaging.decide([name], decision)
    assert desk.triaging.decide([name], decision) == ("new", 1)
    assert (states(desk, name), desk.rack.marks(name).starred) == (["new"], False)


def test_another_decision_replaces_the_first(desk: Desk) -> None:
    name = desk.papers()[0]
    desk.triaging.decide([name], "skip")
    assert desk.triaging.decide([name], "read").state == "read"


def test_a_range_is_decided_on_in_one_step_and_taken_back_only_where_all_of_it_was(desk: Desk) -> None:
    names = desk.papers()[:3]
    desk.triaging.decide(names[:1], "skip")
    assert desk.triaging.decide(names, "skip").sentence == "2 papers dropped."
    assert desk.triaging.decide(names, "skip").sentence == "3 papers made new again."
    desk.marking.undo()
    desk.marking.undo()
    assert states(desk, *names) == ["dropped", "new", "new"]


def test_all_read_takes_what_is_unread_in_that_very_list_and_leaves_what_is_kept_or_came_since(desk: Desk) -> None:
    listed = desk.papers()
    kept, dropped = listed[0], listed[1]
    desk.triaging.decide([kept], "keep")
    desk.triaging.decide([dropped], "skip")
    desk.keep(weekly("7", *papers(2, "later")))
    assert desk.triaging.read_all(listed).changed == 4
    assert states(desk, kept, dropped) == ["to read", "dropped"]
    assert [row.unread for row in desk.shelf()] == [2, 0]
    assert desk.marking.undo() == "4 papers read"
    assert desk.counts().unread == 6
    assert states(desk, kept, dropped) == ["to read", "dropped"]


# Which is the next


def test_the_next_unread_paper_is_found_before_and_behind_a_place_and_beyond_the_near_ones(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *papers(2 * NEAR)))
    listed = desk.papers()
    desk.triaging.decide([name for place, name in enumerate(listed) if place not in (3, 2 * NEAR - 1)], "read")
    find = desk.triaging.next_unread
    assert [find(listed, place) for place in (-1, 2, 3, 2 * NEAR - 1)] == [3, 3, 2 * NEAR - 1, None]
    assert [find(listed, place, -1) for place in (10**6, 2 * NEAR - 1, 3, -5)] == [2 * NEAR - 1, 3, None, None]
    assert list(desk.triaging.unread(listed)) == [listed[3], listed[2 * NEAR - 1]]


def test_the_next_issue_is_looked_for_round_the_shelf_and_the_issue_itself_is_the_last(make_desk: Make) -> None:
    desk = make_desk(*(weekly(str(number), *papers(2, f"of {number}")) for number in range(1, 5)))
    four, three, two, one = (row.id for row in desk.shelf())
    desk.triaging.read_all(desk.papers(three))

    def after(issue: str, by: int = 1) -> str | None:
        row = desk.triaging.next_issue(issue, by)
        return row.id if row else None

    assert [after(issue) for issue in (four, two, one, "")] == [two, one, four, four]
    assert [after(issue, -1) for issue in (two, four, one, "")] == [four, one, two, one]
    for issue in (four, two):
        desk.triaging.read_all(desk.papers(issue))
    assert (after(one), after(one, -1)) == (one, one)
    desk.triaging.read_all(desk.papers())
    assert (after(one), after("", -1)) == (None, None)


# A round


def walked(desk: Desk, place: int = 0) -> list[str]:
    """Return the papers that a round shows where none is decided on."""
    round, found = desk.triaging.round(desk.papers(), place), []
    while round.current is not None:
        found.append(round.current)
        round.pass_over()
    return found


def test_a_round_begins_at_the_cursor_goes_on_from_the_top_and_passes_over_what_is_read(desk: Desk) -> None:
    listed = tuple(desk.papers())
    assert walked(desk, 4) == [*listed[4:], *listed[:4]]
    desk.triaging.decide([listed[4], listed[1]], "read")
    assert walked(desk, 4) == [listed[5], listed[0], listed[2], listed[3]]
    desk.triaging.decide([listed[5]], "read")
    assert walked(desk, 4) == [listed[0], listed[2], listed[3]]


def test_a_round_counts_what_is_left_and_what_was_decided(desk: Desk) -> None:
    round = desk.triaging.round(desk.papers())
    for decision in ("keep", "skip", "skip", "star"):
        round.decide(decision)
    assert (round.left, dict(round.decided)) == (2, {"keep": 1, "skip": 2, "star": 1})
    round.go_back()
    assert round.current
    assert round.decision(round.current) == "star"
    round.decide("star")  # and back
    assert round.left == 3


def test_what_is_put_off_comes_again_at_the_end_unless_it_was_decided_on_meanwhile(desk: Desk) -> None:
    listed = tuple(desk.papers())
    round = desk.triaging.round(desk.papers())
    round.put_off()
    round.put_off()
    round.go_back()
    round.decide("read")  # the second one
    for _ in range(4):
        round.decide("skip")
    assert (round.current, round.left) == (listed[0], 1)
    round.decide("keep")
    assert (round.current, round.left) == (None, 0)


def test_undo_leads_back_to_the_card_that_was_decided_on_from_the_end_too(desk: Desk) -> None:
    listed = tuple(desk.papers())
    round = desk.triaging.round(desk.papers(), 3)
    for _ in listed:
        round.decide("skip")
    assert round.current is None
    for name in (listed[2], listed[1]):
        desk.marking.undo()
        assert round.taken_back(desk.marking.turned)
        assert round.current == name
    assert round.left == 2
    assert not round.taken_back(("doi:10.9/other",))


def test_from_the_end_the_way_back_is_the_last_card_and_the_first_has_none_before_it(desk: Desk) -> None:
    listed = tuple(desk.papers())
    round = desk.triaging.round(desk.papers())
    round.go_back()
    assert round.current == listed[0]
    for _ in listed:
        round.decide("read")
    round.go_back()
    assert round.current == listed[-1]
    round.go_back()
    assert round.current == listed[-2]
    round.pass_over()
    assert round.current == listed[-1]


def test_a_round_through_nothing_is_over_at_once(make_desk: Make) -> None:
    desk = make_desk()
    round = desk.triaging.round(desk.papers())
    assert (round.current, round.left) == (None, 0)
    round.go_back()
    assert round.current is None


def test_what_another_program_decided_is_not_shown_again_and_not_counted(desk: Desk) -> None:
    listed = tuple(desk.papers())
    round = desk.triaging.round(desk.papers())
    desk.triaging.decide(listed[1:4], "read")
    round.recount()
    assert round.left == 3
    round.decide("read")
    assert round.current == listed[4]
