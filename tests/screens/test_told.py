"""What is told: of which paper, and for how long it stands where something else is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets._toast import Toast, ToastRack

from tests.desk.test_taking_in import weekly
from tests.desk.test_triaging import papers
from tests.screens.drive import driven
from tui.desk import Desk
from tui.model import Entry
from tui.screens.choosing import BRIEF, brief

Make = Callable[..., Desk]


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(3)))


async def test_a_decision_that_is_taken_back_is_told_with_its_paper_where_that_is_not_seen(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("c", "x", "x")
        hands.browse.go_to_place("to-read")
        await hands.press("u")
        assert hands.toasts == ["Taken back: 1 paper dropped, “paper number 2”."]
        await hands.press("u")
        assert hands.toasts == ["Taken back: 1 paper dropped, “paper number 1”."]
        await hands.press("ctrl+r")
        assert hands.toasts == ["Done again: 1 paper dropped, “paper number 1”."]


async def test_what_is_taken_back_of_several_papers_names_none(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "u")
        assert hands.toasts == ["Taken back: 3 papers marked."]


async def test_a_title_in_a_sentence_is_its_beginning_in_whole_words(make_desk: Make) -> None:
    title = "A long title that goes on " * 5
    desk = make_desk(weekly("6", Entry(title=title, identifiers={"doi": "10.1234/1"}), *papers(1)))
    async with driven(desk) as hands:
        await hands.press("r", "u")
        assert hands.toasts == [f"Taken back: 1 paper read, “{brief(title.strip())}”."]
    assert brief("short") == "short"
    assert len(brief("名" * 200)) <= BRIEF
    assert brief(title).endswith(" A long…")


async def test_going_to_the_next_issue_takes_away_the_sentence_that_names_the_key_for_it(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("r", "r", "r")
        assert hands.toasts == ["Nothing unread is left here; N goes to week 5 (2 unread)."]
        await hands.press("N")
        assert hands.toasts == []


@pytest.mark.parametrize("key", ["question_mark", "J", "B"])
async def test_nothing_that_was_told_stands_over_a_screen_that_is_opened(desk: Desk, key: str) -> None:
    async with driven(desk) as hands:
        await hands.press("a")
        assert hands.toasts
        await hands.press(key)
        assert hands.toasts == []


async def test_what_was_told_is_let_go_with_what_held_it(desk: Desk) -> None:
    async with driven(desk) as hands:
        rack = hands.browse.query_exactly_one(ToastRack)
        for n in range(5):
            hands.app.notify(f"Sentence {n}")
            await hands.settle()
            assert [toast._notification.message for toast in rack.query(Toast)] == [f"Sentence {n}"]
            # It is over before the clock of its toast says so.
            hands.app.clear_notifications()
            await hands.settle()
        assert not rack.children
