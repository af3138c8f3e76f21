"""Searching as one types: the field, what is wrong with a query, the way back, and searches that are saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from textual.widgets import Input

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.errors import DamagedIndexError, OutdatedError, QueryError
from tui.model import Entry
from tui.widgets.hits import kept, lit

Make = Callable[..., Desk]

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
OTHERS = tuple(Entry(title=f"Another paper of that week, number {word}") for word in NUMBERS)


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("5", HINTON, *OTHERS), weekly("6", COLA, PERFORMER))


def heading(hands: Driven) -> str:
    """Return the heading over the papers."""
    return str(hands.browse.papers_heading.render())


def lit_words(hands: Driven) -> set[str]:
    """Return the words that are lit in the list of papers."""
    words = hands.browse.paper_list
    return {
        segment.text.lower()
        for y in range(words.size.height)
        for segment in words.render_line(y)
        if segment.style and segment.style.underline
    }


# Finding


@pytest.mark.parametrize("key", ["S", "ctrl+f"])
async def test_it_searches_every_paper_whatever_issue_is_read(desk: Desk, key: str) -> None:
    async with driven(desk) as hands:
        assert HINTON.title not in hands.titles
        await hands.press(key, *"whole")
        assert hands.titles == [HINTON.title]
        assert heading(hands).startswith("Search  1 of 11")


async def test_every_letter_changes_the_list(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S")
        counts = [len(hands.titles)]
        for letter in "perf":
            await hands.press(letter)
            counts.append(len(hands.titles))
        assert counts[0] == 11
        assert counts == sorted(counts, reverse=True)
        assert hands.titles == [PERFORMER.title]


async def test_what_was_found_is_lit_in_the_list_and_in_the_details(desk: Desk) -> None:
    async with driven(desk, (140, 40)) as hands:
        await hands.press("S", *"perfor")
        assert any(word.startswith("perfor") for word in lit_words(hands))
        strips = hands.browse.details._lines
        assert any(
            segment.style and segment.style.underline and segment.text.lower().startswith("perfor")
            for strip in strips
            for segment in strip
        )
        await hands.press("escape")
        assert not lit_words(hands)


async def test_the_cursor_moves_in_the_list_while_one_types(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *"another", "down", "down")
        assert hands.current == hands.titles[2]
        assert hands.typed == "another"
        await hands.press("up")
        assert hands.current == hands.titles[1]


async def test_a_wrong_query_is_explained_under_the_field_and_the_list_stays(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *"another")
        before = hands.titles
        await hands.press(*" year:abc")
        assert "year" in str(hands.browse.filter_line.said[0])
        assert hands.browse.filter_line.said[1] == "warning"
        assert hands.titles == before
        assert hands.toasts == []
        await hands.press(*["backspace"] * 9)
        assert hands.browse.filter_line.said[1] == "hint"


async def test_what_cannot_be_meant_is_not_kept_and_stays_explained(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *"another year:abc", "enter")
        assert hands.browse.typing
        assert hands.browse.filter_line.said[1] == "warning"
        await hands.press(*["backspace"] * 9, "enter")
        assert not hands.browse.typing
        assert len(hands.titles) == len(OTHERS)
        await hands.press("S", *" year:abc", "enter", "escape", "j")
        assert not hands.browse.typing
        assert hands.browse.filter_line.said == ("", "hint")


async def test_an_empty_field_says_what_can_be_asked(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("S")
        assert "author:" in hands.screen_text
        assert "year:2019..2021" in hands.screen_text
        await hands.press("x")
        assert "author:" not in hands.screen_text


# Staying, and going back


async def test_enter_keeps_what_was_found_as_the_list(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *"another", "enter", "j", "space")
        assert len(hands.titles) == 8
        assert len(desk.marked()) == 1
        assert hands.typed == "another"
        assert hands.browse.focused is hands.browse.paper_list


async def test_keys_typed_ahead_of_enter_and_after_it_are_not_lost(desk: Desk) -> None:
    async with driven(desk) as hands:
        # All at once, as from a paste of keys: none waits for what the one before it started.
        for key in ("S", *"perf", "enter", "a"):
            hands.app.simulate_key(key)
        await hands.settle()
        assert hands.titles == [PERFORMER.title]
        assert hands.typed == "perf"
        assert tuple(desk.marked()) == ("arxiv:2009.14794",)


@pytest.mark.parametrize("keep", [(), ("enter",)])
async def test_escape_goes_back_to_the_issue_and_the_paper(desk: Desk, keep: tuple[str, ...]) -> None:
    async with driven(desk) as hands:
        await hands.press("j")
        issue = hands.browse.issue
        await hands.press("S", *"whole", *keep, "escape")
        assert hands.browse.issue == issue
        assert hands.current == PERFORMER.title
        assert hands.titles == [COLA.title, PERFORMER.title]
        assert hands.browse.issue_list.current is not None
        assert hands.browse.issue_list.current.id == issue  # type: ignore[union-attr]
        assert hands.typed == ""
        assert not hands.browse.filter.display


async def test_letters_typed_ahead_of_escape_leave_nothing_behind(desk: Desk) -> None:
    async with driven(desk) as hands:
        for key in ("S", *"whole", "escape"):
            hands.app.simulate_key(key)
        await hands.settle()
        assert hands.typed == ""
        assert hands.titles == [COLA.title, PERFORMER.title]


async def test_a_kept_filter_s_paper_stays_under_the_cursor_in_its_issue(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("slash", *"perf", "enter", "escape")
        assert hands.current == PERFORMER.title
        assert len(hands.titles) == 2


async def test_the_words_of_a_filter_can_be_looked_for_everywhere(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("slash", *"whole")
        assert hands.titles == []
        await hands.press("ctrl+f")
        assert hands.titles == [HINTON.title]
        assert hands.typed == "whole"


async def test_going_to_an_issue_leaves_the_search(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *"perf", "enter", "]")
        assert hands.typed == ""
        assert len(hands.titles) == 2


async def test_a_filter_goes_along_to_the_next_issue(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("slash", *"another", "enter", "]")
        assert len(hands.titles) == 8
        await hands.press("escape")
        assert len(hands.titles) == 9


# Slow answers


class Slow:
    """A listing that waits until a test lets it go, and can be interrupted as a search in the catalogue can."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.threads: set[str] = set()
        self.free = threading.Event()
        self.stopped = threading.Event()
        self._listing = desk.listing
        monkeypatch.setattr(desk, "listing", self)
        monkeypatch.setattr(desk, "interrupt", self.stopped.set)

    def __call__(self, issue: str | None = None, query: str = "", marked: bool = False, sort: str = "issue") -> object:
        if query:
            self.asked.append(query)
            self.threads.add(threading.current_thread().name)
            while not self.free.wait(0.005):
                if self.stopped.is_set():
                    self.stopped.clear()
                    raise OutdatedError("The search was given up.")
        return self._listing(issue, query, marked, sort)  # type: ignore[arg-type]


