"""From one address to the next: redirects, each checked like an address that the reader gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tui.errors import NetworkError
from tui.providers.web.addresses import Origin, checked, origin
from tui.providers.web.visit import Moved, Visit, agent

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

MAX_REDIRECTS = 5
_ANYBODYS = ("user-agent", "range", "if-range")
"""The header fields, beside Accept*, that another host than the one asked may see."""


def follow(
    visit: Visit,
    take: Callable[[Visit, httpx.Response], T],
    trusted: frozenset[Origin],
    onward: Callable[[httpx.URL, httpx.URL], httpx.URL] | None = None,
    hop: Callable[[int], object] = lambda _status: None,
) -> T:
    """Return what *take* makes of the response that a *visit* leads to in the end, after at most five redirects.

    Each hop is checked like the first address. To another origin only Accept*, User-Agent and Range go on. *onward*
    may replace or refuse a hop, given where from and where to; *hop* hears its status before. A redirected POST is
    refused. Raises NetworkError.
    """
    first = visit
    for _ in range(MAX_REDIRECTS + 1):
        result = visit.answer(take)
        if not isinstance(result, Moved):
            return result
        if visit.body is not None:
            raise NetworkError(f"{visit.where} redirects what was sent to it, which is not followed.")
        target = _target(visit, result.location)
        hop(result.status)
        if onward is not None:
            target = onward(visit.address, target)
        headers = dict(visit.headers)
        if origin(target) != origin(visit.address):
            headers = {name: headers[name] for name in headers if _is_anybodys(name.lower())}
            # The reader's address was for the one that was asked.
            headers |= {name: agent(None) for name in headers if name.lower() == "user-agent"}
        visit = replace(visit, address=target, headers=headers, trusted=origin(target) in trusted)
    raise NetworkError(f"{first.where} redirects more than {MAX_REDIRECTS} times.")


def _is_anybodys(name: str) -> bool:
    return name.startswith("accept") or name in _ANYBODYS


def _target(visit: Visit, location: str) -> httpx.URL:
    """Return the address that a redirect leads to, checked like one that the reader gave."""
    import httpx

    try:
        target = str(visit.address.join(location))
    except (httpx.InvalidURL, ValueError):
        raise NetworkError(f"{visit.where} redirects to what is no address.") from None
    try:
        return checked(target)
    except NetworkError as error:
        raise NetworkError(f"{visit.where} redirects: {error}") from None
