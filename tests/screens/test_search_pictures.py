"""How searching looks: the empty field, what is found, what is wrong or was corrected, and saved searches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.answers import standing
from tests.screens.test_pictures import app, keys, still
from tui.desk import Desk

Snap = Callable[..., bool]

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])


@pytest.fixture
def desk(sample_desk: Desk) -> Desk:
    standing(sample_desk)
    return sample_desk


@SIZES
def test_an_empty_field(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("S"))


@SIZES
def test_what_is_found(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("S", *"language model"))


@SIZES
def test_a_wrong_query(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("S", *"language year:abc"))


@SIZES
def test_a_misspelt_word(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("S", *"transfomer"))


def test_nothing_found(snap_compare: Snap, desk: Desk) -> None:
    assert snap_compare(app(desk), terminal_size=(80, 24), run_before=keys("S", *"xylophone zebra"))


def test_what_was_kept(snap_compare: Snap, desk: Desk) -> None:
    assert snap_compare(app(desk), terminal_size=(120, 40), run_before=keys("S", *"attention", "enter", "j", "space"))


def test_saving_a_search(snap_compare: Snap, desk: Desk) -> None:
    assert snap_compare(app(desk), terminal_size=(80, 24), run_before=keys("S", *"language is:unread", "ctrl+s"))


@SIZES
def test_saved_searches(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    desk.searches.save("Language models, unread", "language model is:unread")
    desk.searches.save("Transformers since 2020", "transformer year:2020..")

    async def counted(pilot: Pilot[Any]) -> None:
        await keys("h", "g", "j")(pilot)
        browse: Any = pilot.app.screen
        while any(row.papers is None for row in browse.searches):
            await pilot.pause(0.05)
        await still(pilot)

    assert snap_compare(app(desk), terminal_size=size, run_before=counted)
