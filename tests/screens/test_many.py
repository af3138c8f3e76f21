"""Many papers at once: ranges, marks that stay, places among the issues, questions before what is done to many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.test_taking_in import HINTON, weekly
from tests.screens.answers import standing
from tests.screens.drive import Driven, driven
from tui import clipboard
from tui.clipboard import Copied
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, PlaceRow
from tui.screens import asking, choosing, ranging
from tui.screens.sure import Sure

Make = Callable[..., Desk]

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PAPERS = tuple(Entry(title=f"A paper of that week, number {word}") for word in NUMBERS)


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("5", HINTON), weekly("6", *PAPERS))


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the system's clipboard: what reached it."""
    texts: list[str] = []

    def copy(text: str, **_: object) -> Copied:
        texts.append(text)
        return Copied("xclip", None, True)

    monkeypatch.setattr(clipboard, "copy", copy)
    return texts


def heading(hands: Driven) -> str:
    """Return the heading over the papers."""
    return str(hands.browse.papers_heading.render())


def titles(*names: str) -> list[str]:
    """Return the titles of the papers that end with *names*."""
    return [f"A paper of that week, number {name}" for name in names]


def marked(desk: Desk) -> list[str]:
    """Return the titles of the numbered papers that are marked."""
    found = {desk.rack.paper(name).title for name in desk.marked()}
    return [title for title in titles(*NUMBERS) if title in found]


def lit_rows(hands: Driven) -> list[int]:
    """Return the rows in view that stand on the ground of a range, or on the cursor's."""
    papers = hands.browse.paper_list
    return [index for index in papers.in_view if papers.ground(index)]


def asked(hands: Driven) -> Sure | None:
    """Return the question that is asked, if one is."""
    return hands.app.screen if isinstance(hands.app.screen, Sure) else None


# Ranges


@pytest.mark.parametrize(
    ("keys", "rows"),
    [("jj", [0, 1, 2]), ("jjk", [0, 1]), ("jjv", [2]), ("G", list(range(12))), ("Gg", [0]), ("jjjkkkk", [0])],
)
async def test_a_range_goes_from_where_v_was_struck_to_the_cursor(desk: Desk, keys: str, rows: list[int]) -> None:
    async with driven(desk) as hands:
        await hands.press("v", *keys)
        assert lit_rows(hands) == rows
        chosen = titles(*(NUMBERS[row] for row in rows)) if "v" not in keys else []
        assert [desk.rack.paper(name).title for name in hands.browse.ranged()] == chosen


