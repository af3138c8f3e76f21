"""What all services are asked through: it holds what they share, and knows which of them are left alone."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import NetworkError, OfflineError
from tui.providers.web.addresses import checked, origin, origins
from tui.providers.web.breaker import Breaker, Pause
from tui.providers.web.download import LIMIT, Progress, download
from tui.providers.web.judging import Refused
from tui.providers.web.reach import Reach
from tui.providers.web.rule import Rule
from tui.providers.web.service import ServiceDoor
from tui.providers.web.standing import Ledger
from tui.providers.web.stopping import Stop
from tui.providers.web.turns import Turns

if TYPE_CHECKING:
    import httpx

CONNECTIONS = 6
"""The most requests at one time, whatever the number of services."""

FILE_PACE = 3.0
"""The seconds between two files of one host, which is what arXiv asks for."""

_TURNED_AWAY = (403, 429, 503)
"""The answers by which a host says that it wants to be left alone."""

_JITTER = (0.5, 4.0)
"""The seconds between which a wait before another attempt is drawn."""


def _sleep(seconds: float, stop: Stop) -> None:
    stop.wait(seconds)


def _jitter() -> float:
    return random.SystemRandom().uniform(*_JITTER)


class Door:
    """The door to all services.

    *contact* is the reader's e-mail address; *offline* switches the network off; *allow* are origins that may be
    private addresses; *folder* is where is kept when services were asked and which are left alone, for this program
    and others (without one it is forgotten in the end); *transport* answers every request in place of the network.
    *clock* (seconds since 1970), *sleep* (so many seconds, under a stop) and *jitter* (the seconds before another
    attempt) are seams for tests.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        offline: bool = False,
        allow: Collection[str] = (),
        folder: Path | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float, Stop], None] = _sleep,
        jitter: Callable[[], float] = _jitter,
    ) -> None:
        self.contact = contact
        self.offline = offline
        self.allow = tuple(allow)
        self.transport = transport
        self.clock = clock
        self.jitter = jitter
        self.reach = Reach()
        ledger = Ledger(folder)
        self.breaker = Breaker(ledger, clock)
        self.turns = Turns(ledger, clock, sleep)
        self._rules: dict[str, Rule] = {}
        self._slots = threading.BoundedSemaphore(CONNECTIONS)
        self._closed = Stop()

    def service(self, rule: Rule) -> ServiceDoor:
        """Return what the service of *rule* is asked through, for any number of threads."""
        self._rules[rule.name] = rule
        return ServiceDoor(self, rule, origins(self.allow) | rule.trusted)

    def states(self) -> tuple[Pause, ...]:
        """Return every host that is left alone now, of the services that this door was opened to."""
        return tuple(self.breaker.pauses(tuple(self._rules.values())))

    def forget(self, name: str) -> None:
        """Let one request to the service *name* through though it is paused: the reader wants it asked again now."""
        if rule := self._rules.get(name):
            self.breaker.allow(rule)

    def download(
        self,
        url: str,
        path: Path,
        *,
        rule: Rule | None = None,
        limit: int = LIMIT,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Path:
        """Put the PDF that *url* gives at *path*, which is returned; see :mod:`tui.providers.web.download`.

        A host is asked for a PDF every :data:`FILE_PACE` seconds, one of the reader's own network at once, and is left
        alone after three refusals in a row. *rule* is of the service whose address it is, if any, for its stand-in.
        """
        address = rule.placed(url) if rule else checked(url)
        allow = (*self.allow, rule.base_url) if rule and rule.base_url else self.allow
        # Without a base_url, so that pauses of the service itself and of its files are kept apart.
        host = Rule(f"files {address.netloc.decode('ascii')}", address.host, FILE_PACE)
        with self.stopping(stop or Stop()) as either:
            if not self.offline:
                self._take_turn(host, either, hurried=self.transport is not None or origin(address) in origins(allow))
            try:
                found = download(
                    str(address),
                    path,
                    limit=limit,
                    progress=progress,
                    stop=either,
                    allow=allow,
                    offline=self.offline,
                    transport=self.transport,
                )
            except NetworkError as error:
                if error.status in _TURNED_AWAY:
                    wait = max(0.0, error.until.timestamp() - self.clock()) if error.until else 0.0
                    refused = Refused(str(error).removesuffix("."), error.status, error.passing, pause=wait)
                    self.breaker.failed(host, host.label, refused, wait)
                raise
        self.breaker.answered(host, host.label)
        return found

    def _take_turn(self, host: Rule, stop: Stop, hurried: bool) -> None:
        """Wait until *host* may be asked for a file. Raises NetworkError while it is left alone."""
        self.breaker.guard(host, host.label)
        with self.turns.turn(host.line, 0.0 if hurried else host.pace, stop):
            self.breaker.asked(host, self.clock())

    def close(self) -> None:
        """Stop whatever is under way; nothing can be asked any more."""
        self._closed.set()
        if self.transport is not None:
            self.transport.close()

    def check(self, rule: Rule) -> None:
        """Raise OfflineError where there is no network: it is switched off, or seemed to be away a moment ago."""
        if self.offline:
            raise OfflineError(f"{rule.label} was not asked: the network is switched off (offline).")
        if self.transport is None and rule.base_url is None:
            self.reach.check(rule.label)

    @contextlib.contextmanager
    def stopping(self, stop: Stop) -> Iterator[Stop]:
        """Give a stop that is set when *stop* is, or when the door is closed."""
        either = Stop()
        with stop.during(either.set), self._closed.during(either.set):
            yield either

    @contextlib.contextmanager
    def slot(self, stop: Stop) -> Iterator[None]:
        """Hold one of the connections that there may be at a time."""
        while not self._slots.acquire(timeout=0.02):
            stop.check()
        try:
            yield
        finally:
            self._slots.release()
