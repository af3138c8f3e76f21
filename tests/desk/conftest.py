"""The services on the loopback, and a library that asks them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.bench_of_services import Bench
from tests.services import Services


@pytest.fixture
def services() -> Iterator[Services]:
    with Services() as made:
        yield made


@pytest.fixture
def bench(tmp_path: Path, services: Services) -> Bench:
    return Bench(tmp_path / "library", services)
