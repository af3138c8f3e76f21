"""The headless face: commands for other programs and for scripts, through the same desk as the screens.

stdout is data, stderr is narration. A command loads no Textual; ``tests/test_imports.py`` holds it to that.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Sequence

from tui.cli import output, words
from tui.desk import Desk, opening
from tui.errors import PaperrackError


def run(argv: Sequence[str]) -> int:
    """Do what *argv* says and return the exit status: 0 done, 1 something failed, 2 wrong words, 130 interrupted."""
    output.prepare()
    try:
        return _run(words.parse(argv))
    except KeyboardInterrupt:
        output.narrate("Interrupted.")
        return 130
    except BrokenPipeError:
        output.close_quietly()
        return 0
    except PaperrackError as error:
        output.narrate(str(error))
        return 1


def _run(parsed: argparse.Namespace) -> int:
    parsed.json = getattr(parsed, "json", False)
    if parsed.command in (words.SCREENS, "demo"):
        return _open_screens(parsed)
    from tui.cli.commands import COMMANDS

    with _desk(parsed) as desk:
        for report in desk.library.reports:
            output.narrate(report)
        return COMMANDS[parsed.command](desk, parsed)


@contextlib.contextmanager
def _desk(parsed: argparse.Namespace) -> Iterator[Desk]:
    """Yield a desk on the reader's library, or on one that is thrown away."""
    settings = opening.settings(getattr(parsed, "config", None), getattr(parsed, "library", None))
    passing = parsed.command in ("demo", "bib") or getattr(parsed, "dry_run", False)
    with opening.throw_away(settings) if passing else opening.library(settings) as desk:
        yield desk


def _open_screens(parsed: argparse.Namespace) -> int:
    import sys

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        output.narrate("The screens need a terminal; without one, use a command (see paperrack --help).")
        return 2
    with _desk(parsed) as desk:
        from tui.app import PaperrackApp

        demo = parsed.command == "demo"
        paths = [str(opening.samples())] if demo else parsed.paths
        app = PaperrackApp(desk, paths, None if demo else parsed.format)
        app.run()
        return app.return_code or 0
