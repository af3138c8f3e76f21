"""A reader's key for a service, out of a file that nobody else can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tui.errors import SettingsError
from tui.text import clean

MAX_BYTES = 10_000
"""More than any service's key has."""


def read_key(path: Path) -> str:
    """Return the key in the file *path*: its only line, without the white space around it.

    Raises SettingsError, one sentence without a word of the file, where it is not there or no file, where others than
    its owner may read or change it, or where it holds anything but one line of plain letters.
    """
    shown = clean(str(path), 500)
    try:
        # Opened first and then looked at: what a name stands for may change in between. A pipe must not hold it up.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise SettingsError(f"The key file {shown} is no file.")
            # Windows has no such bits: whoever may read a file stands elsewhere there.
            if os.name == "posix" and state.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise SettingsError(f"The key file {shown} is open to others (make it yours alone: chmod 600).")
            key = file.read(MAX_BYTES).decode("ascii", "replace").strip()
    except OSError as error:
        raise SettingsError(
            f"The key file {shown} cannot be read ({error.strerror or type(error).__name__})."
        ) from None
    if not key or not key.isascii() or not key.isprintable():
        raise SettingsError(f"The key file {shown} does not hold a key: one line of plain letters is wanted.")
    return key
