"""The terminal's ways to the clipboard: tmux's buffer, and OSC 52 (xterm's "Manipulate Selection Data")."""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Callable, Mapping

from tui.clipboard.place import LIMIT, RouteError, program, run

LONGEST = 74_994
"""Bytes of text that terminals are known to take: 100,000 in base64, with the frame (hterm, and xterm by default)."""

_SCREEN_PIECE = 500  # GNU screen drops a longer device control string.


def tmux_missing(environ: Mapping[str, str]) -> str | None:
    """Return why tmux's buffer cannot be used, or None where it can."""
    if not environ.get("TMUX"):
        return "not inside tmux"
    return None if program("tmux", environ) else "inside tmux, but its program is not found"


def to_tmux(environ: Mapping[str, str], text: str) -> None:
    """Set tmux's buffer to *text* and have tmux pass it on to the terminal outside. Raises RouteError."""
    tmux, given = program("tmux", environ) or "tmux", text.encode()
    try:
        run([tmux, "load-buffer", "-w", "-"], environ=environ, given=given)
    except RouteError:
        # Before 3.2 tmux knew no -w and passed buffers on by its own setting.
        run([tmux, "load-buffer", "-"], environ=environ, given=given)
    if run([tmux, "save-buffer", "-"], environ=environ) != given:
        raise RouteError("its buffer holds something else")


def from_tmux(environ: Mapping[str, str]) -> str:
    """Return the text of tmux's newest buffer. Raises RouteError."""
    return run([program("tmux", environ) or "tmux", "save-buffer", "-"], environ=environ)[:LIMIT].decode(
        "utf-8", "replace"
    )


def deaf(environ: Mapping[str, str]) -> str | None:
    """Return why this terminal is known to pass OSC 52 by, or None where it may listen."""
    kind = environ.get("TERM", "")
    if sys.platform != "win32" and kind in ("", "dumb", "linux", "unknown"):
        return f"a terminal of kind {kind} has no clipboard" if kind else "TERM is not set"
    return "Apple's Terminal takes no OSC 52" if environ.get("TERM_PROGRAM") == "Apple_Terminal" else None


def too_long(text: str) -> str | None:
    """Return why *text* is too long for a terminal, or None."""
    size = len(text.encode())
    return f"{size:,} bytes, and terminals take {LONGEST:,}" if size > LONGEST else None


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """Return the control sequence that asks the terminal to put *text* on the clipboard."""
    asked = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    if not environ.get("STY"):
        return asked
    # GNU screen passes on what stands in a device control string, and nothing else.
    pieces = (asked[start : start + _SCREEN_PIECE] for start in range(0, len(asked), _SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def terminal_writer(environ: Mapping[str, str] | None = None) -> Callable[[str], None] | None:
    """Return what hands a text to the terminal by OSC 52, for a program without a screen; None without a terminal."""
    env = dict(os.environ) if environ is None else environ
    return (lambda text: _write(sequence(text, env))) if has_terminal() else None


def has_terminal() -> bool:
    """Return whether this process has a terminal to write to, be stdout and stderr redirected or not."""
    try:
        with open("/dev/tty", "wb", buffering=0):
            return True
    except OSError:
        return sys.stderr is not None and sys.stderr.isatty()


def _write(asked: str) -> None:
    try:
        tty = open("/dev/tty", "w", encoding="ascii")  # noqa: SIM115 - closed below; only the opening may fail over
    except OSError:
        sys.stderr.write(asked)
        sys.stderr.flush()
        return
    with tty:
        tty.write(asked)
