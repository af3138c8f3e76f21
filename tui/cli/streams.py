"""The two streams of a command: stdout is data, stderr is narration. The door needs them before anything is loaded."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
from types import TracebackType

from tui.text import clean, clean_source, drop_controls


def prepare() -> None:
    """Make both streams UTF-8, whatever the locale says; what no stream can carry is shown by its number."""
    _fill()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _fill() -> None:
    """Put the null device where a stream is closed: a file of the library would be opened under its number."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            try:
                os.fstat(number)
            except OSError:
                null = os.open(os.devnull, os.O_RDWR)
                if null != number:
                    os.dup2(null, number)
                    os.close(null)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - it lives as long as the program


def say(line: str) -> None:
    """Print *line* of data, safe for a terminal; the blanks before it are ours and stay."""
    print(" " * (len(line) - len(line.lstrip(" "))) + clean(line))


def write(text: str) -> None:
    """Print *text* of many lines as it stands, without what a terminal would obey; its line ends are its own."""
    if not text.replace("\n", "").replace("\r\n", "").replace("\t", "").isprintable():
        text = "".join(
            part if part in ("\n", "\r\n", "\t") else drop_controls(part) for part in re.split(r"(\r?\n|\t)", text)
        )
    sys.stdout.write(text)


def guard() -> None:
    """Let the errors that nobody foresaw be printed safely too: their words may be a stranger's."""
    sys.excepthook = _unforeseen
    threading.excepthook = lambda args: _unforeseen(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    import traceback

    if sys.stderr is not None and not issubclass(kind, SystemExit):
        sys.stderr.write(clean_source("".join(traceback.format_exception(kind, error, trace))))


def narrate(sentence: str) -> None:
    """Print *sentence* on stderr, safe for a terminal; where nobody can hear it, all goes on."""
    with contextlib.suppress(OSError):
        print(clean(sentence), file=sys.stderr)


def close_quietly() -> None:
    """After a closed pipe: let nothing be written when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def settle() -> None:
    """Write out what is left, and let go what cannot be: Python would make an exit status of its own of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
