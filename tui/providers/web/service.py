"""One service, asked as it wants to be asked: in turn, at its pace, again where that helps, and else not at all.

What is measured and advised about the services is in NETWORK.md, section 3, of the project's notes: the attempts,
pauses and limits are its figures.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.errors import NetworkError, StoppedError
from tui.providers.asking import Accept
from tui.providers.web.addresses import NoNetworkError, Origin, checked, origin
from tui.providers.web.deadline import Deadline
from tui.providers.web.judging import Refused, Reply, judged
from tui.providers.web.redirects import follow
from tui.providers.web.refusals import shown
from tui.providers.web.rule import Rule
from tui.providers.web.stopping import Stop
from tui.providers.web.visit import Visit, agent

if TYPE_CHECKING:
    import httpx

    from tui.providers.web.door import Door

_LOG = logging.getLogger(__name__)

ATTEMPTS = 3
SECONDS = 30.0
"""What all attempts at one answer may take together, without the waiting before and between them."""
WIRE = 4_000_000
UNPACKED = 8_000_000

_SHORTEST_WAIT = 0.5
_ACCEPTED: Mapping[Accept, str] = {
    "json": "application/json, */*;q=0.1",
    "xml": "application/xml, text/xml, application/atom+xml, */*;q=0.1",
    "text": "text/plain, */*;q=0.1",
}


@dataclass(frozen=True)
class _Request:
    """What is asked: of which real host, at which address, with what."""

    host: str
    address: httpx.URL
    own: Origin
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True)
class ServiceDoor:
    """A service as the reader set it up; a :class:`tui.providers.asking.Service`."""

    door: Door = field(repr=False)
    rule: Rule
    trusted: frozenset[Origin] = field(repr=False)
    stop: Stop = field(default_factory=Stop, repr=False)

    @property
    def key(self) -> str | None:
        """The reader's key."""
        return self.rule.key

    @property
    def contact(self) -> str | None:
        """The reader's e-mail address, for a service that asks for one."""
        return self.door.contact if self.rule.contact else None

    def with_stop(self, stop: Stop) -> ServiceDoor:
        """Return the same service, asked and waited for until *stop* is set."""
        return replace(self, stop=stop)

    def get(
        self,
        url: str,
        *,
        accept: Accept = "json",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> bytes | None:
        """Return what the service's own address *url* gives, None where it says that there is nothing (404, 410).

        With a *body* (JSON) it is a POST. Waits for the service's turn and pace, and for at most three attempts.
        Raises NetworkError (with ``until`` while the service is left alone), AnswerError where a web page comes in
        place of data, StoppedError where the stop was set.
        """
        request = self._request(url, accept, headers or {}, body)
        left = SECONDS
        with self.door.stopping(self.stop) as stop:
            for attempt in range(1, ATTEMPTS + 1):
                self.door.check(self.rule)
                self.door.breaker.guard(self.rule, request.host)
                with self.door.turns.turn(self.rule.line, self.rule.pace, stop), self.door.slot(stop):
                    # It may have been paused, or the network lost, while this waited for its turn.
                    self.door.check(self.rule)
                    self.door.breaker.guard(self.rule, request.host, asking=True)
                    start = time.monotonic()
                    outcome = self._once(request, left, stop)
                    left -= time.monotonic() - start
                    if not isinstance(outcome, Refused):
                        return self._bytes_without_key(outcome)
                    error = self._failed(request, outcome)
                if not error.passing or error.until or attempt == ATTEMPTS or left < 1:
                    raise error
        raise AssertionError("the last attempt returns or raises")

    def _once(self, request: _Request, seconds: float, stop: Stop) -> bytes | Refused | None:
        """Ask once, and take note of when."""
        start, begun = self.door.clock(), time.monotonic()
        with Deadline(seconds, stop) as deadline:
            try:
                outcome = self._outcome(request, deadline)
            except NoNetworkError as error:
                self.door.reach.lost(request.host, error.sure)
                self.door.check(self.rule)
                raise
            except StoppedError:
                self._asked(start, begun, deadline)
                raise
            except NetworkError as error:
                # Too large, or a redirect that is not followed, says nothing about the next record.
                counts = error.passing or deadline.passed
                outcome = Refused(str(error).removesuffix("."), error.status, error.passing, counts=counts)
        self._asked(start, begun, deadline)
        self.door.reach.found()
        if not isinstance(outcome, Refused) or not outcome.counts:
            self.door.breaker.answered(self.rule, request.host)
        return outcome

    def _outcome(self, request: _Request, deadline: Deadline) -> bytes | Refused | None:
        visit = Visit(
            request.address,
            request.headers,
            origin(request.address) in self.trusted,
            deadline,
            wire=WIRE,
            unpacked=UNPACKED,
            name=self.rule.label,
            body=request.body,
            transport=self.door.transport,
        )

        def onward(source: httpx.URL, target: httpx.URL) -> httpx.URL:
            if origin(target) == request.own:  # the service's own address: its stand-in is asked for that too
                target = self.rule.placed(str(target))
            if source.scheme == "https" and target.scheme == "http":
                raise NetworkError(f"{self.rule.label} redirects to an address without encryption.")
            return target

        reply = follow(visit, _taken, self.trusted, onward)
        # Without the query, which may hold the reader's address.
        _LOG.debug("%s: %s gave %d, %d bytes", self.rule.name, shown(request.address), reply.status, len(reply.content))
        return judged(reply, self.rule.label, self.key is not None, datetime.fromtimestamp(self.door.clock(), UTC))

    def _asked(self, start: float, begun: float, deadline: Deadline) -> None:
        """Take note of when the service was asked: when it was reached, which may be a while after the start."""
        reached = start + max(0.0, (deadline.connected or begun) - begun)
        self.door.breaker.asked(self.rule, min(reached, self.door.clock()))

    def _failed(self, request: _Request, refused: Refused) -> NetworkError:
        """Take note of a failure where it counts; returns the error for the reader."""
        refused = replace(refused, why=self._without_key(refused.why))
        until = None
        if refused.counts:
            wait = max(_SHORTEST_WAIT, self.door.jitter() if refused.wait is None else refused.wait)
            until = self.door.breaker.failed(self.rule, request.host, refused, wait)
        return refused.error(until)

    def _request(self, url: str, accept: Accept, headers: Mapping[str, str], body: bytes | None) -> _Request:
        """Return the request for the service's own address *url*. Raises NetworkError where it cannot be sent."""
        sent = {"User-Agent": agent(self.contact), "Accept": _ACCEPTED[accept], "Accept-Encoding": "gzip"}
        if body is not None:
            sent["Content-Type"] = "application/json"
        given = {name.title(): value for name, value in headers.items()}
        for name, value in given.items():
            # httpx would say what is wrong with such a value, and quote it.
            if not (value.isascii() and value.isprintable() and value == value.strip()):
                raise NetworkError(f"{self.rule.label} was not asked: its {name} holds what cannot be sent.")
        if self.key and len(self.key) > 7 and self.key in url:
            raise NetworkError(f"{self.rule.label} was not asked: its key would have stood in the address.")
        own = checked(url)
        return _Request(own.host, self.rule.placed(url), origin(own), {**sent, **given}, body)

    def _bytes_without_key(self, content: bytes | None) -> bytes | None:
        """Return *content* without the key: an answer may repeat it, and answers are kept and shown."""
        if content is None or not self.key or len(self.key) < 8:
            return content
        return content.replace(self.key.encode(), "…".encode())

    def _without_key(self, words: str) -> str:
        """Return *words*, which a service may have written in part, without the key that it was sent."""
        return words.replace(self.key, "…") if self.key else words


def _taken(visit: Visit, response: httpx.Response) -> Reply:
    content = visit.content(response) if response.is_success else visit.glimpse(response)
    return Reply(response.status_code, response.headers, content)
