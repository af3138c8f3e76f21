"""The ways in of commands' words, of settings and of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

from tests.cli.calling import Done
from tests.hostile.checks import assert_clean, assert_json, assert_sentence
from tests.hostile.room import Room

READING = """# Reading

- [BERT: Pre-training of Deep Bidirectional Transformers](https://arxiv.org/abs/1810.04805)
- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
"""
BERT = "arxiv:1810.04805"


def checked(done: Done, must: Mapping[str, Any], json: bool = False) -> None:
    """Fail where a command ended in another way than it may, or printed what no terminal should get.

    ``status``: the one that it must end with, 0 or 1 without it. ``err`` and ``out``: patterns.
    """
    assert_clean(done.out, "\n\t", "stdout")
    assert_clean(done.err, "\n", "stderr")
    assert "Traceback" not in done.err
    allowed = must.get("status", (0, 1))
    assert done.status in (allowed if isinstance(allowed, tuple) else (allowed,)), (done.status, done.err)
    if done.status == 1 and done.err.strip():
        assert_sentence(done.err.strip().splitlines()[-1])
    if json and done.out:
        assert_json(done.out)
    for name, text in (("err", done.err), ("out", done.out)):
        if name in must:
            assert re.search(must[name], text), text[:500]


def called(room: Room, payload: Sequence[str], must: Mapping[str, Any]) -> None:
    """Run a command with hostile words on a library of two papers; see :func:`checked` for what must hold.

    ``made``: names of files that it may make outside the library. The papers are there afterwards, and listed.
    """
    room.put("reading.md", READING)
    assert room.call("add", str(room.outside / "reading.md")).status == 0
    before, here = room.around(), os.getcwd()
    os.chdir(room.outside)
    try:
        with patch.dict(os.environ, must.get("environ", {})):
            done = room.call(*payload)
    finally:
        os.chdir(here)
    checked(done, must, json="--json" in payload)
    assert {os.path.basename(path) for path in room.around() - before} <= set(must.get("made", ()))
    assert before <= room.around()
    assert room.canaries() == []
    for argv in (("papers", "--query", ""), ("show", BERT), ("show", BERT, "--json"), ("searches",), ("tags",)):
        checked(room.call(*argv), {"status": 0}, json="--json" in argv)


def asked(room: Room, payload: str, must: Mapping[str, Any]) -> None:
    """Search a library of two papers; what is found is listed or what cannot be meant is said."""
    called(room, ("papers", "--query", payload), must)


def configured(room: Room, payload: bytes | str, must: Mapping[str, Any]) -> None:
    """Begin with a file of settings: refused in a sentence that names the file and fits ``why``, or taken."""
    path = room.put("settings.toml", payload)
    done = room.call("--config", str(path), "papers", "--query", "")
    assert_clean(done.out + done.err)
    if why := must.get("why"):
        assert done.status == 1
        assert_sentence(done.err.strip())
        assert "settings.toml" in done.err
        assert re.search(why, done.err), done.err
    else:
        assert (done.status, done.err.strip()) == (0, "No paper fits.")
    assert room.canaries() == []


def surrounded(room: Room, payload: Mapping[str, str], must: Mapping[str, Any]) -> None:
    """Run ``must["argv"]`` with these environment variables; see :func:`called` for what must hold."""
    environ = {name: value.replace("HERE", str(room.outside)) for name, value in payload.items()}
    called(room, must["argv"], {**must, "environ": environ})
