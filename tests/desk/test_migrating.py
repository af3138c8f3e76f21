"""A library of an older schema is opened, and every paper is what it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import OFFLINE
from tui.cli import output
from tui.desk import Desk
from tui.library import Library

STORED = Path(__file__).parents[1] / "library" / "stored"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(STORED / "schema1", tmp_path / "old")
    return tmp_path / "old"


def said(folder: Path) -> list[dict[str, Any]]:
    """Return what the program says of each paper of the library, as ``papers --json`` does."""
    with Desk(Library(folder), OFFLINE) as desk:
        names = list(desk.papers())
        keys = desk.exporting.keys(names)
        found = [output.paper(desk, desk.rack.paper(name), keys[name]) for name in names]
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]  # it is what was dumped


def assert_holds(new: Any, old: Any) -> None:
    """Assert that *new* says all that *old* does; what a newer program says besides is its own affair."""
    if isinstance(old, dict):
        for name, value in old.items():
            assert_holds(new[name], value)
    elif isinstance(old, list):
        assert len(new) == len(old)
        for one, other in zip(new, old, strict=True):
            assert_holds(one, other)
    else:
        assert new == old


def test_marks_notes_keys_and_details_are_as_before_at_the_first_start_and_the_next(folder: Path) -> None:
    before = {each["id"]: each for each in json.loads((STORED / "schema1.json").read_text("utf-8"))}
    for _ in range(2):
        after = {each["id"]: each for each in said(folder)}
        assert after.keys() == before.keys()
        assert_holds(after, before)
    assert len(list((folder / "backups").glob("*-schema1.zip"))) == 1
