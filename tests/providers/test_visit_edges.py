"""One visit where the network is gone, a refusal is endless, or time is over between two tries."""

from __future__ import annotations

import errno
import itertools
import socket
import time

import httpx
import pytest

from tests.providers.server import FaultServer, drip, say
from tui.errors import NetworkError
from tui.providers.web import fetch
from tui.providers.web.addresses import NoNetworkError
from tui.providers.web.visit import _unconnected, agent


def chained(*errors: BaseException) -> BaseException:
    """Return the first of *errors*, caused by the next one and so on."""
    for one, other in itertools.pairwise(errors):
        one.__cause__ = other
    return errors[0]


@pytest.mark.parametrize(
    ("error", "sure", "said"),
    [
        (OSError(errno.ENETUNREACH, "x"), True, "x.example cannot be reached (is this machine online?)."),
        (OSError(errno.ENETDOWN, "x"), True, "x.example cannot be reached (is this machine online?)."),
        (
            socket.gaierror(socket.EAI_AGAIN, "x"), True,
            "The name x.example cannot be found (is this machine online?).",
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "x"), False,
            "The name x.example cannot be found (is this machine online?).",
        ),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), None, "x.example cannot be reached."),
        (OSError("no number"), None, "x.example cannot be reached."),
    ],
)  # fmt: skip
def test_a_machine_without_a_network_is_told_from_a_service_that_is_gone(
    error: OSError, sure: bool | None, said: str
) -> None:
    for made in (chained(httpx.ConnectError("x"), error), chained(httpx.ConnectError("x"), RuntimeError(), error)):
        found = _unconnected("x.example", made)
        assert str(found) == said
        assert (found.sure if isinstance(found, NoNetworkError) else None) == sure


def test_a_refusal_is_looked_at_only_so_far_as_it_may_explain_something(server: FaultServer) -> None:
    head = b"HTTP/1.1 403 No\r\nContent-Type: text/html\r\n\r\n"
    server.tell(say(head + b"<html>" + b"x" * 500_000))
    with pytest.raises(NetworkError, match=r"answers 403 Forbidden\.$"):
        fetch(server.url, allow=[server.url])


def test_a_refusal_that_drips_ends_with_the_time_and_is_still_a_refusal(server: FaultServer) -> None:
    head = b"HTTP/1.1 403 No\r\nContent-Type: text/html\r\n\r\n"
    server.tell(drip(head + b"<html>" + b"x" * 5_000, every=0.02))
    start = time.monotonic()
    with pytest.raises(NetworkError):
        fetch(server.url, allow=[server.url], timeout=1.0)
    assert time.monotonic() - start < 10


def test_where_the_time_is_over_the_other_addresses_of_a_name_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("127.0.0.1", 9)), (2, 1, 6, "", ("127.0.0.2", 9)), (2, 1, 6, "", ("127.0.0.3", 9))]
    tried: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)

    def ask(visit: object, number: str, *_: object) -> None:
        tried.append(number)
        time.sleep(0.3)
        raise httpx.ConnectTimeout("x")

    monkeypatch.setattr("tui.providers.web.visit.Visit._ask_at", ask)
    with pytest.raises(NetworkError):
        fetch("http://three.example:9/", allow=["http://three.example:9"], timeout=0.2)
    assert tried == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("contact", "behind"),
    [
        (None, ""),
        ("", ""),
        ("me@example.org", " (mailto:me@example.org)"),
        ("me@example.org)\r\nX: y", " (mailto:me@example.orgX:y)"),
        ("ä\x00<>", ""),
    ],
)
def test_no_header_is_made_of_an_address(contact: str | None, behind: str) -> None:
    assert agent(contact).partition(" ")[2] == behind.strip()
