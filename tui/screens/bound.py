"""Where the reader's keys become bindings of a screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingsMap, BindingType
from textual.screen import Screen, ScreenResultType

from tui.screens.keys import Key

SCROLLING = (
    (("cursor-down", "arrow-down"), "scroll(1)", "Down", False, "A line down"),
    (("cursor-up", "arrow-up"), "scroll(-1)", "Up", False, "A line up"),
    (("page-down", "turn-down"), "page(0.5)", "Page", False, "Half a page down"),
    (("page-up", "turn-up"), "page(-0.5)", "Page up", False, "Half a page up"),
    (("first",), "edge(0)", "First", False, "To the first line"),
    (("last",), "edge(1000000000)", "Last", False, "To the last line"),
)
"""The reader's keys for moving in the panes, on a screen that is one text."""


def bind(screen: Screen[ScreenResultType], keys: Iterable[Key], more: Iterable[BindingType] = ()) -> None:
    """Give *screen* the bindings *keys*, each of them a priority one, and *more* on keys that these leave free."""
    made = [
        Binding(each.key, each.action, each.description, each.show, each.key_display, True, each.tooltip, each.id)
        for each in keys
    ]
    taken = {binding.key for binding in made}
    free = [binding for binding in Binding.make_bindings(more) if binding.key not in taken]
    # Not by App.set_keymap, which passes over what it does not know, and knows no chords. A screen's own map stands
    # in for its class's; what Textual gives to every screen stays behind it.
    screen._bindings = BindingsMap.merge([BindingsMap([*made, *free]), BindingsMap(Screen.BINDINGS)])
