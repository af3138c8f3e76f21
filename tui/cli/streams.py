"""The two streams of a command: stdout is data, stderr is narration. The door needs them before anything is loaded."""

from __future__ import annotations

import os
import sys

from tui.text import clean


def prepare() -> None:
    """Make both streams UTF-8, whatever the locale says; what no stream can carry is shown by its number."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """Print *line* of data, safe for a terminal; the blanks before it are ours and stay."""
    print(" " * (len(line) - len(line.lstrip(" "))) + clean(line))


def narrate(sentence: str) -> None:
    """Print *sentence* on stderr, safe for a terminal."""
    print(clean(sentence), file=sys.stderr)


def close_quietly() -> None:
    """After a closed pipe: let nothing be written when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
