"""TinyDB's storage as this library needs it: one small JSON file, replaced whole, with a checksum and a schema number.

A file is TinyDB's own shape, tables of numbered documents, laid out one document a line so that git shows and merges
papers and not one long line::

    {"_meta": {"1": {"checksum": "sha256 of what follows, without the last brace", "documents": 2, "schema": 2}},
    "papers": {
    "1": {"id": "arxiv:2010.10915", "marks": {"marked": true}},
    "2": {"id": "doi:10.1000/182", "marks": {"state": "read"}}
    }}
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage

from tui.errors import LibraryError
from tui.frozen import dataclass
from tui.library.atomic import SYSTEM, System, read_file, replace_file
from tui.library.contents import NOWHERE, Place, Stamp
from tui.library.numbering import DECODER, ENCODER, META, is_table, with_doubles

SCHEMA = 2
"""The layout that this program writes; a file with a higher number is read and never written."""

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]


class DamagedError(LibraryError):
    """A file of the library does not hold what the library writes; the text is a phrase that says why."""


class NewerError(LibraryError):
    """A file of the library was written by a newer program and is not overwritten."""


class AtomicJSONStorage(Storage):
    """One file, read whole and replaced whole.

    ``raw`` and ``stamp`` are the file as it was read or written last (empty where there is none), ``schema`` the number
    that it stated when it was read; ``sound`` says whether its checksum fitted then, and ``laid_out`` whether it was,
    byte by byte, as the library lays files out.
    """

    def __init__(self, path: Path, system: System = SYSTEM) -> None:
        self.path = path
        self.schema = SCHEMA
        self.sound = self.laid_out = True
        self.raw = b""
        self.stamp: Stamp = NOWHERE
        self._system = system

    def read(self) -> Tables | None:
        """Return the tables of the file, or None where there is none. Raises DamagedError, and OSError."""
        try:
            self.raw, self.stamp = read_file(self.path)
        except FileNotFoundError:
            return None
        found = examined(self.raw)
        self.schema, self.sound, self.laid_out = found.schema, found.sound, found.laid_out
        return found.tables

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Replace the file by one that holds *data*. Raises NewerError, and OSError."""
        if self.schema > SCHEMA:
            raise NewerError(_newer(self.schema))
        self.write_raw(serialised(data))

    def write_raw(self, raw: bytes) -> None:
        """Replace the file by *raw*, which :func:`serialised` or :func:`sealed` made. Raises OSError."""
        self.stamp = replace_file(self.path, raw, self._system)
        self.raw = raw


