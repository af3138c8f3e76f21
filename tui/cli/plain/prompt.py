"""The prompt: lines come in, from a terminal or a pipe, and what the commands say goes out, a page at a time."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from tui import __version__
from tui.cli import streams
from tui.cli.plain import taking
from tui.cli.plain.reading import Reading
from tui.cli.plain.table import Command, find
from tui.cli.waiting import Held
from tui.desk.marking import count
from tui.errors import PaperrackError, UnknownError
from tui.text import clean

PROMPT = "paperrack: "
PAGE = 20
"""Lines that are said before a reader at a terminal is waited for."""


class Prompt:
    """The talk with a reader. Without a terminal nothing is waited for, and what fails counts."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._typed = sys.stdin is not None and sys.stdin.isatty()
        self._page = PAGE if self._typed else 0
        self._rest: Iterator[str] = iter(())
        self._told = 0
        self._failed = False

    def run(self, paths: Sequence[str], format: str | None = None) -> int:
        """Talk until the reader leaves; return the exit status."""
        self._report()
        self._try(partial(self._begin, paths, format))
        for line in self._lines():
            words = line.strip()
            if words and "quit".startswith(words.lower()):
                break
            self._try(partial(self._obey, words))
        return int(self._failed and not self._typed)

    def _begin(self, paths: Sequence[str], format: str | None) -> None:
        reading = self._reading
        counts = reading.desk.counts()
        if self._typed:
            streams.say(f"paperrack {__version__}, in lines. help says the commands, quit leaves.")
            held = f"{count(counts.papers, 'paper')}, {counts.unread:,} unread, {counts.marked:,} marked"
            streams.say(f"{count(len(reading.issues), 'issue')}, {held}." if counts.papers else "The library is empty.")
        if reading.issues:
            reading.open_issue(reading.issues[0].id)
        if paths:
            taking.take_in(reading, paths, format)
        if self._typed and len(reading.papers):
            streams.say(f"Open is {reading.head}")

    def _obey(self, words: str) -> None:
        """Do what a line says: an empty one goes on."""
        rest = list(itertools.islice(self._rest, 1)) if not words else []
        if rest:
            self._say(itertools.chain(rest, self._rest))
            return
        self._rest = iter(())
        name, _, behind = (words or "next").partition(" ")
        command = find(name)
        self._reading.renew()
        self._say(self._set_page(behind) if command.name == "page" else self._done(command, behind.strip()))
        self._reading.desk.library.flush()

    def _done(self, command: Command, words: str) -> Iterable[str]:
        """Return what is said by *command*, which is done by then, or is done while it is said."""
        if not command.whole:
            return command.do(self._reading, words)
        with contextlib.closing(Held()) as held, held:
            # control C in the middle of a change would leave half of it; what is done is done.
            return list(command.do(self._reading, words))

    def _set_page(self, words: str) -> Iterable[str]:
        if words and not (words.isdecimal() and len(words) < 6):
            raise UnknownError(f"{clean(words, 40)!r} is no number of lines.")
        self._page = int(words) if words else self._page
        yield f"It waits after {count(self._page, 'line')}." if self._page else "It never waits."

    def _say(self, lines: Iterable[str]) -> None:
        """Say a page of *lines*, and keep the rest of them for an empty line."""
        every = iter(lines)
        for line in itertools.islice(every, self._page) if self._page else every:
            streams.say(line)
        following = list(itertools.islice(every, 1))
        if following:
            streams.say("More follows: an empty line goes on.")
        self._rest = itertools.chain(following, every)

    def _try(self, do: Callable[[], object]) -> None:
        """Do something of which it is said why it fails, and go on."""
        try:
            do()
        except PaperrackError as error:
            sys.stdout.flush()
            streams.narrate(str(error))
            self._failed = True
        except KeyboardInterrupt:
            if not self._typed:
                raise
            self._rest = iter(())
            print()  # off the line on which the terminal wrote ^C
            streams.narrate("Interrupted.")
        finally:
            self._report()
            sys.stdout.flush()

    def _report(self) -> None:
        """Say what the library reports."""
        reports = self._reading.desk.library.reports
        for report in reports[self._told :]:
            streams.narrate(report)
        self._told = len(reports)

    def _lines(self) -> Iterator[str]:
        """Yield the lines that come in, to their end."""
        if not self._typed:
            if reconfigure := getattr(sys.stdin, "reconfigure", None):
                reconfigure(encoding="utf-8", errors="replace")
            yield from sys.stdin or ()
            return
        from tui.cli.plain.typed import ready

        ready(self._reading)
        while True:
            try:
                yield input(PROMPT)
            except EOFError:
                print()
                return
            except KeyboardInterrupt:
                print()
