"""One document of a file, read by its place without the others."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from tui.library.atomic import read_part
from tui.library.contents import StaleError, Stamp
from tui.library.documents import name_of
from tui.library.shards import mapping
from tui.library.storage import document_in
from tui.model import Entry
from tui.shapes import restore

_LARGEST = 64_000_000
"""Bytes of the largest document."""


def entry_at(path: str | os.PathLike[str], stamp: Stamp, start: int, length: int) -> tuple[Entry, str]:
    """Return the entry at a place in the issue's file *path*, and the paper that it speaks of.

    Raises StaleError where the file has another stamp than *stamp* by now.
    """
    document = _document(path, stamp, start, length)
    shape, paper = document.get("entry"), name_of(document.get("paper"))
    if not isinstance(shape, dict) or paper is None:
        raise StaleError(f"{path} holds no entry there any more.")
    return restore(Entry, shape), paper


def inquiry_at(path: str | os.PathLike[str], stamp: Stamp, start: int, length: int) -> Mapping[str, Any]:
    """Return what services said of the paper at a place in the shard *path*. Raises as :func:`entry_at`."""
    return mapping(_document(path, stamp, start, length).get("inquiry"))


def _document(path: str | os.PathLike[str], stamp: Stamp, start: int, length: int) -> Mapping[str, Any]:
    if not (type(start) is int and type(length) is int and start >= 0 and 0 < length <= _LARGEST):
        raise StaleError(f"Nothing can lie at {start!r:.40} in {path}.")  # the index says what it likes
    try:
        raw, now = read_part(path, start, length)
        found = document_in(raw) if now == stamp else None
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise StaleError(f"{path} is another file by now.")
    return found
