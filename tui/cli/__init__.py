"""The headless face: commands for other programs and for scripts, through the same desk as the screens.

stdout is data, stderr is narration. A command loads no Textual; ``tests/test_imports.py`` holds it to that.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from tui.cli import streams
from tui.errors import PaperrackError

if TYPE_CHECKING:
    import argparse

    from tui.desk import Desk

Screens = Callable[["Desk", Sequence[str], "str | None"], int]
"""Opens the screens on a desk, takes in paths and addresses first, of a named format, and returns the exit status."""


def run(argv: Sequence[str], screens: Screens) -> int:
    """Do what *argv* says and return the exit status: 0 done, 1 something failed, 2 wrong words, 130 interrupted.

    *screens* is called where no command is named: the door has it, for a command must not know the screens.
    """
    streams.prepare()
    try:
        return _flushed(argv, screens)
    except KeyboardInterrupt:
        streams.narrate("Interrupted.")
        return 130
    except BrokenPipeError:
        streams.close_quietly()
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        # A stream's own errors name no file.
        streams.close_quietly()
        streams.narrate(f"The output could not be written: {error.strerror or error}.")
        return 1
    except PaperrackError as error:
        streams.narrate(str(error))
        return 1


def _flushed(argv: Sequence[str], screens: Screens) -> int:
    """Do what *argv* says and write it all out, for only then is it known whether that can be done."""
    try:
        if list(argv[:1]) == ["complete"]:
            # A shell asks, at every press of a key: what the others need is not loaded.
            from tui.cli.completing import complete

            return complete(argv[1:])
        if (opened := _only_opened(argv)) is not None:
            return _run(opened, screens)
        from tui.cli import words

        return _run(words.parse(argv), screens)
    finally:
        if sys.stdout:
            sys.stdout.flush()


def _only_opened(argv: Sequence[str]) -> argparse.Namespace | None:
    """Return what ``words.parse`` does of *argv* that open the screens and name a library or settings at most.

    That is what most calls are, and the parser takes a hundredth of their start. None of any other words.
    """
    given = dict(zip(argv[::2], argv[1::2], strict=False))
    if len(argv) % 2 or not given.keys() <= {"--library", "--config"} or any(w[:1] == "-" for w in argv[1::2]):
        return None
    named = {name.removeprefix("--"): word for name, word in given.items()}
    # It has all that is asked of it; argparse itself is among what is not loaded.
    return cast("argparse.Namespace", SimpleNamespace(command="screens", paths=[], format=None, **named))


def _run(parsed: argparse.Namespace, screens: Screens) -> int:
    parsed.json = getattr(parsed, "json", False)
    if getattr(parsed, "verbose", False):
        from tui.desk import logbook

        streams.narrate(f"The log of this run is {logbook.begin()}.")
    if parsed.command in ("screens", "demo"):
        return _open_screens(parsed, screens)
    if parsed.command in ("completions", "man"):
        from tui.cli.about import ALONE

        return ALONE[parsed.command](parsed)
    from tui.cli.commands import COMMANDS

    with _ahead(parsed), _desk(parsed) as desk:
        # A command ends before anybody looks around: what another program wrote into a file is taken in first.
        desk.filling.sync(whole=True)
        told = 0
        try:
            told = _report(desk, told)
            return COMMANDS[parsed.command](desk, parsed)
        finally:
            _report(desk, told)


def _ahead(parsed: argparse.Namespace) -> contextlib.AbstractContextManager[None]:
    """Return the block in which a command begins with what it needs no library for."""
    if parsed.command != "add":
        return contextlib.nullcontext()
    from tui.cli.adding import starting

    return starting(parsed)


def _report(desk: Desk, told: int) -> int:
    """Say what the library reports, but for the first *told* of it, and return how much that is by now."""
    reports = desk.library.reports
    for report in reports[told:]:
        streams.narrate(report)
    return len(reports)


@contextlib.contextmanager
def _desk(parsed: argparse.Namespace) -> Iterator[Desk]:
    """Yield a desk on the reader's library, or on one that is thrown away."""
    from tui.desk import opening

    settings = opening.settings(getattr(parsed, "config", None), getattr(parsed, "library", None))
    passing = parsed.command in ("demo", "bib") or getattr(parsed, "dry_run", False)
    passing_desk = opening.throw_away(settings, recorded=parsed.command == "demo")
    with passing_desk if passing else opening.library(settings, _indexing()) as desk:
        yield desk


def _indexing() -> Callable[[int, int], None]:
    """Return what says how far an index is that is made anew; most starts make none, and load nothing for it."""
    made: list[Callable[[int, int], None]] = []

    def told(done: int, total: int) -> None:
        if not made:
            from tui.cli.waiting import Indexing

            made.append(Indexing().told)
        made[0](done, total)

    return told


def _open_screens(parsed: argparse.Namespace, screens: Screens) -> int:
    from tui.desk import opening

    paths = getattr(parsed, "paths", ())
    if paths and (wrong := _misspelt(paths)):
        streams.narrate(wrong)
        return 2
    if getattr(parsed, "plain", False):
        from tui.cli import plain

        show: Screens = plain.read
    elif why := _no_screens():
        streams.narrate(why)
        return 2
    else:
        show = screens
    with _desk(parsed) as desk:
        if parsed.command == "demo":
            return show(desk, [str(opening.samples())], None)
        return show(desk, parsed.paths, parsed.format)


def _misspelt(paths: Sequence[str]) -> str | None:
    from tui.cli import words

    return words.misspelt(paths)


def _no_screens() -> str | None:
    """Return why the screens cannot be shown here, in a sentence, or None where they can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "The screens need a terminal; without one, use a command (see paperrack --help), or paperrack --plain."
    if os.environ.get("TERM") == "dumb":
        return "This terminal (TERM=dumb) shows no screens; paperrack --plain reads in lines."
    return None
