"""Words that a reader names digests with, turned into issues: files, folders, addresses, standard input, pasted text.

Nothing here touches the library, so a screen may run it in a thread.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import PaperrackError, UnreadableError
from tui.model import Choices, Inquiry, Issue, Marks
from tui.settings import Settings
from tui.text import clean

if TYPE_CHECKING:
    from tui.digests.document import Document

STDIN = "-"


@dataclass(frozen=True)
class Source:
    """One file, address or text that was read: the issues it holds, or the one sentence why it holds none."""

    name: str
    issues: tuple[Issue, ...] = ()
    error: str | None = None
    marks: Mapping[tuple[int, int], Marks] = field(default_factory=dict)
    """The reader's own, where the source states them: by the issue's and the entry's place, from 0."""
    asked: Mapping[tuple[int, int], tuple[Inquiry, Choices]] = field(default_factory=dict)
    """What services said of papers before, and what the reader decided on it, likewise."""


def is_address(words: str) -> bool:
    """Return whether *words* are meant as an address on the web rather than as a path."""
    return words.lower().startswith(("http://", "https://"))


def read_sources(words: Iterable[str], settings: Settings, format: str | None = None) -> Iterator[Source]:
    """Yield what each of *words* holds; a folder gives one result a file. A failure is a result, never an exception."""
    for word in words:
        try:
            names = [word] if word == STDIN or is_address(word) else _files(word)
        except PaperrackError as error:
            yield Source(word, error=str(error))
            continue
        for name in names:
            yield _read_one(name, settings, format)


def read_text(text: str, source: str, format: str | None = None) -> Source:
    """Return what a pasted *text* holds."""
    from tui.digests.document import decode

    try:
        return _taken_apart(source, decode(text.encode("utf-8", "replace"), source), format)
    except PaperrackError as error:
        return Source(source, error=str(error))


def _files(word: str) -> list[str | Path]:
    from tui.digests.document import gather

    try:
        path = Path(word).expanduser()
    except RuntimeError:
        raise UnreadableError(f"{clean(word, 500)} is no path: its ~ has no home folder.") from None
    found: list[str | Path] = list(gather(path))
    if not found:
        raise UnreadableError(f"{word} is a folder without a file that could be a digest.")
    return found


def _read_one(name: str | Path, settings: Settings, format: str | None) -> Source:
    from tui.digests.document import MAX_RECORD_BYTES, decode, open_document

    try:
        if isinstance(name, Path):
            document = open_document(name)
        elif name == STDIN:
            document = decode(sys.stdin.buffer.read(MAX_RECORD_BYTES + 1), STDIN)
        else:
            from tui.providers import web

            network = settings.network
            # A page is no service, so it is not told whom to write to.
            fetched = web.fetch(name, allow=network.allow, offline=network.offline)
            document = decode(fetched.content, name, fetched.url)
        return _taken_apart(str(name), document, format)
    except PaperrackError as error:
        return Source(str(name), error=str(error))


def _taken_apart(name: str, document: Document, format: str | None) -> Source:
    from tui.digests import collect

    found = collect(document, format)
    return Source(name, found.issues, marks=found.marks, asked=found.asked)
