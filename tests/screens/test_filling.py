"""The pane fills from services on the loopback: the same path as a reader's, below the keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.desk.test_taking_in import PERFORMER, weekly
from tests.screens.drive import Driven, driven
from tests.services import Services
from tui.desk import Desk
from tui.model import Entry
from tui.settings import Network, Settings

Make = Callable[..., Desk]

VIT = Entry(title="An Image is Worth 16x16 Words", identifiers={"arxiv": "2010.11929"})
BERT = Entry(title="BERT", identifiers={"arxiv": "1810.04805"})
ATTENTION = Entry(title="Attention", identifiers={"arxiv": "1706.03762"})
SET_UP = Settings(network=Network(contact="reader@example.org"))


@pytest.fixture
def services() -> Iterator[Services]:
    with Services() as running:
        yield running


async def until(hands: Driven, true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is *true* of the screen."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, hands.screen_text
        await hands.pilot.pause(0.02)


async def test_enter_fills_the_pane_from_services(make_desk: Make, services: Services) -> None:
    desk = make_desk(weekly("6", ATTENTION), settings=services.settings(SET_UP))
    async with driven(desk) as hands:
        await hands.press("enter")
        await until(hands, lambda: "looked up" in hands.browse.details.plain)
        text = hands.browse.details.plain
        assert "Attention is All you Need" in text
        assert "Ashish Vaswani" in text
        assert hands.current == "Attention is All you Need"
        asked = services.count()
        await hands.press("h", "enter")
        assert services.count() == asked


async def test_keys_go_on_while_an_issue_is_looked_up_and_its_end_is_told(make_desk: Make, services: Services) -> None:
    desk = make_desk(weekly("6", VIT, BERT, ATTENTION), settings=services.settings(SET_UP))
    services.fail("arxiv", wait=0.3)
    async with driven(desk, (80, 24)) as hands:
        await hands.press("F")
        assert "/3" in hands.screen_text.splitlines()[0]
        await hands.press("j", "space", "g")
        assert desk.marked() == ("arxiv:1810.04805",)
        await until(hands, lambda: any("3 papers looked up" in toast for toast in hands.toasts))
        assert "/3" not in hands.screen_text.splitlines()[0]
        assert services.count("arxiv") == 1


async def test_jobs_shows_a_service_that_pauses_and_one_that_is_blocked(make_desk: Make, services: Services) -> None:
    services.fail("crossref", status=429, headers={"Retry-After": "900"}, body=b"wait")
    services.block("datacite")
    services.block("dblp")
    desk = make_desk(weekly("6", Entry(title="A title that nobody knows", authors=("Ada Lovelace",))),
                     settings=services.settings(SET_UP))  # fmt: skip
    async with driven(desk) as hands:
        await hands.press("f")
        await until(hands, lambda: not desk.looking.progress().total > desk.looking.progress().done)
        await hands.settle()
        await hands.press("J")
        text = hands.screen_text
        assert any("Crossref" in line and "paused" in line and "back in 1" in line for line in text.splitlines())
        assert any("DBLP" in line and ("blocked" in line or "paused" in line) for line in text.splitlines())


async def test_the_network_switched_off_is_said_at_once(make_desk: Make) -> None:
    desk = make_desk(weekly("6", PERFORMER))
    async with driven(desk) as hands:
        await hands.press("f")
        await until(hands, lambda: "not looked up:" in hands.browse.details.plain, 3)
        assert "offline" in hands.browse.details.plain