async def test_an_outdated_search_is_given_up_and_the_newest_wins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(desk, monkeypatch)
    async with driven(desk) as hands:
        await hands.pilot.press("S")
        for letter in "whole":
            await hands.pilot.press(letter)
            await hands.pilot.pause(0.03)
        # The list is the one before until there is another: it never flickers.
        assert len(hands.titles) == 11
        slow.free.set()
        await hands.settle()
        assert hands.titles == [HINTON.title]
        assert slow.asked == ["w", "wh", "who", "whol", "whole"]
        assert threading.main_thread().name not in slow.threads


async def test_an_open_field_is_made_ready_for_until_something_is_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[tuple[bool, str]] = []
    monkeypatch.setattr(
        desk, "make_ready", lambda goes_on: ready.append((goes_on(), threading.current_thread().name[:6]))
    )
    async with driven(desk) as hands:
        await hands.press("S")
        assert ready == [(True, "search")]
        await hands.press("w")
        assert len(ready) == 1
        await hands.press("backspace")
        assert ready == [(True, "search")] * 2
        await hands.press("escape")
        assert len(ready) == 2


async def test_what_fails_while_nothing_is_typed_is_told_by_the_search(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(goes_on: object) -> None:
        raise DamagedIndexError("The index is damaged.")

    monkeypatch.setattr(desk, "make_ready", fails)
    async with driven(desk) as hands:
        await hands.press("S", *"whole")
        assert hands.titles == [HINTON.title]


async def test_keys_go_on_while_a_search_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(desk, monkeypatch)
    async with driven(desk) as hands:
        await hands.pilot.press("S", "w")
        begun = time.monotonic()
        await hands.pilot.press("down", "down")
        assert hands.browse.paper_list.cursor == 2
        assert time.monotonic() - begun < 2
        slow.free.set()
        await hands.settle()


async def test_leaving_gives_a_search_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(desk, monkeypatch)
    async with driven(desk) as hands:
        await hands.pilot.press("S", "w", "escape")
        await hands.settle()
        assert len(hands.titles) == 2
        assert slow.asked == ["w"]


# Saved searches


async def save(hands: Driven, query: str, name: str) -> None:
    """Save a search with the keyboard."""
    await hands.press("S", *query, "ctrl+s")
    hands.app.screen.query_one(Input).value = ""
    await hands.press(*name, "enter")


async def counted(hands: Driven, count: int) -> None:
    """Wait until the first saved search says *count*."""
    deadline = time.monotonic() + 10
    while not hands.browse.searches or hands.browse.searches[0].papers != count:
        assert time.monotonic() < deadline, hands.browse.searches
        await hands.pilot.pause(0.05)


async def test_a_saved_search_stands_among_the_issues_with_its_count(desk: Desk) -> None:
    async with driven(desk, (140, 40)) as hands:
        await save(hands, "another", "Others")
        await counted(hands, 8)
        lines = [line[:36] for line in hands.screen_text.splitlines()[:9]]
        assert "Searches" in lines[6]
        assert "Others" in lines[7]
        assert "8" in lines[7]


async def test_it_is_opened_like_an_issue_and_filtered_like_one(desk: Desk) -> None:
    async with driven(desk, (140, 40)) as hands:
        await save(hands, "another", "Others")
        await hands.press("escape", "h", "g", "]")
        assert len(hands.titles) == 8
        assert "Searches › Others" in hands.screen_text.splitlines()[0]
        await hands.press("l", "slash", *"number three")
        assert hands.titles == [OTHERS[2].title]


async def test_it_counts_what_comes_later(desk: Desk) -> None:
    async with driven(desk, (140, 40)) as hands:
        await save(hands, "another", "Others")
        await counted(hands, 8)
        desk.keep(weekly("7", Entry(title="Another paper that came later")))
        hands.browse.refresh_issues()
        await counted(hands, 9)


async def test_it_can_be_renamed_and_removed(desk: Desk) -> None:
    async with driven(desk, (140, 40)) as hands:
        await save(hands, "another", "Others")
        await hands.press("escape", "h", "g", "]", "ctrl+s")
        hands.app.screen.query_one(Input).value = "The rest"
        await hands.press("enter")
        assert [row.name for row in hands.browse.searches] == ["The rest"]
        assert "Searches › The rest" in hands.screen_text.splitlines()[0]
        await hands.press("D")
        assert hands.browse.searches == ()
        assert "u brings it back" in hands.toasts[-1]
        assert len(hands.titles) == 11
        await hands.press("u")
        assert [row.name for row in hands.browse.searches] == ["The rest"]
        assert "The rest" in hands.screen_text


async def test_what_cannot_be_searched_for_is_not_saved(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *"year:abc", "ctrl+s")
        assert len(hands.app.screen_stack) == 1
        assert hands.browse.filter_line.said[1] == "warning"


async def test_a_saved_search_that_means_nothing_any_more_says_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(desk, (140, 40)) as hands:
        await save(hands, "another", "Others")
        await hands.press("escape")

        def refuse(issue: str | None = None, query: str = "", **_: object) -> object:
            raise QueryError("There is no field of that name.")

        monkeypatch.setattr(desk, "listing", refuse)
        await hands.press("h", "g", "]")
        assert "There is no field of that name." in hands.screen_text
        monkeypatch.undo()


# The palette


async def palette(hands: Driven, words: str, entry: str) -> None:
    """Take the *entry* of the palette that *words* bring up."""
    await hands.press("ctrl+p")
    await hands.press(*words)
    deadline = time.monotonic() + 10
    while entry not in hands.screen_text:
        assert time.monotonic() < deadline, hands.screen_text
        await hands.pilot.pause(0.05)
    await hands.pilot.pause(0.3)
    lines = hands.screen_text.splitlines()
    row = next(place for place, line in enumerate(lines) if entry in line)
    await hands.pilot.click(offset=(lines[row].index(entry), row))
    await hands.settle()


async def test_the_palette_searches_for_what_is_typed(desk: Desk) -> None:
    async with driven(desk) as hands:
        await palette(hands, "perform", "Search every paper for “perform”")
        assert hands.titles == [PERFORMER.title]
        assert hands.typed == "perform"
        assert hands.browse.focused is hands.browse.paper_list


async def test_the_palette_knows_saved_searches(desk: Desk) -> None:
    desk.searches.save("Others", "another")
    async with driven(desk) as hands:
        await palette(hands, "others", "Search: Others")
        assert len(hands.titles) == 8


async def test_the_palette_offers_some_issues_of_very_many(make_desk: Make) -> None:
    desk = make_desk(*(weekly(str(number), Entry(title=f"Paper {number}")) for number in range(1, 60)))
    async with driven(desk) as hands:
        await hands.press("ctrl+p", *"week")
        await hands.pilot.pause(0.5)
        options = hands.app.screen.query_one("CommandList").option_count  # type: ignore[attr-defined]
        assert 30 <= options <= 40
        await hands.press(*" 41")
        await hands.pilot.pause(0.5)
        assert "week 41" in hands.screen_text


# Lighting


def test_lit_text_is_the_same_text_in_parts() -> None:
    assert list(lit("a whole part", "strong", [(2, 7)])) == [("a ", "strong"), ("whole", "hit"), (" part", "strong")]
    assert list(lit("whole", "", [(0, 5)])) == [("whole", "hit")]
    assert list(lit("abc", "", [(0, 2), (1, 3), (9, 12)])) == [("ab", "hit"), ("c", "hit")]


def test_hits_behind_the_ellipsis_are_not_lit() -> None:
    assert kept([(0, 3), (4, 9), (12, 20)], "the whole of it is long", "the who…") == [(0, 3), (4, 7)]
    assert kept([(0, 3)], "the", "the   ") == [(0, 3)]


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("is:funny", "tagged or noted."),
        ("year:abc", "year:..2019."),
        ("(sky OR", "OR wants words on both sides."),
        ('"', "The quotes hold no word yet."),
        ("title:", "title: wants a word."),
    ],
)
async def test_a_reason_is_read_to_its_end_and_what_is_not_finished_is_explained(
    desk: Desk, typed: str, end: str
) -> None:
    async with driven(desk) as hands:
        await hands.press("S", *typed)
        text, role = hands.browse.filter_line.said
        assert (text.endswith(end), role) == (True, "warning")
        assert hands.browse.filter_line.size.height <= 3
        seen = "".join("".join(hands.screen_text.split()).split("│"))
        assert end.split()[-1] in seen
