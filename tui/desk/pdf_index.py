"""Which PDF of a folder is whose: kept beside the PDFs, so that it moves with them and outlives a changed pattern.

It is one small file of JSON, written whole under a lock, for libraries and programs may share a folder::

    {"pdfs": {"saeed2020contrastive.pdf": {"paper": "arxiv:2010.10915", "from": "https://arxiv.org/pdf/2010.10915"}}}

A name is given to a paper before its PDF is fetched: what broke off is gone on with under the same name.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from tui.desk import writing
from tui.errors import LibraryError
from tui.text import clean

INDEX = ".paperrack.json"
LOCK = ".paperrack.lock"

_MOST_BYTES = 50_000_000
_PATIENCE = 10.0
"""Seconds that another program may hold the lock: it writes one file."""

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024

Notes = Mapping[str, Mapping[str, str]]
"""What is known of each PDF, by the name of its file: ``paper`` and ``from``."""


class PdfIndex:
    """The index of the PDFs in *folder*, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp: tuple[int, int, int] | None = None
        self._notes: Notes = {}
        self._names: dict[str, str] = {}

    def name_of(self, papers: Collection[str]) -> str | None:
        """Return the name that one of *papers*, ids that are one paper by now, has given to it, or None."""
        self._read()
        return next((self._names[paper] for paper in papers if paper in self._names), None)

    def __bool__(self) -> bool:
        """Return whether any paper has a name here."""
        self._read()
        return bool(self._names)

    def source(self, name: str) -> str | None:
        """Return the address that the PDF called *name* came from, where that is known."""
        self._read()
        return self._notes.get(name, {}).get("from")

    def claim(self, papers: Collection[str], named: Callable[[Callable[[str], bool]], str], adopts: bool) -> str:
        """Return the name that the first of *papers* goes by here, given by *named* where it has none yet.

        *named* is handed what says whether a name is taken. One that *adopts* takes a PDF that lies there and is
        nobody's for its own. Raises LibraryError where the folder cannot be written.
        """
        from tui.desk.file_names import same_name

        with self._alone():
            if known := self.name_of(papers):
                return known
            claimed = {same_name(name) for name in self._notes}

            def taken(name: str) -> bool:
                path = self.folder / name
                return same_name(name) in claimed or (os.path.lexists(path) and not (adopts and is_pdf(path)))

            name = named(taken)
            self._write({**self._notes, name: {"paper": next(iter(papers))}})
            return name

    def note(self, name: str, url: str) -> None:
        """Keep that the PDF called *name* came from *url*. Raises LibraryError."""
        with self._alone():
            self._read()
            self._write({**self._notes, name: {**self._notes.get(name, {}), "from": url}})

    # The file

    def _read(self) -> None:
        """Read the file again if it changed; one that is damaged says nothing."""
        path = self.folder / INDEX
        try:
            status = path.stat()
            stamp = status.st_mtime_ns, status.st_size, status.st_ino
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return
        self._stamp, self._notes, self._names = stamp, {}, {}
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if stamp and stamp[1] <= _MOST_BYTES and path.is_file():
                self._notes = dict(_notes(json.loads(path.read_bytes())))
                self._names = {note["paper"]: name for name, note in self._notes.items() if "paper" in note}

    def _write(self, notes: Notes) -> None:
        with self._writing():
            writing.replace(
                self.folder / INDEX, json.dumps({"pdfs": notes}, ensure_ascii=False, indent=1) + "\n", 0o600
            )

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        with self._writing():
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK, mode=0o600, thread_local=False)
            try:
                lock.acquire(timeout=_PATIENCE)
            except Timeout:
                raise LibraryError(f"Another program holds the folder {clean(str(self.folder), 300)}.") from None
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, NotImplementedError) as error:
            why = getattr(error, "strerror", None) or str(error)
            words = f"The folder {clean(str(self.folder), 300)} cannot be written ({clean(why, 100).rstrip('.')})."
            raise LibraryError(words) from None


def is_pdf(path: Path) -> bool:
    """Return whether *path* is a file that begins as a PDF does."""
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return _MAGIC in file.read(_MAGIC_WITHIN)
    return False


def _notes(document: object) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what a file states that can be believed: names of files in this folder, and texts."""
    pdfs = document.get("pdfs") if isinstance(document, dict) else None
    for name, note in pdfs.items() if isinstance(pdfs, dict) else ():
        plain = name and name == os.path.basename(name) and name.isprintable() and name[0] != "." and "\\" not in name
        if plain and name.endswith(".pdf") and isinstance(note, dict):
            yield name, {field: text for field, text in note.items() if isinstance(text, str)}
