"""The ways in of files as they lie on a disk, of lists of sources, of the clipboard and of exports' paths."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.hostile.checks import assert_address, assert_clean, assert_json, assert_sentence
from tests.hostile.room import Room
from tests.hostile.running import BERT, READING, checked
from tests.hostile.taking import look
from tui.desk.intake import read_text

Make = Callable[[Path], object]
"""Puts something into a folder."""


def gathered(room: Room, payload: Make, must: Mapping[str, Any]) -> None:
    """Take a folder in into which a stranger put something, beside a digest of two papers.

    ``papers``: how many are there then; 2 without it. ``errors``: of how many sources is told why they are not in.
    """
    folder = room.outside / "folder"
    folder.mkdir()
    (folder / "reading.md").write_text(READING)
    payload(folder)
    before, begun = room.around(), time.process_time()
    done = room.call("add", "--json", str(folder))
    checked(done, {"status": (0, 1)})
    added = assert_json(done.out)
    assert len(added["errors"]) == must.get("errors", 0), added["errors"]
    for failed in added["errors"]:
        assert_sentence(failed["error"])
    listed = room.call("papers", "--query", "", "--json")
    checked(listed, {"status": 0}, json=True)
    assert len(listed.json) == must.get("papers", 2)
    for argv in (("issues",), ("issues", "--json"), ("doctor",)):
        checked(room.call(*argv), {"status": 0}, json="--json" in argv)
    assert room.around() == before
    assert room.canaries() == []
    assert time.process_time() - begun < 20


def listed(room: Room, payload: bytes | str, must: Mapping[str, Any]) -> None:
    """Follow what an OPML file lists: ``sources``, by their addresses, or a sentence that fits ``why``."""
    path = room.put("list.opml", payload)
    before, begun = room.around(), time.process_time()
    done = room.call("sources", "add", str(path))
    checked(done, {"status": 1 if "why" in must else 0})
    if why := must.get("why"):
        assert re.search(why, done.err), done.err
    rows = room.call("sources", "--json")
    checked(rows, {"status": 0}, json=True)
    assert [row["url"] for row in rows.json] == list(must.get("sources", ()))
    for row in rows.json:
        assert_address(row["url"])
    for argv in (("sources",), ("sources", "--opml")):
        checked(room.call(*argv), {"status": 0})
    assert room.around() == before
    assert room.canaries() == []
    assert time.process_time() - begun < 20


def pasted(room: Room, payload: str, must: Mapping[str, Any]) -> None:
    """Take in what the clipboard holds; ``papers``: how many, else it may be refused in a sentence."""
    with room.desk() as desk:
        source = read_text(payload, "clipboard")
        if source.error:
            assert_sentence(source.error)
        for place in range(len(source.issues)):
            desk.take(source, place)
        names = list(desk.papers())
        if "papers" in must:
            assert len(names) == must["papers"]
        if names:
            look(room, desk, names)
    assert room.canaries() == []


def written(room: Room, payload: tuple[Make, str], must: Mapping[str, Any]) -> None:
    """Export one paper into a path beside which a stranger put something; ``OUT`` in the path is that folder.

    ``status``: how it ends. ``holds``: the name of the file that holds the entry then. Nothing else is changed.
    """
    plant, name = payload
    room.put("reading.md", READING)
    room.put("precious", "precious")
    folder = room.outside / "out"
    folder.mkdir()
    plant(folder)
    assert room.call("add", str(room.outside / "reading.md")).status == 0
    before, here = room.around(), os.getcwd()
    os.chdir(folder)
    try:
        done = room.call("export", BERT, *must.get("how", ("--output",)), name.replace("OUT", str(folder)))
    finally:
        os.chdir(here)
    checked(done, {"status": must["status"]})
    made = {os.path.relpath(each, folder) for each in room.around() - before}
    wanted = must.get("holds")
    assert made <= {wanted}, made
    if wanted:
        text = (folder / wanted).read_text()
        assert_clean(text)
        assert text.count("1810.04805") >= 1
    assert (room.outside / "precious").read_text() == must.get("precious", "precious")
    assert room.canaries() == []
