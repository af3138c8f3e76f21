"""A step of the history as two files: a TinyDB document, and beside it the bytes of files that the step wrote."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.library.atomic import SYSTEM, System, read_file, replace_file
from tui.library.storage import SCHEMA, AtomicJSONStorage, DamagedError, Document, unusable

MOST_FILE_BYTES = 50_000_000
"""The largest content of a file that is kept beside a step."""

_HEAD = "step"
_BYTES = "bytes"


@dataclass(frozen=True)
class StepDocument:
    """A step as it is kept: what it says of itself, its parts as lists of plain objects, and bytes of files by name.

    The parts are the tables of its file; none is called ``step`` or ``bytes``, which are the file's own.
    """

    head: Mapping[str, Any]
    parts: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)


def write_step(path: Path, beside: Path, document: StepDocument, system: System = SYSTEM) -> int:
    """Keep *document* in the files *path* and *beside*; they are on the disk on return. Return their size in bytes.

    Raises OSError; then neither is there.
    """
    packed = {name: zlib.compress(content, 1) for name, content in document.contents.items()}
    places = [
        {"name": name, "length": len(packed[name]), "size": len(content), "sha256": _hash(content)}
        for name, content in document.contents.items()
    ]
    parts = {_HEAD: [document.head], **document.parts, _BYTES: places}
    try:
        if packed:
            replace_file(beside, b"".join(packed.values()), system)
        AtomicJSONStorage(path, system).write({name: dict(enumerate(part, 1)) for name, part in parts.items() if part})
    except BaseException:
        for each in (path, beside):
            with suppress(OSError):
                system.unlink(str(each))
        raise
    return sum(map(len, packed.values())) + os.stat(path).st_size


def read_step(path: Path, beside: Path, system: System = SYSTEM) -> StepDocument:
    """Return the step in the files *path* and *beside*.

    Raises FileNotFoundError where there is none, DamagedError where it is not as it was written, NewerError where a
    newer program wrote it, and OSError.
    """
    storage = AtomicJSONStorage(path, system)
    tables = storage.read()
    if tables is None:
        raise FileNotFoundError(path)
    if storage.schema > SCHEMA:
        raise unusable(storage.schema, "")
    if not storage.sound:
        raise DamagedError("its checksum does not fit")
    parts = {name: _in_order(table) for name, table in tables.items() if not name.startswith("_")}
    head = parts.pop(_HEAD, [])
    if len(head) != 1:
        raise DamagedError("it holds no step")
    places = parts.pop(_BYTES, [])
    return StepDocument(head[0], parts, _unpacked(beside, places) if places else {})


def _unpacked(beside: Path, places: Sequence[Document]) -> dict[str, bytes]:
    try:
        rest, _ = read_file(beside)
    except FileNotFoundError:
        raise DamagedError("the bytes that belong to it are gone") from None
    found: dict[str, bytes] = {}
    for place in places:
        try:
            length, size = int(place["length"]), min(int(place["size"]), MOST_FILE_BYTES)
            # A limit of 0 would be none.
            content = zlib.decompressobj().decompress(rest[:length], max(size, 1))
            if _hash(content) != place["sha256"]:
                raise ValueError
            found[str(place["name"])] = content
            rest = rest[length:]
        except (KeyError, TypeError, ValueError, zlib.error):
            raise DamagedError("the bytes that belong to it are others") from None
    return found


def _in_order(table: Mapping[str, Document]) -> list[Document]:
    return [document for _, document in sorted(table.items(), key=lambda pair: int(pair[0]))]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
