"""The help: every key as the reader has it, found by what is typed, in one column or two, and struck with the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.model import Entry, Issue
from tui.screens import keymap, keys
from tui.screens.help import Help, found, pages
from tui.settings import Network, Settings
from tui.widgets.key_table import KeyTable

Make = Callable[..., Desk]

ISSUE = Issue(
    id="", title="An issue", format="links", entries=tuple(Entry(title=f"Paper number {n}") for n in range(3))
)


def settings(**stated: str) -> Settings:
    """Return settings with these keys; an underscore stands for a hyphen."""
    return Settings(network=Network(offline=True), keys={id.replace("_", "-"): text for id, text in stated.items()})


def table(hands: Driven) -> KeyTable:
    """Return the page of keys."""
    return hands.app.screen.query_one(KeyTable)


async def test_every_action_is_told_with_its_keys(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (200, 60)) as hands:
        await hands.press("question_mark")
        words = " ".join(table(hands).plain.split())
        for name, rows in pages(keymap.DEFAULT):
            assert name in words
            assert all(row.keys.split(", ")[0] in words and row.does.split()[0] in words for row in rows)


@pytest.mark.parametrize(("size", "columns"), [((80, 24), 1), ((120, 40), 2), ((200, 60), 2)])
async def test_it_fits_the_terminal_in_as_many_columns_as_there_is_room_for(
    make_desk: Make, size: tuple[int, int], columns: int
) -> None:
    async with driven(make_desk(ISSUE), size) as hands:
        await hands.press("question_mark")
        first = table(hands).plain.splitlines()[0]
        assert len(first.split("  ")) >= columns
        assert ("After" in first or "Details" in first or "Reading" in first) == (columns == 2)
        dialog = hands.app.screen.query_one("#help").region
        assert dialog.right <= size[0]
        assert dialog.bottom <= size[1]
        assert not [line for line in table(hands).plain.splitlines() if len(line) > table(hands).size.width]


async def test_it_scrolls_to_the_last_key(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (80, 24)) as hands:
        await hands.press("question_mark")
        assert "Leave paperrack" not in hands.screen_text
        await hands.press(*["pagedown"] * 12)
        assert "Leave paperrack" in hands.screen_text
        await hands.press("up", *["pageup"] * 12)
        assert "Next row" in hands.screen_text


async def test_what_is_typed_finds_keys_by_what_they_do(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (80, 24)) as hands:
        await hands.press("question_mark", *"citation")
        assert "K  " in hands.screen_text
        assert "Next row" not in hands.screen_text
        await hands.press("escape")
        assert "Next row" in hands.screen_text, "escape shows all keys again"
        await hands.press("escape")
        assert len(hands.app.screen_stack) == 1


async def test_a_question_mark_closes_it_as_it_opened_it(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (80, 24)) as hands:
        await hands.press("question_mark", "question_mark")
        assert len(hands.app.screen_stack) == 1


def test_a_key_s_own_name_finds_what_is_on_it_first() -> None:
    groups = found(tuple(pages(keymap.DEFAULT)), "g")
    assert groups[0][0] == "On g"
    assert [row.id for row in groups[0][1]] == ["first"]


def test_words_that_no_key_is_for_say_so() -> None:
    assert found(tuple(pages(keymap.DEFAULT)), "xyzzy")[0][0] == "No key does “xyzzy”"


async def test_it_shows_the_keys_that_the_reader_gave(make_desk: Make) -> None:
    stated = settings(star="z s", copy="f12", sort="none")
    assert {name for name, _ in pages(keymap.of(stated))} >= {"After f12", "After m"}
    told = {row.id: row.keys for _, rows in pages(keymap.of(stated)) for row in rows}
    assert (told["star"], told["yank-key"], told["sort"]) == ("z s", "f12 y", "—")
    async with driven(make_desk(ISSUE, settings=stated), (80, 24)) as hands:
        await hands.press("question_mark", *"star")
        assert "z s" in hands.screen_text


async def test_a_click_on_what_a_key_does_does_it(make_desk: Make) -> None:
    desk = make_desk(ISSUE)
    async with driven(desk, (80, 24)) as hands:
        await hands.press("question_mark", *"mark every")
        lines = table(hands).plain.splitlines()
        row = next(place for place, line in enumerate(lines) if "Mark every paper" in line)
        await hands.pilot.click(KeyTable, offset=(20, row))
        await hands.settle()
        assert len(hands.app.screen_stack) == 1
        assert len(desk.marked()) == 3


async def test_a_click_beside_it_closes_it(make_desk: Make) -> None:
    async with driven(make_desk(ISSUE), (80, 24)) as hands:
        await hands.press("question_mark")
        assert isinstance(hands.app.screen, Help)
        await hands.pilot.click(offset=(0, 0))
        await hands.settle()
        assert len(hands.app.screen_stack) == 1


def test_every_group_of_the_table_is_told_once() -> None:
    assert [len(rows) for _, rows in pages(keymap.DEFAULT)] == [len(rows) for _, rows in keys.GROUPS]
