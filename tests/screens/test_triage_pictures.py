"""How triage looks: a card, its last card, and the panes in the middle of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk.test_taking_in import weekly
from tests.desk.test_triaging import papers
from tests.screens.answers import ABSTRACT, AUTHORS
from tests.screens.test_pictures import Snap, app, keys
from tui.desk import Desk
from tui.model import Entry, Section

Make = Callable[..., Desk]

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])

CARD = Entry(
    title="Rethinking Attention with Performers, or How Sequences of Any Length Are Read in Linear Time and Space",
    authors=(*AUTHORS, "Tamas Sarlos", "Peter Hawkins", "Jared Davis", "Afroz Mohiuddin", "Lukasz Kaiser"),
    identifiers={"arxiv": "2009.14794"},
    abstract=f"{ABSTRACT} The estimate is unbiased, its variance is bounded, and what was trained with softmax "
    "attention goes on with this one after a few more steps. Pixels, texts and proteins show what it is good for.",
    sections=(Section("What is it?", "Attention that costs as much as the sequence is long, and not its square."),),
    metrics={"retweets": 96, "favorites": 411},
)


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("5", CARD, *papers(4, "older")), weekly("6", *papers(3), CARD, *papers(8, "later")))


@SIZES
def test_a_card(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("T", "r", "c", "x"))


@SIZES
def test_the_last_card(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("T", "l", "c", "full_stop", *"xxxxrrrcx"))


@SIZES
def test_the_panes_in_the_middle_of_it(snap_compare: Snap, desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(desk), terminal_size=size, run_before=keys("r", "c", "x", "full_stop"))
