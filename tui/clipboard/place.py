"""Where the program runs, as far as the clipboard cares: at the reader's machine or on another, in tmux or not."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

from tui.text import clean

LIMIT = 20_000_000
"""The most bytes that are read from a clipboard: as much as a digest may have."""


class RouteError(Exception):
    """A route did not take the text; ``str()`` is the reason, a part of a sentence."""


def program(name: str, environ: Mapping[str, str]) -> str | None:
    """Return the path of the program *name* as a shell with *environ* would find it."""
    return shutil.which(name, path=environ.get("PATH", os.defpath))


def is_remote(environ: Mapping[str, str]) -> bool:
    """Return whether the reader sits at another machine and no display of that machine reaches here."""
    if not (_ssh(environ)):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    # A forwarded X display has a host before the colon (sshd: localhost:10.0); waypipe names its socket after itself.
    host = environ.get("DISPLAY", "").rpartition(":")[0]
    return not host and "waypipe" not in environ.get("WAYLAND_DISPLAY", "")


def _ssh(environ: Mapping[str, str]) -> bool:
    here = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    tmux = program("tmux", environ) if environ.get("TMUX") else None
    if not tmux:
        return here
    # A shell in tmux keeps the environment of its first day; tmux knows how the reader is attached now.
    try:
        line = run([tmux, "show-environment", "SSH_CONNECTION"], environ=environ, timeout=2).decode("utf-8", "replace")
    except RouteError:
        return here
    return line.startswith("SSH_CONNECTION=") if line.strip() else here


def run(
    command: Sequence[str], *, environ: Mapping[str, str], given: bytes = b"", output: bool = True, timeout: float = 5
) -> bytes:
    """Run *command* with *given* on its stdin and return its stdout (empty if not *output*).

    Raises RouteError where it cannot be started, fails or takes longer than *timeout* seconds.
    """
    # stderr goes to a file: clipboard tools stay behind in the background and would hold a pipe open for ever,
    # ours or that of the program which reads our output. For the same reason the caller says whether it wants stdout.
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603 - a list of words, no shell
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if output else subprocess.DEVNULL,
                stderr=errors,
                env=dict(environ),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise RouteError(clean(str(error), 120)) from error
        with process:
            try:
                got, _ = process.communicate(given, timeout=timeout)
            except subprocess.TimeoutExpired:
                _end(process)
                raise RouteError(f"no answer within {timeout:g} seconds") from None
        if process.returncode:
            errors.seek(0)
            said = errors.read(4000).decode("utf-8", "replace").strip().splitlines()
            raise RouteError(clean(said[-1], 120) if said else f"it ended with status {process.returncode}")
    return got or b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End *process* with all that it started; it leads its own session."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