async def test_a_range_begun_below_goes_up(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("G", "v", "k", "k")
        assert [desk.rack.paper(name).title for name in hands.browse.chosen()] == titles("ten", "eleven", "twelve")


async def test_the_heading_says_how_many_are_in_the_range(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("v", "j", "j")
        assert heading(hands).startswith("Papers  3 in range   of 12")
        await hands.press("G")
        assert heading(hands).startswith("Papers  12 in range")
        await hands.press("v")
        assert heading(hands).startswith("Papers  12   ")


async def test_pages_extend_a_range(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *(Entry(title=f"Number {number}") for number in range(100))))
    async with driven(desk, (120, 24)) as hands:
        await hands.press("v", "ctrl+d", "ctrl+d")
        assert len(hands.browse.ranged()) == hands.browse.paper_list.cursor + 1 > 8


async def test_space_marks_all_of_a_range_and_unmarks_them_where_all_are_marked(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "space", "g", "v", "j", "j", "space")
        assert marked(desk) == titles("one", "two", "three")
        assert hands.toasts[-1] == "2 marked, 3 in all."
        assert hands.browse.ranged() == ()
        await hands.press("g", "v", "j", "space")
        assert marked(desk) == titles("three")
        assert hands.toasts[-1] == "2 unmarked, 1 in all."
        await hands.press("u")
        assert len(desk.marked()) == 3


async def test_what_is_copied_is_the_range_before_what_is_marked(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("G", "space", "g", "j", "v", "j", "y", "t")
        assert copied[-1].split("\n")[:2] == titles("two", "three")
        await hands.press("y", "t")
        assert "twelve" in copied[-1]
        assert hands.browse.ranged() == ()


@pytest.mark.parametrize("key", ["s", "]", "/"])
async def test_another_list_ends_a_range(desk: Desk, key: str) -> None:
    async with driven(desk) as hands:
        await hands.press("v", "j", *({"s": ["s", "t"], "]": ["]"], "/": ["slash", *"eleven"]}[key]))
        await hands.settle()
        assert hands.browse.ranged() == ()


async def test_a_list_that_is_shown_again_as_it_was_keeps_the_range(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "v", "j")
        hands.browse.show_elsewhere()
        await hands.settle()
        assert len(hands.browse.ranged()) == 2


async def test_escape_leaves_the_prefix_then_the_range_then_the_search_then_the_marks(desk: Desk) -> None:
    async with driven(desk) as hands:
        browse = hands.browse
        await hands.press("space", "slash", *"week", "enter", "v", "j", "y")
        await hands.press("escape")
        assert (browse.prefix, len(browse.ranged()), browse.words) == ("", 2, "week")
        await hands.press("escape")
        assert (len(browse.ranged()), browse.words) == (0, "week")
        await hands.press("escape")
        assert (browse.words, len(desk.marked())) == ("", 1)
        await hands.press("escape")
        assert len(desk.marked()) == 1
        assert hands.toasts[-1] == "esc again clears 1 mark."
        await hands.press("escape")
        assert len(desk.marked()) == 0


# The mouse


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (220, 40)])
async def test_a_click_with_shift_is_a_range_from_the_cursor(desk: Desk, size: tuple[int, int]) -> None:
    async with driven(desk, size) as hands:
        row = hands.browse.paper_list.row_height
        await hands.pilot.click("#papers", offset=(20, 3 * row), shift=True)
        await hands.settle()
        assert len(hands.browse.ranged()) == 4
        assert "4 in range" in heading(hands)
        await hands.pilot.click("#papers", offset=(20, row))
        await hands.settle()
        assert len(hands.browse.ranged()) == 2


async def test_a_click_where_the_mark_stands_marks_and_unmarks(desk: Desk) -> None:
    async with driven(desk) as hands:
        row = hands.browse.paper_list.row_height
        await hands.pilot.click("#papers", offset=(0, 2 * row))
        await hands.settle()
        assert marked(desk) == titles("three")
        assert hands.current == titles("three")[0]
        await hands.pilot.click("#papers", offset=(0, 2 * row))
        await hands.settle()
        assert marked(desk) == []
        await hands.pilot.click("#papers", offset=(8, 3 * row))
        await hands.settle()
        assert marked(desk) == []
        assert hands.current == titles("four")[0]


# Marks stay, and are always counted


