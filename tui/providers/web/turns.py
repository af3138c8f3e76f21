"""Whose turn it is to ask a service: one request at a time, and the service's own pace between two of them.

It holds across the threads of this program, and across programs by a lock on a file (the waiting is done outside of
it, so that no program starves another).
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.errors import NetworkError
from tui.providers.web.standing import Ledger
from tui.providers.web.stopping import Stop

if TYPE_CHECKING:
    from filelock import BaseFileLock

LONGEST_WAIT = 20.0
"""The most seconds for which a service is waited for; whoever asks for more is paused."""

_POLL = 0.02
_PATIENCE = 120.0
"""The seconds that another program may hold the lock: a request ends after 30."""


class Turns:
    """Gives out the turns; *clock* tells seconds since 1970, *sleep* waits some seconds under a stop."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float], sleep: Callable[[float, Stop], None]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    @contextlib.contextmanager
    def turn(self, service: str, pace: float, stop: Stop) -> Iterator[None]:
        """Be the only one who asks *service*, at least *pace* seconds after it was last asked.

        Raises StoppedError where *stop* is set while it waits, NetworkError where another program never ends.
        """
        with self._lock:
            lock = self._locks.setdefault(service, threading.Lock())
        while not lock.acquire(timeout=_POLL):
            stop.check()
        try:
            yield from self._between_programs(service, pace, stop)
        finally:
            lock.release()

    def _between_programs(self, service: str, pace: float, stop: Stop) -> Iterator[None]:
        while True:
            stop.check()
            with self._alone(service, stop):
                wait = self._wait(service, pace)
                if wait < 0.001:
                    yield
                    return
            self._sleep(wait, stop)

    def _wait(self, service: str, pace: float) -> float:
        """Return the seconds until *service* may be asked."""
        now = self._clock()
        standing = self._ledger.read(service)
        if standing.last > now or standing.free > now + LONGEST_WAIT + 1:
            # The clock was set back: what was noted says nothing, but that it was asked not long ago.
            standing = replace(standing, last=min(now, standing.last), free=min(now, standing.free))
            self._ledger.write(service, standing)
        return max(standing.last + pace, standing.free) - now

    @contextlib.contextmanager
    def _alone(self, service: str, stop: Stop) -> Iterator[None]:
        """Hold the lock between programs, where there is a folder for it that can be written."""
        held = self._acquired(service, stop)
        try:
            yield
        finally:
            if held is not None:
                held.release()

    def _acquired(self, service: str, stop: Stop) -> BaseFileLock | None:
        # It brings asyncio along, which nobody needs before something is asked.
        from filelock import FileLock, Timeout

        path = self._ledger.lock(service)
        end = time.monotonic() + _PATIENCE
        while path is not None:
            lock = FileLock(path, mode=0o600, thread_local=False)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                if time.monotonic() > end:
                    raise NetworkError("Another program has been asking for minutes.", passing=True) from None
                stop.wait(_POLL)
            except (OSError, NotImplementedError):
                return None
            else:
                return lock
        return None
