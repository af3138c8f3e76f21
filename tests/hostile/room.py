"""Where hostile cases happen: folders of their own, a library, commands within this process, and what they leave."""

from __future__ import annotations

import contextlib
import copy
import functools
import io
import os
from collections.abc import Iterator
from pathlib import Path

from tests.cli.calling import Done
from tui.cli import run, streams, words
from tui.cli.commands import COMMANDS
from tui.desk import Desk
from tui.errors import PaperrackError
from tui.library import Library
from tui.settings import Network, Settings

OFFLINE = Settings(network=Network(offline=True))
CANARY = "canary"
"""What every payload that could run something would make: a file of this name."""


_parsed = functools.cache(words.parse)


class Room:
    """A folder ``outside`` with what a case brings, and a library beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outside = folder / "outside"
        self.outside.mkdir(parents=True)
        self.library = folder / "library"

    @contextlib.contextmanager
    def desk(self, settings: Settings = OFFLINE) -> Iterator[Desk]:
        """Yield a desk on the library."""
        with Desk(Library(self.library), settings, backups=False) as desk:
            yield desk

    def put(self, name: str, data: bytes | str) -> Path:
        """Write a file that a stranger made and return its path."""
        path = self.outside / name
        path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
        return path

    def call(self, *argv: str) -> Done:
        """Run a command on the library, as the program itself does."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                place = ["--library", str(self.library)]
                # What shells ask knows the library only behind its words.
                status = run([*argv, *place] if argv[0] == "complete" else [*place, *argv], lambda *_: 99)
            except SystemExit as end:
                status = int(end.code or 0)
        return Done(status, out.getvalue(), err.getvalue())

    def say(self, desk: Desk, *argv: str) -> Done:
        """Run a command on a desk that is open."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                # Building the parser takes longer than most commands.
                parsed = copy.copy(_parsed(argv))
                parsed.json = getattr(parsed, "json", False)
                status = COMMANDS[parsed.command](desk, parsed)
            except PaperrackError as error:
                streams.narrate(str(error))
                status = 1
        return Done(status, out.getvalue(), err.getvalue())

    def around(self) -> set[str]:
        """Return every path below the folder but those of the library."""
        found = set()
        for base, folders, files in os.walk(self.folder):
            if Path(base) == self.folder and "library" in folders:
                folders.remove("library")
            found |= {os.path.join(base, each) for each in (*folders, *files)}
        return found

    def canaries(self) -> list[str]:
        """Return what was made by something that ran."""
        return [os.path.join(base, each) for base, _, files in os.walk(self.folder) for each in files if each == CANARY]
