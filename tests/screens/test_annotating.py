"""Writing on papers with the keyboard: tags, notes, reading states, and the order of lists by any of them."""

from __future__ import annotations

import contextlib
import gc
import weakref
from collections.abc import Callable
from typing import get_args

import pytest
from textual import events
from textual.widgets import Input, TextArea

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.screens.drive import Driven, driven
from tui import editor
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.desk.annotating import LONGEST_NOTE
from tui.errors import EditorError, LibraryError
from tui.model import Entry, Issue, PaperRow
from tui.screens.browse import Browse
from tui.screens.note import Note
from tui.screens.sorting import LETTERS, Sorting
from tui.screens.tags import Tags
from tui.searching.orders import Sort
from tui.widgets.reader_marks import behind

Make = Callable[..., Desk]


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("5", HINTON), weekly("6", COLA, PERFORMER, HINTON))


def tags_of(desk: Desk) -> list[tuple[str, ...]]:
    """Return the tags of the newest issue's papers."""
    return [desk.rack.marks(name).tags for name in desk.listing(desk.shelf()[0].id)]


def states_of(desk: Desk) -> list[str]:
    return [desk.rack.marks(name).state for name in desk.listing(desk.shelf()[0].id)]


def note_of(desk: Desk) -> str:
    """Return the note on the newest issue's first paper."""
    return desk.rack.marks(desk.listing(desk.shelf()[0].id)[0]).note


def rows(hands: Driven) -> list[str]:
    """Return the rows of the dialog's list: box and tag."""
    tags = hands.app.screen.query_one("#tags-list")
    return [f"{row.sign}{row.name}" for row in tags._rows]


# Tags


