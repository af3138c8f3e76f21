"""What a start does once: one picture, whole; styles that are parsed once; one layer of the screen that is set up."""

from __future__ import annotations

import pytest
from rich.console import RenderableType
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from tests.screens.drive import driven
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.screens.browse import Browse
from tui.screens.panes import Panes


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is on the screen at each picture that is drawn."""
    drawn: list[str] = []
    display = PaperrackApp._display

    def noted(app: PaperrackApp, screen: Screen[object], renderable: RenderableType | None) -> None:
        if renderable is not None:
            drawn.append("\n".join(strip.text for strip in screen._compositor.render_strips()))
        display(app, screen, renderable)

    monkeypatch.setattr(PaperrackApp, "_display", noted)
    return drawn


@pytest.mark.parametrize("size", [(160, 45), (140, 40), (110, 30), (80, 24)])
async def test_the_first_picture_is_the_whole_screen(
    sample_desk: Desk, pictures: list[str], size: tuple[int, int]
) -> None:
    async with driven(sample_desk, size) as hands:
        first = hands.current
        assert first
        start = first[:20]
        # Whoever is slow may draw the scrollbars once more, as they are.
        assert set(pictures) == {pictures[0]}
        assert len(pictures) <= 2
        # Its title is a row of the list, and where there is room the details' first line.
        assert pictures[0].count(start) == (2 if size[0] >= 100 else 1)


async def test_another_size_is_drawn_at_once(sample_desk: Desk, pictures: list[str]) -> None:
    async with driven(sample_desk, (160, 45)) as hands:
        await hands.pilot.resize_terminal(90, 30)
        await hands.settle()
        assert len(pictures[-1].splitlines()[0]) == 90


@pytest.mark.parametrize("name", ["paperrack-light", "paperrack-ansi", "nord"])
async def test_styles_are_parsed_once_in_the_colours_of_the_theme(
    sample_desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    again: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def noted(sheet: Stylesheet) -> None:
        again.append(sheet)
        reparse(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", noted)
    async with driven(sample_desk) as hands:
        app = hands.app
        assert again == []
        usual = app.screen.styles.background
        app.theme = name
        await hands.settle()
        assert again
        chosen = app.screen.styles.background, set(app.classes)
        assert chosen[0] != usual
    # All settings that say nothing share one object, so it is put back.
    monkeypatch.setitem(vars(sample_desk.settings.appearance), "theme", name)
    async with driven(sample_desk) as hands:
        assert (hands.app.screen.styles.background, set(hands.app.classes)) == chosen


def test_the_layers_of_the_screen_are_set_up_together() -> None:
    class Whole(Browse, opened=True):
        """The same, looked through once more."""

    assert Browse._reactives == Whole._reactives
    assert Browse._merged_bindings
    assert Whole._merged_bindings
    assert Browse._merged_bindings.key_to_bindings == Whole._merged_bindings.key_to_bindings
    assert Browse._css_type_names == {each.__name__ for each in Browse._css_bases(Browse)}
    layers = [layer for layer in Browse.__mro__[1:] if issubclass(layer, Panes) and layer is not Panes]
    assert len(layers) > 10
    assert not [layer for layer in layers if "_reactives" in layer.__dict__]


async def test_a_dialog_that_is_opened_before_the_first_picture_gets_its_styles(
    sample_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Browse.on_mount

    def hasty(screen: Browse) -> None:
        begin(screen)
        screen.action_help()

    monkeypatch.setattr(Browse, "on_mount", hasty)
    async with driven(sample_desk) as hands:
        hasty_width = hands.app.screen.query_one("#help").size.width
        await hands.press("escape")
        monkeypatch.setattr(Browse, "on_mount", begin)
        await hands.press("question_mark")
        assert hands.app.screen.query_one("#help").size.width == hasty_width
        assert hands.app.screen.query_one("#help").styles.border_top[0] == "round"
