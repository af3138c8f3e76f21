"""What tests of the network share: a server on the loopback that does what it is told, and no proxy before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.providers.server import FaultServer, fault_server


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Yield a server that does what it is told."""
    with fault_server() as running:
        yield running