async def test_a_tag_is_typed_and_enter_keeps_it_and_closes(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("t", *"to cite", "enter")
        assert tags_of(desk) == [("to cite",), (), ()]
        assert len(hands.app.screen_stack) == 1
        assert hands.toasts == ["1 paper tagged +to cite, u undoes."]
        await hands.press("u")
        assert tags_of(desk) == [(), (), ()]


async def test_the_tag_that_is_used_most_is_proposed_first_and_enter_takes_it(desk: Desk) -> None:
    _, two, three = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([two, three], ["Spätzle"])
    desk.annotating.tag([two], ["sparse"])
    desk.annotating.tag([two], ["unsparing"])
    async with driven(desk) as hands:
        await hands.press("t", *"spa")
        assert rows(hands) == ["□Spätzle", "□sparse", "□spa", "□unsparing"]
        assert "enter adds Spätzle" in hands.screen_text
        await hands.press("enter")
        assert tags_of(desk)[0] == ("Spätzle",)


async def test_tab_completes_and_a_comma_ends_a_word_that_is_no_other(desk: Desk) -> None:
    _, two, _ = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([two], ["networks", "vision"])
    async with driven(desk) as hands:
        await hands.press("t", *"net,vi", "tab")
        assert hands.app.screen.query_one(Input).value == "net, vision"
        await hands.press("enter")
        assert tags_of(desk)[0] == ("net", "vision")


async def test_down_goes_to_the_new_tag_that_others_begin_with(desk: Desk) -> None:
    _, two, _ = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([two], ["networks"])
    async with driven(desk) as hands:
        await hands.press("t", *"net", "down")
        assert "enter makes a new tag: net" in hands.screen_text
        await hands.press("enter")
        assert tags_of(desk)[0] == ("net",)


async def test_tags_of_several_papers_are_changed_in_one_step(desk: Desk) -> None:
    one, two, _ = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([one], ["old", "kept"])
    desk.annotating.tag([two], ["old"])
    async with driven(desk) as hands:
        await hands.press("a", "t")
        assert "Tags of 3 papers" in hands.screen_text
        assert rows(hands) == ["◧old", "◧kept"]
        assert "2 of 3" in hands.screen_text
        await hands.press(*"new, -old", "enter")
        assert tags_of(desk) == [("kept", "new"), ("new",), ("new",)]
        assert hands.toasts[-1] == "3 papers tagged +new, -old, u undoes."
        await hands.press("u")
        assert tags_of(desk) == [("old", "kept"), ("old",), ()]


async def test_space_turns_a_tag_on_off_and_back_to_what_it_was(desk: Desk) -> None:
    one, _, _ = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([one], ["some"])
    async with driven(desk) as hands:
        await hands.press("a", "t")
        for sign in ("■", "□", "◧", "■"):
            await hands.press("space")
            assert rows(hands) == [f"{sign}some"]
        await hands.press("enter")
        assert tags_of(desk) == [("some",)] * 3


async def test_a_click_turns_a_tag_on(desk: Desk) -> None:
    _, two, _ = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([two], ["audio", "vision"])
    async with driven(desk) as hands:
        await hands.press("t")
        await hands.pilot.click("#tags-list", offset=(3, 1))
        await hands.press("enter")
        assert tags_of(desk)[0] == ("vision",)


async def test_escape_changes_no_tag(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("t", *"x,y", "escape")
        assert tags_of(desk) == [(), (), ()]
        assert desk.marking.undo() is None
        await hands.press("t", "enter")
        assert hands.toasts == []


@pytest.mark.parametrize("save", ["ctrl+s", "ctrl+enter"])
async def test_what_is_typed_is_saved_at_once(desk: Desk, save: str) -> None:
    async with driven(desk) as hands:
        await hands.press("t", *"one, two", save)
        assert tags_of(desk)[0] == ("one", "two")
        assert len(hands.app.screen_stack) == 1


async def test_a_second_enter_struck_ahead_keeps_the_tag_once(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        for key in ("t", "a", "b", "enter", "enter"):
            hands.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await hands.settle()
        await hands.pilot.pause(0.2)
        assert tags_of(desk)[0] == ("ab",)
        assert isinstance(hands.app.screen, Browse)


async def test_a_tag_that_is_none_is_said_and_stays_in_the_field(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("t")
        hands.app.screen.query_one(Input).value = "x" * 61
        await hands.press("enter")
        assert "A tag has from 1 to 60 letters" in hands.screen_text
        await hands.press("ctrl+s")
        assert isinstance(hands.app.screen, Tags)


async def test_what_is_typed_ahead_of_the_dialog_goes_into_it(desk: Desk) -> None:
    async with driven(desk) as hands:
        for key in ("t", "a", "b", ",", "c", "d", "ctrl+s"):
            hands.app.post_message(events.Key("comma" if key == "," else key, key if len(key) == 1 else None))
        await hands.settle()
        await hands.pilot.pause(0.2)
        assert tags_of(desk)[0] == ("ab", "cd")


async def test_hostile_tags_are_shown_as_they_are(desk: Desk) -> None:
    one, *_ = desk.listing(desk.shelf()[0].id)
    desk.annotating.tag([one], ["[bold]x[/]", "[@click=app.quit]y[/]", "\x1b[31mred"])
    async with driven(desk, (80, 24)) as hands:
        await hands.press("t")
        assert "[@click=app.quit]y[/]" in hands.screen_text
        assert rows(hands)[-1] == "■red"


async def test_the_dialogs_fit_a_small_terminal(desk: Desk) -> None:
    desk.annotating.tag(list(desk.papers()), [f"tag {number}" for number in range(40)])
    async with driven(desk, (80, 24)) as hands:
        for key, hint in (("t", "esc changes nothing"), ("n", "esc leaves"), ("s", "esc leaves")):
            await hands.press(key)
            assert hint in hands.screen_text
            await hands.press("escape")


# Notes


async def test_a_note_is_written_in_place_and_undone(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("n", *"one", "enter", *"  two", "ctrl+s")
        assert note_of(desk) == "one\n  two"
        assert hands.toasts == ["The note is saved; u takes that back."]
        assert "  two" in hands.browse.details.plain
        await hands.press("n")
        hands.app.screen.query_one(TextArea).clear()
        await hands.press("ctrl+enter")
        assert note_of(desk) == ""
        assert hands.toasts[-1] == "The note is removed; u brings it back."
        await hands.press("u")
        assert note_of(desk) == "one\n  two"


async def test_escape_leaves_an_untouched_note_at_once_and_asks_once_about_another(desk: Desk) -> None:
    desk.annotating.note(desk.listing(desk.shelf()[0].id)[0], "before")
    async with driven(desk) as hands:
        await hands.press("n", "escape")
        assert len(hands.app.screen_stack) == 1
        await hands.press("n", "x", "escape")
        assert "esc again leaves without saving" in hands.screen_text
        await hands.press("y", "escape")
        assert isinstance(hands.app.screen, Note)
        await hands.press("escape")
        assert len(hands.app.screen_stack) == 1
        assert note_of(desk) == "before"
        assert desk.marking.undo() == "a note written"
        assert desk.marking.undo() is None


async def test_a_note_may_be_as_long_as_the_desk_takes_and_a_longer_one_stays_where_it_is(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("n")
        area = hands.app.screen.query_one(TextArea)
        area.text = ("long line " * 20 + "\n") * 1_100
        await hands.press("ctrl+s")
        assert "A note has at most 200,000 letters" in hands.screen_text
        assert len(area.text) > LONGEST_NOTE
        area.text = area.text[: LONGEST_NOTE - 1] + "x"
        await hands.press("ctrl+s")
        assert len(note_of(desk)) == LONGEST_NOTE


async def test_letters_typed_ahead_of_saving_are_saved(desk: Desk) -> None:
    async with driven(desk) as hands:
        for key in ("n", "a", "b", "c", "ctrl+s"):
            hands.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await hands.settle()
        await hands.pilot.pause(0.2)
        assert note_of(desk) == "abc"


async def test_a_note_that_cannot_be_kept_is_not_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise LibraryError("The disk is full.")

    async with driven(desk) as hands:
        await hands.press("n", "x")
        with monkeypatch.context() as patch:
            patch.setattr(desk.annotating, "note", full)
            await hands.press("ctrl+s")
            assert "The disk is full." in hands.screen_text
        await hands.press("ctrl+s")
        assert note_of(desk) == "x"


async def test_a_note_that_was_changed_elsewhere_meanwhile_is_asked_about(desk: Desk) -> None:
    name = desk.listing(desk.shelf()[0].id)[0]
    async with driven(desk) as hands:
        await hands.press("n", "x")
        desk.annotating.note(name, "another program's")
        await hands.press("ctrl+s")
        assert "changed elsewhere meanwhile" in hands.screen_text
        assert note_of(desk) == "another program's"
        await hands.press("ctrl+s", "u")
        assert note_of(desk) == "another program's"


async def test_a_program_that_ends_over_a_note_keeps_it(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("n", *"half a thought")
        hands.app.exit()
    assert note_of(desk) == "half a thought"


async def test_a_note_is_no_markup_and_obeyed_by_nothing(desk: Desk) -> None:
    name = desk.listing(desk.shelf()[0].id)[0]
    desk.annotating.note(name, "[b]x[/b] [@click=app.quit]y[/] \x1b[2J\ttab")
    async with driven(desk) as hands:
        assert "[b]x[/b] [@click=app.quit]y[/]" in hands.browse.details.plain
        await hands.press("n")
        assert "[b]x[/b] [@click=app.quit]y[/]" in hands.screen_text


# The editor


@pytest.fixture
def edited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the editor and a terminal that can be given to it: what it was given; it appends a line."""
    given: list[str] = []

    def edit(text: str, keep: Callable[[str], object]) -> bool:
        given.append(text)
        keep(f"{text}\nfrom the editor\n")
        return True

    monkeypatch.setattr(editor, "edit", edit)
    monkeypatch.setattr(PaperrackApp, "suspend", lambda self: contextlib.nullcontext())
    return given


async def test_shift_e_writes_the_note_in_the_editor(desk: Desk, edited: list[str]) -> None:
    desk.annotating.note(desk.listing(desk.shelf()[0].id)[0], "before")
    async with driven(desk) as hands:
        await hands.press("E")
        assert edited == ["before"]
        assert note_of(desk) == "before\nfrom the editor"
        assert hands.toasts == ["The note is saved; u takes that back."]


async def test_ctrl_e_hands_over_what_is_written_and_nothing_is_saved_by_it(desk: Desk, edited: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("n", *"begun", "ctrl+e")
        assert edited == ["begun"]
        assert hands.app.screen.query_one(TextArea).text == "begun\nfrom the editor"
        assert note_of(desk) == ""
        await hands.press("ctrl+s")
        assert note_of(desk) == "begun\nfrom the editor"


@pytest.mark.parametrize("keys", [("E",), ("n", "ctrl+e")])
async def test_an_editor_that_fails_is_one_sentence_and_the_program_goes_on(
    desk: Desk, edited: list[str], monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    def fail(text: str, keep: Callable[[str], object]) -> bool:
        raise EditorError("vi ended with status 1; nothing was changed.")

    monkeypatch.setattr(editor, "edit", fail)
    async with driven(desk) as hands:
        await hands.press(*keys)
        assert "vi ended with status 1; nothing was changed." in hands.screen_text
        await hands.press("escape", "j")
        assert hands.app.is_running


async def test_an_editor_that_left_all_as_it_was_says_so(
    desk: Desk, edited: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "edit", lambda text, keep: False)
    async with driven(desk) as hands:
        await hands.press("E")
        assert hands.toasts == ["The note was left as it was."]
        assert desk.marking.undo() is None


async def test_a_terminal_that_cannot_be_given_away_is_one_sentence(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("E")
        assert hands.toasts == ["The terminal cannot be given to an editor here; n writes the note in place."]


# States and stars


@pytest.mark.parametrize(
    ("letter", "state", "said"),
    [
        ("t", "to read", "1 paper put to read, u undoes."),
        ("g", "reading", "1 paper set to reading, u undoes."),
        ("r", "read", "1 paper read, u undoes."),
        ("d", "dropped", "1 paper dropped, u undoes."),
    ],
)
async def test_after_m_a_letter_gives_a_state(desk: Desk, letter: str, state: str, said: str) -> None:
    async with driven(desk) as hands:
        await hands.press("m", letter)
        assert states_of(desk)[0] == state
        assert hands.toasts == [said]
        await hands.press("m", letter)
        assert hands.toasts[-1] == "It was so already."
        await hands.press("m", "n")
        assert states_of(desk)[0] == "new"
        await hands.press("m", "s", "m", "u")
        assert hands.toasts[-1] == "1 paper without a star now, u undoes."


async def test_m_is_for_all_marked_papers_and_says_so_before(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("m")
        line = hands.screen_text.splitlines()[-1]
        assert line.startswith((" make 1 paper:", " 1 paper:"))
        assert "no star" in line
        await hands.press("escape", "a", "m")
        assert "3 papers:  n new" in hands.screen_text.splitlines()[-1]
        await hands.press("t")
        assert states_of(desk) == ["to read"] * 3
        assert hands.toasts[-1] == "3 papers put to read, u undoes."
        assert "papers:" not in hands.screen_text.splitlines()[-1]
        await hands.press("u")
        assert states_of(desk) == ["new"] * 3


async def test_m_is_for_a_range_and_ends_it(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("v", "j", "m", "d")
        assert states_of(desk) == ["dropped", "dropped", "new"]
        assert hands.browse.paper_list.range is None


async def test_more_than_fifty_papers_become_something_after_a_question(make_desk: Make) -> None:
    entries = tuple(Entry(title=f"Paper {n} of a long list", identifiers={"doi": f"10.1000/{n}"}) for n in range(60))
    desk = make_desk(Issue(id="", title="Large", format="links", entries=entries))
    async with driven(desk) as hands:
        await hands.press("a", "m", "d")
        assert "60 papers: dropped?" in hands.screen_text
        await hands.press("escape")
        assert desk.counts().unread == 60
        await hands.press("m", "d", "enter")
        assert desk.counts().unread == 0
        assert hands.toasts[-1] == "60 papers dropped, u undoes."
        await hands.press("u")
        assert desk.counts().unread == 60


# Orders


def test_every_order_has_a_letter_of_its_own() -> None:
    assert tuple(LETTERS) == get_args(Sort)
    assert len({letter for letter, _ in LETTERS.values()}) == len(LETTERS)


async def test_s_and_a_letter_sort_and_the_cursor_stays_on_its_paper(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("G", "s", "t")
        assert hands.titles == sorted(title or "" for title in hands.titles)
        assert hands.current == HINTON.title
        assert hands.toasts == ["Sorted by title."]
        await hands.press("s")
        assert "● t  title" in hands.screen_text
        await hands.press("k", "enter")
        assert hands.titles == [COLA.title, PERFORMER.title, HINTON.title]
        await hands.press("s", "escape")
        assert hands.browse.sort == "issue"


async def test_lists_are_sorted_by_what_the_reader_wrote(desk: Desk) -> None:
    _, two, three = desk.listing(desk.shelf()[0].id)
    desk.annotating.star([three])
    desk.annotating.note(two, "x")
    desk.annotating.tag([three], ["a"])
    desk.annotating.set_state([two], "reading")
    async with driven(desk) as hands:
        for letter, first in (("s", HINTON), ("n", PERFORMER), ("g", HINTON), ("r", PERFORMER), ("m", HINTON)):
            await hands.press("s", letter)
            assert hands.titles[0] == first.title, letter


async def test_a_sorting_by_mouse(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("s")
        assert isinstance(hands.app.screen, Sorting)
        await hands.pilot.click("#sorting-list", offset=(4, 3))
        await hands.settle()
        assert hands.browse.sort == "year"


async def test_keys_for_writing_say_so_where_there_is_no_paper(make_desk: Make) -> None:
    async with driven(make_desk()) as hands:
        await hands.press("t", "n", "E", "m", "t", "s", "escape")
        assert len(hands.app.screen_stack) == 1
        assert hands.app.is_running


# What lists and details show of it


@pytest.mark.parametrize(("width", "height"), [(80, 2), (120, 2), (300, 1)])
async def test_the_list_shows_states_tags_and_notes_quietly_and_nothing_else_moves(
    desk: Desk, width: int, height: int
) -> None:
    names = desk.listing(desk.shelf()[0].id)
    async with driven(desk, (width, 24)) as hands:
        papers = hands.browse.paper_list
        assert papers.row_height == height

        def lines(index: int) -> list[str]:
            return ["".join(text for text, _ in line) for line in papers.paint(index, papers.size.width)]

        before = lines(0)
        for state, sign in (("to read", "◇"), ("reading", "▸"), ("read", " "), ("dropped", "×"), ("new", "•")):
            desk.annotating.set_state([names[0]], state)
            papers.read_anew()
            assert lines(0) == [before[0].replace("•", sign, 1), *before[1:]]
        desk.annotating.tag([names[0]], ["audio", "to cite"])
        desk.annotating.note(names[0], "x")
        papers.read_anew()
        place = next(place for place, line in enumerate(lines(0)) if "audio, to cite ¶" in line)
        assert lines(0)[place].replace("audio, to cite ¶", " " * 16) == before[place]
        assert [len(line) for line in lines(0)] == [len(line) for line in before]


def test_tags_give_way_to_the_title_one_after_the_other() -> None:
    row = PaperRow("x", "X", noted=True, tags=("audio", "to cite", "vision"))
    assert [behind(row, room) for room in (25, 24, 18, 17, 10, 3, 0)] == [
        "audio, to cite, vision ¶", "audio, to cite, vision ¶", "audio +2 ¶", "audio +2 ¶", "audio +2 ¶", "¶", "",
    ]  # fmt: skip
    assert behind(row, 19) == "audio, to cite +1 ¶"
    assert all(len(behind(row, room)) <= room for room in range(40))
    assert behind(PaperRow("x", "X"), 40) == ""


async def test_the_details_show_state_star_tags_and_note_in_one_place(desk: Desk) -> None:
    name = desk.listing(desk.shelf()[0].id)[0]
    async with driven(desk) as hands:
        assert "• new" in hands.browse.details.plain
        desk.annotating.tag([name], ["audio", "to cite"])
        desk.annotating.star([name])
        desk.annotating.note(name, "- one\n\n  - two\n" + "x" * 30_000)
        await hands.press("m", "g")
        plain = hands.browse.details.plain
        assert "▸ reading  ★ starred  tags audio, to cite" in plain
        assert "Note\n▎ - one\n▎\n▎   - two" in plain
        assert "more letters; n shows them" in plain


async def test_a_note_that_is_closed_is_let_go_with_its_field(desk: Desk) -> None:
    fields: list[weakref.ref[TextArea]] = []
    async with driven(desk) as hands:
        for _ in range(4):
            await hands.press("n")
            fields.append(weakref.ref(hands.app.screen.query_one(TextArea)))
            await hands.press("x", "ctrl+s")
        await hands.press("j")
        gc.collect()
        assert [field() for field in fields[:3]] == [None] * 3
