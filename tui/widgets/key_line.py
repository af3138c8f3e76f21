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

MOST_LINES = 3
"""Lines that the choices after a prefix may take."""

KEY, DESCRIPTION = "bold $footer-key-foreground", "$footer-description-foreground"
LEAD = "$foreground"
HOVER = "on $block-hover-background"


class Shown(NamedTuple):
    """A key in the line: what is struck, how it and what it does are called, and whether it can be struck now.

    ``id`` is that of its binding; a ``choice`` is what a prefix waits for.
    """

    id: str | None
    key: str
    name: str
    description: str
    enabled: bool
    tooltip: str
    choice: bool = False

    @property
    def width(self) -> int:
        """Cells that it takes."""
        return Content(f"{self.name} {self.description}").cell_length


class KeyLine(Widget):
    """The keys of the screen that its bindings show, as many as there is room for; a click on one strikes it.

    *spare* are the ids of bindings that are left out where there is too little room, the first one first; then the last
    of the line go. *order* are ids in the order of the line; others come behind them, in that of their bindings.
    Where none of these is alive, those with the ids *otherwise* are shown, in their order.
    """

    ALLOW_SELECT = False

    def __init__(self, spare: Sequence[str] = (), order: Sequence[str] = (), otherwise: Sequence[str] = ()) -> None:
        super().__init__()
        self._order = {id: place for place, id in enumerate(order)}
        self._otherwise = {id: place for place, id in enumerate(otherwise)}
        self._spare = {id: place for place, id in enumerate(spare)}
        self._keys: tuple[Shown, ...] | None = None
        self._under: Shown | None = None
        self._height = 1
        self._leads: Sequence[str] = ()

    def lead(self, *ways: str) -> None:
        """Let stand before the keys what they are for: the first of *ways* that leaves room for all keys, or none."""
        if ways != tuple(self._leads):
            self._leads = ways
            self.refresh()

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
            self._grow()
            self.refresh()

    def on_resize(self) -> None:
        """Be as high as the choices need at this width."""
        self._grow()

    def _grow(self) -> None:
        height = len(self._lines())
        if height != self._height:
            self._height = height
            self.styles.height = height

    def _alive(self) -> tuple[Shown, ...]:
        """Return the keys to show, an action once, in their order."""
        alive = self.screen.active_bindings.values()
        wanted = [each for each in alive if each.binding.show]
        order = self._order if wanted else self._otherwise
        found: dict[str, Shown] = {}
        for _, binding, enabled, tooltip in wanted or [each for each in alive if each.binding.id in order]:
            if binding.action not in found:
                name = self.app.get_key_display(binding)
                choice = binding.action.startswith("chord(")
                found[binding.action] = Shown(
                    binding.id, binding.key, name, binding.description, enabled, tooltip, choice
                )
        return tuple(sorted(found.values(), key=lambda each: order.get(each.id or "", len(order))))

    def _lead(self) -> str:
        """Return what stands before the keys, with a gap behind it."""
        taken = sum(each.width + BETWEEN for each in self._keys or ()) - BETWEEN
        found = (f"{way}{' ' * BETWEEN}" for way in self._leads)
        return next((way for way in found if Content(way).cell_length + taken <= self.content_size.width), "")

    def _lines(self) -> tuple[tuple[Shown, ...], ...]:
        """Return the keys that there is room for, line by line, each of them whole.

        After a prefix its choices are all that there is, and nobody knows them by heart: they take further lines.
        """
        if self._keys is None:
            self._keys = self._alive()
        if not any(each.choice for each in self._keys):
            return (self._fitting(self._keys),)
        lines: list[list[Shown]] = [[]]
        for each in self._keys:
            if lines[-1] and sum(one.width + BETWEEN for one in lines[-1]) + each.width > self.content_size.width:
                lines.append([])
            lines[-1].append(each)
        return tuple(map(tuple, lines[:MOST_LINES]))

    def _fitting(self, keys: tuple[Shown, ...]) -> tuple[Shown, ...]:
        """Return those of *keys* that one line has room for."""
        kept = list(keys)
        too_much = sum(each.width + BETWEEN for each in kept) - BETWEEN - self.content_size.width
        while kept and too_much > 0:
            least = min(range(len(kept)), key=lambda place: (self._rank(kept[place]), -place))
            too_much -= kept.pop(least).width + BETWEEN
        return tuple(kept)

    def _rank(self, key: Shown) -> int:
        """Return how long the key stays where there is less and less room."""
        return self._spare.get(key.id or "", len(self._spare))

    def render(self) -> Content:
        """Return the line, or the lines after a prefix."""
        lead = Content.styled(self._lead(), LEAD)
        return lead + Content("\n").join([self._line(keys) for keys in self._lines()])

    def _line(self, keys: tuple[Shown, ...]) -> Content:
        parts: list[Content] = []
        for each in keys:
            part = Content.assemble((each.name, KEY), " ", (each.description, DESCRIPTION))
            part = part.stylize(HOVER) if each == self._under else part
            parts.append(part if each.enabled else part.stylize("dim"))
        return Content(" " * BETWEEN).join(parts)

    # The mouse

    def _at(self, x: int, y: int) -> Shown | None:
        """Return the key at the column *x* and line *y* of the widget."""
        lines = self._lines()
        start = self.gutter.left + (0 if y else Content(self._lead()).cell_length)
        for each in lines[y] if 0 <= y < len(lines) else ():
            if start <= x < start + each.width:
                return each
            start += each.width + BETWEEN
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up what a click would strike."""
        self._point_at(self._at(event.x, event.y))

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
        if struck := self._at(event.x, event.y):
            if struck.enabled:
                self.app.simulate_key(struck.key)
            else:
                self.app.bell()
