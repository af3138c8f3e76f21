"""Work that lets others go first: what runs for seconds beside somebody who reads and presses keys."""

from __future__ import annotations

import time
from threading import Event

_TURN = 0.002
"""Seconds of work after which there is a rest."""


class StoppedWorkError(Exception):
    """Whoever asked for the work does not want it any more."""


class Pace:
    """Called between small pieces of work: lets the other threads go first, and ends the work when it is told to.

    *share* is how much of the time may be worked; at 1 there is no pause. Raises StoppedWorkError once *stop* is set.
    """

    def __init__(self, stop: Event | None = None, share: float = 1.0) -> None:
        self._stop = stop or Event()
        self._rest = 1 / share - 1
        self._since = time.monotonic()

    def __call__(self) -> None:
        """Rest if it is time to. Raises StoppedWorkError."""
        worked = time.monotonic() - self._since
        if self._rest and worked > _TURN:
            self._stop.wait(min(worked * self._rest, 1.0))
            self._since = time.monotonic()
        if self._stop.is_set():
            raise StoppedWorkError
