"""Deciding with the keyboard: in the panes, across issues, and on cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk.test_taking_in import weekly
from tests.desk.test_triaging import papers
from tests.screens.answers import arxiv, inquiry, keep, standing
from tests.screens.drive import Driven, driven
from tests.screens.test_looking import arrive
from tui.desk import Desk
from tui.model import Entry, Mention, Section, State
from tui.screens import key_names, keymap, triage_keys
from tui.screens.sure import Sure
from tui.screens.triage import Triage

Make = Callable[..., Desk]

LONG = Entry(
    title="A title " + "that goes on and on " * 30,
    authors=tuple(f"Somebody With A Rather Long Name{n}" for n in range(60)),
    abstract="".join(f"abstract{n} word word word word word word word word word word. " for n in range(30)),
    identifiers={"doi": "10.1234/long"},
    sections=tuple(Section(f"Part {n}", f"said{n} " * 150) for n in range(4)),
    metrics={"retweets": 96},
)


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("6", *papers(5)))


def state_of(desk: Desk, place: int) -> State:
    """Return the state of the paper at *place* of all."""
    return desk.rack.marks(desk.papers()[place]).state


def card(hands: Driven) -> Triage:
    """Return the cards that are on the screen."""
    assert isinstance(hands.app.screen, Triage)
    return hands.app.screen


def title(hands: Driven) -> str:
    """Return the title of the card."""
    return card(hands).head.lines[0].plain


def number(place: int, of: str = "paper") -> str:
    """Return the title of a paper."""
    return f"{of} number {place}"


# In the panes


@pytest.mark.parametrize(("key", "state"), [("r", "read"), ("c", "to read"), ("x", "dropped")])
async def test_a_decision_is_one_key_and_the_next_unread_paper_comes_by_itself(
    desk: Desk, key: str, state: State
) -> None:
    desk.triaging.decide([desk.papers()[1]], "read")
    async with driven(desk) as hands:
        await hands.press(key)
        assert (state_of(desk, 0), hands.current) == (state, number(2))


@pytest.mark.parametrize("key", ["r", "c", "x"])
async def test_the_same_key_on_it_again_takes_the_decision_back_and_stays(desk: Desk, key: str) -> None:
    async with driven(desk) as hands:
        await hands.press(key, "k", key)
        assert (state_of(desk, 0), hands.current) == ("new", number(0))


async def test_from_the_end_of_the_list_the_next_is_the_first_unread_one_above(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "r", "G", "r")
        assert hands.current == number(0)


async def test_the_details_follow_while_they_are_read(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("enter", "c")
        assert hands.browse.pane == "details"
        assert number(1) in hands.screen_text


async def test_with_nothing_left_the_cursor_stays_and_one_line_says_where_something_is(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(2)))
    async with driven(desk) as hands:
        await hands.press("r", "r")
        assert hands.current == number(1)
        assert hands.toasts == ["Nothing unread is left here; N goes to week 5 (2 unread)."]
        await hands.press("N", "r", "r")
        assert hands.toasts[-1] == "Nothing unread is left anywhere."


async def test_each_decision_is_one_step_and_undo_goes_back_to_its_paper(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("c", "x", "r", "u")
        assert (hands.current, state_of(desk, 2)) == (number(2), "new")
        await hands.press("u")
        assert (hands.current, state_of(desk, 1)) == (number(1), "new")
        await hands.press("G", "u")
        assert (hands.current, [state_of(desk, place) for place in range(3)]) == (number(0), ["new"] * 3)
        await hands.press("G", "ctrl+r")
        assert (hands.current, state_of(desk, 0)) == (number(0), "to read")


async def test_undo_goes_to_the_issue_that_the_paper_was_decided_on_in(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(2)))
    async with driven(desk) as hands:
        await hands.press("r", "r", "N", "u")
        assert hands.current == number(1)
        assert "week 6" in hands.browse.where.place


async def test_a_range_is_decided_on_in_one_step_and_ended(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("v", "j", "j", "x")
        assert [state_of(desk, place) for place in range(4)] == ["dropped"] * 3 + ["new"]
        assert (hands.current, hands.browse.ranged()) == (number(3), ())
        assert hands.toasts == ["3 papers dropped, u takes it back."]
        await hands.press("u")
        assert ([state_of(desk, place) for place in range(3)], hands.current) == (["new"] * 3, number(0))


async def test_a_range_of_very_many_is_asked_about_first(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *papers(60)))
    async with driven(desk) as hands:
        await hands.press("v", "G", "r")
        assert isinstance(hands.app.screen, Sure)
        await hands.press("escape")
        assert desk.counts().unread == 60
        await hands.press("r", "enter")
        assert desk.counts().unread == 0
        assert hands.toasts[-1].startswith("60 papers read, u takes it back. Nothing unread is left anywhere.")


async def test_a_star_leaves_what_is_decided_alone_and_the_cursor_where_it_is(desk: Desk) -> None:
    name = desk.papers()[0]
    async with driven(desk) as hands:
        await hands.press("full_stop")
        assert (desk.rack.marks(name).starred, state_of(desk, 0), hands.current) == (True, "new", number(0))
        await hands.press("asterisk")
        assert not desk.rack.marks(name).starred
        await hands.press("full_stop", "v", "j", "full_stop")
        assert [desk.rack.marks(each).starred for each in desk.papers()[:3]] == [True, True, False]
        assert hands.toasts == ["1 paper starred, u takes it back."]


async def test_an_empty_list_decides_nothing(make_desk: Make) -> None:
    async with driven(make_desk()) as hands:
        await hands.press("r", "c", "x", "full_stop", "N", "P", "M", "T", "u")
        assert hands.app.is_running
        assert "Nothing unread is left anywhere." in hands.toasts or hands.toasts


# Across issues


async def test_n_and_p_go_to_what_is_unread_round_the_shelf(make_desk: Make) -> None:
    desk = make_desk(*(weekly(str(n), *papers(3, f"of {n}")) for n in range(1, 4)))
    desk.triaging.decide([desk.papers()[1]], "skip")
    async with driven(desk) as hands:
        seen = []
        for key in ("N", "N", "P", "P", "P", "N"):
            await hands.press(key)
            seen.append(hands.current)
    assert seen == [
        "of 3 number 2",
        "of 2 number 0",
        "of 3 number 2",
        "of 3 number 0",
        "of 1 number 2",
        "of 3 number 0",
    ]


async def test_n_stays_in_the_details_where_they_are_read(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(1, "older")), weekly("6", *papers(1)))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("enter", "N")
        assert (hands.browse.pane, hands.current) == ("details", number(0, "older"))
        await hands.press("h", "h", "N")
        assert (hands.browse.pane, hands.current) == ("papers", number(0))


async def test_n_in_a_search_stays_in_it_while_something_in_it_is_unread(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(2)))
    async with driven(desk) as hands:
        await hands.press("S", *"older", "enter")
        first = hands.current
        await hands.press("G", "N")
        assert hands.current == first
        await hands.press("r", "r", "N")
        assert hands.current == number(0)


async def test_n_says_when_nothing_is_unread_anywhere(desk: Desk) -> None:
    desk.triaging.read_all(desk.papers())
    async with driven(desk) as hands:
        await hands.press("j", "N", "P")
        assert (hands.current, hands.toasts[-1]) == (number(1), "Nothing unread is left anywhere.")


# All read


async def test_all_read_takes_few_at_once_and_leaves_what_is_kept(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("c", "M")
        assert [state_of(desk, place) for place in range(5)] == ["to read"] + ["read"] * 4
        assert hands.toasts == ["4 papers read, u takes it back."]
        await hands.press("u")
        assert desk.counts().unread == 4


async def test_all_read_asks_first_where_they_are_many(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *papers(25)))
    async with driven(desk) as hands:
        await hands.press("M")
        assert isinstance(hands.app.screen, Sure)
        assert "25 papers" in hands.screen_text
        await hands.press("n")
        assert desk.counts().unread == 25
        await hands.press("M", "y")
        assert desk.counts().unread == 0


async def test_all_read_means_what_was_shown_and_nothing_that_came_while_it_was_asked(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *papers(25)))
    async with driven(desk) as hands:
        await hands.press("h", "g", "l", "M")
        kept = desk.papers()[3]
        desk.triaging.decide([kept], "keep")
        desk.keep(weekly("7", *papers(2, "later")))
        await hands.press("enter")
        assert desk.counts().unread == 2
        assert desk.rack.marks(kept).state == "to read"
        assert hands.toasts[-1] == "24 papers read, u takes it back."


async def test_all_read_in_a_filtered_list_takes_what_the_filter_leaves(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("slash", *'"number 3"', "enter", "M")
        assert [state_of(desk, place) for place in range(5)] == ["new", "new", "new", "read", "new"]
        await hands.press("M")
        assert hands.toasts[-1] == "Nothing unread is left here; N goes to week 6 (4 unread)."


# Cards


async def test_each_decision_on_a_card_is_one_key(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T", "r", "c", "x", "full_stop")
        assert title(hands) == number(4)
        assert [state_of(desk, place) for place in range(5)] == ["read", "to read", "dropped", "to read", "new"]
        assert desk.rack.marks(desk.papers()[3]).starred
        said = hands.screen_text.splitlines()[0]
        assert "1 kept · 1 starred · 1 read · 1 skipped" in said
        assert "1 left" in said


async def test_thirty_papers_take_a_key_each_and_one_to_begin(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *papers(30)))
    keys = ["T", *("x", "c", "r", "x", "full_stop") * 6]
    async with driven(desk) as hands:
        await hands.press(*keys)
        assert card(hands).round.current is None
    assert len(keys) <= 2 * 30
    assert (desk.counts().unread, desk.counts().to_read, desk.counts().starred) == (0, 12, 6)


async def test_thirty_papers_take_a_key_each_in_the_panes_too(make_desk: Make) -> None:
    desk = make_desk(weekly("6", *papers(30)))
    async with driven(desk) as hands:
        await hands.press(*("x", "c", "r") * 10)
    assert (desk.counts().unread, desk.counts().to_read) == (0, 10)


async def test_undo_leads_back_to_the_card_and_to_nothing_that_was_before_the_round(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("r", "T", "c", "x", "u")
        assert (title(hands), state_of(desk, 2)) == (number(2), "new")
        await hands.press("u", "u")
        assert (title(hands), state_of(desk, 1), state_of(desk, 0)) == (number(1), "new", "read")
        assert hands.toasts[-1].startswith("Nothing is decided in this round")


async def test_leaving_puts_the_cursor_on_the_paper_of_the_card(desk: Desk) -> None:
    for key in ("escape", "q", "T"):
        async with driven(desk) as hands:
            await hands.press("T", "l", "n", "h", key)
            assert hands.app.screen is hands.browse
            assert hands.current == number(1)


async def test_the_panes_show_what_was_decided_on_cards(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T", "x", "x", "escape")
        assert "3 unread" in hands.screen_text


async def test_what_is_fetched_comes_again_at_the_end_with_its_details(desk: Desk) -> None:
    stand = standing(desk)
    first = desk.papers()[0]
    async with driven(desk) as hands:
        await hands.press("T", "f")
        assert stand.asked == [((first,), False)]
        assert title(hands) == number(1)
        await arrive(hands, stand, first, inquiry(arxiv(identifiers={})))
        await hands.press("x", "x", "x", "x")
        assert "Performers" in title(hands)
        assert "random features" in hands.screen_text
        await hands.press("c")
        assert card(hands).round.current is None


async def test_details_that_arrive_are_shown_on_the_card_that_waits_for_them(desk: Desk) -> None:
    stand = standing(desk)
    desk.triaging.decide(desk.papers()[1:], "skip")
    async with driven(desk) as hands:
        await hands.press("T", "f")
        assert title(hands) == number(0)
        await arrive(hands, stand, desk.papers()[0], inquiry(arxiv(identifiers={})))
        assert "random features" in hands.screen_text


async def test_a_card_shows_what_another_program_decided(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T")
        desk.triaging.decide(desk.papers()[1:3], "read")
        hands.browse.show_elsewhere()
        await hands.press("x")
        assert title(hands) == number(3)
        assert "2 left" in hands.screen_text


async def test_a_paper_whose_issue_is_gone_is_passed_over(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(1, "older")), weekly("6", *papers(2)))
    async with driven(desk) as hands:
        await hands.press("h", "g", "l", "T")
        desk.remove([row.id for row in desk.shelf() if row.number == "6"])
        await hands.press("l")
        assert title(hands) == number(0, "older")


async def test_the_last_card_says_what_was_decided_and_enter_goes_on_with_the_next_issue(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(2)))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("T", "c", "l")
        text = hands.screen_text
        assert "1 kept" in text
        assert "1 paper stays unread; l goes through what is left again." in text
        assert "enter goes on with week 5 (2 unread)." in text
        await hands.press("r", "x")  # there is no paper here that these could be for
        assert desk.counts().unread == 3
        await hands.press("enter")
        assert title(hands) == number(0, "older")
        assert "week 5" in hands.screen_text.splitlines()[0]
        await hands.press("x", "escape")
        assert hands.current == number(1, "older")
        assert state_of(desk, 1) == "new"


async def test_at_the_end_l_goes_through_what_was_passed_over_again(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T", "x", "l", "x", "l", "x", "l")
        assert title(hands) == number(1)
        await hands.press("c", "c")
        assert "3 skipped" in hands.screen_text
        assert "2 kept" in hands.screen_text
        assert card(hands).round.current is None
        await hands.press("l", "u")
        assert title(hands) == number(3)
        await hands.press("u", "u")
        assert (title(hands), desk.counts().unread) == (number(4), 3)


async def test_undo_on_a_card_goes_back_into_the_issue_before(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(2, "older")), weekly("6", *papers(2)))
    async with driven(desk) as hands:
        await hands.press("T", "c", "N")
        assert title(hands) == number(0, "older")
        await hands.press("u")
        assert title(hands) == number(0)
        await hands.press("escape")
        assert hands.current == number(0)
        assert desk.counts().unread == 4


async def test_with_nothing_left_anywhere_enter_leaves_the_last_card(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T", *"rrrrr")
        assert "Nothing is unread anywhere." in hands.screen_text
        await hands.press("enter")
        assert hands.app.screen is hands.browse


async def test_t_where_nothing_is_unread_says_so(desk: Desk) -> None:
    desk.triaging.read_all(desk.papers())
    async with driven(desk) as hands:
        await hands.press("T")
        assert hands.app.screen is hands.browse
        assert hands.toasts == ["Nothing unread is left anywhere."]


async def test_b_copies_the_paper_of_the_card_and_not_what_is_marked(desk: Desk) -> None:
    desk.marking.mark(desk.papers()[2:])
    async with driven(desk) as hands:
        await hands.press("T", "l", "b")
        assert hands.app.clipboard.count("@") == 1
        assert "number 1" in hands.app.clipboard


async def test_a_card_shows_six_lines_of_abstract_whatever_the_title_and_the_issue_say(make_desk: Make) -> None:
    desk = make_desk(weekly("6", LONG))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("T")
        lines = hands.screen_text.splitlines()
        assert sum("word word" in line for line in lines) >= 6
        assert sum("goes on" in line for line in lines) == 2
        assert sum("Somebody" in line for line in lines) == 1
        assert any("and 5" in line and "more" in line for line in lines)
        assert any("place 1 · retweets 96" in line for line in lines)
        assert lines[-1].strip().startswith("r Read  c Keep  x Skip  . Star  f Fetch")
        before = hands.screen_text
        await hands.press("space")
        assert hands.screen_text != before
        assert title(hands).startswith("A title")
        await hands.press("G")
        assert "said3" in hands.screen_text


async def test_what_the_issue_says_stands_before_the_abstract_where_both_have_room(make_desk: Make) -> None:
    entry = Entry(title="Short", abstract=LONG.abstract, sections=(Section("What is it?", "A short word on it."),))
    desk = make_desk(weekly("6", entry))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("T")
        text = hands.screen_text
        assert text.index("A short word") < text.index("abstract0")
        assert text.count("word word") >= 6


async def test_a_decided_card_says_so_when_one_comes_back_to_it(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T", "c", "h")
        assert "kept to read" in hands.screen_text
        await hands.press("c")
        assert (state_of(desk, 0), title(hands)) == ("new", number(0))
        assert "kept to read" not in hands.screen_text


async def test_hostile_words_stay_words_on_a_card(make_desk: Make) -> None:
    entry = Entry(
        title="[bold red]not markup[/] \x1b[31m{x}",
        abstract="[link=file:///etc/passwd]no[/link] [/]",
        authors=("[b]A[/]",),
    )
    desk = make_desk(weekly("6", entry))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("T")
        for words in ("[bold red]not markup[/]", "[link=file:///etc/passwd]no[/link] [/]", "[b]A[/]"):
            assert words in hands.screen_text


async def test_a_card_of_a_paper_in_several_issues_says_in_how_many(make_desk: Make) -> None:
    desk = make_desk(weekly("5", *papers(1)), weekly("6", *papers(1)))
    assert isinstance(desk.rack.paper(desk.papers()[0]).mentions[1], Mention)
    async with driven(desk) as hands:
        await hands.press("T")
        assert "in 2 issues" in hands.screen_text


async def test_o_and_p_are_for_the_paper_of_the_card(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(type(desk.exporting), "open", lambda _, name: opened.append(name) or "https://doi.org/x")
    async with driven(desk) as hands:
        await hands.press("T", "l", "l", "o")
        assert opened == [desk.papers()[2]]


async def test_other_details_do_not_move_the_card(desk: Desk) -> None:
    standing(desk)
    async with driven(desk) as hands:
        await hands.press("T", "l")
        keep(desk, desk.papers()[3], inquiry(arxiv(identifiers={})))
        hands.browse.show_changed([desk.papers()[3]])
        await hands.settle()
        assert title(hands) == number(1)


async def test_help_on_a_card_tells_of_the_card_s_keys_and_a_click_strikes_one(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("T", "question_mark")
        assert "On a card" in hands.screen_text
        assert "space" in hands.screen_text
        assert "Tags" not in hands.screen_text, "what does nothing here is not told"
        line = next(y for y, text in enumerate(hands.screen_text.splitlines()) if "Drop it; then the next" in text)
        await hands.pilot.click(offset=(hands.screen_text.splitlines()[line].index("Drop it"), line))
        await hands.settle()
        assert state_of(desk, 0) == "dropped"
        assert title(hands) == number(1)
        await hands.press("question_mark", *"undo")
        assert "Take the last decision back" in hands.screen_text
        await hands.press("escape", "escape")
        assert title(hands) == number(1), "the card is where it was"


def test_every_key_of_a_card_is_told() -> None:
    made = keymap.DEFAULT
    _, rows = triage_keys.page(made)
    told = {key for row in rows for key in row.keys.split(", ")}
    bound = {key_names.shown(key.key) for key in triage_keys.own(made) if not key.action.startswith("chord")}
    assert bound | {"n", "space"} <= told
