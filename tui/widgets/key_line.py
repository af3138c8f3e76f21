"""The line at the bottom that names the keys which are alive: one widget, for a widget a key would cost the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

BETWEEN = 2
"""Cells between two keys."""

KEY, DESCRIPTION = "bold $footer-key-foreground", "$footer-description-foreground"
HOVER = "on $block-hover-background"


class Shown(NamedTuple):
    """A key in the line: what is struck, how it and what it does are called, and whether it can be struck now.

    ``id`` is that of its binding.
    """

    id: str | None
    key: str
    name: str
    description: str
    enabled: bool
    tooltip: str

    @property
    def width(self) -> int:
        """Cells that it takes."""
        return Content(f"{self.name} {self.description}").cell_length


class KeyLine(Widget):
    """The keys of the screen that its bindings show, as many as there is room for; a click on one strikes it.

    *spare* are the ids of bindings that are left out where there is too little room, the first one first; then the last
    of the line go. *order* are ids in the order of the line; others come behind them, in that of their bindings.
    """

    ALLOW_SELECT = False

    def __init__(self, spare: Sequence[str] = (), order: Sequence[str] = ()) -> None:
        super().__init__()
        self._order = {id: place for place, id in enumerate(order)}
        self._spare = {id: place for place, id in enumerate(spare)}
        self._keys: tuple[Shown, ...] | None = None
        self._under: Shown | None = None

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        """Follow them no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _changed(self, screen: Screen[object]) -> None:
        # A terminal that lost the focus has none on any widget: the keys it will have are those that it had.
        if self.app.app_focus and (keys := self._alive()) != self._keys:
            self._keys = keys
            self.refresh()

    def _alive(self) -> tuple[Shown, ...]:
        """Return the keys to show, an action once, in their order."""
        found: dict[str, Shown] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in found:
                name = self.app.get_key_display(binding)
                found[binding.action] = Shown(binding.id, binding.key, name, binding.description, enabled, tooltip)
        return tuple(sorted(found.values(), key=lambda each: self._order.get(each.id or "", len(self._order))))

    def _fitting(self) -> tuple[Shown, ...]:
        """Return the keys that the width has room for, each of them whole."""
        if self._keys is None:
            self._keys = self._alive()
        kept = list(self._keys)
        too_much = sum(each.width + BETWEEN for each in kept) - BETWEEN - self.content_size.width
        while kept and too_much > 0:
            least = min(range(len(kept)), key=lambda place: (self._rank(kept[place]), -place))
            too_much -= kept.pop(least).width + BETWEEN
        return tuple(kept)

    def _rank(self, key: Shown) -> int:
        """Return how long the key stays where there is less and less room."""
        return self._spare.get(key.id or "", len(self._spare))

    def render(self) -> Content:
        """Return the line."""
        parts: list[Content] = []
        for each in self._fitting():
            part = Content.assemble((each.name, KEY), " ", (each.description, DESCRIPTION))
            part = part.stylize(HOVER) if each == self._under else part
            parts.append(part if each.enabled else part.stylize("dim"))
        return Content(" " * BETWEEN).join(parts)

    # The mouse

    def _at(self, x: int) -> Shown | None:
        """Return the key at the column *x* of the widget."""
        start = self.gutter.left
        for each in self._fitting():
            if start <= x < start + each.width:
                return each
            start += each.width + BETWEEN
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up what a click would strike."""
        self._point_at(self._at(event.x))

    def on_leave(self) -> None:
        """Let it be as it was."""
        self._point_at(None)

    def _point_at(self, under: Shown | None) -> None:
        if under != self._under:
            self._under = under
            self.tooltip = under.tooltip if under else None
            self.styles.pointer = "pointer" if under else "default"
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Strike the key that was clicked."""
        if struck := self._at(event.x):
            if struck.enabled:
                self.app.simulate_key(struck.key)
            else:
                self.app.bell()