async def test_marks_stay_over_issues_searches_and_restarts_and_are_always_counted(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        for keys in (["space"], ["]", "space"], ["S", *"twelve", "enter", "space"]):
            await hands.press(*keys)
        for keys in ([], ["escape"], ["h"], ["enter", "l"], ["[", "["]):
            await hands.press(*keys)
            assert "◆ 3 marked" in hands.screen_text.splitlines()[0]
    folder: Path = desk.library.folder
    desk.close()
    with Desk(Library(folder), desk.settings) as again:
        async with driven(again, (80, 24)) as hands:
            assert "◆ 3 marked" in hands.screen_text.splitlines()[0]
            await hands.press("apostrophe")
            assert sorted(map(str, hands.titles)) == sorted([*titles("one", "twelve"), str(HINTON.title)])


# Places


async def test_marked_to_read_and_starred_stand_among_the_issues_with_their_counts(desk: Desk) -> None:
    async with driven(desk, (160, 40)) as hands:
        lines = [line[:36].split() for line in hands.screen_text.splitlines()[3:6]]
        assert lines == [["◆", "Marked"], ["◇", "To", "read"], ["★", "Starred"]]
        await hands.press("space", "space")
        names = list(hands.browse.paper_list.papers[:3])
        desk.annotating.star(names)
        desk.annotating.set_state(names[:1], "to read")
        hands.browse.refresh_marks()
        await hands.settle()
        lines = [line[:36].split() for line in hands.screen_text.splitlines()[3:6]]
        assert lines == [["◆", "Marked", "2"], ["◇", "To", "read", "1"], ["★", "Starred", "3"]]


@pytest.mark.parametrize(("keys", "count"), [("j", 2), ("jj", 1), ("jjj", 3)])
async def test_a_place_is_gone_to_as_an_issue_is(desk: Desk, keys: str, count: int) -> None:
    names = desk.papers()[:3]
    desk.marking.mark(names[:2])
    desk.annotating.star(names)
    desk.annotating.set_state(names[:1], "to read")
    async with driven(desk, (160, 40)) as hands:
        await hands.press("h", "g", *keys)
        assert isinstance(hands.browse.search, PlaceRow)
        assert len(hands.titles) == count
        assert heading(hands) == f"Papers  {count}"
        assert hands.browse.where.place == hands.browse.search.name


async def test_a_quote_goes_to_what_is_marked_and_back(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "space", "space", "j", "j")
        await hands.press("apostrophe")
        assert hands.titles == titles("two", "three")
        assert heading(hands).endswith("' goes back")
        await hands.press("j", "apostrophe")
        assert len(hands.titles) == 12
        assert hands.current == titles("six")[0]


async def test_a_quote_goes_back_to_a_search_with_its_words(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("space", "S", *"number", "enter", "j", "j")
        before = hands.current
        await hands.press("apostrophe")
        assert hands.titles == titles("one")
        assert hands.typed == ""
        await hands.press("apostrophe")
        assert (hands.typed, len(hands.titles), hands.browse.scope) == ("number", 12, "everywhere")
        assert hands.current == before
        await hands.press("escape")
        assert (hands.browse.words, hands.browse.issue) == ("", "ai-weekly-6")


async def test_the_cursor_stays_on_a_paper_that_is_marked_when_one_goes_to_what_is(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("space", "space", "space", "k", "apostrophe")
        assert hands.current == titles("three")[0]


async def test_an_empty_place_says_how_it_is_filled(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("apostrophe")
        assert "Nothing is marked." in hands.screen_text
        await hands.press("apostrophe")
        assert len(hands.titles) == 12


async def test_a_place_is_neither_removed_nor_renamed(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("space", "apostrophe", "D")
        assert hands.toasts[-1] == "“Marked” is always there; D removes saved searches."
        await hands.press("ctrl+s")
        assert len(hands.app.screen_stack) == 1
        assert "always among the issues" in hands.toasts[-1]
        assert hands.titles == titles("one")


async def test_a_saved_search_that_is_called_as_a_place_is_another(desk: Desk) -> None:
    desk.searches.save("Marked", "number")
    async with driven(desk, (160, 40)) as hands:
        await hands.press("h", "g", "]")
        assert len(hands.titles) == 12
        await hands.press("D")
        assert desk.searches.list() == ()


async def test_clearing_the_marks_empties_the_place(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "apostrophe", "escape", "escape")
        assert hands.titles == []
        await hands.press("u", "apostrophe", "apostrophe")
        assert len(hands.titles) == 12


async def test_a_place_can_be_filtered_and_the_filter_left(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "apostrophe", "slash", *"twelve", "enter")
        assert hands.titles == titles("twelve")
        await hands.press("escape")
        assert len(hands.titles) == 12
        assert isinstance(hands.browse.search, PlaceRow)


# What is done to many


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a dozen papers be many."""
    for module, name in ((choosing, "AT_ONCE"), (choosing, "CLEARED"), (ranging, "COPIED"), (asking, "MANY")):
        monkeypatch.setattr(module, name, 5)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("keys", [["a"], ["v", "G", "space"]])
async def test_many_are_marked_after_a_question(desk: Desk, keys: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press(*keys)
        question = asked(hands)
        assert question
        assert "12 papers" in question.heading
        await hands.press("escape")
        assert len(desk.marked()) == 0
        await hands.press("escape", "g", *keys, "enter")
        assert len(desk.marked()) == 12
        assert hands.toasts[-1] == "12 marked, 12 in all."


@pytest.mark.usefixtures("few")
async def test_many_marks_are_cleared_after_a_question(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "y", "escape")
        assert asked(hands)
        await hands.press("n")
        assert len(desk.marked()) == 12
        await hands.press("escape", "y")
        assert hands.toasts[-1] == "12 cleared, u restores."
        assert len(desk.marked()) == 0


@pytest.mark.usefixtures("few")
async def test_many_are_copied_after_a_question(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("v", "G", "y", "t")
        assert asked(hands)
        assert copied == []
        await hands.press("enter")
        assert len(copied[0].split("\n")) >= 12


@pytest.mark.usefixtures("few")
async def test_a_question_is_answered_with_the_mouse_too(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a")
        await hands.pilot.click("#sure-answers", offset=(2, 1))
        await hands.settle()
        assert len(desk.marked()) == 12


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_question_says_what_enter_does(desk: Desk, size: tuple[int, int]) -> None:
    async with driven(desk, size) as hands:
        hands.app.push_screen(Sure("Mark 1,200 papers?", "Every paper of this list is marked.", "marks them [b]"))
        await hands.settle()
        assert "enter marks them [b]" in hands.screen_text
        assert "esc leaves it" in hands.screen_text


# Looking many up


@pytest.mark.parametrize(
    ("keys", "papers", "refresh"),
    [
        (["F"], 12, False),
        (["R"], 12, True),
        (["v", "j", "j", "F"], 3, False),
        (["v", "j", "f"], 2, False),
        (["v", "j", "j", "j", "R"], 4, True),
        (["space", "space", "F"], 2, False),
        (["f"], 1, False),
    ],
)
async def test_services_are_asked_about_the_range_else_what_is_marked_else_the_list(
    desk: Desk, keys: list[str], papers: int, refresh: bool
) -> None:
    stand = standing(desk)
    async with driven(desk) as hands:
        await hands.press(*keys)
        assert [(len(names), again) for names, again in stand.asked] == [(papers, refresh)]
        assert hands.browse.ranged() == ()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("keys", [["F"], ["R"], ["v", "G", "F"]])
async def test_services_are_asked_about_many_after_a_question(desk: Desk, keys: list[str]) -> None:
    stand = standing(desk)
    async with driven(desk) as hands:
        await hands.press(*keys)
        question = asked(hands)
        assert question
        assert "12 papers" in question.heading
        assert "J shows how far it is" in question.sentence
        await hands.press("escape")
        assert stand.asked == []
        await hands.press("g", *keys, "enter")
        assert [len(names) for names, _ in stand.asked] == [12]
        assert hands.toasts[-1] == "Looking up 12 papers; J shows how far it is."


async def test_escape_goes_back_from_details_that_hide_the_list_before_it_clears_marks(sample_desk: Desk) -> None:
    async with driven(sample_desk, (80, 24)) as hands:
        await hands.press("space", "l", "escape")
        assert hands.browse.pane == "papers"
        assert sample_desk.counts().marked == 1
        await hands.press("escape", "escape")
        assert sample_desk.counts().marked == 0
    async with driven(sample_desk, (120, 40)) as hands:
        await hands.press("space", "l", "escape", "escape")
        assert sample_desk.counts().marked == 0
