"""The reader's own keys: every action on any key, chords, presets, and what is wrong in one sentence with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screens.drive import driven
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.errors import SettingsError
from tui.model import Entry, Issue
from tui.screens import key_checks, keymap, keys
from tui.screens.entry import Entry as EntryScreen
from tui.screens.entry import own_keys
from tui.screens.key_names import named, shown
from tui.settings import Network, Settings, load

Make = Callable[..., Desk]

ISSUE = Issue(
    id="",
    title="An issue",
    format="links",
    entries=tuple(Entry(title=f"Paper number {n}", identifiers={"doi": f"10.1000/{n}"}) for n in range(3)),
)
IDS = [row.id for _, group in keys.GROUPS for row in group]


def settings(**stated: str) -> Settings:
    """Return settings with these keys; an underscore stands for a hyphen."""
    return Settings(network=Network(offline=True), keys={id.replace("_", "-"): text for id, text in stated.items()})


def wrong(folder: Path, *lines: str) -> str:
    """Return what is said of a file with *lines* under ``[keys]``, without the path."""
    file = folder / "config.toml"
    file.write_text("\n".join(["[appearance]", 'theme = "nord"', "[keys]", *lines]), "utf-8")
    with pytest.raises(SettingsError) as error:
        keymap.of(load(file))
    assert str(error.value).startswith(f"{file}, line ")
    return str(error.value).removeprefix(f"{file}, ")


# What a map is


@pytest.mark.parametrize("name", keymap.PRESETS)
def test_no_preset_has_two_actions_on_one_key_or_an_action_that_cannot_be_reached(name: str) -> None:
    made = keymap.of(settings(preset=name))
    assert list(key_checks.wrong({"preset": name})) == []
    twins = {"cursor-down": "arrow-down", "cursor-up": "arrow-up", "page-down": "turn-down", "page-up": "turn-up"}
    assert [id for id in IDS if not made.strokes[id] and not made.strokes.get(twins.get(id, ""))] == []


def test_with_the_arrows_preset_no_letter_moves() -> None:
    made = keymap.of(settings(preset="arrows"))
    moving = [stroke for row in keys.MOVING[1] for stroke in made.strokes[row.id]]
    assert not {key for stroke in moving for key in stroke} & set("hjklgG")


@pytest.mark.parametrize("id", IDS)
def test_every_action_can_be_given_another_key_and_a_chord(id: str) -> None:
    for text, stroke in (("ctrl+f12", ("ctrl+f12",)), ("f12 x", ("f12", "x"))):
        if " " in text and id in ("copy", "make", "escape"):
            continue
        made = keymap.of(settings(**{id.replace("-", "_"): text}))
        assert made.strokes[id] == (stroke,)
        assert any(each.id == id and each.key == stroke[-1] for each in made.bindings())


def test_choices_follow_their_prefix() -> None:
    made = keymap.of(settings(copy="z"))
    assert made.said("yank-key") == "z y"
    assert made.prefixes == {"z": "yank", "m": "become"}


def test_an_action_without_a_key_has_none() -> None:
    made = keymap.of(settings(sort="none"))
    assert made.said("sort") == ""
    assert "sort" not in {each.id for each in made.bindings()}


@pytest.mark.parametrize(
    ("written", "name", "seen"),
    [
        ("?", "question_mark", "?"), ("<", "less_than_sign", "<"), ("a", "a", "a"), ("A", "A", "A"), ("é", "é", "é"),
        ("Ctrl+B", "ctrl+b", "ctrl+b"), ("esc", "escape", "esc"),
        ("shift+ctrl+left", "ctrl+shift+left", "ctrl+shift+←"),
        ("pgdn", "pagedown", "pgdn"), ("F5", "f5", "f5"), ("comma", "comma", ","), ("ctrl++", "ctrl+plus", "ctrl++"),
        ("space", "space", "space"), ("question_mark", "question_mark", "?"),
    ],
)  # fmt: skip
def test_a_key_is_known_by_what_readers_call_it(written: str, name: str, seen: str) -> None:
    assert named(written) == (name, None)
    assert shown(name) == seen


# What is wrong


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (('star = "f"',), 4, ("star", "look-up", '"f"')),
        (('sort = "f12"', 'star = "f12"'), 5, ("star", "sort", '"f12"')),
        (('star = "s x"',), 4, ("star", "sort", "waits for a second key")),
        (('star = "y b"',), 4, ("star", "yank-bibtex", '"y b"')),
        (('star = "m esc"',), 4, ("star", "escape")),
        (('copybibtex = "f12"',), 4, ("copybibtex", "did you mean copy-bibtex?")),
        (("", 'star = "crtl+b"'), 5, ("crtl+b", "did you mean ctrl+b?")),
        (('star = "ctrl+i"',), 4, ("same as tab",)),
        (('star = "shift+s"',), 4, ('is written "S"',)),
        (('star = "a b c"',), 4, ("two keys",)),
        (('star = ",x"',), 4, ("comma",)),
        (('copy = "z y"',), 4, ("waits for a second key itself",)),
        (('preset = "emacs"',), 4, ('"vim" or "arrows"', "emacs")),
        (('preset = "arrows"', 'star = "del"'), 5, ("star", "skip")),
        (('quit = "none"',), 4, ("quit has to have a key",)),
        (('help = "none"',), 4, ("help has to have a key",)),
        (('escape = "none"',), 4, ("escape has to have a key",)),
        (('quit = "f12"', 'escape = "q"'), 5, ("escape needs a key that writes nothing",)),
    ],
)
def test_what_is_wrong_with_keys_is_one_sentence_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], line: int, words: tuple[str, ...]
) -> None:
    said = wrong(tmp_path, *lines)
    assert said.startswith(f"line {line}: ")
    assert all(word in said for word in words), said
    assert "\n" not in said


def test_control_characters_of_a_wrong_key_are_not_told(tmp_path: Path) -> None:
    assert "\x1b" not in wrong(tmp_path, 'star = "\\u001b[2Jzz"')


def test_a_wrong_key_without_an_end_is_told_by_its_beginning(tmp_path: Path) -> None:
    assert len(wrong(tmp_path, f'star = "{"a" * 10_000}"')) < 250


def test_the_screens_are_refused_with_keys_that_cannot_be(make_desk: Make) -> None:
    with pytest.raises(SettingsError, match="did you mean star"):
        PaperrackApp(make_desk(settings=settings(strar="z")))


# What a map does


async def test_a_new_key_does_what_the_old_one_did_and_the_old_one_nothing(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(mark="f12"))
    async with driven(desk) as hands:
        await hands.press("space")
        assert desk.marked() == ()
        await hands.press("f12")
        assert len(desk.marked()) == 1
        assert "f12 Mark" in hands.screen_text


async def test_a_chord_waits_for_its_second_key_and_shows_what_can_follow(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(mark="z s", sort="z o", search="z /"))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("z")
        last = hands.screen_text.splitlines()[-1]
        assert "s Mark" in last
        assert "/ Search" in last
        await hands.press("s")
        assert len(desk.marked()) == 1
        await hands.press("z", "x", "s")
        assert len(desk.marked()) == 1, "another key leaves the prefix"


async def test_a_chord_can_stand_among_the_choices_after_y(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(mark="y m"))
    async with driven(desk, (80, 24)) as hands:
        await hands.press("y")
        last = hands.screen_text.splitlines()[-1]
        assert "m Mark" in last
        assert "\\cite" in last
        await hands.press("m")
        assert len(desk.marked()) == 1


async def test_choices_that_need_more_than_a_line_take_two_and_each_is_whole(make_desk: Make) -> None:
    ids = ("star", "sort", "mark", "tags", "note", "export", "browser", "links", "version", "provenance")
    desk = make_desk(
        ISSUE, settings=settings(**{id: f"z {letter}" for id, letter in zip(ids, "abcdefghij", strict=True)})
    )
    async with driven(desk, (80, 24)) as hands:
        await hands.press("z")
        lines = hands.screen_text.splitlines()[-2:]
        assert all(f"{letter} " in " ".join(lines) for letter in "abcdefghij")
        await hands.pilot.click("KeyLine", offset=(lines[1].index("j ") + 1, 1))
        await hands.settle()
        assert len(hands.app.screen_stack) == 2, "a click on the second line strikes its key"


async def test_a_letter_for_what_works_in_a_field_is_written_into_the_field(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(open="x,enter", skip="f12"))
    async with driven(desk) as hands:
        await hands.press("slash", "x", "y")
        assert hands.typed == "xy"
        await hands.press("escape", "x")
        assert hands.browse.pane == "details"


async def test_arrows_alone_reach_the_details_and_hjkl_do_nothing(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(preset="arrows"))
    async with driven(desk) as hands:
        await hands.press("j", "G", "l")
        assert (hands.browse.pane, hands.browse.paper_list.cursor) == ("papers", 0)
        await hands.press("down", "end", "right")
        assert (hands.browse.pane, hands.browse.paper_list.cursor) == ("details", 2)


async def test_the_palette_s_key_can_be_another_and_the_old_one_something_else(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(palette="f2", mark="ctrl+p"))
    async with driven(desk) as hands:
        await hands.press("ctrl+p")
        assert len(desk.marked()) == 1
        await hands.press("f2")
        assert len(hands.app.screen_stack) == 2


async def test_the_entry_s_keys_are_the_reader_s(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(show_bibtex="f12", cursor_down="f11", copy="z", pane_right="f10"))
    made = {each.key for each in own_keys(keymap.of(desk.settings))}
    assert {"f12", "f11", "z", "f10"} <= made
    assert not {"B", "j", "l"} & made
    async with driven(desk) as hands:
        await hands.press("f12")
        assert isinstance(hands.app.screen, EntryScreen)
        await hands.press("f10")
        assert hands.app.screen.place == 1
        await hands.press("f12")
        assert len(hands.app.screen_stack) == 1


async def test_what_is_told_names_the_reader_s_keys(make_desk: Make) -> None:
    async with driven(make_desk(settings=settings(add="f12", help="f1")), (80, 24)) as hands:
        assert "f12    takes in a file" in hands.screen_text
        assert "f1     shows every key" in hands.screen_text
