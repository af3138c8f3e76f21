"""What an archive says of itself: every document that the library had when it was made, here or in an earlier one.

::

    {"archive": 1, "schema": 2, "date": "2026-11-21T10:10:10+00:00",
     "documents": {"issues/weekly-6.json": [size, "sha256", mtime_ns, inode]}, "older": {"papers/00.json": "sha256"}}

A document without a sha256 was damaged then and is not in the archive; ``older`` are members that hold an earlier
state than ``documents`` says, because the later one was damaged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_FORMAT = 1


@dataclass(frozen=True)
class Known:
    """A document as a manifest has it; ``sha256`` is None where it was damaged then."""

    size: int
    sha256: str | None
    mtime: int
    inode: int

    @property
    def stamp(self) -> tuple[int, int, int]:
        """The stamp of the file as it was read: see :data:`tui.library.contents.Stamp`."""
        return self.mtime, self.size, self.inode


@dataclass(frozen=True)
class Manifest:
    """What the library held when an archive was made, whether it lies in this archive or in an earlier one."""

    schema: int
    date: str
    documents: Mapping[str, Known]
    older: Mapping[str, str] = field(default_factory=dict)

    def sha256(self, name: str) -> str | None:
        """Return the hash of the member *name*, or None where this manifest knows of no such member."""
        known = self.documents.get(name)
        return self.older.get(name) or (known.sha256 if known else None)

    def dumped(self) -> bytes:
        """Return the manifest as it lies in an archive."""
        documents = {name: [k.size, k.sha256, k.mtime, k.inode] for name, k in self.documents.items()}
        shape = {"archive": _FORMAT, "schema": self.schema, "date": self.date, "documents": documents}
        return json.dumps({**shape, "older": dict(self.older)}, ensure_ascii=True).encode()


def read_manifest(raw: bytes) -> Manifest:
    """Return the manifest that :meth:`Manifest.dumped` made *raw* of. Raises ValueError where it is none."""
    try:
        data = json.loads(raw)
        if data["archive"] != _FORMAT:
            raise ValueError("it was made by a newer paperrack")
        documents = {str(name): _known(*values) for name, values in data["documents"].items()}
        older = {str(name): str(sha256) for name, sha256 in data["older"].items()}
        return Manifest(int(data["schema"]), str(data["date"]), documents, older)
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError("its manifest has another shape") from error


def _known(size: Any, sha256: Any, mtime: Any, inode: Any) -> Known:
    return Known(int(size), None if sha256 is None else str(sha256), int(mtime), int(inode))
