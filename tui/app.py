"""The application: its theme, its safety belt, and the one screen that it opens on."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.command import Provider
from textual.filter import LineFilter
from textual.theme import Theme

from tui.desk import Desk
from tui.screens.browse import Browse
from tui.screens.palette import Actions
from tui.text import drop_controls

THEME = Theme(
    name="paperrack",
    primary="#8fb8ff",
    secondary="#7fd1b9",
    accent="#f2b872",
    warning="#f2b872",
    error="#ff8f8f",
    success="#9bd67f",
    foreground="#d9dde6",
    background="#15181e",
    surface="#1a1e26",
    panel="#232935",
    dark=True,
    variables={
        "block-cursor-text-style": "none",
        "footer-background": "#1a1e26",
        "footer-key-foreground": "#f2b872",
        "footer-description-foreground": "#a3acbd",
        "input-selection-background": "#8fb8ff 35%",
    },
)


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


class PaperrackApp(App[None]):
    """paperrack on one library; *words* are taken in first."""

    TITLE = "paperrack"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider]]] = {Actions}  # type: ignore[assignment]  # Textual allows callables too

    def __init__(self, desk: Desk, words: Sequence[str] = (), format: str | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._words = words
        self._format = format
        self._belt = ControlFilter()
        self.register_theme(THEME)
        self.theme = THEME.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's own filters and the belt."""
        return [*super().get_line_filters(), self._belt]

    def get_default_screen(self) -> Browse:
        """Open on the papers."""
        return Browse(self.desk, self._words, self._format)

    def on_mount(self) -> None:
        """Once the first picture is out, put what the start made out of the collector's way."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        # Threads that take answers apart give way to a key after a millisecond, in place of five.
        sys.setswitchinterval(0.001)
        # What the start made will live as long as the program: the collector, which the door had stopped, need not
        # look at it at every key.
        gc.freeze()
        gc.enable()
