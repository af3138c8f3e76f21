"""Words that a reader names digests with, turned into issues: files, folders, addresses, standard input, pasted text.

Nothing here touches the library, so a screen may run it in a thread. A large file whose format allows it is read bit
by bit, and never held whole.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from tui.errors import PaperrackError, UnreadableError
from tui.frozen import dataclass
from tui.model import Choices, Inquiry, Issue, Marks
from tui.settings import Settings
from tui.text import clean

if TYPE_CHECKING:
    from tui.digests.document import Document

STDIN = "-"

LARGE = 4_000_000
"""From how many bytes on a file is read bit by bit where that can be done."""

_PIECE = 1 << 20
_BUFFER = 1 << 15
"""Bytes that are read ahead: a paper here and a paper there are read of a file that was gone through once."""


@dataclass(frozen=True)
class Source:
    """One file, address or text that was read: the issues it holds, or the one sentence why it holds none.

    Of a large file there are several, one after another, each with whole issues.
    """

    name: str
    issues: tuple[Issue, ...] = ()
    error: str | None = None
    marks: Mapping[tuple[int, int], Marks] = field(default_factory=dict)
    """The reader's own, where the source states them: by the issue's and the entry's place, from 0."""
    asked: Mapping[tuple[int, int], tuple[Inquiry, Choices]] = field(default_factory=dict)
    """What services said of papers before, and what the reader decided on it, likewise."""
    behind: int = 0
    """How many bytes of a large file are behind the reader when this is taken in."""
    size: int = 0
    """How many bytes the large file has; 0 where it was read at once."""


def is_address(words: str) -> bool:
    """Return whether *words* are meant as an address on the web rather than as a path."""
    return words.lower().startswith(("http://", "https://"))


def read_sources(words: Iterable[str], settings: Settings, format: str | None = None) -> Iterator[Source]:
    """Yield what each of *words* holds; a folder gives a result a file, a large file several.

    A failure is a result, never an exception.
    """
    for word in words:
        for name in named(word):
            yield from read_named(name, settings, format)


def named(word: str) -> list[str | Path | Source]:
    """Return what *word* names: files, in the order in which they are read, an address, or why there is nothing."""
    if word == STDIN or is_address(word):
        return [word]
    try:
        return _files(word)
    except PaperrackError as error:
        return [Source(word, error=str(error))]


def read_text(text: str, source: str, format: str | None = None) -> Source:
    """Return what a pasted *text* holds."""
    try:
        return open_text(text, source).read(format)
    except PaperrackError as error:
        return Source(source, error=str(error))


@dataclass(frozen=True)
class Opened:
    """A digest that was opened, and can be read as one kind and another."""

    document: Document

    def read(self, format: str | None = None) -> Source:
        """Return what it holds, as the kind that it is, or as *format*."""
        try:
            return _taken_apart(self.document.source, self.document, format)
        except PaperrackError as error:
            return Source(self.document.source, error=str(error))


def open_one(
    word: str, settings: Settings, asking: Callable[[Callable[[], None]], None] = lambda _stop: None
) -> Opened | None:
    """Return the file or the page that *word* names; None for folders, and for what may have to be read bit by bit.

    *asking* is given what ends the request for a page, from any thread, before it begins. Raises PaperrackError, in
    one sentence.
    """
    from tui.digests.document import open_document

    if is_address(word):
        return Opened(_fetched(word, settings, asking))
    path = Path(word).expanduser()
    return None if word == STDIN or path.is_dir() or _is_large(path) else Opened(open_document(path))


def open_text(text: str, source: str) -> Opened:
    """Return a pasted *text*. Raises UnreadableError."""
    from tui.digests.document import decode

    return Opened(decode(text.encode("utf-8", "replace"), source))


