"""Where the reader's keys become bindings of a screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingsMap, BindingType
from textual.screen import Screen, ScreenResultType

from tui.screens.keys import Key


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
