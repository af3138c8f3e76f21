"""A page or a feed that the reader named, whole and once: the simplest way through the door."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.errors import NetworkError
from tui.providers.web.addresses import checked, origin, origins
from tui.providers.web.deadline import Deadline
from tui.providers.web.redirects import follow
from tui.providers.web.refusals import refusal
from tui.providers.web.stopping import Stop
from tui.providers.web.visit import Visit, agent
from tui.text import clean

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Fetched:
    """What an address gave: the address that answered in the end, the unpacked bytes, and what it calls them."""

    url: str
    content: bytes
    content_type: str | None


def fetch(
    url: str,
    *,
    limit: int = 20_000_000,
    wire: int = 10_000_000,
    allow: Collection[str] = (),
    offline: bool = False,
    timeout: float = 60.0,
    stop: Stop | None = None,
) -> Fetched:
    """Return what *url* gives, after at most five redirects.

    *limit* is the most bytes taken, of which *wire* may come over the network (packed, or as they are); *allow* are
    origins (``http://127.0.0.1:8080``) that may be private; *timeout* is the seconds that all of it may take. Raises
    NetworkError, one sentence, for whatever goes wrong, StoppedError where *stop* was set.
    """
    address = checked(url)
    if offline:
        raise NetworkError(f"{address.host} was not asked: the network is switched off (offline).")
    trusted = origins(allow)
    headers = {"User-Agent": agent(), "Accept": "*/*", "Accept-Encoding": "gzip"}
    with Deadline(timeout, stop) as deadline:
        wire = min(wire, limit)
        visit = Visit(address, headers, origin(address) in trusted, deadline, wire=wire, unpacked=limit)
        return follow(visit, _taken, trusted)


def _taken(visit: Visit, response: httpx.Response) -> Fetched:
    if not response.is_success:
        raise refusal(visit.where, response.status_code, response.headers, datetime.now(UTC))
    content = visit.content(response)
    return Fetched(str(visit.address), content, clean(response.headers.get("content-type", ""), 200) or None)
