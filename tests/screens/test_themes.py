"""Themes: contrast of every colour, colours that are not there, ASCII, and which theme a start begins with."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from textual.color import Color
from textual.filter import Monochrome
from textual.style import Style

import tui.widgets
from tests.screens.drive import driven
from tui import themes
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.desk.layout import Layout, Left
from tui.errors import SettingsError
from tui.model import Entry, Issue
from tui.settings import Appearance, Network, Settings, load
from tui.widgets.symbols import ASCII, plain

Make = Callable[..., Desk]

TEXT, OTHER = 4.5, 3.0
"""The least contrast of words, and of what is none (WCAG 2.2, 1.4.3 and 1.4.11)."""

GROUNDS = ("$background", "$surface")
ROWS = {"cursor": "$foreground on $primary-muted", "rest": "$foreground on $panel"}
_PACKAGE = Path(tui.widgets.__file__).parents[1]
STYLES = "".join((_PACKAGE / name).read_text("utf-8") for name in ("app.tcss", "later.tcss"))
COLOURED = (themes.DARK.name, themes.LIGHT.name)

ISSUE = Issue(id="", title="An issue", format="links", entries=(Entry(title="A title with “quotes” · and ★"),) * 1)


def settings(**stated: object) -> Settings:
    """Return settings with this appearance."""
    return Settings(network=Network(offline=True), appearance=Appearance(**stated))  # type: ignore[arg-type]


def luminance(colour: Color) -> float:
    """Return the relative luminance of *colour* as WCAG 2.2 defines it."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(words: Color, ground: Color) -> float:
    """Return the contrast of *words*, which may be partly transparent, on *ground*."""
    seen = ground.blend(words, words.a, 1)
    low, high = sorted((luminance(seen), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def ground_of(rule: str, below: str = "$background") -> Color:
    """Return what is seen where the background *rule* is on the one *below*."""
    under, over = Style.parse(f"on {below}").background, Style.parse(f"on {rule}").background
    assert under is not None
    assert over is not None
    return under.blend(over, over.a, 1)


def roles() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield every role of every widget: the module, the role, and the table that it is of."""
    for module in pkgutil.iter_modules(tui.widgets.__path__):
        table = getattr(importlib.import_module(f"tui.widgets.{module.name}"), "ROLES", {})
        for role in table:
            yield module.name, role, table


@pytest.mark.parametrize("theme", COLOURED)
async def test_every_role_of_every_widget_has_the_contrast_that_words_need(make_desk: Make, theme: str) -> None:
    async with driven(make_desk(settings=settings(theme=theme))):
        poor = []
        for module, role, table in roles():
            style = Style.parse(table[role])
            on_row = [ground_of(rule.split(" on ")[1]) for rule in ROWS.values()] if module == "lines" else []
            grounds = (
                [*map(ground_of, GROUNDS), *on_row] if style.background is None else [ground_of(_behind(table[role]))]
            )
            if style.background is None and f"cursor {role}" in table:
                grounds.remove(ground_of("$primary-muted"))
            grounds = [ground_of("$primary-muted")] if role.startswith("cursor ") else grounds
            assert style.foreground is not None
            least = OTHER if role == "bar" else TEXT
            poor += [
                (module, role, ground.hex, round(found, 2))
                for ground in grounds
                if (found := contrast(style.foreground, ground)) < least
            ]
        assert not poor


def _behind(rule: str) -> str:
    return rule.split(" on ")[1]


@pytest.mark.parametrize("theme", COLOURED)
async def test_every_colour_of_the_style_sheet_has_the_contrast_that_it_needs(make_desk: Make, theme: str) -> None:
    async with driven(make_desk(settings=settings(theme=theme))):
        poor = []
        seen = 0
        for selector, body in re.findall(r"^([^{}/*]+)\{([^}]*)\}", STYLES, re.MULTILINE):
            if ":ansi" in selector:
                continue
            stated = dict(re.findall(r"(?<![-\w])([a-z-]+):\s*([^;]+);", body))
            grounds = [stated["background"]] if "background" in stated else [*GROUNDS, "$panel"]
            wanted = {"color": TEXT, "scrollbar-color": OTHER, "scrollbar-color-hover": OTHER, "border": OTHER}
            wanted["color"] = OTHER if "shut" in selector else TEXT  # what cannot be chosen: 1.4.3 has no rule for it
            for name, least in wanted.items():
                rule = stated.get(name, "").removeprefix("round ")
                if not rule.startswith("$"):
                    continue
                seen += 1
                colour = Style.parse(rule).foreground
                assert colour is not None
                poor += [
                    (selector.strip(), name, ground, round(found, 2))
                    for ground in grounds
                    if (found := contrast(colour, ground_of(ground))) < least
                ]
        assert seen > 15
        assert not poor


@pytest.mark.parametrize("theme", COLOURED)
async def test_the_key_line_and_toasts_can_be_read(make_desk: Make, theme: str) -> None:
    async with driven(make_desk(settings=settings(theme=theme))):
        for rule in ("$footer-key-foreground", "$footer-description-foreground"):
            colour = Style.parse(rule).foreground
            assert colour is not None
            assert contrast(colour, ground_of("$surface")) >= TEXT
            assert contrast(colour, ground_of("$block-hover-background", "$surface")) >= TEXT


# Without colours


@pytest.mark.parametrize("colours", ["none", "sixteen"])
async def test_without_colours_the_cursor_the_focus_and_the_marks_are_told_by_weight(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch, colours: str
) -> None:
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    desk = make_desk(
        Issue(id="", title="Two", format="links", entries=tuple(Entry(title=f"Number {n}") for n in (1, 2)))
    )
    app = PaperrackApp(desk, bare=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("space")
        await pilot.pause(0.2)
        strips = app.screen._compositor.render_strips()
        rows = [part for strip in strips for part in strip if part.text.startswith("Number 2 ")]
        assert any(part.style and part.style.reverse for part in rows)
        marked = next(part for strip in strips for part in strip if "◆" in part.text and "marked" not in part.text)
        assert marked.style
        assert marked.style.bold
        heading = next(part for strip in strips for part in strip if part.text.startswith("Papers"))
        assert heading.style
        assert heading.style.reverse
        for strip in strips if colours == "none" else ():
            for part in strip:
                found = [part.style.color, part.style.bgcolor] if part.style else []
                assert all(colour is None or colour.is_default for colour in found), part


async def test_without_colours_no_grey_is_sent_either(make_desk: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = PaperrackApp(make_desk(settings=settings(theme="nord")))
    assert not any(isinstance(each, Monochrome) for each in app.get_line_filters())
    assert app.theme == themes.BARE.name


async def test_an_empty_no_color_asks_for_nothing(make_desk: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    app = PaperrackApp(make_desk(settings=settings(theme="nord")))
    assert (app.theme, app.no_color) == ("nord", False)


# ASCII


async def test_with_ascii_symbols_nothing_but_ascii_is_drawn_and_columns_stay(make_desk: Make) -> None:
    desk = make_desk(ISSUE, settings=settings(symbols="ascii"))
    async with driven(desk, (120, 30)) as hands:
        await hands.press("space")
        for keys in ((), ("question_mark",), ("escape", "e"), ("escape", "ctrl+p")):
            await hands.press(*keys)
            text = hands.screen_text
            assert text.isascii(), [each for each in text if not each.isascii()]
            assert {len(line) for line in text.splitlines()} == {120}


def test_letters_stay_where_the_terminal_has_them_and_are_bare_where_it_has_not() -> None:
    assert plain("Gödel · 数学 …") == "Gödel - 数学 ~"
    assert plain("Gödel · 数学 …", letters=False) == "Godel - ???? ~"
    assert plain("╭─┃▎█") == "+-||#"


def test_every_symbol_that_widgets_draw_has_an_ascii_one() -> None:
    drawn = set()
    for folder in ("widgets", "screens"):
        for path in (Path(tui.widgets.__file__).parents[1] / folder).glob("*.py"):
            if path.name != "symbols.py":
                drawn |= {each for each in path.read_text("utf-8") if not each.isascii()}
    missing = {each for each in drawn if not plain(each).isascii()} - set("¹²³")
    assert not missing
    assert all(len(each) == 1 and each.isascii() for each in ASCII.values())


async def test_a_terminal_that_is_not_utf_8_gets_ascii_by_itself(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Latin:
        encoding = "iso-8859-1"

    monkeypatch.setattr(sys, "__stderr__", Latin())
    async with driven(make_desk(Issue(id="", title="数学", format="links", entries=(Entry(title="Gödel"),)))) as hands:
        assert hands.screen_text.isascii()
        assert "Godel" in hands.screen_text


# Which theme


def test_a_start_begins_with_the_theme_of_the_settings_until_another_is_chosen() -> None:
    assert themes.first(settings(), Left(), False) == "paperrack"
    assert themes.first(settings(), Left(), True) == "paperrack-ansi"
    assert themes.first(settings(theme="nord"), Left(), True) == "nord"
    assert themes.first(settings(theme="nord"), Left(theme="gruvbox", under="nord"), False) == "gruvbox"
    assert themes.first(settings(theme="dracula"), Left(theme="gruvbox", under="nord"), False) == "dracula"
    assert themes.first(settings(), Left(theme="gone from textual"), False) == "paperrack"


def test_an_unknown_theme_is_refused_with_its_line_and_the_near_one(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('\n[appearance]\ntheme = "draculla"\n', "utf-8")
    with pytest.raises(SettingsError) as error:
        themes.first(load(file), Left(), False)
    assert str(error.value).startswith(f"{file}, line 3: there is no theme")
    assert str(error.value).endswith("did you mean dracula?")


@pytest.mark.parametrize("theme", themes.names())
async def test_every_theme_can_be_shown(make_desk: Make, theme: str) -> None:
    async with driven(make_desk(ISSUE, settings=settings(theme=theme))) as hands:
        assert "A title" in hands.screen_text


async def test_the_palette_changes_the_theme_at_once_and_it_is_remembered(make_desk: Make, tmp_path: Path) -> None:
    desk, layout = make_desk(ISSUE), Layout(tmp_path / "layout.json")
    app = PaperrackApp(desk, layout=layout)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", *"theme gruvbox")
        await pilot.pause(0.6)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert app.theme == "gruvbox"
    assert PaperrackApp(desk, layout=Layout(tmp_path / "layout.json", layout.left)).theme == "gruvbox"
