"""What the tests of the ways out stand on: a desk with a paper of every family, and no canary."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.leaving import Shelf, fill
from tests.hostile.room import Room


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A paper of each family, which no test changes."""
    room = Room(tmp_path_factory.mktemp("out"))
    with room.desk() as desk:
        yield Shelf(room, desk, fill(desk))


@pytest.fixture
def nothing_runs(shelf: Shelf, tmp_path: Path) -> Iterator[None]:
    """Nothing makes a canary, wherever it is looked from."""
    here = os.getcwd()
    os.chdir(tmp_path)
    yield
    os.chdir(here)
    assert shelf.room.canaries() == []
    assert not list(tmp_path.rglob("canary"))
