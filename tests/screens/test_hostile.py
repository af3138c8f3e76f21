"""Strangers' text through every pane, dialog, toast and palette entry: shown letter for letter, and never obeyed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.model import Entry, Issue, Link, Post, Section

Make = Callable[..., Desk]

MARKUP = (
    "[/]",
    "[Re]",
    "[@click=app.quit]now[/]",
    "[bold red]x[/bold red]",
    "[link=file:///etc/passwd]y[/link]",
    "[/Re]",
)
ESCAPES = (
    "\x1b[2J",
    "\x1b]0;PWNED\x07",
    "\x1b]52;c;aGk=\x1b\\",
    "\x9b31m",
    "\u202eevil\u2066",
    "\x00\x0e\x7f",
    "\U000e0041",
)
HOSTILE = " ".join((*MARKUP, *ESCAPES))


def hostile_issue(number: int) -> Issue:
    """Return an issue in which every field is hostile."""
    entries = (
        Entry(
            title=f"{HOSTILE} title {number}",
            authors=(f"Eve {HOSTILE}", HOSTILE),
            venue=HOSTILE,
            abstract=f"{HOSTILE} abstract\n{HOSTILE}",
            identifiers={"doi": f"10.1000/{number}[/]"},
            links=(Link(f"https://example.org/[/]{number}", "paper"), Link("javascript:alert(1)", "other")),
            sections=(Section(HOSTILE, HOSTILE),),
            posts=(Post(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
            categories=(HOSTILE,),
            metrics={HOSTILE: 3},
            submitter=HOSTILE,
        ),
        Entry(abstract=f"{HOSTILE} no title here {number}"),
        Entry(title="A quiet paper that stands in both issues", authors=(HOSTILE,), sections=(Section("s", HOSTILE),)),
    )
    return Issue(id="", title=f"{HOSTILE} issue {number}", series=HOSTILE, number=f"[/]{number}", date="2024-[/]",
                 format="links", entries=entries, introduction=HOSTILE)  # fmt: skip


def check(hands: Driven) -> None:
    """No character on the screen is one that a terminal obeys or that turns text round."""
    bad = {char for char in hands.screen_text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    assert not bad, f"on the screen: {bad!r}"
    assert hands.app.is_running


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_pane_shows_hostile_text_letter_for_letter(make_desk: Make, size: tuple[int, int]) -> None:
    desk = make_desk(hostile_issue(1), hostile_issue(2))
    async with driven(desk, size) as hands:
        check(hands)
        assert "[/] [Re] [@click=app.quit]now[/]" in hands.screen_text
        for key in ("enter", "B", "B", "h", "h", "k", "enter", "j", "enter", "h", "j", "l", "space", "a", "s", "r"):
            await hands.press(key)
            check(hands)


async def test_a_title_without_an_end_leaves_the_field_for_the_key_in_sight(make_desk: Make) -> None:
    endless = Entry(title="A" * 10_000, identifiers={"arxiv": "2301.00004"})
    async with driven(make_desk(Issue(id="", title="w", format="links", entries=(endless,))), (80, 24)) as hands:
        await hands.press("K")
        assert "enter keeps it" in hands.screen_text


async def test_the_filter_takes_hostile_text(make_desk: Make) -> None:
    async with driven(make_desk(hostile_issue(1))) as hands:
        await hands.press("slash")
        for part in ("[/]", "[Re]", "[@click=app.quit]"):
            hands.browse.query_one("#filter").value = part  # type: ignore[attr-defined]
            await hands.settle()
            check(hands)
        hands.browse.query_one("#filter").value = "[nothing holds this]"  # type: ignore[attr-defined]
        await hands.settle()
        assert "[nothing holds this]" in hands.screen_text


@pytest.mark.parametrize("text", [*MARKUP, *ESCAPES])
async def test_a_toast_shows_hostile_text(make_desk: Make, text: str, tmp_path: Path) -> None:
    async with driven(make_desk(), words=[f"{tmp_path}/no {text.replace(chr(0), '')} file"]) as hands:
        check(hands)
        assert len(hands.toasts) == 1


async def test_the_palette_shows_hostile_titles_and_a_click_on_them_runs_nothing(make_desk: Make) -> None:
    async with driven(make_desk(hostile_issue(1), hostile_issue(2))) as hands:
        await hands.press("ctrl+p")
        await hands.press(*"issue")
        await hands.pilot.pause(0.5)
        check(hands)
        assert "[Re]" in hands.screen_text
        await hands.pilot.click(offset=(30, 8))
        await hands.settle()
        assert hands.app.is_running


async def test_a_click_on_markup_in_a_pane_runs_nothing(make_desk: Make) -> None:
    async with driven(make_desk(hostile_issue(1)), (200, 60)) as hands:
        for x in range(0, 200, 7):
            for y in range(1, 20, 2):
                await hands.pilot.click(offset=(x, y))
        assert hands.app.is_running
