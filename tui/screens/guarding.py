"""What Textual leaves open at the edges of the terminal: letters that are none, errors that nobody foresaw, a hang-up.

Textual decodes what is typed strictly, so that one byte that is no UTF-8 (a paste, a line that is noisy, a terminal of
another encoding) ends the program with a traceback; it prints that traceback, a stranger's words among the locals, as
it stands; and it waits for ever for a terminal that is gone to take what was still to be written.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import partial
from typing import Any

from rich.console import Console, ConsoleRenderable, RenderableType, RenderHook
from rich.segment import Segment, Segments
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

from tui.screens.terminal_answers import Answers
from tui.text import clean_source


def guard(app: App[Any]) -> None:
    """Guard *app*, which does not run yet."""
    app.error_console.push_render_hook(_Plain(app.error_console))
    _replace_parts()


class _Plain(RenderHook):
    """Prints without what a terminal obeys."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return *renderables* drawn and made safe."""
        return [self._drawn(each) for each in renderables]

    def _drawn(self, renderable: RenderableType) -> Segments:
        return Segments(_safe(segment) for segment in self._console.render(renderable) if not segment.control)


def _safe(segment: Segment) -> Segment:
    return Segment("\n".join(map(clean_source, segment.text.split("\n"))), segment.style)


def _replace_parts() -> None:
    """Put what follows in place of the parts of Textual's driver; where one is named otherwise, it stays."""
    try:
        from textual.drivers import linux_driver
    except ImportError:
        return  # Windows hands over characters
    mine = {"getincrementaldecoder": _tolerant, "XTermParser": _Parser, "WriterThread": _Writer}
    for name, part in mine.items():
        if hasattr(linux_driver, name):
            setattr(linux_driver, name, part)


def _tolerant(encoding: str) -> partial[codecs.IncrementalDecoder]:
    """Return what makes a decoder that reads what is no text as the sign for that."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


class _Parser(XTermParser):
    """Passes over what the terminal says unasked, and a key whose number (kitty's protocol) is none of Unicode's."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._answers = Answers()

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what *data* means; nothing at all is the end of what is typed."""
        typed = self._answers.without(data)
        return super().feed(typed) if typed or not data else ()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            yield from super()._sequence_to_key_events(sequence, alt)
        except (ValueError, OverflowError):
            yield Key(Keys.Ignore, sequence)


class _Writer(WriterThread):
    """Takes what it is given also where the terminal is gone, so that nobody waits for room in its queue."""

    def run(self) -> None:
        """Write what comes, and from the first error on write nothing."""
        try:
            super().run()
        except (OSError, ValueError):
            while self._queue.get() is not None:
                pass