def _files(word: str) -> list[str | Path | Source]:
    from tui.digests.document import gather

    try:
        path = Path(word).expanduser()
    except RuntimeError:
        raise UnreadableError(f"{clean(word, 500)} is no path: its ~ has no home folder.") from None
    found: list[str | Path | Source] = list(gather(path))
    if not found:
        raise UnreadableError(f"{word} is a folder without a file that could be a digest.")
    return found


def read_named(name: str | Path | Source, settings: Settings, format: str | None = None) -> Iterator[Source]:
    """Yield what one of those that :func:`named` returns holds; a failure is a result, never an exception."""
    try:
        if isinstance(name, Source):
            yield name
        elif isinstance(name, Path):
            yield from _read_file(name, format)
        elif name == STDIN:
            yield from _read_stdin(format)
        else:
            yield _taken_apart(name, _fetched(name, settings), format)
    except PaperrackError as error:
        yield Source(str(name), error=str(error))


def _fetched(
    address: str, settings: Settings, asking: Callable[[Callable[[], None]], None] = lambda _stop: None
) -> Document:
    from tui.digests.document import decode
    from tui.providers import web

    network = settings.network
    stop = web.Stop()
    asking(stop.set)
    fetched = web.fetch(address, allow=network.allow, offline=network.offline, stop=stop)
    return decode(fetched.content, address, fetched.url)


def _read_file(path: Path, format: str | None) -> Iterator[Source]:
    from tui.digests.document import open_document

    if _is_large(path):
        with path.open("rb", _BUFFER) as file:
            found = _streamed(file, str(path), format)
            if found is not None:
                yield from found
                return
    yield _taken_apart(str(path), open_document(path), format)


def _is_large(path: Path) -> bool:
    """Return whether *path* is a large file that may be read; why another one cannot be, opening it will tell."""
    try:
        with path.open("rb") as file:
            return path.is_file() and file.seek(0, 2) > LARGE
    except (OSError, ValueError):
        return False


def _read_stdin(format: str | None) -> Iterator[Source]:
    from tui.digests.document import MAX_RECORD_BYTES, decode

    stream = sys.stdin.buffer
    data = stream.read(min(LARGE, MAX_RECORD_BYTES) + 1)
    if len(data) > LARGE and _format_of(data, format):
        with tempfile.TemporaryFile() as file:
            # Standard input cannot be read twice.
            _spool(data, stream, file)
            yield from _streamed(file, STDIN, format) or ()
        return
    if len(data) <= MAX_RECORD_BYTES:
        data += stream.read(MAX_RECORD_BYTES + 1 - len(data))
    yield _taken_apart(STDIN, decode(data, STDIN), format)


def _spool(data: bytes, stream: IO[bytes], file: BinaryIO | IO[bytes]) -> None:
    from tui.digests.document import MAX_STREAM_BYTES

    try:
        while data and file.tell() < MAX_STREAM_BYTES:
            file.write(data)
            data = stream.read(_PIECE)
    except OSError as error:
        why = error.strerror or error
        raise UnreadableError(f"Standard input cannot be kept while it is read: {clean(str(why), 200)}.") from None


def _format_of(head: bytes, format: str | None) -> bool:
    from tui.digests import reads_bit_by_bit

    return reads_bit_by_bit(head, STDIN, format)


def _streamed(file: BinaryIO | IO[bytes], name: str, format: str | None) -> Iterator[Source] | None:
    """Return what the large *file* holds, bit by bit; None where its format must have it whole."""
    from tui.digests import HEAD, collections, reads_bit_by_bit

    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not reads_bit_by_bit(head, name, format):
        return None
    return (
        Source(name, found.issues, marks=found.marks, asked=found.asked, behind=behind, size=size)
        for found, behind in collections(file, head, name, format)
    )


def _taken_apart(name: str, document: Document, format: str | None) -> Source:
    from tui.desk import limited
    from tui.digests import collect

    found = (limited.collect if limited.pays(document) else collect)(document, format)
    return Source(name, found.issues, marks=found.marks, asked=found.asked)
