"""The application: its theme, its safety belt, and the one screen that it opens on."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.color import Color
from textual.command import Provider
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import ModalScreen, Screen
from textual.widgets._toast import ToastRack

from tui import themes
from tui.desk import Desk
from tui.desk.layout import Layout
from tui.screens import key_names, keymap
from tui.screens.browse import Browse
from tui.screens.palette import Actions
from tui.text import drop_controls
from tui.widgets.lines import Lines
from tui.widgets.prose import Prose

LATER = Path(__file__).with_name("later.tcss")
"""The styles of what comes over the first screen: half of all, and the first picture is out without them."""


class ControlFilter(LineFilter):
    """The second belt: nothing that a terminal obeys leaves in a segment, whatever a pane let through."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return *segments* without control, bidi and invisible characters."""
        return [
            segment if segment.control or (segment.text.isascii() and segment.text.isprintable()) else _safe(segment)
            for segment in segments
        ]


def _safe(segment: Segment) -> Segment:
    return Segment(drop_controls(segment.text), segment.style)


class AsciiFilter(LineFilter):
    """Symbols, borders and bars in ASCII; without *letters*, all other letters too."""

    def __init__(self, letters: bool) -> None:
        super().__init__()
        from tui.widgets.symbols import plain

        self._plain = plain
        self._letters = letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return *segments*, each as wide as it was."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(self._plain(segment.text, self._letters), segment.style)
            for segment in segments
        ]


class PaperrackApp(App[None]):
    """paperrack on one library; *words* are taken in first.

    *layout* is how the reader left it, and keeps how it is left again. A *bare* terminal has sixteen colours or fewer.
    """

    TITLE = "paperrack"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider]]] = {Actions}  # type: ignore[assignment]  # Textual allows callables too
    chosen_theme: str = ""
    """The theme that was chosen on the screen in this run."""
    strikes: int = 0
    """Keys that were struck: two are one after the other where nothing was counted between them."""

    def __init__(
        self,
        desk: Desk,
        words: Sequence[str] = (),
        format: str | None = None,
        layout: Layout | None = None,
        bare: bool = False,
    ) -> None:
        if not os.environ.get("NO_COLOR"):
            # Empty is as if it were not there (https://no-color.org); Textual asks whether it is there.
            os.environ.pop("NO_COLOR", None)
        super().__init__()
        self.desk = desk
        self.layout = layout or Layout()
        self._words = words
        self._format = format
        # Every key stands in tui.screens.keys, where the reader can change it: Textual's own would come before that.
        own = {binding.key for binding in keymap.of(desk.settings).bindings()} if desk.settings.keys else set()
        for key in {"ctrl+p", *own}:
            self._bindings.key_to_bindings.pop(key, None)
        for theme in themes.OWN:
            self.register_theme(theme)
        chosen = themes.first(desk.settings, self.layout.left, bare)
        # Shades of grey are colours too (https://no-color.org).
        self._begin_with(themes.BARE.name if self.no_color else chosen)
        self._belts = [ControlFilter(), *self._ascii()]
        self._uncoloured = NoColor()
        self._struck_on: WeakKeyDictionary[events.Key, Screen[Any]] = WeakKeyDictionary()

    def _begin_with(self, theme: str) -> None:
        """Take *theme* before anything is styled: one that changes later has every style parsed again."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.update_classes({f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def _ascii(self) -> Sequence[LineFilter]:
        """Return what draws in ASCII, where that is wanted or all that the terminal's encoding has."""
        encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
        unicode = encoding.lower().replace("-", "").startswith("utf")
        return () if unicode and self.desk.settings.appearance.symbols == "unicode" else (AsciiFilter(unicode),)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's own filters and the belts."""
        own = super().get_line_filters()
        return [*(self._uncoloured if isinstance(each, Monochrome) else each for each in own), *self._belts]

    def get_default_screen(self) -> Browse:
        """Open on the papers."""
        return Browse(self.desk, self._words, self._format, self.layout)

    def get_key_display(self, binding: Binding) -> str:
        """Return the name of a key, the same as in the help."""
        return binding.key_display or key_names.shown(binding.key)

    def _refresh_notifications(self) -> None:
        """Take what held a toast off the screen with it.

        Where one is over before its own clock says so, Textual takes away the toast and leaves what it lay in for ever,
        and that keeps the toast, as it was drawn: 100 kB a sentence, and more where the window is pulled about.
        """
        told = {ToastRack._toast_id(each) for each in self._notifications}
        for rack in self.screen.query_children(ToastRack) if self.screen_stack else ():
            for holder in rack.children:
                if holder.id not in told:
                    holder.remove()
        super()._refresh_notifications()

    def theme_names(self) -> Sequence[str]:
        """Return the names of all themes, our own first."""
        return themes.names()

    def choose_theme(self, name: str) -> None:
        """Show the theme *name*, now and from the next start on, until the settings name another."""
        self.theme = name
        self.chosen_theme = name

    async def on_event(self, event: events.Event) -> None:
        """Count the keys; those that have come back from a widget are no others.

        One that comes back from a screen which another key has left meanwhile, or covered, was struck for what is
        there now.
        """
        if isinstance(event, events.Key):
            if not event.is_forwarded:
                self.strikes += 1
            elif self._struck_on.get(event, self.screen) is not self.screen:
                event = events.Key(event.key, event.character)
            if not event.is_forwarded:
                self._struck_on[event] = self.screen
                if await self._does_at_once(event.key):
                    return
        await super().on_event(event)

    async def _does_at_once(self, key: str) -> bool:
        """Do what a dialog binds *key* to, where a list or a text has the focus; return whether it does anything.

        Textual hands the key to that first and runs the binding when it has come back. What is typed ahead would be
        handed there too, also behind the key that closes the dialog.
        """
        if not isinstance(self.screen, ModalScreen) or not isinstance(self.focused, (Lines, Prose)):
            return False
        if isinstance(self.focused, Lines) and self.focused.own_letters:
            return False
        return await self._check_bindings(key, priority=True) or await self._check_bindings(key)

    def on_click(self, event: events.Click) -> None:
        """Leave a dialog with a click beside it, as escape does."""
        if event.widget is self.screen and isinstance(self.screen, ModalScreen):
            self.simulate_key("escape")

    def on_browse_drawn(self) -> None:
        """Once the first picture is out, load the other styles, and put what was made out of the collector's way."""
        self.stylesheet.read(LATER)
        self.stylesheet.parse()
        if len(self.screen_stack) > 1:
            # A key was struck before: what it opened has no styles yet.
            self.refresh_css(animate=False)
        # Threads that take answers apart give way to a key after a millisecond, in place of five.
        sys.setswitchinterval(0.001)
        # What the start made will live as long as the program: the collector, which the door had stopped, need not
        # look at it at every key.
        gc.freeze()
        gc.enable()


def few_colours() -> bool:
    """Return whether the terminal has sixteen colours, or does not say that it has more."""
    from rich.console import Console

    return Console(force_terminal=True).color_system in ("standard", "windows", None)
