"""What this machine remembers of the reader's files from run to run: the last ``.bib``, and which were exports of ours.

It lies in the state folder, apart from every library; what cannot be read there is not remembered.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tui.desk import writing
from tui.settings import Paths

_MOST_BYTES = 100_000
"""The file is tiny, and is not read where it is not."""
_MOST_WRITTEN = 100
"""How many exports are remembered; the oldest goes for the next."""


def last_used() -> Path | None:
    """Return the ``.bib`` file that was written into last, None where there is none, or it is gone."""
    try:
        path = Path(str(_stated()["into"]))
        return path if path.is_file() else None
    except (OSError, ValueError, KeyError):
        return None


def remember_last(path: Path) -> None:
    """Remember the file for the next time; where that cannot be kept, the reader names it again."""
    _keep(_stated() | {"into": str(path)})


def remember_export(path: Path, digest: str) -> None:
    """Remember that the file *path* is an export of ours, whose bytes have *digest* (SHA-256, in hexadecimal)."""
    written = {name: each for name, each in _written().items() if name != str(path)} | {str(path): digest}
    _keep(_stated() | {"written": dict(list(written.items())[-_MOST_WRITTEN:])})


def export_at(path: Path) -> str | None:
    """Return the digest of what was exported to the file *path* last, None where none was."""
    found = _written().get(str(path))
    return found if isinstance(found, str) else None


def _written() -> dict[str, Any]:
    found = _stated().get("written")
    return found if isinstance(found, dict) else {}


def _place() -> Path:
    return Paths.of_platform().state


def _stated() -> dict[str, Any]:
    try:
        place = _place()
        stated = json.loads(place.read_bytes()) if place.stat().st_size < _MOST_BYTES else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return stated if isinstance(stated, dict) else {}


def _keep(stated: dict[str, Any]) -> None:
    place = _place()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        writing.replace(place, json.dumps(stated), 0o600)
    except (OSError, ValueError):
        return
