"""The log file of one run, where the reader asked for one: what was asked of services, what failed and where."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from tui.errors import SettingsError
from tui.settings import Paths
from tui.text import clean


class _Clean(logging.Formatter):
    """One line a record: what comes from outside may not begin another one."""

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record), 4000)


def begin() -> Path:
    """Write a log from here on and return its file, which only the reader can read. Raises SettingsError."""
    folder = Paths.of_platform().log
    path = folder / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{os.getpid()}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the program
    except OSError as error:
        raise SettingsError(f"No log can be written to {clean(str(path))}: {error.strerror}.") from None
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Clean("%(asctime)s %(levelname)s %(name)s %(message)s"))
    ours = logging.getLogger("tui")
    ours.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    return path
