"""How it looks: pictures at the three sizes and in each state. The README shows these very files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.answers import standing
from tui.app import PaperrackApp
from tui.desk import Desk

Snap = Callable[..., bool]


def app(desk: Desk, words: tuple[str, ...] = ()) -> PaperrackApp:
    """Return the app as a reader starts it."""
    return PaperrackApp(desk, words)


def keys(*names: str) -> Callable[[Pilot[Any]], Any]:
    """Return what presses keys before the picture is taken."""

    async def press(pilot: Pilot[Any]) -> None:
        while "Quit" not in seen(pilot):  # the footer comes last
            await pilot.pause(0.02)
        await still(pilot)
        await pilot.press(*names)
        await still(pilot)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return press


def seen(pilot: Pilot[Any]) -> str:
    """Return the screen as plain text."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


async def still(pilot: Pilot[Any]) -> None:
    """Wait until the screen has not changed for half a second and nothing is under way."""
    before, same = "", 0
    for _ in range(200):
        await pilot.pause(0.05)
        now = seen(pilot)
        busy = any(not worker.is_finished for worker in pilot.app.workers)
        before, same = now, same + 1 if now == before and not busy else 0
        if same == 10:
            return


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])
def test_papers(snap_compare: Snap, sample_desk: Desk, size: tuple[int, int]) -> None:
    assert snap_compare(app(sample_desk), terminal_size=size, run_before=keys("j", "space"))


def test_details_in_a_narrow_terminal(snap_compare: Snap, sample_desk: Desk) -> None:
    standing(sample_desk)
    assert snap_compare(app(sample_desk), terminal_size=(80, 24), run_before=keys("enter"))


def test_issues_in_a_narrow_terminal(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(80, 24), run_before=keys("h"))


def test_bibtex(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(120, 40), run_before=keys("B"))


def test_the_choices_after_y(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(80, 24), run_before=keys("y"))


def test_a_filter(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(120, 40), run_before=keys("h", "g", "l", "slash", *"language"))


def test_an_empty_library(snap_compare: Snap, make_desk: Callable[..., Desk]) -> None:
    assert snap_compare(app(make_desk()), terminal_size=(80, 24), run_before=keys())


def test_a_failure(snap_compare: Snap, make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = make_desk()
    assert snap_compare(app(desk, ("/no/such/digest.txt",)), terminal_size=(80, 24), run_before=keys())


def test_the_palette(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(120, 40), run_before=keys("ctrl+p"))


def test_the_help(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(80, 24), run_before=keys("question_mark"))


def test_adding(snap_compare: Snap, sample_desk: Desk) -> None:
    assert snap_compare(app(sample_desk), terminal_size=(80, 24), run_before=keys("A"))
