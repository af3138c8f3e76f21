"""Pictures come at once after a key, and at an even pace in a flood."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from textual.app import App
from textual.constants import MAX_FPS

from tests.screens.drive import driven
from tui.desk import Desk
from tui.screens import pace
from tui.screens.pace import BURST, Pace


def _painted(seconds: float, step: float, first: float = 1000.0) -> list[float]:
    """Return when pictures are made where something changes every *step* seconds, by the pace's own count."""
    made: list[float] = []
    paced = Pace(App(), lambda: None)
    now = first
    while now < first + seconds:
        if paced.wait(now) <= 0:
            paced._owing += 1
            made.append(now - first)
        now += step
    return made


def test_the_first_pictures_of_a_quiet_screen_do_not_wait() -> None:
    assert _painted(0.001, 0.0001)[:BURST] == pytest.approx([place * 0.0001 for place in range(BURST)])


def test_a_flood_is_painted_at_the_pace_of_the_ticks() -> None:
    made = _painted(2.0, 0.0005)
    assert 2 * MAX_FPS <= len(made) <= 2 * MAX_FPS + BURST
    after = made[BURST:]
    assert max(late - early for early, late in pairwise(after)) < 1.1 / MAX_FPS


def test_a_clock_of_any_beginning_will_do() -> None:
    assert _painted(0.1, 0.001, 0.0) == pytest.approx(_painted(0.1, 0.001, 5e5), abs=0.0015)


def test_what_is_owed_is_waited_for_and_no_longer() -> None:
    paced = Pace(App(), lambda: None)
    assert paced.wait(10.0) <= 0
    paced._owing = BURST
    assert paced.wait(10.0) == pytest.approx(1 / MAX_FPS)
    assert paced.wait(10.0 + 1 / MAX_FPS) == pytest.approx(0, abs=1e-6)


async def test_a_key_and_the_details_that_follow_it_are_painted_without_a_tick(
    sample_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(seconds)

    async with driven(sample_desk, (160, 40)) as hands:
        painted = hands.browse._on_timer_update
        count = 0

        def counting() -> None:
            nonlocal count
            count += 1
            painted()

        paced = hands.browse._update_timer
        assert isinstance(paced, Pace)
        paced._callback = counting
        await asyncio.sleep((BURST + 1) / MAX_FPS)
        before, count = hands.browse.details.plain, 0
        monkeypatch.setattr(pace, "sleep", noted)
        await hands.press("j")
        after = hands.browse.details.plain
    assert after != before
    assert count >= 1
    assert waits == []


async def test_a_screen_that_is_left_paints_no_more(sample_desk: Desk) -> None:
    async with driven(sample_desk) as hands:
        paced = hands.browse._update_timer
        task = paced._task
    assert task is not None
    assert task.done()
