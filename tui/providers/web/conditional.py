"""A source that is fetched again and again: only where it is another one by now, at its host's pace.

RFC 9110, 13.1 (If-None-Match, If-Modified-Since), 15.4.2 and 15.4.9 (moved for good), and 10.2.3 (Retry-After).

A robots.txt is not asked for. It is for crawlers, which go from page to page by themselves (RFC 9309, 1): here each
address is one that the reader named, or was sent on to from there, and of the links in a feed or a page only those to
a page's own feeds are followed, once, when the page is added. What a host wants of such a visitor it says in its
answers: who does not find, refuses or fails is left alone for longer and longer, 429 and 503 as long as they say, and
410 for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.errors import NetworkError, OfflineError
from tui.providers.web.addresses import NoNetworkError, Origin, checked, origin, origins
from tui.providers.web.deadline import Deadline
from tui.providers.web.door import Door
from tui.providers.web.judging import Refused
from tui.providers.web.redirects import follow
from tui.providers.web.refusals import LIMITED, refusal
from tui.providers.web.rule import Rule
from tui.providers.web.standing import LONGEST_PAUSE
from tui.providers.web.stopping import Stop
from tui.providers.web.visit import Visit, agent
from tui.text import clean

if TYPE_CHECKING:
    import httpx

PACE = 1.0
"""The seconds between two sources of one host."""

WIRE = 10_000_000
UNPACKED = 20_000_000
SECONDS = 30.0

_MOST = 1_000
"""Letters of what a server calls the state of its page; a longer one is not sent back."""

_FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.6, */*;q=0.5"
)


@dataclass(frozen=True)
class Answered:
    """What a source answered: ``content`` is None where it is what it was.

    ``url`` is where the answer came from in the end, ``moved`` the address to be asked from now on, where the one that
    was asked says for good that it is another one.
    """

    url: str
    content: bytes | None = None
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None


def rule_of(url: str, service: Rule | None = None) -> Rule:
    """Return how the host of *url* is to be asked: as the *service* whose it is, which has one pace for all it gives.

    Raises NetworkError where that is no address.
    """
    if service is not None:
        return service
    address = checked(url)
    return Rule(f"sources {address.netloc.decode('ascii')}", address.host, PACE)


def ask(
    door: Door,
    url: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    service: Rule | None = None,
    seconds: float | None = None,
    stop: Stop | None = None,
    begin: Callable[[], bool] = lambda: True,
) -> Answered | None:
    """Return what the source *url* gives, unless it is what it was when it said *etag* or *modified*.

    It may take :data:`SECONDS`, or *seconds*. Waits for the host's turn and pace; *begin* is asked then whether to go
    on, and None comes back where it says no.
    Raises NetworkError (with ``until`` where the host asks to wait, which is for all of its sources), OfflineError,
    StoppedError.
    """
    rule, host = rule_of(url, service), checked(url).host
    address = rule.placed(url)
    trusted = origins(door.allow) | rule.trusted
    hurried = door.transport is not None or (origin(address) in trusted and service is None)
    with door.stopping(stop or Stop()) as either:
        door.check(rule)
        door.breaker.guard(rule, host)
        with door.turns.turn(rule.line, 0.0 if hurried else rule.pace, either), door.slot(either):
            door.check(rule)
            door.breaker.guard(rule, host, asking=True)
            if not begin():
                return None
            door.breaker.asked(rule, door.clock())
            visit = Visit(
                address,
                _headers(etag, modified),
                origin(address) in trusted,
                Deadline(SECONDS if seconds is None else seconds, either),
                wire=WIRE,
                unpacked=UNPACKED,
                transport=door.transport,
            )
            return _asked(door, rule, host, visit, trusted)


def _headers(etag: str | None, modified: str | None) -> dict[str, str]:
    headers = {"User-Agent": agent(None), "Accept": _FEEDS, "Accept-Encoding": "gzip"}
    for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)):
        if value and len(value) <= _MOST and value.isascii() and value.isprintable() and value == value.strip():
            headers[name] = value
    return headers


def _asked(door: Door, rule: Rule, host: str, visit: Visit, trusted: frozenset[Origin]) -> Answered:
    steps = _Steps(str(visit.address))
    try:
        with visit.deadline:
            answered = follow(visit, _taken, trusted, steps.onward, steps.hop)
    except NoNetworkError as error:
        door.reach.lost(host, error.sure)
        raise
    except NetworkError as error:
        if not isinstance(error, OfflineError):
            door.reach.found()
        if error.until and (error.status in LIMITED or error.status == 503):
            # The host means all that is asked of it, not this one address.
            wait = min(LONGEST_PAUSE, max(0.0, error.until.timestamp() - door.clock()))
            door.breaker.failed(rule, host, Refused(str(error).removesuffix("."), error.status, pause=wait), 0.0)
        raise
    door.reach.found()
    # Where a stand-in leads to says nothing of the one that it stands in for.
    moved = None if rule.base_url else steps.moved
    return Answered(answered.url, answered.content, answered.etag, answered.modified, moved)


class _Steps:
    """The redirects from the address *first* on; ``moved`` is where those lead that are for good."""

    def __init__(self, first: str) -> None:
        self.moved: str | None = None
        self._for_good = True
        self._secret = first.startswith("https:")

    def hop(self, status: int) -> None:
        """Take note of how the next hop is meant."""
        self._for_good = self._for_good and status in (301, 308)

    def onward(self, _source: httpx.URL, target: httpx.URL) -> httpx.URL:
        """Take note of where it leads; one that gives encryption up is followed and not remembered."""
        self._for_good = self._for_good and not (self._secret and target.scheme == "http")
        if self._for_good:
            self.moved = str(target)
        return target


def _taken(visit: Visit, response: httpx.Response) -> Answered:
    url = str(visit.address)
    if response.status_code == 304:
        return Answered(url)
    if not response.is_success:
        raise refusal(visit.where, response.status_code, response.headers, datetime.now(UTC))
    content = visit.content(response)
    etag, modified = (clean(response.headers.get(name, ""), _MOST + 1) or None for name in ("etag", "last-modified"))
    return Answered(url, content, etag, modified)