class Whole(AtomicJSONStorage):
    """The same, read and written once however many tables are read and changed: written when it is closed.

    Where it is ``held`` somebody else writes ``raw`` then, if it is ``changed``.
    """

    held = changed = False
    _tables: Tables | None = None
    _known = False

    def read(self) -> Tables | None:
        """Return the tables as they are by now. Raises DamagedError, and OSError."""
        if not self._known:
            self._tables = super().read()
            self._known = True
        return self._tables

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Let the tables be *data*."""
        self._tables = cast(Tables, data)
        self.changed = self._known = True

    def write_raw(self, raw: bytes) -> None:
        """Replace the file by *raw*, or keep that for who does. Raises OSError."""
        if self.held:
            self.raw = raw
        else:
            super().write_raw(raw)

    def close(self) -> None:
        """Lay out what was changed, and write it. Raises NewerError, and OSError."""
        if self.changed:
            super().write(self._tables or {})


@contextmanager
def opened(path: Path, system: System = SYSTEM, held: bool = False) -> Iterator[tuple[TinyDB, Whole]]:
    """Open the file *path* as a TinyDB; what was changed is written at the end, once, and not after an error.

    Where it is *held* it is not written: the caller does that. Raises DamagedError and NewerError, and OSError.
    """
    database = TinyDB(path, system, storage=Whole)
    storage = cast(Whole, database.storage)
    storage.held = held
    yield database, storage
    database.close()


def serialised(data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> bytes:
    """Return the file that holds the tables *data*: the same bytes for the same content, keys sorted."""
    tables = {name: table for name, table in data.items() if name != META}
    return _with_head(_body(tables), sum(len(table) for table in tables.values()))


def sealed(lines: Mapping[str, Sequence[str]]) -> tuple[bytes, dict[str, list[Place]]]:
    """Return the file that holds these tables, of whose documents, numbered from 1, each has its line already.

    With it come the places of the documents of each table. Raises UnicodeEncodeError where one holds what is no text.
    """
    places: dict[str, list[Place]] = {}
    parts: list[bytes] = []
    end = 0
    for name in sorted(lines):
        opening = f"{json.dumps(name)}: {{\n".encode()
        encoded = [line.encode() for line in lines[name]]
        body = b",\n".join([b'"%d": %s' % (number, line) for number, line in enumerate(encoded, 1)])
        parts.append(b"%s%s\n}" % (opening, body))
        there = places[name] = []
        start = end + len(opening)
        for number, line in enumerate(encoded, 1):
            start += len(str(number)) + 4
            there.append((start, len(line)))
            start += len(line) + 2
        end += len(parts[-1]) + 2
    raw = _with_head(b",\n".join(parts), sum(map(len, lines.values())))
    head = raw.find(b"\n") + 1
    return raw, {name: [(head + start, length) for start, length in there] for name, there in places.items()}


def _with_head(body: bytes, count: int) -> bytes:
    meta = {"1": {"checksum": _hash(body), "documents": count, "schema": SCHEMA}}
    head = f'{{"{META}": {json.dumps(meta, sort_keys=True)}'.encode()
    return head + (b",\n" + body if body else b"\n") + b"}\n"


@dataclass(frozen=True)
class Examined:
    """What the bytes of a file hold, and how they were found; see :class:`AtomicJSONStorage`."""

    tables: Tables
    schema: int
    sound: bool
    laid_out: bool


def parsed(raw: bytes) -> tuple[Tables, int, bool]:
    """Return the tables in the bytes of a file, its schema number, and whether its checksum fits its content.

    Raises as :func:`examined`.
    """
    found = examined(raw)
    return found.tables, found.schema, found.sound


def examined(raw: bytes) -> Examined:
    """Return what the bytes of a file hold.

    Raises DamagedError where *raw* is not JSON or not the shape that TinyDB writes, and NewerError where it says that
    a newer program gave it another shape.
    """
    try:
        text = raw.decode()
        data = DECODER.decode(text)
    except (ValueError, RecursionError):
        raise DamagedError("it is empty" if not raw.strip(b"\0 \r\n\t") else "it is no whole JSON document") from None
    stated, checksum = _stated(data, "schema"), _stated(data, "checksum")
    # What is no schema's number was put there by somebody else: the file is as good as one without a checksum.
    is_schema = isinstance(stated, int) and not isinstance(stated, bool) and stated >= 1
    schema = cast(int, stated) if is_schema else SCHEMA
    if not isinstance(data, dict) or not all(map(is_table, data.values())):
        raise unusable(schema, "it is JSON of another shape than the library's")
    # The bytes are hashed as they lie there; only where they were laid out anew is the content laid out again.
    if is_schema and checksum == _hash(raw[raw.find(b"\n") + 1 :].removesuffix(b"}\n")):
        return Examined(data, schema, True, True)
    try:
        whole = with_doubles(text)
        is_all = all(len(whole[name]) == len(table) for name, table in data.items())
        return Examined(whole, schema, is_schema and is_all and checksum == _hash(_body(data)), False)
    except RecursionError:
        raise DamagedError("it is nested too deeply") from None


def document_in(raw: bytes) -> object:
    """Return the JSON value that *raw* is. Raises ValueError."""
    try:
        return DECODER.decode(raw.decode())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def unusable(schema: int, why: str) -> DamagedError | NewerError:
    """Return the error for a file that cannot be used: what a newer program wrote is not damaged."""
    return DamagedError(why) if schema <= SCHEMA else NewerError(_newer(schema))


def _newer(schema: int) -> str:
    return f"it was written by a newer paperrack (schema {shown(schema)}; this one writes {SCHEMA})"


def shown(schema: int) -> str:
    """Return the number *schema*, which anybody may have put into a file, short enough to show."""
    return str(schema) if schema < 10**9 else "of many digits"


def _stated(data: object, name: str) -> object:
    """Return what the file says of itself under *name*, whatever shape the rest has."""
    found = data
    for key in (META, "1", name):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _body(tables: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> bytes:
    try:
        return _laid_out(tables, _lines).encode()
    except UnicodeEncodeError:
        return _laid_out(tables, lambda documents: [_line(each) for each in documents]).encode()


def _laid_out(
    tables: Mapping[str, Mapping[Any, Mapping[str, Any]]], lines_of: Callable[[list[Mapping[str, Any]]], list[str]]
) -> str:
    parts = []
    for name in sorted(tables):
        if name != META:
            documents = sorted(((int(n), each) for n, each in tables[name].items()), key=itemgetter(0))
            lines = lines_of([document for _, document in documents])
            parts.append(_table(name, [(number, line) for (number, _), line in zip(documents, lines, strict=True)]))
    return ",\n".join(parts)


def _table(name: str, lines: Iterable[tuple[int, str]]) -> str:
    inner = ",\n".join([f'"{number}": {line}' for number, line in lines])
    return f"{json.dumps(name)}: {{\n{inner}\n}}"


def _lines(documents: list[Mapping[str, Any]]) -> list[str]:
    """Return the line of each document. They are encoded in one call, which costs half of what many cost."""
    if not documents:
        return []
    together: list[Any] = [_APART] * (2 * len(documents) - 1)
    together[::2] = documents
    return ENCODER.encode(together)[1:-1].split(f', "{_APART}", ')


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _line(document: Mapping[str, Any]) -> str:
    line = ENCODER.encode(document)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate, in a field that some other program wrote
        return json.dumps(document, allow_nan=False, sort_keys=True)
    return line


_APART = os.urandom(16).hex()
"""What stands between documents while they are encoded: nobody can know it and have it in one of theirs."""
