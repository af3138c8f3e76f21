"""The reader's file as it is on the disk: its bytes, its habits, and an index of what is in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tui.errors import ExportError
from tui.exports.bibfile.entries import BibEntry, Macros
from tui.exports.bibfile.scan import Scanned, UnclosedError, keys_in, scan
from tui.exports.bibfile.strictly import check_end
from tui.text import clean

MAX_BYTES = 100_000_000
"""A larger file is no bibliography."""

MAX_REMARKS = 20
"""What is said of a file's defects, one by one, before the others are only counted."""

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class BibFile:
    """A ``.bib`` file that was read: ``path`` is the file itself, behind links; ``content`` is empty where it is new.

    ``remarks`` are sentences for the reader on what is odd in it.
    """

    path: Path
    exists: bool
    content: bytes
    entries: tuple[BibEntry, ...]
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name, safe to print."""
        return clean(self.path.name, 200)

    @cached_property
    def newline(self) -> bytes:
        """The line end that most lines have; a new file gets the one of Unix."""
        windows, unix = self.content.count(b"\r\n"), self.content.count(b"\n")
        if not unix and b"\r" in self.content:
            return b"\r"
        return b"\r\n" if windows * 2 > unix else b"\n"

    @property
    def bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.content.startswith(BOM)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key in the file, in lower case, those in comments and broken entries too: BibTeX reads them."""
        return frozenset(key.lower() for key in keys_in(self.content.decode())) | {e.key.lower() for e in self.entries}


def read(path: Path) -> BibFile:
    """Return the file *path*; a missing one is empty.

    Raises ExportError where it cannot be read or nothing may be added: it is not UTF-8, too large or no ordinary
    file, or an entry is not closed, so that whatever came behind it would be lost.
    """
    name = clean(str(path), 500)
    try:
        path = path.expanduser()
        real = Path(os.path.realpath(path))
        content = _content(real, name)
    except (OSError, RuntimeError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error).rstrip(".")
        raise ExportError(f"{name} could not be read: {clean(why, 200)}.") from None
    remarks = [f"{name} is a link, and the file written is {clean(str(real), 500)}."] if path.is_symlink() else []
    entries = entries_in(content or b"", name)
    return BibFile(real, content is not None, content or b"", entries, (*remarks, *_doubles(entries, name)))


def _content(path: Path, name: str) -> bytes | None:
    """Return the bytes of the file, None where there is none."""
    try:
        # A pipe would be waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise ExportError(f"{name} is a folder and no .bib file.")
        if not stat.S_ISREG(mode):
            raise ExportError(f"{name} is no ordinary file.")
        with open(handle, "rb", closefd=False) as file:
            content = file.read(MAX_BYTES + 1)
    finally:
        os.close(handle)
    if len(content) > MAX_BYTES:
        raise ExportError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB and is no bibliography.")
    return content


def entries_in(content: bytes, name: str, *, ours: bool = False) -> tuple[BibEntry, ...]:
    """Return the entries in *content*, called *name*; *ours* is what was written behind a file that was looked at.

    Raises ExportError where it is not UTF-8 or an entry is not closed.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExportError(f"{name} is not UTF-8 (line {line}); save it as UTF-8 first.") from None
    try:
        found = scan(text)
        if found.odd and not ours:
            check_end(text)
    except UnclosedError as error:
        raise ExportError(_unclosed(error, text, name)) from None
    return tuple(_entries(text, found))


def _unclosed(error: UnclosedError, text: str, name: str) -> str:
    line = text.count("\n", 0, error.start) + 1
    if error.key:
        what = f"The entry {clean(error.key, 100)}"
    else:
        what = f"The @{clean(error.kind, 40)}" if error.kind else "The @"
    return f"{what} in line {line} of {name} is not closed, so an entry behind it would be lost."


def _entries(text: str, found: Scanned) -> Iterator[BibEntry]:
    """Yield the entries with their places in bytes and lines."""
    ascii_only, macros = text.isascii(), Macros(found.macros)
    at = place = 0
    line = 1
    for block in found.blocks:
        line += text.count("\n", at, block.start)
        start = block.start if ascii_only else place + len(text[at : block.start].encode())
        size = block.end - block.start if ascii_only else len(text[block.start : block.end].encode())
        yield BibEntry(block.kind, block.key, block.fields, start, start + size, line, macros, block.broken)
        line += text.count("\n", block.start, block.end)
        at, place = block.end, start + size


def _doubles(entries: tuple[BibEntry, ...], name: str) -> list[str]:
    """Return what is to be said of keys that stand twice: BibTeX takes the first entry."""
    first: dict[str, BibEntry] = {}
    said: list[str] = []
    more = 0
    for entry in entries:
        other = first.setdefault(entry.key.lower(), entry)
        if other is entry:
            continue
        more += len(said) >= MAX_REMARKS
        if len(said) < MAX_REMARKS:
            key = clean(entry.key, 100)
            said.append(
                f"The key {key} stands twice in {name}, in lines {other.line} and {entry.line}; the first counts."
            )
    return [*said, f"{more:,} more keys stand twice in {name}."] if more else said
