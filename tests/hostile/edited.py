"""The way in of the library's own files, which somebody else wrote or put something else in the place of."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.hostile.checks import assert_json, outcome
from tests.hostile.room import Room
from tests.hostile.running import BERT, READING, checked
from tests.hostile.taking import look
from tui.library.names import details_file, shard_file

ISSUE = "issues/reading.json"
STATES = shard_file(BERT)
DETAILS = details_file(BERT)
SEARCHES = "searches.json"
SOURCES = "sources.json"
STEP = "history/000000000001-*.json"

COMMANDS = (
    ("doctor",), ("undo",), ("tag", BERT, "--add", "new"), ("searches",), ("sources",), ("sources", "--json"),
    ("tags",), ("papers", "--query", "is:marked", "--json"), ("redo",), ("searches", "--json"), ("doctor", "--json"),
    *(("complete", kind, "") for kind in ("papers", "issues", "tags", "searches", "sources", "removed")),
)  # fmt: skip
"""What is done in a library that somebody else wrote in."""

Change = Callable[[Path], object]
"""Does something to the file at a path."""


def put(data: bytes | str) -> Change:
    """Write other bytes in its place."""
    return lambda path: path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)


def table(name: str, *documents: Any) -> Change:
    """Write a file of one table in its place, without a checksum."""
    return put(json.dumps({name: {str(number): each for number, each in enumerate(documents, 1)}}))


def within(*steps: str, value: Any) -> Change:
    """Put *value* at a place of the document that is there."""

    def change(path: Path) -> None:
        document = json.loads(path.read_bytes())
        part = document
        for step in steps[:-1]:
            part = part[step]
        part[steps[-1]] = value
        path.write_text(json.dumps(document), encoding="utf-8")

    return change


def link(target: str) -> Change:
    """Put a link in its place; ``OUTSIDE`` in *target* is the folder beside the library."""

    def change(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target.replace("OUTSIDE", str(path.parents[2] / "outside")))

    return change


def pipe(path: Path) -> None:
    """Put a pipe in its place, which nobody writes to."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def folder(path: Path) -> None:
    """Put a folder in its place, with something in it."""
    path.unlink(missing_ok=True)
    (path / "within").mkdir(parents=True)


def beside(name: str) -> Change:
    """Put a file of another name beside it."""
    return lambda path: (path.parent / name).write_text("{}")


@cache
def _made() -> dict[str, bytes]:
    """Return the files of a library of two papers, of which the reader and services said something."""
    where = Path(tempfile.mkdtemp())
    try:
        room = Room(where / "room")
        room.put("reading.md", READING)
        room.put("list.opml", '<opml version="2.0"><body><outline text="F" xmlUrl="https://f.example/"/></body></opml>')
        for argv in (
            ("add", str(room.outside / "reading.md")),
            ("mark", BERT),
            ("tag", BERT, "--add", "mine"),
            ("searches", "add", "s", "attention"),
            ("sources", "add", str(room.outside / "list.opml")),
        ):
            assert room.call(*argv).status == 0
        record = {"type": "preprint", "title": "BERT", "authors": ["Jacob Devlin"], "year": 2018}
        answer = {"provider": "arxiv", "id": "1810.04805", "kind": "preprint", "via": "identifier", "record": record}
        told = {"id": BERT, "inquiry": {"answers": [answer], "done": "2026-11-21T10:00:00Z"}}
        (room.library / DETAILS).parent.mkdir(exist_ok=True)
        table("inquiries", told)(room.library / DETAILS)
        files = (path for path in room.library.rglob("*.json"))
        return {str(path.relative_to(room.library)): path.read_bytes() for path in files}
    finally:
        shutil.rmtree(where)


def edited(room: Room, payload: tuple[str, Change], must: Mapping[str, Any]) -> None:
    """Open a library one of whose files somebody changed, look at everything, change something and look again.

    ``papers``: how many are there then. ``told``: a pattern of what the reader is told.
    """
    for file, data in _made().items():
        path = room.library / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (room.library / "lock").touch()
    room.put("precious", "not the library's")
    file, change = payload
    (found,) = room.library.glob(file) if "*" in file else (room.library / file,)
    found.parent.mkdir(exist_ok=True)
    change(found)
    before, begun = room.around(), time.process_time()
    told = []
    for argv in COMMANDS:
        done = room.call(*argv)
        checked(done, {}, json="--json" in argv)
        told.append(done.err + done.out)
    listed = room.call("papers", "--query", "", "--json")
    checked(listed, {}, json=True)
    names = [each["id"] for each in assert_json(listed.out or "[]")]
    if "papers" in must:
        assert len(names) == must["papers"], told
    if "told" in must:
        assert re.search(must["told"], "\n".join(told)), told
    # The citation keys of an export, say, may not be kept.
    outcome(lambda: _looked(room, names))
    assert time.process_time() - begun < 20
    assert room.around() == before
    assert (room.outside / "precious").read_text() == "not the library's"
    assert room.canaries() == []


def _looked(room: Room, names: list[str]) -> None:
    with room.desk() as desk:
        if names:
            look(room, desk, names, ("bibtex", "markdown"))
