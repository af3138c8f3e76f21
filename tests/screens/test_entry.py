"""The entry on the whole screen, and a citation key of the reader's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Input

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.screens.drive import driven
from tests.screens.test_browse import copied as copied
from tui.desk import Desk
from tui.errors import LibraryError
from tui.model import Entry as PaperEntry
from tui.screens.entry import Entry

COLA_ID = "arxiv:2010.10915"


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(weekly("6", COLA, PERFORMER, HINTON))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_whole_screen_shows_what_b_then_copies(desk: Desk, copied: list[str], size: tuple[int, int]) -> None:
    async with driven(desk, size) as hands:
        await hands.press("B")
        screen = hands.app.screen
        assert isinstance(screen, Entry)
        assert screen.text.size.width >= size[0] - 4
        shown = screen.text.plain
        await hands.press("b")
        assert "".join(shown.split()) == "".join(copied[-1].split())


async def test_from_there_only_what_is_seen_is_copied_whatever_is_marked(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "B", "b")
        assert copied[-1].count("@misc{") == 1
        await hands.press("y", "y")
        assert copied[-1] == desk.rack.marks(COLA_ID).key


async def test_another_key_after_y_leaves_the_prefix_and_stays(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("B", "y")
        assert "citation key" in hands.screen_text.splitlines()[-1]
        await hands.press("q", "y", "escape")
        assert copied == []
        assert isinstance(hands.app.screen, Entry)


async def test_the_next_paper_s_entry_is_a_key_away_and_the_list_comes_along(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("B", "l", "l", "l")
        assert "part-whole" in hands.screen_text
        await hands.press("h")
        assert "2009.14794" in hands.screen_text
        await hands.press("B")
        assert hands.current == PERFORMER.title
        await hands.press("B", "escape")
        assert hands.current == PERFORMER.title


async def test_what_the_checker_thinks_stands_on_top(make_desk: Callable[..., Desk]) -> None:
    async with driven(make_desk(weekly("6", PaperEntry(title="深層学習の基礎と応用")))) as hands:
        await hands.press("B")
        screen = hands.app.screen
        assert isinstance(screen, Entry)
        assert "8-bit BibTeX cannot print" in screen.text.plain.splitlines()[0]


async def test_an_entry_that_is_longer_than_the_screen_scrolls(make_desk: Callable[..., Desk]) -> None:
    many = PaperEntry(title="A collaboration of very many", authors=tuple(f"Ada{n} Lovelace{n}" for n in range(1200)))
    async with driven(make_desk(weekly("6", many)), (80, 24)) as hands:
        await hands.press("B")
        assert "{Ada1199}" not in hands.screen_text
        await hands.press("G")
        assert "{Ada1199}" in hands.screen_text
        await hands.press("g", "j")
        assert "A collaboration" not in hands.screen_text.splitlines()[1]


async def test_without_a_paper_there_is_no_entry_no_key_and_no_export(make_desk: Callable[..., Desk]) -> None:
    async with driven(make_desk()) as hands:
        await hands.press("B", "K", "e")
        assert len(hands.app.screen_stack) == 1
        assert hands.toasts[-1] == "There is no paper to export."


# A key of one's own


async def test_a_key_of_one_s_own_begins_with_the_present_one_and_is_kept(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("K")
        field = hands.app.screen.query_one(Input)
        assert field.value == desk.exporting.keys([COLA_ID])[COLA_ID]
        field.value = ""
        await hands.press(*"cola", "enter")
        assert desk.rack.marks(COLA_ID).key == "cola"
        assert hands.toasts == ["The key is cola."]
        assert "key cola" in " ".join(hands.browse.details.plain.split())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("my key", "a blank"),
        ("50%", "%"),
        ("größe", "ASCII"),
        ("Taken", "is the key of"),
        ("new", "new is free."),
        ("", "Without one of your own"),
    ],
)
async def test_a_key_is_checked_while_it_is_written(desk: Desk, typed: str, said: str) -> None:
    desk.exporting.set_key(desk.papers()[1], "taken")
    async with driven(desk, (80, 24)) as hands:
        await hands.press("K")
        hands.app.screen.query_one(Input).value = typed
        await hands.settle()
        assert said in " ".join(hands.screen_text.replace("│", " ").split())


async def test_a_key_that_cannot_be_one_stays_in_the_dialog_and_escape_changes_nothing(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("K")
        hands.app.screen.query_one(Input).value = "no key"
        await hands.press("enter")
        assert len(hands.app.screen_stack) == 2
        await hands.press("escape")
        assert desk.rack.marks(COLA_ID).key is None


async def test_a_key_that_was_given_out_is_changed_with_a_warning(desk: Desk) -> None:
    desk.exporting.keep_keys({COLA_ID: "old2020"})
    async with driven(desk) as hands:
        await hands.press("B", "K", "2")
        assert "Documents that cite old2020" in hands.screen_text
        await hands.press("enter")
        assert isinstance(hands.app.screen, Entry)
        assert "@misc{old20202," in hands.screen_text


async def test_what_the_library_refuses_is_said_in_the_dialog(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise LibraryError("The library is read-only, so this cannot be kept.")

    monkeypatch.setattr(desk.library, "put_states", refuse)
    async with driven(desk) as hands:
        await hands.press("K", "2", "enter")
        assert "read-only" in hands.screen_text
