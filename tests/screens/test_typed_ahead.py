"""No key is lost that is typed while a dialog still closes, or opens: a busy machine hears several keys at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events

from tests.desk.test_taking_in import weekly
from tests.desk.test_triaging import papers
from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.screens.browse import Browse

DIALOGS = (
    ("W", "W"), ("W", "q"), ("W", "escape"), ("J", "J"), ("J", "q"), ("J", "escape"), ("O", "O"), ("O", "q"),
    ("O", "escape"), ("i", "i"), ("i", "q"), ("i", "escape"), ("B", "q"), ("B", "escape"), ("=", "q"), ("e", "q"),
    ("e", "e"), ("e", "escape"), ("s", "q"), ("t", "escape"), ("n", "escape"), ("K", "escape"), ("A", "escape"),
    ("question_mark", "escape"), ("t", "ctrl+s"), ("n", "ctrl+s"),
)  # fmt: skip
"""The key that opens a dialog, and one that closes it."""


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(9)), weekly("7", *papers(9)))


def strike(hands: Driven, *keys: str) -> None:
    """Strike *keys* faster than they are heard."""
    for key in keys:
        hands.app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize(("opens", "closes"), DIALOGS)
async def test_keys_behind_the_one_that_closes_a_dialog_are_for_what_is_under_it(
    desk: Desk, opens: str, closes: str
) -> None:
    async with driven(desk) as hands:
        await hands.press("escape", "g")
        await hands.press(opens)
        assert not isinstance(hands.app.screen, Browse), "it has opened"
        strike(hands, closes, "j", "j", "k", "j", "full_stop")
        await hands.settle()
        await hands.pilot.pause(0.1)
        assert isinstance(hands.app.screen, Browse)
        assert hands.browse.paper_list.cursor == 2
        name = hands.browse.paper_list.current
        assert name is not None
        assert [each for each in desk.papers() if desk.rack.marks(each).starred] == [name]


@pytest.mark.parametrize(("opens", "closes"), DIALOGS)
async def test_a_dialog_that_is_opened_and_closed_in_one_go_takes_no_other_key(
    desk: Desk, opens: str, closes: str
) -> None:
    async with driven(desk) as hands:
        await hands.press("escape", "g")
        strike(hands, opens, closes, "j", "j", "j")
        await hands.settle()
        await hands.pilot.pause(0.1)
        assert isinstance(hands.app.screen, Browse)
        assert hands.browse.paper_list.cursor == 3
