"""The line of keys: what there is room for, each key whole, and a click that strikes the one under the mouse."""

from __future__ import annotations

import pytest

from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.screens import keys
from tui.widgets.key_line import BETWEEN, KeyLine

SHOWN = [
    f"{keys.key_of(binding)} {binding.description}"
    for name, group in keys.GROUPS
    for binding in group
    if binding.show and (name, group) not in keys.CHOICES
]


def line(hands: Driven) -> list[str]:
    """Return the keys that the line shows."""
    return [part for part in hands.screen_text.splitlines()[-1].strip().split(" " * BETWEEN) if part]


@pytest.mark.parametrize("width", [20, 40, 60, 79, 80, 100, 120])
async def test_a_key_is_shown_whole_or_not_at_all(sample_desk: Desk, width: int) -> None:
    async with driven(sample_desk, size=(width, 24)) as hands:
        shown = line(hands)
        assert set(shown) <= set(SHOWN)
        assert "? Help" in shown
        room = width - 2
        missing = [each for each in SHOWN if each not in shown]
        taken = len((" " * BETWEEN).join(shown))
        assert taken <= room
        assert not missing or taken + BETWEEN + max(map(len, missing)) > room, "nothing is left out that has room"
        if width >= 120:
            assert not missing


async def test_a_terminal_of_80_cells_says_how_to_search_and_how_to_leave(sample_desk: Desk) -> None:
    async with driven(sample_desk, size=(80, 24)) as hands:
        assert {"r Read", "c Keep", "x Skip", "S Search", "b BibTeX", "? Help", "q Quit"} <= set(line(hands))


async def test_a_click_strikes_the_key_that_is_seen_there(sample_desk: Desk) -> None:
    async with driven(sample_desk, size=(80, 24)) as hands:
        column = hands.screen_text.splitlines()[-1].index("S Search")
        await hands.pilot.click(KeyLine, offset=(column + 3, 0))
        await hands.settle()
        assert hands.browse.scope == "everywhere"


def test_what_a_narrow_line_leaves_out_first_are_keys_that_it_shows() -> None:
    shown = [binding.id for name, group in keys.GROUPS for binding in group if binding.show]
    assert set(keys.SPARE) <= set(shown)
