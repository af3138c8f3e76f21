"""Which hosts are left alone, and until when: those that fail, that ask for it, or that turn programs away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tui.errors import NetworkError
from tui.providers.web.judging import PAUSE, Refused, sentence
from tui.providers.web.rule import Rule
from tui.providers.web.standing import HostStanding, Ledger

FAILURES = 3
"""So many in a row, and a host is left alone."""

_MEMORY = 600.0
"""The seconds after which a failure is forgotten."""


@dataclass(frozen=True)
class Pause:
    """A host of the service *name* that is not asked *until* then, and why, in a sentence.

    ``blocked`` says that it turns programs, or this reader, away.
    """

    name: str
    host: str
    why: str
    until: datetime
    blocked: bool


class Breaker:
    """Opens on three failures in a row, on a long wait that is asked for, and on a web page in place of data."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._trials: set[tuple[str, str]] = set()

    def guard(self, rule: Rule, host: str, *, asking: bool = False) -> None:
        """Raise NetworkError while *host* is left alone; *asking* uses up the one request that the reader allowed."""
        standing = self._ledger.read(rule.line).host(host)
        if not standing.paused(self._clock()):
            return
        with self._lock:
            allowed = (rule.line, host) in self._trials
            if allowed and asking:
                self._trials.discard((rule.line, host))
        if not allowed:
            until = _when(standing.until)
            raise NetworkError(sentence(standing.why or f"{rule.label} is paused", until), until=until)

    def allow(self, rule: Rule) -> None:
        """Let one request to each paused host of a service through: the reader wants it asked again now."""
        with self._lock:
            self._trials.update((rule.line, pause.host) for pause in self.pauses([rule]))

    def asked(self, rule: Rule, last: float) -> None:
        """Take note of when a service was last asked, whatever came of it."""
        self._ledger.write(rule.line, replace(self._ledger.read(rule.line), last=last))

    def answered(self, rule: Rule, host: str) -> None:
        """Take note that *host* answers: whatever was against asking it is over."""
        standing = self._ledger.read(rule.line)
        if host in standing.hosts:
            self._ledger.write(rule.line, standing.with_host(host, HostStanding()))

    def failed(self, rule: Rule, host: str, refused: Refused, wait: float) -> datetime | None:
        """Take note of a failure, and that the service wants no request for *wait* seconds.

        Returns until when the host is left alone now, None where it is not.
        """
        now = self._clock()
        standing = self._ledger.read(rule.line)
        before = standing.host(host)
        failures = (before.failures if now - before.failed < _MEMORY else 0) + 1
        until = before.until if before.paused(now) else 0.0
        if refused.pause:
            until = now + refused.pause
        elif failures >= FAILURES:
            until = max(until, now + PAUSE)
        after = HostStanding(failures, now, until, refused.why, refused.blocked)
        free = now + wait if refused.passing else standing.free
        self._ledger.write(rule.line, replace(standing.with_host(host, after), free=free))
        return _when(until) if after.paused(now) else None

    def pauses(self, rules: Iterable[Rule]) -> Iterator[Pause]:
        """Yield what is left alone now of the services of *rules*."""
        now = self._clock()
        for rule in rules:
            for host, standing in self._ledger.read(rule.line).hosts.items():
                if standing.paused(now):
                    why = sentence(standing.why or f"{rule.label} is paused", None)
                    yield Pause(rule.name, host, why, _when(standing.until), standing.blocked)


def _when(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
