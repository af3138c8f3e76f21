"""How the screens look: keys are lit wherever they are named, columns stand, and what is told does not pile up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from textual.command import CommandList

from tests.screens.drive import driven
from tui.desk import Desk
from tui.model import Details, Entry, Field, Issue, Job, Said
from tui.widgets import details_text
from tui.widgets.details_text import LookUp, body
from tui.widgets.where import with_keys

Make = Callable[..., Desk]

ISSUE = Issue(
    id="",
    title="An issue",
    series="Weekly",
    format="links",
    entries=tuple(Entry(title=f"A title of {number}") for number in range(4)),
)


@pytest.mark.parametrize(
    ("text", "lit"),
    [
        ("enter adds   ·   ctrl+v takes the text   ·   esc leaves", ["enter", "ctrl+v", "esc"]),
        ("It is not there.\nenter copies 1 entry · ← → choose · j k scroll", ["enter", "← →", "j k"]),
        ("A paper in a list", []),
        ("a comma ends a tag   ·   -tag takes it away", []),
        ("A      takes in a file\n?      shows every key\n\nThat is all.", ["A", "?"]),
        ("https://example.org/esc", []),
        ("esc", []),
        ("", []),
    ],
)
def test_keys_are_lit_where_a_hint_names_them_and_nothing_else_is(text: str, lit: list[str]) -> None:
    content = with_keys(text)
    assert content.plain == text
    assert [text[span.start : span.end] for span in content.spans] == lit


async def test_names_of_places_and_issues_stand_in_one_column(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (200, 60)) as hands:
        rows = hands.screen_text.splitlines()
        columns = {next(row.index(name) for row in rows if name in row[:36]) for name in ("All papers", "Marked")}
        columns |= {row.index("An issue") for row in rows[2:] if "An issue" in row[:36]}
        assert columns == {3}


async def test_what_is_told_while_a_warning_stands_does_not_pile_up(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (80, 24)) as hands:
        hands.browse.tell("Mind this.", "warning")
        for number in range(3):
            hands.browse.tell(f"Told {number}.")
            await hands.settle()
        assert hands.toasts == ["Mind this.", "Told 2."]


async def test_without_colours_the_palette_shows_which_row_is_chosen(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(make_desk(ISSUE), (80, 24)) as hands:
        await hands.press("ctrl+p")
        rows = hands.app.screen.query_one(CommandList)
        chosen = rows.get_visual_style("option-list--option", "option-list--option-highlighted")
        assert chosen.rich_style.underline
        assert not rows.get_visual_style("option-list--option").rich_style.underline


def test_room_for_what_comes_is_kept_only_until_the_first_answer_and_not_behind_the_reader_s_own_key(
    make_desk: Make,
) -> None:
    desk = make_desk(ISSUE)
    paper = desk.rack.paper(desk.papers()[0])
    asked = LookUp(datetime.now(UTC), job=Job(paper.id, "x", "running", ("arxiv",)))
    assert (body(paper, asked).stays, body(paper, asked).room) == (True, 0)
    soon = replace(asked, soon=True)
    assert (body(paper, soon).stays, body(paper, soon).room) == (True, details_text.ROOM)
    answered = replace(paper, details=Details(fields={"year": Field("year", Said(2020, "arxiv"))}))
    assert body(answered, soon).room == 0
    assert not body(answered, LookUp(datetime.now(UTC))).stays
