"""Whether this machine seems to have a network: twenty look-ups without one should not wait for it in turn."""

from __future__ import annotations

import threading
import time

from tui.errors import OfflineError

_SECONDS = 10.0


class Reach:
    """Remembers for some seconds that no name could be looked up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0
        self._missed: dict[str, float] = {}

    def check(self, label: str) -> None:
        """Raise OfflineError where the machine seemed to be offline a moment ago."""
        if time.monotonic() < self._until:
            raise OfflineError(f"{label} was not asked: this machine seems to be offline.")

    def lost(self, host: str, sure: bool) -> None:
        """Take note that *host* was not found; two are no network, one only where it is *sure*."""
        now = time.monotonic()
        with self._lock:
            self._missed = {name: when for name, when in self._missed.items() if now - when < _SECONDS}
            self._missed[host] = now
            if sure or len(self._missed) > 1:
                self._until = now + _SECONDS

    def found(self) -> None:
        """Take note that something was reached."""
        with self._lock:
            self._missed.clear()
            self._until = 0.0
