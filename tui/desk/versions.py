"""Which releases this program runs on, for reports."""

from __future__ import annotations

import platform
from importlib import metadata

NAMES = ("textual", "httpx", "tinydb", "pyperclip", "bibtexparser", "pylatexenc", "lxml", "platformdirs", "filelock")


def versions() -> dict[str, str]:
    """Return the version of Python and of each library, by name; one that is not there is missing."""
    found = {"python": platform.python_version()}
    for name in NAMES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    return found
