"""The same paper in several issues: one row, how often it was talked about, and what each issue says side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.model import Entry, Issue, Post, Section
from tui.screens.comparing import Comparing
from tui.widgets.prose import Prose

Make = Callable[..., Desk]

TITLE = "Attention Is All You Need"
IDS = {"arxiv": "1706.03762"}
ABSTRACT = "The dominant sequence transduction models are based on complex recurrent networks."


def said(number: int, **more: object) -> Issue:
    """Return an issue that speaks of the paper, under a title of its own."""
    known: dict[str, object] = {"title": TITLE, "identifiers": IDS, "sections": (Section("What", f"words {number}"),)}
    entry = Entry(**{**known, **more})  # type: ignore[arg-type]
    title = f"Issue {number}"
    return Issue(
        f"issue-{number}", title, (Entry(title=f"Another {number}"), entry), "newsletter", date=f"2021-0{number}-10"
    )


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    posts = (Post("so good", author="AK", handle="ak", date="2021-02-11"), Post("indeed", author="BL"))
    return make_desk(
        said(1, abstract=ABSTRACT, authors=("Ashish Vaswani",)),
        said(2, title="Attention is all you need?", posts=posts, metrics={"retweets": 1096}),
        said(3, abstract=ABSTRACT, sections=()),
        said(4, sections=()),
        said(5, categories=("cs.CL",)),
    )


async def compared(hands: Driven) -> Comparing:
    """Go to the paper and open what issues say of it."""
    await hands.press("S", *"attention", "enter", "equals_sign")
    assert isinstance(hands.app.screen, Comparing)
    return hands.app.screen


def columns(screen: Comparing) -> list[str]:
    """Return what the columns that are seen say."""
    return [text.plain for text in screen.query(Prose) if text.parent and text.parent.display]


# One row


async def test_it_is_one_row_that_says_in_how_many_issues_it_is(desk: Desk) -> None:
    async with driven(desk, (160, 30)) as hands:
        await hands.press("S", *"attention", "enter")
        assert len(hands.titles) == 1
        assert "×5" in hands.screen_text
        await hands.press("escape", "S", *"another", "enter")
        assert "×" not in hands.screen_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (240, 40)])
async def test_the_row_says_it_at_every_width(desk: Desk, size: tuple[int, int]) -> None:
    async with driven(desk, size) as hands:
        await hands.press("S", *"attention", "enter")
        rows = hands.browse.paper_list
        assert "×5" in "".join(rows.render_line(y).text for y in range(rows.row_height))
        assert all(rows.render_line(y).cell_length == rows.size.width for y in range(rows.row_height))


async def test_the_details_say_how_often_it_was_talked_about_and_where_else_with_place_and_date(desk: Desk) -> None:
    async with driven(desk, (140, 60)) as hands:
        await hands.press("S", *"attention", "enter")
        text = hands.browse.details.plain
        assert "talked about in 5 issues, 2 posts · = side by side" in " ".join(text.split())
        also = text[text.index("Also in Issue 2") :]
        assert also.splitlines()[1] == "place 2 · 10 Feb 2021 · retweets 1,096"
        assert also.splitlines()[2] == "printed as  Attention is all you need?"
        assert "printed as" not in text[text.index("Also in Issue 1") :]


def test_what_was_talked_about_once_says_nothing_of_it(desk: Desk) -> None:
    other = next(desk.rack.paper(name) for name in desk.papers() if name.startswith("title:"))
    assert other.talked_about == ""
    twice = replace(other, mentions=(other.mentions[0],) * 2)
    assert twice.talked_about == ""  # twice in one issue


# Side by side


@pytest.mark.parametrize(("width", "many"), [(80, 1), (100, 2), (120, 2), (160, 3), (200, 4), (400, 5)])
async def test_as_many_issues_stand_side_by_side_as_there_is_room_for(desk: Desk, width: int, many: int) -> None:
    async with driven(desk, (width, 30)) as hands:
        assert len(columns(await compared(hands))) == many


async def test_each_column_says_where_when_how_it_was_printed_and_what_was_said(desk: Desk) -> None:
    async with driven(desk, (300, 40)) as hands:
        newest, fourth, third, second, first = columns(await compared(hands))
        assert newest.splitlines()[0] == "place 2 · 10 May 2021 · cs.CL"
        assert "words 5" in newest
        assert "Nothing beyond title and authors." in fourth
        assert ABSTRACT in " ".join(third.split())
        for words in ("retweets 1,096", "printed as  Attention is all you need?", "so good", "AK @ak", "words 2"):
            assert words in second
        assert "as in Issue 3" in first
        assert ABSTRACT not in " ".join(first.split())
        line = hands.screen_text.splitlines()[3]
        places = [line.index(f"Issue {number}") for number in (5, 4, 3, 2, 1)]
        assert places == sorted(places)


async def test_h_and_l_go_through_further_columns_and_no_further(desk: Desk) -> None:
    async with driven(desk, (120, 30)) as hands:
        screen = await compared(hands)
        seen = [screen.place]
        for key in ("l", "l", "l", "l", "l"):
            await hands.press(key)
            seen.append(screen.place)
        assert seen == [0, 1, 2, 3, 4, 4]
        line = hands.screen_text.splitlines()[3]
        assert "Issue 2" in line
        assert "Issue 1" in line
        await hands.press("h")
        assert hands.screen_text.splitlines()[3] == line  # it is seen already
        await hands.press("h", "h")
        assert "Issue 3" in hands.screen_text.splitlines()[3].split("│")[0]


async def test_one_under_the_other_h_and_l_go_from_issue_to_issue(desk: Desk) -> None:
    async with driven(desk, (80, 16)) as hands:
        await compared(hands)
        assert "Issue 5" in hands.screen_text.splitlines()[3]
        await hands.press("l", "l")
        assert "Issue 3" in hands.screen_text.splitlines()[3]
        await hands.press("h")
        assert "Issue 4" in hands.screen_text.splitlines()[3]


async def test_it_begins_with_the_issue_that_is_read(desk: Desk) -> None:
    async with driven(desk, (120, 30)) as hands:
        hands.browse.show_issue("issue-2")
        await hands.press("j", "equals_sign")
        screen = hands.app.screen
        assert isinstance(screen, Comparing)
        assert screen.paper.mentions[screen.place].issue == "issue-2"
        assert "Issue 2" in hands.screen_text.splitlines()[3]


async def test_columns_follow_the_width_and_keep_their_place(desk: Desk) -> None:
    async with driven(desk, (200, 30)) as hands:
        screen = await compared(hands)
        await hands.press("l", "l", "l", "l")
        for width, many in ((80, 1), (120, 2), (300, 5)):
            await hands.pilot.resize_terminal(width, 24)
            await hands.settle()
            assert len(columns(screen)) == many
            assert screen.place == 4
            assert "words 1" in columns(screen)[-1]


async def test_a_click_on_a_column_gives_it_the_keys(desk: Desk) -> None:
    async with driven(desk, (160, 30)) as hands:
        screen = await compared(hands)
        await hands.pilot.click("#compare-text-2")
        await hands.settle()
        assert screen.place == 2


@pytest.mark.parametrize("key", ["escape", "q", "equals_sign"])
async def test_it_is_left_by_the_key_that_opened_it_too(desk: Desk, key: str) -> None:
    async with driven(desk) as hands:
        await compared(hands)
        await hands.press(key)
        assert len(hands.app.screen_stack) == 1


async def test_a_paper_of_one_issue_is_not_compared(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("equals_sign")
        assert hands.toasts[-1] == "Only one issue speaks of this paper."


async def test_hostile_words_stay_words(make_desk: Make) -> None:
    bad = (Section("[red]x[/]", "\x1b[31m[@click=app.quit]y[/]"),)
    desk = make_desk(said(1, sections=bad), said(2, title="\x1b]0;z\x07[b]", sections=bad))
    async with driven(desk, (120, 30)) as hands:
        await hands.press("j", "equals_sign")
        assert "[red]x[/]" in hands.screen_text
        assert "\x1b" not in hands.screen_text
