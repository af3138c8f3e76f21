"""An end to everything that one fetch does: its time is over, or the reader stopped it.

httpx limits each wait, not their sum: a server that sends three bytes a second, or one header a second, is never
late. At the end, the connection that is open then is shut down under the reading thread's hands; what cannot be ended
that way (the system's look-up of a name, a connection that is not made yet) goes on in a thread that is left behind.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from tui.errors import StoppedError
from tui.providers.web.stopping import Stop

T = TypeVar("T")


class Deadline:
    """Ends what runs under it *seconds* after it was entered, or when *stop* is set, whichever comes first."""

    def __init__(self, seconds: float, stop: Stop | None = None) -> None:
        self.seconds = seconds
        self.passed = False
        """Whether the time is over."""
        self.least = 0
        """The bytes that were to come within that time, 0 where it was for all of them."""
        self.connected: float | None = None
        """When the last connection was made (time.monotonic), None before there was one."""
        self.stop = stop or Stop()
        self._end = time.monotonic() + seconds
        self._connection: socket.socket | None = None
        self._errand: _Errand[Any] | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._watch = contextlib.ExitStack()

    def __enter__(self) -> Deadline:
        _start(self._timer)
        self._watch.enter_context(self.stop.during(self._end_now))
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self._watch.close()

    @property
    def over(self) -> bool:
        """Whether the time is over or the reader stopped it."""
        return self.passed or self.stop.is_set

    @property
    def left(self) -> float:
        """The seconds that are left, not below zero."""
        return max(0.0, self._end - time.monotonic())

    def renew(self, seconds: float, least: int) -> None:
        """Begin anew: its time is over *seconds* from now, within which *least* bytes are to come."""
        with self._lock:
            self._timer.cancel()
            self.seconds, self.least = seconds, least
            self._end = time.monotonic() + seconds
            self._timer = threading.Timer(seconds, self._expire)
            self._timer.daemon = True
            _start(self._timer)

    def run(
        self, work: Callable[[], T], discard: Callable[[T], object] | None = None, seconds: float | None = None
    ) -> T:
        """Return what *work* returns or raise what it raises, waiting for it until the end, or for *seconds*.

        Raises TimeoutError where that came first; *work* then goes on alone, and *discard* gets what it returns.
        """
        errand = _Errand(work, discard or (lambda _result: None))
        with self._lock:
            self._errand = errand
        if not self.over:
            errand.ended.wait(seconds)
        return errand.result()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of a new connection; for httpx's ``trace`` extension."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self.connected = time.monotonic()
                self._connection = info["return_value"].get_extra_info("socket")
                if self.over:
                    self._shut()

    def _expire(self) -> None:
        self.passed = True
        self._end_now()

    def _end_now(self) -> None:
        with self._lock:
            self._shut()
            if self._errand is not None:
                self._errand.ended.set()

    def _shut(self) -> None:
        if self._connection is not None:
            # Past TLS's own shutdown(), which would touch what the reading thread uses.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._connection, socket.SHUT_RDWR)


class _Errand(Generic[T]):
    """Work in a thread of its own, which can be left behind."""

    def __init__(self, work: Callable[[], T], discard: Callable[[T], object]) -> None:
        self.ended = threading.Event()
        self._work = work
        self._discard = discard
        self._lock = threading.Lock()
        self._left_behind = False
        self._result: list[T] = []
        self._error: Exception | None = None
        _start(threading.Thread(target=self._run, daemon=True))

    def _run(self) -> None:
        try:
            result = self._work()
        except Exception as error:
            self._error = error
        else:
            with self._lock:
                self._result.append(result)
                unwanted = self._left_behind
            if unwanted:
                self._discard(result)
        self.ended.set()

    def result(self) -> T:
        """Return what the work gave; TimeoutError, and it is left behind, where it has given nothing yet."""
        with self._lock:
            self._left_behind = not self._result
        if self._error is not None:
            raise self._error
        if self._left_behind:
            raise TimeoutError("timed out")
        return self._result[0]


def _start(thread: threading.Thread) -> None:
    try:
        thread.start()
    except RuntimeError:  # Python starts no thread while it ends
        raise StoppedError("Nothing more is fetched: the program ends.") from None
